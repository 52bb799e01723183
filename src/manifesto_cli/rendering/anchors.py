"""Words of a heading → its anchor."""

import re
from unicodedata import category


def github_anchor(heading: str) -> str:
    """The anchor that GitHub gives to the first heading with this text: letters, marks, digits, `_` and `-` stay (npm: github-slugger).

    Marks are more than accents: without them words in Hindi or Thai lose their vowels.
    """
    kept = (
        character for character in heading.lower() if character in " -" or _KEPT.match(category(character))
    )
    return "".join(kept).replace(" ", "-")


_KEPT = re.compile("[LM]|Nd|Nl|Pc")
"""The general categories of Unicode that anchors keep."""


def slug(text: str) -> str:
    """The anchor that GitHub would give a heading; but those that start with `_` are kept for themes."""
    return github_anchor(text.strip()).lstrip("_") or "section"


def unique(slug: str, seen: dict[str, int]) -> str:
    """The anchor, or one made from it that is not among those `seen`, of which it becomes one."""
    candidate = slug
    while candidate in seen:
        seen[slug] += 1
        candidate = f"{slug}-{seen[slug]}"
    seen[candidate] = 0
    return candidate
