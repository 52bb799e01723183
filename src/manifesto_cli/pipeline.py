"""The stages in order: files → trees → records → edition → site → bytes. Returns, never prints."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from manifesto_cli.checks import CHECKS
from manifesto_cli.checks.allowances import settle
from manifesto_cli.checks.examined import Examined, of_edition, of_library
from manifesto_cli.faults.catalogue.site import site_without_url
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Outcome, has_errors, in_reading_order
from manifesto_cli.loading import EMPTY, Project, load, load_library, load_theme
from manifesto_cli.memory import Memory
from manifesto_cli.merging.edition import Edition, merge
from manifesto_cli.merging.library_check import library_faults, library_texts
from manifesto_cli.merging.placeholders import with_sentinels
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.reading.library import Library
from manifesto_cli.rendering.files import Copy, File
from manifesto_cli.rendering.markup import ParsedProse, parse
from manifesto_cli.rendering.output import Files, Means, Output, PageByPage, Watch, all_files
from manifesto_cli.rendering.plan import (
    Pictures,
    edition_texts,
    link_faults,
    picture_faults,
    pictures_of_records,
    plan,
)
from manifesto_cli.rendering.site import WIDTHS, Site, TextKey
from manifesto_cli.rendering.theme import Theme
from manifesto_cli.settings import Settings
from manifesto_cli.shares import Work, compiled_texts, compiling


class Prepared(Struct, frozen=True):
    """An edition ready to be rendered in one output: everything settled but the words of the pages."""

    edition: Edition
    site: Site
    theme: Theme
    output: Output


def prepare(
    project: Project,
    output: Output,
    settings: Settings,
    work: Work = Work(),  # noqa: B008 - frozen
) -> Outcome[Prepared]:
    """Merge, check, parse, plan: everything that can be known before a template runs. What is known is not worked out again.

    There is no value if anything found here is an error. What was found while the project was loaded is for the caller to heed.
    """
    return planned(project, read_through(project, output, settings, work), output, settings, work)


class ReadThrough(Struct, frozen=True):
    """A project merged, with its texts read: all that can be known before there are pages."""

    edition: Edition
    texts: Mapping[TextKey, ParsedProse]
    theme: Theme | None


def read_through(project: Project, output: Output, settings: Settings, work: Work) -> Outcome[ReadThrough]:
    """Merge, check, parse: the first half of `prepare`. Where there is a value there may be errors."""
    with compiling(_foreseen(project), work) as at_work:
        theme = load_theme(project, work.memory)
        return _read_through(_merged(project, settings), output, settings, theme, at_work)


def prepare_with(project: Project, theme: Theme, output: Output, settings: Settings) -> Outcome[Prepared]:
    """The same with another theme than the one that the project asks for."""
    work = Work()
    read = _read_through(_merged(project, settings), output, settings, Outcome(theme), work)
    return planned(project, read, output, settings, work)


def _foreseen(project: Project) -> Iterator[str]:
    """The Markdown texts, as merging will find them, of what a manifesto takes wholesale. Of what it picks one by one there is little."""
    picks = project.manifesto.priorities if project.manifesto else ()
    whole = {_bare(pick.priority) for pick in picks if pick.ideas == "all"}
    libraries = (project.shelf.own, *project.shelf.libraries) if whole else ()
    ideas = [
        entry.record
        for library in libraries
        for entry in library.ideas.values()
        if _bare(entry.record.priority) in whole
    ]
    named = {_bare(reference) for idea in ideas for reference in idea.case_studies}
    records: list[Idea | CaseStudy] = [*ideas]
    for library in libraries:
        records += (entry.record for entry in library.case_studies.values() if entry.id in named)
    return (with_sentinels(record.body) for record in records if record.body)


def _bare(reference: str) -> str:
    """The id of a reference, without a library's."""
    return reference.rpartition(":")[2]


def _merged(project: Project, settings: Settings) -> Outcome[Edition]:
    if project.manifesto is None or project.origin is None:
        return Outcome(None)
    return merge(project.shelf, project.manifesto, project.origin, drafts=settings.drafts)


