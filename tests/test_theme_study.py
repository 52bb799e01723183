"""What reading a theme shows: every name that nothing gives, on any path; nothing that is given; and it takes nobody's evening."""

import time

import msgspec
import pytest

from manifesto_cli.disk.shipped import shipped as shipped_folder
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.loading import load
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.pipeline import prepare_with
from manifesto_cli.rendering.render import render
from manifesto_cli.rendering.study import notes as study_notes
from manifesto_cli.rendering.study.findings import findings
from manifesto_cli.rendering.study.shapes import PAGES, reachable
from manifesto_cli.rendering.views.types import SiteView
from manifesto_cli.settings import Settings
from manifesto_cli.theming import SAMPLES, theme_faults
from support.themes import SHIPPED, said, shipped, study
from test_hostile_themes import FILES, PYTHON, TIME

PLEDGE = '{% extends "civic/pledge.html" %}{% block title %}'
UNKNOWN = "template-undefined"


def each_alone(bodies: tuple[str, ...]) -> dict[str, list[str]]:
    """For each of some parts of a template the names that it asks for in vain: all are read at once, each in a file of its own."""
    files = {f"part-{i}.html": body for i, body in enumerate(bodies)}
    shown = "".join(f'{{% include "{name}" %}}' for name in files)
    found = study({"pledge.html": f"{PLEDGE}{shown}{{% endblock %}}", **files}).faults
    wrong: dict[str, list[str]] = {body: [] for body in bodies}
    for fault in found:
        span = fault.label.span
        if fault.code == UNKNOWN:
            wrong[span.source.text].append(span.text)
    return wrong


def unknown(body: str, **others: str) -> list[str]:
    """The names that a template of a pledge asks for in vain."""
    files = {
        "pledge.html": f"{PLEDGE}{body}{{% endblock %}}",
        **{name.replace("_", "."): text for name, text in others.items()},
    }
    return [text for code, text, _ in said(study(files).faults) if code == UNKNOWN]


@pytest.mark.parametrize("name", SHIPPED)
def test_themes_that_ship_have_nothing_to_be_found(name: str) -> None:
    """Not an unused import either."""
    assert findings(shipped(name)).faults == ()


LACKING = (
"{{ page.nope }}",
        "{{ page['nope'] }}",
        "{{ page.cost.nope }}",
        "{{ page.claims[0].nope }}",
        "{{ page.claims[:2][0].nope }}",
        "{{ (page.claims | first).nope }}",
        "{{ (page.claims | sort(attribute='nope') | list | length) }}",
        "{{ page.claims | selectattr('nope') | list | length }}",
        "{{ page.claims | map(attribute='figure.nope') | first }}",
        "{{ page.levers | join(attribute='nope') }}",
        "{{ page.title.nope }}",
        "{{ page.number.nope }}",
        "{{ page.claims.nope }}",
        "{{ nope }}",
        "{{ nope.deeper }}",
        "{{ site.nope }}",
        "{{ site.options.nope }}",
        "{{ site.menu[0].nope }}",
        "{% if 1 > 2 %}{{ page.nope }}{% endif %}",
        "{% if 1 > 2 %}{% elif page.nope %}{% else %}{% endif %}",
        "{{ 1 if page.nope else 2 }}",
        "{{ page.title ~ page.nope }}",
        "{{ page.number + page.nope }}",
        "{{ page.number < page.nope }}",
        "{{ not page.nope }}",
        "{{ [page.nope, 1] | first }}",
        "{{ {'a': page.nope}.a }}",
        "{% for each in page.claims %}{{ each.nope }}{% endfor %}",
        "{% for each in page.claims %}{% else %}{{ page.nope }}{% endfor %}",
        "{% for each in page.claims if each.nope %}{% endfor %}",
        "{% for each in page.claims + page.claims %}{{ each.nope }}{% endfor %}",
        "{% for each in page.claims %}{% for one in each.sources %}{{ one.nope }}{% endfor %}{% endfor %}",
        "{% for each in [page, page] %}{{ each.nope }}{% endfor %}",
        "{% set mine = page.cost %}{{ mine.nope }}",
        "{% set mine %}{{ page.nope }}{% endset %}{{ mine }}",
        "{% with mine = page.cost %}{{ mine.nope }}{% endwith %}",
        "{% macro show(of) %}{{ of.nope }}{% endmacro %}{{ show(page) }}",
        "{% macro show(of) %}{{ of.nope }}{% endmacro %}{{ show(of=page) }}",
        "{% macro show(of=page) %}{{ of.nope }}{% endmacro %}{{ show() }}",
        "{% macro show(of) %}{{ nope }}{% endmacro %}{{ show(page) }}",
        "{% macro show(of) %}{{ of.title }}{{ caller() }}{% endmacro %}{% call show(page) %}{{ page.nope }}{% endcall %}",
        "{% filter upper %}{{ page.nope }}{% endfilter %}",
        "{% if page.nope is not defined or page.nope %}{% endif %}{{ page.nope }}",
        "{% if page.nope is undefined %}{{ page.nope }}{% endif %}",
        "{{ (page.nope).x | default('') }}",
)  # fmt: skip


