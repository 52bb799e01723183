"""From what a person wants to a new project on disk: the calls behind `init`."""

import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.cli.guessing import Guess, guesses
from manifesto_cli.disk.founding import found_project, room_for
from manifesto_cli.disk.projects import seen_from_here
from manifesto_cli.editing.desk import Desk, Refusal, desk, looked_up
from manifesto_cli.editing.founding import (
    Answers,
    Asked,
    Group,
    domain_of,
    groups,
    manifesto_text,
    objection,
    office_of,
    questions,
    sample,
)
from manifesto_cli.editing.planning import Pick, planned
from manifesto_cli.editing.surroundings import surroundings
from manifesto_cli.faults.diagnostic import Faults, Severity
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.loading import imagine
from manifesto_cli.merging.browsing import rows
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.pipeline import prepare
from manifesto_cli.reading.hosts import same_host
from manifesto_cli.reading.schema import schema_files
from manifesto_cli.settings import Settings
from manifesto_cli.telling import count

if TYPE_CHECKING:
    from manifesto_cli.cli.wizard import Talk


_LONG = 60
"""How much of a value is shown that cannot be used."""


class Wanted(Struct, frozen=True):
    """What was asked for on the command line."""

    target: Path
    answers: Mapping[str, str]
    """What an option said, by the name of the answer."""
    libraries: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    ideas: tuple[str, ...] = ()


def start_project(wanted: Wanted, settings: Settings, talk: "Talk | None") -> Iterator[str]:
    """Write a project, and say what was done and what to type next. ManifestoError where it cannot be: then nothing is written.

    What is still open is asked, if there is somebody to answer.
    """
    for name, text in wanted.answers.items():
        _heed(name, text)
    _heed_both(wanted.answers)
    folder, kept = room_for(wanted.target)
    answers, guessed, laid = _first_answers(wanted, folder)
    if talk:
        answers, picks, values = _asked(talk, wanted, answers, laid)
    else:
        there = groups(laid.shelf, rows(laid.shelf, None), answers.office)
        picks = _planned(laid, _ids(wanted, there, laid, answers.office))
        values = questions(picks)
    text = manifesto_text(answers, picks, values)
    faults = _tried(folder, text, settings)
    pages = not _in_larger_repository(folder)
    beside = surroundings(kept, pages=pages)
    files = {MANIFESTO: text, **beside, **schema_files()}
    found_project(folder, {path: content.encode() for path, content in files.items()})
    yield from _guessed(guessed, answers)
    yield from _done(folder, picks, beside, kept, pages=pages)
    if answers.domain and pages:
        yield f"GitHub has to know the domain, too: enter {answers.domain} in the settings of the repository, under Pages"
    yield from _next(folder, sum(fault.code == "unwritten-text" for fault in faults))


def _heed(name: str, text: str) -> None:
    reason = objection(name, text)
    if not reason:
        return
    option = f"--{name.replace('_', '-')}"
    says = f"`{option}` says `{text[:_LONG]}`, which {reason}" if text.strip() else f"`{option}` {reason}"
    meant = {"office": office_of, "domain": domain_of}.get(name, lambda _: "")(text)
    raise ManifestoError(
        says,
        help=f"did you mean `{option} {meant}`?"
        if meant
        else f"write `{option}` with another value, or leave it out",
        status=Exit.USAGE,
    )


def _heed_both(typed: Mapping[str, str]) -> None:
    url, domain = typed.get("url"), typed.get("domain")
    if url and domain and not same_host(url, domain):
        raise ManifestoError(
            f"`--url` says `{url[:_LONG]}`, which is not at the domain `{domain[:_LONG]}`",
            help=f"leave out `--url`, for `https://{domain}/`; or leave out `--domain`, if GitHub is not to show the site there",
            status=Exit.USAGE,
        )


