"""Pages and files that a theme leaves out: they are not there, nothing leads to them, and all else stays."""

import json
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from manifesto_cli.loading import Project, load
from manifesto_cli.model.quantity import Day
from manifesto_cli.model.theme import LeftOut
from manifesto_cli.outputs.booklet import BOOKLET
from manifesto_cli.outputs.website import WEBSITE, address
from manifesto_cli.pipeline import Prepared, prepare_with, render
from manifesto_cli.publish.addresses import HOME, addresses, continued
from manifesto_cli.publish.ledger import EMPTY, Listed
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.output import Output
from manifesto_cli.rendering.plan import SINGLE
from manifesto_cli.rendering.theme import Theme, ThemeFolder, read_layer
from manifesto_cli.settings import Settings
from support import pages
from support.themes import ROOT, SHIPPED, said, shipped, study, theme

NAMES: tuple[str, ...] = get_args(LeftOut)
FILES = {
    **{kind: {address(kind, "").path} for kind in SINGLE},
    "json": {"manifesto.json", "manifesto.schema.json"},
    "feed": {"feed.xml"},
    "sitemap": {"sitemap.xml"},
    "robots": {"robots.txt"},
    "web-manifest": {"site.webmanifest"},
    "linked-data": set[str](),
}
"""The files that are not there where a name is left out."""
THEMES = tuple(name for name in SHIPPED if name != "base")
URL = "https://plan.example.net/"
HEADING = "[The heading below](#with-a-heading)."


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample with everything, in which the text about the candidate leads to a heading of its own."""
    root = tmp_path_factory.mktemp("sample") / "everything"
    shutil.copytree(ROOT / "samples" / "everything", root)
    text = (root / "manifesto.yaml").read_text(encoding="utf-8")
    told = text.replace("A few sentences about the candidate.", HEADING)
    assert told != text
    (root / "manifesto.yaml").write_text(told, encoding="utf-8")
    project = load(root).value
    assert project
    return project


def without(names: Collection[str], extends: str = "civic") -> Theme:
    """A theme that only leaves out."""
    written = f"title: Tried\napi: 1\nextends: {extends}\nleaves_out: [{', '.join(names)}]\n"
    return theme({"theme.yaml": written}, extends)


def ready(sample: Project, worn: Theme, output: Output = WEBSITE) -> Prepared:
    """The sample in a theme."""
    prepared = prepare_with(sample, worn, output, Settings(Day(2030, 1, 1), URL)).value
    assert prepared
    return prepared


def made(sample: Project, worn: Theme, output: Output = WEBSITE) -> dict[str, bytes]:
    """Every file of that; of a picture nothing but that it is there."""
    files = render(ready(sample, worn, output))
    assert files.value, files.faults
    return {file.path: file.content if isinstance(file, File) else b"" for file in files.value}


@pytest.fixture(scope="module")
def everything(sample: Project) -> dict[str, bytes]:
    """The site in a theme that leaves out nothing."""
    return made(sample, without(()))


def look_through(files: dict[str, bytes]) -> None:
    """Nothing in a site leads to what is not there: no link, no address for machines."""
    read = {path: pages.read(content) for path, content in files.items() if path.endswith(".html")}
    for path, page in read.items():
        assert "" not in page.addresses, path
        for link in page.addresses:
            whole = link.startswith(URL)
            inside = link.removeprefix(URL) or "index.html"
            file, anchor = pages.lead("" if whole else path, inside) or ("", "")
            assert not file or file in files, f"{path} leads to {file}"
            # Those with `_` belong to themes, and depend on what a record has.
            assert not anchor or anchor[0] == "_" or anchor in read[file].ids, f"{path} leads to {link}"
    for name in ("feed.xml", "sitemap.xml", "robots.txt"):
        for link in re.findall(rf"{URL}([^<\"\s#]*)", files.get(name, b"").decode()):
            assert (link or "index.html") in files, f"{name} names {link}"
    for link in _addresses(json.loads(files.get("manifesto.json", b"{}"))):
        assert link.partition("#")[0] in files, f"the data names {link}"


def _addresses(value: Any) -> Iterator[str]:
    """What data for programs has as an address of a page of the site; people have addresses of another kind."""
    if isinstance(value, dict):
        place = str(value.get("address", ""))
        yield from [place] if re.fullmatch(r"[^:]+\.html(#.+)?", place) else []
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _addresses(each)


def gone(names: Collection[str]) -> set[str]:
    """The files that are not there."""
    return set[str]().union(*(FILES[name] for name in names))


def test_what_can_be_left_out_is_every_single_page_and_file_for_machines() -> None:
    """A page that is added later can be left out, too."""
    assert set(NAMES) == set(FILES)


@pytest.mark.parametrize("extends", THEMES)
def test_a_site_can_do_without_all_of_it(sample: Project, extends: str) -> None:
    """In each theme that ships: nothing of it is there, nothing leads there, and each page has the imprint."""
    full, files = made(sample, without((), extends)), made(sample, without(NAMES, extends))
    assert files.keys() == full.keys() - gone(NAMES)
    assert full.keys() >= gone(NAMES)
    look_through(files)
    for path, content in files.items():
        if path.endswith(".html"):
            assert "Promoted by Robin Example" in pages.read(content).text, path
            assert b"ld+json" not in content, path


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_left_out_alone(sample: Project, everything: dict[str, bytes], name: str) -> None:
    """The files of that name are gone, and no others."""
    files = made(sample, without([name]))
    assert files.keys() == everything.keys() - gone([name])
    look_through(files)
    assert (b"ld+json" in files["index.html"]) == (name != "linked-data")


@settings(max_examples=10, deadline=None)
@given(names=st.sets(st.sampled_from(NAMES)), extends=st.sampled_from(THEMES))
def test_any_of_it_can_be_left_out(sample: Project, names: set[str], extends: str) -> None:
    """Whatever is left out together, nothing leads there."""
    files = made(sample, without(sorted(names), extends))
    assert files.keys().isdisjoint(gone(names))
    look_through(files)


def test_the_whole_manifesto_is_whole(sample: Project) -> None:
    """Without pages of their own, the candidate and the imprint have their places on the page that holds all of it; links there lead to them."""
    files = made(sample, without(["about", "imprint"]))
    page = pages.read(files["manifesto.html"])
    assert {"about", "imprint", "about.with-a-heading"} <= set(page.ids)
    assert "#about.with-a-heading" in page.addresses
    links = json.loads(files["manifesto.json"])["candidate"]["about"]["links"]
    assert links == [{"target": "#with-a-heading", "address": None}]


def test_what_was_published_before_leads_to_the_first_page(sample: Project) -> None:
    """Also from the pages of records that were below a list; those that are there are now below the first page."""

    def listed(prepared: Prepared) -> Mapping[str, Listed]:
        files = [File(path, content) for path, content in made(sample, prepared.theme).items() if content]
        return addresses(prepared.edition, prepared.site, files)

    full, bare = ready(sample, without(())), ready(sample, without(NAMES))
    follows = continued(bare.site, replace(EMPTY, addresses=dict(listed(full))))
    missing = gone(SINGLE) - {"404.html"}
    assert {page.path: page.to for page in follows.gone} == dict.fromkeys(missing, HOME)
    assert listed(full)["deals/everything.html"].above == "deals.html"
    assert listed(bare)["deals/everything.html"].above == HOME


def test_a_booklet_has_all_of_it(sample: Project) -> None:
    """It has no pages that could be left out."""
    assert made(sample, without(NAMES), BOOKLET) == made(sample, without(()), BOOKLET)


def test_leaving_out_nothing_changes_nothing(sample: Project, everything: dict[str, bytes]) -> None:
    """A list with nothing in it is as good as none."""
    assert made(sample, shipped("civic")) == everything


def test_the_list_of_the_topmost_theme_that_has_one_counts() -> None:
    """It takes the place of the one below, also where there is nothing in it; a theme without one, or templates of a project, have that of the theme below."""

    def layered(*lists: str) -> frozenset[str]:
        layers = []
        for names in lists:
            header = {"theme.yaml": f"title: T\napi: 1\n{names}".encode()} if names != "shadow" else {}
            layer = read_layer(ThemeFolder("tried", "", header)).value
            assert layer
            layers.append(layer)
        return Theme("tried", tuple(layers)).leaves_out

    assert layered("", "leaves_out: [feed]\n") == {"feed"}
    assert layered("shadow", "leaves_out: [feed]\n") == {"feed"}
    assert layered("leaves_out: [costs]\n", "leaves_out: [feed]\n") == {"costs"}
    assert layered("leaves_out: []\n", "leaves_out: [feed]\n") == frozenset()
    assert layered("", "") == frozenset()


def test_a_template_of_a_page_that_is_left_out_is_not_needed_and_of_no_use() -> None:
    """It is said to be used by no page, and no other name is proposed; one that is not there is not missed."""
    header = "title: Tried\napi: 1\nextends: civic\nleaves_out: [deals]\n"
    found = study({"theme.yaml": header, "deals.html": "{{ site.nothing }}"})
    assert said(found.faults) == [("unreached-template", "", 1)]
    assert "did you mean" not in str(found.faults[0].help)
    assert study({"theme.yaml": header}).faults == ()
