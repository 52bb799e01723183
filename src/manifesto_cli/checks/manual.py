"""The manual page and the severity of every code: what the function says that is named after it."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from manifesto_cli.checks import (
    case_studies,
    costs,
    deal_amounts,
    deal_money,
    deal_names,
    deal_parties,
    deal_results,
    deal_terms,
    deals,
    election,
    evidence,
    hosting,
    imprint,
    pictures,
    powers,
    promises,
)
from manifesto_cli.faults.catalogue import (
    allowances,
    characters,
    choices,
    fields,
    libraries,
    markup,
    media,
    misreadings,
    placeholders,
    publishing,
    references,
    site,
    syntax,
    theme_parts,
    themes,
)
from manifesto_cli.faults.diagnostic import Severity

FAMILIES = (
    characters, syntax, misreadings, fields, libraries, references, choices, placeholders, markup,
    evidence, case_studies, pictures, media, powers, promises, costs,
    deal_names, deal_parties, deal_terms, deal_amounts, deal_money, deal_results, deals, imprint, election, hosting, publishing,
    site, themes, theme_parts, allowances,
)  # fmt: skip
"""The modules in which codes are functions, in the order in which a reader meets them."""


class ManualPage(Struct, frozen=True):
    """What is said of one code."""

    code: str
    severity: Severity
    text: str
    """A sentence, an explanation, and how to mend it."""
    family: str
    """The name of the module it is written in."""


def manual() -> Mapping[str, ManualPage]:
    """Code → its page, in order of the codes."""
    found = (
        _page(maker, family.__name__)
        for family in FAMILIES
        for name, maker in inspect.getmembers(family, inspect.isfunction)
        if maker.__module__ == family.__name__ and not name.startswith("_")
    )
    return {page.code: page for page in sorted(found, key=lambda page: page.code)}


def _page(maker: Callable[..., Any], family: str) -> ManualPage:
    code = maker.__name__.replace("_", "-")
    return ManualPage(code, _severity(maker), inspect.getdoc(maker) or "", family.rpartition(".")[2])


def _severity(maker: Callable[..., Any]) -> Severity:
    """The severity with which a function makes its fault; a test holds this against the text of the function."""
    called = inspect.unwrap(maker).__code__.co_names
    return next(severity for severity in reversed(Severity) if severity.name.lower() in called)
