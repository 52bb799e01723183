"""What election law asks of an imprint."""

from collections.abc import Iterator

from manifesto_cli.faults.diagnostic import Diagnostic, error
from manifesto_cli.merging.edition import Edition


def imprint_incomplete(edition: Edition) -> Iterator[Diagnostic]:
    """An imprint lacks what the law of its jurisdiction asks for.

    In the United Kingdom digital campaign material carries the name and the postal address of its promoter, and of
    everyone on whose behalf it is published; a PO box will do (Elections Act 2022, part 6; Electoral
    Commission, statutory guidance on digital imprints). This is not legal advice.

    Mend it by adding the name and address under `imprint:`. Where no rules ask for an imprint, write `jurisdiction: none`.
    """
    imprint, origin = edition.manifesto.imprint, edition.origin
    if imprint.jurisdiction == "none":
        return
    if imprint.promoter is None:
        yield error(
            "imprint-incomplete",
            "the imprint does not say who promotes the publication",
            origin.name("imprint"),
            "`promoter:` is missing here",
            help="add `promoter:` with `name:` and `address:`",
        )
    elif not (imprint.promoter.address or "").strip():
        yield error(
            "imprint-incomplete",
            "the imprint needs the promoter's postal address",
            origin.at("imprint", "promoter", "name"),
            "no address for this name",
            help="add `address:` with a postal address; a PO box will do",
        )
    for i, person in enumerate(imprint.on_behalf_of):
        if not (person.address or "").strip():
            yield error(
                "imprint-incomplete",
                "the imprint needs the postal address of everyone on whose behalf it is published",
                origin.at("imprint", "on_behalf_of", i, "name"),
                "no address for this name",
                help="add `address:` with a postal address; a PO box will do",
            )