def test_a_name_that_nothing_gives_is_found() -> None:
    """Once, at the word itself, in whatever part of the language it stands."""
    assert {body: names for body, names in each_alone(LACKING).items() if names != ["nope"]} == {}


THERE = (
"{{ page.title.upper() }}{{ page.title.split(' ') | first | lower }}",
        "{{ page.cost.one_off if page.cost }}",
        "{% if page.nope is defined %}{{ page.nope.deeper }}{% endif %}",
        "{% if page.nope is defined and page.nope %}{{ page.nope }}{% endif %}",
        "{% if page.nope is undefined %}{% else %}{{ page.nope }}{% endif %}",
        "{% if nope is not defined %}{% else %}{{ nope }}{% endif %}",
        "{{ page.nope | default('') }}{{ nope | d('') }}",
        "{{ nope if nope is defined else '' }}",
        "{{ page.claims | selectattr('nope', 'defined') | list | length }}",
        "{% for each in page.claims %}{{ loop.index }}{{ loop.last }}{% endfor %}",
        "{% for each in page.claims %}{% set last = each %}{% endfor %}",
        "{% if page.cost %}{% set mine = page.cost %}{% else %}{% set mine = page %}{% endif %}{{ mine.one_off }}{{ mine.title }}",
        "{% set seen = namespace(count=0) %}{% set seen.count = 1 %}{{ seen.count }}",
        "{% for n in range(3) %}{{ n }}{% endfor %}",
        "{% for name, value in {'a': 1}.items() %}{{ name }}{{ value }}{% endfor %}",
        "{% macro show(of) %}{{ of.title }}{{ varargs | length }}{{ kwargs | length }}{% endmacro %}{{ show(page, 1) }}",
        "{% macro show(of) %}{% if of.anchor %}{{ of.priority.text }}{% endif %}{% endmacro %}{{ show(page) }}{{ show(page.cost or page) }}",
        "{% macro a(of) %}{{ b(of) }}{% endmacro %}{% macro b(of) %}{{ of.title }}{% endmacro %}{{ a(page) }}",
        "{{ super() }}{{ self.title is defined }}",
        "{{ site.options | length }}",
        "{{ (page.measure or page.cost).funded_by }}",
        "{{ page.levers | map('upper') | first }}",
        "{% import 'claim.html' as claims %}{{ claims.claim(page.claims | first) }}",
)  # fmt: skip


def test_a_name_that_may_be_there_is_not_complained_of() -> None:
    """Whatever cannot be told is left alone."""
    assert {body: names for body, names in each_alone(THERE).items() if names} == {}


def test_what_a_theme_declares_is_there() -> None:
    """Its own options that templates see, and not those that only style sheets see."""
    options = "options:\n  line: {kind: choice, values: [a, b], default: a, about: A line.}\n  tone: {kind: colour, default: '#123456', about: A tone.}\n"
    body = f"{PLEDGE}{{{{ site.options.line }}}}{{{{ site.options.tone }}}}{{% endblock %}}"
    found = study(
        {
            "theme.yaml": f"title: Tried\napi: 1\nextends: civic\n{options}",
            "pledge.html": body,
            "assets/style.css": "a{color:var(--tone)}",
        }
    )
    assert said(found.faults) == [(UNKNOWN, "tone", 1)]


