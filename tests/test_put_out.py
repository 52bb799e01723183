"""Whether the rest of a page hangs on the words of its Markdown texts is told from the theme alone, and never wrongly told not to."""

import pytest

from manifesto_cli.faults.source import SourceFile
from manifesto_cli.rendering.study.put_out import only_puts_texts_out
from manifesto_cli.rendering.theme import Theme, ThemeLayer


def puts_out(template: str) -> bool:
    """What is said of a theme with one template."""
    source = SourceFile("pledge.html", template)
    return only_puts_texts_out(Theme("one", (ThemeLayer("one", None, None, {"pledge.html": source}, {}),)))


@pytest.mark.parametrize(
    "template",
    [
        "{{ page.body }}",
        "{% if page.body %}{{ page.body }}{% endif %}",
        "{% if page.photo or not page.body %}x{% else %}{{ page.body }}{% endif %}",
        "{% block main %}{% for card in page.cards %}{{ card.body }}{% endfor %}{% endblock %}",
        "{{ page.body if page.body else page.summary }}",
        '{% extends "a.html" %}{% block main %}{{ super() }}{{ page.body }}{% endblock %}',
        "{{ page.cards[page.number - 1].title }}{{ ['a', 'b'][n] }}",
        "{% macro m(of) %}{% if of.body %}x{% endif %}{% endmacro %}",
    ],
)
def test_texts_that_are_put_out(template: str) -> None:
    """Or of which it is asked whether there is one."""
    assert puts_out(template)


@pytest.mark.parametrize(
    "template",
    [
        "{{ page.body|length }}",
        "{{ page.body ~ 'x' }}",
        "{% if page.body|length > 9 %}x{% endif %}",
        "{% if page.body == 'x' %}x{% endif %}",
        "{% if page.body is string %}x{% endif %}",
        "{% set text = page.body %}{{ text|length }}",
        "{% set text %}{{ page.body }}{% endset %}{{ text|length }}",
        "{% filter upper %}{{ page.body }}{% endfilter %}",
        "{% macro m(of) %}{{ of.body }}{% endmacro %}{{ m(page)|length }}",
        "{% macro m(text) %}{{ text|length }}{% endmacro %}{{ m(page.body) }}",
        "{% call m() %}{{ page.body }}{% endcall %}",
        "{% for letter in page.body %}x{% endfor %}",
        "{% block main %}{{ page.body }}{% endblock %}{{ self.main()|length }}",
        "{% block main %}{% set text = super() %}{% endblock %}",
        "{{ page['body']|length }}",
        "{% set name = 'bo' ~ 'dy' %}{{ page[name]|length }}",
        "{{ page.cards|map(attribute='body')|join|length }}",
        "{{ page.cards|map(attribute='of.body')|join|length }}",
        "{% set name = 'bo' ~ 'dy' %}{{ page.cards|map(attribute=name)|join|length }}",
        "{% set name = 'bo' ~ 'dy' %}{{ page.cards|join('', name)|length }}",
        "{{ (page.body or '')|length }}",
        "{{ page.body.split(' ')|length }}",
        "{{ page.body[:9] }}",
        "{{",
    ],
)
def test_texts_that_are_looked_into(template: str) -> None:
    """In any way, or in one that nobody can tell."""
    assert not puts_out(template)
