"""What could be typed next: the words of a command line so far → every word that fits. The shells' scripts ask here."""

import contextlib
import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.cli.shells import SCRIPTS
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.patterns import pattern

Offers = Callable[[Path], Iterable[str]]
"""The folder where a command would start to look → what there is to choose from."""


_PLAIN = pattern(r"[\w.:-]+", re.ASCII)
"""What may stand on a command line as it is: a shell would obey anything else that a library calls its records."""


class Offer(Struct, frozen=True):
    """A word that could be typed next."""

    word: str
    about: str = ""
    """A sentence from the help; never a stranger's words, since what a shell does with them is not in our hands."""


def answer(command: Any, shell: str, given: Sequence[str]) -> Iterator[str]:
    """The lines that a shell's script reads: a word each, and in shells that show it the sentence about it.

    Bash hands over the line as it was typed, and the characters at which it breaks words; the others hand over the words.
    """
    if shell == "bash":
        line, breaks = (*given, "", "")[:2]
        words = _split(line)
        # What stands before a break is a word of its own to bash, and stays as it is.
        cut = max(words[-1].rfind(mark) for mark in ":=") + 1 if {*":="} & {*breaks} else 0
        yield from (offer.word[cut:] for offer in completions(command, words))
        return
    words = [*given]
    if shell == "powershell" and words:
        words[-1] = words[-1].removeprefix("=")  # some versions hand over no empty words
    for offer in completions(command, words):
        if shell == "zsh":
            word = offer.word.replace(":", "\\:")
            yield f"{word}:{offer.about}" if offer.about else word
        else:
            yield f"{offer.word}\t{offer.about}" if offer.about else offer.word


def _split(line: str) -> list[str]:
    """The words of a line, quotation marks and all but undone; the last is what is being typed, and may be empty."""
    for end in ("", "'", '"'):
        with contextlib.suppress(ValueError):
            words = shlex.split(line + end)
            return words if line[-1:].strip() or end else [*words, ""]
    return line.split(" ")


class Place(Struct, frozen=True):
    """Where on a command line the word stands that is being typed."""

    command: Any
    """The innermost command that was named."""
    option: Any
    """The option whose value it is, or None."""
    words: tuple[str, ...]
    """What was typed for the arguments of the command so far."""
    start: Path
    """Where the command would start to look for a project."""
    closed: bool
    """Whether `--` was typed: no word is an option any more."""


def completions(command: Any, words: Sequence[str]) -> list[Offer]:
    """What the last of the words could become, where the first is the command itself and the last may be empty."""
    *typed, last = words[1:] or [""]
    place = _place(command, typed)
    name, equals, value = last.partition("=")
    if place.option is not None:
        return [*_values(place, place.option, last)]
    if place.closed or not last.startswith("-"):
        return [*_arguments(place, last)]
    if equals and (option := _option(place.command, name)) is not None:
        return [Offer(f"{name}={offer.word}", offer.about) for offer in _values(place, option, value)]
    return [*_options(place.command, last)]


def _place(command: Any, typed: Iterable[str]) -> Place:
    place = Place(command, None, (), Path(os.environ.get("MANIFESTO_PROJECT", "")), closed=False)
    for word in typed:
        if place.option is not None:
            place = _given(place, place.option, word)
        elif place.closed or not word.startswith("-"):
            inner = getattr(place.command, "commands", {}).get(word)
            if inner is None or place.words:
                place = replace(place, words=(*place.words, word))
            else:
                place = replace(place, command=inner)
        elif word == "--":
            place = replace(place, closed=True)
        else:
            name, equals, value = word.partition("=")
            option = _option(place.command, name)
            if equals:
                place = _given(place, option, value)
            elif option is not None and not option.is_flag:
                place = replace(place, option=option)
    return place


def _given(place: Place, option: Any, value: str) -> Place:
    """The place after an option was given its value."""
    project = option is not None and option.name == "project"
    return replace(place, option=None, start=Path(value) if project else place.start)


def _options(command: Any, begun: str) -> Iterator[Offer]:
    for param in command.params:
        if param.param_type_name == "option" and not param.hidden:
            for name in (*param.opts, *param.secondary_opts):
                if name.startswith("--") and name.startswith(begun):
                    yield Offer(name, param.help or "")


def _arguments(place: Place, begun: str) -> Iterator[Offer]:
    """The commands of a group, or what the argument takes that stands here, without what is there already."""
    inner = getattr(place.command, "commands", {}) if not place.words else {}
    for name, command in inner.items():
        if name.startswith(begun) and not command.hidden:
            yield Offer(name, (command.help or "").partition("\n")[0])
    arguments = [param for param in place.command.params if param.param_type_name == "argument"]
    here = len(place.words)
    param = next(
        (one for i, one in enumerate(arguments) if i == here or (one.nargs == -1 and i < here)), None
    )
    if param is not None:
        yield from (offer for offer in _values(place, param, begun) if offer.word not in place.words)


