"""Files → a commit, without a work tree or an index: the ids of everything are computed here, and git stores what is new."""

import contextlib
import hashlib
import os
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from msgspec import Struct

from manifesto_cli.disk.contents import pieces
from manifesto_cli.disk.paths import folders_above, unsafe
from manifesto_cli.disk.wording import told
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.publish.branch import FILE, SUBMODULE, Entry, Tip
from manifesto_cli.publish.git import LATER, TEMPORARY, Answer, Repository, git, run
from manifesto_cli.publish.git_refusals import refused
from manifesto_cli.rendering.files import Copy, File

_FOLDER = "40000"


class Changes(Struct, frozen=True):
    """What a publish would change on a branch."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    sizes: Mapping[str, int]
    """The bytes of each file that is added or changed."""


class _Tree(Struct, frozen=True):
    """A folder of a commit, as git stores it."""

    id: str
    lines: bytes
    """What `git mktree` makes it from."""


def compare(repository: Repository, tip: Tip, files: Iterable[File | Copy], kept: Collection[str]) -> Changes:
    """What is different on the branch once it holds these files, and of all others only the kept ones. Writes nothing."""
    ids, sizes = {}, {}
    for path, content in _contents(files):
        ids[path], sizes[path] = Entry(FILE, _id(repository, b"blob", content)), len(content)
    kept = {path for path in kept if path in tip.entries}
    added = tuple(sorted(ids.keys() - tip.entries.keys()))
    changed = tuple(
        sorted(path for path in ids.keys() & tip.entries.keys() if ids[path] != tip.entries[path])
    )
    removed = tuple(sorted(tip.entries.keys() - ids.keys() - kept))
    return Changes(added, changed, removed, {path: sizes[path] for path in (*added, *changed)})


def commit(
    repository: Repository,
    tip: Tip,
    files: Iterable[File | Copy],
    kept: Collection[str],
    message: str,
    *,
    history: bool = True,
) -> str:
    """The id of a commit that holds exactly these files, and of what is on the branch the kept ones as they are.

    It follows the tip, or without history nothing. Where that would change nothing, it is the tip itself. What is stored lies in the
    repository and belongs to no branch until it is pushed.
    """
    entries = {path: tip.entries[path] for path in kept if path in tip.entries}
    there = {entry.id for entry in tip.entries.values()}
    with told(TEMPORARY), tempfile.TemporaryFile() as new:
        for path, content in _contents(files):
            entries[path] = Entry(FILE, _id(repository, b"blob", content))
            if entries[path].id not in there:
                there.add(entries[path].id)
                new.writelines((b"blob\ndata %d\n" % len(content), content, b"\n"))
        trees = _trees(repository, entries)
        if trees[-1].id == tip.tree and (history or not _has_parents(repository, tip)):
            return tip.commit
        _store(repository, new, trees)
    parents = ("-p", tip.commit) if history and tip.commit else ()
    # A guessed name and address would be those of this machine, for everybody to read.
    known = ("user.useConfigOnly=true",)
    words = ("commit-tree", "--no-gpg-sign", *parents, "-F", "-", trees[-1].id)
    return git(repository, *words, given=message.encode(), config=known).decode().strip()


def _contents(files: Iterable[File | Copy]) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of each file, each path such that it can stand on a branch."""
    for file in files:
        reason = unsafe(file.path)
        if reason is not None:
            raise ManifestoError(
                f"the file {file.path[:80]!a} cannot be published: {reason}", help="give it another name"
            )
        yield file.path, b"".join(pieces(file))


def _id(repository: Repository, kind: bytes, content: bytes) -> str:
    """The name that git has for this: see "Git Internals - Git Objects" in Pro Git."""
    seen = hashlib.new(repository.hash, b"%s %d\0" % (kind, len(content)), usedforsecurity=False)
    seen.update(content)
    return seen.hexdigest()


def _trees(repository: Repository, entries: Mapping[str, Entry]) -> list[_Tree]:
    """Every folder of a commit, those inside others before them; the last is the commit's own."""
    inside: dict[str, dict[str, Entry]] = defaultdict(dict)
    folders = {folder for path in entries for folder in folders_above(path)} | {""}
    for path, entry in entries.items():
        if path in folders:
            raise ManifestoError(
                f"`{path}` is kept on the branch, and the site has a folder of that name",
                help="take it off the branch, or out of what is kept there",
                status=Exit.USAGE,
            )
        folder, _, name = path.rpartition("/")
        inside[folder][name] = entry
    trees = []
    for folder in sorted(folders, key=lambda folder: (-folder.count("/") - (folder != ""), folder)):
        trees.append(_tree(repository, inside[folder]))
        above, _, name = folder.rpartition("/")
        inside[above][name] = Entry(_FOLDER, trees[-1].id)
    return trees


def _tree(repository: Repository, inside: Mapping[str, Entry]) -> _Tree:
    named = {name.encode(errors="surrogateescape"): entry for name, entry in inside.items()}
    # git compares the name of a folder as if it ended in a slash
    ordered = sorted(named.items(), key=lambda pair: pair[0] + b"/" * (pair[1].mode == _FOLDER))
    stored, lines = [], []
    for name, entry in ordered:
        stored.append(b"%s %s\0%s" % (entry.mode.encode(), name, bytes.fromhex(entry.id)))
        kind = {_FOLDER: b"tree", SUBMODULE: b"commit"}.get(entry.mode, b"blob")
        lines.append(b"%s %s %s\t%s\0" % (entry.mode.encode(), kind, entry.id.encode(), name))
    return _Tree(_id(repository, b"tree", b"".join(stored)), b"".join(lines))


def _store(repository: Repository, new: IO[bytes], trees: list[_Tree]) -> None:
    """Have git store the new files, byte for byte as they are, and all folders.

    `fast-import` takes bytes from a stream, and so has no filters, attributes or line ends to apply; without a commit in the stream it
    moves no branch. It is faster than `hash-object`, which wants each file on the disk: docs/decisions/publishing-by-plumbing.md.
    """
    if new.tell():
        new.write(b"done\n")
        new.seek(0)
        words = ("fast-import", "--quiet", "--done")
        answer = run(repository, *words, given=new, config=("core.compression=1",), patience=LATER)
        if answer.status:
            _forget_crash(repository, answer)
            raise refused(answer.said, folder=repository.top)
    given = b"\0".join(tree.lines for tree in trees)
    made = git(repository, "mktree", "--missing", "--batch", "-z", given=given).decode().split()
    if made != [tree.id for tree in trees]:
        raise ManifestoError("git has stored something else than it was given", help="`git fsck` says more")


def _forget_crash(repository: Repository, answer: Answer) -> None:
    """Remove the report that `fast-import` leaves behind: what it has said tells enough."""
    name = f"fast_import_crash_{answer.number}"
    place = os.fsdecode(run(repository, "rev-parse", "--git-path", name).out.removesuffix(b"\n"))
    with contextlib.suppress(OSError):
        (Path(repository.folder) / place).unlink()


def _has_parents(repository: Repository, tip: Tip) -> bool:
    """Whether anything came before the tip, also where a shallow clone does not show it."""
    head = git(repository, "cat-file", "commit", tip.commit).partition(b"\n\n")[0]
    return b"\nparent " in head
