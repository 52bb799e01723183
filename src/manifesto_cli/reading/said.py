"""What the file of a record says, without places: short enough to be handed from process to process and kept from build to build.

Nearly every file of a library is sound, and of a sound file nobody asks where something stands in it. So a file is read once with all its
places, to find what is wrong with it; if nothing is, what it says is all that is needed from then on.
"""

import contextlib
from functools import cache
from typing import Any, TypeVar

import msgspec

from manifesto_cli.faults.source import SourceFile
from manifesto_cli.model.record import Record
from manifesto_cli.reading.nodes import Node
from manifesto_cli.reading.plain import parse_own_type, plain
from manifesto_cli.reading.plainly import plainly_said
from manifesto_cli.reading.text import BYTE_ORDER_MARK, MAX_BYTES, read_text
from manifesto_cli.reading.trees import read_tree

R = TypeVar("R", bound=Record)


def said(content: bytes, model: type[R]) -> tuple[bytes, R] | None:
    """What a file says of a record, for `record_said`, and that record; None if there is anything at all to say of the file itself."""
    tree = _plainly(content) or _at_length(content)
    if tree is None:
        return None
    what = msgspec.msgpack.encode(tree)
    record = record_said(what, model)
    return (what, record) if record is not None else None


def _plainly(content: bytes) -> Any:
    # A file that is plain has nothing in it that `read_text` would refuse.
    if len(content) > MAX_BYTES:
        return None
    with contextlib.suppress(UnicodeDecodeError):
        return plainly_said(content.decode())
    return None


def _at_length(content: bytes) -> Any:
    text = read_text("", content)
    return said_at_length(text.value) if text.value is not None else None


def said_at_length(text: SourceFile) -> Any:
    """The same as `plainly_said`, of any file."""
    from manifesto_cli.reading.comments import comment_faults  # noqa: PLC0415 - nearly all files are plain

    found = read_tree(text)
    left_out: list[Node] = []
    if found.value is None or found.faults or comment_faults(text, found.value):
        return None
    tree = plain(found.value, left_out)
    return None if left_out else tree


def record_said(what: bytes, model: type[R]) -> R | None:
    """The record that a file says; None if that is not what `said` gave, or gave of another model."""
    with contextlib.suppress(msgspec.DecodeError):
        record: R = _decoder(model).decode(what)
        return record
    return None


def sound_source(path: str, content: bytes) -> SourceFile:
    """The text of a file of which `said` found that nothing is wrong with it."""
    bom = content.startswith(BYTE_ORDER_MARK)
    return SourceFile(path, content.decode("utf-8-sig" if bom else "utf-8"), bom)


@cache
def _decoder(model: type[Record]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(model, dec_hook=parse_own_type)
