"""What stands against publishing: an address that does not fit, a domain that would be lost, promises that would go in silence, files of others."""

from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from msgspec.structs import replace

from manifesto_cli.disk.paths import unsafe
from manifesto_cli.faults.catalogue.publishing import lost_domain, pledge_gone, wrong_address
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.merging.edition import Edition
from manifesto_cli.publish.addresses import HOME, PLEDGES, Continued
from manifesto_cli.publish.ledger import NAME, PAGE, Ledger
from manifesto_cli.reading.hosts import same_host
from manifesto_cli.rendering.files import Copy, File

CNAME = "CNAME"
"""The file in which GitHub Pages keeps the domain of a site."""
ALL = "all"
_SHOWN = 10


def pages_address(owner: str, name: str, domain: str | None) -> str:
    """Where GitHub shows a repository (docs.github.com, "What is GitHub Pages?", types of sites; and "About custom domains")."""
    if domain:
        return f"https://{domain}/"
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def address_faults(edition: Edition, url: str | None, owner: str, name: str) -> Iterator[Diagnostic]:
    """That the site says it is somewhere else than where GitHub will show it."""
    site = edition.manifesto.site
    right = pages_address(owner, name, site.domain)
    if url is None or not _same(url, right):
        named = edition.origin.name("site").text == "site"
        at = edition.origin.at("site", "url") if url else edition.origin.at("title")
        yield wrong_address(at, url, right, f"{owner}/{name}", section=named)


def _same(one: str, other: str) -> bool:
    """Whether two addresses are one to GitHub, which leads from a host with `www.` to the one without, and the other way round."""
    ours, theirs = urlsplit(one), urlsplit(other)
    return same_host(one, theirs.hostname or "") and ours.path.rstrip("/") == theirs.path.rstrip("/")


def domain_faults(edition: Edition, before: str) -> Iterator[Diagnostic]:
    """That the domain which the site has now would be dropped without a word. `before` is empty for none."""
    if before and not edition.manifesto.site.domain:
        yield lost_domain(edition.origin.at("site"), before)


def pledge_faults(edition: Edition, parted: Continued, let_go: Collection[str]) -> Iterator[Diagnostic]:
    """Each pledge that was published and would go in silence; those that are let go may."""
    own = {pledge.idea.title: pledge.id for pledge in edition.pledges if not pledge.library}
    for gone in parted.pledges:
        name = name_of(gone.path)
        if not {name, ALL} & {*let_go}:
            yield pledge_gone(
                edition.origin.name("priorities"), gone.path, gone.title, name, own.get(gone.title, "")
            )


def name_of(path: str) -> str:
    """The id of the pledge at an address."""
    return path.removeprefix(PLEDGES).removesuffix(PAGE)


def foreign_files(there: Collection[str], before: Ledger, kept: Collection[str]) -> tuple[str, ...]:
    """What is in a published place that the tool did not put there and was not told to keep, in order."""
    return tuple(sorted({*there} - before.files.keys() - {*before.kept, *kept, NAME, CNAME}))


def refuse_foreign(foreign: Collection[str], where: str) -> None:
    """ManifestoError that names files which the tool did not put there."""
    if foreign:
        first = [*foreign][:_SHOWN]
        more = f" and {len(foreign) - len(first):,} more" if len(foreign) > len(first) else ""
        raise ManifestoError(
            f"{where} holds what this tool did not put there: {', '.join(f'`{path}`' for path in first)}{more}",
            help=f"keep a file beside the site with `--keep {first[0]}`; or let the site take the place of all of them with `--adopt`",
            status=Exit.USAGE,
        )


def with_adopted(before: Ledger, foreign: Collection[str]) -> Ledger:
    """What was published before, with the pages of another tool that the site takes the place of: each leads to the first page of ours."""
    pages = [path for path in foreign if path.endswith(PAGE) and unsafe(path) is None]
    return replace(before, moved={**dict.fromkeys(pages, HOME), **before.moved})


def refuse_clash(files: Collection[File | Copy], kept: Collection[str]) -> None:
    """ManifestoError where a file of the site has the name of one that is kept."""
    clash = sorted({file.path for file in files} & {*kept})
    if clash:
        raise ManifestoError(
            f"the site has a file `{clash[0]}` of its own, and the one that is there was to be kept",
            help="rename the one that is kept, or delete it where it is",
            status=Exit.USAGE,
        )
