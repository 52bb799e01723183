"""Coverage-guided fuzzing of everything that happens to a file before templates run. See README.md in this folder.

The first byte of an input says what kind of file the rest is. A failure does not end the run: the input is kept,
once for each place in the code where it was met, and the run goes on.
"""

import sys
import time
import traceback
from hashlib import sha256
from pathlib import Path

import atheris

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))
with atheris.instrument_imports(include=["manifesto_cli", "markdown_it"]):
    from support.whole import KINDS, examine, real_files

FOUND = HERE / "found"
SECONDS = 2.0
"""No file of the length tried here may take longer; measured as work of the processor, so that a busy machine does no harm."""
_met: set[str] = set()


def try_one(content: bytes) -> None:
    """Examine one input; keep it if it fails in a new place or takes too long."""
    if not content:
        return
    started = time.process_time()
    try:
        examine(KINDS[content[0] % len(KINDS)], content[1:])
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
        places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(fault.__traceback__)]
        _keep(f"{type(fault).__name__} {' '.join(places[-3:])}", content, traceback.format_exc())
    took = time.process_time() - started
    if took > SECONDS:
        _keep(f"slow {content[0] % len(KINDS)} {len(content) // 20_000}", content, f"took {took:.1f} s")


def _keep(place: str, content: bytes, said: str) -> None:
    if place in _met:
        return
    _met.add(place)
    name = sha256(place.encode()).hexdigest()[:12]
    FOUND.mkdir(exist_ok=True)
    (FOUND / name).write_bytes(content)
    sys.stderr.write(f"FOUND {name}: {place}\n{said}\n")


def plant(corpus: Path) -> None:
    """Lay the repository's own files into a corpus."""
    corpus.mkdir(parents=True, exist_ok=True)
    for kind, content in real_files():
        seed = bytes([KINDS.index(kind)]) + content
        (corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--again"]:
        for name in sys.argv[2:]:
            again = Path(name).read_bytes()
            examine(KINDS[again[0] % len(KINDS)], again[1:])
        sys.exit()
    plant(HERE / "corpus")
    atheris.Setup([*sys.argv, f"-dict={HERE / 'yaml.dict'}", str(HERE / "corpus")], try_one)
    atheris.Fuzz()
