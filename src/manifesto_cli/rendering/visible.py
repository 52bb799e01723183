"""What of a page is there for readers."""

import re

from manifesto_cli.patterns import pattern

_COMMENT = pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def without_comments(html: str) -> str:
    """The page without what only its source shows."""
    return _COMMENT.sub("", html)
