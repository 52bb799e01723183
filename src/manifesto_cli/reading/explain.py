"""Why a tree does not fit its model: every fault at once, each at the smallest place, in a reader's words."""

from collections.abc import Iterator
from itertools import islice

import msgspec
from msgspec import inspect

from manifesto_cli.faults.catalogue import fields
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Fix
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.faults.source import Edit, SourceFile, Span
from manifesto_cli.model.record import Record
from manifesto_cli.reading.comments import cut_off
from manifesto_cli.reading.hints import bare, described, fits, form, is_unset, taken_apart
from manifesto_cli.reading.nodes import Broken, Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.origin import place
from manifesto_cli.reading.proposals import of_form, of_kind, of_path
from manifesto_cli.reading.trying import Mended, in_quotes, proposal

_MOST = 100
"""A file with more faults than this has one cause, and shows it well before."""
_TEXT = Scalar("", 0, 0, "")
_SHOWN = 40
"""A longer text is cut in messages."""


def model_faults(source: SourceFile, tree: Node, model: type[Record], where: str) -> Faults:
    """Every place at which the tree is not what the model asks for. Empty only if some part is `Broken`."""
    faults = _node(source, tree, inspect.type_info(model), where, place(source, tree))
    return tuple(islice(faults, _MOST))


def _node(source: SourceFile, node: Node, hint: inspect.Type, name: str, at: Span) -> Iterator[Diagnostic]:
    """The faults of one node; `at` is the name it goes by, for when the node itself is a poor place to point at."""
    hint, expected = taken_apart(hint)
    if isinstance(node, Broken):
        return
    if isinstance(hint, inspect.UnionType):
        yield from _union(source, node, hint, name, at)
    elif not _takes(hint, node):
        yield _kind(source, node, hint, name, at)
    elif isinstance(hint, inspect.StructType) and isinstance(node, Mapping):
        yield from _fields(source, node, hint, name)
    elif isinstance(hint, inspect.VarTupleType) and isinstance(node, Sequence):
        yield from _entries(source, node, hint, name)
    elif isinstance(hint, inspect.DictType) and isinstance(node, Mapping):
        yield from _names(source, node, hint, name)
    elif isinstance(node, Scalar):
        yield from _leaf(source, node, hint, name, expected)


def _fields(source: SourceFile, node: Mapping, hint: inspect.StructType, where: str) -> Iterator[Diagnostic]:
    known = {field.encode_name: field for field in hint.fields}
    misspelt: set[str] = set()
    for name, entry in node.entries.items():
        at = source.span(entry.key.start, entry.key.end)
        if name not in known:
            meant = nearest(
                name.replace("-", "_").lower(), [field for field in known if field not in node.entries]
            )
            misspelt.add(meant)
            home = "" if meant == slip(name, known) and meant else _home(name, hint)
            yield fields.unknown_field(at, _shown(name), where, meant, tuple(known), home)
        elif not _absent(entry.value):
            yield from _node(source, entry.value, known[name].type, f"`{name}:`", at)
    for name, field in known.items():
        if field.required and name not in misspelt:
            given = node.entries.get(name)
            if given is None or _absent(given.value):
                at = source.span(given.key.start, given.key.end) if given is not None else place(source, node)
                only = isinstance(bare(field.type), inspect.LiteralType) and form(field.type) != "…"
                yield fields.missing_field(
                    at, name, where, _sentence(field.type), form(field.type), only=only
                )


def _home(name: str, hint: inspect.StructType) -> str:
    """For a field that stands one level too far out: the group of fields that has it, if only one does.

    A group that has the field of its own counts before those that may only replace a record's.
    """
    own: list[str] = []
    replacing: list[str] = []
    for field in hint.fields:
        for arm in _arms(field.type):
            entry = isinstance(arm, inspect.VarTupleType)
            inner = _arms(arm.item_type) if isinstance(arm, inspect.VarTupleType) else (arm,)
            for group in inner:
                there = _field(group, name)
                if there:
                    homes = own if there.required or _has_default(there) else replacing
                    homes.append(
                        f"an entry of `{field.encode_name}:`" if entry else f"`{field.encode_name}:`"
                    )
    homes = own or replacing
    return homes[0] if len(homes) == 1 else ""


def _field(group: inspect.Type, name: str) -> inspect.Field | None:
    fields_of = group.fields if isinstance(group, inspect.StructType) else ()
    return next((field for field in fields_of if field.encode_name == name), None)


def _has_default(field: inspect.Field) -> bool:
    return field.default is not msgspec.NODEFAULT or field.default_factory is not msgspec.NODEFAULT


