"""Pages of a website made by a fork that begins before it is known what there is to make.

While this process reads and checks a manifesto, the fork loads what makes pages, Jinja first, and compiles templates if none is compiled yet. What pages are
made from is handed to it in a few milliseconds (docs/decisions/work-beside-work.md).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from manifesto_cli.disk.caches import is_nothing_compiled
from manifesto_cli.disk.workers import WORTH, ahead, is_handed, jobs_for, taken
from manifesto_cli.faults.diagnostic import Outcome

# Both processes need these and all that they import, so it is loaded before there are two.
from manifesto_cli.merging.edition import Edition
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.site import Site
from manifesto_cli.rendering.theme import Theme

MANY = 2 * WORTH
"""So many pages are made sooner if they are divided, among forks of the process that has planned them."""

_MANY_TEMPLATES = 20
"""So many templates take longer to compile than Jinja to load. If none is compiled yet, the pages are there sooner if both processes compile."""

InPlace = Mapping[str, bytes] | None
"""As `Means` has it."""
Elsewhere = Callable[[Edition, Site, Theme, Sequence[str], InPlace], Iterator[Outcome[File]] | None]
"""(edition, site, theme, paths, what is in place) → the page of each path, as soon as another process has made it; None if they are there sooner without it."""


@contextmanager
def pages_ahead(root: Path) -> Iterator[Elsewhere | None]:
    """What has pages of the project made by another process, as long as the block runs; None where there may be none, or it would have no core for itself."""
    if jobs_for(None, MANY) == 1:
        yield None
        return
    compiles = is_nothing_compiled()
    with ahead(partial(_made, root, compiles=compiles)) as hand:
        yield partial(_handed, hand, compiles=compiles) if hand else None


def _handed(  # noqa: PLR0913 - two are bound, the rest is what pages are made from
    hand: Callable[[object], Iterator[Outcome[File]]],
    edition: Edition,
    site: Site,
    theme: Theme,
    paths: Sequence[str],
    in_place: InPlace,
    *,
    compiles: bool,
) -> Iterator[Outcome[File]] | None:
    templates = sum(len(layer.templates) for layer in theme.layers)
    if len(paths) >= MANY or (compiles and templates >= _MANY_TEMPLATES):
        hand(None)  # so that it ends when all is compiled
        return None
    return hand((edition, site, theme, paths, in_place))


def _made(root: Path, source: int, *, compiles: bool) -> Iterator[Outcome[File]]:
    """What the fork does: get ready, wait for what is wanted, and make it."""
    # Imported here because only the fork needs them.
    from manifesto_cli.disk.template_cache import template_cache  # noqa: PLC0415

    handed: list[Any] = []

    def is_wanted() -> bool:
        if not handed and is_handed(source):
            handed.append(taken(source))
        return any(handed)  # None says that nothing is

    cache = template_cache()
    if compiles:
        from manifesto_cli.disk.templates_ahead import compile_ahead  # noqa: PLC0415 - as above

        compile_ahead(root, cache, is_wanted)
    from manifesto_cli.outputs import html  # noqa: F401, PLC0415 - so that it is there when it is wanted
    from manifesto_cli.outputs.website import website  # noqa: PLC0415
    from manifesto_cli.rendering.output import Means, pages_in_turn  # noqa: PLC0415

    wanted = handed[0] if handed else taken(source)
    if wanted is None:
        return
    edition, site, theme, paths, in_place = wanted
    means = Means(lambda: cache, in_place=in_place)
    yield from pages_in_turn(website(edition, site, theme, means), paths)
