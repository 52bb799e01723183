"""A build of which it is not known that it would do what the last one did: everything up to the pages, and of these those that may be others."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.cli.unchanged import Before, Done, Reading, Since, reading, remember
from manifesto_cli.disk.shipped import shipped
from manifesto_cli.faults.diagnostic import Faults, Outcome, in_reading_order
from manifesto_cli.loading import Project
from manifesto_cli.making import Ready, made, making
from manifesto_cli.outputs.addresses import EDITION
from manifesto_cli.pages_ahead import Elsewhere
from manifesto_cli.rendering.files import Share
from manifesto_cli.rendering.output import Output
from manifesto_cli.rendering.views.words import imprint_words
from manifesto_cli.settings import Settings
from manifesto_cli.telling import Tell
from manifesto_cli.untouched import untouched_pages

if TYPE_CHECKING:
    from manifesto_cli.disk.publishing import Published


class Rebuild(Struct, frozen=True):
    """What to build, and what is known of the last time."""

    root: Path
    output: Output
    target: Path
    settings: Settings
    dry_run: bool
    before: Before
    since: Since | None
    elsewhere: Elsewhere | None
    """Who makes a few pages, if another process does."""


def rebuilt(wanted: Rebuild, tell: Tell, *, strict: bool) -> "Outcome[Published]":
    """What the build did, and everything that was wrong, in reading order. With a fault that stops it nothing is written, and there is no value."""

    def read(project: Project) -> Reading | None:
        return None if wanted.dry_run else reading(wanted.before, _roots(project), wanted.target)

    since, run = wanted.since, wanted.before.run
    # Of what a page is made is only asked from the second build on: the first takes a twentieth longer if it is.
    trace = since.trace if since else run.traced() if run else None
    with making(
        wanted.root,
        wanted.output,
        wanted.settings,
        tell,
        strict=strict,
        aside=read,
        elsewhere=wanted.elsewhere,
        in_place=trace.made_from if trace else None,
    ) as found:
        ready = found.value
        if ready is None:
            return Outcome(None, found.faults)
        left = _left_alone(ready, since) if since else frozenset[str]()
        protected = ready.project.protected

        def write(shares: Sequence[Share]) -> "Outcome[Published]":
            # Imported here because meanwhile another process may make pages already.
            from manifesto_cli.disk.publishing import publish, rehearse  # noqa: PLC0415

            if wanted.dry_run:
                return rehearse(wanted.target, shares, protected=protected)
            return publish(wanted.target, shares, protected=protected, untouched=left)

        published = made(ready, write, tell, left)
        was_read = ready.aside()
    if published.value is None:
        return Outcome(None, in_reading_order((*found.faults, *published.faults)))
    if not wanted.dry_run:
        done = _done(ready, was_read, published.value, found.faults, _patchable(ready, since))
        if trace:
            texts = {path: trace.texts[path] for path in left} | done.texts
            made_from = {path: trace.made_from[path] for path in left & trace.made_from.keys()}
            done = replace(done, texts=texts, made_from=made_from | done.made_from)
        remember(wanted.before, wanted.target, done)
    if ready.processes > 1:
        _leave_whole(ready)
    return Outcome(published.value, found.faults)


def _leave_whole(ready: Ready) -> None:
    """Have what a large site was made from still there when the process ends. To take it apart first would take a fortieth of the build.

    A circle holds it: none is looked for before that, and in a process that goes on it will be in time.
    """
    circle: list[object] = [ready]
    circle.append(circle)


def _left_alone(ready: Ready, since: Since) -> frozenset[str]:
    return untouched_pages(
        ready.project.shelf, ready.prepared.site.paths, since.changed, since.trace, ready.work.kept
    )


def _done(
    ready: Ready,
    read: Reading | None,
    published: "Published",
    faults: Faults,
    patchable: bool | None,
) -> Done:
    """What the next build has to know of this one, but for the pages that were left alone."""
    count = len(published.written) + published.unchanged
    imprint = imprint_words(ready.prepared.edition.manifesto.imprint, printed=False)
    return Done(
        _roots(ready.project),
        read,
        count,
        faults,
        ready.work.kept.files,
        {**published.texts},
        {**published.made_from},
        patchable,
        imprint,
    )


_MANY = 400
"""To look at a theme takes as long as to make so many pages takes longer by a hundredth."""


def _patchable(ready: Ready, since: Since | None) -> bool | None:
    """Whether pages may be made of what they were if only words of texts change. Who builds a small site for the first time need not wait for that to be found out."""
    if since is None and len(ready.prepared.site.paths) < _MANY:
        return None
    if EDITION in ready.pages().files or ready.prepared.output.printed:
        return False  # it shows all texts
    # Imported here because most builds are of sites with everything.
    from manifesto_cli.rendering.study.put_out import only_puts_texts_out  # noqa: PLC0415

    return only_puts_texts_out(ready.prepared.theme)


def _roots(project: Project) -> tuple[str, ...]:
    """The folders of the project and of the libraries that it lists by path."""
    ours = {shipped("ideas"), shipped("themes")}
    return tuple(str(folder) for folder in project.protected.roots if folder not in ours)
