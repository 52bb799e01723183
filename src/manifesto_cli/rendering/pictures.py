"""(Site, what its pictures are) → Site: how large each picture is and which smaller copies there will be; and what is wrong with them.

Nothing here looks at a file: `Look` says what was found in it.
"""

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from manifesto_cli.faults.catalogue.media import (
    picture_misnamed,
    picture_says_more,
    picture_small,
    picture_too_large,
    picture_unreadable,
    pictures_not_resized,
)
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Outcome
from manifesto_cli.reading.pictures import ENDINGS, Look
from manifesto_cli.rendering.files import Made
from manifesto_cli.rendering.site import WIDTHS, Address, Picture, Site

Looks = Mapping[str, Look]
"""Where an original is → what it is."""

MOST_PIXELS = 80_000_000
"""Twice what the best cameras take. A few kilobytes can claim billions, and fill all memory of whoever believes them."""
MOST_BYTES = 50 * 1024 * 1024
"""What hosts of repositories begin to warn of."""
LEAST_WIDTH = 320
"""As wide as the smallest phones: a narrower picture is stretched, or stands lost, on all others."""
COPIED = ("jpeg", "png", "webp")
"""The formats of which smaller copies are made; a GIF is a drawing or moves, and a small AVIF takes minutes."""


def measured(site: Site, looks: Looks, able: Collection[str], *, copies: bool) -> Outcome[Site]:
    """The site with the sizes of its pictures; where `copies` are wanted also with the smaller files that there will be.

    `able` are the formats in which smaller pictures can be made here. Without them the originals serve, and a note says so once.
    """
    faults = [*picture_troubles(site.pictures.values(), looks)]
    taken = _taken(site)
    pictures: dict[tuple[str, str], Picture] = {}
    missed: list[Picture] = []
    for name, picture in site.pictures.items():
        look = looks[picture.original]
        widths = _widths(look) if copies else ()
        if widths and look.form not in able:
            missed.append(picture)
            widths = ()
        smaller = ((width, _beside(picture.address, width)) for width in widths)
        pictures[name] = replace(
            picture,
            width=look.width,
            height=look.height,
            smaller=tuple(copy for copy in smaller if copy[1].path.casefold() not in taken),
        )
    if missed:
        faults.append(pictures_not_resized(missed[0].at, len(missed)))
    return Outcome(replace(site, pictures=pictures), tuple(faults))


def picture_troubles(pictures: Iterable[Picture], looks: Looks) -> Iterator[Diagnostic]:
    """What is wrong with the files of pictures."""
    for picture in pictures:
        look, file = looks[picture.original], posixpath.basename(picture.address.path)
        if look.size > MOST_BYTES or look.width * look.height > MOST_PIXELS:
            yield picture_too_large(picture.at, look.width, look.height, look.size)
        elif look.trouble:
            yield picture_unreadable(picture.at, look.trouble)
        else:
            if not file.lower().endswith(ENDINGS[look.form]):
                yield picture_misnamed(picture.at, look.form, _renamed(file, look.form))
            if look.talks:
                yield picture_says_more(picture.at)


def small_pictures(shown: Iterable[Picture], looks: Looks) -> Iterator[Diagnostic]:
    """A note for each picture of a record that is narrower than the place it has on every page."""
    for picture in shown:
        width = looks[picture.original].width
        if 0 < width < LEAST_WIDTH:
            yield picture_small(picture.at, width)


def unmade(site: Site, refused: Mapping[str, str]) -> Faults:
    """A fault for each picture that looked sound and could not be read to its end: where an original is → why."""
    return tuple(
        picture_unreadable(picture.at, refused[picture.original])
        for picture in site.pictures.values()
        if picture.original in refused
    )


def picture_files(site: Site) -> Mapping[str, Callable[[], Made]]:
    """What makes each file that pictures become, by path."""
    files: dict[str, Callable[[], Made]] = {}
    for picture in site.pictures.values():
        wanted = [(None, picture.address), *picture.smaller]
        files |= {
            address.path: partial(Made, address.path, picture.original, width) for width, address in wanted
        }
    return files


def _widths(look: Look) -> tuple[int, ...]:
    """How wide the copies of a picture are to be; none of those that would not move a byte less."""
    if look.form not in COPIED or not look.simple or look.trouble:
        return ()
    return tuple(width for width in WIDTHS if width < look.width)


def _beside(address: Address, width: int) -> Address:
    stem, ending = posixpath.splitext(address.path)
    return Address(f"{stem}-{width}{ending}")


def _taken(site: Site) -> frozenset[str]:
    """Every address below `media` that pictures have or pass through, capitals aside: a copy that would need one of them is not made."""
    found: set[str] = set()
    for picture in site.pictures.values():
        path = picture.address.path.casefold()
        while path:
            found.add(path)
            path = posixpath.dirname(path)
    return frozenset(found)


def _renamed(file: str, form: str) -> str:
    return posixpath.splitext(file)[0] + ENDINGS[form][0]
