"""What can go wrong with git when publishing: each ends in one sentence and a next step, and nothing is half done."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.publish import branch as branches
from manifesto_cli.publish import git as gits
from manifesto_cli.publish.branch import push, tip
from manifesto_cli.publish.commits import commit
from manifesto_cli.publish.git import repository
from manifesto_cli.publish.git_refusals import refused as sentence
from manifesto_cli.publish.git_refusals import rejected, without_secrets
from manifesto_cli.publish.github import github
from manifesto_cli.publish.remotes import Remote, remote
from support.folders import names, refused
from support.repositories import (
    ACCOUNT,
    PAGES,
    SITE,
    files,
    git_server,
    hook,
    publish,
    published,
    run,
    told,
    untouched,
)
from support.stops import die


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A git server, and the folder of its repositories."""
    folder = tmp_path_factory.mktemp("host")
    with git_server(folder) as address:
        yield address, folder


def hosted(work: Path, host: tuple[str, Path], area: str, account: str = "") -> Path:
    """Move the remote of a repository to the server; where it is there."""
    address, folder = host
    there = folder / f"{work.parent.name}.git"
    shutil.copytree(work.parent / "there.git", there)
    run(there, "config", "http.receivepack", "true")
    run(work, "remote", "set-url", "origin", f"http://{account}{address}/{area}/{there.name}")
    return there


def test_publishing_over_http(work: Path, host: tuple[str, Path]) -> None:
    """A whole round with a real server; the password in the address is used, and neither kept nor shown."""
    there = hosted(work, host, "ours", f"{ACCOUNT}@")
    first = publish(work, SITE)
    assert publish(work, SITE) == first
    publish(work, {**SITE, "new.html": b"new"})
    assert published(there) == {**SITE, "new.html": b"new"}
    assert remote(repository(work)).address == f"http://{host[0]}/ours/{there.name}"


@pytest.mark.parametrize(
    ("area", "account", "words", "status"),
    [
        ("ours", "", "git has no credentials for it", Exit.WORLD),
        ("ours", "ada:wr0ng@", "does not accept the name and password or token", Exit.WORLD),
        ("theirs", "", "your account may not write to `origin` (http://127.0.0.1", Exit.WORLD),
        ("broken", "", "cannot answer at the moment", Exit.WORLD),
        ("open/missing", "", "there is no repository at `origin`", Exit.WORLD),
    ],
)
def test_a_host_that_refuses(
    area: str, account: str, words: str, status: Exit, work: Path, host: tuple[str, Path]
) -> None:
    """No credentials, wrong ones, no permission, a server in trouble, no such repository; no secret is shown."""
    there = hosted(work, host, area, account)
    before = untouched(work)
    fault = refused(lambda: publish(work, SITE), words)
    assert fault.status is status
    assert "wr0ng" not in fault.headline + fault.help
    assert untouched(work) == before
    assert told(there, "for-each-ref", "--format=%(refname)") == "refs/heads/main"


def test_a_host_that_cannot_be_reached(work: Path) -> None:
    """A closed port is what offline looks like, by http and by git's own protocol."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for scheme in ("http", "git"):
        run(work, "remote", "set-url", "origin", f"{scheme}://127.0.0.1:{port}/plan.git")
        refused(lambda: publish(work, SITE), "`origin` (", "cannot be reached")


def test_a_hook_of_the_server_is_quoted_cleaned_and_short(
    work: Path, there: Path, host: tuple[str, Path]
) -> None:
    """What it says is shown without colours and whatever else a terminal obeys; the branch stays as it was."""
    says = r"printf 'error: \033[31mNo \033]0;title\007files\r over 5 MB.\n%s\n' https://ada:s3cret@example.org/ >&2; "
    for area in ("disk", "open"):
        place = there if area == "disk" else hosted(work, host, area)
        hook(place, "pre-receive", says + "head -c 5000 /dev/zero | tr '\\0' x >&2; exit 1")
        fault = refused(lambda: publish(work, SITE), "has refused what was published: No files")
        assert "s3cret" not in fault.headline
        assert fault.headline.isprintable()
        assert len(fault.headline) < 500
        assert told(place, "for-each-ref", "--format=%(refname)") == "refs/heads/main"


def test_a_hook_of_the_user_is_heeded(work: Path, there: Path) -> None:
    """The hook for pushing runs as with any push, and says itself why it stops one; without it all goes well."""
    hook(work, "pre-push", "cat >&2; echo 'not on Sundays' >&2; exit 1")
    refused(lambda: publish(work, SITE), "your own hook `pre-push` has stopped the push: not on Sundays")
    hook(work, "pre-push", "cat > pushed")
    made = publish(work, SITE)
    assert (work / "pushed").read_text().split() == [made, made, f"refs/heads/{PAGES}", "0" * 40]
    assert published(there) == SITE


def test_a_remote_in_which_the_branch_is_checked_out(work: Path, there: Path) -> None:
    """Nobody's files are pulled away below their hands; and a branch that is in the way is named."""
    run(there, "config", "core.bare", "false")
    run(there, "symbolic-ref", "HEAD", f"refs/heads/{PAGES}")
    refused(lambda: publish(work, SITE), f"has `{PAGES}` checked out")
    run(there, "config", "core.bare", "true")
    refused(lambda: publish(work, SITE, branch="main/pages"), "cannot make the branch `main/pages`")


