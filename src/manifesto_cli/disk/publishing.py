"""Writing an output folder: whole or not at all, only what changed, and nothing that is not ours.

Lock; finish a commit that was cut short; stage what changed; rename the journal into place, which is the commit
point; move assets, then pages; prune; put the new list in place; drop the journal. Killed before the commit point,
a build leaves the old site; after it, every file is whole and the next command completes the new one. `ownership`
has the format of the state, `commit` the second half, `beside` the first build into a folder that does not exist.
"""

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from manifesto_cli.disk.beside import name_beside, remove_beside, retire, start
from manifesto_cli.disk.commit import Settled, abandon, clear_stage, commit, finish, make_folders, prune
from manifesto_cli.disk.contents import hashed, pieces, write_new
from manifesto_cli.disk.guard import Protected, guard
from manifesto_cli.disk.leftovers import clear_leftovers
from manifesto_cli.disk.locks import locked
from manifesto_cli.disk.ownership import (
    LIST,
    STAGED_LIST,
    check_state,
    encoded_list,
    read_journal,
    read_list,
)
from manifesto_cli.disk.paths import folder_of, folders_above
from manifesto_cli.disk.staging import journal_for, seal, stager
from manifesto_cli.disk.survey import NotMadeError, Survey, Write, holds_files, place_at, survey, taken_away
from manifesto_cli.disk.wording import AGAIN, told
from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.rendering.files import Copy, File, Share


class Published(Struct, frozen=True):
    """What a build did to its output folder; paths are relative to it and sorted."""

    target: Path
    """The real folder, links resolved."""
    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    """No longer made, but changed by hand since the tool wrote them: left there, and no longer the tool's."""
    unchanged: int
    texts: Mapping[str, bytes] = {}
    """By path, the texts that are shown in a file that was made, as a survey has them."""
    made_from: Mapping[str, bytes] = {}
    """By path, what tells what a file was made from."""


class Cleaned(Struct, frozen=True):
    """What cleaning did to an output folder; paths are relative to it and sorted."""

    target: Path
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    """Changed by hand since the tool wrote them: left there, and no longer the tool's."""
    gone: bool
    """Whether the folder itself is gone."""


def publish(
    target: Path,
    shares: Sequence[Share],
    *,
    protected: Protected,
    untouched: Collection[str] | None = (),
) -> Outcome[Published]:
    """Make the folder hold exactly these files, beside those that are not ours. There is no value if any could not be made.

    Files `untouched` are not made: whoever names them, or says with None that it is all others, knows that they are in place as they should be.

    Each share is taken by a process of its own where that can be, its files one by one, and what their making raises passes through. Whatever is
    raised or wrong, ahead of the commit point the old site is untouched; the outside world's refusals are ManifestoErrors.
    """
    folder = guard(target, protected)
    root = str(folder)
    try:
        with alone(folder, make_parents=True):
            if untouched is None or untouched or os.path.lexists(root):
                return Outcome(update(folder, root, shares, untouched=untouched))
            return Outcome(build_first(folder, root, shares))
    except NotMadeError as fault:
        return Outcome(None, fault.faults)


def rehearse(target: Path, shares: Sequence[Share], *, protected: Protected) -> Outcome[Published]:
    """What `publish` would change against what is in place now; raises what it would raise, and touches nothing."""
    folder = guard(target, protected)
    try:
        return Outcome(_rehearsed(folder, str(folder), shares))
    except NotMadeError as fault:
        return Outcome(None, fault.faults)


def _rehearsed(folder: Path, root: str, shares: Sequence[Share]) -> Published:
    with alone(folder, clear=False):
        with told(root):
            there = os.path.lexists(root)
            lists = lists_in(root) if there else ()
            if there and not lists and holds_files(root):
                raise _foreign(root)
            place = place_at(root, {path: digest for listed in lists for path, digest in listed.items()})
        found = survey(place, shares, lambda _: lambda file: hashed(pieces(file)))
        with told(root):
            stale = place.owned.keys() - found.digests.keys() - set(found.respelled)
            removed, kept = prune(root, stale, lists, remove=False)
    return _published(folder, found, Settled(tuple(found.changed), removed, kept))


def clean(target: Path, *, protected: Protected) -> Cleaned:
    """Remove what the tool wrote, and the folder if nothing else is in it; may be repeated after having been killed.

    A folder that is not there is clean already; one in which the tool never built is refused.
    """
    folder = guard(target, protected)
    root = str(folder)
    with alone(folder), told(root):
        if not os.path.lexists(root):
            return Cleaned(folder, (), (), gone=True)
        begun = check_state(root)
        finished, owned = settle(root)
        if owned is None and (not begun or holds_files(root)):
            raise _nothing_built(root)
        place = place_at(root, owned or {})
        removed, kept = prune(root, place.owned, (place.owned,), remove=True)
        # The list goes last, or together with the folder: until then a clean that was killed can be repeated.
        retire(folder)
        gone = not os.path.lexists(root)
    all_removed = {*finished.removed, *removed}
    all_kept = {*finished.kept, *kept}
    return Cleaned(folder, tuple(sorted(all_removed)), tuple(sorted(all_kept)), gone=gone)