def _values(place: Place, param: Any, begun: str) -> Iterator[Offer]:
    """What an option or argument takes, as far as that is known, and begins so."""
    offered = getattr(param.type, "choices", None)
    offers = _OFFERS.get((place.command.name, param.name)) or _OFFERS.get(("", param.name))
    words: Iterable[str] = ()
    if offered:
        words = [str(getattr(one, "value", one)) for one in offered]
    elif offers:
        # Whoever presses Tab wants a word, and no complaint: what is wrong is said by the command itself.
        with contextlib.suppress(ManifestoError, OSError):
            words = [*offers(place.start)]
    yield from (Offer(word) for word in words if word.startswith(begun) and _PLAIN.fullmatch(word))


def _option(command: Any, name: str) -> Any:
    return next((param for param in command.params if name in (*param.opts, *param.secondary_opts)), None)


def _ideas(picked: bool | None) -> Offers:
    def ids(start: Path) -> Iterable[str]:
        from manifesto_cli.cli.shelf import browse  # noqa: PLC0415 - only where ids are asked for

        rows = browse(start).rows
        return [
            row.id for row in rows if picked is None or not row.known or (row.picking is not None) == picked
        ]

    return ids


def _priorities(start: Path) -> Iterable[str]:
    return _of_shelf(start, "priority")


def _of_shelf(start: Path, kind: str) -> Iterable[str]:
    from manifesto_cli.cli.shelf import browse  # noqa: PLC0415 - as above

    found = browse(start)
    names: set[str] = set()
    for row in found.rows:
        record = row.entry.record
        names |= {
            "priority": {row.priority},
            "tag": set(record.tags),
            "office": set(record.offices),
            "library": {row.library},
        }[kind]
    return sorted(names)


def _themes(*, ground: bool) -> Offers:
    def names(start: Path) -> Iterable[str]:
        from manifesto_cli.disk.projects import nearest_project, theme_names  # noqa: PLC0415 - as above
        from manifesto_cli.disk.shipped import shipped  # noqa: PLC0415 - as above
        from manifesto_cli.loading import theme_choices  # noqa: PLC0415 - as above

        root = nearest_project(start, library=False) or shipped("themes").parent
        return theme_names(root) if ground else theme_choices(root)

    return names


def _templates(start: Path) -> Iterable[str]:
    """The templates that the theme of the manifesto has."""
    from manifesto_cli.disk.projects import nearest_project  # noqa: PLC0415 - as above
    from manifesto_cli.loading import load, load_theme  # noqa: PLC0415 - as above

    root = nearest_project(start, library=False)
    project = load(root).value if root else None
    theme = load_theme(project).value if project else None
    return sorted({name for layer in theme.layers for name in layer.templates}) if theme else ()


def _deals(start: Path) -> Iterable[str]:
    from manifesto_cli.cli.deals import deals_from  # noqa: PLC0415 - as above

    return deals_from(start)


def _codes(_: Path) -> Iterable[str]:
    from manifesto_cli.checks.manual import manual  # noqa: PLC0415 - as above

    return manual()


def _kinds(_: Path) -> Iterable[str]:
    from manifesto_cli.reading.schema import KINDS  # noqa: PLC0415 - as above

    return [kind.name for kind in KINDS]


_OFFERS: Mapping[tuple[str, str], Offers] = {
    ("pick", "ids"): _ideas(picked=False),
    ("unpick", "ids"): _ideas(picked=True),
    ("show", "names"): _ideas(picked=None),
    ("init", "idea"): _ideas(picked=None),
    ("indigo", "name"): _deals,
    ("letter", "name"): _deals,
    ("show", "name"): _deals,
    ("simulate", "name"): _deals,
    ("explain", "code"): _codes,
    ("schema", "kind"): _kinds,
    ("completion", "shell"): lambda _: SCRIPTS,
    ("check", "name"): _themes(ground=False),
    ("new", "extends"): _themes(ground=True),
    ("shadow", "of"): _themes(ground=False),
    ("shadow", "template"): _templates,
    ("", "priority"): _priorities,
    ("", "tag"): lambda start: _of_shelf(start, "tag"),
    ("", "office"): lambda start: _of_shelf(start, "office"),
    ("", "library"): lambda start: _of_shelf(start, "library"),
}
"""(command, option or argument) → what there is to choose from; a command without a name stands for any."""
