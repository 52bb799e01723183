"""Manifesto: choose ideas from shared libraries, adapt them, publish the result.

The stages are functions, in the order in which they are called: `load` a project, `merge` it into an edition, `parse` its texts,
`plan` a site, or `prepare` to do these in one; `render` its files; `check` for all that is wrong. `pipeline.finished` makes its pictures, and
`disk.publishing` writes them into a folder; `making` does all of it, in as many processes as are worth it.
They are loaded when they are asked for, so that asking for the version loads nothing.
"""

from importlib import import_module

TYPE_CHECKING = False  # `typing` has one, too, and takes as long to load as all else that `--version` needs
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "check": "pipeline",
    "load": "loading",
    "merge": "merging.edition",
    "parse": "rendering.markup",
    "plan": "rendering.plan",
    "prepare": "pipeline",
    "render": "pipeline",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - the names of functions, which are texts


def __getattr__(name: str) -> "Any":
    """A stage by name, from the module it is written in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
