"""What the first page shows of all the others: figures, ways to see fewer pledges, links to pass it on; and what lies beside a page."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.rendering.views import types as view
from manifesto_cli.rendering.views.elements import FilterView, LinkView
from manifesto_cli.rendering.views.highlights import headlines
from manifesto_cli.rendering.views.material import Material
from manifesto_cli.rendering.views.pages import home_view, pledge_view
from manifesto_cli.rendering.views.parts import CONTENTS, contents
from support.editions import Records
from support.published import material_of


def claim(number: str, **changes: Any) -> Records:
    """A claim with a figure and a source."""
    figure = {"value": number, "unit": "people"}
    fields = {
        "text": f"There were {number}.",
        "figure": figure,
        "source": "paper",
        "locator": "p. 1",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def project(*ideas: tuple[str, Records]) -> dict[str, Records]:
    """A manifesto with all of these ideas, each with the id of its priority."""
    priorities = dict.fromkeys(priority for priority, _ in ideas)
    files: dict[str, Records] = {
        "manifesto.yaml": {
            "format": "1",
            "title": "A plan & more",
            "candidate": {"name": "Robin"},
            "office": {"role": "pcc"},
            "imprint": {"jurisdiction": "none"},
            "priorities": [{"priority": name, "ideas": "all"} for name in priorities],
        },
        "sources.yaml": {"paper": {"title": "A paper"}},
    }
    files |= {f"priorities/{name}.yaml": {"title": name.upper()} for name in priorities}
    for i, (priority, fields) in enumerate(ideas):
        files[f"ideas/idea-{i:03}.yaml"] = {
            "title": f"Idea {i}",
            "priority": priority,
            "summary": "So.",
            **fields,
        }
    return files


def numbers(of: Material) -> list[str]:
    """The figures that the first page shows."""
    return [
        each.claim.figure.number for each in headlines(of, of.site.pages["home", ""]) if each.claim.figure
    ]


def home(*ideas: tuple[str, Records]) -> view.HomeView:
    """The first page of such a manifesto."""
    of = material_of(project(*ideas))
    return home_view(of, of.site.pages["home", ""])


def test_each_priority_gives_a_figure_before_any_gives_two() -> None:
    """Three at most, in the order of the priorities."""
    of = material_of(
        project(
            ("a", {"claims": [claim("1"), claim("2")]}),
            ("a", {"claims": [claim("3")]}),
            ("b", {"claims": []}),
            ("c", {"claims": [claim("4")]}),
        )
    )
    assert numbers(of) == ["1", "4", "2"]


def test_only_figures_that_rest_on_something_are_shown_so_large() -> None:
    """Not plans, not what has no source, not what was withdrawn, not the same number twice, not one that would fill the page."""
    withdrawn = {"status": "withdrawn", "withdrawn": {"on": "2026", "because": "It was done."}}
    of = material_of(
        project(
            ("a", {"claims": [claim("1", kind="planned"), claim("2", source=None, locator=None)]}),
            ("a", {"claims": [claim("3")], **withdrawn}),
            ("a", {"claims": [claim("123456789"), claim("4"), claim("4", text="There were 4 again.")]}),
        )
    )
    assert numbers(of) == ["4"]


def test_a_list_can_be_narrowed_to_a_priority_or_to_what_some_pledges_share() -> None:
    """A subject that one pledge has, or all have, leaves nothing to choose."""
    page = home(
        ("a", {"tags": ["all", "young-people", "alone"]}),
        ("a", {"tags": ["all"]}),
        ("a", {"tags": ["all", "young-people"]}),
        ("b", {"tags": ["all", "shops"]}),
        ("b", {"tags": ["all", "shops", "young-people"]}),
        ("b", {"tags": ["all"]}),
    )
    assert page.filters == (
        FilterView(1, "priority", "A", 3),
        FilterView(2, "priority", "B", 3),
        FilterView(3, "subject", "shops", 2),
        FilterView(4, "subject", "young people", 3),
    )
    kept = [line.filters for card in page.priorities for line in card.pledges]
    assert kept == [(1, 4), (1,), (1, 4), (2, 3), (2, 3, 4), (2,)]


def test_a_short_list_is_not_narrowed() -> None:
    """Five pledges are seen at a glance."""
    page = home(*[("a" if i % 2 else "b", {"tags": ["x"] if i < 3 else ["y"]}) for i in range(5)])
    assert page.filters == ()
    assert all(line.filters == () for card in page.priorities for line in card.pledges)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sets(st.sampled_from("uvwxyz"))), max_size=14))
def test_every_filter_keeps_as_many_pledges_as_it_says(ideas: list[tuple[str, set[str]]]) -> None:
    """And no more of them are offered than the style sheet can carry out."""
    page = home(*[(priority, {"tags": sorted(tags)}) for priority, tags in ideas])
    lines = [line for card in page.priorities for line in card.pledges]
    assert [each.number for each in page.filters] == list(range(1, len(page.filters) + 1))
    assert len(page.filters) <= 36
    for each in page.filters:
        assert each.count == sum(each.number in line.filters for line in lines)


def test_a_page_is_passed_on_with_its_words_and_its_address() -> None:
    """By plain links; without an address for the site there is nothing to pass on."""
    files = project(("a", {"pledge": 'I will do 100% of it: "all" & more?'}))
    of = material_of(files, "https://robin.example.org/plan/")
    page = pledge_view(of, of.site.pages["pledge", ":idea-000"])
    assert [link.text for link in page.share] == [
        "By e-mail",
        "On WhatsApp",
        "On Facebook",
        "On Bluesky",
        "On X",
    ]
    for link in page.share:
        address = urlsplit(link.href)
        assert "https://robin.example.org/plan/pledges/idea-000.html" in unquote(address.query)
        if link.text != "On Facebook":
            assert page.statement in " ".join(parse_qs(address.query)[next(iter(parse_qs(address.query)))])
    assert (
        home_view(of, of.site.pages["home", ""])
        .share[1]
        .href.endswith("https%3A%2F%2Frobin.example.org%2Fplan%2F")
    )
    assert pledge_view(material_of(files), of.site.pages["pledge", ":idea-000"]).share == ()


@given(st.integers(1, 80), st.data())
def test_what_lies_beside_a_page_holds_the_page_and_is_bounded(number: int, data: st.DataObject) -> None:
    """The neighbours in their order, the page itself marked, however many there are."""
    here = data.draw(st.integers(0, number - 1))
    links = contents([LinkView(f"{i}.html", str(i)) for i in range(number)], here)
    places = [int(link.text) for link in links]
    assert places == list(range(places[0], places[0] + min(number, CONTENTS)))
    assert [link.text for link in links if link.current == "page"] == [str(here)]
