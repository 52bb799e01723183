"""The schemas in the `.manifesto` folder of a project or library: written whole, only where they changed, never through a link."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from manifesto_cli.disk.beside import name_beside
from manifesto_cli.disk.contents import hash_in_place, write_new
from manifesto_cli.disk.wording import ONCE_MORE
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.reading.schema import FOLDER
from manifesto_cli.rendering.files import File


def write_schemas(root: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Write schemas into the folder of a project or library; the paths of those that were not there as they are now.

    `texts` are by path, seen from `root`, as `reading.schema.schema_files` gives them. Each file is written beside its place and
    renamed to it, so an editor never reads half a schema, and a link that stands there is replaced, not followed.
    """
    changed = []
    try:
        _make_folder(root)
        for path, text in texts.items():
            place, content = f"{root}/{path}", text.encode()
            if hash_in_place(place, File(path, content)) is None:
                _replace(place, content)
                changed.append(path)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"writing into `{root / FOLDER}` failed: {why}"
        raise ManifestoError(message, help=f"see to it that it can be written, {ONCE_MORE}") from error
    return tuple(changed)


def _make_folder(root: Path) -> None:
    folder = root / FOLDER
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o755)
    if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        message = f"`{folder}` is a link that leads out of `{root}`"
        raise ManifestoError(message, help=f"delete the link, {ONCE_MORE}")
    if not os.path.isdir(folder):
        message = f"`{folder}` is not a folder, and the schemas belong into one of that name"
        raise ManifestoError(message, help=f"move it away, {ONCE_MORE}")


def _replace(place: str, content: bytes) -> None:
    beside = name_beside(Path(place))
    try:
        write_new(beside, (content,))
        os.replace(beside, place)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
