"""(Edition with its parsed texts, layout) → Site: every path, address and anchor, before a template runs.

Addresses are promises. Those of the website never change: `index.html`, `priorities/ID.html`, `pledges/ID.html`,
`case-studies/ID.html`, `deals/ID.html`, `case-studies.html`, `deals.html`, `evidence.html`, `costs.html`, `about.html`, `manifesto.html`, `accessibility.html`,
`privacy.html`, `imprint.html`, `404.html`, `assets/…`, `media/…`. Folders as addresses are not used, because from `file://` they open a listing.
"""

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from manifesto_cli.faults.catalogue.markup import (
    broken_link,
    dangerous_link,
    picture_undescribed,
    unknown_picture,
)
from manifesto_cli.faults.catalogue.references import same_address
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.costing import costs_known
from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.edition import Edition, EditionPriority, Pledge
from manifesto_cli.merging.placeholders import FilledProse
from manifesto_cli.merging.references import Shelf, entries, sought
from manifesto_cli.model.case_study import Image
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.library import Library, is_id
from manifesto_cli.reading.origin import Origin, Step
from manifesto_cli.rendering.compiled import Demand
from manifesto_cli.rendering.markup import ParsedProse, web_address
from manifesto_cli.rendering.site import (
    Address,
    Layout,
    Lead,
    Page,
    Picture,
    Redirect,
    Site,
    TextKey,
    anchor_prefix,
)


def _introduced(edition: Edition) -> bool:
    """Whether there is more to say of the candidate than stands on the first page anyway."""
    candidate = edition.manifesto.candidate
    contact = candidate.contact
    return bool(edition.about or candidate.photo or (contact and (contact.email or contact.links)))


def _evidenced(edition: Edition) -> bool:
    """Whether there is any claim, or any document that a record was made from."""
    claims = [
        *(pledge.evidence for pledge in edition.pledges),
        *(study.evidence for study in edition.case_studies),
        *(deal.evidence for deal in edition.deals),
    ]
    return bool(edition.sources) or any(claims)


SINGLE: Mapping[str, Callable[[Edition], bool]] = {
    "deals": lambda edition: bool(edition.deals),
    "case-studies": lambda edition: bool(edition.case_studies),
    "evidence": _evidenced,
    "costs": costs_known,
    "about": _introduced,
    "whole": lambda edition: bool(edition.priorities or edition.foreword),
    "accessibility": lambda _: True,
    "privacy": lambda _: True,
    "imprint": lambda _: True,
    "not-found": lambda _: True,
}
"""The pages of which there is one at most, besides the first, in reading order; each with whether an edition has anything to put there."""


def edition_texts(edition: Edition) -> Iterator[tuple[TextKey, FilledProse]]:
    """Every Markdown text of an edition, with the page it is on."""
    found: list[tuple[TextKey, FilledProse | None]] = [
        (("home", "", "foreword"), edition.foreword),
        (("about", "", "body"), edition.about),
    ]
    for priority in edition.priorities:
        found.append((("priority", priority.key, "body"), priority.body))
        found += ((("pledge", pledge.key, "body"), pledge.body) for pledge in priority.pledges)
    for deal in edition.deals:
        found.append((("deal", deal.key, "body"), deal.body))
        found.append((("deal", deal.key, "if_it_fails"), deal.if_it_fails))
    found += ((("case-study", study.key, "body"), study.body) for study in edition.case_studies)
    return ((key, prose) for key, prose in found if prose)


