"""Faults of YAML itself: what cannot be read, and what YAML allows but people do not mean."""

from manifesto_cli.faults.diagnostic import Diagnostic, Label, error
from manifesto_cli.faults.source import Span


def yaml_colon(at: Span, help: str) -> Diagnostic:
    """A colon followed by a space stands inside a text without quotes.

    To YAML `: ` ends a name. In `title: Safer streets: a plan` it cannot tell which colon is meant.

    Mend it by putting the text in double quotes: `title: "Safer streets: a plan"`.
    """
    return error(
        "yaml-colon",
        "a colon and a space stand inside a text without quotes",
        at,
        "YAML takes this for the end of a name",
        help=help,
    )


def yaml_tab(at: Span) -> Diagnostic:
    """A line is indented with a tab.

    YAML is indented with spaces only, because editors do not agree how wide a tab is.

    Mend it by replacing each tab at the start of the line with two spaces; most editors can be told to do so.
    """
    return error(
        "yaml-tab",
        "a tab stands where YAML needs spaces",
        at,
        "a tab",
        help="replace the tab with spaces, two for each step",
    )


def yaml_quote(at: Span, mark: str) -> Diagnostic:
    r"""A text starts with a quotation mark that is never closed.

    Inside single quotes an apostrophe is written twice (`'it''s'`); inside double quotes a quotation mark is written `\"`.

    Mend it by adding the closing mark, or by writing the text as a block: `name: |` with the text on the next lines, indented.
    """
    return error(
        "yaml-quote",
        "a quotation mark is opened and never closed",
        at,
        "opened here",
        help=f"add the closing {mark} at the end of the text",
    )


def yaml_after_quote(at: Span, help: str) -> Diagnostic:
    """Something follows the quotation mark that closes a text.

    `title: "Safer" streets` and `title: 'It's time'` both end the text too early.

    Mend it by quoting the whole text; inside single quotes an apostrophe is written twice: `'It''s time'`.
    """
    return error(
        "yaml-after-quote",
        "the text goes on after its closing quotation mark",
        at,
        "the quotation ended before this",
        help=help,
    )


def yaml_bracket(at: Span, mark: str) -> Diagnostic:
    """A list in `[…]` or a group of fields in `{…}` is never closed.

    Mend it by adding the closing bracket, or by writing one entry a line, each after `- `.
    """
    return error(
        "yaml-bracket",
        "a bracket is opened and never closed",
        at,
        "opened here",
        help=f"add the closing {mark}",
    )


def yaml_start(at: Span, help: str) -> Diagnostic:
    """A text without quotes starts with a character that means something else to YAML.

    That is so for ``@ ` % ! & * | > [ ] { } , # ? - :`` and for quotation marks.

    Mend it by putting the text in double quotes.
    """
    return error(
        "yaml-start",
        f"a text without quotes cannot start with `{at.text}`",
        at,
        "this means something else to YAML",
        help=help,
    )


def yaml_indentation(at: Span) -> Diagnostic:
    """A line is not indented like the lines it belongs to.

    Fields of one record start in the same column; what belongs to a field is indented two spaces more than its name.

    Mend it by lining the text up with its neighbours.
    """
    return error(
        "yaml-indentation",
        "this line does not fit the lines around it",
        at,
        "neither a name with a colon, nor in line with what stands above",
        help="line it up with the field it belongs to, or indent it by two spaces more to continue the text above",
    )


def yaml_escape(at: Span) -> Diagnostic:
    r"""A backslash in double quotes is followed by something that is no escape.

    In double quotes a backslash starts an escape such as `\n` or `\"`.

    Mend it by writing two backslashes for one, or by using single quotes, in which a backslash is only itself.
    """
    return error(
        "yaml-escape",
        "a backslash in double quotes starts no known escape",
        at,
        "not an escape",
        help="write `\\\\` for a backslash, or use single quotes",
    )


def yaml_syntax(at: Span, problem: str) -> Diagnostic:
    """The file is not YAML, in a way for which there is no better message.

    Most often a colon, a dash, a quotation mark or the indentation near the place shown is not as it should be.

    Mend it by comparing the lines around with another file of the same kind.
    """
    return error(
        "yaml-syntax",
        "this cannot be read as YAML",
        at,
        problem,
        help="compare the lines around it with another file of this kind",
    )


def yaml_directive(at: Span) -> Diagnostic:
    """A file starts with a line such as `%YAML 1.2`.

    Mend it by deleting that line and the `---` below it.
    """
    return error(
        "yaml-directive",
        "lines that start with `%` are not used",
        at,
        "a directive to YAML",
        help="delete this line",
    )


def yaml_anchor(at: Span, word: str) -> Diagnostic:
    """A text starts with `&` and a name: an anchor, YAML's way to use a value twice.

    Anchors are not read, so that every record says what it says in its own place.

    Mend it by quoting the text if the `&` is meant, else by deleting the anchor and writing the value wherever it is used.
    """
    return error(
        "yaml-anchor",
        "anchors are not used",
        at,
        "YAML takes this for an anchor",
        help=f'delete it, or quote the text if it is one: "{word} …"',
    )


def yaml_alias(at: Span) -> Diagnostic:
    """A text starts with `*` and a name: an alias, which stands for a value given elsewhere.

    Aliases are not read: a few lines of them can stand for more text than fits into any memory.

    Mend it by quoting the text if the `*` is meant, else by writing the value out.
    """
    return error(
        "yaml-alias",
        "aliases are not used",
        at,
        "YAML takes this for an alias",
        help=f'write the value itself, or quote the text if it is one: "{at.text}"',
    )


def yaml_tag(at: Span, word: str) -> Diagnostic:
    """A text starts with `!`: a tag, YAML's way to give a value a type.

    Tags are not read. What kind of value a field takes is known from the field.

    Mend it by quoting the text if the `!` is meant, else by deleting the tag.
    """
    return error(
        "yaml-tag",
        "tags are not used",
        at,
        "YAML takes this for a tag",
        help=f'delete it, or quote the text if it is one: "{word} …"',
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
        help="move what follows into a file of its own",
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


def unnamed_value(at: Span) -> Diagnostic:
    """A value stands where the name of a field should be.

    Mend it by writing a name and a colon before the value.
    """
    return error(
        "unnamed-value",
        "a field without a name",
        at,
        "expected a name and a colon",
        help="write the field's name and a colon before the value",
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
