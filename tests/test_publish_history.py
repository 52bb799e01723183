"""Ten publications of one manifesto, each with something renamed, withdrawn, let go or brought back: no address of any of them is lost."""

import contextlib
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import GIT
from manifesto_cli.cli import main
from support.browser import Browser, Tab
from support.published_site import anchors, dropped, extracted, leads_to, links
from support.serving import serving

MANIFESTO = """\
format: 1
title: {title}
candidate: {{name: Robin Example}}
office: {{role: pcc, area: Exampleshire}}
imprint: {{jurisdiction: uk, promoter: {{name: Robin Example, address: "1 Example Street, Anytown ZZ1 1ZZ"}}}}
site: {{url: https://robin.github.io/plan/}}
allow: [missing-evidence]
priorities:
{picks}
"""
IDEA = """\
title: {title}
status: ready
priority: {priority}
summary: A promise about {title}.
formerly: [{formerly}]
body: |
  ## {heading}

  See [the other](pledge:lamps), as far as it is there.
"""
PICKS = {"streets": ["lamps", "buses"], "parks": ["trees", "benches"]}


class Plan:
    """A manifesto that is changed and published, over and over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.title = "A plan for Exampleshire"
        self.picks = {priority: list(ideas) for priority, ideas in PICKS.items()}
        for name in ("streets", "parks"):
            self.write(f"priorities/{name}.yaml", f"title: About {name}\n")
        for priority, ideas in PICKS.items():
            for idea in ideas:
                self.idea(idea, priority)

    def write(self, path: str, text: str) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def idea(self, name: str, priority: str, *formerly: str, heading: str = "Why", title: str = "") -> None:
        text = IDEA.format(
            title=title or name.title(), priority=priority, formerly=", ".join(formerly), heading=heading
        )
        self.write(f"ideas/{name}.yaml", text.replace("pledge:lamps", f"priority:{priority}"))

    def rename(self, old: str, new: str, priority: str) -> None:
        (self.folder / f"ideas/{old}.yaml").unlink()
        self.idea(new, priority, old)
        self.picks[priority][self.picks[priority].index(old)] = new

    def publish(self, *options: str) -> str:
        """Publish it; what was said."""
        picks = "".join(
            f"  - priority: {priority}\n    ideas:\n" + "".join(f"      - {idea}\n" for idea in ideas)
            for priority, ideas in self.picks.items()
        )
        self.write("manifesto.yaml", MANIFESTO.format(title=self.title, picks=picks))
        said = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stderr(said):
            status = main(["publish", "--yes", *options])
        assert status == 0, said.getvalue()
        return said.getvalue()


def history(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Each change, with the options that it is published with."""
    yield ()
    plan.rename("lamps", "street-lamps", "streets")
    yield ()
    plan.rename("street-lamps", "bright-lamps", "streets")
    plan.title = "Ein Plan für Beispielshire – 計画"
    yield ()
    plan.idea("trees", "parks", heading="Wie viele")
    yield ()
    plan.picks["parks"].remove("benches")
    yield "--let-go", "benches"
    # The ids before are no longer named: the list knows them.
    plan.idea("bright-lamps", "streets")
    yield ()
    del plan.picks["parks"]
    yield "--let-go", "all"
    plan.picks["streets"].append("benches")
    plan.idea("benches", "streets")
    yield ()
    plan.idea("lamps", "streets", title="Another promise with an old name")
    plan.picks["streets"].append("lamps")
    yield ()
    plan.write("priorities/parks.yaml", "title: Parks again\n")
    plan.picks["parks"] = ["trees"]
    yield ("--no-history",)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The files of the branch after each of ten publications."""
    top = tmp_path_factory.mktemp("history")
    folder = top / "Robins Pläne"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            **GIT,
            "HOME": str(top),
            "MANIFESTO_TEST_HOST": str(top / "host"),
            "SOURCE_DATE_EPOCH": "1795608000",
            "XDG_CACHE_HOME": str(top / "cache"),
        }.items():
            patch.setenv(name, value)
        for words in (["init", "--quiet"], ["remote", "add", "origin", "git@github.com:robin/plan.git"]):
            subprocess.run(["git", *words], cwd=folder, check=True)
        plan = Plan(folder)
        found = []
        for options in history(plan):
            plan.publish(*options)
            found.append(extracted(top / "host/robin/plan.git", "gh-pages"))
            assert "up to date" in plan.publish()
        count = subprocess.run(
            ["git", "rev-list", "--count", "origin/gh-pages"], cwd=folder, check=True, capture_output=True
        )
        assert count.stdout.strip() == b"1"  # the last was published without history
    return found


def test_no_address_is_ever_lost(published: list[dict[str, bytes]]) -> None:
    """Each page of each publication is there in all later ones, or leads to one that is, in one step."""
    assert len(published) == 10
    ever: set[str] = set()
    for site in published:
        ever |= {path for path in site if path.endswith(".html")}
        pages = {path: leads_to(path, site[path]) for path in ever}
        assert {
            path: to for path, to in pages.items() if to and (to not in site or leads_to(to, site[to]))
        } == {}
    assert leads(published[2]) == {
        "pledges/lamps.html": "pledges/bright-lamps.html",
        "pledges/street-lamps.html": "pledges/bright-lamps.html",
    }
    assert leads(published[6]) == {
        **leads(published[2]),
        "pledges/benches.html": "index.html",
        "pledges/trees.html": "index.html",
        "priorities/parks.html": "index.html",
    }
    assert leads(published[9]) == {"pledges/street-lamps.html": "pledges/bright-lamps.html"}


def leads(site: dict[str, bytes]) -> dict[str, str]:
    """Each address of a site that leads on, and where it leads."""
    return {
        path: to
        for path, content in site.items()
        if path.endswith(".html") and (to := leads_to(path, content))
    }


def test_the_list_says_what_is_there(published: list[dict[str, bytes]]) -> None:
    """Every page with its anchors, and every address that leads on."""
    for site in published:
        ledger = json.loads(site["published.json"])
        assert site.keys() == {*ledger["files"], "published.json"}
        html = {path for path in site if path.endswith(".html")} - {"404.html"}
        assert html == {*ledger["addresses"], *ledger["moved"]}
        for path, listed in ledger["addresses"].items():
            assert listed.get("anchors", []) == anchors(site[path])
        for path, to in ledger["moved"].items():
            assert leads_to(path, site[path]) == to


def test_every_link_is_right_to_the_letter(published: list[dict[str, bytes]]) -> None:
    """GitHub tells capitals apart, where a disk at home may not."""
    for site in published:
        for path, content in site.items():
            if path.endswith(".html"):
                assert [to for to in links(path, content, "/plan/") if to not in site] == [], path


def test_no_name_is_one_that_a_host_leaves_out(published: list[dict[str, bytes]]) -> None:
    """Jekyll leaves out what begins with `_`, `.` or `#`, or ends with `~`; it is switched off by the one file that may begin so."""
    for site in published:
        assert [path for path in site if dropped(path)] == [".nojekyll"]


def test_in_a_browser(published: list[dict[str, bytes]], browser: Browser, tmp_path: Path) -> None:
    """Served under the path of the repository, every page loads whole, and every earlier address arrives at one."""
    site = published[-1]
    for path, content in site.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    async def visit(tab: Tab, path: str) -> tuple[str, list[str]]:
        to = leads_to(path, site[path])
        if to:
            await tab.page.goto(f"{host}/plan/{path}")
            await tab.page.wait_for_url(f"{host}/plan/{to}")
        else:
            await tab.open(f"{host}/plan/{path}")
        # A page that is left while it still asks for its icon breaks that off, and it would count against the next.
        await tab.page.wait_for_load_state("networkidle")
        return str(await tab.ask("location.pathname")), [] if to else tab.visit.complaints

    with serving({"/plan/": tmp_path}) as host:
        pages = [path for path in site if path.endswith(".html")]
        found = browser.each(pages, visit)
    for path, (arrived, complaints) in found.items():
        assert arrived == f"/plan/{leads_to(path, site[path]) or path}"
        assert complaints == [], path
