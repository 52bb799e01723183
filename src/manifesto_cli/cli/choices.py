"""What several options let choose from."""

from enum import StrEnum


class Color(StrEnum):
    """When to use colour."""

    auto = "auto"
    always = "always"
    never = "never"


class Format(StrEnum):
    """In which form to publish."""

    html = "html"
    md = "md"


class Report(StrEnum):
    """In which form to report."""

    text = "text"
    json = "json"
    github = "github"


MOST_JOBS = 64
"""Among so many processes work may be divided if somebody asks for it."""
