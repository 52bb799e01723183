"""Two folders that change names in one step, where the system can do that."""

import ctypes
import errno
import os
import sys

CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What the system says where it, or the disk, knows no such step."""

_HERE = -100  # AT_FDCWD: a path is seen from where the process is
_EXCHANGE = 2  # RENAME_EXCHANGE (renameat2(2)) and RENAME_SWAP (renamex_np(2)) have the same number


def exchange(one: str, other: str) -> None:
    """Let what bears the one name bear the other, and the other way round; at no moment does either name lead nowhere.

    OSError, with a number in `CANNOT` where there is no such step: the names are then as they were.
    """
    if sys.platform == "linux":
        code = _call(
            "renameat2", _HERE, os.fsencode(one), _HERE, os.fsencode(other), ctypes.c_uint(_EXCHANGE)
        )
    elif sys.platform == "darwin":
        code = _call("renamex_np", os.fsencode(one), os.fsencode(other), ctypes.c_uint(_EXCHANGE))
    else:
        code = errno.ENOSYS
    if code:
        raise OSError(code, os.strerror(code), one, None, other)


def _call(name: str, *given: object) -> int:
    """The number of the fault that a function of the system's library ends with; 0 where it ends well."""
    try:
        function = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (OSError, AttributeError):  # a library without it, as musl's was for long
        return errno.ENOSYS
    return ctypes.get_errno() if function(*given) else 0
