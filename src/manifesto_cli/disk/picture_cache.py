"""What has been made from pictures, in the user's cache folder: a second build makes none of it anew.

A cache may only ever make a build faster. A file counts only if it is what was once written there, by the hash beside it; whatever else is
found, the picture is made anew. Where nothing can be kept, a folder for this build alone does.
"""

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from manifesto_cli.disk.caches import cache_folder

_MOST_BYTES = 1 << 30
"""With more than this the files go that have not been used for longest, down to half."""
_SUM = ".sum"


class PictureCache:
    """Files by what they were made from. The folder is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def find(self, key: str) -> str | None:
        """Where what was made under this key is, whole; None if there is nothing."""
        place = str(self.folder / key)
        try:
            if _sum(Path(place).read_bytes()) != Path(place + _SUM).read_bytes():
                return None
            os.utime(place)
        except OSError:
            return None
        self.used.add(key)
        return place

    def keep(self, key: str, content: bytes) -> str:
        """Keep what was made under a key; where it is now. Each file is whole or not there."""
        place = str(self.folder / key)
        _write(place, content)
        _write(place + _SUM, _sum(content))
        self.used.add(key)
        return place

    def make_room(self) -> None:
        """Let go of what has not been used for longest, if there is too much; never of what this build uses."""
        with contextlib.suppress(OSError):
            found = [(entry.stat(), entry.name) for entry in os.scandir(self.folder) if entry.is_file()]
            size = sum(status.st_size for status, _ in found)
            if size <= _MOST_BYTES:
                return
            for status, name in sorted(found, key=lambda file: file[0].st_mtime_ns):
                if name.removesuffix(_SUM) not in self.used:
                    os.unlink(self.folder / name)
                    size -= status.st_size
                if size <= _MOST_BYTES // 2:
                    return


def picture_cache() -> Path | None:
    """The folder in the user's cache folder; None where the user wants no caches."""
    folder = cache_folder()
    return folder / "pictures" if folder else None


@contextlib.contextmanager
def opened(folder: Path | None) -> Iterator[PictureCache]:
    """The cache in a folder, which is made if need be; where that cannot be, or none is wanted, one that goes with the block."""
    with contextlib.ExitStack() as stack:
        usable = folder is not None and _usable(folder)
        place = (
            folder
            if folder and usable
            else Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="manifesto-pictures-")))
        )
        cache = PictureCache(place)
        yield cache
        if usable:
            cache.make_room()


def _usable(folder: Path) -> bool:
    """Whether files can be written there, found out by writing one."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(str(folder / "writable"), b"")
    except OSError:
        return False
    return True


def _write(place: str, content: bytes) -> None:
    draft = f"{place}.{os.getpid()}-{threading.get_ident()}"
    try:
        Path(draft).write_bytes(content)
        os.replace(draft, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise


def _sum(content: bytes) -> bytes:
    return blake2b(content, digest_size=32).hexdigest().encode()
