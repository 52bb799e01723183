"""Where the user's caches are: in the user's cache folder, never in a project, since a stranger's repository must not bring one."""

import os
from pathlib import Path


def cache_folder() -> Path | None:
    """The folder of all caches; None where the user has asked for none with an empty `MANIFESTO_CACHE`."""
    given = os.environ.get("MANIFESTO_CACHE")
    if given == "":
        return None
    if given:
        return Path(given)
    import platformdirs  # noqa: PLC0415 - only if it is not known

    return platformdirs.user_cache_path("manifesto", appauthor=False)
