"""Bytes → text, with every character accounted for."""

import unicodedata

from manifesto_cli.faults.catalogue.characters import file_too_large, forbidden_character, not_utf8
from manifesto_cli.faults.diagnostic import Faults, Outcome
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.patterns import pattern

MAX_BYTES = 2 * 1024 * 1024
"""No file that a person writes is larger. The tree of one this size stays under 300 MB whatever is in it."""

# Control characters, the line ends that only YAML knows, lone carriage returns, byte order marks inside, private use.
FORBIDDEN = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff\U000f0000-\U0010ffff]|\r(?!\n)"
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HARMLESS = bytes([*b"\t\n", *range(0x20, 0x7F)])
_SHOWN = 5
# What stands in the place of characters that come from known accidents: Windows-1252 read as Latin-1 (but for U+0085, which may be a
# line end too), Word's bullet, a byte order mark between joined files, the line ends of old Macs. All others may have been any character.
_WINDOWS = "€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ"  # noqa: RUF001 - the very characters
_MEANT = {
    **{chr(0x80 + i): letter for i, letter in enumerate(_WINDOWS) if letter not in "?…"},
    "\uf0b7": "•",
    "\ufeff": "",
    "\r": "\n",
}


def read_text(path: str, content: bytes) -> Outcome[SourceFile]:
    """The text of a file, or why it cannot be read as text.

    Size is checked first. A file with a fault has no value: what its text would say is not guessed.
    """
    if len(content) > MAX_BYTES:
        return Outcome(None, (file_too_large(SourceFile(path, "").start(), len(content), MAX_BYTES),))
    bom = content.startswith(BYTE_ORDER_MARK)
    encoded = content[len(BYTE_ORDER_MARK) :] if bom else content
    try:
        source = SourceFile(path, encoded.decode("utf-8"), bom)
    except UnicodeDecodeError as fault:
        # Up to the fault the text is sound, so offsets in the patched text are true up to there.
        patched = SourceFile(path, encoded.decode("utf-8", errors="replace"), bom)
        start = len(encoded[: fault.start].decode("utf-8"))
        return Outcome(None, (not_utf8(patched.span(start, start + 1)),))
    faults = forbidden_characters(source)
    return Outcome(None if faults else source, faults)


def forbidden_characters(source: SourceFile) -> Faults:
    """A fault for each of the first few characters that have no place in a text."""
    # Nothing that is forbidden is printable, and to ask for that takes a tenth of the time of the search below.
    if source.text.replace("\r\n", "").replace("\n", "").replace("\t", "").isprintable():
        return ()
    found = []
    for match in FORBIDDEN.finditer(source.text):
        at, character = Span(source, *match.span()), match.group()
        found.append(forbidden_character(at, character_name(character), _MEANT.get(character)))
        if len(found) == _SHOWN:
            break
    return tuple(found)


def first_forbidden(content: bytes) -> str | None:
    """The first character of a text in UTF-8 that has no place in one. Pages are long, and letters of ASCII are nearly all of them: what is left without these is soon looked at."""
    rest = content.translate(None, _HARMLESS)
    letters = rest.decode(errors="surrogatepass")
    # Nothing that is forbidden is printable, as above. A carriage return hangs on what follows it, which may be gone.
    if letters.isprintable() or (b"\r" not in rest and not FORBIDDEN.search(letters)):
        return None
    found = FORBIDDEN.search(content.decode(errors="surrogatepass"))
    return found.group() if found else None


def character_name(character: str) -> str:
    """How a character is named to people: its code point, and its Unicode name if it has one."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{code} ({name.lower()})" if name else code


def without_accents(text: str) -> str:
    """A text in lower case, its letters without what stands above or below them: `tŷ` becomes `ty`."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter)
    )