def _read_through(
    merged: Outcome[Edition], output: Output, settings: Settings, theme: Outcome[Theme], work: Work
) -> Outcome[ReadThrough]:
    edition = merged.value
    if edition is None:
        return Outcome(None, merged.faults)
    faults: list[Diagnostic] = [*merged.faults]
    faults += _checked(of_edition(edition, settings.today, printed=output.printed))
    texts: dict[TextKey, ParsedProse] = {}
    proses = [*edition_texts(edition)]
    shared = [prose.markdown for _, prose in proses] if work.is_anew else ()
    compile_text = compiled_texts(shared, work)
    for key, prose in proses:
        parsed = parse(prose, work.memory, compile_text)
        faults += parsed.faults
        if parsed.value:
            texts[key] = parsed.value
    return Outcome(ReadThrough(edition, texts, theme.value), (*faults, *theme.faults))


def planned(
    project: Project, read: Outcome[ReadThrough], output: Output, settings: Settings, work: Work
) -> Outcome[Prepared]:
    """Plan what was read: the second half of `prepare`. Its faults are among those found."""
    if read.value is None:
        return Outcome(None, read.faults)
    edition, theme = read.value.edition, read.value.theme
    faults: list[Diagnostic] = [*read.faults]
    url = site_url(edition.manifesto, settings.url)
    left_out = theme.leaves_out if theme else frozenset[str]()
    plans = plan(project.shelf, edition, read.value.texts, output.layout, url, left_out)
    site = (
        Outcome(plans.value)
        if plans.value is None
        else _with_pictures(edition, plans.value, output, work.memory)
    )
    if output.linked and url is None:
        section = edition.origin.name("site").text == "site"
        faults.append(site_without_url(edition.origin.at("title"), section=section))
    faults += (*plans.faults, *site.faults)
    if has_errors(faults) or site.value is None or theme is None:
        return Outcome(None, tuple(faults))
    return Outcome(Prepared(edition, site.value, theme, output), tuple(faults))


def _with_pictures(edition: Edition, site: Site, output: Output, memory: Memory | None) -> Outcome[Site]:
    """The site with what its pictures are, and every fault of their files. Paper needs no copies for phones."""
    if not site.pictures:
        return Outcome(site)
    # Imported here, and below, because many sites have none.
    from manifesto_cli.disk.pictures import formats, look_at  # noqa: PLC0415
    from manifesto_cli.rendering.pictures import measured, small_pictures  # noqa: PLC0415

    looks = look_at((picture.original for picture in site.pictures.values()), memory)
    wide = any(look.width > WIDTHS[0] for look in looks.values())
    able = formats() if wide and not output.printed else ()
    found = measured(site, looks, able, copies=not output.printed)
    small = small_pictures(pictures_of_records(edition, site), looks)
    return Outcome(found.value, (*found.faults, *small))


@contextmanager
def finished(
    prepared: Prepared,
    files: Files,
    folder: Path | None,
    watch: Callable[[Collection[Any]], Iterable[Any]] = iter,
) -> Iterator[Outcome[tuple[File | Copy, ...]]]:
    """The files of an output ready to be written, as long as the block runs: pictures are made, or taken from the cache in the folder.

    Every picture that cannot be read to its end is a fault, and then there is no value. The pictures go through `watch` one by one.
    """
    from manifesto_cli.disk.pictures import made  # noqa: PLC0415 - as above
    from manifesto_cli.rendering.pictures import unmade  # noqa: PLC0415

    with made(files, folder, watch) as (ready, refused):
        faults = unmade(prepared.site, refused)
        yield Outcome(None if faults else ready, faults)


@contextmanager
def pictures(
    prepared: Prepared,
    pages: Callable[[], PageByPage],
    folder: Path | None,
    watch: Callable[[Collection[Any]], Iterable[Any]] = iter,
) -> Iterator[Outcome[Mapping[str, File | Copy]]]:
    """Of the files of an output those that are made from pictures, by path, as `finished` has them."""
    if not prepared.site.pictures:
        yield Outcome({})
        return
    from manifesto_cli.rendering.pictures import picture_files  # noqa: PLC0415 - as above

    files = pages().files
    wanted = (files[path]() for path in picture_files(prepared.site) if path in files)
    with finished(prepared, tuple(wanted), folder, watch) as ready:
        found = {file.path: file for file in ready.value} if ready.value is not None else None
        yield Outcome(found, ready.faults)


