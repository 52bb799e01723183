"""Where the user's caches are: in the user's cache folder, never in a project, since a stranger's repository must not bring one."""

import os
from pathlib import Path

import platformdirs


def cache_folder() -> Path | None:
    """The folder of all caches; None where the user has asked for none with an empty `MANIFESTO_CACHE`."""
    given = os.environ.get("MANIFESTO_CACHE")
    if given == "":
        return None
    return Path(given) if given else platformdirs.user_cache_path("manifesto", appauthor=False)
