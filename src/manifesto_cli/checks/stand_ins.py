"""What stands for words that are still missing."""

import re

from manifesto_cli.patterns import pattern

_STAND_IN = pattern(
    r"\[[^\[\]]*\]|…|\.{2,}|\?+|x{3,}|~|null|(?:todo|to ?do|tbc|tbd|to be confirmed|lorem ipsum)\b.*|replace this with one sentence\.",
    re.IGNORECASE | re.DOTALL,
)
"""What people and tools write where words are still missing. A text that merely holds such a word is not meant."""


def stands_in(text: str) -> bool:
    """Whether a text only stands for words that somebody means to write later."""
    return bool(_STAND_IN.fullmatch(text.strip()))
