"""Whether a case study tells what has become of it."""

import re
from collections.abc import Iterator, Mapping

from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, note
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


def status_unsaid(examined: Examined) -> Iterator[Diagnostic]:
    """A case study has ended or was renamed, and its body does not say so.

    A reader who looks for a project that is no more, or that goes by another name, deserves to be told. The body is looked through for words
    such as "ended", "closed" or "renamed"; texts in languages other than English are not judged.

    Mend it by saying in the body what has become of it, and when.
    """
    for subject in examined.subjects:
        study = subject.record
        if not isinstance(study, CaseStudy) or not subject.language.startswith("en"):
            continue
        if not says_how_it_ended(study):
            yield note(
                "status-unsaid",
                f"the body does not say that `{subject.id}` {'has ended' if study.status == 'ended' else 'was renamed'}",
                subject.origin.at("status"),
                "said here only",
                help=f"say in `body:` that it {'ended' if study.status == 'ended' else 'was renamed'}, and when",
            )
