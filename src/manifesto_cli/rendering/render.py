"""(Page, view, theme) → bytes: one template at a time, its faults as values, and every page safe before it leaves."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from markupsafe import escape
from msgspec import Struct

from manifesto_cli.faults.catalogue import themes as faults_of
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.text import character_name, first_forbidden
from manifesto_cli.rendering.meters import TooMuchError
from manifesto_cli.rendering.plan import SINGLE
from manifesto_cli.rendering.sandbox import ThemeEnvironment
from manifesto_cli.rendering.theme import Theme, is_template_name
from manifesto_cli.rendering.visible import without_comments

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "manifest-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What pages may load, and from where: docs/decisions/content-security-policy.md."""
META = f'\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{CONTENT_SECURITY_POLICY}">'
# What may stand before the policy takes effect: nothing that could load or run anything. Only what HTML takes for white space
# may stand between: after anything else, such as U+00A0, a browser is past the head already and heeds no policy there.
_START = pattern(
    rb"<!doctype html>[ \t\n\f\r]*<html(?:[ \t\n\f\r]+(?:lang|dir|class)=\"[^\"<>&]*\")*[ \t\n\f\r]*>[ \t\n\f\r]*<head>",
    re.IGNORECASE,
)
# What starts as the tags do that are looked at, and comments, with what is inside. Letters are written out, since Python looks for
# either case of a letter three times as long; 0xC5 is the first byte of a long s, which it takes for one.
_NOTABLE = pattern(rb"<[BbLlMm!][AaEeIi-][NnSsTt\xc5-][^<>]*>?")
_BASE = pattern(r"<base[\s/>]", re.IGNORECASE)
# Browsers and parsers disagree on where a carelessly written tag ends. Only tags written with care are taken.
_TAG = pattern(r"<(meta|link)(?![a-z0-9-])", re.IGNORECASE | re.ASCII)
_ATTRIBUTES = pattern(
    r"((?:[ \t\n\f\r]+[a-z][a-z-]*(?:=\"[^\"<>]*\")?)*)[ \t\n\f\r]*/?>", re.IGNORECASE | re.ASCII
)
_STEERING = pattern(
    r"http-equiv|(?:^|\s)rel=\"[^\"]*(?:dns-prefetch|preconnect|prefetch|preload|prerender)|(?:^|\s)rel=\"[^\"]*&",
    re.IGNORECASE,
)


class Press(Struct, frozen=True):
    """A theme ready to print: its environment is made once and used for every page, by one thread at a time."""

    theme: Theme
    environment: ThemeEnvironment


def render(
    press: Press, template: str, page: str, values: Mapping[str, Any], records: int = 0
) -> Outcome[bytes]:
    """What a template makes of its values, in UTF-8, or the one fault for which it stopped.

    `page` is the path of what it makes, and `records` is how many records there are in full in it, if that is more than a page of one.
    """
    source = press.theme.template(template)
    if source is None:
        lowest = press.theme.layers[0]
        at = (
            lowest.origin.at("title")
            if lowest.origin
            else SourceFile(f"themes/{press.theme.name}", "").start()
        )
        kind = template.removesuffix(".html")
        spare = kind if kind in SINGLE else ""
        return Outcome(None, (faults_of.template_missing(at, template, fitting=True, spare=spare),))
    try:
        with press.environment.budget.page(page, records):
            content = press.environment.written(template, values)
    except Exception as fault:  # noqa: BLE001 - a template is somebody's program: whatever it does wrong is a fault in content
        return Outcome(None, (template_fault(press.theme, source, fault),))
    forbidden = first_forbidden(content)
    if forbidden:
        problem = f"{character_name(forbidden)} has no place in a text"
        return Outcome(None, (faults_of.template_failed(source.start(), problem),))
    return Outcome(content)


def safe_page(
    press: Press, template: str, page: str, html: bytes, imprint: str, head: str = ""
) -> Outcome[bytes]:
    """The page with its content security policy and what its head says to machines, or why no theme may make such a page.

    Both are put in here and not by themes, so that no theme can leave them out. `imprint` must stand on the page.
    """
    start = _START.match(html)
    if not start:
        return _unsafe(
            press,
            template,
            "does not start as pages do",
            "start it with `<!doctype html>`, `<html lang=…>`, `<head>`",
        )
    notable = _NOTABLE.findall(html, start.end())
    if any(map(_steers, notable)):
        return _unsafe(
            press,
            template,
            "uses `<base>`, `http-equiv`, or a `<meta>` or `<link>` that is not plain",
            'delete `<base>` and `http-equiv`; write all else as `<meta name="…" content="…">`',
        )
    said = str(escape(imprint))
    # It is at the foot of most pages.
    shown = html.rfind(said.encode()) >= 0
    if shown and any(each.startswith(b"<!") for each in notable):
        shown = said in without_comments(html.decode())
    if not shown:
        return Outcome(None, (faults_of.page_without_imprint(_place_of(press, template), page),))
    put = f"{META}\n{head}" if head else META
    return Outcome(b"".join((html[: start.end()], put.encode(), html[start.end() :])))


