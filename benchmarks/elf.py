"""What a program needs of the C library, made weaker: so that the Zola from npm runs where that is older.

That build names GLIBC_2.39 for the sake of two functions that start processes (`pidfd_spawnp` and `pidfd_getpid`). Rust's standard
library asks for both weakly and does without them, but the loader refuses a file that names a version which it does not have. A need
that is marked as weak (`VER_FLG_WEAK`) it only reports when it is asked for reports. What is read is what the loader reads: the
dynamic section, by the System V ABI and the "Linux Standard Base, Symbol Versioning".
"""

import re
import struct
from collections.abc import Iterator

_LOAD, _DYNAMIC = 1, 2
_STRINGS, _NEEDS, _NEED_COUNT = 5, 0x6FFFFFFE, 0x6FFFFFFF
_WEAK = 2
_GLIBC = re.compile(rb"GLIBC_(\d+)\.(\d+)\Z")


def weakened(program: bytes, newest: tuple[int, int]) -> bytes:
    """A 64-bit program or library in which every need of a glibc newer than the newest that is there is weak."""
    if program[:6] != b"\x7fELF\x02\x01":
        raise ValueError("no 64-bit ELF file of the common byte order")
    changed = bytearray(program)
    for at, version in _needs(program):
        found = _GLIBC.match(version)
        if found and (int(found[1]), int(found[2])) > newest:
            (flags,) = struct.unpack_from("<H", program, at)
            struct.pack_into("<H", changed, at, flags | _WEAK)
    return bytes(changed)


def _needs(program: bytes) -> Iterator[tuple[int, bytes]]:
    """Every version that is needed, with where its flags stand in the file."""
    (headers,) = struct.unpack_from("<Q", program, 0x20)
    size, count = struct.unpack_from("<HH", program, 0x36)
    parts = [struct.unpack_from("<IIQQQQQQ", program, headers + i * size) for i in range(count)]
    loaded = [(start, where, length) for kind, _, where, start, _, length, *_ in parts if kind == _LOAD]
    tags = {}
    for kind, _, where, _, _, length, *_ in parts:
        if kind == _DYNAMIC:
            tags = dict(struct.iter_unpack("<QQ", program[where : where + length // 16 * 16]))
    if _NEEDS not in tags:
        return
    strings, need = _place(loaded, tags[_STRINGS]), _place(loaded, tags[_NEEDS])
    for _ in range(tags[_NEED_COUNT]):
        _, versions, _, first, following = struct.unpack_from("<HHIII", program, need)
        version = need + first
        for _ in range(versions):
            _, _, _, text, further = struct.unpack_from("<IHHII", program, version)
            start = strings + text
            yield version + 4, program[start : program.index(0, start)]
            version += further
        need += following


def _place(loaded: list[tuple[int, int, int]], address: int) -> int:
    """Where in the file what is loaded at an address stands."""
    return next(
        where + address - start for start, where, length in loaded if start <= address < start + length
    )
