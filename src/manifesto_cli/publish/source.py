"""What a site was made from: the commit, the branch, and what was changed since."""

import os

from msgspec import Struct

from manifesto_cli.publish.git import Repository, git, run


class Source(Struct, frozen=True):
    """The state of the repository that a site is made from."""

    commit: str
    """Empty before the first commit."""
    branch: str
    """Empty where none is checked out, as on services that build."""
    changed: tuple[str, ...]
    """What is different from the commit in the folder of the project, as paths in it; a new folder ends in `/`."""


def source(repository: Repository) -> Source:
    """What stands in the repository now. The index is not refreshed."""
    commit = run(repository, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").out.decode().strip()
    branch = (
        run(repository, "symbolic-ref", "--quiet", "--short", "HEAD")
        .out.decode(errors="surrogateescape")
        .strip()
    )
    words = (
        "status",
        "--porcelain=v1",
        "-z",
        "--untracked-files=normal",
        "--no-renames",
        "--ignore-submodules=none",
    )
    listed = git(repository, *words, "--", ".").decode(errors="surrogateescape")
    # Paths are seen from the top of the work tree.
    inside = os.path.relpath(os.path.realpath(repository.folder), os.path.realpath(repository.top))
    prefix = "" if inside == "." else inside.replace(os.sep, "/") + "/"
    paths = (line[3:] for line in listed.split("\0") if line)
    changed = sorted("./" if prefix.startswith(path) else path.removeprefix(prefix) for path in paths)
    return Source(commit, branch, tuple(changed))
