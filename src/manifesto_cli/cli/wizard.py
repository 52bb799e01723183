"""The questions of `manifesto init`, one line after the other: nothing is drawn over, so a screen reader can follow."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

from manifesto_cli.cli.shown import on_one_line
from manifesto_cli.cli.tables import folded
from manifesto_cli.editing.founding import Answers, Asked, Group, objection, office_of

_WIDEST = 80
_OPEN = "leave it open"
_HOW = "Numbers such as `1 3-5`, `all` or `none`"


class Talk(Struct, frozen=True):
    """A way to put questions and to say things; tests have one without a terminal."""

    ask: Callable[[str, str], str]
    """The answer to a question, and what Enter stands for, in words. Enter gives an empty answer."""
    say: Callable[[str, str], None]
    """A line, in a style such as `bold`."""
    width: int = _WIDEST


def on_terminal(*, painted: bool) -> Talk:
    """Questions on the terminal, on the standard error. Ctrl-C and Ctrl-D stop the command."""
    console = Console(stderr=True, highlight=False, color_system="standard" if painted else None)

    def ask(question: str, enter: str) -> str:
        prompt = Text(f"{on_one_line(question)} ").append(f"(Enter: {on_one_line(enter)})", "dim")
        try:
            return Prompt.ask(prompt, console=console, default="", show_default=False).strip()
        except EOFError:
            raise KeyboardInterrupt from None

    def say(line: str, style: str) -> None:
        console.print(Text(on_one_line(line), style), soft_wrap=True)

    return Talk(ask, say, min(console.width, _WIDEST))


def ask_about(talk: Talk, answers: Answers, known: frozenset[str], offices: tuple[str, ...]) -> Answers:
    """The answers, with those that are not known yet asked for, each checked at once."""
    talk.say("Enter takes what stands in brackets. Ctrl-C stops, and nothing is written.", "")
    said: dict[str, str] = {}
    for name, question, enter in (
        ("name", "Your name, as on the ballot paper", _OPEN),
        ("office", f"The office you stand for: {', '.join(offices)}, or another", answers.office),
        ("area", "The area it is for, such as Derbyshire", _OPEN),
        ("polling_day", "Polling day, such as 2027-05-06", _OPEN),
    ):
        if name not in known:
            said[name] = _answer(talk, name, question, enter)
    return replace(answers, **{name: text for name, text in said.items() if text})


def ask_priorities(talk: Talk, there: tuple[Group, ...], usual: tuple[str, ...]) -> tuple[Group, ...]:
    """The priorities that are wanted. Enter takes those of the ideas that are usual."""
    _list(talk, "Which priorities?", [(group.title, group.summary) for group in there])
    default = [i for i, group in enumerate(there) if any(row.id in usual for row in group.ideas)]
    return tuple(there[i] for i in _ticks(talk, "Your priorities", len(there), default))


def ask_ideas(talk: Talk, group: Group, usual: tuple[str, ...]) -> tuple[str, ...]:
    """The ideas of a priority that are wanted. Enter takes those that are usual, or all where none is."""
    shown = [(row.entry.record.title, row.entry.record.summary) for row in group.ideas]
    _list(talk, f"{group.title}: which ideas?", shown)
    default = [i for i, row in enumerate(group.ideas) if row.id in usual] or list(range(len(group.ideas)))
    return tuple(group.ideas[i].id for i in _ticks(talk, "Your ideas", len(group.ideas), default))


def ask_values(talk: Talk, values: Mapping[str, Asked]) -> Mapping[str, Asked]:
    """The placeholders of the ideas, with an answer where one was given."""
    if values:
        talk.say("", "")
        talk.say("Your ideas have questions.", "bold")
    answered: dict[str, Asked] = {}
    for name, asked in values.items():
        for line in _wrapped("", _words(name, asked), talk.width):
            talk.say(line, "")
        answered[name] = replace(asked, answer=_answer(talk, "", "Your answer", _OPEN))
    return answered


def ticked(text: str, count: int) -> tuple[int, ...] | str:
    """The places in a list of that length which a person ticked, from 0, in the list's order; or why that cannot be."""
    found: set[int] = set()
    for word in text.replace(",", " ").lower().split():
        if word == "all":
            found.update(range(count))
            continue
        if word == "none":
            continue
        first, dash, last = word.partition("-")
        ends = (first, last) if dash else (first, first)
        if not all(end.isascii() and end.isdecimal() for end in ends):
            return f"`{word[:20]}` is not a number, a range such as 2-4, `all` or `none`"
        low, high = (int(end[:9]) for end in ends)
        if low > high:
            return f"a range goes from the lower number to the higher: {high}-{low}"
        if low < 1 or high > count:
            return f"the list goes from 1 to {count}: there is no {low if low < 1 else high}"
        found.update(range(low - 1, high))
    return tuple(sorted(found))


def _answer(talk: Talk, name: str, question: str, enter: str) -> str:
    while True:
        text = talk.ask(question, enter)
        text = (office_of(text) or text) if name == "office" else text
        reason = objection(name, text) if text else ""
        if not reason:
            return text
        talk.say(f"That {reason}.", "yellow")


def _ticks(talk: Talk, question: str, count: int, default: list[int]) -> tuple[int, ...]:
    enter = " ".join(str(i + 1) for i in default) or "none"
    while True:
        text = talk.ask(f"{question}. {_HOW}", enter)
        found = ticked(text, count) if text else tuple(default)
        if not isinstance(found, str):
            return found
        talk.say(f"{found[:1].upper()}{found[1:]}.", "yellow")


def _list(talk: Talk, heading: str, entries: list[tuple[str, str]]) -> None:
    talk.say("", "")
    talk.say(heading, "bold")
    for i, (title, summary) in enumerate(entries, 1):
        for line in _wrapped(f"{i:>3}  ", title, talk.width):
            talk.say(line, "")
        for line in _wrapped("     ", summary, talk.width):
            talk.say(line, "dim")


def _wrapped(lead: str, text: str, width: int) -> Iterator[str]:
    for i, line in enumerate(folded(on_one_line(text), max(width - len(lead), _WIDEST // 4))):
        yield f"{lead if i == 0 else ' ' * len(lead)}{line}"


def _words(name: str, asked: Asked) -> str:
    question = asked.question
    if question is None:
        return f"What is the {name.replace('_', ' ')}?"
    return question.ask + (f" For example: {question.example}" if question.example else "")
