"""A project to start from: whole or not at all, wherever it is stopped, and valid whatever is answered."""

import errno
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.cli import main
from manifesto_cli.cli.guessing import guesses, language_of
from manifesto_cli.cli.wizard import ticked
from manifesto_cli.disk import founding
from manifesto_cli.disk.founding import found_project, room_for
from manifesto_cli.disk.guard import ground
from manifesto_cli.editing.founding import AREA, NAME, OFFICES, SAMPLE, Answers, manifesto_text, objection
from manifesto_cli.editing.scalars import said
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.reading.hosts import same_host
from manifesto_cli.reading.trees import read_tree
from support.drafts import fill_in
from support.folders import everything, names, refused
from support.stops import killed, stopped

FILES = {
    "manifesto.yaml": b"title: A plan\n",
    ".gitignore": b"public/\n",
    ".github/workflows/pages.yml": b"name: Pages\n",
}
STARTS = ["missing", "nested", "empty", "cloned"]


def begin(top: Path, start: str) -> Path:
    """The folder that a project is to be started in, as it is before."""
    if top.exists():
        shutil.rmtree(top)
    top.mkdir()
    folder = top / "a" / "b" if start == "nested" else top / "plan"
    if start in ("empty", "cloned"):
        folder.mkdir()
    if start == "cloned":
        (folder / ".git").mkdir()
        (folder / ".git" / "config").write_text("[core]\n", encoding="utf-8")
        (folder / "README.md").write_text("Mine.\n", encoding="utf-8")
    return folder


def written(folder: Path) -> dict[str, bytes]:
    """The files of a project, and nothing that was there before."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    return {
        path: held for path, held in found.items() if path != "README.md" and not path.startswith(".git/")
    }


@pytest.fixture
def top(tmp_path: Path) -> Path:
    return tmp_path / "top"


@pytest.mark.parametrize("start", STARTS)
def test_killed_at_any_step_there_is_no_project_or_a_whole_one(top: Path, start: str) -> None:
    """Whatever a kill leaves, the next start takes it back and succeeds, and no name of ours is left behind."""
    whole = at = 0
    while True:
        at += 1
        folder = begin(top, start)
        before = everything(top)
        if not killed(lambda: found_project(folder, FILES), at):  # noqa: B023 - used at once
            break
        if (folder / "manifesto.yaml").exists():
            whole += 1
            assert {path: held for path, held in written(folder).items() if path in FILES} == FILES
            refused(lambda: room_for(folder), "already")  # noqa: B023 - used at once
            assert written(folder) == FILES
            assert start == "nested" or len(names(top)) == 1
            continue
        room_for(folder)
        if folder.exists():
            assert everything(top) == before
        found_project(folder, FILES)
        assert written(folder) == FILES
        assert len(names(top)) == 1
    assert written(folder) == FILES
    assert at - whole > 15
    assert whole > 1


def interrupt() -> None:
    raise KeyboardInterrupt


def fill_up() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(("stop", "after"), [(fill_up, False), (interrupt, False), (interrupt, True)])
@pytest.mark.parametrize("start", STARTS)
def test_stopped_at_any_step_nothing_is_created(
    top: Path, start: str, stop: Callable[[], None], *, after: bool
) -> None:
    """A full disk and Ctrl-C leave the folder as it was, or the project if that was whole already."""
    stops = at = 0
    said_so: set[str] = set()
    while True:
        at += 1
        folder = begin(top, start)
        before = everything(top)
        with stopped(at, stop, after=after) as steps:
            try:
                found_project(folder, FILES)
            except (ManifestoError, KeyboardInterrupt) as fault:
                stops += 1
                said_so.add(str(fault))
        if len(steps) < at:
            break
        if (folder / "manifesto.yaml").exists():
            assert written(folder).items() >= FILES.items()
        elif steps[at - 1] not in ("unlink", "rmdir"):  # whoever stops the clearing up itself has the litter
            assert everything(top) == before
    assert written(folder) == FILES
    assert stops > 10
    assert said_so == ({""} if stop is interrupt else {f"there is no space left on the disk for `{folder}`"})


def test_a_disk_without_second_names_for_a_file(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the files are copied, and never over another."""
    folder = begin(top, "cloned")

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    found_project(folder, FILES)
    assert written(folder) == FILES
    assert names(folder) == [".git", ".github", ".gitignore", "README.md", "manifesto.yaml"]


