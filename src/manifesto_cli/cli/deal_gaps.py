"""The placeholders of a deal that stand where numbers belong, and what to type so that they are filled."""

from collections.abc import Iterator

from manifesto_cli.cli.deals import WantedDeal, value_for
from manifesto_cli.merging.placeholders import open_numbers


def open_names(wanted: WantedDeal) -> tuple[str, ...]:
    """The names of placeholders in whose place a number belongs, each once, in the order of the deal."""
    return tuple(dict.fromkeys(number.hole for _, number in open_numbers(wanted.deal.deal)))


def gaps(wanted: WantedDeal) -> Iterator[str]:
    """A line for each number that is missing, with the question to ask, and one that says where to write them."""
    names = open_names(wanted)
    questions = wanted.deal.deal.questions
    for name in names:
        question = questions.get(name)
        example = f" For example: {question.example}" if question and question.example else ""
        if name in wanted.no_numbers:
            yield f"(({name})): what fills it is no number.{example}"
        else:
            yield f"(({name})): {question.ask}{example}" if question else f"(({name}))"
    if names:
        others = ", and the others beside it" if wanted.picked and len(names) > 1 else ""
        yield f"Whatever hangs on them is not known. To fill them: {value_for(wanted, names)}{others}."
