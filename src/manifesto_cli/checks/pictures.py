"""Whether the people in a picture have agreed to be shown."""

from collections.abc import Iterator

from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, error, warning
from manifesto_cli.model.case_study import CaseStudy, Image
from manifesto_cli.reading.origin import Origin, Step

_NEEDLESS = (("candidate", "photo"), ("site", "options", "logo"))
"""Pictures that show the candidate, or nobody."""


def consent_refused(examined: Examined) -> Iterator[Diagnostic]:
    """A picture shows people who have not agreed to it: `consent: no`.

    A picture of somebody who can be recognised is personal data (UK GDPR), and a manifesto is no place for it against their will.

    Mend it by taking the picture out, or by asking and writing `consent: given`.
    """
    for image, origin, path in _images(examined):
        if image.consent == "no":
            yield error(
                "consent-refused",
                "a picture of people who have not agreed cannot be published",
                origin.at(*path, "consent"),
                "no consent",
                help="take the picture out; if they agree after all, write `consent: given`",
            )


def consent_unsaid(examined: Examined) -> Iterator[Diagnostic]:
    """Nothing says whether the people in a picture have agreed to be shown: in that of a case study, or in one that the theme is given.

    A picture of somebody who can be recognised is personal data (UK GDPR), all the more so of a child. The candidate's own photograph needs no such line,
    nor does a picture that the theme takes as `logo`.

    Mend it by writing `consent: given` once they have agreed, or `consent: not-needed` where nobody can be recognised.
    """
    for image, origin, path in _images(examined):
        if image.consent is None and path not in _NEEDLESS:
            yield warning(
                "consent-unsaid",
                "nothing says whether the people in this picture have agreed",
                origin.at(*path, "file"),
                "no `consent:` beside it",
                help="add `consent: given`, or `consent: not-needed` if nobody can be recognised",
            )


def _images(examined: Examined) -> Iterator[tuple[Image, Origin, tuple[Step, ...]]]:
    """Every picture that belongs to a record or that the theme is given, with the place of its fields."""
    edition = examined.edition
    if edition:
        photo = edition.manifesto.candidate.photo
        if photo:
            yield photo, edition.origin, ("candidate", "photo")
        for name, value in edition.manifesto.site.options.items():
            if isinstance(value, Image):
                yield value, edition.origin, ("site", "options", name)
    for subject in examined.subjects:
        if isinstance(subject.record, CaseStudy) and subject.record.image:
            yield subject.record.image, subject.origin, ("image",)
