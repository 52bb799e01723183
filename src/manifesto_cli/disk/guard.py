"""Which folders the tool never builds into, whatever they hold."""

import errno
import os
import stat
from functools import cache
from pathlib import Path

from msgspec import Struct

from manifesto_cli.disk.paths import STATE, folded
from manifesto_cli.faults.error import Exit, ManifestoError


class Protected(Struct, frozen=True):
    """Places on this machine that hold what people wrote."""

    roots: tuple[Path, ...] = ()
    """Projects and libraries: an output may stand inside one, but never be one or hold one."""
    folders: tuple[Path, ...] = ()
    """Folders that are read: an output may neither be one, nor stand inside one, nor hold one."""


def guard(target: Path, protected: Protected) -> Path:
    """The real folder behind the target, links resolved; it is safe to build there as far as its place goes.

    What the folder holds is judged later, under the lock. A target that could hurt what people wrote is refused.
    """
    try:
        folder = Path(os.path.realpath(target))
    except ValueError:
        raise _refusal("the name of the output folder holds a NUL") from None
    _refuse_special(target, folder)
    _refuse_files(target, folder)
    _refuse_protected(target, folder, protected)
    return folder


def ground(target: Path) -> Path:
    """The real folder behind the target, links resolved, if a project may be started there as far as its place goes.

    What the folder holds is judged elsewhere.
    """
    try:
        folder = Path(os.path.realpath(target))
    except ValueError:
        raise _not_here("the name of the folder holds a NUL") from None
    try:
        _refuse_state(target, folder)
        _refuse_files(target, folder)
        _refuse_home(target, folder)
    except ManifestoError as refusal:
        raise _not_here(refusal.headline) from None
    return folder


def _refuse_special(target: Path, folder: Path) -> None:
    _refuse_state(target, folder)
    if os.path.lexists(folder / ".git"):
        raise _refusal(f"`{target}` is the folder of a git repository")


def _refuse_state(target: Path, folder: Path) -> None:
    if folder == folder.parent:
        raise _refusal(f"`{target}` is the root of the disk")
    names = {part.casefold() for part in folder.parts[1:]}
    if ".git" in names:
        raise _refusal(f"`{target}` is inside the `.git` folder of a repository")
    if STATE in names:
        raise _refusal(f"`{target}` is inside a `{STATE}` folder, where the tool keeps its own state")


def _refuse_files(target: Path, folder: Path) -> None:
    for place in (folder, *folder.parents):
        try:
            found = os.stat(place)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise _refusal(f"`{target}` is a link that leads in a circle") from None
            continue  # not there yet, or hidden from us: what stands above it decides
        if stat.S_ISDIR(found.st_mode):
            return
        if place == folder:
            raise _refusal(f"`{target}` is a file, not a folder")
        raise _refusal(f"`{target}` cannot be a folder, because `{place}` is a file")


def _refuse_protected(target: Path, folder: Path, protected: Protected) -> None:
    # Most of these folders have the same above them.
    identity = cache(_identity)
    here = identity(folder)
    around = {identity(place) for place in (folder, *folder.parents)}
    _refuse_home(target, folder)
    for root in protected.roots:
        if here in map(identity, _lineage(root)):
            raise _refusal(f"`{target}` is the folder of a project or library, or holds one: `{root}`")
    for source in protected.folders:
        real, *above = _lineage(source)
        if identity(real) in around or here in map(identity, above):
            raise _refusal(f"`{target}` overlaps the source folder `{source}`")


def _refuse_home(target: Path, folder: Path) -> None:
    here = _identity(folder)
    for root in _homes():
        if here in map(_identity, _lineage(root)):
            raise _refusal(f"`{target}` is your home folder, or a folder that holds it")


def _homes() -> tuple[Path, ...]:
    try:
        return (Path.home(),)
    except RuntimeError:  # an account without a home, as in some containers
        return ()


def _lineage(place: Path) -> tuple[Path, ...]:
    """The real folder behind a place, and all that hold it."""
    real = Path(os.path.realpath(place))
    return (real, *real.parents)


def _identity(place: Path) -> tuple[int, int, str]:
    """What tells this folder from all others, also where the disk does not tell capitals apart.

    The deepest folder that exists says which it is; what is not there yet counts by name, without case.
    """
    for folder in (place, *place.parents):
        try:
            found = os.stat(folder)
        except OSError:
            continue
        return found.st_dev, found.st_ino, folded(place.relative_to(folder).as_posix())
    return 0, 0, folded(place.as_posix())


def _not_here(headline: str) -> ManifestoError:
    return ManifestoError(
        headline, help="name a folder of its own, such as `manifesto init my-manifesto`", status=Exit.USAGE
    )


def _refusal(headline: str) -> ManifestoError:
    return ManifestoError(
        headline, help="choose another folder with `-o`, such as `-o public`", status=Exit.USAGE
    )
