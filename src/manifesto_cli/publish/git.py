"""The user's own git: where it is run, and the one place that runs it.

Only its plumbing is used, and never in a way that touches the work tree, the index, HEAD, local branches, the stash or the configuration.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import IO

from msgspec import Struct

from manifesto_cli.disk.wording import told
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.publish.git_refusals import AGAIN, last_words, refused

SOON = 60
"""Seconds that a command has which looks at the repository of this machine."""
LATER = 600
"""Seconds for one that asks the network something, or writes a whole site."""
LONG = 3600
"""Seconds for one that sends or fetches a whole site: many pictures on a slow line take that long."""
TEMPORARY = "the folder for temporary files"
"""What is full where these cannot be written."""
_MERCY = 5
"""Seconds for ending by itself, once asked to."""
MOST = 1 << 26
"""How many bytes of an answer are read: the list of a branch with some hundred thousand files."""
_WORDS = 1 << 16
"""How many bytes of what git says to people are read, from their end."""

# What git sets for its hooks and aliases would lead to another repository, index or tree of objects; what traces, garbles its words.
# Configuration stays, since people set it so; and so does who they are, and how they reach hosts.
_NOT_HEEDED = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DEFAULT_HASH",
    "GIT_DIR",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
}
_QUIET = (
    "core.fsmonitor=false",  # would start a daemon that stays
    "gc.auto=0",  # the same, in the background
    "maintenance.auto=false",
    "fetch.writeCommitGraph=false",
    "color.ui=false",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
)
_HASHES = {"sha1", "sha256"}
_NO_HOOKS = f"core.hooksPath={os.devnull}"


class Repository(Struct, frozen=True):
    """A folder that git can be run in, and what is known of the repository that it belongs to."""

    folder: str
    """The folder of the project."""
    top: str
    """The folder of the work tree, which may be above it."""
    hash: str
    """How the repository names objects: `sha1` or `sha256`."""
    asks: bool = False
    """Whether somebody sits at a terminal who can be asked for a password."""
    ssh: str = ""
    """What git is to run for ssh, where nobody has said so."""


class Answer(Struct, frozen=True):
    """How a run of git has ended."""

    status: int
    out: bytes
    said: str
    """What it said to people."""
    number: int
    """The number that the process had."""


def repository(project: Path, *, asks: bool = False) -> Repository:
    """The repository that a folder belongs to. ManifestoError where there is none that something can be published from.

    A bare one is refused: it has no files, and one that came with a stranger's folder would be obeyed by git.
    """
    folder = str(project.absolute())
    questions = ("--show-object-format=storage", "--is-bare-repository", "--is-inside-git-dir")
    there = Repository(folder, folder, "sha1", asks)
    answer = run(there, "rev-parse", *questions)
    if answer.status:
        raise _unusable(answer.said, folder)
    names, *inside = answer.out.decode(errors="replace").split()
    if names not in _HASHES:  # an option that git does not know is repeated
        raise refused("unknown option", folder=folder)
    if "true" in inside:
        raise ManifestoError(
            f"`{folder}` is inside a bare repository or a `.git` folder, which has no files to publish from",
            help="`git worktree add FOLDER`, or `git clone`, and publish from there",
            status=Exit.USAGE,
        )
    top = os.fsdecode(git(there, "rev-parse", "--show-toplevel").removesuffix(b"\n"))
    said_by_user = os.environ.get("GIT_SSH_COMMAND") or os.environ.get("GIT_SSH")
    given = said_by_user or run(there, "config", "--get", "core.sshCommand").out
    return Repository(folder, top, names, asks, "" if asks or given else "ssh -o BatchMode=yes")


def git(
    repository: Repository,
    *words: str,
    given: bytes | IO[bytes] = b"",
    config: tuple[str, ...] = (),
    hooks: bool = False,
    patience: int = SOON,
    most: int = MOST,
) -> bytes:
    """What git answers; ManifestoError where it fails. No hook is run unless `hooks`."""
    answer = run(repository, *words, given=given, config=config, hooks=hooks, patience=patience, most=most)
    if answer.status:
        raise refused(answer.said, folder=quote(repository.top))
    return answer.out


def run(
    repository: Repository,
    *words: str,
    given: bytes | IO[bytes] = b"",
    config: tuple[str, ...] = (),
    hooks: bool = False,
    patience: int = SOON,
    most: int = MOST,
) -> Answer:
    """How git ends, whether it fails or not.

    All that passes between is in files: what a daemon that some helper has started holds open cannot make us wait, and when we are
    killed, git has all it needs to end its work.
    """
    settings = [
        word for setting in (*_QUIET, *config, *(() if hooks else (_NO_HOOKS,))) for word in ("-c", setting)
    ]
    command = ["git", "-C", repository.folder, *settings, *words]
    with told(TEMPORARY), tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        if isinstance(given, bytes):
            with tempfile.TemporaryFile() as stdin:
                stdin.write(given)
                stdin.seek(0)
                ended = _ran(command, (stdin, out, said), environment(repository), repository.asks, patience)
        else:
            ended = _ran(command, (given, out, said), environment(repository), repository.asks, patience)
        size = out.seek(0, os.SEEK_END)
        if size > most:
            raise ManifestoError(
                "git has more to say about this branch than can be read",
                help="take another branch with `--branch`",
            )
        out.seek(0)
        said.seek(max(said.seek(0, os.SEEK_END) - _WORDS, 0))
        return Answer(ended[0], out.read(), said.read().decode(errors="replace"), ended[1])


def environment(repository: Repository) -> Mapping[str, str]:
    """The environment that git is run in: the user's, without what would lead it elsewhere, and with words that can be read."""
    calm = {
        name: value
        for name, value in os.environ.items()
        if name not in _NOT_HEEDED and not name.startswith(("GIT_TRACE", "GIT_CURL_VERBOSE"))
    }
    calm |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1"}
    if not repository.asks:
        calm["GIT_TERMINAL_PROMPT"] = "0"
        if repository.ssh:
            calm["GIT_SSH_COMMAND"] = repository.ssh
    return calm