def test_two_who_publish_at_once(work: Path, there: Path) -> None:
    """Whoever is later is told to run the command again, and nothing of the first is lost; also where the branch is new or gone."""
    here = repository(work)
    origin = remote(here)
    for arrange in (
        lambda: publish(work, {"first.html": b"first"}),
        lambda: publish(work, {"second.html": b"second"}),
        lambda: run(there, "update-ref", "-d", f"refs/heads/{PAGES}"),
    ):
        now = tip(here, origin, PAGES)
        made = commit(here, now, files(SITE), (), "Publish")
        arrange()
        after = told(there, "for-each-ref")
        fault = refused(partial(push, here, origin, PAGES, made, now), "somebody else has published")
        assert "run the same command again" in fault.help
        assert told(there, "for-each-ref") == after
    publish(work, SITE)
    assert published(there) == SITE


def test_many_who_publish_at_the_same_moment(work: Path, there: Path) -> None:
    """Of four who start from the same tip, one comes through, and the others are told so; the repository stays sound."""
    here = repository(work)
    origin = remote(here)
    now = tip(here, origin, PAGES)
    start = threading.Barrier(4)
    ended: list[str] = []

    def work_on(number: int) -> None:
        made = commit(here, now, files({"index.html": b"%d" % number}), (), "Publish")
        start.wait()
        try:
            push(here, origin, PAGES, made, now)
            ended.append(made)
        except ManifestoError as fault:
            ended.append(fault.headline)

    threads = [threading.Thread(target=work_on, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended)[1:] == [f"somebody else has published to `{PAGES}` meanwhile"] * 3
    assert told(there, "rev-parse", PAGES) == min(ended)
    assert told(work, "fsck", "--no-dangling") == ""


WRITING = {"fetch", "fast-import", "mktree", "commit-tree", "push"}


def _killed_at(work: Path, step: int, texts: dict[str, bytes]) -> bool:
    """Whether a process that publishes was killed right before the run of that number of what writes; else it had fewer."""
    child = os.fork()
    if child == 0:
        original, steps = gits._ran, 0  # noqa: SLF001 - every run of git goes through it

        def counted(*given: Any) -> tuple[int, int]:
            nonlocal steps
            steps += bool(WRITING & set(given[0]))
            if steps == step:
                die()
            return original(*given)

        pytest.MonkeyPatch().setattr(
            gits, "_ran", counted
        )  # for this process alone, which does not come back
        try:
            publish(work, texts)
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def test_killed_at_any_step_the_branch_is_old_or_new(work: Path, there: Path) -> None:
    """Before each run of git that writes anything in turn: the branch is as it was, nothing else has changed, and the next command publishes."""
    old = publish(work, {"index.html": b"old"})
    before = untouched(work)
    step = 1
    while _killed_at(work, step, {"index.html": b"new %d" % step}):
        assert told(there, "rev-parse", PAGES) == old
        assert untouched(work) == before
        step += 1
    assert step == 5
    assert published(there) == {"index.html": b"new %d" % step}
    publish(work, SITE)
    assert published(there) == SITE


@pytest.mark.parametrize(("name", "new"), [("pre-receive", False), ("post-receive", True)])
def test_killed_while_pushing_the_branch_is_old_or_new(name: str, new: bool, work: Path, there: Path) -> None:  # noqa: FBT001 - what is expected
    """The server decides: before it has taken all, the branch is old, after that new, and the next command publishes."""
    publish(work, {"index.html": b"old"})
    hook(there, name, "kill -9 $(cat ../publisher); exit 0" if new else "kill -9 $(cat ../publisher); exit 1")
    child = os.fork()
    if child == 0:
        (work.parent / "publisher").write_text(str(os.getpid()))
        try:
            publish(work, SITE)
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    # git itself goes on to its end, which it has come to once the next push is through.
    (there / "hooks" / name).unlink()
    assert publish(work, {**SITE, "more.html": b"more"})
    assert published(there) == {**SITE, "more.html": b"more"}
    assert told(there, "rev-list", "--count", PAGES) == ("3" if new else "2")


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(60)
        yield listening


def test_a_host_that_never_answers(
    work: Path, silent: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its time is up git is ended, with all that it has started."""
    monkeypatch.setattr(branches, "LATER", 1)
    run(work, "remote", "set-url", "origin", f"http://127.0.0.1:{silent.getsockname()[1]}/plan.git")
    fault = refused(lambda: publish(work, SITE), "git has not answered")
    assert "nothing is lost" in fault.help
    _hung_up(silent)


# Whoever starts a session and opens a terminal has it as the one that keys are typed at.
PUBLISHING = """
import os, sys
from pathlib import Path
from support.repositories import SITE, publish
if os.isatty(0):
    os.open(os.ttyname(0), os.O_RDWR)
publish(Path(sys.argv[1]), SITE, asks=os.isatty(0))
"""


@contextmanager
def publishing(work: Path, stdin: int = subprocess.DEVNULL) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that publishes, with a terminal or without."""
    with subprocess.Popen(
        [sys.executable, "-c", PUBLISHING, work],
        stdin=stdin,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parent,
        start_new_session=True,
    ) as running:
        yield running


def test_interrupting_ends_git_as_well(work: Path, silent: socket.socket) -> None:
    """Ctrl-C while the network is waited for: Python's own interrupt comes out, and no process is left."""
    run(work, "remote", "set-url", "origin", f"http://127.0.0.1:{silent.getsockname()[1]}/plan.git")
    with publishing(work) as running:
        waiting = silent.accept()[0]
        running.send_signal(signal.SIGINT)
        assert b"KeyboardInterrupt" in running.communicate(timeout=60)[1]
    _hung_up(silent, waiting)


def test_interrupting_at_a_terminal_ends_git_as_well(work: Path, silent: socket.socket) -> None:
    """There Ctrl-C is a key, and reaches all that has been started."""
    run(work, "remote", "set-url", "origin", f"http://127.0.0.1:{silent.getsockname()[1]}/plan.git")
    keys, terminal = os.openpty()
    with publishing(work, terminal) as running:
        os.close(terminal)
        waiting = silent.accept()[0]
        os.write(keys, b"\x03")
        assert b"KeyboardInterrupt" in running.communicate(timeout=60)[1]
    os.close(keys)
    _hung_up(silent, waiting)


def test_a_password_can_be_typed_at_a_terminal(work: Path, host: tuple[str, Path]) -> None:
    """Git asks at the terminal itself; what is typed goes to the host, and is kept nowhere."""
    there = hosted(work, host, "ours")
    keys, terminal = os.openpty()
    with publishing(work, terminal) as running:
        os.close(terminal)
        # Once to look and once to push: only a credential helper would remember.
        for asked, typed in zip(
            (b"Username for", b"Password for") * 2, ACCOUNT.encode().split(b":") * 2, strict=True
        ):
            seen = b""
            while asked not in seen or not seen.endswith(b": "):
                seen += os.read(keys, 1024)
            os.write(keys, typed + b"\n")
        assert running.communicate(timeout=60)[1] == b""
    os.close(keys)
    assert running.returncode == 0
    assert published(there) == SITE


def _hung_up(silent: socket.socket, waiting: socket.socket | None = None) -> None:
    """Wait until whoever has asked a server is gone: its end of the connection closes with its process."""
    with waiting or silent.accept()[0] as connection:
        connection.settimeout(60)
        while connection.recv(1 << 16):
            pass


def test_no_repository_to_publish_from(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No git, no repository, a bare one, one that leads nowhere, one of another account: each is said with what to type."""
    (tmp_path / "plain").mkdir()
    fault = refused(lambda: repository(tmp_path / "plain"), "the folder is in no git repository")
    assert (fault.status, fault.help[:10]) == (Exit.USAGE, "`git init`")
    with monkeypatch.context() as patch:
        patch.setenv("GIT_DIR", str(work / ".git"))
        fault = refused(lambda: repository(tmp_path / "plain"), "`GIT_DIR` is not heeded")
        assert "git clone" in fault.help
    inside = tmp_path / "there.git" / "plan"
    inside.mkdir()
    for folder in (inside, inside.parent, work / ".git"):
        fault = refused(partial(repository, folder), "bare repository")
        assert "git worktree add" in fault.help
    (tmp_path / "plain" / ".git").write_text("gitdir: ../nowhere\n")
    refused(lambda: repository(tmp_path / "plain"), "the repository of this folder is damaged")
    with monkeypatch.context() as patch:
        patch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        fault = refused(lambda: repository(work), "belongs to another account")
        assert f"git config --global --add safe.directory {work}" in fault.help
    monkeypatch.setenv("PATH", str(tmp_path / "plain"))
    refused(lambda: repository(work), "git is not installed")


def test_who_publishes_is_never_guessed(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name and an address made of those of the machine would be there for everybody to read."""
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        monkeypatch.delenv(f"GIT_{name}")
    fault = refused(lambda: publish(work, SITE), "git does not know who publishes")
    assert "git config user.email" in fault.help
    assert fault.status is Exit.USAGE
    run(work, "config", "user.name", "Grace")
    run(work, "config", "user.email", "grace@example.org")
    assert (
        told(work, "log", "-1", "--format=%an %ae %cn", publish(work, SITE))
        == "Grace grace@example.org Grace"
    )


def test_what_git_cannot_store_leaves_no_report_behind(work: Path) -> None:
    """What git cannot store is said; its own report of a crash is cleared away."""
    here = repository(work)
    now = tip(here, remote(here), PAGES)
    before = names(work / ".git")
    shutil.rmtree(work / ".git" / "objects" / "pack")
    (work / ".git" / "objects" / "pack").touch()
    refused(lambda: commit(here, now, files(SITE), (), "Publish"), "git ")
    assert names(work / ".git") == before


def test_which_remote_is_meant(work: Path, there: Path) -> None:
    """The one that is named; else the one that git would push to; else the only one, or `origin`."""
    here = repository(work)

    def chosen() -> str:
        return remote(here).name

    assert remote(here) == Remote("origin", str(there))
    run(work, "remote", "rename", "origin", "first")
    assert chosen() == "first"
    run(work, "remote", "add", "second", "https://ada:t0ken@example.org/x.git?private_token=abc")
    assert chosen() == "first"  # what `main` follows
    run(work, "config", "--unset", "branch.main.remote")
    fault = refused(chosen, "there are several remotes", "`first`, `second`")
    assert "remote.pushDefault" in fault.help
    run(work, "remote", "add", "origin", str(there))
    assert chosen() == "origin"
    run(work, "config", "branch.main.remote", "first")
    assert chosen() == "first"
    run(work, "config", "remote.pushDefault", "second")
    assert remote(here) == Remote("second", "https://example.org/x.git")
    run(work, "config", "branch.main.pushRemote", "first")
    assert chosen() == "first"
    assert remote(here, "origin").name == "origin"
    assert refused(lambda: remote(here, "sceond"), "no remote `sceond`").help == "did you mean `second`?"
    assert refused(lambda: remote(here, "--all"), "no remote `--all`").status is Exit.USAGE
    for name in ("first", "second", "origin"):
        run(work, "remote", "remove", name)
    assert "git remote add origin" in refused(chosen, "has no remote").help


def test_a_remote_that_is_several_places(work: Path) -> None:
    """A site is published to the place that it is compared with: forks and mirrors need a remote of their own."""
    run(work, "remote", "set-url", "origin", "https://github.com/them/plan.git")
    run(work, "config", "remote.origin.pushurl", "git@github.com:Them/plan")
    here = repository(work)
    assert remote(here).address == "git@github.com:Them/plan"
    run(work, "config", "remote.origin.pushurl", "https://t0ken@github.com/me/plan.git")
    fault = refused(lambda: remote(here), "fetches from them/plan and pushes to me/plan")
    assert "git remote add pages https://github.com/me/plan.git" in fault.help
    run(work, "config", "--add", "remote.origin.pushurl", "/elsewhere")
    refused(lambda: remote(here), "has 2 addresses to push to")


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://ada:pass@host/x.git", "https://host/x.git"),
        ("https://t0ken@host/x.git", "https://host/x.git"),
        ("https://ada:pa@ss@host:8443/x", "https://host:8443/x"),
        ("https://host/x.git?token=t0ken#more", "https://host/x.git"),
        ("ssh://git@host:22/x.git", "ssh://git@host:22/x.git"),
        ("ssh://git:pass@host/x.git", "ssh://git@host/x.git"),
        ("git@host:x.git", "git@host:x.git"),
        ("codecommit::https://ada:pass@host/x", "codecommit::https://host/x"),
        ("../with @ sign/x.git", "../with @ sign/x.git"),
        ("see 'https://a:b@host/x' and http://c@d/", "see 'https://host/x' and http://d/"),
    ],
)
def test_secrets_are_left_out_of_addresses(address: str, bare: str) -> None:
    """What stands before `@` on the web may be a token itself."""
    assert without_secrets(address) == bare


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/Ada/the.plan.git",
        "https://github.com/Ada/the.plan/",
        "http://x:y@www.github.com:443/Ada/the.plan",
        "git@github.com:Ada/the.plan.git",
        "github.com:Ada/the.plan",
        "org-1234@github.com:/Ada/the.plan.git",
        "ssh://git@github.com/Ada/the.plan.git",
        "ssh://git@ssh.github.com:443/Ada/the.plan.git",
        "git://GitHub.com/Ada/the.plan.git",
        "git+ssh://git@github.com/Ada/the.plan",
    ],
)
def test_github_is_known_by_any_of_its_addresses(address: str) -> None:
    """Whatever git takes for GitHub."""
    assert github(address) == ("Ada", "the.plan")


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/Ada",
        "https://github.com.example.org/Ada/plan",
        "https://example.org/github.com/Ada/plan",
        "https://evilgithub.com/Ada/plan",
        "git@evilgithub.com:Ada/plan",
        "https://github.com/Ada/../plan",
        "https://github.com/Ada/..",
        "https://github.com/-x/plan",
        "/srv/github.com/Ada/plan",
        "https://gist.github.com/Ada/plan",
        "",
    ],
)
def test_other_places_are_not_github(address: str) -> None:
    """Nor is what only looks like it."""
    assert github(address) is None


