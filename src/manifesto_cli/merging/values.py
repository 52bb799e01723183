"""What is wrong with the values that fill placeholders."""

from collections.abc import Collection, Iterator, Mapping

from manifesto_cli.faults.catalogue.placeholders import empty_value, unused_value, value_with_placeholder
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.merging.placeholders import hole_names
from manifesto_cli.reading.origin import Origin


def value_faults(
    values: Mapping[str, str], used: Collection[str], missed: Collection[str], origin: Origin
) -> Iterator[Diagnostic]:
    """A fault for each value of the `values:` of a record that fills nothing, is empty, or holds a placeholder itself.

    `missed` are the placeholders that nothing fills: one of them may be what a useless value was meant for.
    """
    for name, value in values.items():
        if name not in used:
            meant = nearest(name, missed)
            sure = bool(meant) and meant == slip(name, missed) and meant not in values
            yield unused_value(origin.name("values", name), name, meant, sure=sure)
        elif not value.strip():
            yield empty_value(origin.name("values", name), name)
        if next(iter(hole_names(value)), None):
            yield value_with_placeholder(origin.at("values", name), name)
