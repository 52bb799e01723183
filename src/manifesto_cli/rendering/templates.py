"""The environment in which a theme's templates run: a sandbox that knows these templates and nothing else.

It stands apart from the theme, so that whoever only looks at one need not wait for Jinja to load.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from jinja2 import BaseLoader, TemplateNotFound
from jinja2.environment import Environment

from manifesto_cli.rendering.output import Means
from manifesto_cli.rendering.sandbox import ThemeEnvironment
from manifesto_cli.rendering.theme import Theme


def environment(
    theme: Theme,
    *,
    autoescape: bool,
    pages: int = 1,
    finalize: Callable[[Any], Any] | None = None,
    means: Means = Means(),  # noqa: B008 - frozen
    lasting: Mapping[int, Any] = MappingProxyType({}),
) -> ThemeEnvironment:
    """Where the theme's templates run, to make so many pages. It knows these templates and nothing else."""
    return ThemeEnvironment(
        _Templates(theme),
        autoescape=autoescape,
        pages=pages,
        finalize=finalize,
        means=means,
        lasting=lasting,
    )


class _Templates(BaseLoader):
    """Gives Jinja the theme's templates from memory, so that no name can lead to any other file."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - Jinja's signature
        """The text of a template by name."""
        found = self.theme.template(template)
        if found is None:
            raise TemplateNotFound(template)
        return found.text, found.path, lambda: True