SAID = {
    "fatal: could not read Username for 'https://github.com': terminal prompts disabled": "has no credentials",
    "remote: Invalid username or password.\nfatal: Authentication failed for 'https://github.com/a/b/'": "does not accept the name",
    "remote: Permission to a/b.git denied to c.\nfatal: unable to access 'https://x@github.com/a/b/': The requested URL returned error: 403": "may not write to `origin` (X): Permission to a/b.git denied to c",
    "remote: This repository was archived so it is read-only.\nfatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 403": "may not write to `origin` (X): This repository was archived so it is read-only",
    "ERROR: Permission to a/b.git denied to deploy key\nfatal: Could not read from remote repository.": "may not write",
    "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.": "does not accept your ssh key",
    "Host key verification failed.\nfatal: Could not read from remote repository.": "ssh does not know the host",
    "ERROR: Repository not found.\nfatal: Could not read from remote repository.": "there is no repository at `origin` (X)",
    "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found": "there is no repository",
    "fatal: '/srv/x' does not appear to be a git repository\nfatal: Could not read from remote repository.": "there is no repository",
    "fatal: unable to access 'https://github.com/a/b/': Could not resolve host: github.com": "cannot be reached",
    "ssh: Could not resolve hostname github.com: Name or service not known\nfatal: Could not read from remote repository.": "cannot be reached",
    "ssh: connect to host github.com port 22: Connection refused\nfatal: Could not read from remote repository.": "cannot be reached",
    "ssh: connect to host github.com port 22: Network is unreachable\nfatal: Could not read": "cannot be reached",
    "fatal: unable to access 'https://h/': Failed to connect to h port 443 after 129 ms: Couldn't connect to server": "cannot be reached",
    "fatal: unable to connect to h:\nh[0: 1.2.3.4]: errno=Connection timed out": "cannot be reached",
    "fatal: unable to access 'https://h/': SSL certificate problem: certificate has expired": "cannot prove",
    "error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502\nfatal: the remote end hung up unexpectedly": "cannot answer at the moment",
    "fatal: The remote end hung up unexpectedly": "has ended the connection",
    "fatal: write error: No space left on device": "no space left",
    "error: insufficient permission for adding an object to repository database .git/objects": "git cannot write",
    "fatal: Unable to create '/x/.git/shallow.lock': File exists.": "another git command",
    "fatal: loose object 1234 (stored in .git/objects/12/34) is corrupt": "damaged: loose object",
    "fatal: bad config line 3 in file .git/config": "cannot read its configuration: bad config line 3 in file .git/config",
    "fatal: bad boolean config value 'x' for 'a.b'": "cannot read its configuration",
    "fatal: Unable to find remote helper for 'foo'": "does not know how to speak",
    "git: 'remote-foo' is not a git command. See 'git --help'.": "does not know how to speak",
    "fatal: transport 'ext' not allowed": "does not know how to speak",
    "error: unknown option `no-write-fetch-head'\nusage: git fetch": "too old",
    "something else\nfatal: quite \x1b[31munheard of\x07.\nhint: no": "git has failed: quite unheard of\ufffd",
    "": "git has failed: no reason given",
}


