"""What comes from a host, as it was before it was packed for the way, and never more of it than was asked for."""

import zlib
from collections.abc import Iterable

from manifesto_cli.publish.web import AstrayError

_GZIP = 16 + zlib.MAX_WBITS
_MORE = 1 << 16
_MEGABYTE = 1_000_000


def unpacked(pieces: Iterable[bytes], packing: str, most: int) -> bytes:
    """The bytes that the pieces hold; AstrayError where these are more than `most`, or are not packed as it is said."""
    if packing in ("", "identity"):
        return _gathered(pieces, most)
    if packing not in ("gzip", "x-gzip"):
        raise AstrayError("is packed in a way that was not asked for")
    try:
        return _gunzipped(pieces, most)
    except zlib.error:
        raise AstrayError("is not packed as it says") from None


def _gathered(pieces: Iterable[bytes], most: int) -> bytes:
    kept = bytearray()
    for piece in pieces:
        kept += piece
        _check(len(kept), most)
    return bytes(kept)


def _gunzipped(pieces: Iterable[bytes], most: int) -> bytes:
    """Each piece is unpacked only as far as there is room: a few bytes can be packed zeros without end."""
    kept, came, ended = bytearray(), 0, True
    unpack = zlib.decompressobj(_GZIP)
    for piece in pieces:
        came += len(piece)
        _check(came, most + most // 100 + _MORE)  # what cannot be made smaller grows a little by packing
        rest = piece
        while rest:
            kept += unpack.decompress(rest, most + 1 - len(kept))
            _check(len(kept), most)
            rest, ended = unpack.unconsumed_tail or unpack.unused_data, unpack.eof
            if ended:
                unpack = zlib.decompressobj(_GZIP)
    if not ended:
        raise AstrayError("is not packed as it says")
    return bytes(kept)


def _check(size: int, most: int) -> None:
    if size > most:
        megabytes = most >= _MEGABYTE
        shown = f"{most / _MEGABYTE:,.1f} MB" if megabytes else f"{most:,} bytes"
        raise AstrayError(f"is larger than {shown}")
