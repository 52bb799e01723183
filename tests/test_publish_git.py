"""Publishing to a branch with git's plumbing: what is on the branch, and that nothing else has changed."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from manifesto_cli.faults.error import Exit
from manifesto_cli.publish.branch import content, tip
from manifesto_cli.publish.commits import commit, compare
from manifesto_cli.publish.git import repository
from manifesto_cli.publish.remotes import remote
from manifesto_cli.publish.source import source
from manifesto_cli.rendering.files import Copy, File
from support.folders import everything, refused
from support.repositories import (
    PAGES,
    SITE,
    WORLD,
    files,
    found,
    hook,
    plant,
    publish,
    published,
    run,
    told,
    untouched,
)

PROJECT = "Städte & Orte"


def test_a_site_is_published_and_nothing_else_changes(work: Path, there: Path) -> None:
    """The branch holds exactly the files, byte for byte; the same again makes no commit; then only what is new is sent."""
    (work / "notes.txt").write_text("changed, and not committed\n")
    (work / "more.txt").write_text("new\n")
    run(work, "add", "more.txt")
    before, ours = untouched(work), told(there, "rev-parse", "main")
    first = publish(work, SITE)
    assert published(there) == SITE
    assert told(there, "log", "--format=%an %s", PAGES) == "Ada Publish"
    assert publish(work, SITE) == first == told(there, "rev-parse", PAGES)
    changed = {**SITE, "index.html": b"new home", "new.html": b"new"}
    del changed["empty"]
    second = publish(work, changed)
    assert published(there) == changed
    assert told(there, "rev-parse", f"{PAGES}^") == first != second
    assert untouched(work) == before
    assert told(there, "rev-parse", "main") == ours
    assert told(there, "for-each-ref", "--format=%(refname)") == f"refs/heads/{PAGES}\nrefs/heads/main"
    assert told(work, "rev-parse", f"refs/remotes/origin/{PAGES}") == second
    assert told(there, "fsck", "--strict") == ""


def test_what_would_change_is_known_beforehand(work: Path, tmp_path: Path) -> None:
    """Files are new, different or gone; kept ones are none of these; a copied file counts by its bytes; nothing is written."""
    publish(work, {**SITE, "google.html": b"owner"})
    (tmp_path / "original").write_bytes(b"0123456789")
    here = repository(work)
    now = tip(here, remote(here), PAGES)
    before = everything(work)
    wanted: list[File | Copy] = [
        File("index.html", b"new"),
        File("pledges/parks.html", b"parks\n"),
        Copy("picture.jpg", str(tmp_path / "original"), ((0, 2), b"--", (8, 10))),
    ]
    changes = compare(here, now, wanted, {"google.html", "not-there.html"})
    assert changes.added == ("picture.jpg",)
    assert changes.changed == ("index.html",)
    assert changes.removed == ("a/b/deep.css", "empty")
    assert changes.sizes == {"index.html": 3, "picture.jpg": 6}
    assert everything(work) == before
    made = commit(here, now, wanted, {"google.html", "not-there.html"}, "Publish")
    listed = {
        "google.html": b"owner",
        "index.html": b"new",
        "picture.jpg": b"01--89",
        "pledges/parks.html": b"parks\n",
    }
    assert published(work, made) == listed


def _subfolder(work: Path) -> Path:
    return work / PROJECT


def _detached(work: Path) -> Path:
    run(work, "checkout", "-q", "--detach")
    return work / PROJECT


def _unborn(work: Path) -> Path:
    empty = work.parent / "with space ü"
    run(work, "init", "-q", "-b", "main", str(empty))
    run(empty, "remote", "add", "origin", str(work.parent / "there.git"))
    return empty


def _shallow(work: Path) -> Path:
    clone = work.parent / "shallow"
    run(work, "clone", "-q", "--depth=1", f"file://{work.parent}/there.git", str(clone))
    return clone / PROJECT


def _shallow_with_all_branches(work: Path) -> Path:
    publish(work, {"old.html": b"old"})
    publish(work, {"old.html": b"older"})
    clone = work.parent / "shallow"
    address = f"file://{work.parent}/there.git"
    run(work, "clone", "-q", "--depth=1", "--no-single-branch", address, str(clone))
    return clone / PROJECT


def _partial(work: Path) -> Path:
    publish(work, {"old.html": b"old", "a/b/deep.css": SITE["a/b/deep.css"]})
    clone = work.parent / "partial"
    run(work.parent / "there.git", "config", "uploadpack.allowFilter", "true")
    run(work, "clone", "-q", "--filter=blob:none", f"file://{work.parent}/there.git", str(clone))
    return clone / PROJECT


def _worktree(work: Path) -> Path:
    run(work, "worktree", "add", "-q", str(work.parent / "linked"), "-b", "other")
    return work.parent / "linked" / PROJECT


def _submodule(work: Path) -> Path:
    outer = work.parent / "outer"
    run(work, "init", "-q", str(outer))
    words = (
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "-q",
        str(work.parent / "there.git"),
        "inner",
    )
    run(outer, *words)
    return outer / "inner" / PROJECT


def _converting(work: Path) -> Path:
    (work / ".gitattributes").write_text(
        "* text=auto eol=crlf ident filter=upper working-tree-encoding=UTF-16\n"
    )
    for name, value in {
        "core.autocrlf": "true",
        "core.safecrlf": "true",
        "filter.upper.clean": "tr a-z A-Z",
        "filter.upper.required": "true",
        "core.splitIndex": "true",
        "core.fsmonitor": "true",
        "commit.gpgSign": "true",
        "gpg.program": "false",
        "push.default": "nothing",
        "push.followTags": "true",
        "fetch.prune": "true",
        "color.ui": "always",
        "color.push": "always",
        "alias.push": "status",
        "status.showUntrackedFiles": "no",
        "remote.origin.mirror": "true",
        "i18n.commitEncoding": "latin1",
    }.items():
        run(work, "config", name, value)
    return work


def _hooked(work: Path) -> Path:
    for name in (
        "post-index-change",
        "commit-msg",
        "pre-commit",
        "post-commit",
        "prepare-commit-msg",
        "update",
    ):
        hook(work, name, "touch hook-has-run; exit 1")
    return work


# What git sets for its hooks leads to another repository.
FROM_A_HOOK = {
    "GIT_DIR": "{elsewhere}/.git",
    "GIT_WORK_TREE": "{elsewhere}",
    "GIT_INDEX_FILE": "{elsewhere}/index",
    "GIT_OBJECT_DIRECTORY": "{elsewhere}/objects",
    "GIT_PREFIX": "sub/",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_TRACE": "1",
    "LANGUAGE": "de",
    "LC_ALL": "de_DE.UTF-8",
}
PLACES = [
    _subfolder,
    _detached,
    _unborn,
    _shallow,
    _shallow_with_all_branches,
    _partial,
    _worktree,
    _submodule,
    _converting,
    _hooked,
]


@pytest.mark.parametrize("arranged", PLACES)
def test_it_works_from_any_kind_of_checkout(
    arranged: Callable[[Path], Path], work: Path, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the project lies and whatever git is told, the same bytes are published twice, and nothing else changes."""
    project = arranged(work)
    top = Path(told(project, "rev-parse", "--path-format=absolute", "--show-toplevel"))
    elsewhere = work.parent / "elsewhere"
    run(work, "init", "-q", str(elsewhere))
    before = untouched(top), everything(elsewhere), untouched(work)
    with monkeypatch.context() as hooked:
        for name, value in FROM_A_HOOK.items():
            hooked.setenv(name, value.format(elsewhere=elsewhere))
        first = publish(project, SITE)
        second = publish(project, {**SITE, "index.html": b"new"})
    assert (untouched(top), everything(elsewhere), untouched(work)) == before
    assert published(there) == {**SITE, "index.html": b"new"}
    assert told(there, "rev-parse", PAGES, f"{PAGES}^") == f"{second}\n{first}"
    assert told(there, "for-each-ref", "--format=%(refname)", "refs/tags") == ""