@pytest.mark.parametrize("path", [".gitignore", "manifesto.yaml"])
def test_what_has_come_to_be_there_meanwhile_stays(top: Path, path: str) -> None:
    """Between looking and writing somebody may have put a file there."""
    folder = begin(top, "empty")
    (folder / path).write_bytes(b"mine\n")
    before = everything(top)
    refused(lambda: found_project(folder, FILES), "meanwhile", path)
    assert everything(top) == before


def test_a_killed_start_takes_back_nothing_that_was_changed_since(top: Path) -> None:
    """What a person has written into a file that a killed start left is theirs."""
    folder = begin(top, "empty")
    at = 1
    while killed(lambda: found_project(top / "plan", FILES), at) and not (folder / ".gitignore").exists():
        begin(top, "empty")
        at += 1
    (folder / ".gitignore").write_bytes(b"mine\n")
    room_for(folder)
    assert written(folder) == {".gitignore": b"mine\n"}


def test_a_strangers_folder_takes_nothing_back(top: Path) -> None:
    """What looks like the trace of a killed start may have come with an archive: it reaches neither `.git` nor through links."""
    folder = begin(top, "cloned")
    (top / "elsewhere" / "workflows").mkdir(parents=True)
    (top / "elsewhere" / "workflows" / "pages.yml").write_bytes(b"mine\n")
    stage = folder / ".init.manifesto-0123abcd"
    for path, text in {".git/config": b"[core]\n", ".github/workflows/pages.yml": b"mine\n"}.items():
        (stage / "tree" / path).parent.mkdir(parents=True)
        (stage / "tree" / path).write_bytes(text)
    (stage / ".manifesto").mkdir()
    (folder / ".github").symlink_to(top / "elsewhere")
    refused(lambda: room_for(folder), ".github")
    assert not stage.exists()
    assert (folder / ".git" / "config").exists()
    assert (top / "elsewhere" / "workflows" / "pages.yml").exists()


def test_whatever_a_start_writes_can_be_taken_back(tmp_path: Path) -> None:
    """No file of it is forgotten."""
    assert main(["init", str(tmp_path), "-q"]) == 0
    paths = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in paths if not founding._OURS.fullmatch(path)] == []  # noqa: SLF001 - the list itself is looked at


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_refused_before_any_question(top: Path) -> None:
    """The system's rights are looked at first."""
    folder = begin(top, "empty")
    folder.chmod(0o500)
    assert refused(lambda: room_for(folder), "permission").status is Exit.WORLD
    folder.chmod(0o700)


