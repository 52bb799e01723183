"""Who takes part: how each builds its site of the same content, anew and again, and how its sources are changed."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from benchmarks import projects, sites
from benchmarks.content import REGION, Content, Idea
from benchmarks.measuring import Taken, peak, timed

Command = tuple[str, ...]
Figure = TypeVar("Figure")


class Contestant(Struct, frozen=True):
    """A generator with its site, ready to be built."""

    name: str
    folder: Path
    content: Content
    command: Command
    left: tuple[str, ...]
    """What a build leaves in the folder, the output first; a cold one must not find it."""
    frame: tuple[Path, str]
    """The template of all pages: where it was copied from, and where it is in the folder."""
    put_idea: Callable[[Path, Idea, str], None]
    """Writes an idea, with a region, into the folder."""
    put_region: Callable[[Path, str], None] | None = None
    """Writes what stands in the place of the placeholder, where the generator knows placeholders."""
    again: tuple[str, ...] = ()
    """What it has to be told besides to build over what is there."""
    cache: Path | None = None
    """A folder elsewhere that a cold build must not find either."""
    spared: tuple[str, ...] = ()
    """What may stay of that folder."""

    @property
    def output(self) -> Path:
        """Where its pages are."""
        return self.folder / self.left[0]

    def cold(self) -> Taken:
        """What a build takes when there is nothing but the sources."""
        self._clear()
        return self._complete(timed(self.command, self.folder, environment(self.cache)))

    def rebuilt(self) -> Taken:
        """What a build takes over what the last one left."""
        return self._complete(timed((*self.command, *self.again), self.folder, environment(self.cache)))

    def memory(self) -> int:
        """How much memory a cold build has at most, in bytes."""
        self._clear()
        return self._complete(peak(self.command, self.folder, environment(self.cache)))

    def edit(self, what: str, number: int) -> None:
        """Change one thing in the sources, in a way that no other number does."""
        EDITS[what](self, number)

    def _clear(self) -> None:
        for path in (self.folder / each for each in self.left):
            remove(path)
        for path in self.cache.iterdir() if self.cache and self.cache.is_dir() else ():
            if path.name not in self.spared:
                remove(path)

    def _complete(self, figure: Figure) -> Figure:
        found = sum(name.endswith(".html") for _, _, names in os.walk(self.output) for name in names)
        if found < self.content.pages:
            raise SystemExit(f"{self.name} made {found} of {self.content.pages} pages in {self.output}")
        return figure


def manifesto(top: Path, content: Content, command: Command, theme: str = "bench") -> Contestant:
    """`manifesto` in a theme."""
    folder = top / f"manifesto-{theme}"
    if not folder.is_dir():
        projects.write_project(folder, content, theme)
    return Contestant(
        "manifesto" if theme == "bench" else f"manifesto, {theme}",
        folder,
        content,
        command,
        ("public",),
        (projects.THEMES / "bench" / "templates" / "footer.html", "themes/bench/templates/footer.html"),
        lambda to, idea, _: projects.put_idea(to, idea),
        put_region=lambda to, region: projects.put_manifesto(to, theme, region),
        cache=top / f"cache-{theme}",
    )


def compiled(contestant: Contestant) -> Contestant:
    """The same with its templates compiled already: what anybody has who builds a second time."""
    return replace(contestant, name=f"{contestant.name}, templates compiled", spared=("templates",))


def hugo(top: Path, content: Content, command: Command) -> Contestant:
    """Hugo."""
    folder = top / "hugo"
    if not folder.is_dir():
        sites.write_hugo(folder, content)
    left = ("public", "resources", ".hugo_build.lock")
    frame = "layouts/baseof.html"
    return Contestant(
        "Hugo", folder, content, command, left, (sites.LAYOUTS / "hugo" / frame, frame), sites.put_hugo_idea
    )


def zola(top: Path, content: Content, command: Command) -> Contestant:
    """Zola."""
    folder = top / "zola"
    if not folder.is_dir():
        sites.write_zola(folder, content)
    frame = "templates/frame.html"
    frames = (sites.LAYOUTS / "zola" / frame, frame)
    return Contestant(
        "Zola", folder, content, command, ("public",), frames, sites.put_zola_idea, again=("--force",)
    )


def _at(content: Content, part: int) -> Idea:
    """An idea half or a third of the way through, without the placeholder: a change of its value writes the others anew."""
    plain = [idea for idea in content.ideas if not idea.regional] or content.ideas
    return plain[len(plain) // part]


def _body(to: Contestant, number: int) -> None:
    idea = _at(to.content, 2)
    added = f"{idea.body}\nWe have counted them again, and there are {number}.\n"
    to.put_idea(to.folder, replace(idea, body=added), REGION)


def _title(to: Contestant, number: int) -> None:
    # Another idea than the one above, so that one thing changes at a time.
    idea = _at(to.content, 3)
    to.put_idea(to.folder, replace(idea, title=f"{idea.title} in {number} places"), REGION)


def _template(to: Contestant, number: int) -> None:
    original, copy = to.frame
    text = original.read_text(encoding="utf-8").replace(
        "How this was made", f"How this was made, part {number}"
    )
    (to.folder / copy).write_text(text, encoding="utf-8")


def _value(to: Contestant, number: int) -> None:
    region = f"{number} places in {REGION}"
    if to.put_region:
        to.put_region(to.folder, region)
        return
    for idea in to.content.ideas:
        if idea.regional:
            to.put_idea(to.folder, idea, region)


EDITS: Mapping[str, Callable[[Contestant, int], None]] = {
    "one body": _body,
    "one title": _title,
    "one template": _template,
    "one value": _value,
    "nothing": lambda *_: None,
}
"""What changes between a build and the next. The template is that of all pages; the value stands in every tenth idea."""


def environment(cache: Path | None) -> dict[str, str]:
    """The environment of whoever measures without settings of ours or of Python's, and with this cache.

    One of Python's says that no bytecode is kept: then every start compiles the whole program, as it does for nobody who has installed it.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MANIFESTO_", "PYTHON"))}
    return kept | ({"MANIFESTO_CACHE": str(cache)} if cache else {})


def remove(path: Path) -> None:
    """Take a file or a folder away, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
