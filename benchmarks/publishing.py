"""How long publishing to a branch takes, apart from making the pages: sites of two sizes, new, unchanged, and with one page changed.

Run it with `make bench`. The remote is a repository on the same disk, so no network is in the figures.
"""

import os
import random
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from manifesto_cli.publish.branch import push, tip
from manifesto_cli.publish.commits import commit, compare
from manifesto_cli.publish.git import Repository, repository
from manifesto_cli.publish.remotes import Remote, remote
from manifesto_cli.rendering.files import File

T = TypeVar("T")
SIZES = (300, 12_000)
WHO = {f"GIT_{who}_{what}": "bench" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def site(pages: int) -> list[File]:
    """Pages of about 8 KB: most of it is the same on all, as in a site, and 300 words are not."""
    chance = random.Random(1)  # noqa: S311 - the same words each time
    words = [f"word{number}" for number in range(3000)]
    frame = " ".join(chance.choices(words, k=700))
    return [
        File(
            f"pledges/p{page}.html",
            f"<!doctype html>{frame} {' '.join(chance.choices(words, k=300))}".encode(),
        )
        for page in range(pages)
    ]


def publish(here: Repository, to: Remote, files: list[File]) -> dict[str, float]:
    """The seconds that each step takes."""
    taken: dict[str, float] = {}

    def timed(name: str, step: Callable[[], T]) -> T:
        start = time.perf_counter()
        value = step()
        taken[name] = time.perf_counter() - start
        return value

    now = timed("look", lambda: tip(here, to, "gh-pages"))
    timed("compare", lambda: compare(here, now, files, ()))
    made = timed("commit", lambda: commit(here, now, files, (), "Publish"))
    if made != now.commit:
        timed("push", lambda: push(here, to, "gh-pages", made, now))
    return taken


def main() -> None:
    """Measure each size in turn."""
    os.environ.update(WHO)
    for pages in SIZES:
        with tempfile.TemporaryDirectory() as top:
            work = Path(top, "work")
            for words in (("--bare", f"{top}/there.git"), (str(work),)):
                subprocess.run(["git", "init", "-q", *words], check=True)  # noqa: S603, S607 - the user's own git
            subprocess.run(["git", "-C", work, "remote", "add", "origin", f"{top}/there.git"], check=True)  # noqa: S603, S607 - the same
            here, files = repository(work), site(pages)
            to = remote(here)
            for what in ("new", "unchanged", "one page changed"):
                if what == "one page changed":
                    files[0] = File(files[0].path, b"changed")
                taken = publish(here, to, files)
                steps = "  ".join(f"{name} {seconds:.2f}" for name, seconds in taken.items())
                print(f"publish {pages:>6} pages, {what:16} {sum(taken.values()):6.2f} s: {steps}")


if __name__ == "__main__":
    main()
