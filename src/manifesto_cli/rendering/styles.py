"""What a style sheet loses on its way to readers: comments and indentation. What it says stays as it is."""

import re

from manifesto_cli.patterns import pattern

# Texts and addresses are taken whole, so that nothing in them is taken for a comment (CSS Syntax Module Level 3, section 4).
# A comment that starts with `!` is kept, as licences ask.
_PIECES = pattern(
    rb"""(?P<whole>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\((?!\s*["'])[^)]*\)|/\*!.*?(?:\*/|\Z))"""
    rb"""|(?P<gap>(?:[ \t\r\n\f]|/\*(?!!).*?(?:\*/|\Z))+)""",
    re.DOTALL | re.IGNORECASE,
)
_COMMENT = pattern(rb"/\*.*?(?:\*/|\Z)", re.DOTALL)


def lightened(sheet: bytes) -> bytes:
    """The style sheet without comments, blank lines and indentation. Between two words there is white space where there was any."""
    return _PIECES.sub(_kept, sheet) + b"\n"


def _kept(found: re.Match[bytes]) -> bytes:
    if found["whole"] is not None:
        return found["whole"]
    if found.start() == 0 or found.end() == len(found.string):
        return b""
    room = _COMMENT.sub(b"", found["gap"])
    # `a/**/.b` is no descendant as `a .b` is: an empty comment keeps two words both apart and together.
    return b"\n" if b"\n" in room else b" " if room else b"/**/"
