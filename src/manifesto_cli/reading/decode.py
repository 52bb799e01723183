"""(Tree, model) → record and every fault of it."""

from typing import TypeVar

import msgspec

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.model.record import Record
from manifesto_cli.reading.plain import parse_own_type, plain
from manifesto_cli.reading.yamltree import Broken, Mapping, Node, Sequence

R = TypeVar("R", bound=Record)


def decode(source: SourceFile, tree: Node, model: type[R], where: str) -> Outcome[R]:
    """The record that a tree says, or every reason why it says none.

    `where` names the record in messages ("an idea"). msgspec stops at the first fault, so a tree that
    it refuses is walked beside the model, asking msgspec again at each leaf: both agree by construction.
    """
    if not _has_broken(tree):
        try:
            return Outcome(msgspec.convert(plain(tree), model, dec_hook=parse_own_type))
        except msgspec.ValidationError:
            pass
    # Imported here because only a faulty file needs it.
    from manifesto_cli.reading.explain import model_faults  # noqa: PLC0415

    return Outcome(None, model_faults(source, tree, model, where))


def _has_broken(node: Node) -> bool:
    if isinstance(node, Mapping):
        return any(_has_broken(entry.value) for entry in node.entries.values())
    if isinstance(node, Sequence):
        return any(_has_broken(entry) for entry in node.entries)
    return isinstance(node, Broken)
