"""Under which circumstances figures came about, in words: when, on what machine, with which versions."""

import datetime as dt
import os
import platform
import re
from collections.abc import Mapping
from pathlib import Path

from manifesto_cli import __version__


def circumstances(versions: Mapping[str, str]) -> str:
    """When and where, for whoever compares; `versions` are those of the others that took part. Nothing names the machine."""
    kernel = re.match(r"[\d.]*\d", platform.release())
    others = "".join(f", {name} {version}" for name, version in versions.items())
    return (
        f"Measured on {dt.datetime.now(dt.UTC).date()}, on {os.cpu_count()} cores{_processor()}, {platform.system()} "
        f"{kernel[0] if kernel else ''}, with Python {platform.python_version()}: `manifesto` {__version__}{others}. "
        "Figures are medians; ratios of them are what to compare."
    )


def _processor() -> str:
    """What the processors are called, where that can be told."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return f" ({' '.join(found[1].split())})" if found else ""