def test_a_template_is_read_for_every_page_that_shows_it() -> None:
    """A field that pledges have and priorities do not is missed on the page of a priority."""
    files = {
        "shared.html": "{{ page.statement }}",
        "pledge.html": '{% extends "civic/pledge.html" %}{% block main %}{% include "shared.html" %}{% endblock %}',
        "priority.html": '{% extends "civic/priority.html" %}{% block main %}{% include "shared.html" %}{% endblock %}',
    }
    assert said(study({name: files[name] for name in ("shared.html", "pledge.html")}).faults) == []
    assert said(study(files).faults) == [(UNKNOWN, "statement", 1)]


def test_a_block_that_is_replaced_is_not_read_for_that_page() -> None:
    """Unless it is asked for with `super()`."""
    floor = {
        "floor.html": '{% extends "base.html" %}{% block main %}{{ page.nope }}{% endblock %}',
        "pledge.html": '{% extends "floor.html" %}{% block main %}{{ page.title }}{% endblock %}',
    }
    assert said(study(floor).faults) == []
    floor["pledge.html"] = floor["pledge.html"].replace("{{ page.title }}", "{{ super() }}")
    assert said(study(floor).faults) == [(UNKNOWN, "nope", 1)]


def test_an_imported_template_knows_no_page() -> None:
    """Unless it is imported with context."""
    parts = "{% macro show() %}{{ page.title }}{% endmacro %}"
    plain = '{% import "parts.html" as parts %}{{ parts.show() }}'
    assert unknown(plain, parts_html=parts) == ["page"]
    assert unknown(plain.replace("parts %}", "parts with context %}"), parts_html=parts) == []


def test_what_is_used_is_not_called_unused() -> None:
    """By a template that extends this one, by one that it includes, through an alias, or in a macro."""
    files = {
        "base.html": '{% from "text.html" import two %}{% macro own() %}{% endmacro %}{% extends "civic/base.html" %}',
        "pledge.html": '{% extends "base.html" %}{% from "text.html" import size as big %}{% import "claim.html" as claims %}'
        '{% block main %}{{ two(1) }}{{ own() }}{{ big("a") }}{% include "part.html" %}{% endblock %}',
        "part.html": "{% macro shown(of) %}{{ claims.claim(of) }}{% endmacro %}{{ shown(page.claims | first) }}",
    }
    assert [fault for fault in said(study(files).faults) if fault[0].startswith("un")] == []


def test_where_a_name_is_made_nobody_can_say_what_is_unused() -> None:
    """A template that is included by a name that a page works out may be any."""
    files = {
        "pledge.html": '{% extends "civic/pledge.html" %}{% block title %}{% include page.title ~ ".html" %}{% endblock %}',
        "other.html": "x",
    }
    assert said(study(files).faults) == []
    assert said(study({"other.html": "x"}).faults) == [("unreached-template", "", 1)]


def test_hostile_templates_are_only_read() -> None:
    """Whatever a stranger writes, reading it ends, soon, and with faults at most."""
    files = {f"part-{i}.html": template for i, (_, template, _) in enumerate((*PYTHON, *FILES, *TIME))}
    shown = "".join(f'{{% include "{name}" %}}' for name in files)
    started = time.process_time()
    found = study({"pledge.html": shown, "home.html": shown, **files})
    assert time.process_time() - started < 20
    assert found.faults


