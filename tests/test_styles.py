"""Style sheets are published lighter, and say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.rendering.styles import lightened
from support.editions import ROOT


@pytest.mark.parametrize(
    ("sheet", "light"),
    [
        ("/* Why. */\na {\n  color: red; /* So. */\n}\n\n\nb { }", "a {\ncolor: red;\n}\nb { }"),
        ('a::before { content: "/* not  this */"; }', 'a::before { content: "/* not  this */"; }'),
        ("a { content: '\\'/*  */'; }", "a { content: '\\'/*  */'; }"),
        ("a { background: url(x/*.png); } /* y */ b { }", "a { background: url(x/*.png); } b { }"),
        ("a/**/.b { }", "a/**/.b { }"),
        ("a /* x */ b { }", "a b { }"),
        ("a/* x */ b { }", "a b { }"),
        ("/*! Licence:  keep\n   this */ a { }", "/*! Licence:  keep\n   this */ a { }"),
        ("a { } /* never closed", "a { }"),
        ("", ""),
    ],
)
def test_only_comments_and_room_are_lost(sheet: str, light: str) -> None:
    """Not what looks like a comment in a text or an address, not a licence, and not the gap between two words."""
    assert lightened(sheet.encode()) == f"{light}\n".encode()


@given(st.text(st.sampled_from("ab {}:;\"'/*\\\n\t()url!"), max_size=60))
def test_nothing_but_room_and_comments_ever_goes(sheet: str) -> None:
    """It never grows but by the line at its end, and a second time changes nothing."""
    light = lightened(sheet.encode())
    assert len(light) <= len(sheet.encode()) + 5
    assert lightened(light) == light


@pytest.mark.parametrize("theme", ["base", "civic", "rally", "broadsheet"])
def test_the_themes_that_ship_become_lighter(theme: str) -> None:
    """With as many braces, semicolons and colons as before, where no comment had any."""
    sheet = (ROOT / "themes" / theme / "assets" / "style.css").read_bytes()
    light = lightened(sheet)
    assert len(light) < 0.95 * len(sheet)
    assert b"/*" not in light
    for mark in b"{}":
        assert light.count(mark) == sheet.count(mark)