def _first_answers(wanted: Wanted, folder: Path) -> tuple[Answers, Mapping[str, Guess], Desk]:
    """What is known before anybody is asked, which of it was guessed, and what there is to pick from."""
    libraries = tuple(_library(name, folder) for name in wanted.libraries)
    bare = Answers(libraries=libraries) if libraries else Answers()
    laid = _laid(folder, bare)
    headers = [library.header for library in laid.shelf.libraries if library.header]
    language = headers[0].language if headers else bare.language
    typed = {name: text.strip() for name, text in wanted.answers.items()}
    if "domain" in typed:
        typed = {"url": f"https://{typed['domain']}/", **typed}
    found = {
        name: guess
        for name, guess in guesses(folder, os.environ, language).items()
        if name not in typed
        and (name != "domain" or "url" not in typed or same_host(typed["url"], guess.value))
    }
    known = {name: guess.value for name, guess in found.items()}
    return replace(bare, **{"language": language, **known, **typed}), found, laid


def _library(name: str, folder: Path) -> str | dict[str, str]:
    """A library as the manifesto lists it: a path, if it looks like one, is seen from here, and written as seen from there."""
    if not (name.startswith(".") or "/" in name or os.sep in name):
        return name
    try:
        path = os.path.relpath(Path(name).resolve(), folder)
    except ValueError:  # another drive on Windows
        path = str(Path(name).resolve())
    return {"path": path.replace(os.sep, "/")}


def _laid(folder: Path, answers: Answers) -> Desk:
    """The desk for a manifesto that picks nothing yet. ManifestoError for a library that is not there or cannot be read."""
    loaded = imagine(folder, manifesto_text(answers, (), {}))
    project = loaded.value
    _refuse(loaded.faults)
    laid = desk(project.shelf, project.manifesto, project.origin) if project else None
    if not isinstance(laid, Desk):
        raise _refused(laid)
    return laid


def _refuse(faults: Faults) -> None:
    """What would be wrong with a manifesto that these answers make: the first error stops the command."""
    for fault in faults:
        if fault.severity is Severity.ERROR:
            help = fault.help or "`manifesto explain " + fault.code + "` says more"
            raise ManifestoError(fault.headline, help=help, status=Exit.USAGE)


def _refused(refusal: Refusal | None) -> ManifestoError:
    if refusal is None:
        return ManifestoError("the manifesto cannot be read", help="leave out an option", status=Exit.USAGE)
    return ManifestoError(refusal.headline, help=refusal.help, status=Exit.USAGE)


def _ids(wanted: Wanted, there: tuple[Group, ...], laid: Desk, office: str) -> tuple[str, ...]:
    """The ideas asked for: of a priority without one, all that this office could carry out; without either, a sample."""
    if not wanted.priorities and not wanted.ideas:
        return sample(there)
    chosen: list[str] = []
    found, refusals = looked_up(laid, "priority", wanted.priorities)
    for refusal in refusals:
        raise _refused(refusal)
    ideas, refusals = looked_up(laid, "idea", wanted.ideas)
    for refusal in refusals:
        raise _refused(refusal)
    for priority in found.values():
        group = [
            row for each in there if f"{priority.library}:{priority.id}" in each.names for row in each.ideas
        ]
        if not group:
            raise ManifestoError(
                f"no idea of the priority `{priority.id}` is for the office `{office}`",
                help=f"`manifesto ideas list --priority {priority.id}` shows what there is, and `--idea ID` takes one all the same",
                status=Exit.USAGE,
            )
        chosen += [row.id for row in group if row.key in ideas] or [row.id for row in group]
    return (*chosen, *(laid.name(entry) for entry in ideas.values()))


def _planned(laid: Desk, ids: tuple[str, ...]) -> tuple[Pick, ...]:
    """The ideas with all that they need beside them. ManifestoError where two of them cannot stand side by side."""
    plan = planned(laid, ids, None, with_required=True)
    for refusal in plan.refusals:
        raise _refused(refusal)
    return plan.picks


