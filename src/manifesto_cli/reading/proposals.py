"""What to type instead of a value that does not fit its field, and whether that is sure to be what was meant.

It is sure only where every word is kept and nothing else could have been meant: then a machine may make the change.
"""

import json
import re
from collections.abc import Iterator

from msgspec import Struct, inspect

from manifesto_cli.faults.nearest import slip
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.hints import bare, fits, form, is_leaf
from manifesto_cli.reading.nodes import Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.text import without_accents

_PLAIN = pattern(r"[A-Za-z0-9](?:[A-Za-z0-9 ._()&'/-]*[A-Za-z0-9.)])?")
"""Texts that need no quotes anywhere, not even in brackets."""
_UNSPACED = pattern(r"([a-z][a-z_]*):([^/\s].*)")
"""A field whose colon no space follows."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = 3
"""A short name has no more."""
_FOLDER = pattern(r"\.{1,2}|(?:[A-Za-z]:)?[^:]*[/\\][^/\\:][^:]*")
"""The path of a folder, as systems write it; no address."""
_LONGEST = 100
"""A longer text is not repeated in a message."""


class Proposal(Struct, frozen=True):
    """A text to type."""

    text: str
    sure: bool


def inline(text: str) -> str:
    """A text as it can stand anywhere in YAML: as it is, or in double quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def of_kind(text: str, node: Node, hint: inspect.Type) -> Proposal | None:
    """The value of another kind, written as the kind that a field takes; `text` is what stands in the file from start to end."""
    if len(text) > _LONGEST:
        return None
    if isinstance(node, Sequence) and text.startswith("- "):
        return _joined(node, hint)
    if "\n" in text:
        return None
    if isinstance(node, Scalar) and node.style not in ("|", ">"):
        return _wrapped(node, hint)
    if isinstance(node, Mapping) and isinstance(hint, inspect.VarTupleType) and text.startswith("{"):
        return Proposal(f"[{text}]", sure=isinstance(bare(hint.item_type), inspect.StructType))
    if isinstance(node, Sequence) and text.startswith("[") and not isinstance(hint, inspect.UnionType):
        return _unwrapped(text, node, hint)
    return None


def _wrapped(node: Scalar, hint: inspect.Type) -> Proposal | None:
    """A text, put into the list or the one field that it must be meant for."""
    if isinstance(hint, inspect.StructType):
        return _in_fields(node, hint)
    if isinstance(hint, inspect.UnionType):
        words = [value for arm in hint.types if isinstance(arm, inspect.LiteralType) for value in arm.values]
        meant = slip(node.text, map(str, words))
        lists = [arm for arm in map(bare, hint.types) if isinstance(arm, inspect.VarTupleType)]
        if meant:
            return Proposal(meant, sure=True)
        whole = _wrapped(node, lists[0]) if lists else None
        return Proposal(whole.text, sure=whole.sure and not words) if whole else None
    return _in_list(node, hint) if isinstance(hint, inspect.VarTupleType) else None


def _in_fields(node: Scalar, hint: inspect.StructType) -> Proposal | None:
    """A text, put into the field that it must be meant for."""
    required = [field for field in hint.fields if field.required]
    unspaced = _UNSPACED.fullmatch(node.text)
    if unspaced:  # the field is named; only a space is missing behind its colon
        named = [field for field in required if field.encode_name == unspaced[1]]
        sure = named == required and len(named) == 1 and fits(bare(named[0].type), unspaced[2])
        return Proposal(f"{{{unspaced[1]}: {inline(unspaced[2])}}}", sure=True) if sure else None
    if len(required) == 1 and is_leaf(bare(required[0].type)) and fits(bare(required[0].type), node.text):
        return Proposal(f"{{{required[0].encode_name}: {inline(node.text)}}}", sure=True)
    return _among(node, required)


def _in_list(node: Scalar, hint: inspect.VarTupleType) -> Proposal | None:
    """A text, as the one entry of a list or, where it has commas, as several."""
    inner = bare(hint.item_type)
    if isinstance(inner, inspect.UnionType):  # an id, or an id with changes
        folder = of_path(node.text, inner)
        if folder:
            return Proposal(f"[{folder.text}]", folder.sure)
        inner = next((arm for arm in map(bare, inner.types) if is_leaf(arm)), inner)
    if not is_leaf(inner):
        whole = _wrapped(node, inner)
        return Proposal(f"[{whole.text}]", whole.sure) if whole else None
    written = [part.strip() for part in node.text.split(",")]
    formed = [None if fits(inner, part) else of_form(part, inner) for part in written]
    parts = [form.text if form else part for part, form in zip(written, formed, strict=True)]
    if not all(part and fits(inner, part) for part in parts):
        return None
    # A comma may belong to a name; it cannot belong to an id or a tag.
    sure = parts == written and (len(parts) == 1 or not fits(inner, "a, b"))
    return Proposal(f"[{', '.join(map(inline, parts))}]", sure=sure)


def _among(node: Scalar, required: list[inspect.Field]) -> Proposal | None:
    """A text, put into the one of several fields that takes no other text but such as this."""
    named = [
        field
        for field in required
        if is_leaf(bare(field.type))
        and fits(bare(field.type), node.text)
        and not fits(bare(field.type), "any, other: text")
    ]
    if len(named) != 1:
        return None
    fields = (
        f"{field.encode_name}: {inline(node.text) if field is named[0] else form(field.type)}"
        for field in required
    )
    return Proposal(f"{{{', '.join(fields)}}}", sure=False)


