"""Under which circumstances figures came about, in words: when, on what machine, with which versions."""

import datetime as dt
import os
import platform
import re
from collections.abc import Mapping
from pathlib import Path

from manifesto_cli import __version__

_BUSY = 0.5
"""With more to do for others than this, figures are not to be trusted far."""


def load() -> float:
    """How many processes have wanted a core in the last minute; 0 where that cannot be told."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def circumstances(versions: Mapping[str, str], before: float, python: str) -> str:
    """When and where, for whoever compares. Nothing names the machine.

    `versions` are those of the others that took part, `before` was the load when nothing had begun, and `python` is the version of the Python that was measured.
    """
    busy = f" The machine was busy with other things (a load of {before:.1f})." if before > _BUSY else ""
    kernel = re.match(r"[\d.]*\d", platform.release())
    others = "".join(f", {name} {version}" for name, version in versions.items())
    return (
        f"Measured on {dt.datetime.now(dt.UTC).date()}, on {os.cpu_count()} cores{_processor()}, {platform.system()} "
        f"{kernel[0] if kernel else ''}, with Python {python}: `manifesto` {__version__}{others}. "
        f"Figures are medians; ratios of them are what to compare.{busy}"
    )


def _processor() -> str:
    """What the processors are called, where that can be told."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return f" ({' '.join(found[1].split())})" if found else ""
