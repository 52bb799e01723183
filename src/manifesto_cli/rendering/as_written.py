"""A text as its author wrote it, with values in the place of placeholders.

The booklet makes Markdown from tokens, which needs a library that takes a while to load. Here the author's own characters
stay; all that has to be known is in what each placeholder stands, since a value is escaped otherwise in code, addresses and titles.
"""

from urllib.parse import quote

from manifesto_cli.merging.placeholders import FIRST_SENTINEL
from manifesto_cli.patterns import pattern
from manifesto_cli.rendering.compiled import Within
from manifesto_cli.rendering.markdown_text import put_values
from manifesto_cli.rendering.markup import ParsedProse

_UNSAFE = pattern(r"[\s<>]")
_AFTER_BACKSLASH = pattern(r"[\\()]|&(?=#?\w+;)")
_IN_TITLES = pattern(r"[\\\"'()&]")


def as_written(parsed: ParsedProse) -> str:
    """The Markdown of a text; read again, it shows and leads to the same.

    In code nothing can be escaped, so there a backtick of a value becomes an apostrophe. Emphasis around a value that is empty, or that
    begins or ends in a punctuation mark, can be read as the marks that it is written with.
    """
    prose = parsed.prose
    if not prose.values:
        return prose.markdown
    ready = {
        chr(FIRST_SENTINEL + number): _stands(prose.values[number], within)
        for number, within in parsed.compiled.within
        if number < len(prose.values)
    }
    return put_values(prose.markdown, prose.values, ready)


def _stands(value: str, within: Within) -> str:
    """What stands for a value that is not read as text."""
    if within in (Within.CODE, Within.CODE_IN_TABLE):
        return _in_code(value, table=within is Within.CODE_IN_TABLE)
    if within is Within.TITLE:
        return _IN_TITLES.sub(r"\\\g<0>", _on_one_line(value))
    return _in_address(value, start=within is Within.ADDRESS_START)


def _on_one_line(value: str) -> str:
    return " ".join(value.split())


def _in_code(value: str, *, table: bool) -> str:
    shown = _on_one_line(value).replace("`", "'")
    return shown.replace("|", "\\|") if table else shown


def _in_address(value: str, *, start: bool) -> str:
    """A value at the very start is an address or its beginning; anywhere else it is a part of one, as `filled_target` has it."""
    if not start:
        return quote(value, safe="@")
    return _AFTER_BACKSLASH.sub(r"\\\g<0>", _UNSAFE.sub(lambda found: quote(found.group()), value))