def of_path(text: str, hint: inspect.UnionType) -> Proposal | None:
    """A folder, where an id may stand or fields with a `path:`."""
    paths = any(
        field.encode_name == "path"
        for arm in map(bare, hint.types)
        if isinstance(arm, inspect.StructType)
        for field in arm.fields
    )
    return (
        Proposal(f"{{path: {inline(text.replace(chr(92), '/'))}}}", sure="\\" not in text)
        if paths and _FOLDER.fullmatch(text)
        else None
    )


def _joined(node: Sequence, hint: inspect.Type) -> Proposal | None:
    """The lines of an address, written as a list, as the one text that they make."""
    texts = [entry.text for entry in node.entries if isinstance(entry, Scalar) and entry.text]
    whole = ", ".join(text.rstrip(",") for text in texts)
    if len(texts) < len(node.entries) or not is_leaf(hint) or "\n" in whole or not fits(hint, whole):
        return None
    return Proposal(inline(whole), sure=False) if fits(hint, "any, other: text") else None


def _unwrapped(text: str, node: Sequence, hint: inspect.Type) -> Proposal | None:
    """A list where one text belongs."""
    entries = [entry for entry in node.entries if isinstance(entry, Scalar) and entry.text]
    if len(entries) != len(node.entries) or not entries or not is_leaf(hint):
        return None
    one = len(entries) == 1
    whole = entries[0].text if one else text[1:-1].strip()
    # Nothing else may stand in the brackets, such as an anchor.
    alone = text[1:-1].strip() == text[entries[0].start - node.start : entries[0].end - node.start]
    return Proposal(inline(whole), sure=one) if fits(hint, whole) and alone == one else None


def of_form(text: str, hint: inspect.Type) -> Proposal | None:
    """The same text in the form that a leaf asks for, if it is plain what that is."""
    if len(text) > _LONGEST:
        return None
    found = next((meant for meant in _spellings(text.strip(), hint) if fits(hint, meant.text)), None)
    return (
        Proposal(inline(found.text) if found.text.startswith("#") else found.text, found.sure)
        if found
        else None
    )


def _spellings(text: str, hint: inspect.Type) -> Iterator[Proposal]:
    if not is_leaf(hint) or isinstance(hint, inspect.LiteralType):
        return
    if "://" in text and fits(hint, "library:id"):
        return  # no id is made of an address
    if fits(hint, "media/a.jpg"):
        yield Proposal(re.sub(r"\s+", "-", text.replace("\\", "/")), sure=False)
    if fits(hint, "library:id") and text.endswith((".yaml", ".yml")):
        yield Proposal(re.split(r"[/\\]", text)[-1].rpartition(".")[0], sure=False)
    yield from _dates(text)
    if re.fullmatch(r"-?[0-9]{1,3}(?:[ _'\u2019\u00a0\u202f][0-9]{3})+", text):
        yield Proposal(re.sub(r"[^-0-9]", "", text), sure=True)
    if not fits(hint, "a-b"):  # of words a name is made in another way
        yield Proposal(re.sub(r"[£€$%\s]", "", text), sure=False)
    simple = bool(re.fullmatch(r"[A-Za-z0-9]+(?:[ _-]+[A-Za-z0-9]+)*", text))
    words = re.findall(r"[a-z0-9]+", without_accents(text))
    # The id of a record must be that of one that is there, which nobody knows here; and many words may be meant for another field.
    sure = simple and not fits(hint, "library:id") and len(words) <= _WORDS
    yield Proposal(text.replace("_", "-"), sure)
    yield Proposal("-".join(words), sure)
    yield Proposal("_".join(words), sure=simple)
    yield Proposal(text.upper(), sure=True)
    yield Proposal("#" + text, sure=True)
    yield Proposal(re.sub(r"^https?://|/$", "", text), sure=True)
    if "." in text:
        yield Proposal("https://" + text, sure=False)
    yield Proposal(f"media/{text}", sure=False)


def _dates(text: str) -> Iterator[Proposal]:
    """A day or month as people write it elsewhere. `1/2/2026` is the first of February in one country and the second of January in another."""
    numbers = re.fullmatch(r"([0-9]{1,4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,4}))?", text)
    if numbers and len(numbers[1]) == 4:  # noqa: PLR2004 - the digits of a year
        day = f"-{numbers[4]:0>2}" if numbers[4] else ""
        yield Proposal(f"{numbers[1]}-{numbers[3]:0>2}{day}", sure=True)
    elif numbers and numbers[4] and len(numbers[4]) == 4:  # noqa: PLR2004 - the digits of a year
        sure = numbers[2] == "." or int(numbers[1]) > 12 or numbers[1] == numbers[3]  # noqa: PLR2004 - months
        yield Proposal(f"{numbers[4]}-{numbers[3]:0>2}-{numbers[1]:0>2}", sure=sure)
    words = re.findall(r"[a-z]+|[0-9]+", text.lower().replace("of", ""))
    months = [word for word in words if word[:3] in _MONTHS]
    years = [word for word in words if re.fullmatch(r"[0-9]{4}", word)]
    days = [word for word in words if re.fullmatch(r"[0-9]{1,2}", word)]
    if len(months) == 1 and len(years) == 1 and len(days) <= 1:
        month = f"{_MONTHS.index(months[0][:3]) + 1:02}"
        kept = {*months, *years, *days, "st", "nd", "rd", "th"}
        yield Proposal("-".join([years[0], month, *(f"{day:0>2}" for day in days)]), sure={*words} <= kept)