@contextlib.contextmanager
def alone(folder: Path, *, make_parents: bool = False, clear: bool = True) -> Iterator[None]:
    """Hold the folder's lock, and clear what killed commands left beside it."""
    with contextlib.ExitStack() as holding:
        with told(str(folder)):  # around the locking only: what the making of files raises passes as it is
            held = holding.enter_context(locked(folder, make_parents=make_parents))
            if held and clear:
                clear_leftovers(folder)
        yield


def settle(root: str) -> tuple[Settled, dict[str, str] | None]:
    """Finish or drop what another build began; what that did, and the list of owned files if there is one."""
    check_state(root)
    finished = finish(root)
    clear_stage(root)
    return finished, read_list(root)


def lists_in(root: str) -> tuple[dict[str, str], ...]:
    """The list in place, and the one that a commit cut short would put there."""
    check_state(root)
    names = (LIST, STAGED_LIST) if read_journal(root) else (LIST,)
    return tuple(listed for name in names if (listed := read_list(root, name)) is not None)


def _nothing_built(root: str) -> ManifestoError:
    return ManifestoError(
        f"there is nothing in `{root}` that this tool built",
        help="name the folder that was built, with `-o`",
        status=Exit.USAGE,
    )


def _foreign(root: str) -> ManifestoError:
    return ManifestoError(
        f"the folder `{root}` holds files that this tool did not write",
        help="choose another folder with `-o`, or empty this one",
        status=Exit.USAGE,
    )


def update(
    folder: Path,
    root: str,
    shares: Sequence[Share],
    *,
    shared: bool = False,
    untouched: Collection[str] | None = (),
) -> Published:
    """Publish into a folder that exists, while holding its lock. NotMadeError if a file could not be made.

    A folder in which the tool never built must hold no files, unless it is to be `shared` with those that it holds.
    """
    with told(root):
        finished, listed = settle(root)
        if listed is None and not shared and holds_files(root):
            raise _foreign(root)
        place = place_at(root, listed or {})
        same = {path: place.owned.get(path, "") for path in (place.owned if untouched is None else untouched)}
        if (untouched is None and listed is None) or "" in same.values():
            raise taken_away(root)
    try:
        found = survey(place, shares, stager(root, len(shares)), same)
        with told(root):
            if not found.changed and listed == found.digests:
                return _published(folder, found, finished)
            journal = journal_for(found)
            seal(root, journal, found.digests, place)
        with told(root, after=AGAIN):
            settled = commit(root, journal, place.owned, found.digests)
    except BaseException as error:
        abandon(root, complete=isinstance(error, KeyboardInterrupt))
        raise
    return _published(folder, found, settled, finished)


def build_first(folder: Path, root: str, shares: Sequence[Share]) -> Published:
    """Publish into a folder that does not exist, while holding its lock: write the site beside it, then rename once.

    NotMadeError if a file could not be made.
    """
    beside = name_beside(folder)
    try:
        with told(root):
            start(beside)
        found = survey(place_at(root, {}), shares, lambda _: writer_in(beside))
        with told(root):
            write_new(f"{beside}/{LIST}", (encoded_list(found.digests),))
            os.rename(beside, root)
    except BaseException:
        remove_beside(beside)
        raise
    return _published(folder, found, Settled(tuple(found.changed)))


def writer_in(top: str) -> Write:
    """A function that writes a file into a folder in which nothing stands in its way, and makes the folders around it."""
    made: set[str] = set()

    def write(file: File | Copy) -> str:
        above = folder_of(file.path)
        if above and above not in made:
            make_folders(top, folders_above(file.path))
            made.add(above)
        return write_new(f"{top}/{file.path}", pieces(file))

    return write


def _published(folder: Path, found: Survey, settled: Settled, finished: Settled = Settled()) -> Published:  # noqa: B008 - frozen
    """What this build did, together with what it did to finish another."""
    written = {*finished.written, *settled.written} & found.digests.keys()
    removed = {*finished.removed, *settled.removed} - found.digests.keys()
    kept = {*finished.kept, *settled.kept} - found.digests.keys()
    return Published(
        target=folder,
        written=tuple(sorted(written)),
        removed=tuple(sorted(removed)),
        kept=tuple(sorted(kept)),
        unchanged=len(found.digests) - len(written),
        texts=found.texts,
        made_from=found.made_from,
    )