def page_by_page(prepared: Prepared, means: Means = Means()) -> PageByPage:  # noqa: B008 - frozen
    """Every file of the output, each made when it is asked for."""
    return prepared.output.page_by_page(prepared.edition, prepared.site, prepared.theme, means)


def render(prepared: Prepared, cache: Callable[[], Any] | None = None, watch: Watch = iter) -> Outcome[Files]:
    """Every file of the output, or every fault of the theme. The paths of its pages go through `watch` one by one."""
    return all_files(page_by_page(prepared, Means(cache)), watch)


def check(root: Path, output: Output, settings: Settings, work: Work = Work(jobs=None)) -> Faults:  # noqa: B008 - frozen
    """Everything that is wrong with the project or library in a folder, in reading order."""
    if not (root / MANIFESTO).exists():
        return check_library(root, settings, work)
    loaded = load(root, work)
    project = loaded.value
    faults = [*loaded.faults]
    if project:
        with compiling(_foreseen(project), work) as at_work:
            merged = _merged(project, settings)
            read = _read_through(merged, output, settings, load_theme(project), at_work)
        faults += planned(project, read, output, settings, work).faults
        spare = merged.value is not None and not has_errors((*loaded.faults, *merged.faults))
        faults += _library_faults(project.shelf, project.shelf.own, settings, merged.value, work, spare=spare)
        faults = [*allowed(project, faults, complete=True)]
    return in_reading_order(faults)


def check_library(root: Path, settings: Settings, work: Work = Work(jobs=None)) -> Faults:  # noqa: B008 - frozen
    """Everything that is wrong with the library in a folder, looked at alone, in reading order."""
    loaded = load_library(root, work)
    library = loaded.value
    faults = [*loaded.faults]
    if library and library.id:
        faults += _library_faults(Shelf(EMPTY, (library,)), library, settings, None, work)
    if library and library.header and library.origin:
        faults = [*settle(faults, library.header.allow, library.origin, library, complete=True)]
    return in_reading_order(faults)


def allowed(project: Project, faults: Iterable[Diagnostic], *, complete: bool) -> Faults:
    """The faults without those that the project has decided to live with.

    `complete` says that every check has run, so that an allowance which silenced nothing is one too many.
    """
    if project.manifesto is None or project.origin is None:
        return tuple(faults)
    return settle(faults, project.manifesto.allow, project.origin, project.shelf.own, complete=complete)


def site_url(manifesto: Manifesto, given: str | None) -> str | None:
    """The address under which the site will be found, ending in `/`: as given, else as the manifesto has it."""
    url = given or manifesto.site.url
    if not url:
        return None
    host, _, path = url.partition("://")[2].partition("/")
    # Two slashes in a path would make a link that starts with them lead to another host.
    return (
        f"{url.partition('://')[0]}://{host}/{'/'.join(part for part in path.split('/') if part)}".rstrip("/")
        + "/"
    )


def _checked(examined: Examined) -> Faults:
    return tuple(fault for check in CHECKS for fault in check(examined))


def _library_faults(
    shelf: Shelf,
    library: Library,
    settings: Settings,
    edition: Edition | None,
    work: Work,
    *,
    spare: bool = False,
) -> Faults:
    """What is wrong with a library's records; texts that an edition holds have been looked at there."""
    examined = of_library(library, settings.today, edition, spare=spare)
    of_records: Pictures = {}
    of_texts: Pictures = {}
    faults = [*library_faults(shelf, library), *_checked(examined)]
    faults += picture_faults(shelf, library, of_records)
    proses = [*library_texts(library, {subject.key for subject in examined.subjects})]
    compile_text = compiled_texts([prose.markdown for prose in proses], work)
    for prose in proses:
        parsed = parse(prose, compiled=compile_text)
        faults += parsed.faults
        if parsed.value:
            faults += link_faults(shelf, library.id, parsed.value, of_texts)
    pictures = [*of_records.values(), *(of_texts[name] for name in of_texts.keys() - of_records.keys())]
    if not pictures:
        return tuple(faults)
    from manifesto_cli.disk.pictures import look_at  # noqa: PLC0415 - as above
    from manifesto_cli.rendering.pictures import picture_troubles, small_pictures  # noqa: PLC0415

    looks = look_at(picture.original for picture in pictures)
    faults += (*picture_troubles(pictures, looks), *small_pictures(of_records.values(), looks))
    return tuple(faults)
