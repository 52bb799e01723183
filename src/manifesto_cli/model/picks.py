"""What a manifesto takes from a library: ideas, priorities, case studies and deals, each with changes of its own."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.record import Record, hints
from manifesto_cli.model.text import HoleName, Reference, Slug, Text

NOT_OVERRIDDEN = {
    Idea: frozenset({"priority", "questions", "requires", "conflicts", "based_on", "formerly"}),
    Priority: frozenset({"order", "based_on", "formerly"}),
    CaseStudy: frozenset({"based_on", "formerly"}),
    Deal: frozenset({"questions", "based_on", "formerly"}),
}
"""Fields that a pick cannot replace: they say how a record stands among others and what it was made from, and that is the library's to say."""


class IdeaChoice(Record, frozen=True, kw_only=True):
    """An idea picked with local changes."""

    idea: Annotated[Reference, Meta(description="The id of the idea.")]
    values: Annotated[
        dict[HoleName, Text],
        Meta(description="Values for placeholders of this idea, before those of the manifesto."),
    ] = {}


class CaseStudyChoice(Record, frozen=True, kw_only=True):
    """A case study that pledges or deals point to, with local changes."""

    case_study: Annotated[Reference, Meta(description="The id of the case study.")]
    values: Annotated[
        dict[HoleName, Text],
        Meta(description="Values for placeholders of this case study, before those of the manifesto."),
    ] = {}


class DealChoice(Record, frozen=True, kw_only=True):
    """A deal picked with local changes."""

    deal: Annotated[Reference, Meta(description="The id of the deal.")]
    values: Annotated[
        dict[HoleName, Text],
        Meta(description="Values for placeholders of this deal, before those of the manifesto."),
    ] = {}


class IdeaSelection(Record, frozen=True, kw_only=True, rename={"except_": "except"}):
    """Ideas of the priority, chosen by what they have in common."""

    tagged: Annotated[
        tuple[Slug, ...] | UnsetType,
        Meta(
            description="Tags: ideas that have any of them are chosen. Without it, all of the priority are."
        ),
    ] = UNSET
    except_: Annotated[
        tuple[Reference, ...] | UnsetType, Meta(description="Ids of ideas that are left out.")
    ] = UNSET


if TYPE_CHECKING:
    IdeaPick = IdeaChoice
    CaseStudyPick = CaseStudyChoice
    DealPick = DealChoice
else:

    def _with_overrides(choice: type[Record], record: type[Record]) -> type[Record]:
        """The choice with every field of the record that may be replaced, absent unless written."""
        fields = [
            (name, hint | UnsetType, UNSET)
            for name, hint in hints(record).items()
            if name not in NOT_OVERRIDDEN[record]
        ]
        return msgspec.defstruct(
            choice.__name__, fields, bases=(choice,), frozen=True, kw_only=True, forbid_unknown_fields=True
        )

    IdeaPick = _with_overrides(IdeaChoice, Idea)
    CaseStudyPick = _with_overrides(CaseStudyChoice, CaseStudy)
    DealPick = _with_overrides(DealChoice, Deal)


class PriorityChoice(Record, frozen=True, kw_only=True):
    """A priority and the ideas chosen for it, in the order in which they are shown."""

    priority: Annotated[Reference, Meta(description="The id of the priority.")]
    ideas: Annotated[
        Literal["all"] | tuple[Reference | IdeaPick, ...] | IdeaSelection,
        Meta(
            description="The ideas chosen: a list of ids, or of ids with local changes; `all` of the priority; or those that are `tagged`."
        ),
    ] = ()


if TYPE_CHECKING:
    PriorityPick = PriorityChoice
else:
    PriorityPick = _with_overrides(PriorityChoice, Priority)


def overrides(pick: Record, record: type[Record]) -> Mapping[str, Any]:
    """The fields of a record that a pick replaces, with their new values."""
    found = {}
    for name in record.__struct_fields__:
        value = getattr(pick, name, UNSET) if name not in NOT_OVERRIDDEN[record] else UNSET
        if value is not UNSET:
            found[name] = value
    return found
