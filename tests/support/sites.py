"""Editions in every theme, shown by a host under a path as on GitHub Pages, and the pages of them that tests look at."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from manifesto_cli.model.manifesto import Website
from support.built import EXAMPLES, Published, sparse
from support.looks import Subject
from support.serving import addresses, serving
from tools.themed import pages, publish_themed, shipped_themes

EXAMPLE = "police-commissioner"
"""The edition of which all pages are looked at, and one of each kind from all sides."""
THEMES = shipped_themes()
DEFAULT = Website().theme
_TRIED = (EXAMPLE, "hostile", "right-to-left", "uneven")
"""Editions in which a theme is tried that is not the default."""
_CLOSELY = (EXAMPLE, "hostile")
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
        """All pages of one example in the default theme, two of a kind of other editions, and one of a kind in other themes."""
        return [subject for prefix in self.folders for subject in self._of(prefix)]

    def one_of_each(self, *editions: str) -> list[Subject]:
        """One page of each kind in each theme."""
        found = []
        for prefix in self.folders:
            _, _, theme, edition, _ = prefix.split("/")
            if edition in editions:
                found += self._pages(theme, edition, 1)
        return found

    def lost(self) -> list[Subject]:
        """An address at which there is nothing, some folders down, in each site."""
        return [
            Subject(f"{self.host}{prefix}a/b/c", self.host + prefix, theme, edition, "404", thorough=False)
            for prefix in self.folders
            for _, _, theme, edition, _ in [prefix.split("/")]
        ]

    def _of(self, prefix: str) -> Sequence[Subject]:
        _, _, theme, edition, _ = prefix.split("/")
        if theme != DEFAULT:
            return self._pages(theme, edition, 1)
        return self._pages(theme, edition, None if edition == EXAMPLE else 2)

    def _pages(self, theme: str, edition: str, each: int | None) -> list[Subject]:
        prefix = f"/some/{theme}/{edition}/"
        root = self.host + prefix
        kinds: set[str] = set()
        found = []
        for kind, path in pages(self.folders[prefix], each=each):
            thorough = edition in _CLOSELY and kind not in kinds
            kinds.add(kind)
            found.append(Subject(root + path, root, theme, edition, kind, thorough=thorough))
        return found


@contextmanager
def shown(editions: Sequence[Published], folder: Path) -> Iterator[Sites]:
    """The sites, while they are shown."""
    projects = {edition.name: edition.project for edition in editions} | sparse(folder / "sparse")
    folders: dict[str, Path] = {}
    with serving(folders) as host:
        for theme in THEMES:
            for name, project in projects.items():
                if theme == DEFAULT or name in _TRIED:
                    prefix = f"/some/{theme}/{name}/"
                    folders[prefix] = folder / theme / name
                    publish_themed(project, folders[prefix], theme, url=host + prefix)
        yield Sites(host, folders)


def from_a_folder(editions: Sequence[Published], sites: Sites) -> tuple[list[Subject], frozenset[str]]:
    """Pages as they are opened from a folder, and what is in those folders.

    All but the page for wrong addresses, which only a host shows, and which has to know where the site is.
    """
    places = [(DEFAULT, edition.name, edition.site) for edition in editions]
    places += [
        (theme, EXAMPLE, sites.folders[f"/some/{theme}/{EXAMPLE}/"]) for theme in THEMES if theme != DEFAULT
    ]
    examples = {example.name for example in EXAMPLES}
    found = []
    for theme, name, site in places:
        root = f"{site.as_uri()}/"
        each = 1 if theme != DEFAULT else None if name in examples else 2
        found += [
            Subject(root + path, root, theme, name, kind, thorough=False)
            for kind, path in pages(site, each=each)
            if kind != "404"
        ]
    return found, frozenset(addresses("", {f"{site.as_uri()}/": site for _, _, site in places}, *ENDINGS))