def test_a_repository_of_another_account_is_named_wherever_it_is() -> None:
    """It may be the remote, on the same disk."""
    said = "fatal: detected dubious ownership in repository at '/srv/x.git'\nTo add an exception, call:\n\n\tgit config --global --add safe.directory /srv/x.git\n"
    fault = sentence(said, folder="/home/me/plan")
    assert "`git config --global --add safe.directory /srv/x.git`" in fault.help


@pytest.mark.parametrize("said", SAID)
def test_what_git_says_becomes_a_sentence(said: str) -> None:
    """The words of git and of hosts, as they were met, and the sentence for each; the help can be typed or done."""
    fault = sentence(said, folder="/x", remote="`origin` (X)")
    assert SAID[said] in fault.headline
    assert fault.help
    assert "{" not in fault.headline + fault.help


REJECTED = {
    ("stale info", ""): "somebody else has published to `gh-pages` meanwhile",
    ("fetch first", ""): "somebody else has published",
    ("cannot lock ref 'refs/heads/x': is at 12 but expected 34", ""): "somebody else has published",
    ("cannot lock ref 'refs/heads/x': reference already exists", ""): "somebody else has published",
    (
        "protected branch hook declined",
        "remote: error: GH006: Protected branch update failed for refs/heads/gh-pages.\nremote: \nremote: - Changes must be made through a pull request.        ",
    ): "is protected: GH006: Protected branch update failed for refs/heads/gh-pages. - Changes must be made through a pull request",
    (
        "push declined due to repository rule violations",
        "remote: error: GH013: Repository rule violations found for refs/heads/x.",
    ): "is protected",
    (
        "pre-receive hook declined",
        "remote: error: GH001: Large files detected.\nremote: error: File a.jpg is 101 MB",
    ): "has refused what was published: GH001: Large files detected. File a.jpg is 101 MB",
    ("hook declined", ""): "has refused what was published: hook declined",
    ("branch is currently checked out", ""): "checked out",
    ("shallow update not allowed", ""): "only part of the history",
    (
        "unpacker error",
        "remote: fatal: write error: No space left on device",
    ): "could not store what was sent: fatal: write",
    ("", ""): "no reason given",
}


