"""The parts of `docs/themes.md` that the code writes: what templates may use, the components, options and colours, and the words of recipes.

The page is written by hand around them. Each part stands between two comments that name it.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from manifesto_cli.disk.trees import read_theme
from manifesto_cli.model.theme import ThemeColour, ThemePair
from manifesto_cli.rendering.study.shapes import PAGES, Shape, Shapes, fields, reachable
from manifesto_cli.rendering.theme import Theme, ThemeLayer, colours_of, read_layer
from manifesto_cli.rendering.views.types import SiteView
from tools.markdown import anchor, code, listed

PAGE = "docs/themes.md"
BASE = "base"
"""The theme that has the components."""
View = type[Struct]

SAID_BY_NAME: Mapping[str, str] = {
    "anchor": "What links to it end in behind `#`; empty where it is a page of its own.",
    "description": "What it is about, in one sentence, for the head of the page.",
    "funded_by": "Where the money comes from; may be empty.",
    "href": "The address of its page.",
    "month": "Its name.",
    "next": "The one after it; none for the last.",
    "one_off": "What it costs once; empty if that is not given.",
    "party": "The party or description on the ballot paper.",
    "per_year": "What it costs each year; empty if that is not given.",
    "picture": "None if it has none.",
    "previous": "The one before it; none for the first.",
    "title": "What it is called.",
}
"""What fields of these names hold wherever their view does not say more."""

MACRO = re.compile(r"\{#-?\s*(?P<name>\w+)\((?P<given>[^)]*)\): (?P<text>.*?)\s*-?#\}\s*\{%-? macro (?P<macro>\w+)\((?P<takes>[^)]*)\)", re.DOTALL)  # fmt: skip
"""A component: the comment that stands directly above a macro, and the head of that macro."""
_PART = re.compile(r"(<!-- (?P<name>[\w-]+): written by `make reference` -->\n).*?(<!-- end -->)", re.DOTALL)


def themes_page(root: Path) -> str:
    """The page with its made parts as the checkout at `root` would have them."""
    text = (root / PAGE).read_text(encoding="utf-8")
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found['name']](root)}\n\n{found[3]}", text)


def pages_part(_: Path) -> str:
    """Every template that makes a page, and what it gets as `page`."""
    rows = [f"| `{name}` | {_link(view)} | {_about(view)} |" for name, view in PAGES.items()]
    return "\n".join(["| template | `page` is | |", "|---|---|---|", *rows])


def views_part(_: Path) -> str:
    """Every view with its fields, pages first."""
    return "\n\n".join(
        "\n\n".join([f"### {title(view)}", _about(view), "\n".join(_field_lines(view))])
        for view in reachable([SiteView, *PAGES.values()])
    )


def _field_lines(view: View) -> Iterator[str]:
    said = sentences(view)
    for name, shapes in fields(view).items():
        yield f"- **{code(name)}**, {in_words(shapes)}: {said[name]}"


def title(view: View) -> str:
    """What a view is called in headings: "Pledge line" for `PledgeLine`, "Pledge" for `PledgeView`."""
    name = view.__name__.removesuffix("View") or view.__name__
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _link(view: View) -> str:
    return f"[{title(view)}](#{anchor(title(view))})"


def _about(view: View) -> str:
    return " ".join((inspect.getdoc(view) or "").split())


def sentences(view: View) -> Mapping[str, str]:
    """What stands below each field in the code, also of views that this one adds to; else what its name says. A test finds what is missing."""
    found: dict[str, str] = {}
    for each in reversed(view.__mro__):
        if issubclass(each, Struct) and each is not Struct:
            found |= _written_below(each)
    return {name: found.get(name) or SAID_BY_NAME.get(name, "") for name in view.__struct_fields__}


def _written_below(view: View) -> Iterable[tuple[str, str]]:
    lines = [
        line
        for each in ast.parse(inspect.getsource(view)).body
        if isinstance(each, ast.ClassDef)
        for line in each.body
    ]
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            said = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and below.value.value
            yield line.target.id, " ".join(str(said).split()) if said else ""


_PLAIN = {
    "text": "text",
    "number": "a number",
    "truth": "true or false",
    "none": "none",
    "mapping": "a mapping",
    "unknown": "a value",
}


def in_words(shapes: Shapes) -> str:
    """The kind of a value in plain words: "text", "a list of Links", "a Cost or none"."""
    ordered = sorted(shapes, key=lambda shape: shape.kind == "none")
    return " or ".join(_one_in_words(shape, many=False) for shape in ordered)


def _one_in_words(shape: Shape, *, many: bool) -> str:
    if shape.view:
        return f"{'' if many else 'a '}{_link(shape.view)}"
    if shape.kind == "list":
        inner = " or ".join(_one_in_words(each, many=True) for each in shape.of)
        return f"a list of {inner.replace('a number', 'numbers').replace('text', 'texts')}"
    if shape.kind == "mapping":
        return f"by name {in_words(shape.of)}"
    return _PLAIN[shape.kind]


class Component(Struct, frozen=True):
    """A macro of the base theme."""

    file: str
    name: str
    takes: str
    """Its parameters as it is defined."""
    given: str
    """Its parameters as the comment above it has them."""
    text: str


def components(root: Path) -> Iterator[Component]:
    """Every macro of the base theme that has a comment directly above it."""
    for path in sorted((root / "themes" / BASE / "templates").glob("*.html")):
        for found in MACRO.finditer(path.read_text(encoding="utf-8")):
            if found["name"] == found["macro"]:
                yield Component(path.name, found["macro"], found["takes"], found["given"], found["text"])


def components_part(root: Path) -> str:
    """Every component by file, with links to the views that it takes."""
    views = {view.__name__: _link(view) for view in reachable([SiteView, *PAGES.values()])}
    named = re.compile(rf"\b({'|'.join(sorted(views, key=len, reverse=True))})(?=s?\b)")
    lines = []
    for each in components(root):
        text = named.sub(lambda found: views[found[1]], " ".join(each.text.split()))
        lines.append(f"- `{each.name}({each.takes})` in `{each.file}`: {text[:1].upper()}{text[1:]}")
    return "\n".join(lines)


def options_part(root: Path) -> str:
    """What can be set in each theme that ships, and its colours where nothing is set."""
    parts: list[str] = []
    for theme in shipped_themes(root):
        header = theme.layers[0].header
        if theme.ground or header is None:
            continue
        parts.append(f"### Options of {theme.name}")
        parts += [header.about] if header.about else []
        parts.append(
            "\n".join(
                f"- **{code(name)}**, {_kind(option.kind, option.values)}{f', {code(option.default)} unless set' if option.default else ''}: {option.about}"
                for name, option in theme.options.items()
            )
        )
        made = colours_of(theme, {})
        if made.light:
            rows = [f"| `--{name}` | `{made.light[name]}` | `{made.dark[name]}` |" for name in made.light]
            parts.append("\n".join(["| colour | light | dark |", "|---|---|---|", *rows]))
    return "\n\n".join(parts)


def _kind(kind: str, values: tuple[str, ...]) -> str:
    return f"one of {listed(values, 'or')}" if values else f"a {kind}"


def shipped_themes(root: Path) -> Iterator[Theme]:
    """Every theme of the checkout, whole."""
    layers: dict[str, ThemeLayer] = {}
    for path in sorted((root / "themes").glob("*/theme.yaml")):
        name = path.parent.name
        layer = read_layer(read_theme(path.parent, name, f"themes/{name}/")).value
        if layer is not None:
            layers[name] = layer
    for name, layer in layers.items():
        chain = [layer]
        while (header := chain[-1].header) and header.extends:
            chain.append(layers[header.extends])
        yield Theme(name, tuple(chain))


def recipes_part(_: Path) -> str:
    """Every word that a recipe and a pair may have."""
    return "\n\n".join(
        [
            "\n".join(_words(ThemeColour)),
            "A promise under `pairs:` has three words.",
            "\n".join(_words(ThemePair)),
        ]
    )


def _words(model: Any) -> Iterator[str]:
    hints = get_type_hints(model, include_extras=True)
    for name, written in zip(model.__struct_fields__, model.__struct_encode_fields__, strict=True):
        yield f"- **{code(written)}**: {_description(hints[name])}"


def _description(hint: Any) -> str:
    metas = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((meta.description for meta in metas if isinstance(meta, Meta) and meta.description), "")


PARTS: Mapping[str, Callable[[Path], str]] = {
    "pages": pages_part,
    "views": views_part,
    "components": components_part,
    "options": options_part,
    "recipes": recipes_part,
}
"""What the code writes into the page, by the name in the comment."""
