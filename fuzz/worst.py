"""Time and memory of `manifesto check` on the worst files that could be thought of, as a table. `--over` shows only what is over the limits."""

import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

MUCH = 2 * 1024 * 1024
TEXT = 99_000
"""In characters; a longer Markdown text is refused before it is parsed."""
SECONDS, MEGABYTES = 2.0, 500
MANIFESTO = """\
format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc, area: Exampleshire}
imprint: {jurisdiction: none}
site: {url: "https://example.org/"}
priorities:
  - priority: democracy
    ideas: [assembly]
deals: [tried]
"""
IDEA = "title: An assembly\npriority: democracy\nsummary: Drawn by lot.\n"


def full(piece: str, size: int = MUCH) -> str:
    """A piece again and again, up to a size in bytes."""
    return piece * (size // len(piece.encode()))


def body(text: str) -> str:
    """The idea with a Markdown text."""
    room = MUCH - len(IDEA) - 10
    block = "".join(f"  {line}\n" for line in text.split("\n"))
    return IDEA + "body: |\n" + block.encode()[:room].decode(errors="ignore")


def files() -> Iterator[tuple[str, str]]:
    """Each of them: what it is, and the text of an idea's file."""
    for piece in (
        "[",
        "{",
        "- ",
        "? ",
        ": ",
        "a: ",
        "a: \n",
        "- \n",
        "'",
        '"',
        "`",
        "*a ",
        "&a ",
        "!a ",
        "| ",
        "%",
        "#",
        "\n",
        " ",
        "\t",
        ",",
        "é",
        "🎉",
        "\\",
        "-",
        "{a",
        "[{",
        "- - ",
        "[a: ",
        "(( ",
        "\n ",
        "\r\n",
        "a:\n",
        "-a\n",
        "a\n",
        "a #b\n",
        "a\uff1a b\n",
        "\u00a0",
        "\u00a0\n",
        "- \u00a0a\n",
        "%A\n",
        "---\n",
        "...\n",
    ):
        yield f"{piece!r} throughout", full(piece)
    yield "escapes", f'{IDEA}pledge: "{full(chr(92) + "n", MUCH - 100)}"\n'
    yield "escapes of letters", f'{IDEA}pledge: "{full(chr(92) + "u00e9", MUCH - 100)}"\n'
    yield "a text over many lines", IDEA + "pledge: a\n" + full("  a b c\n", MUCH - 100)
    yield "a folded text", IDEA + "pledge: >\n" + full("  a b c\n", MUCH - 100)
    yield "a quoted text over many lines", IDEA + 'pledge: "a\n' + full("  a b c\n", MUCH - 100) + '"\n'
    yield "a quoted text over many fields", IDEA + 'pledge: "a\n' + full("a: b\n", MUCH - 100) + '"\n'
    yield "one long line", IDEA + "pledge: " + full("a ", MUCH - 100)
    yield "one long line with a colon", IDEA + "pledge: " + full("a ", MUCH - 100) + ": b\n"
    yield "one long line of spaces", IDEA + "pledge: a" + full(" ", MUCH - 100) + "b: c\n"
    yield "comments", IDEA + full("# comment\n", MUCH - 100)
    yield "comments behind texts", IDEA + "tags:\n" + full("  - a #b\n", MUCH - 100)
    yield "comments below entries", IDEA + "tags:\n" + full("    - a\n  # b\n", MUCH - 100)
    yield "comments below a block", IDEA + "body: |\n      a\n" + full("   # b\n", MUCH - 100)
    yield "comments in brackets", IDEA + "tags: [" + full("a, #b\n", MUCH - 100) + "]\n"
    yield "comments without a space", IDEA + "tags: [" + full('"a",#b\n', MUCH - 100) + "]\n"
    yield "long names", full("a" * 1000 + ": b\n")
    yield "one long name", "a" * (MUCH - 10) + ": b\n"
    yield "one name again and again", full("a: b\n")
    yield "unknown names", "".join(f"k{i}: b\n" for i in range(95_000))
    yield "wrong entries", IDEA + "tags: [" + full("A b, ", MUCH - 100) + "]\n"
    yield "names without colons", IDEA + "office: {" + full("a, ", MUCH - 100) + "}\n"
    yield "halves of placeholders", IDEA + "tags: [" + full("((a, b)), ", MUCH - 100) + "]\n"
    yield "open placeholders", body(full("((a)) ", 600_000))
    yield "open placeholders by name", body("".join(f"((a{i})) " for i in range(100_000)))
    yield "broken placeholders", body(full("(( ", MUCH))
    yield "escaped placeholders", body(full("\\((a)) ", MUCH))
    for piece in (
        "[",
        "]",
        "[a](",
        "[a](b",
        "![",
        "`",
        "``a`",
        "*",
        "**a ",
        "*a_ ",
        "_",
        "a_b",
        "~~",
        "~~a ",
        "<",
        "<a ",
        "<!--",
        "&",
        "&#",
        "\\",
        "[a][b]",
        "[a](b) ",
        "![a](b) ",
        "<b>",
        "> ",
        "- ",
        "1. ",
        "# ",
        "a\n\n",
        "a\n",
        "> a\n",
        "- a\n",
        "1) a\n",
        "    a\n",
        "***",
        "- - ",
        "* * ",
        "|a",
        "[](",
        "![[]()",
        "a**b",
        "**x**",
        "(",
        ")",
        "[a]: b\n",
        "((a))[",
        "http://a ",
        "\\\n",
        "&amp;",
        "🎉",
    ):
        yield f"Markdown: {piece!r}", body(piece * (TEXT // len(piece)))
    yield "Markdown: a text that is too long", body("a " * MUCH)
    yield "Markdown: quotes in quotes", body("\n".join("> " * (i % 200) + "a" for i in range(TEXT // 200)))
    yield "Markdown: deep quotes", body("> " * (TEXT // 2) + "a")
    yield "Markdown: lists in lists", body("\n".join("  " * (i % 100) + "- a" for i in range(TEXT // 110)))
    yield (
        "Markdown: backticks of all lengths",
        body(" ".join("`" * i for i in range(1, int((2 * TEXT) ** 0.5)))),
    )
    yield "Markdown: one heading again and again", body(full("## A\n\n", TEXT))
    yield "Markdown: headings", body("".join(f"## A {i}\n\n" for i in range(TEXT // 13)))
    yield "Markdown: definitions", body("".join(f"[a{i}]: b\n" for i in range(TEXT // 12)))
    yield "Markdown: one definition used", body("[a]: b\n\n" + full("[a] ", TEXT))
    yield "Markdown: a table of many rows", body("|a|b|\n|-|-|\n" + full("|a|b|\n", TEXT))
    yield (
        "Markdown: a table of many columns",
        body(full("|a", TEXT // 3) + "|\n" + full("|-", TEXT // 3) + "|\n" + full("|a", TEXT // 3)),
    )
    yield (
        "Markdown: rows with too few cells",
        body(full("|a", TEXT // 3) + "|\n" + full("|-", TEXT // 3) + "|\n" + full("|\n", TEXT // 3)),
    )
    yield "Markdown: links to records", body(full("[a](pledge:none) ", TEXT))
    yield "Markdown: links with titles", body(full('[a](b "c', TEXT))
    yield "Markdown: brackets in brackets", body("[" * (TEXT // 2) + "]" * (TEXT // 2))
    yield "Markdown: emphasis in emphasis", body("*a " * (TEXT // 6) + "b*" * (TEXT // 6))
    yield "Markdown: addresses in brackets", body("[a](" + "(" * (TEXT // 2) + ")" * (TEXT // 2) + ")")


def deals() -> Iterator[tuple[str, str]]:
    """Each of the worst deals: what it is, and the text of its file."""
    head = "title: A deal\nsummary: A deal.\n"
    metric = "{id: m, definition: D, unit: u, direction: reduce, per: 100, target: {value: 5}"
    offers = "".join(f"- {{id: offer-{i}, by: p, kind: risk, text: T}}\n" for i in range(9_000))
    asks = "".join(
        f"- {{id: a{i}, of: q{i}, kind: data, text: T, rests_on: [ofer-{i}x]}}\n" for i in range(7_000)
    )
    yield "deals: asks of nobody that rest on nothing", f"{head}offers:\n{offers}asks:\n{asks}"
    parties = "".join(f"- {{id: p{i}-a, organisation: O, role: lead}}\n" for i in range(15_000))
    risks = "".join(f"- {{borne_by: p-b{i}, text: T}}\n" for i in range(15_000))
    yield "deals: parties that are not there", f"{head}parties:\n{parties}risks:\n{risks}"
    cohorts = ", ".join(f"{{id: c{i}, size: 7, baseline: {{value: {i}}}}}" for i in range(15_000))
    money = "outcome_pricings: [{outcome_metric: m, price_per_unit: 1, maximum_price_if_all_targets_achieved: 1}]\n"
    yield (
        "deals: cohorts with baselines",
        f"{head}outcome_metrics: [{metric}, cohorts: [{cohorts}]}}]\n{money}",
    )
    cohorts = ", ".join(f"{{id: c{i}, size: 7, result: {{value: 1}}}}" for i in range(9_000))
    results = "".join(
        f"- {{outcome_metric: m, cohort: c{i}, result_type: final, value: 9}}\n" for i in range(9_000)
    )
    yield (
        "deals: results of cohorts",
        f"{head}outcome_metrics: [{metric}, baseline: {{value: 9}}, cohorts: [{cohorts}]}}]\nresults:\n{results}{money}",
    )
    metrics = "".join(f"- {metric.replace('m,', f'm{i},', 1)}}}\n" for i in range(9_000))
    results = "".join(f"- {{outcome_metric: m{i}, result_type: final, change: 9}}\n" for i in range(9_000))
    yield "deals: metrics and results", f"{head}outcome_metrics:\n{metrics}results:\n{results}"
    prices = "".join(f"- {{outcome_metric: m{i}, price_per_unit: 1}}\n" for i in range(9_000))
    yield "deals: metrics and prices", f"{head}outcome_metrics:\n{metrics}outcome_pricings:\n{prices}"
    triggers = ", ".join(["{level: cohort, change: 9}"] * 30_000)
    yield (
        "deals: triggers",
        f"{head}outcome_metrics: [{metric}, baseline: {{value: 9}}, triggers: [{triggers}]}}]\n",
    )


def measure(folder: Path) -> tuple[float, float, int, str]:
    """Seconds of the processor, megabytes, the exit status and the codes of what was said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (30, 31)); sys.argv[1:] = ['check'];"
        "from manifesto_cli.cli import main; status = main();"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')), file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    lines = done.stderr.strip().splitlines()
    memory = int(lines[-1]) / 1024 if lines and lines[-1].isdecimal() else 0
    codes = sorted(set(re.findall(r"^\w+\[([a-z0-9-]+)\]", done.stdout, re.MULTILINE)))
    said = "Traceback" if "Traceback" in done.stderr else " ".join(codes) or "no faults"
    return took, memory, done.returncode, said


def main(chosen: str, *, over_only: bool) -> int:
    """Measure all whose name holds a word; 1 if any is over the limits."""
    worst = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "priorities").mkdir()
        (folder / "ideas").mkdir()
        (folder / "manifesto.yaml").write_text(MANIFESTO)
        (folder / "deals").mkdir()
        (folder / "priorities/democracy.yaml").write_text("title: Democracy\n")
        sound = {"ideas/assembly.yaml": IDEA, "deals/tried.yaml": "title: A deal\nsummary: A deal.\n"}
        worst_files = (
            *((*found, "ideas/assembly.yaml") for found in files()),
            *((*found, "deals/tried.yaml") for found in deals()),
        )
        for name, text, path in worst_files:
            if chosen not in name:
                continue
            for other, content in {**sound, path: text}.items():
                (folder / other).write_text(content, encoding="utf-8", newline="")
            took, memory, status, said = measure(folder)
            over = took > SECONDS or memory > MEGABYTES or status not in (0, 1) or said == "Traceback"
            worst |= over
            if over or not over_only:
                print(
                    f"{'OVER ' if over else '     '}{took:6.2f} s {memory:5.0f} MB  {status:3}  {name}: {said}",
                    flush=True,
                )
    return worst


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--over"]
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main(" ".join(words), over_only="--over" in sys.argv))
