"""What the checks look at: the records of an edition or of a library, on a day."""

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from manifesto_cli.merging.edition import Edition
from manifesto_cli.merging.library_check import records
from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.claim import Claim
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.quantity import Day
from manifesto_cli.reading.library import Library
from manifesto_cli.reading.origin import Origin


class Subject(Struct, frozen=True):
    """A record that is looked at, as it will be published: with its changes, if a manifesto makes any."""

    kind: str
    """`idea`, `case study`, `priority` or `deal`."""
    id: str
    record: Idea | CaseStudy | Priority | Deal
    origin: Origin
    own: bool
    """Whether it is for whoever runs the check to mend: a record of the folder itself, not of a library that it lists."""
    language: str
    """The language of its texts."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other record of its library."""
        return self.kind, self.id


class Examined(Struct, frozen=True, dict=True):
    """Everything that one run of the checks looks at."""

    today: Day
    subjects: tuple[Subject, ...]
    edition: Edition | None = None
    """None where records are looked at that are in no manifesto."""
    printed: bool = False
    """Whether the edition is meant for paper."""
    library: bool = False
    """Whether the records are a library's, for others to pick from."""
    spare: bool = False
    """Whether the records are those of a project that its manifesto does not take, though nothing is wrong with its choices."""

    @cached_property
    def claims(self) -> tuple[tuple[Subject, int, Claim], ...]:
        """Every claim, with the record it stands in and its place there."""
        return tuple(
            (subject, i, claim) for subject in self.subjects for i, claim in enumerate(claims(subject))
        )

    @cached_property
    def deals(self) -> tuple[tuple[Subject, Deal], ...]:
        """Every deal that is looked at, and where it was written."""
        return tuple(
            (subject, subject.record) for subject in self.subjects if isinstance(subject.record, Deal)
        )


def of_edition(edition: Edition, today: Day, *, printed: bool) -> Examined:
    """An edition as the checks see it."""
    return Examined(today, tuple(_of_edition(edition)), edition, printed)


def of_library(library: Library, today: Day, edition: Edition | None, *, spare: bool = False) -> Examined:
    """A library's records as the checks see them, without those of a project that its edition holds."""
    seen = (
        {(subject.kind, subject.id) for subject in _of_edition(edition) if subject.own} if edition else set()
    )
    language = (
        library.header.language if library.header else edition.manifesto.language if edition else "en-GB"
    )
    subjects = (
        Subject(kind, entry.id, entry.record, entry.origin, own=True, language=language)
        for kind, entry in records(library)
        if (kind, entry.id) not in seen
    )
    return Examined(today, tuple(subjects), library=bool(library.id), spare=spare)


def claims(subject: Subject) -> tuple[Claim, ...]:
    """The claims of a record, if it is of a kind that makes any."""
    return () if isinstance(subject.record, Priority) else subject.record.claims


def _of_edition(edition: Edition) -> Iterator[Subject]:
    language = edition.manifesto.language
    for priority in edition.priorities:
        yield Subject(
            "priority", priority.id, priority.priority, priority.origin, not priority.library, language
        )
    for pledge in edition.pledges:
        yield Subject("idea", pledge.id, pledge.idea, pledge.origin, not pledge.library, language)
    for study in edition.case_studies:
        yield Subject("case study", study.id, study.study, study.origin, not study.library, language)
    for deal in edition.deals:
        yield Subject("deal", deal.id, deal.deal, deal.origin, not deal.library, language)
