"""Faults of Markdown: what cannot be published as it stands."""

import re

from manifesto_cli.faults.diagnostic import Diagnostic, Fix, error, warning
from manifesto_cli.faults.mending import renamed
from manifesto_cli.faults.source import Edit, Span

_MARKDOWN = {
    "**…**": ("b", "strong"),
    "*…*": ("i", "em"),
    "[words](https://…)": ("a",),
    "- …": ("ul", "ol", "li"),
    "> …": ("blockquote",),
    "## …": ("h1", "h2", "h3", "h4", "h5", "h6"),
    "![what it shows](media/NAME.jpg)": ("img",),
    "***": ("hr",),
}
"""What stands for a tag in Markdown."""
_SHOWN = 80


def raw_html(at: Span) -> Diagnostic:
    """A text holds HTML.

    HTML would not survive in every form a manifesto is published in, and a library that comes from a stranger
    could use it to put anything onto the page. Comments (`<!-- … -->`) count too: use a YAML comment outside the text.

    Mend it by writing the same in Markdown; if angle brackets are meant as such, write `&lt;` for the first, or put the text between backticks.
    """
    return error(
        "raw-html",
        "HTML is not allowed in a text",
        at,
        "this is HTML",
        help=_instead(at),
    )


def _instead(at: Span) -> str:
    html = at.text
    tag = html.strip("</> \t").partition(" ")[0].partition(">")[0].lower()
    shown = " (to show it as it is, put it between backticks)"
    meant = next((markdown for markdown, tags in _MARKDOWN.items() if tag in tags), "")
    if html.startswith("<!--"):
        return "delete it; for a remark to yourself, start a line outside the text with `# `"
    if tag == "br":
        return "delete it, and end the line with a backslash" + shown
    if tag in ("p", "div", "span"):
        return f"delete `<{tag}>` and `</{tag}>`; an empty line starts a new paragraph" + shown
    words, end, _ = at.source.text[at.end : at.end + _SHOWN].partition(f"</{tag}>")
    if end and "\n" not in words and "*" in meant:
        meant = meant.replace("…", words)
    address = re.search(r"href=[\"']?(https?://[^\s\"'<>]+)", html)
    if end and address and tag == "a":
        meant = f"[{words}]({address[1]})"
    return (
        f"write `{meant}` instead" + shown if meant else "write it in Markdown, or put it between backticks"
    )


def dangerous_link(at: Span, scheme: str) -> Diagnostic:
    """A link leads to something other than a page, an e-mail address or a telephone number.

    Allowed are addresses that start with `https://`, `http://`, `mailto:` or `tel:`, and links to records. Others, such as
    `javascript:` and `data:`, can run code in the reader's browser. What fills a placeholder in a link is looked at too.

    Mend it by linking to a page, or by deleting the link and leaving its words.
    """
    return error(
        "dangerous-link",
        f"a link cannot start with `{scheme}`",
        at,
        "leads somewhere unsafe",
        help="write an address that starts with `https://`, or delete the link and leave its words",
    )


def broken_link(at: Span, target: str, why: str, help: str, meant: str = "") -> Diagnostic:
    """A link inside the manifesto leads nowhere.

    Links between records name the record, so that they hold in every form of the manifesto: `[text](pledge:ID)`,
    `[text](case-study:ID)`, `[text](deal:ID)`, `[text](priority:ID)`; `[text](#heading)` leads to a heading of the same text,
    `[text](pledge:ID#heading)` to one of another record's body.
    A link to an idea or case study that this manifesto did not take becomes plain text.

    Mend it by correcting the id or heading.
    """
    return error(
        "broken-link",
        f"the link to `{target}` leads nowhere",
        at,
        why,
        help=help,
        fix=renamed(at, target, meant) if meant else None,
    )


def unknown_picture(at: Span, file: str, help: str, meant: str = "") -> Diagnostic:
    """A text or record shows a picture that is not in the `media` folder of its project or library.

    Pictures from other sites are not shown: they would tell those sites who reads the manifesto, and vanish when they do.

    Mend it by putting the picture into the `media` folder and naming it `media/NAME.jpg`.
    """
    return error(
        "unknown-picture",
        f"there is no picture `{file}`",
        at,
        "not in the `media` folder",
        help=help,
        fix=renamed(at, file, meant) if meant else None,
    )


def picture_undescribed(at: Span, form: str) -> Diagnostic:
    """A picture has no words for people who cannot see it.

    Screen readers read them out, and they stand in for a picture that does not load. They say what the picture shows, in a sentence.

    Mend it by writing them: `alt: …` beside `file:`, or between the square brackets of `![…](media/NAME.jpg)`.
    """
    return warning(
        "picture-undescribed",
        "a picture needs words for people who cannot see it",
        at,
        "nothing says what it shows",
        help=f"say in a sentence what it shows: `{form}`",
    )


def heading_level(at: Span, found: int, wanted: int) -> Diagnostic:
    """A heading in a text is on a level where it does not belong.

    Headings in texts start at level 2 (`## Like this`), since level 1 is the title of the page, and go down one level at a time. People who
    use screen readers find their way by these levels.

    Mend it by writing as many `#` as the message says.
    """
    hashes = "#" * wanted
    fix = Fix((Edit(at.start, at.start + found, hashes),)) if at.text.startswith("#" * found + " ") else None
    return warning(
        "heading-level",
        f"a heading of level {found} does not belong here",
        at,
        "headings start at level 2" if found == 1 else "one level too deep for what stands above",
        help=f"start it with `{hashes} `"
        + ("" if at.text.startswith("#") else ", and delete the line below it"),
        fix=fix,
    )