def _arms(hint: inspect.Type) -> tuple[inspect.Type, ...]:
    inner = bare(hint)
    return tuple(map(bare, inner.types)) if isinstance(inner, inspect.UnionType) else (inner,)


def _absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.absent


def _entries(
    source: SourceFile, node: Sequence, hint: inspect.VarTupleType, name: str
) -> Iterator[Diagnostic]:
    for entry in node.entries:
        at = place(source, entry)
        if isinstance(entry, Scalar) and entry.absent:
            dash = source.text.rfind("-", node.start, entry.start)
            fault = fields.empty_entry(source.span(dash, dash + 1) if dash >= 0 else at, name)
            meant = cut_off(source, dash) if dash >= 0 else None
            if meant:
                help, fix = proposal("put the text in quotes", meant)
                fault = msgspec.structs.replace(fault, help=help, fix=fix)
            yield fault
        else:
            yield from _node(source, entry, hint.item_type, f"an entry of {name}", at)


def _names(source: SourceFile, node: Mapping, hint: inspect.DictType, name: str) -> Iterator[Diagnostic]:
    for entry in node.entries.values():
        at = source.span(entry.key.start, entry.key.end)
        yield from _node(source, entry.key, hint.key_type, f"a name in {name}", at)
        if not _absent(entry.value):
            for fault in _node(source, entry.value, hint.value_type, f"`{entry.key.text}:`", at):
                outside = (
                    fault.code == "wrong-kind" and "\n" in source.text[entry.value.start : entry.value.end]
                )
                help = f"{fault.help}; if it is a field beside {name}, start its line below {name}"
                yield msgspec.structs.replace(fault, help=help, fix=None) if outside else fault


def _union(
    source: SourceFile, node: Node, hint: inspect.UnionType, name: str, at: Span
) -> Iterator[Diagnostic]:
    arms = [arm for arm in hint.types if not isinstance(arm, inspect.NoneType) and not is_unset(arm)]
    fitting = [arm for arm in arms if _takes(bare(arm), node)]
    if fitting and len(arms) > 1 and isinstance(node, Scalar) and _is_other_word(fitting[0], node.text):
        # One word that stands for something, where otherwise a list belongs: this is not that word misspelt.
        yield _kind(source, node, inspect.UnionType(tuple(arms)), name, at)
    elif isinstance(node, Scalar) and (folder := of_path(node.text, inspect.UnionType(tuple(arms)))):
        fix = Fix((Edit(node.start, node.end, folder.text),)) if folder.sure else None
        wanted = described(inspect.UnionType(tuple(arms)))
        yield fields.wrong_kind(at, name, "a folder", wanted, f"write `{folder.text}`", fix)
    elif fitting or len(arms) == 1:
        yield from _node(source, node, (fitting or arms)[0], name, at)
    else:
        yield _kind(source, node, inspect.UnionType(tuple(arms)), name, at)


def _is_other_word(hint: inspect.Type, text: str) -> bool:
    """Whether a text is none of the words that a type knows, nor like one of them."""
    words = bare(hint)
    return (
        isinstance(words, inspect.LiteralType)
        and text not in words.values
        and not nearest(text.lower(), [str(value) for value in words.values])
    )


def _leaf(
    source: SourceFile, node: Scalar, hint: inspect.Type, name: str, expected: str
) -> Iterator[Diagnostic]:
    if isinstance(hint, inspect.LiteralType):
        if node.text not in hint.values:
            choices = tuple(str(value) for value in hint.values)
            near = nearest(node.text, choices, 0.5)
            yield fields.wrong_choice(place(source, node), name, _shown(node.text), near, choices)
        return
    if not fits(hint, node.text):
        words = expected or getattr(getattr(hint, "cls", None), "expected", "") or "another form of text"
        meant = of_form(node.text, hint)
        fault = fields.wrong_value(
            place(source, node),
            name,
            _shown(node.text),
            words,
            meant.text if meant else "",
            sure=bool(meant and meant.sure and node.style not in ("|", ">")),
        )
        document = "" if meant else _of_document(name, node.text)
        yield msgspec.structs.replace(fault, help=document) if document else fault


def _of_document(name: str, url: str = "") -> str:
    """For a document that is described where its id belongs: where to describe it."""
    if name != "`source:`":
        return ""
    address = f"url: {url}" if "://" in url else "url: …"
    return f"write the id that the document has in `sources.yaml`; a new one is added there as `some-id: {{title: …, {address}}}`"


