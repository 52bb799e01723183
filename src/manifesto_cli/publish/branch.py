"""A branch of a remote: what is on it now, and a push that changes only what was looked at."""

import re
from collections.abc import Mapping

from msgspec import Struct

from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.patterns import pattern
from manifesto_cli.publish.git import LATER, LONG, Answer, Repository, git, run
from manifesto_cli.publish.git_refusals import AGAIN, cleaned, last_words, refused, rejected
from manifesto_cli.publish.ledger import NAME
from manifesto_cli.publish.remotes import Remote

FILE = "100644"
LINK = "120000"
SUBMODULE = "160000"
"""How git marks what a name on a branch is; every other mark is a file that can be run."""

_TRIES = 3
_ID = pattern(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DECLINED = pattern(r"^!\t[^\t]*\t\[[^\]]*\](?: \((?P<reason>.*)\))?", re.MULTILINE)
_PAINT = pattern(r"\x1b\[[0-9;]*m")


class Entry(Struct, frozen=True):
    """What stands on a branch under a path."""

    mode: str
    id: str


class Tip(Struct, frozen=True):
    """What a branch holds now."""

    commit: str = ""
    """Empty where the branch is not there yet."""
    tree: str = ""
    entries: Mapping[str, Entry] = {}
    """Everything on it, by path. Names that are no UTF-8 have surrogates for the rest, as Python reads them from a disk."""

    @property
    def files(self) -> Mapping[str, str]:
        """The id of the bytes of each file."""
        return {path: entry.id for path, entry in self.entries.items() if entry.mode not in {LINK, SUBMODULE}}

    @property
    def links(self) -> tuple[str, ...]:
        """The symbolic links."""
        return tuple(path for path, entry in self.entries.items() if entry.mode == LINK)

    @property
    def submodules(self) -> tuple[str, ...]:
        """The paths where other repositories are pinned."""
        return tuple(path for path, entry in self.entries.items() if entry.mode == SUBMODULE)


def tip(repository: Repository, remote: Remote, branch: str) -> Tip:
    """What the branch of a remote holds at this moment; what of it is not here yet is fetched, as `git fetch` would.

    ManifestoError for what is no name of a branch, and for a branch that people work on: the one that is checked out, and the one that
    a remote shows first, unless a site was published there.
    """
    ref = _ref(repository, branch)
    for _ in range(_TRIES):
        commit, first = _asked(repository, remote, ref)
        if not commit:
            return Tip()
        found = _read(repository, commit)
        if found is None:
            answer = _fetch(repository, remote, ref)
            found = _read(repository, commit)
            # It may have come although its remote-tracking branch does not follow, or may have gone from there.
            if found is None and answer.status and "couldn't find remote ref" not in answer.said:
                raise _refused(answer.said, repository, remote)
        if found is not None:
            if first and NAME not in found.files:
                raise _worked_on(branch, f"the branch that {remote.shown} shows first")
            return found
    raise ManifestoError(f"`{branch}` of {remote.shown} changes while it is looked at", help=AGAIN)


def content(repository: Repository, blob: str, most: int) -> bytes | None:
    """The bytes of a file on a branch; None where they are more than that."""
    if not _ID.fullmatch(blob):
        raise ManifestoError("git has named a file in no form that is known", help=AGAIN)
    # Where a clone leaves out files until they are needed, this fetches them.
    size = int(git(repository, "cat-file", "-s", blob, patience=LATER))
    return git(repository, "cat-file", "blob", blob, most=most) if size <= most else None


def push(repository: Repository, remote: Remote, branch: str, commit: str, tip: Tip) -> None:
    """Make the commit the tip of the branch, if the branch still is as it was looked at; ManifestoError where not.

    The user's own hook for pushing is run, as with any push.
    """
    ref = _ref(repository, branch)
    answer = run(
        repository,
        "push",
        "--porcelain",
        "--no-follow-tags",
        "--recurse-submodules=no",
        f"--force-with-lease={ref}:{tip.commit}",
        remote.name,
        f"{commit}:{ref}",
        config=(f"remote.{remote.name}.mirror=false",),
        hooks=True,
        patience=LONG,
    )
    if not answer.status:
        return
    declined = _DECLINED.search(_PAINT.sub("", answer.out.decode(errors="replace")))
    if declined:
        reason = declined["reason"] or ""
        raise rejected(reason, answer.said, branch=branch, remote=remote.shown, name=remote.name)
    if "fatal: " not in answer.said and "error: failed to push some refs" in answer.said:
        raise ManifestoError(
            f"your own hook `pre-push` has stopped the push: {last_words(answer.said)}",
            help=f"do what it asks for, then {AGAIN}; `git rev-parse --git-path hooks` says where it is",
        )
    raise _refused(answer.said, repository, remote)


def _ref(repository: Repository, branch: str) -> str:
    """The full name of a branch that can be published to."""
    ref = f"refs/heads/{branch}"
    # A NUL cannot be handed to any program.
    if (
        branch.startswith("-")
        or branch == "HEAD"
        or "\0" in branch
        or run(repository, "check-ref-format", ref).status
    ):
        raise ManifestoError(
            f"`{cleaned(branch)}` is no name for a branch",
            help="take letters, digits and hyphens, such as `--branch gh-pages`",
            status=Exit.USAGE,
        )
    head = run(repository, "symbolic-ref", "--quiet", "HEAD").out.decode(errors="surrogateescape").strip()
    if head == ref:
        raise _worked_on(branch, "the branch that is checked out here")
    return ref


def _worked_on(branch: str, which: str) -> ManifestoError:
    return ManifestoError(
        f"`{branch}` is {which}, and a site would take the place of all its files",
        help="publish to a branch of its own: `--branch gh-pages`",
        status=Exit.USAGE,
    )


def _asked(repository: Repository, remote: Remote, ref: str) -> tuple[str, bool]:
    """Which commit the branch is at, by the remote's own word, and whether it is the branch that it shows first."""
    answer = run(repository, "ls-remote", "--symref", remote.name, "HEAD", ref, patience=LATER, most=1 << 20)
    if answer.status:
        raise _refused(answer.said, repository, remote)
    commit, first = "", False
    for line in answer.out.decode(errors="surrogateescape").splitlines():
        told, _, name = line.partition("\t")
        if name == ref and _ID.fullmatch(told):
            commit = told
        if name == "HEAD" and told == f"ref: {ref}":
            first = True
    return commit, first


def _fetch(repository: Repository, remote: Remote, ref: str) -> Answer:
    """Fetch the branch without leaving a trace but the remote-tracking branch, where the configuration knows one.

    No depth is given: it would make this clone shallow, or change where it is.
    """
    options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-prune", "--recurse-submodules=no")
    config = (f"remote.{remote.name}.followRemoteHEAD=never",)
    words = ("fetch", *options, remote.name, ref)
    return run(repository, *words, config=config, hooks=True, patience=LONG)


def _read(repository: Repository, commit: str) -> Tip | None:
    """What is in the commit; None where it, or a folder of it, is not in this repository."""
    tree = run(repository, "rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}", patience=LATER)
    listed = run(repository, "ls-tree", "-r", "-z", "--full-tree", commit, patience=LATER)
    if tree.status or listed.status:
        return None
    entries = {}
    for line in listed.out.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, _, known = about.decode().split()
        entries[path.decode(errors="surrogateescape")] = Entry(mode, known)
    return Tip(commit, tree.out.decode().strip(), entries)


def _refused(said: str, repository: Repository, remote: Remote) -> ManifestoError:
    return refused(said, folder=repository.top, remote=remote.shown, name=remote.name)
