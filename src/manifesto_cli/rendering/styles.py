"""What a style sheet loses on its way to readers: comments and indentation. What it says stays as it is."""

import re

from manifesto_cli.patterns import pattern

_GAP = rb"(?:[ \t\r\n\f]|/\*(?!!).*?(?:\*/|\Z))*"
"""White space and comments, as much as there is."""
# Texts and addresses are taken whole, so that nothing in them is taken for a comment (CSS Syntax Module Level 3, section 4).
# A comment that starts with `!` is kept, as licences ask. All begin with one of a few characters, so that the engine looks for nothing
# else, and a single space between two words is left alone: so it takes less than half the time, and a sheet has thousands of both.
_PIECES = pattern(
    rb"""["'uU/ \t\r\n\f](?:"""
    rb"""(?<=")(?:\\.|[^"\\\n])*"|(?<=')(?:\\.|[^'\\\n])*'|(?<=[uU])[rR][lL]\((?!\s*["'])[^)]*\)"""
    rb"""|(?<=/)\*(?:!.*?(?:\*/|\Z)|(?!!).*?(?:\*/|\Z)""" + _GAP + rb""")"""
    rb"""|(?<=[\t\r\n\f])"""
    + _GAP
    + rb"""|(?<= )(?:(?=[ \t\r\n\f]|/\*(?!!)|\Z)|(?<=\A ))"""
    + _GAP
    + rb""")""",
    re.DOTALL,
)
_COMMENT = pattern(rb"/\*.*?(?:\*/|\Z)", re.DOTALL)


def lightened(sheet: bytes) -> bytes:
    """The style sheet without comments, blank lines and indentation. Between two words there is white space where there was any."""
    return _PIECES.sub(_kept, sheet) + b"\n"


def _kept(found: re.Match[bytes]) -> bytes:
    piece = found.group()
    if piece[0] in b"\"'uU" or piece.startswith(b"/*!"):
        return piece
    if found.start() == 0 or found.end() == len(found.string):
        return b""
    room = _COMMENT.sub(b"", piece) if b"/" in piece else piece
    # `a/**/.b` is no descendant as `a .b` is: an empty comment keeps two words both apart and together.
    return b"\n" if b"\n" in room else b" " if room else b"/**/"
