"""Which repository on GitHub an address means."""

import re

from manifesto_cli.patterns import pattern

_GITHUB = pattern(
    r"(?:(?:https?|ssh|git|git\+ssh)://(?:[^/\s]*@)?(?:www\.|ssh\.)?github\.com\.?(?::\d+)?/+|(?:[^/@:\s]+@)?(?:www\.|ssh\.)?github\.com:/*)"
    r"(?P<owner>[A-Za-z0-9][A-Za-z0-9-]{0,38})/+(?P<name>[A-Za-z0-9._-]{1,100}?)(?:\.git)?/*",
    re.IGNORECASE,
)


def github(address: str) -> tuple[str, str] | None:
    """Owner and name of the repository, whatever form of GitHub's addresses it is; None for any other place."""
    match = _GITHUB.fullmatch(address)
    return None if match is None or match["name"].strip(".") == "" else (match["owner"], match["name"])
