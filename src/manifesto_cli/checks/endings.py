"""Whether a text says that something has ended or goes by another name."""

import re
from collections.abc import Mapping

from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.patterns import pattern

_SAID: Mapping[str, re.Pattern[str]] = {
    "ended": pattern(
        r"\b(?:end(?:ed|s|ing)?|clos(?:ed|ure|ing)|stopp?(?:ed|s)?|finish(?:ed|es)|ceased|wound up|discontinued|no longer|"
        r"came to an end|ran (?:until|till|from)|lasted|cut short|over by)\b",
        re.IGNORECASE,
    ),
    "renamed": pattern(
        r"\b(?:renam(?:ed|ing)|rebrand(?:ed|ing)?|now|formerly|previously|new name|chang(?:ed|ing) (?:its|the) name|"
        r"became|was (?:once )?called|used to be|known as|since called)\b",
        re.IGNORECASE,
    ),
}


def says_how_it_ended(study: CaseStudy) -> bool:
    """Whether the body of a case study that has ended or was renamed says so, as far as words in English can tell; no other need say anything."""
    said = _SAID.get(study.status)
    return not said or bool(said.search(study.body or ""))