def test_a_repository_that_names_things_by_sha256(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other way to name objects works as well."""
    for name, value in WORLD.items():
        monkeypatch.setenv(name, value)
    work = found(tmp_path, tmp_path / "there.git", "--object-format=sha256")
    first = publish(work, SITE)
    assert len(first) == 64
    assert publish(work, SITE) == first
    assert published(tmp_path / "there.git") == SITE


def test_what_was_published_from_another_machine_is_fetched(work: Path, there: Path) -> None:
    """The branch is asked for, not believed to be as it was; the shallow stays shallow, and nothing but the branch is fetched."""
    shallow = _shallow(work).parent
    mine = publish(shallow, SITE)
    run(there, "branch", "more", "main")
    other = publish(work, {**SITE, "other.html": b"other"})
    before, depth = untouched(shallow), (shallow / ".git" / "shallow").read_bytes()
    assert publish(shallow, {**SITE, "mine.html": b"mine"}) not in {mine, other}
    assert told(there, "rev-list", "--count", PAGES) == "3"
    assert published(there) == {**SITE, "mine.html": b"mine"}
    assert untouched(shallow) == before
    assert (shallow / ".git" / "shallow").read_bytes() == depth
    assert not (shallow / ".git" / "FETCH_HEAD").exists()
    assert told(shallow, "for-each-ref", "--format=%(refname)", "refs/remotes/origin/more") == ""


def test_without_history_the_branch_has_one_commit(work: Path, there: Path) -> None:
    """The old commits are dropped, also where the files are the same; a second time there is nothing to do."""
    publish(work, SITE)
    publish(work, {**SITE, "index.html": b"new"})
    alone = publish(work, {**SITE, "index.html": b"new"}, history=False)
    assert told(there, "rev-list", PAGES) == alone
    assert publish(work, {**SITE, "index.html": b"new"}, history=False) == alone
    assert publish(work, {"index.html": b"newer"}, history=False) != alone
    assert told(there, "rev-list", "--count", PAGES) == "1"


def test_a_strangers_branch_is_read_as_it_is(work: Path, there: Path) -> None:
    """Names with anything in them, links, programs and other repositories: kept as they are, or gone."""
    blob = run(there, "hash-object", "-w", "--stdin", given=b"x").decode().strip()
    pinned = "1" * 40
    entries = [
        f'100644 blob {blob}\tquote".html',
        f"100644 blob {blob}\tline\nend\ttab",
        f"100755 blob {blob}\trun.sh",
        f"120000 blob {blob}\tlink",
        f"160000 commit {pinned}\tlibrary",
        f"100644 blob {blob}\t-c",
        f"100644 blob {blob}\tgoes.html",
    ]
    plant(there, "\0".join(entries).encode() + b"\0" + b"100644 blob %s\tlatin\xe9\0" % blob.encode())
    here = repository(work)
    now = tip(here, remote(here), PAGES)
    assert now.links == ("link",)
    assert now.submodules == ("library",)
    assert set(now.files) == {
        'quote".html',
        "line\nend\ttab",
        "run.sh",
        "-c",
        "goes.html",
        "latin\udce9",
    }
    assert content(here, blob, 1) == b"x"
    assert content(here, blob, 0) is None
    kept = set(now.entries) - {"goes.html"}
    changes = compare(here, now, files(SITE), kept)
    assert changes.removed == ("goes.html",)
    publish(work, SITE, kept)
    after = tip(here, remote(here), PAGES)
    assert {path: after.entries[path] for path in kept} == {path: now.entries[path] for path in kept}
    assert set(after.entries) == kept | set(SITE)


def test_many_files_in_many_folders_are_sorted_as_git_does(work: Path, there: Path) -> None:
    """A folder comes where its name with a slash would: the remote checks every tree that it takes."""
    run(there, "config", "receive.fsckObjects", "true")
    names = [
        "a",
        "a.b",
        "a-b",
        "ab/c",
        "a0/b/c/d",
        "a0.html",
        "a0-/x",
        "Z/z",
        "ä/ö",
        "_/1",
        "b/a",
        "b.a",
        "b0",
    ]
    many = {name: name.encode() for name in names} | {f"pages/{i}.html": b"%d" % i for i in range(300)}
    publish(work, many)
    assert set(published(there)) == set(many)
    assert "garbage: 0\n" in told(work, "count-objects", "-v")


def test_a_file_cannot_be_kept_where_the_site_has_a_folder(work: Path) -> None:
    """It is said which; and of a kept file that is part of the site, the site's is published."""
    publish(work, {"a": b"x", "b": b"y"})
    here = repository(work)
    now = tip(here, remote(here), PAGES)
    refused(lambda: commit(here, now, files({"a/b": b"z"}), {"a"}, "Publish"), "`a` is kept")
    assert published(work, commit(here, now, files({"b": b"z"}), {"b"}, "Publish")) == {"b": b"z"}


@pytest.mark.parametrize("path", ["../out", "/root", ".git/config", "a/.GIT/x", "a//b", ""])
def test_no_path_leads_out_of_the_branch(path: str, work: Path) -> None:
    """What git would refuse on a checkout is never published."""
    here = repository(work)
    now = tip(here, remote(here), PAGES)
    refused(lambda: commit(here, now, files({path: b""}), (), "Publish"), "cannot be published")
    refused(lambda: compare(here, now, files({path: b""}), ()), "cannot be published")


def test_what_is_no_branch_is_refused(work: Path) -> None:
    """Whatever is typed after `--branch` is a name or a fault, never an option."""
    here = repository(work)
    there = remote(here)
    names = (
        "-f",
        "--all",
        "a b",
        "a..b",
        "x.lock",
        "",
        "HEAD",
        "a\0b",
        "@{-1}",
        "a\x1b[31m",
        ":main",
        "/x",
        "*",
    )
    for name in names:
        fault = refused(partial(tip, here, there, name), "is no name for a branch")
        assert fault.status is Exit.USAGE
        assert "\x1b" not in fault.headline


def test_the_branch_that_people_work_on_is_refused(work: Path, there: Path) -> None:
    """Neither what is checked out here nor what the remote shows first is replaced by a site, unless a site is what it shows."""
    fault = refused(
        lambda: publish(work, SITE, branch="main"), "`main` is the branch that is checked out here"
    )
    assert (fault.status, "--branch gh-pages" in fault.help) == (Exit.USAGE, True)
    run(work, "checkout", "-q", "-b", "other")
    refused(lambda: publish(work, SITE, branch="main"), "`main` is the branch that `origin`", "shows first")
    assert told(there, "rev-list", "--count", "main") == "1"
    run(there, "symbolic-ref", "HEAD", f"refs/heads/{PAGES}")
    publish(work, {**SITE, "published.json": b"{}"})
    publish(work, {**SITE, "published.json": b"{ }"})
    assert told(there, "rev-list", "--count", PAGES) == "2"


def test_where_a_site_comes_from_is_known(work: Path) -> None:
    """The commit, the branch, and what is not committed in the folder of the project; the index stays as it is."""
    project = work / PROJECT
    here = repository(project)
    known = source(here)
    assert (known.commit, known.branch, known.changed) == (told(work, "rev-parse", "HEAD"), "main", ())
    (work / "notes.txt").write_text("outside\n")
    (project / "manifesto.yaml").write_text("title: New\n")
    (project / "ideas").mkdir()
    (project / "ideas" / 'ä"\n.yaml').touch()
    os.utime(project / "manifesto.yaml", (1, 1))
    before = (work / ".git" / "index").read_bytes()
    assert source(here).changed == ("ideas/", "manifesto.yaml")
    assert (work / ".git" / "index").read_bytes() == before
    assert source(repository(_detached(work))).branch == ""
    unborn = source(repository(_unborn(work)))
    assert (unborn.commit, unborn.branch, unborn.changed) == ("", "main", ())
    new = work / "a" / "b"
    new.mkdir(parents=True)
    (new / "manifesto.yaml").touch()
    assert source(repository(new)).changed == ("./",)