def _kind(source: SourceFile, node: Node, hint: inspect.Type, name: str, at: Span) -> Diagnostic:
    found = {Scalar: "a text", Sequence: "a list", Mapping: "a group of fields"}[type(node)]
    spot = place(source, node) if isinstance(node, Scalar) else at
    written = source.text[node.start : node.end]
    if isinstance(hint, inspect.StructType) and isinstance(node, Sequence) and written.startswith("- "):
        first = node.entries[0] if len(node.entries) == 1 else None
        if isinstance(first, Mapping) and first.entries:
            fix = Fix((Edit(node.start, node.start + 1, " "),))
            help = f"write a space in place of the dash before `{next(iter(first.entries))}:`"
            return fields.wrong_kind(spot, name, found, described(hint), help, fix)
    document = _of_document(name) if isinstance(node, Mapping) else ""
    if document:
        return fields.wrong_kind(spot, name, found, described(hint), document)
    meant = of_kind(written, node, hint)
    if meant:
        # A whole file that is one text may be anything.
        sure = meant.sure and (bool(_named(name)) or name.startswith("an entry"))
        whole = Fix((Edit(node.start, node.end, meant.text),)) if sure else None
        arms = hint.types if isinstance(hint, inspect.UnionType) else ()
        words = [word for arm in arms if isinstance(arm, inspect.LiteralType) for word in arm.values]
        help = " or ".join(
            f"`{_named(name)}{form}`" for form in dict.fromkeys([meant.text, *map(str, words)])
        )
        help = f"write {help}"
        return fields.wrong_kind(spot, name, found, described(hint), help, whole)
    one_line = _in_one_text(source, node, hint)
    if one_line:
        return fields.wrong_kind(
            spot, name, found, described(hint), *proposal("put the text in quotes", one_line)
        )
    return fields.wrong_kind(spot, name, found, described(hint), _example(hint, node, name))


def _in_one_text(source: SourceFile, node: Node, hint: inspect.Type) -> Mended | None:
    """For a text with a colon in it, which YAML takes for a field with a value: the line with it in quotes."""
    if not isinstance(node, Mapping) or len(node.entries) != 1 or not _takes(bare(hint), _TEXT):
        return None
    (entry,) = node.entries.values()
    start, end = entry.key.start, max(entry.value.end, entry.key.end + 1)
    if (
        not isinstance(entry.value, Scalar)
        or entry.value.style
        or source.text[node.start : start]
        or "\n" in source.text[start:end]
    ):
        return None
    return in_quotes(source, start, end)


def _example(hint: inspect.Type, node: Node, name: str) -> str:
    hint = bare(hint)
    field = _named(name)
    below = f" below {name}" if field else ""
    if isinstance(hint, inspect.VarTupleType) and isinstance(node, Mapping) and node.entries:
        first = next(iter(node.entries))
        return f"write `- ` before `{first}:`, and two more spaces before each line below it"
    if isinstance(hint, inspect.VarTupleType):
        return f"write `{field}{form(hint)}`, or one entry a line, each after `- `"
    if isinstance(hint, inspect.StructType | inspect.DictType) and isinstance(node, Sequence):
        return f"delete the dashes or brackets, and write one field a line{below}, such as `{_first(hint)}`"
    if isinstance(hint, inspect.StructType | inspect.DictType):
        return f"write one field a line{below}, such as `{_first(hint)}`"
    if isinstance(node, Mapping):
        return f'write one text; if it holds a colon, put it in quotes: `{field}"…"`'
    return (
        f"write {described(hint)}" if isinstance(hint, inspect.UnionType) else f"write one text: `{field}…`"
    )


def _named(name: str) -> str:
    """What to type before the value: the field's name, or nothing for what has none of its own."""
    return name.strip("`") + " " if name.startswith("`") and name.endswith(":`") else ""


def _first(hint: inspect.Type) -> str:
    """The field that a group of fields cannot do without, or one that it can have."""
    if not isinstance(hint, inspect.StructType):
        return f"name: {form(hint.value_type)}" if isinstance(hint, inspect.DictType) else "name: …"
    field = next((field for field in hint.fields if field.required), hint.fields[0])
    return f"{field.encode_name}: {form(field.type)}"


def _takes(hint: inspect.Type, node: Node) -> bool:
    if isinstance(hint, inspect.StructType | inspect.DictType):
        return isinstance(node, Mapping)
    if isinstance(hint, inspect.VarTupleType):
        return isinstance(node, Sequence)
    return isinstance(node, Scalar)


def _sentence(hint: inspect.Type) -> str:
    return (
        str((hint.extra_json_schema or {}).get("description", ""))
        if isinstance(hint, inspect.Metadata)
        else ""
    )


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
