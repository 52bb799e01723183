"""An edition in all of its outputs, in memory, with a theme that ships or with one that lacks something."""

import json
from functools import cache

import msgspec
from jinja2.bccache import Bucket, BytecodeCache
from msgspec import Struct

from manifesto_cli.faults.diagnostic import has_errors
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.loading import load
from manifesto_cli.merging.edition import Edition, merge
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.outputs.letter import letters_of
from manifesto_cli.outputs.website import WEBSITE
from manifesto_cli.pipeline import Prepared, render
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.library import Folder, read_library
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.markup import parse
from manifesto_cli.rendering.plan import edition_texts, plan
from manifesto_cli.rendering.theme import Theme
from manifesto_cli.rendering.views.material import Material, Writer, material
from support.editions import ROOT, Records, civic, theme_of


class Compiled(BytecodeCache):
    """Templates that were compiled before: most of the time of a build."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.held:
            bucket.bytecode_from_string(self.held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.held[bucket.key] = bucket.bytecode_to_string()


_COMPILED = Compiled()


class Published(Struct, frozen=True):
    """What has become of an edition."""

    edition: Edition
    files: dict[str, str]
    """Every text of every output, by its path there."""


def from_files(files: dict[str, Records], theme: Theme | None = None) -> Published | None:
    """A project of its own records in all outputs; None where it has an error."""
    return _published(*_read(files), theme or civic())


def edition_of(files: dict[str, Records]) -> Edition | None:
    """The edition of such a project."""
    return merge(*_read(files)).value


def material_of(files: dict[str, Records], url: str | None = None) -> Material:
    """What the views of such a project's website are made from; its texts come out empty."""
    return _material(*_read(files), url)


def example_material(name: str) -> Material:
    """The same of an example that ships."""
    return _material(*_loaded(name), None)


def _material(shelf: Shelf, manifesto: Manifesto, origin: Origin, url: str | None) -> Material:
    edition = merge(shelf, manifesto, origin).value
    assert edition
    parsed = {key: parse(prose) for key, prose in edition_texts(edition)}
    texts = {key: outcome.value for key, outcome in parsed.items() if outcome.value}
    site = plan(shelf, edition, texts, WEBSITE.layout, url).value
    assert site
    return material(edition, site, Writer(lambda *_: "", printed=False))


def _read(files: dict[str, Records]) -> tuple[Shelf, Manifesto, Origin]:
    held = {path: json.dumps(content, ensure_ascii=False).encode() for path, content in files.items()}
    document = read_document("manifesto.yaml", held.pop("manifesto.yaml")).value
    own = read_library(Folder("", held, {"media/hall.jpg": "hall.jpg"}))
    assert own.value, [fault.headline for fault in own.faults]
    assert document
    decoded = decode(*document, Manifesto, "a manifesto")
    assert decoded.value, [fault.headline for fault in decoded.faults]
    return Shelf(own.value), decoded.value, Origin(*document)


def letters(files: dict[str, Records], url: str | None = None) -> tuple[str, ...]:
    """Every letter that could be written of such a project."""
    shelf, manifesto, origin = _read(files)
    edition = merge(shelf, manifesto, origin).value
    assert edition
    parsed = {key: parse(prose) for key, prose in edition_texts(edition)}
    texts = {key: outcome.value for key, outcome in parsed.items() if outcome.value}
    site = plan(shelf, edition, texts, WEBSITE.layout, url).value
    assert site
    found = []
    for letter in letters_of(edition):
        made = render(Prepared(edition, site, civic(), letter), lambda: _COMPILED)
        assert made.value is not None, [fault.headline for fault in made.faults]
        found += [file.content.decode() for file in made.value if isinstance(file, File)]
    return tuple(found)


def example(name: str, theme: str = "civic") -> Published:
    """An example that ships, in a theme that ships."""
    shelf, manifesto, origin = _loaded(name)
    found = _published(shelf, manifesto, origin, theme_of(theme))
    assert found
    return found


@cache
def _loaded(name: str) -> tuple[Shelf, Manifesto, Origin]:
    project = load(ROOT / "examples" / name).value
    assert project
    assert project.manifesto
    assert project.origin
    return project.shelf, project.manifesto, project.origin


def without(template: str, words: str) -> Theme:
    """The theme that ships, with words taken out of one of its templates."""
    theme = civic()
    layer = next(layer for layer in theme.layers if template in layer.templates)
    source = layer.templates[template]
    assert words in source.text, f"{template} does not hold {words!r}"
    changed = SourceFile(source.path, source.text.replace(words, ""))
    mutilated = msgspec.structs.replace(layer, templates={**layer.templates, template: changed})
    layers = tuple(mutilated if each is layer else each for each in theme.layers)
    return msgspec.structs.replace(theme, layers=layers)


def _published(shelf: Shelf, manifesto: Manifesto, origin: Origin, theme: Theme) -> Published | None:
    merged = merge(shelf, manifesto, origin)
    assert merged.value
    parsed = {key: parse(prose) for key, prose in edition_texts(merged.value)}
    texts = {key: outcome.value for key, outcome in parsed.items() if outcome.value}
    faults = [*merged.faults, *(fault for outcome in parsed.values() for fault in outcome.faults)]
    files: dict[str, str] = {}
    for output in OUTPUTS:
        planned = plan(shelf, merged.value, texts, output.layout, None)
        if has_errors((*faults, *planned.faults)) or planned.value is None:
            return None
        made = render(Prepared(merged.value, planned.value, theme, output), lambda: _COMPILED)
        assert made.value is not None, [fault.headline for fault in made.faults]
        files |= {
            file.path: file.content.decode()
            for file in made.value
            if isinstance(file, File) and file.path.endswith((".html", ".md", ".json"))
        }
    return Published(merged.value, files)
