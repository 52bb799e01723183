"""(Tree, model) → record and every fault of it."""

import contextlib
from typing import TypeVar

import msgspec

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.model.record import Record
from manifesto_cli.reading.nodes import Broken, Node
from manifesto_cli.reading.plain import parse_own_type, plain

R = TypeVar("R", bound=Record)


def decode(source: SourceFile, tree: Node, model: type[R], where: str) -> Outcome[R]:
    """The record that a tree says, or every reason why it says none.

    `where` names the record in messages ("an idea"). msgspec stops at the first fault, so a tree that
    it refuses is walked beside the model, asking msgspec again at each leaf: both agree by construction.
    """
    left_out: list[Node] = []
    record = None
    with contextlib.suppress(msgspec.ValidationError):
        record = msgspec.convert(plain(tree, left_out), model, dec_hook=parse_own_type)
    if record is not None and not left_out:
        return Outcome(record)
    # Imported here because only a faulty file needs it.
    from manifesto_cli.reading.explain import model_faults  # noqa: PLC0415

    faults = model_faults(source, tree, model, where)
    # What was left out may be an unknown field without a value, of which msgspec has not heard.
    sound = not faults and not any(isinstance(node, Broken) for node in left_out)
    return Outcome(record if sound else None, faults)
