"""Folders on disk → the files in them. Nothing is followed out of the folder it lies in."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.model.layout import FOLDERS, HEADER, MANIFESTO, SOURCES
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.library import Folder
from manifesto_cli.reading.text import MAX_BYTES
from manifesto_cli.rendering.theme import SHADOWED, ThemeFolder

_ROOT_FILES = (MANIFESTO, HEADER, SOURCES)
MAX_DEPTH = 16
_PIECE = 1 << 16
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_ENDING = pattern(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)
"""What a name that was meant to end in `.yaml` may end in: Notepad adds `.txt`, and Windows does not show it."""
_NO_ENDING = "its name does not end in `.yaml`"
_OTHER_NAMES = {
    "source.yaml": SOURCES,
    "idea": "ideas",
    "priority": "priorities",
    "case-study": "case-studies",
    "deal": "deals",
    **{f"case{joint}{end}": "case-studies" for joint in ("_", " ", "") for end in ("studies", "study")},
}
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")


def read_folder(root: Path, label: str = "") -> Folder:
    """The records and pictures in the folder of a library or project; pictures are listed, not read."""
    walk = _Walk(Path(os.path.realpath(root)))
    files: dict[str, bytes] = {}
    for name in _ROOT_FILES:
        walk.take(name, files)
    walk.unread += _misnamed(walk)
    for below in FOLDERS:
        plain = walk.plain_files(below)
        for name in walk.names(below):
            path = f"{below}/{name}"
            if name in plain and name.endswith(".yaml") and (content := walk.content(path)) is not None:
                files[path] = content
            elif name.endswith(".yaml") and not os.path.isdir(walk.place(path)):
                walk.take(path, files)
            elif _ENDING.search(name):
                walk.unread.append((path, _NO_ENDING, f"rename it to `{_ENDING.sub('.yaml', name)}`"))
            elif os.path.isdir(place := walk.place(path)) and (os.path.islink(place) or walk.names(path)):
                walk.unread.append(
                    (path, "folders inside are not looked into", f"move its files to `{below}/`")
                )
    return Folder(label, files, dict(walk.pictures("media")), tuple(walk.unread), tuple(walk.refused))


def _misnamed(walk: "_Walk") -> Iterator[tuple[str, str, str]]:
    """Files and folders that nobody reads, named nearly as those that are read and are not there."""
    for name in walk.names("."):
        plain = _ENDING.sub(".yaml", name.lower())
        file = plain if plain in (HEADER, SOURCES) else _OTHER_NAMES.get(plain, "")
        if file and name != file and not (walk.root / file).exists() and (walk.root / name).is_file():
            yield name, f"it is not called `{file}`", f"rename it to `{file}`"
        folder = _OTHER_NAMES.get(name.lower(), name.lower())
        if folder in FOLDERS and name != folder and not (walk.root / folder).exists():
            yield from (
                (
                    f"{name}/{inner}",
                    f"its folder is not called `{folder}`",
                    f"rename the folder to `{folder}`",
                )
                for inner in walk.names(name)[:1]
            )


def read_file(path: Path | str, limit: int = MAX_BYTES) -> bytes:
    """A file's bytes, at most one more than the limit, so that whoever decides on size need not hold all of it."""
    try:
        return _content(path, limit, _READ)
    except OSError as fault:
        raise _unreadable(path, fault) from fault


def _content(path: Path | str, limit: int, flags: int) -> bytes:
    descriptor = os.open(path, flags)
    try:
        # Piece by piece: for each of a thousand small files, room for the largest would take longer to get than the file to read.
        pieces = [os.read(descriptor, min(limit + 1, _PIECE))]
        left = limit + 1 - len(pieces[0])
        while piece := os.read(descriptor, min(left, _PIECE)):
            pieces.append(piece)
            left -= len(piece)
    finally:
        os.close(descriptor)
    return b"".join(pieces)


