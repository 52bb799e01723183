"""What the Nu HTML checker (the validator of the W3C) says of the pages and style sheets of every edition: nothing.

It comes as an npm package and needs Java, so it is not there on every machine; on CI it has to be.
"""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from support.built import Published
from support.serving import addresses, serving
from support.sites import DEFAULT, THEMES, Sites
from support.tools import package, program


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The command that checks the addresses after it, and says what it finds as JSON."""
    return [
        program(("java",), "default-jre-headless"),
        "-Xss4m",
        "-XX:TieredStopAtLevel=1",  # quicker to start, and done before more would pay
        "-Dnu.validator.servlet.allow-forbidden-hosts=true",  # it means the loopback address
        "-jar",
        str(package("vnu-jar/build/dist/vnu.jar")),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        "--also-check-css",
        "--no-langdetect",  # the theme's own words are English, whatever the language of the manifesto
    ]


def said(checker: list[str], folders: Mapping[str, Path]) -> list[str]:
    """What the checker says, errors, warnings and remarks, each with its file and line.

    Pages are read from a server: `'self'` in their content security policy, which is checked too, means nothing in a folder.
    """
    with serving(dict(folders)) as host:
        places = addresses(host, folders, ".html", ".css")
        assert places
        done = subprocess.run([*checker, *places], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    messages = json.loads(done.stdout)["messages"]
    return [_sentence(message, host) for message in messages if not _mistaken(message)]


def _mistaken(message: Mapping[str, Any]) -> bool:
    """Whether the checker takes data for a script: a policy blocks what would run (HTML, 4.12.1, "prepare the script element")."""
    inline = str(message["message"]).startswith("Inline script violates Content Security Policy")
    return inline and '<script type="application/ld+json">' in message["extract"]


def _sentence(message: Mapping[str, Any], host: str) -> str:
    kind = message.get("subType", message["type"])
    place = f"{message.get('url', '').removeprefix(host)}:{message.get('lastLine', '')}"
    return f"{place}: {kind}: {message['message']} {message.get('extract', '')!r}"


def test_nothing_is_wrong_with_any_page_or_style_sheet(
    checker: list[str], editions: tuple[Published, ...], sites: Sites
) -> None:
    """No error, no warning, no remark, in one run over every example, hostile texts and a script from right to left, in every theme."""
    folders = {f"/{edition.name}/": edition.site for edition in editions}
    themed = {place: folder for place, folder in sites.folders.items() if f"/{DEFAULT}/" not in place}
    assert {place.split("/")[2] for place in themed} == {*THEMES} - {DEFAULT}
    assert said(checker, folders | themed) == []


def test_the_checker_finds_what_is_wrong(checker: list[str], tmp_path: Path) -> None:
    """Faults in a page, in its policy and in a style sheet: were they not found, the test above would prove nothing."""
    policy = '<meta http-equiv="Content-Security-Policy" content="style-src \'none\'">'
    link = '<link rel="stylesheet" href="style.css">'
    (tmp_path / "a.html").write_text(
        f'<!doctype html><html lang="en"><head>{policy}{link}<title>A</title></head><body><p><div></p></body></html>'
    )
    (tmp_path / "style.css").write_text("p { colour: red }")
    found = "\n".join(said(checker, {"/": tmp_path}))
    assert "No “p” element in scope but a “p” end tag seen" in found
    assert "blocked by “style-src” directive" in found
    assert "/style.css:1: error:" in found
