"""Figures → Markdown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.contestants import EDITS
from benchmarks.targets import TARGETS, Figures, Name, ratio, verdict

Measured = Mapping[Name, Figures]
_START = re.compile(r"(<!-- figures: .*? -->\n).*?(<!-- end -->)", re.DOTALL)


def written(page: str, tables: str) -> str:
    """A page with the tables in the place of those that stand between its marks, which it must have."""
    changed, count = _START.subn(lambda found: f"{found[1]}\n{tables.strip()}\n\n{found[2]}", page)
    if count != 1:
        raise ValueError("the page has no place for figures, or several")
    return changed


def tables(measured: Measured) -> str:
    """Everything that was measured."""
    parts = (
        ("Targets", _targets(measured)),
        ("Cold", _cold(measured)),
        ("Again, after a change", _again(measured)),
        ("Start", _start(measured)),
        ("Growth", _growth(measured)),
    )
    return "\n".join(f"### {title}\n\n{table}\n" for title, table in parts if table)


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """A table of which all columns but the first are numbers; empty where it has no rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return (
        "\n".join([f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}", *lines]) if lines else ""
    )


def _targets(measured: Measured) -> str:
    values = [ratio(measured, target.ours, target.theirs, target.measure) for target in TARGETS]
    if all(value is None for value in values):
        return ""
    rows = (
        (
            target.words,
            _ratio(value),
            _ratio(ratio(measured, _compiled(target.ours), target.theirs, target.measure)),
            f"≤ {target.must:g}",
            f"{'<' if target.below else '≤'} {target.aim:g}",
            verdict(target, value) if value is not None else "not measured",
        )
        for target, value in zip(TARGETS, values, strict=True)
    )
    return _table(("", "ratio", "with compiled templates", "must", "aim", ""), rows)


def _compiled(name: Name) -> Name:
    return (name[0], name[1], f"{name[2]}, templates compiled")


def _cold(measured: Measured) -> str:
    def rows() -> Iterator[Sequence[str]]:
        for (what, ideas, who), figures in sorted(measured.items(), key=lambda found: found[0][1]):
            if what == "cold":
                yield (
                    f"{ideas:,} ideas, {who}",
                    _seconds(figures.wall),
                    _seconds(figures.cpu),
                    _megabytes(measured.get(("memory", ideas, who), Figures()).peak),
                    _ratio(ratio(measured, (what, ideas, who), (what, ideas, "Zola"))),
                    _ratio(ratio(measured, (what, ideas, who), (what, ideas, "Hugo"))),
                )

    return _table(("", "wall, s", "CPU, s", "peak, MB", "wall / Zola", "wall / Hugo"), rows())


def _again(measured: Measured) -> str:
    def rows() -> Iterator[Sequence[str]]:
        for (what, ideas, who), figures in sorted(measured.items(), key=lambda found: found[0][1]):
            if what in EDITS:
                yield (
                    f"{ideas:,} ideas, {what}: {who}",
                    _seconds(figures.wall),
                    _seconds(figures.cpu),
                    _ratio(ratio(measured, (what, ideas, who), (what, ideas, "Zola"))),
                    _ratio(ratio(measured, (what, ideas, who), (what, ideas, "Hugo"))),
                )

    return _table(("", "wall, s", "CPU, s", "wall / Zola", "wall / Hugo"), rows())


def _start(measured: Measured) -> str:
    def rows() -> Iterator[Sequence[str]]:
        for (what, _, who), figures in measured.items():
            if what == "start":
                yield (
                    f"`{who}`",
                    _seconds(figures.wall),
                    _seconds(figures.cpu),
                    _ratio(ratio(measured, (what, 0, who), (what, 0, "python -c ''"))),
                )

    return _table(("", "wall, s", "CPU, s", "wall / bare Python"), rows())


def _growth(measured: Measured) -> str:
    """What each thousand ideas cost, from 1,000 on: below that, starting up is most of it."""

    def rows() -> Iterator[Sequence[str]]:
        for (what, ideas, who), figures in sorted(measured.items(), key=lambda found: found[0][1]):
            if what == "cold" and ideas >= _THOUSAND and "," not in who:
                memory = measured.get(("memory", ideas, who), Figures()).peak
                thousands = ideas / _THOUSAND
                yield (
                    f"{ideas:,} ideas, {who}",
                    f"{median(figures.wall) / thousands:.3f}",
                    f"{median(figures.cpu) / thousands:.3f}",
                    f"{median(memory) / 1e6 / thousands:.1f}" if memory else "",
                )

    return _table(("", "wall, s for 1,000", "CPU, s for 1,000", "peak, MB for 1,000"), rows())


_THOUSAND = 1000


def _seconds(taken: Sequence[float]) -> str:
    return f"{median(taken):.3f}"


def _megabytes(peaks: Sequence[float]) -> str:
    return f"{median(peaks) / 1e6:.0f}" if peaks else ""


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
