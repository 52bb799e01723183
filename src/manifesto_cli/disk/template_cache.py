"""Compiled templates in the user's cache folder: compiling takes longer than everything else a small build does.

A cache may only ever make a build faster. It is never in the project, since a stranger's repository must not bring one; what is found in it
counts only if it is whole; and whatever goes wrong with it, the template is compiled anew.
"""

import contextlib
import os
from hashlib import blake2b
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket, BytecodeCache, bc_magic

from manifesto_cli.disk.caches import cache_folder
from manifesto_cli.rendering import sandbox, template_code

_SUFFIX = ".template"
_MOST = 1000
"""With more files than this the folder is cleared: old versions of edited templates are never asked for again."""
_DIGEST = 32


class TemplateCache(BytecodeCache):
    """Bytecode by what it was made from: the template's text, how its environment compiles, and who compiled it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._compiled: dict[str, CodeType] = {}
        self._compiler = blake2b(
            bc_magic
            + jinja2.__version__.encode()
            + Path(sandbox.__file__).read_bytes()
            + Path(template_code.__file__).read_bytes()
        ).digest()

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Bucket:
        """A bucket whose key tells apart everything that could make the bytecode different."""
        made_from = repr(
            (
                name,
                filename,
                source,
                environment.autoescape,
                getattr(environment.finalize_with, "__qualname__", None),
            )
        )
        key = blake2b(made_from.encode(), key=self._compiler, digest_size=_DIGEST).hexdigest()
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what this process has compiled, or from its file, if there is one and it is whole."""
        bucket.code = self._compiled.get(bucket.key)
        if bucket.code:
            return
        with contextlib.suppress(OSError):
            found = (self.folder / (bucket.key + _SUFFIX)).read_bytes()
            if blake2b(found[_DIGEST:], digest_size=_DIGEST).digest() == found[:_DIGEST]:
                bucket.bytecode_from_string(found[_DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket, on disk whole or not at all."""
        if bucket.code:
            self._compiled[bucket.key] = bucket.code
        content = bucket.bytecode_to_string()
        place = self.folder / (bucket.key + _SUFFIX)
        draft = place.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_room()
            draft.write_bytes(blake2b(content, digest_size=_DIGEST).digest() + content)
            os.replace(draft, place)

    def _make_room(self) -> None:
        found = [entry.path for entry in os.scandir(self.folder)]
        if len(found) > _MOST:
            for path in found:
                os.unlink(path)


def template_cache() -> TemplateCache | None:
    """The cache in the user's cache folder; None where the user has asked for none with an empty `MANIFESTO_CACHE`."""
    folder = cache_folder()
    return TemplateCache(folder / "templates") if folder else None