class _Walk:
    """What one reading of a folder gathers."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.top = str(root)
        self.unread: list[tuple[str, str, str]] = []
        self.refused: list[tuple[str, str]] = []
        self.inside = {""}
        """Folders of which it is known that they lie in the root: nothing but a link can lead out of them."""

    def place(self, path: str) -> str:
        """Where a file of the folder is. As text, since there may be a thousand, and a `Path` for each takes as long as to read them."""
        return f"{self.top}/{path}"

    def names(self, below: str) -> list[str]:
        """The names in a folder, hidden ones and editors' leftovers left out, in order."""
        if not self._stays_inside(below):
            return []
        try:
            found = os.listdir(self.root / below)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as fault:
            raise _unreadable(self.root / below, fault) from fault
        return sorted(name for name in found if not name.startswith((".", "#")) and not name.endswith("~"))

    def plain_files(self, below: str) -> frozenset[str]:
        """The names in a folder of the root of what is a plain file and no link. None of them can lead anywhere else, if the folder does not."""
        place = self.place(below)
        if os.path.islink(place):
            return frozenset()  # each is looked at by itself
        try:
            with os.scandir(place) as entries:
                return frozenset(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
        except OSError:
            return frozenset()  # whoever asks for the names is told why

    def content(self, path: str) -> bytes | None:
        """What is in a plain file, at most one byte more than a record may have; None if it cannot be read, or is no such file any more."""
        try:
            return _content(self.place(path), MAX_BYTES, _READ | _NOFOLLOW)
        except OSError:
            return None

    def below(self, folder: str, depth: int = 0) -> list[str]:
        """The paths of all files in a folder and the folders in it."""
        if depth == MAX_DEPTH:
            self.refused.append((folder, f"it lies inside more than {MAX_DEPTH} other folders"))
            return []
        found: list[str] = []
        for name in self.names(folder):
            path = f"{folder}/{name}"
            full = self.place(path)
            inside = os.path.isdir(full) and not os.path.islink(full)
            found += self.below(path, depth + 1) if inside else [path]
        return found

    def take(self, path: str, files: dict[str, bytes], limit: int = MAX_BYTES) -> None:
        """Add a file's bytes, if there is such a file; note why not, if it must not be read."""
        full = self.place(path)
        try:
            status = os.stat(full)
        except (FileNotFoundError, NotADirectoryError):
            if os.path.lexists(full):
                self.refused.append((path, "it is a link to nothing"))
            return
        except OSError as fault:
            self.refused.append((path, (fault.strerror or "unknown reason").lower()))
            return
        if not self._stays_inside(path):
            return
        if not stat.S_ISREG(status.st_mode):
            self.refused.append((path, "it is not a plain file"))
            return
        try:
            files[path] = read_file(full, limit)
        except ManifestoError as fault:
            self.refused.append((path, fault.headline.rsplit(": ", 1)[-1]))

    def pictures(self, below: str) -> list[tuple[str, str]]:
        """Every picture in a folder and the folders in it: path from the root, and where it is."""
        return [
            (path, os.path.realpath(self.place(path)))
            for path in self.below(below)
            if path.lower().endswith(_PICTURES)
            and self._stays_inside(path)
            and os.path.isfile(self.place(path))
        ]

    def _stays_inside(self, path: str) -> bool:
        full = self.place(path)
        if path.rpartition("/")[0] in self.inside and not os.path.islink(full):
            inside = True  # the whole way need not be walked for each of a thousand files
        else:
            inside = Path(os.path.realpath(full)).is_relative_to(self.root)
        if inside:
            self.inside.add(path)
        else:
            self.refused.append((path, "it is a link that leads out of its folder"))
        return inside


def _unreadable(path: Path | str, fault: OSError) -> ManifestoError:
    why = (fault.strerror or type(fault).__name__).lower()
    return ManifestoError(
        f"cannot read `{path}`: {why}",
        help="check that it exists and that you may read it",
        status=Exit.WORLD,
    )


MAX_THEME_FILES = 500
MAX_THEME_BYTES = 20 * 1024 * 1024


def read_theme(root: Path, name: str, label: str) -> ThemeFolder:
    """Every file of a theme's folder, within the limits of what a theme may hold."""
    real, home = Path(os.path.realpath(root)), Path(os.path.realpath(root.parent.parent))
    walk = _Walk(real)
    files: dict[str, bytes] = {}
    if not real.is_relative_to(home):
        return ThemeFolder(name, label, files, (("", "it is a link that leads out of its folder"),))
    walk.take("theme.yaml", files)
    for below in ("templates", "assets", SHADOWED):
        for path in walk.below(below):
            if len(files) >= MAX_THEME_FILES or sum(map(len, files.values())) > MAX_THEME_BYTES:
                walk.refused.append((path, "the theme holds too much"))
                break
            walk.take(path, files, MAX_THEME_BYTES)
    return ThemeFolder(name, label, files, tuple(walk.refused))
