"""(Page, view, theme) → bytes: one template at a time, its faults as values, and every page safe before it leaves."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from markupsafe import escape
from msgspec import Struct

from manifesto_cli.faults.catalogue import themes as faults_of
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.rendering.sandbox import ThemeEnvironment, TooMuchError
from manifesto_cli.rendering.theme import Theme

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
_META = f'\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{CONTENT_SECURITY_POLICY}">'
# What may stand before the policy takes effect: nothing that could load or run anything.
_START = re.compile(
    r"<!doctype html>\s*<html(?:\s+(?:lang|dir|class)=\"[^\"<>&]*\")*\s*>\s*<head>", re.IGNORECASE
)
_STEERING = re.compile(r"<base[\s/>]|<meta[^>]*http-equiv", re.IGNORECASE)


class Press(Struct, frozen=True):
    """A theme ready to print: its environment is made once and used for every page."""

    theme: Theme
    environment: ThemeEnvironment


def render(press: Press, template: str, values: Mapping[str, Any]) -> Outcome[str]:
    """What a template makes of its values, or the one fault for which it stopped."""
    source = press.theme.template(template)
    if source is None:
        lowest = press.theme.layers[0]
        at = (
            lowest.origin.at("title")
            if lowest.origin
            else SourceFile(f"themes/{press.theme.name}", "").start()
        )
        return Outcome(None, (faults_of.template_missing(at, template),))
    press.environment.start()
    try:
        return Outcome("".join(press.environment.get_template(template).generate(**values)))
    except Exception as fault:  # noqa: BLE001 - a template is somebody's program: whatever it does wrong is a fault in content
        return Outcome(None, (_template_fault(press.theme, source, fault),))


def safe_page(press: Press, template: str, page: str, html: str, imprint: str) -> Outcome[str]:
    """The page with its content security policy in place, or why no theme may make such a page.

    The policy is put in here and not by themes, so that no theme can leave it out. `imprint` must stand on the page.
    """
    source = press.theme.template(template)
    at = source.start() if source else SourceFile(template, "").start()
    start = _START.match(html)
    if not start:
        return Outcome(
            None,
            (
                faults_of.page_unsafe(
                    at,
                    "does not start as pages do",
                    "start it with `<!doctype html>`, `<html lang=…>`, `<head>`",
                ),
            ),
        )
    if _STEERING.search(html):
        return Outcome(None, (faults_of.page_unsafe(at, "uses `<base>` or `http-equiv`", "take that out"),))
    if imprint and escape(imprint) not in html:
        return Outcome(None, (faults_of.page_without_imprint(at, page),))
    return Outcome(html[: start.end()] + _META + html[start.end() :])


def _template_fault(theme: Theme, asked: SourceFile, fault: Exception) -> Diagnostic:
    at = _place(theme, asked, fault)
    message = _sentence(fault)
    if isinstance(fault, TemplateSyntaxError):
        return faults_of.template_syntax(at, message)
    if isinstance(fault, TemplateNotFound):
        return faults_of.template_missing(at, str(fault.name))
    if isinstance(fault, SecurityError):
        return faults_of.template_refused(at, message)
    if isinstance(fault, UndefinedError):
        return faults_of.template_undefined(at, message)
    if isinstance(fault, TooMuchError):
        return faults_of.template_too_much(at, message)
    if isinstance(fault, RecursionError):
        return faults_of.template_too_much(at, "it calls itself without end")
    if isinstance(fault, MemoryError | OverflowError):
        return faults_of.template_too_much(at, "more than fits into memory")
    return faults_of.template_failed(at, message)


def _sentence(fault: Exception) -> str:
    text = " ".join(str(getattr(fault, "message", "") or fault).split())[:200].rstrip(".")
    text = re.sub(r"'manifesto_cli[\w.]*\.(\w+) object'", r"`\1`", text)
    return text or type(fault).__name__


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
