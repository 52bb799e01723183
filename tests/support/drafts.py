"""Drafts as `init` writes them, filled in."""

from pathlib import Path


def fill_in(manifesto: Path) -> None:
    """Put a text in the place of every one in square brackets."""
    lines = [
        f"{line.split(':')[0]}: Filled in"
        if ": '[" in line
        else line.replace("[Your foreword", "My foreword").rstrip("]")
        for line in manifesto.read_text(encoding="utf-8").splitlines()
    ]
    manifesto.write_text("\n".join(lines) + "\n", encoding="utf-8")
