"""A project → a site as it is published: built in strict mode, every earlier address kept, with the list of all of them."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.faults.diagnostic import Outcome, in_reading_order
from manifesto_cli.making import Ready, files, making
from manifesto_cli.merging.edition import Edition
from manifesto_cli.outputs.website import WEBSITE
from manifesto_cli.pipeline import Prepared
from manifesto_cli.publish.addresses import Continued, addresses, continued, moved
from manifesto_cli.publish.ledger import NAME, Ledger, encoded, ledger_of
from manifesto_cli.rendering.files import Copy, File
from manifesto_cli.rendering.views.words import imprint_words
from manifesto_cli.settings import Settings
from manifesto_cli.telling import Tell


class Publication(Struct, frozen=True):
    """A site as it is published."""

    ready: Ready
    files: tuple[File | Copy, ...]
    """Every file, the list among them."""
    ledger: Ledger
    before: Ledger
    """What was published before."""
    continued: Continued
    """What has become of earlier addresses."""

    @property
    def edition(self) -> Edition:
        """What it was made from."""
        return self.ready.prepared.edition

    @property
    def imprint(self) -> str:
        """The text that stands on every page; empty where no law asks for one."""
        return imprint_words(self.edition.manifesto.imprint, printed=False)

    @property
    def url(self) -> str | None:
        """The address under which the site will be found, ending in `/`, if that is known."""
        return self.ready.prepared.site.url


@contextmanager
def made(
    root: Path,
    settings: Settings,
    earlier: Callable[[str | None], Ledger],
    tell: Tell,
    *,
    kept: Collection[str] = (),
) -> Iterator[Outcome[Publication]]:
    """The site that follows an earlier one, as long as the block runs, and everything that is wrong. Warnings count: then there is no site.

    `earlier` says what was published before at the address of the site, as far as that is known. `kept` are files of somebody else's that stay beside it.
    """
    found: list[tuple[Ledger, Continued]] = []

    def adapt(prepared: Prepared) -> Prepared:
        before = earlier(prepared.site.url)
        follows = continued(prepared.site, before)
        found.append((before, follows))
        return replace(prepared, site=follows.site)

    with making(root, WEBSITE, settings, tell, strict=True, adapt=adapt) as ready:
        if ready.value is None:
            yield Outcome(None, ready.faults)
            return
        site = files(ready.value, tell)
        if site.value is None:
            yield Outcome(None, in_reading_order((*ready.faults, *site.faults)))
            return
        prepared = ready.value.prepared
        ledger = ledger_of(
            site.value, addresses(prepared.edition, prepared.site, site.value), moved(prepared.site), kept
        )
        whole = (*site.value, File(NAME, encoded(ledger)))
        yield Outcome(Publication(ready.value, whole, ledger, *found[0]), ready.faults)
