"""A project of which the last build is known."""

import os
from pathlib import Path

from manifesto_cli.cli import main
from manifesto_cli.disk.caches import cache_folder

_MOST = 200


def runs() -> list[Path]:
    """What is known of last runs, the latest first."""
    caches = cache_folder()
    found = [*(caches / "runs").iterdir()] if caches and (caches / "runs").is_dir() else []
    return sorted(found, key=lambda path: -path.stat().st_mtime_ns)


def build_until_known(project: Path, *arguments: str) -> None:
    """Build until what it came to is known. A build cannot tell whether files that have just been written were changed while it was at work."""
    before = len(runs())
    for _ in range(_MOST):
        assert main(["build", "-q", "-C", os.fspath(project), *arguments]) == 0
        if len(runs()) > before:
            return
    raise AssertionError