@pytest.mark.parametrize(
    "files",
    [
        {"pledge.html": '{% include "pledge.html" %}'},
        {"pledge.html": '{% extends "pledge.html" %}'},
        {"pledge.html": '{% import "pledge.html" as me %}{{ me.x() }}'},
        {"pledge.html": '{% include "a.html" %}' * 2, **{f"{a}.html": f'{{% include "{b}.html" %}}' * 9 for a, b in [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f")]}, "f.html": "x"},
        {"pledge.html": "{% macro m(of) %}{{ m([of]) }}{% endmacro %}{{ m(page) }}"},
        {"pledge.html": "{% macro m(of) %}" + "{{ m(of.priority) }}{{ m([of]) }}" * 50 + "{% endmacro %}{{ m(page) }}"},
        {"pledge.html": "{{ page" + ".x" * 40_000 + " }}"},
        {"pledge.html": "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}"},
        {"pledge.html": "{{ " + "not " * 20_000 + "1 }}"},
        {"pledge.html": "".join(f"{{% set a{i} = [page, site, {i}] %}}" for i in range(3_000))},
        {"pledge.html": "".join(f"{{% set a{i} = a{i - 1} if a{i - 1} is defined else [a{i - 1}] %}}" for i in range(1, 800))},
        {"pledge.html": "{% for a in page.claims %}" * 90 + "{{ a.nope }}" + "{% endfor %}" * 90},
        {"pledge.html": "{% if page.a %}{% set x = page %}{% elif page.b %}{% set x = site %}{% endif %}" * 700},
        {"assets/style.css": "var(--" * 50_000},
        {"assets/style.css": "/*" * 50_000},
    ],
    ids=lambda files: next(iter(files.values()))[:40],
)  # fmt: skip
def test_what_never_ends_comes_to_an_end(files: dict[str, str]) -> None:
    """Templates that show each other, macros that call themselves, and expressions deeper than Python goes."""
    started = time.process_time()
    study(files)
    assert time.process_time() - started < 30


def test_looking_stops_where_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, and at the template that was looked at."""
    monkeypatch.setattr(study_notes, "MOST_STEPS", 2_000)
    assert "template-too-much" in [fault.code for fault in study({}).faults]


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_can_be_published(sample: str) -> None:
    """With every theme that ships, as a website and as a booklet."""
    project = load(shipped_folder("samples") / sample).value
    assert project
    for output in OUTPUTS:
        prepared = prepare_with(project, shipped("civic"), output, Settings(Day(2030, 1, 1)))
        assert prepared.value, prepared.faults


MAY_BE_EMPTY = {
    # A page of its own starts at the top, and needs no anchor.
    *(
        (view, "anchor")
        for view in (
            "BookletView",
            "CaseStudiesView",
            "DealView",
            "DealsView",
            "EvidenceView",
            "LetterView",
            "NotFoundView",
            "StatementView",
        )
    ),
    # Of a document as a whole there is no place and no value.
    *(("NoteView", name) for name in ("locator", "note", "value")),
    # A pledge that was withdrawn is in no sum.
    ("CostLine", "withdrawn"),
    # Without Pillow there is one size of each picture.
    ("PictureView", "srcset"),
    # What there is of these is up to the theme.
    *(("SiteView", name) for name in ("classes", "options", "script")),
    ("StatementView", "scripted"),
}
"""What no manifesto fills, or not in every theme."""


def test_one_sample_has_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each field of each view has something in it on some page; one that has not is not tried by `theme check`."""
    filled: set[tuple[str, str]] = set()

    def look(value: object) -> None:
        if isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                inner = getattr(value, name)
                if inner not in (None, "", (), {}, False):
                    filled.add((type(value).__name__, name))
                look(inner)
        elif isinstance(value, tuple):
            for each in value:
                look(each)
        elif isinstance(value, dict):
            look(tuple(value.values()))

    original = render

    def spy(press: object, template: str, page: str, values: dict[str, object], records: int) -> object:
        look(tuple(values.values()))
        return original(press, template, page, values, records)  # type: ignore[arg-type]

    monkeypatch.setattr("manifesto_cli.outputs.html.render", spy)
    monkeypatch.setattr("manifesto_cli.rendering.render.render", spy)  # what letters are made with
    at = SourceFile("", "").start()
    root = shipped_folder("themes").parent
    faults = theme_faults(root, "civic", at, Settings(Day(2030, 1, 1)), lambda _: None)
    assert faults == ()
    every = {
        (view.__name__, name)
        for view in reachable([*PAGES.values(), SiteView])
        for name in view.__struct_fields__
    }
    assert every - filled - MAY_BE_EMPTY == set()
