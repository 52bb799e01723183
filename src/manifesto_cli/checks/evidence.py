"""Evidence: what a claim rests on, and whether it still holds."""

from collections.abc import Iterator

from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, note, warning


def unsourced_figure(examined: Examined) -> Iterator[Diagnostic]:
    """A figure is shown large, and no source stands beside it.

    A number without a source is the first thing that an opponent or a journalist will ask about.

    Mend it by adding the document to `sources.yaml` and its id as `source:` to the claim; or by taking the figure out.
    """
    for subject, i, claim in examined.claims:
        if claim.figure and not claim.source and not claim.values:
            yield warning(
                "unsourced-figure",
                "a figure needs a source",
                subject.origin.at("claims", i, "figure", "value"),
                "nothing says where this number comes from",
                help="add `source:` with the id of a document in `sources.yaml`, or delete `figure:`",
            )


def unsourced_claim(examined: Examined) -> Iterator[Diagnostic]:
    """A claim says what it says without a source.

    A claim is a statement of fact that a reader can check; without a source nobody can.

    Mend it by adding the document to `sources.yaml` and its id as `source:` to the claim; or by moving the sentence into the body, as an opinion.
    """
    for subject, i, claim in examined.claims:
        if not claim.figure and not claim.source and not claim.values:
            yield warning(
                "unsourced-claim",
                "a claim needs a source",
                subject.origin.at("claims", i, "text"),
                "nothing says where this comes from",
                help="add `source:` with the id of a document in `sources.yaml`, or delete the claim",
            )


def lone_value(examined: Examined) -> Iterator[Diagnostic]:
    """A claim lists `values` that do not come from two different sources.

    `values` sets what different sources say side by side, where they disagree. A single source belongs in `source:`.

    Mend it by adding what another source says, or by writing `source:` in place of `values:`.
    """
    for subject, i, claim in examined.claims:
        if claim.values and len({value.source for value in claim.values}) == 1:
            yield warning(
                "lone-value",
                "`values:` sets two sources or more side by side, and there is only one",
                subject.origin.name("claims", i, "values"),
                f"only `{claim.values[0].source}` is heard",
                help=f"add a value from another source, or write `source: {claim.values[0].source}` in place of `values:`",
            )


def review_due(examined: Examined) -> Iterator[Diagnostic]:
    """The day by which a claim was to be looked at again has passed.

    It is a note, whatever else is asked for: a repository must not turn red by the passing of time.

    Mend it by looking at the source again and writing a later `review_by:`, or by correcting the claim.
    """
    for subject, i, claim in examined.claims:
        if claim.review_by and claim.review_by < examined.today:
            yield note(
                "review-due",
                "a claim is due to be looked at again",
                subject.origin.at("claims", i, "review_by"),
                "this day has passed",
                help="check that it still holds, and write a later date after `review_by:`",
            )
