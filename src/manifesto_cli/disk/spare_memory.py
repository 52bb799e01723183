"""Memory that this process has no use for any more."""

import contextlib


def give_back() -> None:
    """Give the system what is free between things that are still there, if its C library can: left to itself that keeps all of it, and every fork has it too.

    Before the pages of ten thousand ideas are made this is 26 of 183 MB: what was read from files, and what was kept for the next build.
    """
    import ctypes  # noqa: PLC0415 - most runs are small

    # Only glibc has it. Elsewhere there is no such function, or no library of this process to ask for it.
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
