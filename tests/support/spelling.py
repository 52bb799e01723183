"""British spelling, with codespell: its dictionary of British and American spellings, turned round.

codespell brings a dictionary that makes American of British; there is none for the way back. So it is read from right to left,
without the pairs below, whose American side is an ordinary British word as well.
"""

import contextlib
import io
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

import codespell_lib

BRITISH_TOO: Mapping[str, str] = {
    "program": "what a computer runs",
    "practice": "the noun; the verb is `practise`",
    "practices": "the noun",
    "license": "the verb; the noun is `licence`",
    "licenses": "the verb",
    "licensed": "the verb",
    "licensing": "the verb",
    "story": "what is told; a floor of a house is a `storey`",
    "stories": "the same",
    "meter": "what measures; the length is a `metre`",
    "meters": "the same",
    "analog": "the opposite of digital, in names",
    "dialog": "a window of a program",
    "dialogs": "the same",
    "judgment": "what a court gives",
    "judgments": "the same",
    "routing": "from `to route`",
    "biased": "the more usual spelling in Britain, too",
    "focused": "the same",
    "focuses": "the same",
    "focusing": "the same",
    "refocused": "the same",
    "refocuses": "the same",
    "refocusing": "the same",
    "writable": "the same",
    "overwritable": "the same",
    "coloration": "the same",
    "lambaste": "the same",
    "lambastes": "the same",
}
"""American forms that are not looked for, each with what it is in Britain."""

BRITISH_AFTER_ALL: frozenset[str] = frozenset(
    {"fulfilment", "dependant", "dependants", "creche", "straightaway", "untypically", "pavings", "slippy"}
    | {"bloc", "blocs", "brunch", "brunches", "bale", "bellow", "chancel", "commends", "covert", "derails"}
    | {"discreet", "discontentment", "empress", "fallow", "followings", "fount", "fro", "manger", "mangers"}
    | {"patter", "planed", "pleas", "protestor", "protestors", "remainer", "remainers", "revered", "singe"}
    | {
        "sting",
        "therefrom",
        "tread",
        "vie",
        "wee",
        "wont",
        "ore",
        "pres",
        "ans",
        "gird",
        "wither",
        "streams",
        "wight",
    }
)
"""Words that codespell takes for rare, and so for slips, though they are ordinary here; and the Isle of Wight."""

_IZE = re.compile(
    r"\b[a-z]+(?:iz(?:e|es|ed|er|ers|ing|ation|ations|able)|yz(?:e|es|ed|er|ers|ing))\b", re.IGNORECASE
)
_NO_ISE = re.compile(
    r"(?:re|over|under|down|up|full|mid|life|pocket)?siz\w+|(?:apprais|priz|seiz|capsiz|assiz|maiz)\w+",
    re.IGNORECASE,
)
"""Words that end so for another reason, such as "size", "prize" and "seize"."""
_CODE = re.compile(r"```.*?^```|`[^`\n]+`|https?://\S+", re.DOTALL | re.MULTILINE)
_TITLES = re.compile(r"^( +(?:- )?(?:title|publisher): ).*$|(\{title: )[^,}]*", re.MULTILINE)


def as_checked(path: Path) -> str:
    """The text of a file without what others wrote or a machine reads: titles of sources and links, code, addresses.

    Lines stay where they are.
    """
    text = _CODE.sub(lambda match: "\n" * match.group().count("\n"), path.read_text(encoding="utf-8"))
    return _TITLES.sub(r"\1\2", text) if path.suffix == ".yaml" else text


def americanisms() -> str:
    """A dictionary for codespell: American forms and what is written here."""
    pairs = files(codespell_lib).joinpath("data/dictionary_en-GB_to_en-US.txt").read_text(encoding="utf-8")
    turned: dict[str, list[str]] = {}
    for line in pairs.splitlines():
        british, american = line.split("->")
        for form in american.strip(" ,").split(", "):
            if form not in BRITISH_TOO:
                turned.setdefault(form, []).append(british)
    return "".join(
        f"{american}->{', '.join(british)}{',' if len(british) > 1 else ''}\n"
        for american, british in turned.items()
    )


def misspelt(paths: Iterable[Path], root: Path, scratch: Path) -> str:
    """What codespell says of these files, a line for each word, with their paths from `root`. `scratch` is an empty folder."""
    scratch.mkdir(exist_ok=True)
    dictionary, ignored, texts = scratch / "americanisms.txt", scratch / "ignored.txt", scratch / "texts"
    dictionary.write_text(americanisms(), encoding="utf-8")
    ignored.write_text("\n".join(sorted(BRITISH_AFTER_ALL)), encoding="utf-8")
    for path in paths:
        copy = texts / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(as_checked(path), encoding="utf-8")
    said = io.StringIO()
    # Both dictionaries are asked at once; codespell writes to the terminal and returns how much it found.
    options = ["--builtin", "clear,rare", "--dictionary", "-", "--dictionary", str(dictionary)]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        codespell_lib.main(*options, "--ignore-words", str(ignored), "--disable-colors", str(texts))
    return said.getvalue().replace(f"{texts.as_posix()}/", "")


def with_z(text: str) -> list[str]:
    """The words with `-ize` or `-yze`, where we write `-ise` and `-yse`."""
    return [word for word in _IZE.findall(text) if not _NO_ISE.fullmatch(word)]
