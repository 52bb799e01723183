"""Pages of a website made by a fork that begins before it is known what there is to make.

While this process reads and checks a manifesto, the fork loads what makes pages, Jinja first, and compiles templates if none is compiled yet. What pages are
made from is handed to it in a few milliseconds (docs/decisions/work-beside-work.md).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from manifesto_cli.disk.workers import WORTH, ahead, is_handed, jobs_for, taken
from manifesto_cli.faults.diagnostic import Outcome

# Both processes need these and all that they import, so it is loaded before there are two.
from manifesto_cli.merging.edition import Edition
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.site import Site
from manifesto_cli.rendering.theme import Theme

MANY = 2 * WORTH
"""So many pages are made sooner if they are divided, among forks of the process that has planned them."""

Elsewhere = Callable[[Edition, Site, Theme, Sequence[str]], Iterator[Outcome[File]] | None]
"""(edition, site, theme, paths) → the page of each path, as soon as another process has made it; None if they are too many."""


@contextmanager
def pages_ahead(root: Path) -> Iterator[Elsewhere | None]:
    """What has pages of the project made by another process, as long as the block runs; None where there may be none, or it would have no core for itself."""
    if jobs_for(None, MANY) == 1:
        yield None
        return
    with ahead(partial(_made, root)) as hand:
        yield partial(_handed, hand) if hand else None


def _handed(
    hand: Callable[[object], Iterator[Outcome[File]]],
    edition: Edition,
    site: Site,
    theme: Theme,
    paths: Sequence[str],
) -> Iterator[Outcome[File]] | None:
    if len(paths) >= MANY:
        hand(None)  # so that it ends
        return None
    return hand((edition, site, theme, paths))


def _made(root: Path, source: int) -> Iterator[Outcome[File]]:
    """What the fork does: get ready, wait for what is wanted, and make it."""
    # Imported here because only the fork needs them.
    from manifesto_cli.disk.template_cache import template_cache  # noqa: PLC0415
    from manifesto_cli.disk.templates_ahead import compile_ahead, is_nothing_compiled  # noqa: PLC0415

    cache = template_cache()
    if is_nothing_compiled():
        compile_ahead(root, cache, partial(is_handed, source))
    from manifesto_cli.outputs import html  # noqa: F401, PLC0415 - so that it is there when it is wanted
    from manifesto_cli.outputs.website import website  # noqa: PLC0415
    from manifesto_cli.rendering.output import Means, pages_in_turn  # noqa: PLC0415

    wanted = taken(source)
    if wanted is None:
        return
    edition, site, theme, paths = wanted
    yield from pages_in_turn(website(edition, site, theme, Means(lambda: cache)), paths)
