"""A text as its author wrote it, with values in the place of placeholders.

The booklet makes Markdown from tokens, which needs a library that takes a while to load. Here the author's own characters
stay; the tokens only say in what each placeholder stands, since a value is escaped otherwise in code, addresses and titles.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from markdown_it.token import Token

from manifesto_cli.merging.placeholders import FIRST_SENTINEL
from manifesto_cli.patterns import pattern
from manifesto_cli.rendering.markdown_text import SENTINELS, put_values
from manifesto_cli.rendering.markup import ParsedProse

_SENTINEL = pattern(f"[{SENTINELS}]")
_UNSAFE = pattern(r"[\s<>]")
_AFTER_BACKSLASH = pattern(r"[\\()]|&(?=#?\w+;)")
_IN_TITLES = pattern(r"[\\\"'()&]")


def as_written(parsed: ParsedProse) -> str:
    """The Markdown of a text; read again, it shows and leads to the same.

    In code nothing can be escaped, so there a backtick of a value becomes an apostrophe. Emphasis around a value that is empty, or that
    begins or ends in a punctuation mark, can be read as the marks that it is written with.
    """
    prose = parsed.prose
    return put_values(prose.markdown, prose.values, dict(_ready(parsed.tokens, prose.values, 0)))


def _ready(tokens: Sequence[Token], values: Sequence[str], tables: int) -> Iterator[tuple[str, str]]:
    """Each sentinel that stands in code, an address or a title, with what stands for it. `tables` is how many tables are open."""
    for token in tokens:
        tables += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if token.type in ("fence", "code_block", "code_inline"):
            for sentinel in _SENTINEL.findall(token.content + token.info):
                yield sentinel, _in_code(_value(sentinel, values), table=tables > 0)
        elif token.type in ("link_open", "image"):
            title = str(token.attrGet("title") or "")
            target = str(token.attrGet("src" if token.type == "image" else "href") or "")
            for sentinel in _SENTINEL.findall(title):
                yield sentinel, _IN_TITLES.sub(r"\\\g<0>", _on_one_line(_value(sentinel, values)))
            for found in _SENTINEL.finditer(target):
                yield found.group(), _in_address(_value(found.group(), values), start=not found.start())
        if token.children:
            yield from _ready(token.children, values, tables)


def _value(sentinel: str, values: Sequence[str]) -> str:
    return values[ord(sentinel) - FIRST_SENTINEL]


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