@pytest.mark.parametrize("said", REJECTED)
def test_why_a_push_is_rejected_becomes_a_sentence(said: tuple[str, str]) -> None:
    """The other side's reasons, as they were met, and the sentence for each."""
    fault = rejected(*said, branch=PAGES, remote="`origin` (X)", name="origin")
    assert REJECTED[said] in fault.headline
    assert re.search(r"again|--branch|--unshallow|ask", fault.help)
    assert "{" not in fault.headline + fault.help


def test_nobody_is_asked_where_nobody_sits(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from a terminal neither git nor ssh asks, unless the user has said how ssh is to be run; at one, both may."""
    monkeypatch.delenv("GIT_SSH_COMMAND")
    assert gits.environment(repository(work))["GIT_SSH_COMMAND"] == "ssh -o BatchMode=yes"
    assert gits.environment(repository(work))["GIT_TERMINAL_PROMPT"] == "0"
    asking = gits.environment(repository(work, asks=True))
    assert not {"GIT_SSH_COMMAND", "GIT_TERMINAL_PROMPT"} & asking.keys()
    run(work, "config", "core.sshCommand", "ssh -i key")
    assert "GIT_SSH_COMMAND" not in gits.environment(repository(work))
    run(work, "config", "--unset", "core.sshCommand")
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -i other")
    assert gits.environment(repository(work))["GIT_SSH_COMMAND"] == "ssh -i other"