def test_a_disk_that_is_read_only_is_a_sentence(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says when it comes to writing is passed on."""
    folder = begin(top, "empty")

    def closed(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "mkdir", closed)
    fault = refused(lambda: found_project(folder, FILES), "read-only")
    assert "manifesto init DIR" in fault.help


def test_nobodys_home_becomes_a_project(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a folder that holds it, under whatever name."""
    monkeypatch.chdir(home)
    for target in (home, home.parent, Path(), Path("/")):
        assert refused(lambda: ground(target), "`").status is Exit.USAGE  # noqa: B023 - used at once
    assert main(["init", "-y"]) == Exit.USAGE


def test_a_link_to_a_folder_is_followed(top: Path) -> None:
    """The project stands in the folder that is meant, and the link stays a link."""
    folder = begin(top, "empty")
    link = top / "link"
    link.symlink_to(folder)
    assert main(["init", "-q", str(link)]) == 0
    assert link.is_symlink()
    assert (folder / "manifesto.yaml").is_file()


# What is guessed.


@pytest.mark.parametrize(
    ("address", "title", "url"),
    [
        (
            "git@github.com:Robin/safer-exampleshire.git",
            "Safer exampleshire",
            "https://robin.github.io/safer-exampleshire/",
        ),
        ("https://github.com/robin/Plan_2027", "Plan 2027", "https://robin.github.io/Plan_2027/"),
        ("https://robin:secret@github.com/robin/plan.git", "Plan", "https://robin.github.io/plan/"),
        ("ssh://git@github.com:22/robin/manifesto/", None, "https://robin.github.io/manifesto/"),
        ("git@github.com:robin/Robin.github.io.git", None, "https://robin.github.io/"),
        ("https://gitlab.com/robin/plan", None, None),
        ("https://github.com.evil.example/robin/plan", None, None),
        ("/srv/git/plan.git", None, None),
    ],
)
def test_title_and_address_come_from_the_remote(
    tmp_path: Path, address: str, title: str | None, url: str | None
) -> None:
    """Those of GitHub are known; a password is never passed on; of all others nothing is guessed."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "-C", tmp_path, "config", "remote.origin.url", address], check=True)
    found = guesses(tmp_path, {}, "en-GB")
    assert {name: guess.value for name, guess in found.items()} == {
        **({"title": title} if title else {}),
        **({"url": url} if url else {}),
    }


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en_GB.UTF-8", "en-GB"),
        ("de_AT@euro", "de-AT"),
        ("cy", "cy"),
        ("C.UTF-8", ""),
        ("POSIX", ""),
        ("", ""),
    ],
)
def test_the_language_comes_from_the_locale(locale: str, language: str) -> None:
    """The first variable that is set decides, as everywhere."""
    assert language_of({"LC_ALL": "", "LANG": locale}) == language
    assert language_of({"LC_ALL": locale or "C", "LANG": "fr_FR"}) == language


def test_a_page_is_not_said_to_be_in_another_language_than_the_ideas(tmp_path: Path) -> None:
    """A locale in another language than the libraries' guesses nothing."""
    assert guesses(tmp_path, {"LANG": "en_IE.UTF-8"}, "en-GB")["language"].value == "en-IE"
    assert guesses(tmp_path, {"LANG": "de_DE.UTF-8"}, "en-GB") == {}


def test_what_was_guessed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what an option says comes before it."""
    monkeypatch.setenv("LC_ALL", "en_IE.UTF-8")
    monkeypatch.setenv("GIT_DIR", "/nowhere")  # as in a hook: it means another repository
    config = '[remote "origin"]\n\turl = git@github.com:robin/our-plan.git\n'
    (tmp_path / ".git" / "refs").mkdir(parents=True)
    (tmp_path / ".git" / "objects").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (tmp_path / ".git" / "config").write_text(config, encoding="utf-8")
    assert main(["init", str(tmp_path), "--title", "Mine", "-y"]) == 0
    said_so = capsys.readouterr().err
    assert "guessed from the git remote: site address https://robin.github.io/our-plan/\n" in said_so
    assert "guessed from your locale: language en-IE\n" in said_so
    assert "title" not in said_so
    text = (tmp_path / "manifesto.yaml").read_text(encoding="utf-8")
    assert "\ntitle: Mine\n" in text
    assert "\nlanguage: en-IE\n" in text
    assert "\n  url: https://robin.github.io/our-plan/\n" in text


@pytest.mark.parametrize(
    ("content", "domain"),
    [
        (b"www.example.org", "www.example.org"),
        (b"\xef\xbb\xbfWWW.Example.ORG\r\n", "www.example.org"),
        (b"", None),
        (b"localhost", None),
        (b"https://example.org/", None),
        (b"example.org\nexample.com\n", None),
        (b"example.org\n    theme: evil", None),
        (b"\x1b[31mexample.org", None),
        (b"\xff\xfe", None),
        (b"a." * 1000 + b"org", None),
    ],
)
def test_a_domain_comes_from_the_file_that_github_keeps(
    tmp_path: Path, content: bytes, domain: str | None
) -> None:
    """One name and nothing else; whatever else a stranger may have put there is left alone."""
    (tmp_path / "CNAME").write_bytes(content)
    found = guesses(tmp_path, {}, "en-GB")
    assert {name: (guess.value, guess.source) for name, guess in found.items()} == (
        {"domain": (domain, "CNAME"), "url": (f"https://{domain}/", "CNAME")} if domain else {}
    )


def test_a_domain_is_read_through_no_link(tmp_path: Path) -> None:
    """What a link leads to is not the folder's; nor does a pipe stop the command for ever."""
    (tmp_path / "secret").write_text("example.org", encoding="utf-8")
    (tmp_path / "CNAME").symlink_to(tmp_path / "secret")
    assert guesses(tmp_path, {}, "en-GB") == {}
    (tmp_path / "CNAME").unlink()
    os.mkfifo(tmp_path / "CNAME")
    assert guesses(tmp_path, {}, "en-GB") == {}


@pytest.mark.parametrize(
    ("options", "site"),
    [
        ((), {"url": "https://www.example.org/", "domain": "www.example.org"}),
        (
            ("--url", "https://example.org/plan/"),
            {"url": "https://example.org/plan/", "domain": "www.example.org"},
        ),
        (("--url", "https://other.example/"), {"url": "https://other.example/"}),
        (("--domain", "other.example"), {"url": "https://other.example/", "domain": "other.example"}),
    ],
)
def test_a_domain_of_ones_own_comes_before_that_of_github(
    tmp_path: Path, options: tuple[str, ...], site: dict[str, str]
) -> None:
    """What was typed comes first, then the `CNAME`, then the remote; and nothing contradicts anything else."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(
        ["git", "-C", tmp_path, "config", "remote.origin.url", "git@github.com:robin/plan.git"], check=True
    )
    (tmp_path / "CNAME").write_text("www.example.org\n", encoding="utf-8")
    assert main(["init", str(tmp_path), "-q", *options]) == 0
    written_down = yaml.safe_load((tmp_path / "manifesto.yaml").read_text(encoding="utf-8"))
    assert written_down["site"] == {**site, "theme": "civic"}
    assert (tmp_path / "CNAME").read_text(encoding="utf-8") == "www.example.org\n"


@pytest.mark.parametrize(
    ("url", "domain", "same"),
    [
        ("https://www.example.org/", "example.org", True),
        ("http://EXAMPLE.org:8080/plan/", "www.example.org", True),
        ("https://example.org./", "example.org", True),
        ("https://blog.example.org/", "example.org", False),
        ("https://robin.github.io/", "example.org", False),
        ("https://www.www.example.org/", "example.org", False),
    ],
)
def test_what_counts_as_the_same_host(url: str, domain: str, *, same: bool) -> None:
    """A name with and without `www.`, and no other."""
    assert same_host(url, domain) is same


def test_no_workflow_where_github_would_not_read_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a folder of a larger repository neither the workflow is of use, nor is its address the site's."""
    (tmp_path / ".git").mkdir()
    assert main(["init", str(tmp_path / "plan"), "-y"]) == 0
    assert "not the root of its repository" in capsys.readouterr().err
    assert not (tmp_path / "plan" / ".github").exists()
    assert ".github" not in (tmp_path / "plan" / "README.md").read_text(encoding="utf-8")


# What is written.


def test_every_idea_of_the_sample_is_there(checkout: Path) -> None:
    """The sample is what a newcomer sees first."""
    ideas = checkout / "ideas" / "police-and-crime" / "ideas"
    assert [name for name in SAMPLE if not (ideas / f"{name}.yaml").exists()] == []


def test_the_draft_is_published_once_all_is_filled_in(tmp_path: Path) -> None:
    """Every text in square brackets replaced, the strict check has nothing left to say: nothing else needs mending."""
    assert main(["init", str(tmp_path), "-q", "--url", "https://robin.example/"]) == 0
    fill_in(tmp_path / "manifesto.yaml")
    assert main(["check", "--strict", "-q", "-C", str(tmp_path)]) == 0
    assert main(["build", "--strict", "-q", "-C", str(tmp_path)]) == 0


def test_every_page_of_the_draft_says_that_it_is_one(tmp_path: Path) -> None:
    """Whoever comes upon it knows."""
    assert main(["init", str(tmp_path), "-q"]) == 0
    assert main(["build", "-q", "-C", str(tmp_path)]) == 0
    pages = list((tmp_path / "public").rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "This is a draft." in text
        assert "[Name of the promoter]" in text


def test_the_schemas_are_those_of_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`schema --write` finds nothing to change."""
    assert main(["init", str(tmp_path), "-q"]) == 0
    assert main(["schema", "--write", "-C", str(tmp_path)]) == 0
    assert "as it should be" in capsys.readouterr().err


def test_git_leaves_out_what_is_built_and_keeps_the_schemas(tmp_path: Path) -> None:
    """What a person commits with `git add --all`."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert main(["init", str(tmp_path), "-q"]) == 0
    for form in ("html", "md"):
        assert main(["build", "-q", "-C", str(tmp_path), "--format", form]) == 0
    listed = subprocess.run(
        ["git", "-C", tmp_path, "ls-files", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert sorted({path.split("/")[0] for path in listed}) == [
        ".github",
        ".gitignore",
        ".manifesto",
        "README.md",
        "manifesto.yaml",
    ]
    assert len([path for path in listed if path.startswith(".manifesto/")]) == 8


def test_the_commands_of_the_document_run(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fence of docs/starting.md, as somebody would type it in a folder of their own."""
    text = (checkout / "docs" / "starting.md").read_text(encoding="utf-8")
    fences = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(fences) > 1
    for i, fence in enumerate(fences):
        (tmp_path / str(i)).mkdir()
        monkeypatch.chdir(tmp_path / str(i))
        for line in fence.splitlines():
            program, *words = shlex.split(line)
            if program == "cd":
                monkeypatch.chdir(words[0])
            else:
                assert program == "manifesto"
                assert main(words) == 0


# Answers.

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Co")), min_size=1, max_size=60).filter(
    lambda text: not objection("name", text)
)


@given(TEXTS, TEXTS, TEXTS)
def test_whatever_is_answered_the_file_says_exactly_that(name: str, area: str, title: str) -> None:
    """Quotes, colons, number signs, emoji, right-to-left letters and line ends included."""
    answers = Answers(name=name, area=area, title=title, libraries=("safer-deals", {"path": f"../{name}"}))
    text = manifesto_text(answers, (), {})
    tree = read_tree(SourceFile("", text)).value
    assert tree
    found: Any = said(tree)
    assert (found["candidate"]["name"], found["office"]["area"], found["title"]) == (name, area, title)
    assert found["libraries"][1]["path"] == f"../{name}"


@pytest.mark.parametrize(
    "name",
    [
        "a\nb: c",
        "\u202eniboR",
        "# no",
        "'",
        '"',
        "null",
        "yes",
        "1e3",
        "- x",
        "נור",
        "🌳",
        "&a *b",
        "%x",
        "@me",
    ],
)
def test_a_hostile_name_is_a_name(tmp_path: Path, name: str) -> None:
    """The file says it, and nothing stands in the way of any output: that is tried before it is written."""
    assert main(["init", str(tmp_path / "plan"), "-q", f"--name={name}"]) == 0
    text = (tmp_path / "plan" / "manifesto.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes texts of everything
    assert found["candidate"]["name"] == name


@pytest.mark.parametrize("name", ["\x07", "a\u2028b", "\udcff", "\ue000", " ", "x" * 10_001])
def test_what_no_file_may_hold_is_refused(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a sentence that shows nothing a terminal would obey, and no folder."""
    assert main(["init", str(tmp_path / "plan"), f"--name={name}"]) == Exit.USAGE
    assert "`--name`" in capsys.readouterr().err
    assert names(tmp_path) == []


def test_the_stand_ins_are_known_to_the_check() -> None:
    """A text in square brackets is a stand-in, and no name of an office is."""
    assert NAME.startswith("[")
    assert AREA.startswith("[")
    assert all(not title.startswith("[") for title in OFFICES.values())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1", (0,)),
        ("1 3-5", (0, 2, 3, 4)),
        ("5,1, 2", (0, 1, 4)),
        ("all", (0, 1, 2, 3, 4)),
        ("ALL", (0, 1, 2, 3, 4)),
        ("none", ()),
        ("2-2 2", (1,)),
        ("6", "the list goes from 1 to 5: there is no 6"),
        ("0", "the list goes from 1 to 5: there is no 0"),
        ("0-9", "the list goes from 1 to 5: there is no 0"),
        ("4-2", "a range goes from the lower number to the higher: 2-4"),
        ("one", "`one` is not a number, a range such as 2-4, `all` or `none`"),
        ("1-", "`1-` is not a number, a range such as 2-4, `all` or `none`"),
        ("-1", "`-1` is not a number, a range such as 2-4, `all` or `none`"),
        ("²", "`²` is not a number, a range such as 2-4, `all` or `none`"),
        ("9" * 5000, "the list goes from 1 to 5: there is no 999999999"),
    ],
)
def test_ticking(typed: str, found: tuple[int, ...] | str) -> None:
    """Numbers and ranges in any order; what cannot be is said."""
    assert ticked(typed, 5) == found