def plan(
    shelf: Shelf,
    edition: Edition,
    texts: Mapping[TextKey, ParsedProse],
    layout: Layout,
    url: str | None,
    left_out: Collection[str] = (),
) -> Outcome[Site]:
    """The site that an edition makes in a layout; a fault for each collision, broken link and missing picture.

    `left_out` are kinds of pages that it does without. What has its place inside a text is no page, and stays.
    """
    faults: list[Diagnostic] = []
    wanted = (*_wanted(edition),)
    possible = _pages(wanted, layout)
    single = {kind: possible.get((kind, "")) for kind in SINGLE if kind in left_out}
    without = {(kind, ""): page for kind, page in single.items() if page and not page.address.anchor}
    pages = {name: page for name, page in possible.items() if name not in without}
    redirects = _redirects(edition, pages, layout)
    pictures: dict[tuple[str, str], Picture] = {}
    for library, image, origin, path in _record_pictures(edition):
        _picture(shelf, library, image.file, origin.at(*path, "file"), pictures, faults)
        faults += _undescribed(image, origin, path)
    leads: dict[TextKey, dict[str, Lead]] = {}
    for key, text in texts.items():
        leads[key] = {
            demand.target: _picture(
                shelf,
                text.prose.home,
                demand.target,
                text.prose.span(demand.start, demand.end),
                pictures,
                faults,
            )
            if demand.picture
            else _lead(shelf, possible, texts, key, demand, faults)
            for demand in text.demands
        }
    _distinct(pages, {(kind, key): at for kind, key, _, at in wanted}, pictures, faults)
    return Outcome(Site(pages, redirects, pictures, texts, leads, url, without), tuple(faults))


_Place = Callable[[], Span]
"""Finds where something was written or picked. In a library's file that takes a while, and only a fault asks for it."""


def _wanted(edition: Edition) -> Iterator[tuple[str, str, str, _Place]]:
    """The kind, key and id of every page that an edition asks for, in reading order, each with the place of its record."""
    top = partial(edition.origin.at, "title")
    yield "home", "", "", top
    for priority in edition.priorities:
        yield "priority", priority.key, priority.id, partial(_picked, priority)
        for pledge in priority.pledges:
            yield "pledge", pledge.key, pledge.id, partial(_picked, pledge)
    for deal in edition.deals:
        yield "deal", deal.key, deal.id, partial(_picked, deal)
    for study in edition.case_studies:
        yield "case-study", study.key, study.id, partial(study.origin.at, "title")
    for kind, needed in SINGLE.items():
        if needed(edition):
            yield kind, "", "", top


def _picked(record: EditionPriority | Pledge | EditionDeal) -> Span:
    return record.at


def _pages(wanted: Iterable[tuple[str, str, str, _Place]], layout: Layout) -> dict[tuple[str, str], Page]:
    placed = ((kind, key, layout(kind, name)) for kind, key, name, _ in wanted)
    return {(kind, key): Page(kind, key, address) for kind, key, address in placed if address}


def _redirects(
    edition: Edition, pages: Mapping[tuple[str, str], Page], layout: Layout
) -> tuple[Redirect, ...]:
    """A page for each earlier id of a record, if it would be a file of its own and no other record has the id now.

    Of two records that had one id, the one counts that a link with the id would lead to (`references.find`).
    """
    found: list[tuple[str, str, str, tuple[str, ...]]] = []
    for priority in edition.priorities:
        found.append(("priority", priority.key, priority.library, priority.priority.formerly))
        found += (("pledge", pledge.key, pledge.library, pledge.idea.formerly) for pledge in priority.pledges)
    found += (
        ("case-study", study.key, study.library, study.study.formerly) for study in edition.case_studies
    )
    found += (("deal", deal.key, deal.library, deal.deal.formerly) for deal in edition.deals)
    order = ["", *(header.id for header in edition.libraries)]
    taken = {page.address.path for page in pages.values()}
    redirects = []
    for kind, key, _, formerly in sorted(found, key=lambda record: order.index(record[2])):
        to = pages[kind, key]
        for address in (layout(kind, old) for old in formerly if is_id(old)):
            if address and not address.anchor and address.path not in taken:
                taken.add(address.path)
                redirects.append(Redirect(Page("redirect", key, address), to))
    return tuple(redirects)


