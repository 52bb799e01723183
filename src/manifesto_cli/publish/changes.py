"""What a publication changes, in a reader's words: which pledges, which other pages, which files, and how large they are."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from manifesto_cli.disk.contents import pieces
from manifesto_cli.publish.addresses import Gone
from manifesto_cli.publish.commits import Changes
from manifesto_cli.publish.ledger import NAME, Ledger, Listed
from manifesto_cli.rendering.files import Copy, File
from manifesto_cli.telling import count

_KINDS = {"pledges/": "pledge", "priorities/": "priority", "deals/": "deal", "case-studies/": "case study"}
_KB, _MB = 1_000, 1_000_000
_FEW, _SHOWN = 12, 12
"""With how many pages a site is so small that each is named, and how many of one sort are listed where nobody asked for all."""


def between(before: Ledger, after: Ledger, files: Iterable[File | Copy]) -> Changes:
    """What is different of two published sites, as far as they list it; `files` are those of the second."""
    added = after.files.keys() - before.files.keys()
    changed = {
        path for path in after.files.keys() & before.files.keys() if after.files[path] != before.files[path]
    }
    removed = before.files.keys() - after.files.keys()
    sizes = {
        file.path: sum(map(len, pieces(file))) for file in files if file.path in added or file.path in changed
    }
    return Changes(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(removed)), sizes)


def in_words(
    changes: Changes, before: Ledger, after: Ledger, parted: Collection[Gone], *, every: bool
) -> Iterator[str]:
    """The changes line by line: pages by their titles, pledges first, then files in numbers. Of many only the first, unless `every` is wanted."""
    now = after.addresses
    for path in _in_order(now):
        if now[path].withdrawn and not (path in before.addresses and before.addresses[path].withdrawn):
            yield f"  ! {_page(path, now)} is withdrawn"
    for mark, word, paths in (("+", "new", changes.added), ("~", "changed", changes.changed)):
        pages = _in_order(path for path in paths if path in now)
        if word == "changed" and len(pages) == len(now) > _FEW and not every:
            yield f"  {mark} all {len(pages):,} pages are changed: `--verbose` lists them"
        else:
            yield from _listed(
                [f"{mark} {_page(path, now)}  {size(changes.sizes[path])}" for path in pages], every=every
            )
    for gone in parted:
        yield f"  - {_page(gone.path, before.addresses)} is gone, and leads to {_page(gone.to, now)}"
    yield from _places(before, after, every=every)
    others = [
        f"{count(number, 'file')} {word}"
        for word, paths in (
            ("new", changes.added),
            ("changed", changes.changed),
            ("removed", changes.removed),
        )
        if (number := sum(path not in now and path not in after.moved and path != NAME for path in paths))
    ]
    if others:
        yield f"  beside the pages: {', '.join(others)}"
    if sum(changes.sizes.values()):
        yield f"  {size(sum(changes.sizes.values()))} in all"


def _places(before: Ledger, after: Ledger, *, every: bool) -> Iterator[str]:
    """How many places on pages can no longer be named, and if wanted which."""
    lost = [
        f"{path}#{anchor}"
        for path, listed in before.addresses.items()
        if path in after.addresses
        for anchor in listed.anchors
        if anchor not in after.addresses[path].anchors
    ]
    if lost:
        one = len(lost) == 1
        yield (
            f"  - {count(len(lost), 'place')} on pages behind `#` {'is' if one else 'are'} gone: "
            f"links to {'it' if one else 'them'} lead to the top of {'its page' if one else 'their pages'}"
        )
        yield from (f"      {place}" for place in lost if every)


def _in_order(paths: Iterable[str]) -> list[str]:
    """Pages as a reader looks for them: pledges, priorities, deals and case studies, then all others."""
    folders = [*_KINDS]
    return sorted(
        paths,
        key=lambda path: (
            next((i for i, folder in enumerate(folders) if path.startswith(folder)), len(folders)),
            path,
        ),
    )


def size(number: int) -> str:
    """How large something is, for people: `512 bytes`, `12.3 kB`, `4.5 MB` (in thousands, as the SI has it)."""
    if number < _KB:
        return count(number, "byte")
    return f"{number / _KB:,.1f} kB" if number < _MB else f"{number / _MB:,.1f} MB"


def _page(path: str, pages: Mapping[str, Listed]) -> str:
    """A page by its kind and title, on one line: a title from an earlier list may be anybody's."""
    kind = next((f"{word} " for folder, word in _KINDS.items() if path.startswith(folder)), "")
    title = " ".join(pages[path].title.split()) if path in pages else ""
    return f"{kind}“{title}” ({path})" if title else path


def _listed(lines: list[str], *, every: bool) -> Iterator[str]:
    shown = lines if every or len(lines) <= _SHOWN + 1 else lines[:_SHOWN]
    yield from (f"  {line}" for line in shown)
    if len(shown) < len(lines):
        yield f"  {shown[0][:1]} … and {len(lines) - len(shown):,} more pages: `--verbose` lists all"
