"""Text as it can be shown: without anything that a terminal obeys, since a library may come from strangers, and how wide it is."""

_TURNS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""What turns the direction of a line round, and so could make it say something else."""
_UNSAFE = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0), *_TURNS} - {*b"\t\n"}, "\ufffd")
_CONTROLS = {**_UNSAFE, **dict.fromkeys(map(ord, "\t\n\r"), " ")}
_PAINTED = {code: mark for code, mark in _UNSAFE.items() if code != ord("\x1b")}
_ESCAPED = {code: f"\\u{code:04x}" for code in _UNSAFE if code > ord(" ")}


def safe(text: str) -> str:
    """The text with its line ends and tabs, and a mark in the place of whatever no terminal is ever sent."""
    return text.translate(_UNSAFE)


def safe_but_painted(text: str) -> str:
    """The same for a text in colours: whoever painted it has seen to it that nothing else in it starts like a colour."""
    return text.translate(_PAINTED)


def safe_json(text: str) -> str:
    """JSON that says the same. It may have such characters as they are, but only in its texts, where an escape means them too."""
    return text.translate(_ESCAPED)


def on_one_line(text: str) -> str:
    """The text as a terminal can show it in a row: as many characters, none of them a line end or anything that a terminal obeys."""
    return text.translate(_CONTROLS)


def visible(text: str) -> str:
    """The text with a mark for whatever could not be seen, so that a fault can be pointed at; a tab becomes four spaces."""
    return "".join(
        character if character.isprintable() else "    " if character == "\t" else "\ufffd"
        for character in text
    )


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - only for texts beyond ASCII

    return cell_len(text)
