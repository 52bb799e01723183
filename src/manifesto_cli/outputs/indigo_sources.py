"""The documents that a deal names → sources of the INDIGO data standard, each once, and their ids where the deal names them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.gathering import CitedSource
from manifesto_cli.outputs.indigo_mapping import SOURCES
from manifesto_cli.outputs.indigo_paths import Path, leaves
from manifesto_cli.outputs.indigo_placed import Placed, plain
from manifesto_cli.outputs.indigo_results import cohort_results


class Named(Struct, frozen=True):
    """A source where a deal names it."""

    at: Path
    source: CitedSource


def named_sources(deal: EditionDeal) -> tuple[Named, ...]:
    """Each place where the deal names a source that was found, in its order."""
    found = (
        (path, _document(deal, path, value)) for path, value in leaves(deal.deal) if path[-1] == "source"
    )
    return tuple(Named(path, source) for path, source in found if source)


def documents(deal: EditionDeal) -> Mapping[str, CitedSource]:
    """Id in the exported document → source: its own id, with the library in front where two have the same."""
    found = {named.source.key: named.source for named in named_sources(deal)}
    many = Counter(source.id for source in found.values())
    return {source.id if many[source.id] == 1 else key.lstrip(":"): source for key, source in found.items()}


def sources(deal: EditionDeal) -> Iterator[Placed]:
    """The list of sources, and the ids of those that metrics and results rest on."""
    named, cited = named_sources(deal), documents(deal)
    ids = {source.key: name for name, source in cited.items()}
    for n, (name, source) in enumerate(cited.items()):
        # Of a claim only the document is there, and not what it says: no field of it counts as exported.
        of = tuple(each.at for each in named if each.source.key == source.key and each.at[0] != "claims")
        yield Placed(("sources", n, "id"), name, of)
        yield from (Placed(part.at, part.value) for part in plain(source.document, SOURCES, (n,)))
    for at, citing in _citing(deal, named).items():
        cited_here = dict.fromkeys(ids[each.source.key] for each in citing)
        yield Placed(at, ",".join(cited_here), tuple(each.at for each in citing))


def _document(deal: EditionDeal, path: Path, reference: str) -> CitedSource | None:
    if path[0] == "claims":
        return _of_claim(deal, path)
    if path[0] == "based_on":
        return deal.basis.source if deal.basis else None
    return deal.cited.get((str(path[0]), reference))


def _of_claim(deal: EditionDeal, path: Path) -> CitedSource | None:
    """The document that a claim names at a place, unless one that it names is missing: then it is not known which."""
    number = int(path[1])
    claim, found = deal.deal.claims[number], deal.evidence[number].sources
    places: list[Path] = [("source",)] if claim.source else []
    places += (("values", k, "source") for k in range(len(claim.values)))
    return found[places.index(path[2:])] if len(found) == len(places) else None


def _citing(deal: EditionDeal, named: Iterable[Named]) -> Mapping[Path, list[Named]]:
    """Where the document names sources → the places in the deal that name them."""
    after = len(deal.deal.results)
    own: dict[Path, int] = {
        ("outcome_metrics", i, "cohorts", k): n for n, (i, k) in enumerate(cohort_results(deal.deal), after)
    }
    found: dict[Path, list[Named]] = {}
    for each in named:
        place: Path = ()
        if each.at[0] == "results" or each.at[-2] == "baseline":
            place = each.at[:2]
        elif each.at[:4] in own:
            place = ("results", own[each.at[:4]])
        if place:
            found.setdefault((*place, "source_ids"), []).append(each)
    return found
