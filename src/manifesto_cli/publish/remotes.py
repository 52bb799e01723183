"""Where a repository is published to: one of its remotes, by name or by what the user has told git."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.publish.git import Repository, git, run
from manifesto_cli.publish.git_refusals import cleaned, without_secrets
from manifesto_cli.publish.github import github


class Remote(Struct, frozen=True):
    """A repository somewhere else, as this one knows it."""

    name: str
    address: str
    """Where it is pushed to, for showing and comparing: a password or token in it is left out."""

    @property
    def shown(self) -> str:
        """How it is called in messages."""
        return f"`{self.name}` ({cleaned(self.address)})"


def remote(repository: Repository, name: str | None = None) -> Remote:
    """The remote of that name; without one, where git itself would push to from here, or the only one, or `origin`."""
    names = git(repository, "remote").decode(errors="surrogateescape").splitlines()
    if not names:
        raise ManifestoError(
            "this repository has no remote, so there is nowhere to publish to",
            help="make a repository on GitHub, then `git remote add origin https://github.com/OWNER/NAME.git`",
            status=Exit.USAGE,
        )
    if name is not None and name not in names:
        raise ManifestoError(
            f"there is no remote `{name}`",
            help=f"did you mean `{nearest(name, names)}`?"
            if nearest(name, names)
            else f"there is {_listed(names)}",
            status=Exit.USAGE,
        )
    chosen = name or next(_preferred(repository, names), None)
    if chosen is None:
        raise ManifestoError(
            f"there are several remotes, and none that comes first: {_listed(names)}",
            help=f"`git config remote.pushDefault {names[0]}`, or `--remote {names[0]}`",
            status=Exit.USAGE,
        )
    return Remote(chosen, _address(repository, chosen))


def _preferred(repository: Repository, names: Sequence[str]) -> Iterator[str]:
    """The remotes that come into question, the best first. The order of the first three is that of `git push`."""
    head = run(repository, "symbolic-ref", "--quiet", "--short", "HEAD").out.decode(errors="replace").strip()
    keys = [f"branch.{head}.pushRemote"] if head else []
    keys += ["remote.pushDefault", *([f"branch.{head}.remote"] if head else [])]
    for key in keys:
        named = run(repository, "config", "--get", key).out.decode(errors="replace").strip()
        if named in names:  # it may also be an address, or `.` for this repository
            yield named
    if len(names) == 1 or "origin" in names:
        yield names[0] if len(names) == 1 else "origin"


def _address(repository: Repository, name: str) -> str:
    """Where a remote is pushed to. ManifestoError where that is several places, or another repository than is fetched from."""
    pushed = _urls(repository, name, "--push", "--all")
    fetched = _urls(repository, name)
    if len(pushed) != 1 or not fetched:
        raise ManifestoError(
            f"the remote `{name}` has {len(pushed)} addresses to push to, and one is needed",
            help=f"`git remote add pages ADDRESS`, and `--remote pages`; `git remote get-url --push --all {name}` lists them",
            status=Exit.USAGE,
        )
    there, here = github(pushed[0]), github(fetched[0])
    if there and here and [part.lower() for part in there] != [part.lower() for part in here]:
        raise ManifestoError(
            f"the remote `{name}` fetches from {'/'.join(here)} and pushes to {'/'.join(there)}",
            help=f"`git remote add pages {cleaned(without_secrets(pushed[0]))}`, and `--remote pages`",
            status=Exit.USAGE,
        )
    return without_secrets(pushed[0])


def _urls(repository: Repository, name: str, *options: str) -> list[str]:
    return (
        run(repository, "remote", "get-url", *options, name).out.decode(errors="surrogateescape").splitlines()
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
