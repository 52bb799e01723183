"""XML that is well-formed whatever its texts say."""

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup, escape

from manifesto_cli.patterns import pattern

# What no XML 1.0 document can hold, not even escaped: all but section 2.2, "Char". Written the other way round, as the section
# has it, it takes sixteen times as long to compile.
_NO_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(name: str, *inside: str, attributes: Mapping[str, str] = MappingProxyType({})) -> Markup:
    """An element. Texts inside it are escaped; elements are not, and stand on lines of their own."""
    written = "".join(f' {key}="{_escaped(value)}"' for key, value in attributes.items())
    if not inside:
        return Markup(f"<{name}{written}/>")  # noqa: S704 - names are ours, all else is escaped; here and below
    nested = any(isinstance(part, Markup) for part in inside)
    body = "\n".join(["", *map(_escaped, inside), ""]) if nested else "".join(map(_escaped, inside))
    return Markup(f"<{name}{written}>{body}</{name}>")  # noqa: S704


def document(root: Markup) -> bytes:
    """A document with its declaration."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()


def _escaped(value: str) -> str:
    if isinstance(value, Markup):
        return value
    # What is printable is allowed, and to ask for that needs no pattern.
    return escape(value if value.isprintable() else _NO_XML.sub("", value))
