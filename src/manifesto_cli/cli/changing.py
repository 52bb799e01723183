"""From the ideas that a person names to the manifesto on disk: the calls behind `pick` and `unpick`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli import loading
from manifesto_cli.cli.shown import safe
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.disk.projects import find_project
from manifesto_cli.disk.saving import save
from manifesto_cli.editing.desk import UNREADABLE, Changed, Desk, Refusal, desk
from manifesto_cli.editing.difference import difference
from manifesto_cli.editing.picking import picked
from manifesto_cli.editing.planning import Pick, Plan, answered, planned, unanswered, value_refusal
from manifesto_cli.editing.scalars import quoted
from manifesto_cli.editing.unpicking import unpicked
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.model.idea import Question
from manifesto_cli.model.layout import MANIFESTO

Ask = Callable[[str], str]


class Order(Struct, frozen=True):
    """Which ideas, of which project."""

    start: Path
    ids: tuple[str, ...]
    dry_run: bool


class Result(Struct, frozen=True):
    """What was done, or why nothing was."""

    lines: tuple[str, ...] = ()
    difference: str = ""
    refusals: tuple[Refusal, ...] = ()


def pick_ideas(
    order: Order, priority: str | None, settings: tuple[str, ...], *, with_required: bool, ask: Ask | None
) -> Result:
    """Pick ideas, all or none; questions that they ask are put to `ask`, if there is somebody to answer."""
    values = dict(_settings(settings))
    root, laid = _desk(order)
    if isinstance(laid, Refusal):
        return Result(refusals=(laid,))
    plan = planned(laid, order.ids, priority, with_required=with_required)
    if not plan.refusals:
        plan = answered(laid, plan, values)
    if plan.refusals:
        return Result(refusals=plan.refusals)
    if not plan.picks:
        return Result(plan.remarks)
    if ask:
        plan = _asked(laid, plan, ask)
        if plan.refusals:
            return Result(refusals=plan.refusals)
    changed = picked(laid, plan.picks)
    if isinstance(changed, Refusal):
        return Result(refusals=(changed,))
    open_questions = (line for pick in plan.picks for line in _open(laid, pick))
    return _written(root, laid, replace(changed, remarks=(*plan.remarks, *open_questions)), order)


def unpick_ideas(order: Order) -> Result:
    """Take picks back, all or none."""
    root, laid = _desk(order)
    if isinstance(laid, Refusal):
        return Result(refusals=(laid,))
    changed = unpicked(laid, order.ids)
    if not isinstance(changed, Changed):
        return Result(refusals=changed)
    return _written(root, laid, changed, order)


def show(result: Result, terminal: Terminal) -> Exit:
    """Say what was done, or why nothing was; how the command ends."""
    for refusal in result.refusals:
        terminal.complain(ManifestoError(refusal.headline, help=refusal.help))
    if result.difference:
        print(safe(result.difference))
    for line in result.lines:
        terminal.say(line)
    return max((refusal.status for refusal in result.refusals), default=Exit.FINE)


def _desk(order: Order) -> tuple[Path, Desk | Refusal]:
    root = find_project(order.start)
    project = loading.load(root).value
    if project is None:
        return root, UNREADABLE
    return root, desk(project.shelf, project.manifesto, project.origin)


def _written(root: Path, laid: Desk, changed: Changed, order: Order) -> Result:
    if changed.source == laid.source:
        return Result((*changed.done, *changed.remarks))
    if order.dry_run:
        return Result((*changed.remarks, "nothing was written"), difference(laid.source, changed.source))
    save(root / MANIFESTO, laid.source.encode(), changed.source.encode())
    return Result((*changed.done, *changed.remarks))


def _settings(settings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The name and value of each `--set`; ManifestoError for one that is none."""
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            message = f"`--set {setting}` does not say what is to be set"
            raise ManifestoError(message, help="write `--set NAME=VALUE`", status=Exit.USAGE)
        yield name.strip(), value.strip()


def _asked(laid: Desk, plan: Plan, ask: Ask) -> Plan:
    """The plan with the answers to its questions. What two ideas ask for is asked twice: each has its own."""
    for i, pick in enumerate(plan.picks):
        answers: dict[str, str] = {}
        for name, question in unanswered(laid, pick).items():
            answer = ask(f"{pick.name}: {_question(name, question)} (Enter leaves it open)")
            if answer:
                answers[name] = answer
        refusals = [refusal for name, value in answers.items() if (refusal := value_refusal(name, value))]
        picks = list(plan.picks)
        picks[i] = replace(pick, values={**pick.values, **answers})
        plan = Plan(tuple(picks), plan.remarks, (*plan.refusals, *refusals))
    return plan


def _question(name: str, question: Question | None) -> str:
    if question is None:
        return f"what is the value of `{name}`?"
    return question.ask + (f" For example: {question.example}" if question.example else "")


def _open(laid: Desk, pick: Pick) -> Iterator[str]:
    """What to type for each question that was left open."""
    for name, question in unanswered(laid, pick).items():
        example = question.example if question and question.example else "…"
        yield f"{pick.name} needs a value: {_question(name, question)}"
        yield f"  add to {laid.source.path} under `values:`: `{name}: {quoted(example)}`"
