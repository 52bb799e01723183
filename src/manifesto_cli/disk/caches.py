"""Where the user's caches are: in the user's cache folder, never in a project, since a stranger's repository must not bring one."""

import contextlib
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


def is_nothing_compiled() -> bool:
    """Whether no template is compiled yet, and what will be can be kept."""
    caches = cache_folder()
    if caches is None:
        return False
    folder = caches / "templates"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    return False
