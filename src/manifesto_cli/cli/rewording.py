"""A build before which nothing was changed but the words of texts: the pages that show them are made of what they were."""

from pathlib import Path

from msgspec.structs import replace

from manifesto_cli.cli.unchanged import Before, Done, Since, reading, remember
from manifesto_cli.disk.kept import save
from manifesto_cli.disk.projects import protected_folders
from manifesto_cli.disk.publishing import Published, publish
from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.patching import patched
from manifesto_cli.rendering.files import undivided
from manifesto_cli.shares import kept_for


def reworded(root: Path, target: Path, before: Before, since: Since) -> Outcome[Published] | None:
    """What the build did, and the faults that are still there; None where more has changed, or where that cannot be told."""
    run, trace, kept = since.run, since.trace, kept_for(root)
    found = patched(run, trace, since.changed, target, kept)
    if found is None:
        return None
    libraries = tuple(Path(folder) for folder in run.roots if folder != str(root))
    published = publish(
        target, undivided(found.files), protected=protected_folders(root, libraries), untouched=None
    )
    if published.value is not None:
        save(kept)
        others = {file.path for file in found.files}
        made_from = {path: told for path, told in trace.made_from.items() if path not in others}
        now = replace(trace, keys={**trace.keys, **found.keys}, made_from=made_from)
        remember(
            before,
            target,
            Done(
                run.roots,
                reading(before, run.roots, target),
                run.count,
                run.faults,
                now.keys,
                now.texts,
                now.made_from,
                now.patchable,
                now.imprint,
            ),
        )
    return Outcome(published.value, run.faults)
