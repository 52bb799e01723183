"""Where the libraries and themes that come with the tool are: in the installed package, or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(kind: str) -> Path:
    """The folder of all shipped `ideas` or `themes`."""
    installed = _PACKAGE / "shipped" / kind
    return installed if installed.is_dir() else _PACKAGE.parent.parent / kind


def shipped_names(kind: str, marker: str) -> tuple[str, ...]:
    """The names of what is shipped, in order; `marker` is the file that makes a folder one of the kind."""
    return tuple(sorted(found.parent.name for found in shipped(kind).glob(f"*/{marker}")))