def _unsafe(press: Press, template: str, problem: str, help_: str) -> Outcome[bytes]:
    return Outcome(None, (faults_of.page_unsafe(_place_of(press, template), problem, help_),))


def _place_of(press: Press, template: str) -> Span:
    source = press.theme.template(template)
    return source.start() if source else SourceFile(template, "").start()


_SHORT = 400


def _steers(notable: bytes) -> bool:
    """Whether a tag could lead the reader's browser elsewhere, or is written so that nobody can tell. Most are the same on every page."""
    return _steers_again(notable) if len(notable) < _SHORT else _looked_at(notable)


def _looked_at(notable: bytes) -> bool:
    text = notable.decode()
    tag = _TAG.match(text)
    return _steering(text, tag) if tag else bool(_BASE.match(text))


_steers_again = lru_cache(maxsize=256)(_looked_at)


def _steering(text: str, tag: re.Match[str]) -> bool:
    attributes = _ATTRIBUTES.match(text, tag.end())
    if not attributes:
        return True
    written = attributes[1]
    folded = written.lower()
    # Neither can be written in other letters than these, as long as there are no others; and most tags have neither.
    if written.isascii() and "http-equiv" not in folded and "rel=" not in folded:
        return False
    return bool(_STEERING.search(written))


def template_fault(theme: Theme, asked: SourceFile, fault: Exception) -> Diagnostic:
    """What is wrong with a template, in our own words; `asked` is the template that was wanted when it was found."""
    at = _place(theme, asked, fault)
    message = _sentence(fault)
    if isinstance(fault, TemplateSyntaxError):
        tag = _UNKNOWN_TAG.search(message)
        return faults_of.template_syntax(at, message, nearest(tag[1], _TAGS) if tag else "")
    if isinstance(fault, TemplateNotFound):
        name = _cleaned(str(fault.name))
        return faults_of.template_missing(at, name, fitting=is_template_name(name))
    if isinstance(fault, SecurityError):
        return faults_of.template_refused(at, message)
    if isinstance(fault, UndefinedError):
        return faults_of.template_undefined(
            at, _NO_FIELD.sub(r"there is no field `\2`", message), _field_meant(message)
        )
    if isinstance(fault, TooMuchError):
        return faults_of.template_too_much(at, message)
    if isinstance(fault, RecursionError):
        return faults_of.template_too_much(at, "it calls itself without end")
    if isinstance(fault, MemoryError | OverflowError):
        return faults_of.template_too_much(at, "more than fits into memory")
    return faults_of.template_failed(at, message)


_UNKNOWN_TAG = pattern(r"unknown tag '(\w+)'")
_TAGS = (
    "block",
    "endblock",
    "extends",
    "for",
    "endfor",
    "if",
    "elif",
    "else",
    "endif",
    "import",
    "from",
    "include",
    "macro",
    "endmacro",
    "set",
)
_NO_FIELD = pattern(r"[`'](\w+)(?: object)?[`'] has no attribute '(\w+)'")
_VIEWS = (
    "types",
    "elements",
    "deal_types",
    "metric_types",
    "payment_types",
    "booklet",
    "letter",
    "costs",
    "evidence",
)
"""The modules of all views; they are loaded if a template has a fault."""
_NO_NAME = pattern(r"'(\w+)' is undefined")


def _field_meant(message: str) -> str:
    """The field of a view, or the name that every template knows, that was probably meant."""
    field, name = _NO_FIELD.search(message), _NO_NAME.search(message)
    if field:
        modules = (import_module(f"manifesto_cli.rendering.views.{name}") for name in _VIEWS)
        views = (getattr(module, field[1], None) for module in modules)
        found = next((each for each in views if each), None)
        return nearest(field[2], getattr(found, "__struct_fields__", ()))
    return nearest(name[1], ("site", "page")) if name else ""


def _sentence(fault: Exception) -> str:
    text = _cleaned(str(getattr(fault, "message", "") or fault)).rstrip(".")
    text = re.sub(r"'manifesto_cli[\w.]*\.(\w+) object'", r"`\1`", text)
    return text or type(fault).__name__


def _cleaned(text: str) -> str:
    """A template's own words as they may stand in a message: on one line, short, and nothing that steers a terminal."""
    line = " ".join(text[:1000].split())[:200]
    return "".join(character if character.isprintable() else "\ufffd" for character in line)


def _place(theme: Theme, asked: SourceFile, fault: Exception) -> Span:
    """The line of the innermost template that was at work."""
    sources = {source.path: source for layer in theme.layers for source in layer.templates.values()}
    source, line = asked, 0
    if isinstance(fault, TemplateSyntaxError) and fault.filename in sources:
        source, line = sources[str(fault.filename)], fault.lineno
    else:
        trace = fault.__traceback__
        while trace:
            found = sources.get(trace.tb_frame.f_code.co_filename)
            if found:
                source, line = found, trace.tb_lineno
            trace = trace.tb_next
    if not line:
        return source.start()
    text = source.line(line)
    start = source.offset(line, len(text) - len(text.lstrip()) + 1)
    return source.span(start, start + max(len(text.strip()), 1))
