"""Whether a case study tells what has become of it."""

from collections.abc import Iterator

from manifesto_cli.checks.endings import says_how_it_ended
from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, note
from manifesto_cli.model.case_study import CaseStudy


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
