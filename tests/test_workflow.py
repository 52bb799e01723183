"""The workflow that `init` writes: GitHub understands it, a pull request publishes nothing, and no right is given that is not needed."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from manifesto_cli.cli import main
from manifesto_cli.editing.surroundings import WORKFLOW
from support.drafts import fill_in
from support.serving import serving
from support.workflows import Event, jobs_of, linted, strange

FLOW: dict[Any, Any] = yaml.safe_load(WORKFLOW)
STRANGER = Event("pull_request", "refs/pull/7/merge")
PUSH = Event("push", "refs/heads/main")
STARTS = (
    (),
    ("--domain", "www.example.org"),
    ("--url", "https://example.org/plan/", "--language", "cy"),
    ("--title", "${{ secrets.GITHUB_TOKEN }}", "--office", "mayor"),
)


@pytest.fixture
def written(tmp_path: Path) -> list[str]:
    """The workflows of projects that were started in every way."""
    found = []
    for i, options in enumerate(STARTS):
        folder = tmp_path / str(i)
        folder.mkdir()
        subprocess.run(["git", "init", "-q", folder], check=True)
        if i == 0:
            (folder / "CNAME").write_text("example.org\n", encoding="utf-8")
        assert main(["init", str(folder), "-q", "-y", *options]) == 0
        found.append((folder / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
    return found


def documented(checkout: Path) -> list[str]:
    """The workflows that documents show."""
    pages = sorted((checkout / "docs").glob("*.md"))
    fences = [
        fence
        for page in pages
        for fence in re.findall(
            r"^```yaml\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        )
    ]
    return [fence for fence in fences if "runs-on:" in fence]


def test_no_answer_is_in_the_workflow(written: list[str]) -> None:
    """It is the same whatever is asked for, so that nothing in an answer can command it."""
    assert {*written} == {WORKFLOW}


def test_actionlint_finds_nothing(written: list[str], checkout: Path) -> None:
    """Nor in the workflows that the documents show."""
    shown = documented(checkout)
    assert shown
    texts = [*written, *shown]
    assert linted(*texts) == [[] for _ in texts]
    assert [fault for text in texts for fault in strange(text)] == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("needs: build", "needs: bild", "bild"),
        ("id-token: write", "id-token: maybe", "maybe"),
        ("steps.pages.outputs", "steps.page.outputs", "page"),
        ("  pull_request:", "  pull_requests:", "pull_requests"),
        ("github.event_name !=", "github.event_nam !=", "event_nam"),
        ("    runs-on: ubuntu-latest\n", "", "runs-on"),
        ('pip install "$TOOL"', "echo ${{ github.event.pull_request.title }}", "untrusted"),
    ],
)
def test_actionlint_finds_what_is_wrong(old: str, new: str, words: str) -> None:
    """A fault put into the workflow is found."""
    assert old in WORKFLOW
    (found,) = linted(WORKFLOW.replace(old, new, 1))
    assert words in "\n".join(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("actions/checkout@v7", "actions/checkout@v2"),
        ("actions/checkout@v7", "someone/checkout@v7"),
        ("persist-credentials:", "persist-credential:"),
        ("outputs.base_url", "outputs.url"),
        ("outputs.page_url", "outputs.url"),
    ],
)
def test_an_action_is_asked_for_what_it_has(old: str, new: str) -> None:
    """What actionlint cannot know is found by our own list."""
    assert old in WORKFLOW
    assert [*strange(WORKFLOW.replace(old, new))] != []


def test_a_pull_request_is_checked_and_nothing_else() -> None:
    """Only a push to the default branch is published, whatever that is called, or a run that is started by hand there."""
    every = ["check", "build", "deploy"]
    assert jobs_of(FLOW, STRANGER) == ["check"]
    assert jobs_of(FLOW, Event("pull_request", "refs/heads/main")) == ["check"]
    assert jobs_of(FLOW, PUSH) == every
    assert jobs_of(FLOW, Event("push", "refs/heads/master", default="master")) == every
    assert jobs_of(FLOW, Event("push", "refs/heads/master")) == ["check"]
    assert jobs_of(FLOW, Event("push", "refs/heads/a-try")) == []
    assert jobs_of(FLOW, Event("workflow_dispatch", "refs/heads/main")) == every
    assert jobs_of(FLOW, Event("workflow_dispatch", "refs/heads/a-try")) == ["check"]
    assert jobs_of(FLOW, Event("workflow_dispatch", "refs/tags/main")) == ["check"]
    # Run in the repository itself, with its rights, but on what a stranger wrote: never.
    assert "pull_request_target" not in WORKFLOW


def test_what_is_under_way_is_not_cancelled() -> None:
    """All that is published is in one queue; a pull request has a queue of its own, in which the newest is enough."""
    queue = FLOW["concurrency"]
    assert PUSH.text(queue["group"]) == "pages-live"
    assert Event("workflow_dispatch", "refs/heads/main").text(queue["group"]) == "pages-live"
    assert PUSH.text(queue["cancel-in-progress"]) is False
    assert STRANGER.text(queue["group"]) == "pages-refs/pull/7/merge"
    assert STRANGER.text(queue["cancel-in-progress"]) is True
    assert [job for job in FLOW["jobs"].values() if "concurrency" in job] == []


def test_each_job_may_do_only_what_it_must() -> None:
    """The job that a stranger's pull request starts reads and nothing else; no secret is named; nothing is put into a line for a shell."""
    assert FLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in FLOW["jobs"].items()} == {
        "check": {"contents": "read"},
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert "secrets" not in WORKFLOW
    steps = [step for job in FLOW["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False, False]


def test_what_is_run() -> None:
    """Check on a pull request, so that faults stand beside its lines; publish into the folder that is uploaded."""
    run = {
        name: [step["run"] for step in job["steps"] if step.get("run", "").startswith("manifesto ")]
        for name, job in FLOW["jobs"].items()
    }
    assert run == {
        "check": ["manifesto check --strict --format github"],
        "build": ["manifesto publish --to public --live"],
        "deploy": [],
    }
    uploads = [
        step for step in FLOW["jobs"]["build"]["steps"] if "upload-pages-artifact" in step.get("uses", "")
    ]
    assert [step["with"] for step in uploads] == [{"path": "public"}]


def test_nothing_is_missed_that_the_upload_leaves_out(tmp_path: Path) -> None:
    """Files whose names start with a dot are not uploaded: ours are for other ways of publishing, and the tool's own."""
    assert main(["init", str(tmp_path), "-q", "--domain", "example.org"]) == 0
    assert main(["build", "-q", "-C", str(tmp_path)]) == 0
    site = tmp_path / "public"
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    dotted = [path for path in paths if path.startswith(".") or "/." in path]
    assert sorted(dotted) == [".manifesto/owned.json", ".nojekyll"]


def commands(job: str) -> list[list[str]]:
    """What a job of the workflow has the tool do."""
    lines = [step.get("run", "") for step in FLOW["jobs"][job]["steps"]]
    return [shlex.split(line)[1:] for line in lines if line.startswith("manifesto ")]


def upload(folder: Path, live: Path) -> None:
    """What the artifact holds: everything but files whose names start with a dot."""
    shutil.rmtree(live)
    shutil.copytree(folder, live, ignore=shutil.ignore_patterns(".*"))


def test_the_steps_of_the_workflow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each time in a folder that is new: a draft stops at the check, a whole manifesto is published, and no promise goes in silence."""
    plan, live = tmp_path / "plan", tmp_path / "live"
    live.mkdir()
    (live / "404.html").write_text("nothing here", encoding="utf-8")
    (check,), (publish,) = commands("check"), commands("build")
    with serving({"/plan/": live}) as host:
        monkeypatch.setenv(
            "MANIFESTO_BASE_URL", f"{host}/plan"
        )  # as the action gives it, without the last slash
        assert main(["init", "-q", str(plan)]) == 0
        monkeypatch.chdir(plan)
        assert main(check) == 1
        assert "::warning file=manifesto.yaml,line=" in capsys.readouterr().out
        assert main(publish) == 1
        assert not (plan / "public").exists()

        fill_in(plan / "manifesto.yaml")
        assert main(check) == 0
        assert main(publish) == 0
        upload(plan / "public", live)
        assert (live / "published.json").is_file()
        assert not (live / ".nojekyll").exists()

        shutil.rmtree(plan / "public")  # the next run is on another machine
        assert main(["unpick", "-q", "community-payback-panels"]) == 0
        capsys.readouterr()
        assert main(publish) == 1
        assert "pledges/community-payback-panels.html" in capsys.readouterr().err
        assert not (plan / "public").exists()
        assert main([*publish, "--let-go", "community-payback-panels"]) == 0
        assert (plan / "public" / "pledges" / "community-payback-panels.html").is_file()
