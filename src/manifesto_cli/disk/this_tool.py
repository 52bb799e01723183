"""Which tool this is: its version, its files and what is installed beside it."""

import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from manifesto_cli.disk.marks import stamps_below
from manifesto_cli.disk.shipped import shipped


@cache
def this_tool() -> bytes:
    """What tells this tool from another version of it, or from itself beside other libraries: the key of all that it keeps."""
    package = Path(__file__).resolve().parent.parent
    files = {
        path: stamp
        for folder in (package, shipped("ideas"), shipped("themes"))
        for path, stamp in (stamps_below(str(folder), passed_over="__pycache__") or {}).items()
    }
    beside = os.path.dirname(os.path.dirname(msgspec.__file__))
    installed = sorted(os.fsencode(name) for name in os.listdir(beside) if name.endswith(".dist-info"))
    made_of = (sys.version, sorted((os.fsencode(path), stamp) for path, stamp in files.items()), installed)
    return blake2b(msgspec.msgpack.encode(made_of), digest_size=64).digest()
