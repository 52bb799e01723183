"""How a long piece of work says how far it is, to whoever wants to know."""

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

T = TypeVar("T")

Tell = Callable[[str], None]
"""Takes what is being done, such as `reading`. Nothing (`""`) is told before somebody may be asked something. Telling costs next to nothing: only showing it is slow."""


def untold(doing: str) -> None:
    """Tell nobody."""


def told(tell: Tell, doing: str, things: Collection[T], noun: str) -> Iterator[T]:
    """The things one by one, while it is told how far it is: `rendering 312 of 1,200 pages`."""
    of = f" of {count(len(things), noun)}"
    for number, thing in enumerate(things, 1):
        tell(f"{doing} {number:,}{of}")
        yield thing


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 page`, `12 pages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
