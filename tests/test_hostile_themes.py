"""What a stranger could put into a theme: it reaches nothing but what it is given, and takes neither the machine nor the evening."""

from pathlib import Path

import pytest

from manifesto_cli.rendering.meters import MAX_OUTPUT, Budget, TooMuchError
from support.hostile import (
    MANIFESTO,
    PAGE,
    Files,
    body,
    bounded,
    build,
    home,
    idea,
    lay,
    manifesto,
    pages,
    read,
    refused,
)

NOTHING = "template-undefined"
REFUSED = "template-refused"
SYNTAX = "template-syntax"
FAILED = "template-failed"
MUCH = "template-too-much"
MISSING = "template-missing"
UNSAFE = "page-unsafe"

PYTHON: list[tuple[str, str, str]] = [
    ("class", "{{ ''.__class__ }}", REFUSED),
    ("class by brackets", "{{ ''['__class__'] }}", REFUSED),
    ("class by a joined name", "{{ ''['__cla' ~ 'ss__'] }}", REFUSED),
    ("class by an escaped name", "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}", REFUSED),
    ("class by `map`", "{{ ['']|map(attribute='__class__')|list|length }}{{ ['']|map(attribute='__class__')|first }}", REFUSED),
    ("class by `join`", "{{ ['']|join('', attribute='__class__') }}", REFUSED),
    ("class by `groupby`", "{% for a in ['', 'a']|groupby('__class__') %}{% endfor %}", REFUSED),
    ("class by `sort`", "{{ ['', 'a']|sort(attribute='__class__')|first }}", REFUSED),
    ("class by `selectattr`", "{{ ['']|selectattr('__class__')|list|length }}{{ ''.__class__.__name__ }}", REFUSED),
    ("class by `attr`", "{{ ''|attr('__class__') }}", SYNTAX),
    ("subclasses", "{{ ''.__class__.__mro__[1].__subclasses__() }}", REFUSED),
    ("method resolution", "{{ site.mro }}", NOTHING),
    ("fields of a view", "{{ site.__struct_fields__ }}", REFUSED),
    ("a view's reducer", "{{ site.__reduce__() }}", REFUSED),
    ("globals of a function", "{{ range.__globals__ }}", REFUSED),
    ("globals of a macro", "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}", REFUSED),
    ("globals of a namespace", "{{ namespace.__init__.__globals__ }}", REFUSED),
    ("the cycler", "{{ cycler.__init__.__globals__ }}", REFUSED),
    ("the joiner", "{{ joiner }}", NOTHING),
    ("the text maker", "{{ lipsum.__globals__.os.popen('id') }}", NOTHING),
    ("the configuration", "{{ config }}", NOTHING),
    ("itself", "{{ self._TemplateReference__context }}", REFUSED),
    ("itself as text", "{{ self }}", FAILED),
    ("the environment", "{{ self.__init__ }}", REFUSED),
    ("inside a loop", "{% for a in [1] %}{{ loop._iterable }}{% endfor %}", REFUSED),
    ("inside a caller", "{% macro m() %}{{ caller._environment }}{% endmacro %}{% call m() %}{% endcall %}", REFUSED),
    ("inside a block", "{% block a %}{{ self.a._context }}{% endblock %}", REFUSED),
    ("inside an undefined value", "{{ nothing._undefined_hint }}", REFUSED),
    ("format", "{{ '{0.__class__}'.format(site) }}", REFUSED),
    ("format by mapping", "{{ '{a.__class__}'.format_map({'a': site}) }}", REFUSED),
    ("a percent sign", "{{ '%s' % site }}", FAILED),
    ("a percent sign with a width", "{{ '%999999999d' % 1 }}", FAILED),
    ("encoding", "{{ 'a'.encode('utf-16') }}", REFUSED),
    ("a translation", "{{ 'a'.translate({97: 'b' }) }}", REFUSED),
    ("changing a list", "{{ [1].append(2) }}", REFUSED),
    ("changing a mapping", "{{ {'a': 1}.update({'b': 2}) }}", REFUSED),
    ("a generator's frame", "{{ ([1]|map('abs')).gi_frame }}", NOTHING),
    ("safe", "{{ '<b>'|safe }}", SYNTAX),
    ("tojson", "{{ site|tojson }}", SYNTAX),
    ("pprint", "{{ site|pprint }}", SYNTAX),
    ("a whole view", "{{ site }}", FAILED),
    ("a whole list", "{{ site.priorities }}", FAILED),
    ("a view as text", "{{ site|upper }}", FAILED),
    ("a view joined", "{{ site ~ '' }}", FAILED),
    ("the debugger", "{% debug %}", SYNTAX),
    ("a statement", "{% do site %}", SYNTAX),
    ("unescaped output", "{% autoescape false %}{{ '<b>' }}{% endautoescape %}", SYNTAX),
    ("the tool's own filter", "{{ (0 - 1000)|_spend }}", SYNTAX),
    ("the tool's own filter by `map`", "{{ [0 - 1000]|map('_spend')|list|length }}", FAILED),
    ("the tool's own filter around a text", "{% filter _joined %}a{% endfilter %}", SYNTAX),
    ("a surrogate", "{{ '\\ud800' }}", FAILED),
    ("a zero", "{{ '\\0' }}", FAILED),
]  # fmt: skip
FILES: list[tuple[str, str, str]] = [
    ("include upwards", "{% include '../../../manifesto.yaml' %}", MISSING),
    ("include by the whole path", "{% include '/etc/passwd' %}", MISSING),
    ("include a device", "{% include '/dev/zero' %}", MISSING),
    ("include an asset", "{% include 'assets/style.css' %}", MISSING),
    ("include the description", "{% include 'theme.yaml' %}", MISSING),
    ("include another theme", "{% include 'civic/home.html' %}", MISSING),
    ("include a variable", "{% include site.title %}", MISSING),
    ("include a number", "{% include 5 %}", FAILED),
    ("import upwards", "{% import '../x.html' as x %}", MISSING),
    ("extend upwards", "{% extends '../../x' %}", MISSING),
    ("a name that steers a terminal", "{% include '\\x1b[31m\\n::error::x' %}", MISSING),
]
TIME: list[tuple[str, str, str]] = [
    ("times", "{{ 'x' * 1000000000 }}", FAILED),
    ("a list, times", "{{ [1] * 1000000000 }}", FAILED),
    ("a power", "{{ 9 ** 9 ** 9 }}", FAILED),
    ("a large number", "{% set ns = namespace(n=2) %}{% for i in range(1000) %}{% set ns.n = ns.n * ns.n %}{% endfor %}", MUCH),
    ("a long range", "{% for i in range(1000000000) %}{% endfor %}", MUCH),
    ("a range beyond numbers", "{% for i in range(99999999999999999999999) %}{% endfor %}", MUCH),
    ("loops in loops", "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}", MUCH),
    ("loops with a condition", "{% for i in range(9999) %}{% for j in range(9999) if j < 0 %}{% endfor %}{% endfor %}", MUCH),
    ("a recursive loop", "{% for i in range(9999) recursive %}{{ loop(range(9999)) }}{% endfor %}", SYNTAX),
    ("doubling by ~", "{% set ns = namespace(t='x') %}{% for i in range(60) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}", MUCH),
    ("doubling by +", "{% set ns = namespace(t='x') %}{% for i in range(60) %}{% set ns.t = ns.t + ns.t %}{% endfor %}", MUCH),
    ("doubling a list", "{% set ns = namespace(t=[1]) %}{% for i in range(60) %}{% set ns.t = ns.t + ns.t %}{% endfor %}", MUCH),
    ("doubling by `set`", "{% set ns = namespace(t='x') %}{% for i in range(60) %}{% set x %}{{ ns.t }}{{ ns.t }}{% endset %}{% set ns.t = x %}{% endfor %}", MUCH),
    ("doubling by `join`", "{% set ns = namespace(t='x') %}{% for i in range(60) %}{% set ns.t = [ns.t, ns.t]|join %}{% endfor %}", MUCH),
    ("doubling by `replace`", "{% set ns = namespace(t='x') %}{% for i in range(60) %}{% set ns.t = ns.t|replace('x', 'xx') %}{% endfor %}", MUCH),
    ("a filter block", "{% filter replace('x', 'y' * 2) %}x{% endfilter %}", FAILED),
    ("growing by `urlencode`", "{% set ns = namespace(t='€' * 1) %}", FAILED),
    ("growing by `urlencode`, again and again", "{% set ns = namespace(t='%%%%%%%%%%') %}{% for i in range(9999) %}{% set ns.t = (ns.t ~ ns.t[:100])|urlencode %}{% endfor %}", MUCH),
    ("growing by `escape`", "{% set ns = namespace(t='&&&&') %}{% for i in range(9999) %}{% set ns.t = (ns.t|e|title)[:100000] ~ '&' %}{% endfor %}", MUCH),
    ("text written out in a loop", "{% for i in range(9999) %}{% for j in range(99) %}" + "x" * 5_000 + "{% endfor %}{% endfor %}", MUCH),
    ("constants in a loop", "{% for i in range(9999) %}{% for j in range(99) %}{{ '" + "x" * 5_000 + "' }}{% endfor %}{% endfor %}", MUCH),
    ("joined constants in a loop", "{% for i in range(9999) %}{{ [" + "''," * 700 + "]|join('" + "x" * 700 + "') }}{% endfor %}", MUCH),
    ("text kept in a list", "{% set ns = namespace(t='" + "x" * 50_000 + "', l=[]) %}{% for i in range(9999) %}{% for j in range(99) %}{% set ns.l = [ns.l, ns.t ~ j] %}{% endfor %}{% endfor %}", MUCH),
    ("slices kept in a list", "{% set ns = namespace(t='" + "x" * 50_000 + "', l=[]) %}{% for i in range(9999) %}{% for j in range(99) %}{% set ns.l = [ns.l, ns.t[1:]] %}{% endfor %}{% endfor %}", MUCH),
    ("long lists in a loop", "{% for i in range(9999) %}{% for j in range(99) %}{% set x = [" + "1," * 9_000 + "] %}{% endfor %}{% endfor %}", MUCH),
    ("splitting in a loop", "{% set t = '" + "x," * 20_000 + "' %}{% for i in range(9999) %}{% for j in range(99) %}{% set x = t.split(',') %}{% endfor %}{% endfor %}", MUCH),
    ("filters in a loop", "{% set t = '" + "x," * 20_000 + "' %}{% for i in range(9999) %}{% for j in range(99) %}{% set x = t|upper|title|wordcount %}{% endfor %}{% endfor %}", MUCH),
    ("searching in a loop", "{% set t = '" + "x" * 50_000 + "' %}{% for i in range(9999) %}{% for j in range(99) %}{{ 'xy' in t }}{% endfor %}{% endfor %}", MUCH),
    ("stripping many letters", "{{ 'x'.strip('" + "y" * 500 + "') }}", MUCH),
    ("trimming many letters", "{{ 'x'|trim('" + "y" * 500 + "') }}", MUCH),
    ("lists in lists compared", "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}", FAILED),
    ("lists in lists searched", "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a in ns.b }}", FAILED),
    ("lists in lists sorted", "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ [ns.a, ns.b]|sort|length }}", FAILED),
    ("lists in lists changing", "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{% for i in [ns.a, ns.b] %}{{ loop.changed(i) }}{% endfor %}", FAILED),
    ("lists in lists tested", "{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% endfor %}{{ ns.a is lower }}", FAILED),
    ("lists in lists as a name", "{% set ns = namespace(a=(1,)) %}{% for i in range(60) %}{% set ns.a = (ns.a, ns.a) %}{% endfor %}{{ {ns.a: 1}|length }}", FAILED),
    ("lists in lists looked up", "{% set ns = namespace(a=(1,)) %}{% for i in range(60) %}{% set ns.a = (ns.a, ns.a) %}{% endfor %}{{ {}[ns.a] }}", FAILED),
    ("lists in lists by a method", "{% set ns = namespace(a=(1,)) %}{% for i in range(60) %}{% set ns.a = (ns.a, ns.a) %}{% endfor %}{{ {}.get(ns.a) }}", FAILED),
    ("rounding upwards", "{{ 1.5|round(999999999, 'ceil') }}", MUCH),
    ("rounding downwards", "{{ 5|round(-999999999) }}", MUCH),
    ("a number in letters", "{{ ('" + "f" * 5_000 + "')|int(0, 16) }}", MUCH),
    ("a width in a test", "{{ '%999999999d' is odd }}", FAILED),
    ("a width in another test", "{{ '%999999999d' is divisibleby(7) }}", FAILED),
    ("a macro that calls itself", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", MUCH),
    ("a macro that calls itself twice", "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(90) }}", MUCH),
    ("a block that calls itself", "{% block a %}{{ self.a() }}{% endblock %}", MUCH),
    ("a page that includes itself", "{% include 'home.html' %}", MUCH),
    ("a page that imports itself", "{% import 'home.html' as x with context %}", MUCH),
    ("a page that extends itself", "{% extends 'home.html' %}", MUCH),
    ("names that are not there", "{% for i in range(9999) %}{% include ['" + "a" * 9_000 + "', 'b'] ignore missing %}{% endfor %}", MUCH),
    ("parentheses", "{{ " + "(" * 45_000 + "1" + ")" * 45_000 + " }}", MUCH),
    ("sums", "{{ 1" + "+1" * 45_000 + " }}", MUCH),
    ("conditions in conditions", "{% if 1 %}" * 3_000 + "{% endif %}" * 3_000, MUCH),
    ("texts kept in texts", "{% set a %}" * 3_000 + "{% endset %}" * 3_000, MUCH),
    ("loops in loops without end", "{% for a in [1] %}" * 40 + "{% endfor %}" * 40, FAILED),
    ("conditions without end", "{% if 0 %}" + "{% elif 0 %}" * 7_000 + "{% endif %}", MUCH),
    ("divided by nought", "{{ 1 // 0 }}", FAILED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("template", "code"),
    [case[1:] for case in [*PYTHON, *FILES]],
    ids=[case[0] for case in [*PYTHON, *FILES]],
)
def test_a_template_reaches_nothing_but_what_it_is_given(template: str, code: str, tmp_path: Path) -> None:
    """Neither Python nor any file can be reached, and each attempt is a fault at its place."""
    project = lay(tmp_path, body(template))
    built = build(project)
    refused(project, built, {code})
    assert "themes/plain/templates/home.html" in built.said
    assert all(character.isprintable() or character == "\n" for character in built.said)
    assert " at 0x" not in built.said


@pytest.mark.parametrize(("template", "code"), [case[1:] for case in TIME], ids=[case[0] for case in TIME])
def test_a_template_cannot_use_up_the_machine(template: str, code: str, tmp_path: Path) -> None:
    """What would take hours or all memory stops after moments, and is a fault at its place."""
    project = lay(tmp_path / "plan", body(template))
    built = bounded(project)
    refused(project, built, {code})
    assert "themes/plain/templates/home.html" in built.said


def test_the_budget_is_one_for_all_pages(tmp_path: Path) -> None:
    """A theme that takes nearly all it may on each page is stopped before long."""
    ideas = [f"idea-{i}" for i in range(40)]
    work = "{% for i in range(900) %}{% for j in range(900) %}{% endfor %}{% endfor %}"
    project = lay(
        tmp_path / "plan",
        {
            "manifesto.yaml": MANIFESTO.replace("[assembly]", f"[{', '.join(ideas)}]"),
            **{f"ideas/{name}.yaml": f"title: {name}\npriority: democracy\nsummary: s\n" for name in ideas},
            "themes/plain/templates/pledge.html": PAGE + work,
        },
    )
    refused(project, bounded(project), {MUCH})


def test_a_page_of_many_records_may_take_more() -> None:
    """A thousandth more for each record that it holds, and nothing of it is left for the page after it."""
    budget = Budget(pages=2)
    with budget.page("whole", records=500):
        budget.spend(output=MAX_OUTPUT)
        budget.spend(output=MAX_OUTPUT // 2)
        with pytest.raises(TooMuchError):
            budget.spend(output=1)
    budget = Budget(pages=2)
    with budget.page("whole", records=500):
        pass
    with budget.page("home"):
        budget.spend(output=MAX_OUTPUT)
        with pytest.raises(TooMuchError):
            budget.spend(output=1)


def test_a_page_counts_once_however_often_it_is_asked_for() -> None:
    """Together pages may take a tenth of a page each and one page more; whoever looks at the same one all day uses nothing up."""
    budget = Budget(pages=10)
    for _ in range(50):
        with budget.page("home"):
            budget.spend(output=MAX_OUTPUT)
    with budget.page("evidence"):
        budget.spend(output=MAX_OUTPUT)
    with budget.page("costs"), pytest.raises(TooMuchError):
        budget.spend(output=1)
    with budget.page("evidence"):
        budget.spend(output=MAX_OUTPUT // 2)
    with budget.page("costs"):
        budget.spend(output=MAX_OUTPUT // 2)


def test_a_macro_in_the_booklet_makes_no_markup(tmp_path: Path) -> None:
    """Values that pass through macros, `set` and filters are escaped all the same."""
    template = "{% macro m(t) %}{{ t }}{% endmacro %}{% set x %}{{ site.title }}{% endset %}{{ m(site.title) }} {{ x|upper }} {{ site.title ~ '' }}\n"
    project = lay(
        tmp_path, {**manifesto(title='title: "<b>*a*"'), "themes/plain/templates/booklet.md": template}
    )
    assert build(project, "--format", "md").status == 0
    text = (project / "booklet" / "manifesto.md").read_text()
    assert "<b>" not in text.replace("\\<b", "")
    assert "<B>" not in text.replace("\\<B", "")


HEAD = "<title>"
START: list[tuple[str, str, str]] = [
    ("no doctype", PAGE.replace("<!doctype html>\n", ""), UNSAFE),
    ("another doctype", PAGE.replace("<!doctype html>", '<!doctype html SYSTEM "about:legacy-compat">'), UNSAFE),
    ("text before", "a" + PAGE, UNSAFE),
    ("a comment before", "<!-- -->" + PAGE, UNSAFE),
    ("a script before the head", PAGE.replace("<head>", "<script src='a.js'></script><head>"), UNSAFE),
    ("a script before the root", PAGE.replace("<html", "<script></script><html"), UNSAFE),
    ("the head in a comment", PAGE.replace("<head>", "<!-- <head> --><head>"), UNSAFE),
    ("the head in an attribute", PAGE.replace("<html ", '<html title="<head>" '), UNSAFE),
    ("an event on the root", PAGE.replace("<html ", '<html onload="x" '), UNSAFE),
    ("a manifest on the root", PAGE.replace("<html ", '<html manifest="//evil.example" '), UNSAFE),
    ("an attribute on the head", PAGE.replace("<head>", '<head onclick="x">'), UNSAFE),
    ("an attribute without quotes", PAGE.replace("<html ", "<html class=a "), UNSAFE),
    ("two roots", PAGE.replace("<head>", "<html><head>"), UNSAFE),
    ("no head", PAGE.replace("<head>", ""), UNSAFE),
    ("a body before the head", PAGE.replace("<head>", "<body><head>"), UNSAFE),
    ("a hard space after the doctype", PAGE.replace("html>\n<html", "html>\u00a0<html"), UNSAFE),
    ("a hard space in the root", PAGE.replace("<html ", "<html\u00a0"), UNSAFE),
    ("a hard space before the head", PAGE.replace("<head>", "\u00a0<head>"), UNSAFE),
    ("a wide space before the head", PAGE.replace("<head>", "\u3000<head>"), UNSAFE),
    ("a vertical tab before the head", PAGE.replace("<head>", "{{ '\\x0b' }}<head>"), FAILED),
    ("a zero in the head", PAGE.replace("<head>", "<he{{ '\\0' }}ad>"), FAILED),
    ("a mark of byte order", "{{ '\\ufeff' }}" + PAGE, FAILED),
    ("base", PAGE.replace(HEAD, '<base href="//evil.example/"><title>'), UNSAFE),
    ("base in capitals", PAGE.replace(HEAD, "<BASE\nHREF=//evil.example/><title>"), UNSAFE),
    ("base with a slash", PAGE.replace(HEAD, "<base/href=//evil.example/><title>"), UNSAFE),
    ("refresh", PAGE.replace(HEAD, '<meta http-equiv="refresh" content="0;url=//evil.example"><title>'), UNSAFE),
    ("refresh in capitals", PAGE.replace(HEAD, "<META HTTP-EQUIV=refresh content='0;url=//evil.example'><title>"), UNSAFE),
    ("refresh behind a bracket", PAGE.replace(HEAD, '<meta name=">" http-equiv="refresh" content="0"><title>'), UNSAFE),
    ("refresh behind a quotation mark", PAGE.replace(HEAD, '<meta a=b" http-equiv=refresh content=0 c="><title>'), UNSAFE),
    ("refresh behind a slash", PAGE.replace(HEAD, "<meta/http-equiv=refresh/content=0><title>"), UNSAFE),
    ("refresh in the body", PAGE.replace("<h1", '<meta\nhttp-equiv="refresh" content="0"><h1'), UNSAFE),
    ("refresh over an output", PAGE.replace(HEAD, '<meta {{ "http" ~ "-equiv" }}="refresh"><title>'), UNSAFE),
    ("a policy of one's own", PAGE.replace(HEAD, '<meta http-equiv="Content-Security-Policy" content="">' + HEAD), UNSAFE),
    ("looking up a name", PAGE.replace(HEAD, '<link rel="dns-prefetch" href="//evil.example"><title>'), UNSAFE),
    ("calling ahead", PAGE.replace(HEAD, "<link href='//evil.example' rel=preconnect><title>"), UNSAFE),
    ("calling ahead in disguise", PAGE.replace(HEAD, '<link rel="pre&#99;onnect" href="//evil.example"><title>'), UNSAFE),
    ("no imprint", PAGE.replace("{{ site.imprint }}", ""), "page-without-imprint"),
    ("the imprint in a comment", PAGE.replace("{{ site.imprint }}", "<!-- {{ site.imprint }} -->"), "page-without-imprint"),
    ("half an imprint", PAGE.replace("{{ site.imprint }}", "{{ site.imprint[:10] }}"), "page-without-imprint"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "code"), [case[1:] for case in START], ids=[case[0] for case in START])
def test_no_page_escapes_its_policy(page: str, code: str, tmp_path: Path) -> None:
    """A page on which a browser would not heed the policy, would go elsewhere, or would lack the imprint is not made."""
    project = lay(tmp_path, home(page))
    refused(project, build(project), {code})


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("<!doctype html>", "<!DOCTYPE HTML>").replace("<head>", "<HEAD>"),
        PAGE.replace("<head>", "\n\t\n<head>"),
        PAGE.replace("<h1", "<!-- <head> --><h1"),
        PAGE.replace("</body>", "<html><head></head></body>"),
        PAGE.replace("<h1", '<script>document.write("<meta>")</script><h1'),
    ],
    ids=[
        "capitals",
        "white space",
        "a second head in a comment",
        "a second root",
        "a script of the page's own",
    ],
)
def test_the_policy_is_the_first_that_a_browser_reads(page: str, tmp_path: Path) -> None:
    """However a page is written, the first thing in its head is the encoding, and the second the policy."""
    project = lay(tmp_path, home(page))
    assert build(project).status == 0
    elements = read(pages(project)["index.html"]).elements
    assert [element.tag for element in elements[:4]] == ["html", "head", "meta", "meta"]
    assert elements[2].attributes == (("charset", "utf-8"),)
    assert ("http-equiv", "Content-Security-Policy") in elements[3].attributes


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'
ASSETS: list[tuple[str, Files, set[str]]] = [
    ("a page", {"assets/a.html": "x"}, {"theme-file"}),
    ("Python", {"assets/a.py": "x"}, {"theme-file"}),
    ("a module", {"assets/a.mjs": "x"}, {"theme-file"}),
    ("no ending", {"assets/a": "x"}, {"theme-file"}),
    ("a space in a name", {"assets/a b.css": "x"}, {"theme-file"}),
    ("a line end in a name", {"assets/a\nb.css": "x"}, {"theme-file"}),
    ("another script's letters", {"assets/\u0430.css": "x"}, {"theme-file"}),
    ("a page in disguise", {"assets/a.css/index.html": "x"}, {"theme-file"}),
    ("a drawing with a script", {"assets/a.svg": SVG.format("<script>x</script>")}, {"theme-file"}),
    ("a drawing with a script of a namespace", {"assets/a.svg": SVG.format('<a:script xmlns:a="http://www.w3.org/2000/svg">x</a:script>')}, {"theme-file"}),
    ("a drawing with an event", {"assets/a.svg": SVG.format('<g onload="x"/>')}, {"theme-file"}),
    ("a drawing with a page in it", {"assets/a.svg": SVG.format("<foreignObject/>")}, {"theme-file"}),
    ("a drawing that leads elsewhere", {"assets/a.svg": SVG.format('<image href="//evil.example/a.png"/>')}, {"theme-file"}),
    ("a drawing with a disguised link", {"assets/a.svg": SVG.format('<a href="&#106;avascript:x"/>')}, {"theme-file"}),
    ("a drawing with entities", {"assets/a.svg": '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;")}, {"theme-file"}),
    ("a drawing with a style sheet", {"assets/a.svg": '<?xml-stylesheet href="a"?>' + SVG.format("")}, {"theme-file"}),
    ("a drawing in another encoding", {"assets/a.svg": SVG.format("<script/>").encode("utf-16")}, {"not-utf8"}),
    ("a template in a folder", {"templates/a/b.html": "x"}, {"theme-file"}),
    ("a template in capitals", {"templates/A.html": "x"}, {"theme-file"}),
    ("a template that is not text", {"templates/a.html": b"\xff"}, {"not-utf8"}),
    ("a template with a control character", {"templates/a.html": b"\x1b"}, {"forbidden-character"}),
    ("a template of great length", {"templates/a.html": "{{ 1 }}" * 20_000}, {"theme-file"}),
    ("many long templates", {f"templates/a{i}.html": "x" * 99_000 for i in range(6)}, {"theme-file"}),
    ("too many files", {f"assets/a{i}.css": "" for i in range(501)}, {"theme-file"}),
    ("a file too large", {"assets/a.css": b"x" * 20_971_521, "assets/b.css": "x"}, {"theme-file"}),
    ("a description that is not one", {"theme.yaml": "- a"}, {"wrong-kind"}),
    ("an option with a style", {"theme.yaml": 'title: P\napi: "1"\noptions: {a: {kind: colour, default: "red;}*{}", about: a}}\n'}, {"wrong-value"}),
    ("an option with a name of one's own", {"theme.yaml": 'title: P\napi: "1"\noptions: {"a;}b{": {kind: colour, default: "#fff", about: a}}\n'}, {"wrong-value"}),
    ("extending upwards", {"theme.yaml": 'title: P\napi: "1"\nextends: ../../x\n'}, {"wrong-value"}),
    ("extending nothing", {"theme.yaml": 'title: P\napi: "1"\nextends: nothing\n'}, {"unknown-theme"}),
    ("extending itself", {"theme.yaml": 'title: P\napi: "1"\nextends: plain\n'}, {"theme-circle"}),
    ("extending in a circle", {"theme.yaml": 'title: P\napi: "1"\nextends: b\n', "../b/theme.yaml": 'title: B\napi: "1"\nextends: plain\n'}, {"theme-circle"}),
]  # fmt: skip


@pytest.mark.parametrize(("files", "codes"), [case[1:] for case in ASSETS], ids=[case[0] for case in ASSETS])
def test_a_file_that_is_no_part_of_a_theme_is_refused(files: Files, codes: set[str], tmp_path: Path) -> None:
    """A theme is a description, templates and assets, of which there are not too many."""
    project = lay(tmp_path, {f"themes/plain/{name}": content for name, content in files.items()})
    refused(project, build(project), codes)


def test_a_plain_drawing_is_taken(tmp_path: Path) -> None:
    """Shapes, colours and references inside the drawing do no harm."""
    drawing = SVG.format('<g id="a" fill="url(#b)"><path d="M0 0h1"/></g><use href="#a"/><title>A</title>')
    project = lay(
        tmp_path, {"themes/plain/assets/a.svg": '<?xml version="1.0"?>\n<!-- drawn by hand -->\n' + drawing}
    )
    assert build(project).status == 0


def test_names_that_differ_in_capitals_only_do_not_collide_unseen(tmp_path: Path) -> None:
    """On disks that do not see capitals one of two such files would be lost: that is refused on every disk."""
    project = lay(tmp_path, {"themes/plain/assets/a.css": "a", "themes/plain/assets/A.css": "b"})
    refused(project, build(project), {"theme-file"})


def test_a_careless_theme_cannot_be_used_by_texts(tmp_path: Path) -> None:
    """A template in a text is text, and a value that is a template too."""
    project = lay(
        tmp_path, {**manifesto(title='title: "{{ 7 * 7 }}{% include site.title %}"'), **idea("{{ 7 * 7 }}")}
    )
    assert build(project).status == 0
    assert "49" not in pages(project)["index.html"]
    assert "{{ 7 * 7 }}" in pages(project)["assembly.html"]