def _distinct(
    pages: Mapping[tuple[str, str], Page],
    places: Mapping[tuple[str, str], _Place],
    pictures: Mapping[tuple[str, str], Picture],
    faults: list[Diagnostic],
) -> None:
    """Report every two things that want one address; capitals do not count, since some file systems do not see them."""
    taken: dict[tuple[str, str], _Place] = {}
    things: list[tuple[Address, _Place]] = [
        *((page.address, places[name]) for name, page in pages.items()),
        *((picture.address, partial(_shown, picture)) for picture in pictures.values()),
    ]
    for address, at in things:
        wanted = (address.path.casefold(), address.anchor.casefold())
        first = taken.setdefault(wanted, at)
        if first is not at:
            shown = address.path + ("#" if wanted[1] else "") + address.anchor
            faults.append(same_address(at(), first(), shown))


def _shown(picture: Picture) -> Span:
    return picture.at


def _record_pictures(edition: Edition) -> Iterator[tuple[str, Image, Origin, tuple[Step, ...]]]:
    photo = edition.manifesto.candidate.photo
    if photo:
        yield "", photo, edition.origin, ("candidate", "photo")
    for name, value in edition.manifesto.site.options.items():
        if isinstance(value, Image):
            yield "", value, edition.origin, ("site", "options", name)
    for study in edition.case_studies:
        if study.study.image:
            yield study.home("image"), study.study.image, study.origin, ("image",)


def pictures_of_records(edition: Edition, site: Site) -> tuple[Picture, ...]:
    """The pictures that have a large place of their own on a page: none in a text, no logo. Those that are not there are left out."""
    names = (
        (library, image.file) for library, image, _, path in _record_pictures(edition) if path[-1] != "logo"
    )
    return tuple(site.pictures[name] for name in dict.fromkeys(names) if name in site.pictures)


def _undescribed(image: Image, origin: Origin, path: tuple[Step, ...]) -> tuple[Diagnostic, ...]:
    return () if image.alt.strip() else (picture_undescribed(origin.at(*path, "alt"), "alt: …"),)


_PICTURE = pattern(r"media/[^\\]+")


def _picture(
    shelf: Shelf,
    library: str,
    file: str,
    at: Span,
    pictures: dict[tuple[str, str], Picture],
    faults: list[Diagnostic],
) -> Lead:
    holder = shelf.library(library)
    original = holder.media.get(file) if holder else None
    if original is None:
        known = bool(_PICTURE.fullmatch(file)) and ".." not in file.split("/")
        meant = slip(file, holder.media) if holder else ""
        help = (
            f"did you mean `{meant}`?"
            if meant
            else f"put the picture there as `{file}`, or correct its name"
            if known
            else "put the picture into the `media` folder and write `media/NAME.jpg`"
        )
        faults.append(unknown_picture(at, file, help, meant))
        return None
    rest = file.removeprefix("media/")
    address = Address(f"media/{library}/{rest}" if library else f"media/{rest}")
    return pictures.setdefault((library, file), Picture(address, original, at)).address


