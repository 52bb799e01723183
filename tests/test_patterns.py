"""Patterns that are compiled when they are first used are patterns."""

import importlib
import pkgutil
import re

import pytest

import manifesto_cli
from manifesto_cli.patterns import pattern


def test_a_pattern_does_what_a_compiled_one_does() -> None:
    """Every method is there, however often and in whatever order they are called, and so is what a pattern says of itself."""
    lazy, compiled = (
        pattern(r"(?P<word>[a-z]+)", re.IGNORECASE),
        re.compile(r"(?P<word>[a-z]+)", re.IGNORECASE),
    )
    text = "One two, THREE"
    for _ in range(2):
        assert lazy.sub("-", text) == compiled.sub("-", text)
        assert lazy.subn("-", text, 1) == compiled.subn("-", text, 1)
        assert lazy.findall(text) == compiled.findall(text)
        assert lazy.split(text) == compiled.split(text)
        assert [found["word"] for found in lazy.finditer(text)] == ["One", "two", "THREE"]
        assert [bool(method("Two ")) for method in (lazy.match, lazy.search, lazy.fullmatch)] == [
            True,
            True,
            False,
        ]
    assert (lazy.pattern, lazy.flags, lazy.groups) == (compiled.pattern, compiled.flags, compiled.groups)
    assert pattern(rb"b+").findall(b"abba") == [b"bb"]


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    """So one that is wrong is found out only then."""
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")


def test_every_pattern_can_be_compiled() -> None:
    """One that is wrong would be found out only by whoever has the fault that it is for."""
    for module in pkgutil.walk_packages(manifesto_cli.__path__, f"{manifesto_cli.__name__}."):
        if module.name != "manifesto_cli.__main__":
            for value in vars(importlib.import_module(module.name)).values():
                assert not isinstance(value, type(pattern(""))) or value.flags >= 0, module.name