def _ran(
    command: list[str],
    streams: tuple[IO[bytes], IO[bytes], IO[bytes]],
    environment: Mapping[str, str],
    asks: bool,  # noqa: FBT001 - a private function with one caller
    patience: int,
) -> tuple[int, int]:
    """The exit code of a command, and the number of its process. However this ends, nothing that it has started is left behind.

    Whoever asks at the terminal must be in the group that the terminal belongs to, and so gets Ctrl-C from it; else git has a
    session of its own, in which nothing can ask. At a terminal there is no limit to how long a host may take: somebody may be typing.
    """
    stdin, out, said = streams
    try:
        process = subprocess.Popen(  # noqa: S603 - the words are ours, but for single names that have been looked at
            command, stdin=stdin, stdout=out, stderr=said, env=environment, start_new_session=not asks
        )
    except (FileNotFoundError, PermissionError):
        raise ManifestoError("git is not installed", help="install it from https://git-scm.com") from None
    try:
        return process.wait(None if asks and patience > SOON else patience), process.pid
    except subprocess.TimeoutExpired:
        _end(process, alone=not asks)
        raise ManifestoError(
            f"git has not answered for {patience // 60} minute{'s' if patience > SOON else ''}",
            help=f"check your connection, then {AGAIN}; nothing is lost",
        ) from None
    except BaseException:
        _end(process, alone=not asks)
        raise


def _end(process: "subprocess.Popen[bytes]", *, alone: bool) -> None:
    def send(mercy: bool) -> None:  # noqa: FBT001 - the two ways to end
        if process.poll() is not None:
            return
        if sys.platform != "win32" and alone:
            os.killpg(process.pid, signal.SIGTERM if mercy else signal.SIGKILL)
        elif mercy:
            process.terminate()
        else:
            process.kill()

    try:
        send(mercy=True)
        process.wait(_MERCY)
    except subprocess.TimeoutExpired:
        send(mercy=False)
        process.wait()


def _unusable(said: str, folder: str) -> ManifestoError:
    if "not a git repository" in said and os.environ.get("GIT_DIR"):
        return ManifestoError(
            f"`{folder}` is in no git repository, and `GIT_DIR` is not heeded",
            help="`git clone` the repository that it names, and publish from the clone",
            status=Exit.USAGE,
        )
    if "not a git repository: " in said:  # a `.git` that leads nowhere
        return ManifestoError(
            f"the repository of this folder is damaged: {last_words(said)}",
            help="`git worktree repair`, or a fresh `git clone`",
        )
    return refused(said, folder=quote(folder))