_RECORD = pattern(r"(pledge|idea|case-study|priority|deal):((?:[a-z0-9-]+:)?[a-z0-9-]+)(?:#(.+))?")
_SCHEME = pattern(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SAFE_SCHEMES = ("http:", "https:", "mailto:", "tel:")
# Browsers drop these from an address before they look at its scheme, so that `java\tscript:` runs (WHATWG URL, section 4.4).
_DROPPED = pattern("[\x00-\x20\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")


Pictures = dict[tuple[str, str], Picture]
"""Those that were met, by library and file."""


def picture_faults(shelf: Shelf, library: Library, met: Pictures) -> tuple[Diagnostic, ...]:
    """What is wrong with how a library's case studies name their pictures, looked at alone; those that are there are noted in `met`."""
    faults: list[Diagnostic] = []
    for entry in library.case_studies.values():
        image = entry.record.image
        if image:
            _picture(shelf, library.id, image.file, entry.origin.at("image", "file"), met, faults)
            faults += _undescribed(image, entry.origin, ("image",))
    return tuple(faults)


def link_faults(shelf: Shelf, library: str, text: ParsedProse, met: Pictures) -> tuple[Diagnostic, ...]:
    """What is wrong with the links and pictures of a text that is on no page: one of a library, looked at alone.

    Pictures that are there are noted in `met`.
    """
    faults: list[Diagnostic] = []
    here: TextKey = ("", "", "")
    for demand in text.demands:
        if demand.filled:
            continue
        if demand.picture:
            _picture(shelf, library, demand.target, text.prose.span(demand.start, demand.end), met, faults)
        else:
            _lead(shelf, {}, {here: text}, here, demand, faults)
    return tuple(faults)


_LISTED = 12
"""More headings are not written out in a message."""


def _heading(
    page: Address, texts: Mapping[TextKey, ParsedProse], key: TextKey, target: str
) -> tuple[Address | None, str, str]:
    """Where the heading of a text is that a link names behind `#`; else what to write instead, and that alone if it is sure."""
    before, _, slug = target.rpartition("#")
    slugs = [heading.slug for heading in (texts[key].headings if key in texts else ())]
    if slug in slugs:
        return Address(page.path, anchor_prefix(page, key) + slug), "", ""
    near = nearest(slug, slugs)
    if near:
        return (
            None,
            f"did you mean `{before}#{near}`?",
            f"{before}#{near}" if near == slip(slug, slugs) else "",
        )
    known = " or ".join(f"`{before}#{other}`" for other in slugs[:_LISTED])
    return (
        None,
        f"write {known}" if known else "delete the link and leave its words; the text has no headings",
        "",
    )


def _lead(
    shelf: Shelf,
    pages: Mapping[tuple[str, str], Page],
    texts: Mapping[TextKey, ParsedProse],
    key: TextKey,
    demand: Demand,
    faults: list[Diagnostic],
) -> Lead:
    text, target = texts[key], demand.target
    at = partial(text.prose.span, demand.start, demand.end)
    record = _RECORD.fullmatch(target)
    if record:
        kind = record[1].replace("idea", "pledge")
        found = sought(
            shelf,
            {"pledge": "idea", "case-study": "case study"}.get(kind, kind),
            record[2],
            text.prose.home,
            at,
        )
        faults += found.faults
        page = pages.get((kind, found.value.key)) if found.value else None
        if page is None or not record[3]:
            return page.address if page else None
        lead, help, meant = _heading(page.address, texts, (kind, page.key, "body"), target)
        if lead is None:
            faults.append(broken_link(at(), target, "no heading of that text", help, meant))
        return lead
    if target.startswith("#"):
        here = pages[key[0], key[1]].address if pages else Address("")
        lead, help, meant = _heading(here, texts, key, target)
        if lead is None:
            faults.append(broken_link(at(), target, "no heading of this text", help, meant))
        return lead
    # Of what browsers drop nothing is printable but a space, and to ask for that needs no pattern.
    plain = target if target.isprintable() and " " not in target else _DROPPED.sub("", target)
    scheme = _SCHEME.match(plain)
    if scheme and scheme.group().lower() in _SAFE_SCHEMES and _SCHEME.match(target):
        return web_address(target)
    if scheme:
        faults.append(dangerous_link(at(), scheme.group()))
        return None
    meant = _record_meant(shelf, text.prose.home, target)
    help = (
        f"did you mean `{meant}`?"
        if meant
        else "write `pledge:ID`, `case-study:ID`, `deal:ID` or `priority:ID`, `#heading`, or a whole address with `https://`"
    )
    faults.append(broken_link(at(), target, "not an address and not a record", help, meant))
    return None


def _record_meant(shelf: Shelf, home: str, target: str) -> str:
    """The record that a link to a file or page must mean: the only one of the text's own library whose id is the file's name."""
    library = shelf.library(home) or shelf.own
    name = posixpath.basename(target.rstrip("/")).partition(".")[0]
    kinds = (("pledge", "idea"), ("case-study", "case study"), ("deal", "deal"), ("priority", "priority"))
    found = [f"{kind}:{name}" for kind, of in kinds if name in entries(library, of)]
    return found[0] if len(found) == 1 else ""
