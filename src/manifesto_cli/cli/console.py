"""Diagnostics → a terminal, JSON, or GitHub annotations. Nothing else knows how a fault looks."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from manifesto_cli.cli.shown import cells, safe, safe_json, visible
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Label, Severity
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.faults.source import Span

Paint = Callable[[str, str], str]
"""(text, style) → the text, in that style if there is colour. Styles are `red`, `yellow`, `blue`, `bold`, `dim`."""

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_CODES = {"red": "1;31", "yellow": "1;33", "blue": "1;34", "bold": "1", "dim": "2;34"}
_MOST = 300
_MOST_DIFFERING = 100
_MAX_LINE = 160
"""Longer lines are cut around the place that matters."""


def coloured(text: str, style: str) -> str:
    """The text in a style, for terminals with colour."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def plain(text: str, style: str) -> str:  # noqa: ARG001 - the other way to paint
    """The text as it is."""
    return text


def as_text(faults: Faults, paint: Paint) -> str:
    """The faults as a person reads them, and one line that counts them. Nobody reads more than the first few hundred."""
    shown = "".join(f"{_one(fault, paint)}\n\n" for fault in faults[:_MOST])
    more = f"… and {len(faults) - _MOST:,} more\n\n" if len(faults) > _MOST else ""
    return shown + more + count_line(faults, paint)


def count_line(faults: Iterable[Diagnostic], paint: Paint) -> str:
    """How many faults of each kind there are, such as `2 errors, 1 warning`."""
    counts = Counter(fault.severity for fault in faults)
    parts = [
        paint(f"{counts[severity]} {name}{'' if counts[severity] == 1 else 's'}", _STYLES[severity])
        for severity, name in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.NOTE, "note"),
        )
        if counts[severity]
    ]
    return ", ".join(parts) or "no faults"


def error_text(fault: ManifestoError, paint: Paint) -> str:
    """What stopped a command, and what to do."""
    return f"{paint('error', 'red')}: {paint(visible(fault.headline), 'bold')}\n  = {paint('help', 'bold')}: {visible(fault.help)}"


def _one(fault: Diagnostic, paint: Paint) -> str:
    style = _STYLES[fault.severity]
    name = fault.severity.name.lower()
    lines = [f"{paint(f'{name}[{fault.code}]', style)}: {paint(visible(fault.headline), 'bold')}"]
    lines += excerpts(fault, paint)
    if fault.help:
        lines.append(
            f"{' ' * _gutter(fault)} {paint('=', 'dim')} {paint('help', 'bold')}: {visible(fault.help)}"
        )
    return "\n".join([*lines, *_differences(fault.diff, paint)])


def excerpts(fault: Diagnostic, paint: Paint) -> Iterator[str]:
    """The places of a fault, each with its line and a mark under what it is about."""
    gutter = _gutter(fault)
    yield from _excerpt(fault.label, "^", "-->", gutter, paint, _STYLES[fault.severity])
    for label in fault.others:
        yield from _excerpt(label, "-", ":::", gutter, paint, "dim")


def _gutter(fault: Diagnostic) -> int:
    """How wide the numbers of its lines are."""
    labels = (fault.label, *fault.others)
    return max(len(str(label.span.source.position(label.span.start)[0])) for label in labels)


def _differences(diff: str, paint: Paint) -> Iterator[str]:
    """What differs between two texts; of much only the beginning, since the whole is in the JSON."""
    lines = diff.splitlines()
    for line in lines[:_MOST_DIFFERING]:
        style = {"+": "blue", "-": "red"}.get(line[:1], "dim")
        yield f"    {paint(visible(line), style)}".rstrip()
    if len(lines) > _MOST_DIFFERING:
        yield f"    … and {len(lines) - _MOST_DIFFERING:,} more lines: `manifesto check --format json` has all"


def _excerpt(label: Label, mark: str, arrow: str, gutter: int, paint: Paint, style: str) -> Iterator[str]:
    source = label.span.source
    line, column = source.position(label.span.start)
    margin = " " * gutter
    yield f"{margin}{paint(arrow, 'dim')} {visible(source.path)}:{line}:{column}"
    text = source.line(line)
    if not text and not source.text:
        return
    before = text[: column - 1]
    here = text[column - 1 : column - 1 + max(label.span.end - label.span.start, 0)]
    after = text[len(before) + len(here) :]
    before, here, after = _cut(before, here, after)
    shown = visible(before + here + after)
    under = " " * cells(visible(before)) + mark * max(cells(visible(here)), 1)
    bar = paint("|", "dim")
    yield f"{margin} {bar}"
    yield f"{paint(str(line).rjust(gutter), 'dim')} {bar} {shown}".rstrip()
    yield f"{margin} {bar} {paint(f'{under} {visible(label.text)}'.rstrip(), style)}"


def _cut(before: str, here: str, after: str) -> tuple[str, str, str]:
    if len(before) + len(here) + len(after) <= _MAX_LINE:
        return before, here, after
    here = here if len(here) <= _MAX_LINE // 2 else here[: _MAX_LINE // 2 - 1] + "…"
    room = (_MAX_LINE - len(here)) // 2
    before = before if len(before) <= room else "…" + before[len(before) - room + 1 :]
    after = after if len(after) <= room else after[: room - 1] + "…"
    return before, here, after


def as_json(faults: Faults) -> str:
    """The faults as JSON: a list of objects whose shape is a promise (docs/json.md)."""
    import json  # noqa: PLC0415 - only where it is asked for

    return safe_json(json.dumps([_json(fault) for fault in faults], ensure_ascii=False, indent=2))


def _json(fault: Diagnostic) -> dict[str, object]:
    return {
        "code": fault.code,
        "severity": fault.severity.name.lower(),
        "message": fault.headline,
        "help": fault.help or None,
        **_json_label(fault.label),
        "related": [_json_label(label) for label in fault.others],
        "fix": [
            {**_json_range(Span(fault.label.span.source, edit.start, edit.end)), "text": edit.text}
            for edit in fault.fix.edits
        ]
        if fault.fix
        else None,
        "diff": fault.diff or None,
    }


def _json_label(label: Label) -> dict[str, object]:
    return {"file": label.span.source.path, **_json_range(label.span), "label": label.text}


def _json_range(span: Span) -> dict[str, object]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.end, span.start))
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def as_github(faults: Faults) -> str:
    """The faults as workflow commands, which GitHub shows beside the lines of a pull request."""
    return "\n".join(_annotation(fault) for fault in faults)


def _annotation(fault: Diagnostic) -> str:
    place = _json_label(fault.label)
    kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}[fault.severity]
    fields = {
        "file": place["file"],
        "line": place["line"],
        "col": place["column"],
        # GitHub takes an end only on the line of the start.
        **({"endColumn": place["end_column"]} if place["end_line"] == place["line"] else {}),
        "title": fault.code,
    }
    listed = ",".join(f"{name}={_escape_property(str(value))}" for name, value in fields.items())
    message = f"{fault.headline}: {fault.label.text}" + (f"\nhelp: {fault.help}" if fault.help else "")
    message += f"\n{fault.diff}" if fault.diff else ""
    return f"::{kind} {listed}::{_escape_command(message)}"


def _escape_command(text: str) -> str:
    # As actions/toolkit does it: whatever could end the command or start another one.
    return safe(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _escape_property(text: str) -> str:
    return _escape_command(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Faults], str]] = {"json": as_json, "github": as_github}
"""The forms for machines; `text` is for people and needs to know about colour."""
