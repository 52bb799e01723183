"""What a stranger could write into a manifesto, an idea or a library: it is refused in words, or it is shown as the text it is."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from support.hostile import (
    IDEA,
    MANIFESTO,
    Files,
    booklet_html,
    bounded,
    build,
    harmless,
    idea,
    lay,
    manifesto,
    node,
    pages,
    refused,
    shown,
    structure,
    values,
)

MUCH = 2 * 1024 * 1024
SMALL = 10_000


def raw(text: str | bytes) -> Files:
    """The idea's file, whole."""
    return {"ideas/assembly.yaml": text}


def summary(yaml: str) -> Files:
    """The idea with a summary written in YAML."""
    return raw(IDEA.replace("Drawn by lot.", yaml))


def many_ideas(number: int) -> Files:
    """Ideas that are there to be looked through."""
    return {f"ideas/idea-{i}-place.yaml": IDEA for i in range(number)}


YAML: list[tuple[str, Files, set[str]]] = [
    ("brackets without end", raw("[" * MUCH), {"nested-too-deep"}),
    ("braces without end", raw("{" * MUCH), {"nested-too-deep"}),
    ("dashes without end", raw("- " * (MUCH // 2)), {"nested-too-deep"}),
    ("question marks without end", raw("? " * (MUCH // 2)), {"nested-too-deep"}),
    ("indentation without end", raw("".join(" " * i + "a:\n" for i in range(1500))), {"nested-too-deep"}),
    ("one byte too many", raw(IDEA + "#" * (MUCH + 1 - len(IDEA))), {"file-too-large"}),
    ("too many values", raw("[" + "a," * 900_000), {"too-many-values"}),
    ("too many names", raw("".join(f"k{i}:\n" for i in range(101_000))), {"too-many-values"}),
    ("an alias that holds itself", raw("a: &a [*a, *a]\n"), {"yaml-anchor", "yaml-alias", "unknown-field", "missing-field"}),
    ("a merge key", raw(IDEA + "<<: {title: b}\n"), {"unknown-field"}),
    ("a merge key with an alias", raw(IDEA + "<<: *a\n"), {"unknown-field", "yaml-alias"}),
    ("a tag that calls Python", summary("!!python/object/apply:os.system [id]"), {"yaml-tag", "wrong-kind"}),
    ("a tag of one's own", summary("!evil x"), {"yaml-tag"}),
    ("a binary tag", summary("!!binary aGVsbG8="), {"yaml-tag"}),
    ("two documents", raw(IDEA + "---\n" + IDEA), {"several-documents"}),
    ("a second document after a directive", raw(IDEA + "...\n%YAML 1.2\n---\n" + IDEA), {"yaml-directive"}),
    ("a directive", raw("%YAML 1.2\n---\n" + IDEA), {"yaml-directive"}),
    ("a zero", summary("a\0b"), {"forbidden-character"}),
    ("a zero as an escape", summary('"a\\0b"'), {"forbidden-escape"}),
    ("an escape sequence of terminals", summary("\x1b[2J"), {"forbidden-character"}),
    ("an escape sequence as an escape", summary('"\\e[2J"'), {"forbidden-escape"}),
    ("a private character", summary("\U000f0000"), {"forbidden-character"}),
    ("a private character as an escape", summary('"\\U000F0000"'), {"forbidden-escape"}),
    ("a private character of the first plane", summary("\ue000"), {"forbidden-character"}),
    ("a line end that only YAML knows", summary("a\u2028b"), {"forbidden-character"}),
    ("a line end that only YAML knows, as an escape", summary('"a\\Lb"'), {"forbidden-escape"}),
    ("a byte order mark inside", summary("a\ufeffb"), {"forbidden-character"}),
    ("a lone carriage return", summary("a\rb"), {"forbidden-character"}),
    ("half a pair of surrogates as an escape", summary('"\\uD800"'), {"yaml-escape"}),
    ("surrogates in bytes", raw(IDEA.encode() + b"# \xed\xa0\x80\n"), {"not-utf8"}),
    ("a byte that is no letter", raw(IDEA.encode() + b"# \xff\n"), {"not-utf8"}),
    ("a letter in too many bytes", raw(IDEA.encode() + b"# \xc0\xaf\n"), {"not-utf8"}),
    ("UTF-16", raw(IDEA.encode("utf-16")), {"not-utf8"}),
    ("UTF-16 without a mark", raw(IDEA.encode("utf-16-le")), {"forbidden-character"}),
    ("a name of control characters", raw(IDEA + '"\\e[31mred": x\n'), {"forbidden-escape", "unknown-field"}),
    ("a list for a name", raw(IDEA + "? [a]\n: b\n"), {"unnamed-value"}),
    ("a number without end", idea(fields="cost: {one_off: " + "9" * 100_000 + "}\n"), {"wrong-value"}),
    ("mail without end", manifesto(candidate="candidate: {name: R, contact: {email: a@" + "." * 1_000_000 + "@}}"), {"wrong-value"}),
    ("a number with an exponent", idea(fields="cost: {one_off: 1e999999}\n"), {"wrong-value"}),
]  # fmt: skip


@pytest.mark.parametrize(("files", "codes"), [case[1:] for case in YAML], ids=[case[0] for case in YAML])
def test_hostile_yaml_is_refused(files: Files, codes: set[str], tmp_path: Path) -> None:
    """Whatever a file holds, the fault says what is wrong with it, soon and in little memory."""
    project = lay(tmp_path / "plan", files)
    small = all(len(content) < SMALL for content in files.values())
    refused(project, build(project) if small else bounded(project), codes)


def deal(fields: str) -> Files:
    """The project with a deal that has these fields."""
    return {**manifesto("deals: [tried]\n"), "deals/tried.yaml": f"title: A deal\nsummary: A deal.\n{fields}"}


def _asks(count: int) -> Iterator[str]:
    return (f"{{id: a{i}, of: q{i}-office, kind: data, text: T, rests_on: [a{i}x]}}" for i in range(count))


def _results(count: int) -> Iterator[str]:
    return (f"{{outcome_metric: m, cohort: c{i}, result_type: final, value: 1}}" for i in range(count))


_METRIC = (
    "{id: m, definition: D, unit: u, direction: reduce, cohorts: ["
    + ", ".join(f"{{id: d{i}}}" for i in range(9_000))
    + "]}"
)
FLOODS: list[tuple[str, Files, set[str]]] = [
    ("tag directives", raw("".join(f"%TAG !{i}! x\n" for i in range(120_000)) + "---\na: b\n"), {"yaml-directive"}),
    ("tag directives behind a document", raw(IDEA + "...\n" + "".join(f"%TAG !{i}! x\n" for i in range(120_000)) + "---\na: b\n"), {"yaml-directive"}),
    ("aliases", raw("a: [" + "*a," * 150_000 + "]"), {"yaml-alias"}),
    ("anchors", raw("a: [" + "&a 1," * 150_000 + "]"), {"yaml-anchor"}),
    ("one name again and again", raw("{" + "a: 1," * 90_000 + "}"), {"duplicate-key"}),
    ("unknown names", raw("".join(f"k{i}: 1\n" for i in range(90_000))), {"unknown-field", "missing-field"}),
    ("wrong tags", idea(fields="tags: [" + "X," * 150_000 + "]\n"), {"wrong-value"}),
    ("wrong choices", idea(fields="levers: [" + "commisson," * 150_000 + "]\n"), {"wrong-choice"}),
    ("unknown ids", idea(fields="case_studies: [" + ",".join(f"c{i}" for i in range(40_000)) + "]\n"), {"unknown-id"}),
    ("unknown ids among many ideas", {**idea(fields="requires: [" + ",".join(f"old-idea-{i}-place" for i in range(800)) + "]\n"), **many_ideas(1_000)}, {"unknown-id"}),
    ("comments below a line of dashes", raw(IDEA + "body: a\n " + "- " * 40_000 + "b\n" + "  # c\n" * 150), {"yaml-list"}),
    ("dashes inside braces", raw(IDEA + "cost: {" + "a: - b" * 100_000 + "\n"), {"yaml-start"}),
    ("asks of offices that are not there", deal(f"asks: [{', '.join(_asks(7_000))}]\n"), {"unlisted-office", "unknown-support"}),
    ("results of cohorts that are not there", deal(f"outcome_metrics: [{_METRIC}]\nresults: [{', '.join(_results(9_000))}]\n"), {"unknown-cohort"}),
    ("open numbers", deal(f"outcome_payment_commitments: [{'{party: pcc, maximum_potential_outcome_payment: ((zz))}, ' * 9_000}]\n"), {"unfilled-placeholder"}),
    ("open placeholders", idea("((zz)) " * 6_000), {"unfilled-placeholder"}),
    ("open placeholders in a folded text", {"ideas/assembly.yaml": IDEA + "body: >\n" + "  a ((z)) b\n" * 6_000}, {"unfilled-placeholder"}),
    ("open placeholders in quotes", {"ideas/assembly.yaml": IDEA + 'body: "' + "a ((z)) b " * 6_000 + '"\n'}, {"unfilled-placeholder"}),
]  # fmt: skip


@pytest.mark.parametrize(("files", "codes"), [case[1:] for case in FLOODS], ids=[case[0] for case in FLOODS])
def test_a_flood_of_faults_does_not_hang(files: Files, codes: set[str], tmp_path: Path) -> None:
    """A hundred thousand faults in one line are reported in seconds; not each of them has to be told."""
    project = lay(tmp_path / "plan", files)
    built = bounded(project)
    assert built.status == 1
    assert codes & built.codes
    assert not (project / "public").exists()


def test_a_long_text_does_not_make_a_long_message(tmp_path: Path) -> None:
    """Of very many headings that a link could mean only the first are named."""
    headings = "".join(f"## Part {i} of {i}\n\n" for i in range(500))
    said = build(lay(tmp_path, idea(headings + "[a](#conclusion)"))).said
    assert "`#part-0-of-0` or `#part-1-of-1`" in said
    assert "part-20-of-20" not in said.partition("help: ")[2]


HTML: list[tuple[str, str]] = [
    ("inline", "One <b>bold</b> word."),
    ("script", "<script>alert(1)</script>"),
    ("script in capitals", "x <SCRIPT src=//evil.example></SCRIPT>"),
    ("block", "<div onclick=alert(1)>\n\nx"),
    ("comment", "a <!-- b --> c"),
    ("comment that is a block", "<!-- b -->"),
    ("comment without end", "<!-- b"),
    ("processing instruction", "a <?php x ?> b"),
    ("declaration", "<!DOCTYPE html>"),
    ("character data", "a <![CDATA[x]]> b"),
    ("in a table", "| a |\n|---|\n| <img src=x onerror=alert(1)> |"),
    ("in a heading", "## <svg onload=alert(1)>"),
    ("in a link", "[<img src=x onerror=alert(1)>](https://example.org)"),
    ("in the text of a picture", "![<img src=x onerror=alert(1)>](media/hall.jpg)"),
    ("in a list", "- <iframe src=x></iframe>"),
    ("in a quotation", "> <base href=//evil.example>"),
    ("closing only", "a </p></body> b"),
    ("over two lines", 'a <b\nonclick="alert(1)"> b'),
    ("custom element", "<x-y onclick=alert(1)>z</x-y>"),
    ("style", "<style>*{color:red}</style>"),
    ("with a placeholder", '<a href="((office.area))">x</a>'),
]


@pytest.mark.parametrize("text", [case[1] for case in HTML], ids=[case[0] for case in HTML])
def test_html_in_a_text_is_refused(text: str, tmp_path: Path) -> None:
    """HTML is a fault wherever it stands in a text."""
    project = lay(tmp_path, idea(text))
    refused(project, build(project), {"raw-html"})


LINKS: list[tuple[str, str, str]] = [
    ("plain", "[a](javascript:alert(1))", "dangerous-link"),
    ("in capitals", "[a](JaVaScRiPt:alert(1))", "dangerous-link"),
    ("entities", "[a](&#106;&#x61;vascript:alert(1))", "dangerous-link"),
    ("a colon as an entity", "[a](javascript&colon;alert(1))", "dangerous-link"),
    ("a tab as an entity", "[a](java&Tab;script:alert(1))", "dangerous-link"),
    ("a line end as an entity", "[a](java&NewLine;script:alert(1))", "dangerous-link"),
    ("a zero as an entity", "[a](&#0;javascript:alert(1))", "broken-link"),
    ("a control character as an entity", "[a](&#1;javascript:alert(1))", "broken-link"),
    ("an invisible character", "[a](\u200bjavascript:alert(1))", "dangerous-link"),
    ("a soft hyphen", "[a](java\u00adscript:alert(1))", "dangerous-link"),
    ("escaped", "[a](javascript\\:alert(1))", "dangerous-link"),
    ("percent signs", "[a](javascript%3Aalert(1))", "broken-link"),
    ("in angle brackets", "[a](<javascript:alert(1)>)", "dangerous-link"),
    ("autolink", "<javascript:alert(1)>", "dangerous-link"),
    ("autolink of another script", "<vbscript:msgbox>", "dangerous-link"),
    ("data", "[a](data:text/html;base64,PHNjcmlwdD4=)", "dangerous-link"),
    ("file", "[a](file:///etc/passwd)", "dangerous-link"),
    ("blob", "[a](blob:https://example.org/1)", "dangerous-link"),
    ("view-source", "[a](view-source:https://example.org/)", "dangerous-link"),
    ("reference", "[a]\n\n[a]: javascript:alert(1)", "dangerous-link"),
    ("reference of a picture", "![a]\n\n[a]: javascript:alert(1)", "unknown-picture"),
    ("picture", "![a](javascript:alert(1))", "unknown-picture"),
    ("picture of another site", "![a](https://evil.example/a.png)", "unknown-picture"),
    ("picture as data", "![a](data:image/svg+xml,x)", "unknown-picture"),
    ("another host", "[a](//evil.example)", "broken-link"),
    ("another host with backslashes", "[a](\\\\\\\\evil.example)", "broken-link"),
    ("another host, half and half", "[a](/\\\\evil.example)", "broken-link"),
    ("upwards", "[a](../../../etc/passwd)", "broken-link"),
    ("nothing", "[a]()", "broken-link"),
    ("a question mark", "[a](?x)", "broken-link"),
    ("a placeholder as the whole", "[a](((js)))", "dangerous-link"),
    ("a placeholder with a tab", "[a](((tab)))", "dangerous-link"),
    ("a placeholder with a space before", "[a](((space)))", "dangerous-link"),
    ("a placeholder as the scheme", "[a](((scheme)):alert(1))", "dangerous-link"),
    ("a placeholder as the rest of the scheme", "[a](java((rest)))", "broken-link"),
    ("an empty placeholder before", "[a](((empty))((js)))", "broken-link"),
    ("a placeholder in a reference", "[a]\n\n[a]: ((js))", "dangerous-link"),
    ("a placeholder with another host", "[a](((host)))", "broken-link"),
    ("a picture by placeholder upwards", "![a](((up)))", "unknown-picture"),
    ("a picture upwards", "![a](media/../manifesto.yaml)", "unknown-picture"),
    ("a picture by its whole path", "![a](/etc/passwd)", "unknown-picture"),
    ("a picture by percent signs", "![a](media/%2e%2e/manifesto.yaml)", "unknown-picture"),
    ("a record of another kind", "[a](source:x)", "dangerous-link"),
    ("a record upwards", "[a](pledge:../../x)", "dangerous-link"),
    ("an address without end", f"[a](https://example.org/{'a' * 5_000})", "broken-link"),
    ("a title without end", f"[a](https://example.org/ '{'a' * 5_000}')", "broken-link"),
]
GIVEN = values(
    js="javascript:alert(1)",
    tab="java\tscript:alert(1)",
    space=" javascript:alert(1)",
    scheme="javascript",
    rest="script:alert(1)",
    empty="",
    host="//evil.example/",
    up="media/../../secret.jpg",
)


@pytest.mark.parametrize(("text", "code"), [case[1:] for case in LINKS], ids=[case[0] for case in LINKS])
def test_a_link_that_could_do_harm_is_refused(text: str, code: str, tmp_path: Path) -> None:
    """In whatever disguise an address comes, only those of pages, mail and telephones are links."""
    project = lay(tmp_path, {**manifesto(GIVEN), **idea(text)})
    refused(project, build(project), {code})


FIELDS: list[tuple[str, Files, set[str]]] = [
    ("script as the site", manifesto(site='site: {url: "javascript:alert(1)", theme: plain}'), {"wrong-value"}),
    ("the site with a bracket", manifesto(site='site: {url: "https://[x/", theme: plain}'), {"wrong-value"}),
    ("the site with quotation marks", manifesto(site="site: {url: 'https://x/\"onclick=', theme: plain}"), {"wrong-value"}),
    ("the site with a line end", manifesto(site='site: {url: "https://x/\\n", theme: plain}'), {"wrong-value"}),
    ("the domain with a line", manifesto(site='site: {theme: plain, domain: "x.org\\nevil.org"}'), {"wrong-value"}),
    ("the theme upwards", manifesto(site="site: {theme: ../../evil}"), {"wrong-value"}),
    ("the theme by its whole path", manifesto(site="site: {theme: /etc}"), {"wrong-value"}),
    ("the language with an attribute", manifesto("language: 'en\" onload=\"x'\n"), {"wrong-value"}),
    ("the language with an element", manifesto("language: en><script>\n"), {"wrong-value"}),
    ("script as a contact", manifesto(candidate="candidate: {name: R, contact: {links: [{title: a, url: 'javascript:x'}]}}"), {"wrong-value"}),
    ("data as a contact", manifesto(candidate="candidate: {name: R, contact: {links: [{title: a, url: 'data:text/html,x'}]}}"), {"wrong-value"}),
    ("another host as a contact", manifesto(candidate="candidate: {name: R, contact: {links: [{title: a, url: '//evil.example'}]}}"), {"wrong-value"}),
    ("mail with an attribute", manifesto(candidate="candidate: {name: R, contact: {email: 'a\"onclick=x@b.c'}}"), {"wrong-value"}),
    ("a photo upwards", manifesto(candidate="candidate: {name: R, photo: {file: media/../../secret.jpg, alt: a}}"), {"wrong-value"}),
    ("a photo by its whole path", manifesto(candidate="candidate: {name: R, photo: {file: /etc/a.jpg, alt: a}}"), {"wrong-value"}),
    ("a photo with a zero", manifesto(candidate='candidate: {name: R, photo: {file: "media/a\\0.jpg", alt: a}}'), {"forbidden-escape", "wrong-value"}),
    ("a photo with a backslash", manifesto(candidate="candidate: {name: R, photo: {file: 'media\\..\\a.jpg', alt: a}}"), {"wrong-value"}),
    ("a photo without a file", manifesto(candidate="candidate: {name: R, photo: {file: media/none.jpg, alt: a}}"), {"unknown-picture"}),
    ("script as the site of a party", deal("parties: [{id: pcc, organisation: PCC, role: lead, url: 'javascript:alert(1)'}]\n"), {"wrong-value"}),
    ("a deal upwards", manifesto("deals: [../../etc/passwd]\n"), {"wrong-value"}),
    ("a source of a baseline upwards", deal("outcome_metrics: [{id: a, definition: D, unit: u, direction: reduce, baseline: {value: 1, source: ../../x}}]\n"), {"wrong-value"}),
    ("a currency with an element", deal("investments: [{party: pcc, currency: '<b>'}]\n"), {"wrong-value"}),
    ("an id upwards", {"manifesto.yaml": MANIFESTO.replace("assembly", "../../etc/passwd")}, {"wrong-value"}),
    ("a library upwards", manifesto("libraries: [{path: ../../../../../../etc}]\n"), {"library-not-found"}),
    ("a library by its whole path", manifesto("libraries: [{path: /dev}]\n"), {"library-not-found"}),
    ("a library with a zero", manifesto('libraries: [{path: "a\\0b"}]\n'), {"forbidden-escape", "library-not-found"}),
    ("a library of great length", manifesto(f"libraries: [{{path: {'a/' * 5000}}}]\n"), {"library-not-found"}),
    ("an option with a style", {**manifesto(site='site: {theme: plain, options: {accent: "red;}*{background:url(//evil)}"}}'),
                                "themes/plain/theme.yaml": 'title: P\napi: "1"\noptions: {accent: {kind: colour, default: "#fff", about: a}}\n'}, {"wrong-option"}),
    ("an option with a name of one's own", manifesto(site='site: {theme: plain, options: {"a;}*{b": "#fff"}}'), {"wrong-value"}),
]  # fmt: skip


@pytest.mark.parametrize(("files", "codes"), [case[1:] for case in FIELDS], ids=[case[0] for case in FIELDS])
def test_a_field_that_could_do_harm_is_refused(files: Files, codes: set[str], tmp_path: Path) -> None:
    """Addresses, paths, languages and colours have a form, and nothing else gets through."""
    project = lay(tmp_path, files)
    built = build(project)
    refused(project, built, codes)


def test_the_page_for_wrong_addresses_stays_on_its_host(tmp_path: Path) -> None:
    """An address with two slashes in its middle does not make the links of that page lead to another host."""
    project = lay(tmp_path, manifesto(site='site: {url: "https://example.org//evil.example/", theme: plain}'))
    assert build(project).status == 0
    harmless(pages(project)["404.html"])


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_no_report_can_steer_a_terminal(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reports for machines are looked at by people too."""
    project = lay(
        tmp_path, {**raw(IDEA + '"\\e[31mred\\x9b2J\\u202E": x\n'), "ideas/\x1b[31m\n::error::x.yaml": IDEA}
    )
    assert main(["-C", str(project), "check", "--format", form]) == 1
    said = capsys.readouterr().out
    assert "unknown-field" in said
    assert "file-name" in said
    assert all(character.isprintable() or character == "\n" for character in said)
    assert "\n::error::" not in said


def test_no_question_can_steer_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a stranger's idea asks when it is picked is shown like any other text of theirs."""
    question = 'questions: {who: {ask: "Who\u202e?", example: "\u2066X"}}\nstatus: ready\n'
    project = lay(tmp_path, {"ideas/second.yaml": IDEA.replace("by lot", "by ((who))") + question})
    for more in (["--dry-run"], []):
        assert main(["-C", str(project), "pick", "second", *more]) == 0
        shown = capsys.readouterr()
        assert "Who\ufffd?" in shown.err
        assert all(character.isprintable() or character == "\n" for character in shown.out + shown.err)


def test_what_is_said_cannot_steer_a_terminal(tmp_path: Path) -> None:
    """Control characters from a file or a file's name are never printed."""
    project = lay(
        tmp_path, {**raw(IDEA + '"\\e[31mred\\u202E": x\n'), "ideas/\x1b[31m\n::error::x.yaml": IDEA}
    )
    said = build(project).said
    assert "unknown-field" in said
    assert "file-name" in said
    assert all(character.isprintable() or character == "\n" for character in said)
    assert "\n::error" not in said


VALUES: list[tuple[str, str]] = [
    ("elements", "<script>alert(1)</script><img src=x onerror=alert(1)>"),
    ("the end of an attribute", '" onclick="alert(1)" x=\''),
    ("the end of an attribute in single quotes", "' onclick='alert(1)'"),
    ("entities", "&lt;script&gt; &#60;b&#62; &amp;amp; &colon;"),
    ("markdown", "[a](javascript:alert(1)) ![b](//c) **d** _e_ `f` ~~g~~ | h |"),
    ("the end of a link", "](javascript:alert(1)) [x](y"),
    ("the end of a title", '") [x](javascript:alert(1) "'),
    ("the end of code", "` </code><b>x</b> ``` `"),
    ("a heading", "# Heading"),
    ("a list", "- entry"),
    ("a numbered list", "1. entry"),
    ("a number", "5"),
    ("a full stop", ". x"),
    ("a rule", "---"),
    ("an underline", "==="),
    ("a fence", "~~~"),
    ("a quotation", "> quotation"),
    ("a definition", "[a]: javascript:alert(1)"),
    ("a backslash at the end", "x \\"),
    ("an exclamation mark", "!"),
    ("an autolink", "<https://evil.example>"),
    ("another placeholder", "((area)) \\((area))"),
    ("lines", "a\n\n# H\n\n- x\n\n```\n<b>y</b>\n"),
    ("a template", "{{ site.title }} {% raw %} {# x #}"),
    ("a template that reaches for Python", "{{ ''.__class__.__mro__ }}"),
    ("text from right to left", "\u202e<b>\u2066 \u05d0"),
    ("a comment", "<!-- --> --> <![CDATA[ ]]>"),
]
EVERYWHERE = """\
((v)) and **((v))** and [((v))](https://example.org/ "((v))") and `((v))` and *a ((v))*

## Heading ((v))

((v))
((v))((v)) x
a
((v)). b

- ((v))
- x ((v))

1. ((v))

> ((v))

| ((v)) | `((v))` |
|---|---|
| a ((v)) | b |

    ((v))

```((v))
((v))
```

[x](https://example.org/((v))?q=((v))#((v))) ![a ((v)) b](media/hall.jpg "((v))") ~~((v))~~ <https://example.org/((v))>

&lt;((v))&gt; &((v)); \\((v)) =((v))
"""


def _with(value: str) -> Files:
    return {
        **manifesto(
            values(v=value) + "tagline: t ((v))\nnotice: n ((v))\nforeword: |\n  f ((v))\n\n  ((v))\n",
            title="title: T ((v))",
            imprint='imprint: {jurisdiction: uk, promoter: {name: "N ((v))", address: "A ((v))"}}',
        ),
        **idea(EVERYWHERE, 'pledge: "((v)) P ((v))"\nformerly: [old-assembly]\n'),
    }


def _published(folder: Path, value: str) -> tuple[dict[str, str], str]:
    project = lay(folder, _with(value))
    for form in ("html", "md"):
        built = build(project, "--format", form)
        assert built.status == 0, built.said
    return pages(project), booklet_html(project)


@pytest.mark.parametrize("value", [case[1] for case in VALUES], ids=[case[0] for case in VALUES])
def test_a_value_is_text_wherever_it_lands(value: str, tmp_path: Path) -> None:
    """Pages and booklet are built alike whatever fills a placeholder, and say it to the letter."""
    website, booklet = _published(tmp_path / "hostile", value)
    plain_website, plain_booklet = _published(tmp_path / "plain", "word")
    for name, page in website.items():
        harmless(page)
        assert structure(page) == structure(plain_website[name])
        assert " ".join(f"T {value}".split()) in shown(page) or name != "index.html"
    harmless(booklet)
    assert structure(booklet) == structure(plain_booklet)
    assert " ".join(f"n {value}".split()) in shown(website["old-assembly.html"])
    for text in (shown(website["assembly.html"]), shown(booklet)):
        assert " ".join(f"P {value}".split()) in text
        assert " ".join(f"N {value}".split()) in text


TEXTS: list[tuple[str, str]] = [
    ("entities", "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt; &#60;i&#62;"),
    ("an element without end", "a <script b <img src=x onerror=alert(1)"),
    ("escaped", "\\<script> \\[a](javascript:x) \\![b\\](c)"),
    ("code", "`<script>alert(1)</script>` ``<img src=x onerror=alert(1)>``"),
    ("a block of code", '```html" onclick="x\n<script>alert(1)</script>\n```'),
    ("code by indentation", "x\n\n    <script>alert(1)</script>"),
    ("the title of a link", "[a](https://example.org '\"onclick=\"x\" <b>')"),
    ("the title of a link, with a backslash", '[a](https://example.org \'x\\\\") &lt;img src=x onerror=alert(1)&gt;\')'),
    ("the title of a picture", "![a](media/hall.jpg 'x\") &lt;img src=x onerror=alert(1)&gt;')"),
    ("the text of a picture", "![a\\] &lt;img src=x onerror=alert(1)&gt; \\[](media/hall.jpg)"),
    ("the text of a picture, with a link", "![a\\](x) \\[y\\](javascript:alert(1)) [b](https://example.org)](media/hall.jpg)"),
    ("an address with brackets", "[x](<https://example.org/) [y](javascript:alert(1)>)"),
    ("an address with angle brackets", "[x](https://example.org/\\>\\<script>)"),
    ("an address with entities", "[x](https://example.org/?a=1&amp;lt;b&quot;)"),
    ("a strange host", "[x](https://[) [y](http://xn--\u0130.example/%) [z](https:evil)"),
    ("mail with headers", "[x](mailto:a@example.org?cc=b&body=%0Ac)"),
    ("tildes", "~~\\~ a~~\n\n\\~\\~\\~ b\n\nc"),
    ("lines as entities", "a&#10;&#10;# b&#10;- c"),
    ("spaces as entities", "&#32;&#32;&#32;&#32;a\n\n&#9;b\n\n&nbsp;c"),
    ("marks as entities", "&#35; a\n\n&#45; b\n\n&#x3E; c\n\n1&#46; d\n\n&#96;&#96;&#96; e\n\n&#91;f&#93;&#58; g"),
    ("bars", "| a \\| b | `c \\| d` |\n|---|---|\n| e | f |"),
    ("definitions alone", "[a]: https://example.org/"),
    ("nothing but a placeholder mark", "\\(( ((A b) ((( )))"),
    ("from right to left", "\u202eabc\u202c \u2066x\u2069"),
    ("templates", "{{ site.title }} {% include 'x' %}"),
]  # fmt: skip


@pytest.mark.parametrize("text", [case[1] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_text_that_looks_dangerous_is_only_text(text: str, tmp_path: Path) -> None:
    """What is allowed in a text comes out harmless, on the page and in the booklet, and says the same in both."""
    project = lay(tmp_path, idea(text + "\n\nThe end."))
    for form in ("html", "md"):
        built = build(project, "--format", form)
        assert built.status == 0, built.said
    page, booklet = pages(project)["assembly.html"], booklet_html(project)
    harmless(page)
    harmless(booklet)
    assert "The end." in shown(booklet)
    assert "{{" not in text or "{{ site.title }}" in shown(page)


K = 4_000
BLOWUPS: list[tuple[str, str]] = [
    ("[", "[" * K),
    ("![", "![" * (K // 2)),
    ("[a](", "[a](" * (K // 4)),
    ("![[]()", "![[](#" * (K // 8)),
    ("*", "*" * K),
    ("*a ", "*a " * (K // 3)),
    ("**a", "**a" * (K // 3)),
    ("a*_", "a*_" * (K // 3)),
    ("`", "`" * K),
    ("runs of `", " ".join("`" * i for i in range(200))),
    ("<", "<" * K),
    ("<a", "<a" * (K // 2)),
    ("&#", "&#" * (K // 2)),
    ("quotations in quotations", ">" * K + " a"),
    ("lists in lists", "- " * (K // 2) + "a"),
    ("deeper and deeper", "\n".join("  " * i + "- a" for i in range(200))),
    ("a wide table", "|a" * 500 + "\n" + "|-" * 500 + "\n" + "a\n" * 25),
    ("paragraphs", "a\n\n" * (K // 3)),
    ("a paragraph of many lines", "a\n" * (K // 2) + "==="),
    ("struck out", "~~a" * (K // 3)),
    ("links", "[a](https://example.org/) " * 2_000),
    ("links to records", "[a](priority:democracy) " * 2_000),
    ("definitions", "\n".join(f"[a{i}]: https://example.org/{i}" for i in range(2_000))),
    ("placeholders", "((office.area))" * 5_000),
    ("escaped placeholders", "\\((" * 33_000),
    ("placeholders in code", "```\n((office.area))\n```\n" * 800),
]


@pytest.mark.parametrize("text", [case[1] for case in BLOWUPS], ids=[case[0] for case in BLOWUPS])
def test_no_text_takes_for_ever(text: str, tmp_path: Path) -> None:
    """Marks that open and never close, nesting and repetition end in seconds, on the page and in the booklet."""
    project = lay(tmp_path / "plan", idea(text))
    for form in ("html", "md"):
        assert bounded(project, "--format", form).status in (0, 1)


TOO_LONG: list[tuple[str, Files, set[str]]] = [
    ("a text of many lines", idea("a\n" * 500_000), {"wrong-value"}),
    ("a text of one line", idea("a" * 1_000_000), {"wrong-value"}),
    ("a text of escaped placeholders", idea("\\((" * 200_000), {"wrong-value"}),
    ("a title", raw(IDEA.replace("An assembly", "a" * 1_000_000)), {"wrong-value"}),
    ("a value", {**manifesto(values(v="x" * 500_000)), **idea("((v)) " * 10_000)}, {"wrong-value"}),
    ("a title used a thousand times", idea(f"[a]: https://example.org/ '{'x' * 50_000}'\n\n" + "[a] " * 10_000), {"broken-link"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "codes"), [case[1:] for case in TOO_LONG], ids=[case[0] for case in TOO_LONG]
)
def test_a_text_has_an_end(files: Files, codes: set[str], tmp_path: Path) -> None:
    """A text that is longer than any reader's patience is refused before it is looked at."""
    project = lay(tmp_path / "plan", files)
    refused(project, bounded(project), codes)


def _deep(project: Path) -> None:
    inner = project / "media"
    for _ in range(300):
        inner = inner / "a"
        try:
            inner.mkdir()
        except OSError:  # longer than the system takes
            return


def _secret(project: Path) -> Path:
    outside = project.parent / "secret"
    outside.mkdir()
    (outside / "assembly.yaml").write_text(IDEA.replace("An assembly", "Secret"))
    (outside / "hall.jpg").write_bytes(b"secret")
    return outside


def _replaced(project: Path, name: str, kind: str) -> None:
    (project / name).unlink()
    node(kind, project / name)


def _moved(project: Path, name: str, link: str) -> None:
    (project / name).rename(project.parent / "theirs")
    node(link, project / name)


DISK: list[tuple[str, Callable[[Path], object], set[str]]] = [
    ("a record that is a pipe", lambda at: _replaced(at, "ideas/assembly.yaml", "fifo"), {"file-unreadable", "unknown-id"}),
    ("a record that is a device", lambda at: _replaced(at, "ideas/assembly.yaml", "device"), {"file-unreadable", "unknown-id"}),
    ("a record that leads nowhere", lambda at: _replaced(at, "ideas/assembly.yaml", "dangling"), {"file-unreadable", "unknown-id"}),
    ("a record that leads to itself", lambda at: _replaced(at, "ideas/assembly.yaml", "loop"), {"file-unreadable", "unknown-id"}),
    ("a record from outside", lambda at: _replaced(at, "ideas/assembly.yaml", str(_secret(at) / "assembly.yaml")), {"file-unreadable", "unknown-id"}),
    ("a second record from outside", lambda at: node(str(_secret(at) / "assembly.yaml"), at / "ideas/second.yaml"), {"file-unreadable"}),
    ("a manifesto from outside", lambda at: _replaced(at, "manifesto.yaml", "/etc/passwd"), {"file-unreadable"}),
    ("sources that are a pipe", lambda at: node("fifo", at / "sources.yaml"), {"file-unreadable"}),
    ("sources from outside", lambda at: node("/etc/passwd", at / "sources.yaml"), {"file-unreadable"}),
    ("a folder of records from outside", lambda at: node(str(_secret(at)), at / "case-studies"), {"file-unreadable"}),
    ("a folder of pictures from outside", lambda at: node(str(_secret(at)), at / "media/more"), set()),
    ("a picture from outside", lambda at: node(str(_secret(at) / "hall.jpg"), at / "media/second.jpg"), {"file-unreadable"}),
    ("folders without end", _deep, {"file-unreadable"}),
    ("a theme from outside", lambda at: _moved(at, "themes/plain", "../../theirs"), {"theme-file"}),
    ("all themes from outside", lambda at: _moved(at, "themes", "../theirs"), {"theme-file"}),
    ("a template from outside", lambda at: _replaced(at, "themes/plain/templates/home.html", "/etc/passwd"), {"theme-file"}),
    ("a template that is a pipe", lambda at: _replaced(at, "themes/plain/templates/home.html", "fifo"), {"theme-file"}),
    ("a theme's description that is a device", lambda at: _replaced(at, "themes/plain/theme.yaml", "device"), {"theme-file"}),
    ("assets from outside", lambda at: node("/etc", at / "themes/plain/assets"), {"theme-file"}),
]  # fmt: skip


@pytest.mark.parametrize(("setup", "codes"), [case[1:] for case in DISK], ids=[case[0] for case in DISK])
def test_nothing_is_read_from_outside(
    setup: Callable[[Path], object], codes: set[str], tmp_path: Path
) -> None:
    """Links out of the folder, pipes and devices are refused, and nobody waits for them."""
    project = lay(tmp_path / "plan", {})
    setup(project)
    built = bounded(project)
    if codes:
        refused(project, built, codes)
    else:
        assert built.status == 0, built.said
    written = [path for path in (project / "public").rglob("*") if path.is_file()]
    assert not any(b"secret" in path.read_bytes().lower() for path in written)


def test_odd_names_are_no_trouble(tmp_path: Path) -> None:
    """A file's name may be anything that the disk takes; it is refused or passed over in words."""
    project = lay(tmp_path, {"ideas/-.yaml": IDEA, "ideas/con.yaml": IDEA, "ideas/a b.yaml": IDEA})
    for name in (b"ideas/\xff.yaml", b"ideas/a\nb.yaml", b"media/\xff.jpg"):
        (project / os.fsdecode(name)).write_text(IDEA)
    refused(project, build(project), {"file-name"})
