"""What a publication changes, in a reader's words: which pledges, which other pages, which files, and how large they are."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from manifesto_cli.publish.addresses import Gone
from manifesto_cli.publish.ledger import NAME, Ledger, Listed

_KINDS = {"pledges/": "pledge", "priorities/": "priority", "case-studies/": "case study"}
_KB, _MB = 1_000, 1_000_000
_SHOWN = 12
"""How many pages of one sort are listed where nobody asked for all."""


class Changes(Struct, frozen=True):
    """Paths of files, sorted; with how many bytes each that is added or changed has now."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    sizes: Mapping[str, int]

    @property
    def any(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.added or self.changed or self.removed)


def in_words(
    changes: Changes, before: Ledger, after: Ledger, parted: Collection[Gone], *, every: bool
) -> Iterator[str]:
    """The changes line by line: pages by their titles, then files in numbers. Of many only the first, unless `every` is wanted."""
    now = after.addresses
    for verb, mark, paths in (("new", "+", changes.added), ("changed", "~", changes.changed)):
        pages = [path for path in paths if path in now]
        if pages and verb == "changed" and len(pages) == len(now) > 1 and not every:
            yield f"  {mark} all {len(pages):,} pages are changed"
            continue
        yield from _listed(
            [f"{mark} {_page(path, now)}  {size(changes.sizes[path])}" for path in pages], every=every
        )
    yield from _listed(
        [f"- {_page(gone.path, before.addresses)}  leads to {_page(gone.to, now)}" for gone in parted],
        every=True,
    )
    lost = [
        f"{path}#{anchor}"
        for path, listed in before.addresses.items()
        if path in now
        for anchor in listed.anchors
        if anchor not in now[path].anchors
    ]
    if lost:
        yield f"  {_count(len(lost), 'place')} on pages can no longer be named behind `#`; links to them lead to the top of their page"
        yield from (f"      {place}" for place in lost if every)
    others = [
        f"{_count(len(files), 'file')} {verb}"
        for verb, paths in (
            ("new", changes.added),
            ("changed", changes.changed),
            ("removed", changes.removed),
        )
        if (files := [path for path in paths if path not in now and path not in after.moved and path != NAME])
    ]
    if others:
        yield f"  beside the pages: {', '.join(others)}"
    if changes.sizes:
        yield f"  {size(sum(changes.sizes.values()))} to send"


def size(number: int) -> str:
    """How large something is, for people: `512 bytes`, `12.3 kB`, `4.5 MB` (in thousands, as the SI has it)."""
    if number < _KB:
        return _count(number, "byte")
    return f"{number / _KB:,.1f} kB" if number < _MB else f"{number / _MB:,.1f} MB"


def _page(path: str, pages: Mapping[str, Listed]) -> str:
    kind = next((f"{word} " for folder, word in _KINDS.items() if path.startswith(folder)), "")
    title = pages[path].title if path in pages else ""
    return f"{kind}“{title}” ({path})" if title else path


def _listed(lines: list[str], *, every: bool) -> Iterator[str]:
    shown = lines if every or len(lines) <= _SHOWN + 1 else lines[:_SHOWN]
    yield from (f"  {line}" for line in shown)
    if len(shown) < len(lines):
        yield f"  {shown[0][:1]} … and {len(lines) - len(shown):,} more pages: `--verbose` lists all"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
