"""What a change does to a file, for a person to read before it is made."""

from manifesto_cli.faults.source import SourceFile


def difference(before: SourceFile, after: SourceFile) -> str:
    """What changed, line by line, as `diff -u` and git show it."""
    from difflib import unified_diff  # noqa: PLC0415 - only a rehearsal shows it

    lines = unified_diff(_shown(before.text), _shown(after.text), before.path, after.path, lineterm="", n=2)
    return "\n".join(lines)


def _shown(text: str) -> list[str]:
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if lines[-1]:
        lines[-1] += "\n\\ No newline at end of file"
    else:
        lines.pop()
    return lines
