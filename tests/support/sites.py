"""Editions in every theme, shown by a host under a path as on GitHub Pages, and the pages of them that tests look at."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from manifesto_cli.model.manifesto import Website
from support.built import Published, sparse
from support.looks import Depth, Subject
from support.serving import addresses, serving
from tools.themed import KINDS, pages, publish_themed, shipped_themes

EXAMPLE = "police-commissioner"
"""The edition of which one page of each kind is looked at from all sides, and from a folder all pages."""
DEALS = "safer-deal"
"""The edition of which the pages of deals are."""
DEAL_KINDS = ("deal", "deals")
THEMES = shipped_themes()
DEFAULT = Website().theme
_BARE = ("minimal", "mayor", "nothing", "uneven")
"""Editions of which a page of each kind says enough."""
_TRIED = {
    EXAMPLE: KINDS,
    DEALS: ("home", *DEAL_KINDS, "whole"),
    "hostile": ("home", "priority", "pledge", "deal", "deals", "case-study", "about", "costs", "whole"),
    "right-to-left": ("home", "pledge", "deal", "case-study", "whole"),
    "uneven": ("home", "priority"),
}
"""What a theme is tried on that is not the default."""
ENDINGS = (
    "",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".png",
    ".jpg",
    ".webp",
    ".woff2",
    ".ico",
    ".webmanifest",
    ".json",
    ".xml",
    ".txt",
)


@dataclass(frozen=True)
class Sites:
    """Where the sites are, by path of the host: `/some/THEME/EDITION/`."""

    host: str
    folders: dict[str, Path]

    def files(self) -> frozenset[str]:
        """The addresses of everything that is there."""
        return frozenset(addresses(self.host, self.folders, *ENDINGS))

    def subjects(self) -> list[Subject]:
        """In the default theme three pages of a kind of one example, two of a kind or one of others; in other themes one of a kind.

        All pages of that example are looked at where they are opened from a folder.
        """
        found = []
        for prefix in self.folders:
            theme, edition = _named(prefix)
            if theme == DEFAULT:
                each = 3 if edition == EXAMPLE else 1 if edition in _BARE else 2
                found += self._pages(prefix, KINDS, each)
            else:
                found += self._pages(prefix, _TRIED[edition], 1)
        return found

    def one_of_each(self, edition: str, kinds: Iterable[str] = tuple(KINDS)) -> list[Subject]:
        """One page of each kind of an edition in each theme."""
        return [
            subject
            for prefix in self.folders
            if _named(prefix)[1] == edition
            for subject in self._pages(prefix, kinds, 1)
        ]

    def lost(self) -> list[Subject]:
        """An address at which there is nothing, some folders down, in each theme."""
        return [
            Subject(f"{self.host}{prefix}a/b/c", self.host + prefix, theme, edition, "404", Depth.PLAIN)
            for prefix in self.folders
            for theme, edition in [_named(prefix)]
            if edition in (EXAMPLE, "right-to-left")
        ]

    def _pages(self, prefix: str, kinds: Iterable[str], each: int | None) -> list[Subject]:
        theme, edition = _named(prefix)
        root = self.host + prefix
        known: set[str] = set()
        found = []
        for kind, path in pages(self.folders[prefix], kinds, each):
            plain = Depth.BRIEF if edition in _BARE[:2] else Depth.PLAIN
            closest = edition == EXAMPLE or (edition == DEALS and kind in DEAL_KINDS)
            depth = Depth.CLOSE if closest and kind not in known else plain
            known.add(kind)
            found.append(Subject(root + path, root, theme, edition, kind, depth))
        return found


def _named(prefix: str) -> tuple[str, str]:
    """The theme and the edition of a site, by its path."""
    theme, edition = prefix.strip("/").split("/")[1:]
    return theme, edition


@contextmanager
def shown(editions: Sequence[Published], folder: Path) -> Iterator[Sites]:
    """The sites, while they are shown."""
    projects = {edition.name: edition.project for edition in editions} | sparse(folder / "sparse")
    folders: dict[str, Path] = {}
    with serving(folders) as host, pytest.MonkeyPatch.context() as patch:
        patch.setenv("MANIFESTO_CACHE", str(folder / "cache"))
        for theme in THEMES:
            for name, project in projects.items():
                if theme == DEFAULT or name in _TRIED:
                    prefix = f"/some/{theme}/{name}/"
                    folders[prefix] = folder / theme / name
                    publish_themed(project, folders[prefix], theme, url=host + prefix)
        patch.undo()
        yield Sites(host, folders)


def from_a_folder(editions: Sequence[Published], sites: Sites) -> tuple[list[Subject], frozenset[str]]:
    """Pages as they are opened from a folder, and what is in those folders.

    All but the page for wrong addresses, which only a host shows, and which has to know where the site is.
    """
    places = [(DEFAULT, edition.name, edition.site) for edition in editions]
    places += [
        (theme, EXAMPLE, sites.folders[f"/some/{theme}/{EXAMPLE}/"]) for theme in THEMES if theme != DEFAULT
    ]
    found = []
    for theme, name, site in places:
        root = f"{site.as_uri()}/"
        each = None if theme == DEFAULT and name == EXAMPLE else 1
        found += [
            Subject(root + path, root, theme, name, kind, Depth.BRIEF)
            for kind, path in pages(site, each=each)
            if kind != "404"
        ]
    return found, frozenset(addresses("", {f"{site.as_uri()}/": site for _, _, site in places}, *ENDINGS))