def _asked(
    talk: "Talk", wanted: Wanted, answers: Answers, laid: Desk
) -> tuple[Answers, tuple[Pick, ...], Mapping[str, Asked]]:
    """The answers of a person, beside those that the command line gave."""
    from manifesto_cli.cli.wizard import (  # noqa: PLC0415 - it loads Rich, which nobody needs who is not asked
        ask_about,
        ask_ideas,
        ask_priorities,
        ask_values,
    )

    every = rows(laid.shelf, None)
    offices = tuple(dict.fromkeys(office for row in every for office in row.entry.record.offices))
    answers = ask_about(talk, answers, frozenset(wanted.answers), offices)
    there = groups(laid.shelf, every, answers.office)
    if not there:
        talk.say(_nobody(answers.office), "yellow")
    if wanted.priorities or wanted.ideas or not there:
        picks = _planned(laid, _ids(wanted, there, laid, answers.office))
        return answers, picks, ask_values(talk, questions(picks))
    while True:
        usual = sample(there)
        ids = [idea for group in ask_priorities(talk, there, usual) for idea in ask_ideas(talk, group, usual)]
        try:
            picks = _planned(laid, tuple(ids))
        except ManifestoError as refusal:
            talk.say(f"{refusal.headline}: {refusal.help}.", "yellow")
            continue
        return answers, picks, ask_values(talk, questions(picks))


def _nobody(office: str) -> str:
    return f"No idea of these libraries is for the office `{office}`."


def _tried(folder: Path, text: str, settings: Settings) -> Faults:
    """What is to be said of the manifesto, of which every output can be made. ManifestoError where one cannot."""
    loaded = imagine(folder, text)
    _refuse(loaded.faults)
    project = loaded.value
    found: list[Faults] = []
    if project is None:
        return ()
    for output in OUTPUTS:
        found.append(prepare(project, output, settings).faults)
        _refuse(found[-1])
    return found[0]


def _in_larger_repository(folder: Path) -> bool:
    """Whether the folder is inside a repository of git without being its root: GitHub reads workflows only at the root."""
    if os.path.lexists(folder / ".git"):
        return False
    return any(os.path.lexists(above / ".git") for above in folder.parents)


def _guessed(guessed: Mapping[str, Guess], answers: Answers) -> Iterator[str]:
    names = {"title": "title", "url": "site address", "domain": "domain", "language": "language"}
    for name, guess in guessed.items():
        if getattr(answers, name) == guess.value:
            yield f"guessed from {guess.source}: {names[name]} {guess.value}"


def _done(
    folder: Path, picks: tuple[Pick, ...], beside: Mapping[str, str], kept: tuple[str, ...], *, pages: bool
) -> Iterator[str]:
    priorities = len({pick.priority for pick in picks})
    under = "priority" if priorities == 1 else "priorities"
    what = f"{count(len(picks), 'idea')} under {priorities} {under}" if picks else "no ideas yet"
    here = seen_from_here(folder)
    yield f"wrote a draft in {'this folder' if here == '.' else here}: {what}"
    yield f"  {MANIFESTO}, " + ", ".join(sorted(beside)) + ", and schemas for your editor in .manifesto/"
    if not picks:
        yield "`manifesto ideas list` shows what there is to pick, `manifesto new idea ID` starts an idea of your own"
    for name in sorted(kept):
        if name == ".gitignore":
            yield "kept .gitignore: it should have the lines `public/` and `booklet/`"
    if not pages:
        yield "no workflow for GitHub Pages: this folder is not the root of its repository"


def _next(folder: Path, open_texts: int) -> Iterator[str]:
    if open_texts:
        yield f"{count(open_texts, 'text')} in [square brackets] to fill in: `manifesto check` lists them"
    here = seen_from_here(folder)
    go = "" if here == "." else f"`cd {shlex.quote(here)}`, then "
    yield f"next: {go}`manifesto build`, or `manifesto serve --open` to see it while you write"
