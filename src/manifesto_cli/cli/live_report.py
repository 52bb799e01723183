"""What is live against what is here, as a person reads it and as JSON. The first sentence is what one wants to know."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from manifesto_cli.cli.console import Paint
from manifesto_cli.cli.shown import on_one_line, safe_json
from manifesto_cli.publish.answers import HEADERS
from manifesto_cli.publish.differences import LINE_ENDS, SCRIPT
from manifesto_cli.publish.findings import Finding, Kind
from manifesto_cli.publish.ledger import PAGE
from manifesto_cli.publish.verifying import Report, State
from manifesto_cli.publish.web import root_of
from manifesto_cli.telling import count

_MOST = 20
"""Of how many things of a kind a person wants to read; all of them are in the JSON."""
_LATER = "look again in ten minutes, since hosts may show for so long what they had"
_PHRASES = {
    Kind.missing: ("is missing", "are missing"),
    Kind.imprint: ("lacks the imprint", "lack the imprint"),
    Kind.differs: ("differs", "differ"),
    Kind.changed: ("differs", "differ"),
    Kind.media_type: ("is not shown as what it is", "are not shown as what they are"),
    Kind.anchor: ("lacks places that links lead to", "lack places that links lead to"),
    Kind.moved: ("leads astray", "lead astray"),
    Kind.extra: ("is left over", "are left over"),
}
_OF_SITE = {
    Kind.wrong_address: "wrong addresses are not answered as they should be",
    Kind.list: "the list of its addresses is not as it should be",
}


def all_well(report: Report) -> bool:
    """Whether live is what is here, and nothing else is the matter."""
    return report.state is State.same and not report.findings


def as_text(report: Report, notes: Sequence[str], paint: Paint, *, quiet: bool, every: bool) -> str:
    """The report: how it is, what to do, each thing that differs, and what else there is to know unless `quiet`."""
    well = all_well(report)
    lines = [] if quiet and well else [paint(_sentence(report), "bold" if well else "red")]
    lines += [f"  {line}" for line in _advice(report)]
    for kind, findings in groupby(report.findings, lambda finding: finding.kind):
        lines += ["", *_of_kind(report, kind, [*findings], paint, every=every)]
    if not quiet:
        lines += ["", *(f"{paint('note', 'blue')}: {on_one_line(note)}" for note in _notes(report, notes))]
    return "\n".join(lines).strip("\n")


def as_json(report: Report, notes: Sequence[str]) -> str:
    """The same for programs: an object whose shape is a promise (docs/json.md)."""
    root = root_of(report.url)
    shape = {
        "state": report.state.value,
        "url": report.url,
        "build": {"here": report.here, "live": report.live or None},
        "pages": report.pages,
        "addresses": report.addresses,
        "findings": [
            {
                "kind": finding.kind.value,
                "path": finding.path,
                "url": root.at(finding.path),
                "title": finding.title or None,
                "text": finding.text,
            }
            for finding in report.findings
        ],
        "headers": {name: report.headers.get(name) for name in HEADERS},
        "notes": [*notes],
    }
    return safe_json(msgspec.json.format(msgspec.json.encode(shape), indent=2).decode())


def _sentence(report: Report) -> str:
    here, live = _short(report.here), _short(report.live)
    differing = _counted(report.findings)
    if report.state is State.nothing:
        return f"nothing is live yet at {report.url}"
    if report.state is State.foreign:
        return f"something else is live at {report.url}: not one file there is as it is here"
    if report.state is State.same:
        of = f"build {here}, {count(report.pages, 'page')}, {_addresses(report.addresses)}"
        return f"live is what is here ({of})" + (f", but {differing}" if differing else "")
    if report.state is State.other:
        return f"live is another build ({live}, here it is {here})" + (f": {differing}" if differing else "")
    if report.state is State.broken:
        return f"live is half published, or was changed at the host: {differing}"
    if any(finding.kind in _OF_FILES for finding in report.findings):
        return f"live is not what is here: {differing}"
    return f"live is what is here (build {here}), but without the list of its addresses"


_OF_FILES = {Kind.missing, Kind.differs, Kind.changed}


def _advice(report: Report) -> Iterator[str]:
    """What to make of it."""
    if report.state is State.nothing:
        yield f"`manifesto publish` puts it there; if you just did, {_LATER}"
    if report.state is State.foreign:
        yield "check the address; if it is right, `manifesto publish` puts the site there"
    if report.state is State.other:
        yield f"it is an earlier or other build, and whole in itself: `manifesto publish` puts this one there; if you just did, {_LATER}"
    if report.state is State.broken:
        yield _of_broken(report)


def _of_broken(report: Report) -> str:
    if report.arrived:
        are = f"{count(report.arrived, 'file')} there {'is' if report.arrived == 1 else 'are'}"
        return f"{are} of the build that is here, and not all is yet: {_LATER}"
    if any(SCRIPT in finding.text for finding in report.findings):
        return (
            "turn off what puts scripts into pages at the host: no page of yours is to load any but its own"
        )
    if any(LINE_ENDS in finding.text for finding in report.findings):
        return "have files stored as they are: with git by a line `* -text` in `.gitattributes`, with FTP in binary mode"
    return f"{_LATER}; if it stays so, read what the host says of the last publication (GitHub does under Actions), and publish again"


def _of_kind(
    report: Report, kind: Kind, findings: Sequence[Finding], paint: Paint, *, every: bool
) -> Iterator[str]:
    root = root_of(report.url)
    shown = findings if every else findings[:_MOST]
    for finding in shown:
        style = "yellow" if kind is Kind.extra else "red"
        title = f"{paint(on_one_line(finding.title), 'bold')}\n  " if finding.title else ""
        name = paint(kind.value.replace("-", " "), style)
        yield f"{name}: {title}{on_one_line(root.at(finding.path))} {on_one_line(finding.text)}"
    if len(shown) < len(findings):
        yield f"… and {len(findings) - len(shown):,} more: `--verbose` shows all"


def _counted(findings: Iterable[Finding]) -> str:
    """How many things differ, and how: `3 pages and 1 file differ, 1 page is missing`."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for finding in findings:
        if finding.kind in _PHRASES:
            noun = "page" if finding.path.endswith(PAGE) else "file"
            counts.setdefault(_PHRASES[finding.kind], Counter())[noun] += 1
    parts = [
        f"{' and '.join(count(number, noun) for noun, number in of.items())} {phrase[of.total() != 1]}"
        for phrase, of in counts.items()
    ]
    kinds = {finding.kind for finding in findings}
    parts += [_OF_SITE[kind] for kind in _OF_SITE if kind in kinds]
    return ", ".join(parts)


def _notes(report: Report, notes: Sequence[str]) -> Iterator[str]:
    """What else there is to know: nothing of it is a fault."""
    yield from notes
    if report.led:
        asked, answered = report.led
        yield f"the host leads on from addresses to others of its own, such as from {asked} to {answered}"
    if report.state in (State.nothing, State.foreign):
        return
    sent = [name for name in HEADERS if name in report.headers]
    lacking = [name for name in HEADERS if name not in report.headers]
    policy = report.headers.get(HEADERS[0])
    if policy is not None and "frame-ancestors" not in policy.lower():
        sent[0] += " (without `frame-ancestors`)"
    yield f"headers for safety that the host sends: {', '.join(sent) or 'none'}"
    if lacking:
        yield f"it does not send {', '.join(lacking)}. GitHub Pages cannot; for hosts that can, `manifesto publish --to DIR --headers` writes a file"


def _short(build: str) -> str:
    return f"{build[:8]}…"


def _addresses(number: int) -> str:
    return f"{number:,} address{'' if number == 1 else 'es'}"
