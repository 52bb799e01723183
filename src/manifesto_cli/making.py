"""A folder with a manifesto → the files of an output, each made when it is taken: every stage in order, stopped by the first that finds errors."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli import pipeline
from manifesto_cli.disk.paths import folder_of
from manifesto_cli.disk.workers import in_shares, jobs_for, turns
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome, in_reading_order, stops
from manifesto_cli.loading import Project, load
from manifesto_cli.pages_ahead import Elsewhere
from manifesto_cli.pipeline import Prepared
from manifesto_cli.rendering.files import Copy, File, Share
from manifesto_cli.rendering.output import TOO_MUCH, Means, Output, PageByPage
from manifesto_cli.settings import Settings
from manifesto_cli.shares import Work, kept_for, putting_by
from manifesto_cli.telling import Tell, count, told

T = TypeVar("T")


class Ready(Struct, frozen=True):
    """What the files of an output are made from, and the pictures among them, which are made."""

    project: Project
    prepared: Prepared
    pages: Callable[[], PageByPage]
    """What makes them."""
    processes: int
    """In how many processes; in any number, if nothing is wrong with them."""
    pictures: Mapping[str, File | Copy]
    work: Work
    """How it is done."""
    aside: Callable[[], Any]
    """Waits for what is found about the project aside."""
    in_place: Mapping[str, bytes] | None
    """By path, what pages were made from that are in place, as in `Means`."""
    elsewhere: Elsewhere | None
    """Who makes a few pages, if another process does."""


@contextmanager
def making(  # noqa: PLR0913 - the last four are for one caller each
    root: Path,
    output: Output,
    settings: Settings,
    tell: Tell,
    *,
    strict: bool,
    adapt: Callable[[Prepared], Prepared] = lambda prepared: prepared,
    aside: Callable[[Project], Any] = lambda _: None,
    in_place: Mapping[str, bytes] | None = None,
    elsewhere: Elsewhere | None = None,
) -> Iterator[Outcome[Ready]]:
    """What the files of an output are made from, as long as the block runs, and everything that is wrong, in reading order. There is no value with a fault that stops.

    `adapt` may change what is rendered, once it is settled what there is to render. What `aside` finds about the project another process may find, and a few pages it may make `elsewhere`. Pages that would be what is `in_place` are not made.
    """
    tell("reading")
    work = Work(jobs=settings.jobs, kept=kept_for(root))
    loaded = load(root, work)
    faults: list[Diagnostic] = [*loaded.faults]
    project = loaded.value
    if project is None:
        yield Outcome(None, in_reading_order(faults))
        return
    tell("checking")
    read = pipeline.read_through(project, output, settings, work)
    with putting_by(work, partial(aside, project)) as found_aside:
        prepared = pipeline.planned(project, read, output, settings, work)
        faults = [*pipeline.allowed(project, [*faults, *prepared.faults], complete=False)]
        if prepared.value is None or stops(faults, strict=strict):
            yield Outcome(None, in_reading_order(faults))
            return
        adapted = adapt(prepared.value)
        processes = jobs_for(work.jobs, len(adapted.site.pages))
        means = Means(_templates, in_place=in_place, processes=processes)
        pages = cache(lambda: pipeline.page_by_page(adapted, means))
        made = pipeline.pictures(
            adapted,
            pages,
            _picture_cache(adapted),
            lambda pictures: told(tell, "making", pictures, "picture"),
        )
        with made as found:
            faults += found.faults
            ready = (
                Ready(project, adapted, pages, processes, found.value, work, found_aside, in_place, elsewhere)
                if found.value is not None
                else None
            )
            yield Outcome(ready, in_reading_order(faults))


def _templates() -> Any:
    # Imported here because it loads Jinja, which takes longer than to find a fault.
    from manifesto_cli.disk.template_cache import template_cache  # noqa: PLC0415

    return template_cache()


def _picture_cache(prepared: Prepared) -> Path | None:
    if not prepared.site.pictures:
        return None
    from manifesto_cli.disk.picture_cache import picture_cache  # noqa: PLC0415 - many sites have no picture

    return picture_cache()


def made(
    ready: Ready,
    take: Callable[[Sequence[Share]], Outcome[T]],
    tell: Tell,
    untouched: frozenset[str] = frozenset(),
) -> Outcome[T]:
    """What comes of it when all files of an output are taken, each made when it is: in shares, if they are worth several processes; or every fault of its templates.

    Files `untouched` are not made.
    """
    of = ready.prepared
    wanted = [path for path in of.site.paths if path not in untouched]
    if ready.elsewhere and wanted:
        pages = ready.elsewhere(of.edition, of.site, of.theme, wanted, ready.in_place)
        if pages:
            ready.aside()  # while they are made
            return _made(ready, take, tell, 1, untouched, pages)
    processes = jobs_for(ready.work.jobs, len(ready.pages().pages) - len(untouched))
    if processes > 1:
        taken = _made(ready, take, tell, processes, untouched)
        if taken.value is not None:
            return taken
    if ready.processes > 1:
        # What is wrong is said by one process, which meets the pages in their order and counts what they take together.
        alone = pipeline.page_by_page(ready.prepared, Means(_templates, in_place=ready.in_place))
        ready = replace(ready, pages=lambda: alone, processes=1)
    return _made(ready, take, tell, 1, untouched)


def files(ready: Ready, tell: Tell) -> Outcome[tuple[File | Copy, ...]]:
    """All files of an output, in memory; or every fault of its templates."""

    def take(shares: Sequence[Share]) -> Outcome[tuple[File | Copy, ...]]:
        parts = in_shares(tuple, shares)
        faults = tuple(fault for part in parts for made in part for fault in made.faults)
        found = {made.value.path: made.value for part in parts for made in part if made.value is not None}
        return Outcome(None if faults else tuple(found[path] for path in sorted(found)), faults)

    return made(ready, take, tell)


def _made(
    ready: Ready,
    take: Callable[[Sequence[Share]], Outcome[T]],
    tell: Tell,
    processes: int,
    untouched: frozenset[str],
    elsewhere: Iterator[Outcome[File]] | None = None,
) -> Outcome[T]:
    """What `made` is; pages may come from `elsewhere`, in their order."""
    pages = ready.pages()
    known: dict[str, Outcome[Any]] = {path: Outcome(copy) for path, copy in ready.pictures.items()}
    paths: Sequence[str] = [path for path in pages.paths if path not in untouched]
    if processes > 1:
        # Those that grow with the whole manifesto are at the top, and take longest.
        paths = sorted(paths, key=lambda path: "/" in path)
        known |= _specimens(pages, paths)
        ready.aside()  # whoever is still at it would have a copy of all that this process changes from here on
        from manifesto_cli.disk.spare_memory import give_back  # noqa: PLC0415 - most builds are small

        give_back()

    def share(paths: Iterator[str]) -> Share:
        for path in paths:
            if elsewhere and path in pages.pages:
                file: Outcome[Any] = next(elsewhere)
            else:
                file = known.get(path) or pages.made(path)
            yield file
            if file.faults and (processes > 1 or any(fault.code == TOO_MUCH for fault in file.faults)):
                # What was too much for one page would be for the others, which take as long to find it out.
                for _ in paths:
                    pass  # nobody else need make any

    with turns(paths, processes) as shares:
        first, *others = shares
        return take([share(_told(tell, first, len(paths), processes)), *map(share, others)])


def _specimens(pages: PageByPage, paths: Sequence[str]) -> dict[str, Outcome[Any]]:
    """A page of each folder, made before this process is forked: what others of its kind need, such as compiled templates, is there then."""
    chosen = {folder_of(path): path for path in reversed(paths) if "/" in path and path in pages.pages}
    return {path: pages.made(path) for path in chosen.values()}


def _told(tell: Tell, paths: Iterator[str], size: int, processes: int) -> Iterator[str]:
    """The paths of one process, which tells as if the others were as far."""
    of = f" of {count(size, 'file')}"
    for number, path in enumerate(paths):
        tell(f"writing {min(number * processes + 1, size):,}{of}")
        yield path
