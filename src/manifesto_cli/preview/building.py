"""A project's folder → what can be shown of it. Never raises for anything that people or their disk do."""

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from manifesto_cli import pipeline
from manifesto_cli.disk.kept import nothing_kept, save
from manifesto_cli.disk.projects import label_of, library_folder
from manifesto_cli.disk.template_cache import template_cache
from manifesto_cli.faults.diagnostic import Faults, Outcome, has_errors, in_reading_order
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.loading import Project, load
from manifesto_cli.memory import Memory
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.model.manifesto import LibraryByPath
from manifesto_cli.outputs.website import WEBSITE
from manifesto_cli.pipeline import Prepared
from manifesto_cli.preview.shown import Built
from manifesto_cli.rendering.files import Copy, File, Made
from manifesto_cli.rendering.output import Means, PageByPage
from manifesto_cli.rendering.pictures import unmade
from manifesto_cli.settings import Settings
from manifesto_cli.shares import Work, kept_for


class _Pages(Struct, frozen=True):
    """The files of a website, and what to say of pictures that turn out to be damaged."""

    prepared: Prepared
    files: PageByPage

    @property
    def paths(self) -> tuple[str, ...]:
        return self.files.paths

    def made(self, path: str) -> Outcome[File | Copy | Made]:
        return self.files.made(path)

    def unmade(self, refused: Mapping[str, str]) -> Faults:
        return unmade(self.prepared.site, refused)


def build(root: Path, settings: Settings, memory: Memory, heed: Callable[[], None] | None = None) -> Built:
    """Everything up to the pages, which are made when they are asked for; `heed` can end one that is being made. What the memory holds from the last time is not worked out again."""
    built: Built | None = None
    try:
        built = _built(root, settings, memory, Means(template_cache, heed))
    except ManifestoError as trouble:
        built = Built(None, "/", (), trouble, None)
    except OSError as fault:  # a file can go away at any moment
        why = (fault.strerror or str(fault)).lower()
        gone = ManifestoError(
            f"cannot read `{fault.filename or root}`: {why}",
            help="check that it exists and that you may read it",
        )
        built = Built(None, "/", (), gone, None)
    finally:
        memory.turn(whole=built is not None and built.pages is not None)
    return built


def _built(root: Path, settings: Settings, memory: Memory, means: Means) -> Built:
    if not (root / MANIFESTO).exists():
        raise ManifestoError(
            f"there is no `{label_of(root)}{MANIFESTO}` any more",
            help="put it back; the preview goes on as soon as it is there",
        )
    # What other runs have kept is worth looking at once: after that, memory knows all of it.
    work = Work(memory, kept=nothing_kept() if memory.size else kept_for(root))
    loaded = load(root, work)
    project = loaded.value
    if project is None:
        return Built(None, "/", in_reading_order(loaded.faults), None, None)
    prepared = pipeline.prepare(project, WEBSITE, settings, work)
    save(work.kept)
    faults = in_reading_order(pipeline.allowed(project, [*loaded.faults, *prepared.faults], complete=False))
    libraries = _by_path(project)
    if prepared.value is None or has_errors(faults):
        return Built(None, "/", faults, None, libraries)
    pages = _Pages(prepared.value, pipeline.page_by_page(prepared.value, means))
    return Built(pages, site_top(prepared.value.site.url), faults, None, libraries)


def site_top(url: str | None) -> str:
    """The path of a site's address as a browser asks for it, decoded, with `/` at both ends; `/` where the address is not known."""
    path = unquote(urlsplit(url).path) if url else ""
    return "/" + "".join(f"{part}/" for part in path.split("/") if part.strip("."))


def _by_path(project: Project) -> tuple[Path, ...] | None:
    """The folders of the libraries that the manifesto lists by path, also of those that are not there; None if the list cannot be read."""
    if project.manifesto is None:
        return None
    return tuple(
        library_folder(project.root, library)
        for library in project.manifesto.libraries
        if isinstance(library, LibraryByPath)
    )
