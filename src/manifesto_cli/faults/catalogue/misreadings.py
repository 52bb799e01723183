"""Faults of what YAML allows: it reads it otherwise than people mean it, or it is not read here."""

from manifesto_cli.faults.diagnostic import Diagnostic, Fix, Label, error, warning
from manifesto_cli.faults.source import Span


def yaml_comma(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
    """A comma inside brackets cuts a text in two.

    In `{name: Farm, Limited}` YAML takes `Limited` for the name of another field, and in `[((a, b))]` it sees two entries.

    Mend it by putting the text in quotes: `{name: "Farm, Limited"}`.
    """
    return error(
        "yaml-comma",
        "a comma inside brackets cuts a text in two",
        at,
        "YAML takes this for something of its own",
        help=help,
        fix=fix,
    )


def yaml_comment(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
    """A `#` follows a text, a comma or a bracket directly, and cuts the rest of the line off.

    A comment starts with a `#` that has a space before it. YAML parsers do not agree on what others are.

    Mend it by putting the text in quotes if the `#` belongs to it, else by putting a space before the `#`.
    """
    return error(
        "yaml-comment",
        "a `#` cuts the rest of the line off",
        at,
        "YAML takes this for a comment",
        help=help,
        fix=fix,
    )


def yaml_hash(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
    """A text holds a space and a `#`, and YAML does not read on from there.

    To YAML, `#` after a space starts a comment: `title: Plan #1` says only `Plan`, and `accent: #7a1f5c` says nothing.
    Comments that are meant as such have a space after the `#`.

    Mend it by putting the text in quotes: `title: "Plan #1"`. If it is a comment, put a space after the `#`.
    """
    return warning(
        "yaml-hash",
        "a `#` cuts the rest of the line off",
        at,
        "YAML takes this for a comment",
        help=help,
        fix=fix,
    )


def yaml_list(at: Span, name: str, help: str) -> Diagnostic:
    """A list starts below a text.

    A field has one value: a text, or a list. With a text behind its name, YAML reads the lines below as more of that
    text, dashes and all, or not at all.

    Mend it by deleting the text behind the name, or by making it the first entry of the list.
    """
    return error(
        "yaml-list",
        f"a list stands below the text of {name}",
        at,
        "not read as an entry",
        help=help,
    )


def yaml_anchor(at: Span, help: str) -> Diagnostic:
    """A text starts with `&` and a name: an anchor, YAML's way to use a value twice.

    Anchors are not read, so that every record says what it says in its own place.

    Mend it by quoting the text if the `&` is meant, else by deleting the anchor and writing the value wherever it is used.
    """
    return error(
        "yaml-anchor",
        "anchors are not used",
        at,
        "YAML takes this for an anchor",
        help=help,
    )


def yaml_alias(at: Span, help: str) -> Diagnostic:
    """A text starts with `*` and a name: an alias, which stands for a value given elsewhere.

    Aliases are not read: a few lines of them can stand for more text than fits into any memory.

    Mend it by quoting the text if the `*` is meant, else by writing the value out.
    """
    return error(
        "yaml-alias",
        "aliases are not used",
        at,
        "YAML takes this for an alias",
        help=help,
    )


def yaml_tag(at: Span, help: str) -> Diagnostic:
    """A text starts with `!`: a tag, YAML's way to give a value a type.

    Tags are not read. What kind of value a field takes is known from the field.

    Mend it by quoting the text if the `!` is meant, else by deleting the tag.
    """
    return error(
        "yaml-tag",
        "tags are not used",
        at,
        "YAML takes this for a tag",
        help=help,
    )


def several_documents(at: Span) -> Diagnostic:
    """A file holds a second document after `---`.

    Each file holds one record.

    Mend it by moving what follows into a file of its own; if the line is meant as a rule in Markdown, indent it like the text around it.
    """
    return error(
        "several-documents",
        "a second document starts here",
        at,
        "each file holds one",
        help="move what follows into a file of its own"
        + (
            "; if it is a text, delete this line, and indent the text below `body: |`"
            if at.text == "---"
            else ""
        ),
    )


def duplicate_key(at: Span, first: Span, name: str) -> Diagnostic:
    """A field is given twice in one place.

    YAML would quietly forget one of the two.

    Mend it by deleting or renaming one.
    """
    return error(
        "duplicate-key",
        f"`{name}:` is given twice",
        at,
        "given again here",
        others=(Label(first, "first given here"),),
        help="keep one of the two",
    )


def unnamed_value(at: Span, help: str = "", fix: Fix | None = None) -> Diagnostic:
    """A value stands where the name of a field should be.

    Mend it by writing a name and a colon before the value.
    """
    return error(
        "unnamed-value",
        "a field without a name",
        at,
        "expected a name and a colon",
        help=help or "write the field's name and a colon before the value",
        fix=fix,
    )


def nested_too_deep(at: Span, limit: int) -> Diagnostic:
    """Lists or fields lie inside each other too many times.

    No format here needs more than a handful of levels; 64 are read.

    Mend it by looking for brackets or dashes that were typed by accident.
    """
    return error(
        "nested-too-deep",
        f"this lies inside more than {limit} others",
        at,
        "one level too many",
        help="remove brackets or dashes that were typed by accident",
    )


def too_many_values(at: Span, limit: int) -> Diagnostic:
    """A file holds more values than any record needs.

    Mend it by splitting the file.
    """
    return error(
        "too-many-values",
        f"this file holds more than {limit:,} values",
        at,
        "not read from here on",
        help="split the file",
    )


def forbidden_escape(at: Span, name: str) -> Diagnostic:
    """An escape in double quotes stands for a character that has no place in a text.

    See `forbidden-character` for which these are.

    Mend it by deleting the escape.
    """
    return error(
        "forbidden-escape",
        f"an escape stands for {name}, which has no place in a text",
        at,
        "in this text",
        help="delete the escape",
    )
