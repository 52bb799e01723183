"""Faults of YAML itself: what cannot be read."""

from manifesto_cli.faults.diagnostic import Diagnostic, Fix, Label, error
from manifesto_cli.faults.source import Span


def yaml_colon(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
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
        fix=fix,
    )


def yaml_tab(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
    """A line is indented with a tab.

    YAML is indented with spaces only, because editors do not agree how wide a tab is.

    Mend it by replacing each tab at the start of the line with two spaces; most editors can be told to do so.
    """
    return error(
        "yaml-tab",
        "a tab stands where YAML needs spaces",
        at,
        "a tab",
        help=help,
        fix=fix,
    )


def yaml_quote(at: Span, help: str) -> Diagnostic:
    r"""A text starts with a quotation mark that is never closed.

    Inside single quotes an apostrophe is written twice (`'it''s'`); inside double quotes a quotation mark is written `\"`.

    Mend it by adding the closing mark, or by writing the text as a block: `name: |` with the text on the next lines, indented.
    """
    return error(
        "yaml-quote",
        "a quotation mark is opened and never closed",
        at,
        "opened here",
        help=help,
    )


def yaml_after_quote(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
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
        fix=fix,
    )


def yaml_bracket(at: Span, help: str) -> Diagnostic:
    """A list in `[…]` or a group of fields in `{…}` is never closed.

    Mend it by adding the closing bracket, or by writing one entry a line, each after `- `.
    """
    return error(
        "yaml-bracket",
        "a bracket is opened and never closed",
        at,
        "opened here",
        help=help,
    )


def yaml_brackets(at: Span, label: str, help: str, fix: Fix | None = None) -> Diagnostic:
    """Something stands in a list in `[…]` or a group in `{…}`, or behind one, that does not fit there.

    Inside brackets a comma stands between two entries, and a text that holds a comma, a colon or a bracket needs quotes.

    Mend it by putting the text in quotes, or by writing one entry a line, each after `- `.
    """
    return error(
        "yaml-brackets",
        "the brackets around this do not match what is in them",
        at,
        label,
        help=help,
        fix=fix,
    )


def yaml_dash(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
    """An entry of a list has no space after its dash.

    To YAML `-youth` is a text that starts with a dash.

    Mend it by putting a space after the dash.
    """
    return error("yaml-dash", "a dash needs a space after it", at, "no space behind it", help=help, fix=fix)


def yaml_no_colon(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
    """The name of a field is not followed by a colon and a space.

    `title:Safer streets`, `title = Safer streets` and the wide colon of Chinese and Japanese keyboards are no fields to YAML.

    Mend it by writing a plain colon and a space after the name.
    """
    return error(
        "yaml-no-colon",
        "a field's name needs a colon and a space after it",
        at,
        "not a colon and a space",
        help=help,
        fix=fix,
    )


def yaml_space(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
    """A space that is no plain one stands where YAML needs plain ones.

    No-break spaces come with text that is copied from web pages and word processors. They look like spaces, but to
    YAML they are letters.

    Mend it by deleting them and typing plain spaces.
    """
    return error(
        "yaml-space",
        "a no-break space stands where YAML needs a plain one",
        at,
        "looks like a space, but is none to YAML",
        help=help,
        fix=fix,
    )


def yaml_block(at: Span, header: str, help: str, fix: Fix | None = None) -> Diagnostic:
    """A line of a block of text is not indented like the block.

    All lines below `name: |` that belong to the text are indented by the same number of spaces, at least one more than the name.

    Mend it by indenting the line like the first line of the block.
    """
    return error(
        "yaml-block",
        f"this line is not indented like the text below `{header}`",
        at,
        "stands too far to the left",
        help=help,
        fix=fix,
    )


def yaml_start(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
    """A text without quotes starts with a character that means something else to YAML.

    That is so for ``@ ` % ! & * | > [ ] { } , # ? - :`` and for quotation marks.

    Mend it by putting the text in double quotes.
    """
    return error(
        "yaml-start",
        f"a text without quotes cannot start with {'a backtick' if at.text == '`' else f'`{at.text}`'}",
        at,
        "this means something else to YAML",
        help=help,
        fix=fix,
    )


def yaml_indentation(at: Span, help: str = "") -> Diagnostic:
    """A line is not indented like the lines it belongs to.

    Fields of one record start in the same column; what belongs to a field is indented two spaces more than its name.

    Mend it by lining the text up with its neighbours.
    """
    return error(
        "yaml-indentation",
        "this line does not fit the lines around it",
        at,
        "neither a name with a colon, nor in line with what stands above",
        help=help
        or "line it up with the field it belongs to, or indent it by two spaces more to continue the text above",
    )


def yaml_escape(at: Span, help: str, fix: Fix | None = None) -> Diagnostic:
    r"""A backslash in double quotes is followed by something that is no escape.

    In double quotes a backslash starts an escape such as `\n` or `\"`.

    Mend it by writing two backslashes for one, or by using single quotes, in which a backslash is only itself.
    """
    return error(
        "yaml-escape",
        "a backslash in double quotes starts no known escape",
        at,
        "not an escape",
        help=help,
        fix=fix,
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


def yaml_directive(at: Span, fix: Fix | None = None) -> Diagnostic:
    """A file starts with a line such as `%YAML 1.2`.

    Mend it by deleting that line and the `---` below it.
    """
    return error(
        "yaml-directive",
        "lines that start with `%` are not used",
        at,
        "a directive to YAML",
        help="delete this line",
        fix=fix,
    )


def merge_conflict(at: Span, *others: Span) -> Diagnostic:
    """Git could not put together what two people changed, and left both versions in the file.

    One version stands between `<<<<<<<` and `=======`, the other between `=======` and `>>>>>>>`. Until one is chosen the file says two things
    at once, so nothing in it is read.

    Mend it by keeping the lines that are wanted, of one version or of both, and by deleting the lines with the marks. Then save the file and tell
    git with `git add`.
    """
    marks = {"|": "what both started from stands below", "=": "the other stands below", ">": "and ends here"}
    return error(
        "merge-conflict",
        "git has left " + ("two versions of the same lines" if others else "a line of its own") + " here",
        at,
        "one stands below" if others else "a line that git wrote",
        others=tuple(Label(mark, marks.get(mark.text[0], "one stands below")) for mark in others),
        help="keep the lines that are wanted, and delete "
        + ("the others, with all lines that git wrote" if others else "this one"),
    )
