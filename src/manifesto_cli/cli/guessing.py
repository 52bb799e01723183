"""What a new manifesto can be told about itself without asking: from a `CNAME` and the git remote of its folder, and from the locale."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from manifesto_cli.disk.contents import read_small
from manifesto_cli.editing.founding import objection
from manifesto_cli.patterns import pattern
from manifesto_cli.publish.github import github

_LOCALE = pattern(r"(?P<language>[a-z]{2,3})(?:_(?P<country>[A-Z]{2}))?(?:[.@].*)?")
_NAMELESS = {"manifesto", "website", "site", "web", "pages", "docs"}
_PATIENCE = 5
_CNAME = "CNAME"
_LONGEST = 1000
"""How many bytes a `CNAME` is read that may have come with anything: a domain has 253 at most."""


class Guess(Struct, frozen=True):
    """What was guessed, and from what."""

    value: str
    source: str


def guesses(folder: Path, environ: Mapping[str, str], library_language: str) -> Mapping[str, Guess]:
    """Title, site address, domain and language, as far as they can be guessed. Nothing is asked of the network.

    A domain of one's own comes before the address at GitHub, which only leads on to it.
    The language is that of the locale if the libraries are written in it, whatever the country: a page must not
    claim to be in another language than the ideas on it.
    """
    found = {
        **_of_repository(remote(folder) if os.path.lexists(folder / ".git") else ""),
        **_of_domain(folder),
    }
    spoken = language_of(environ)
    if spoken and spoken.partition("-")[0] == library_language.partition("-")[0]:
        found["language"] = Guess(spoken, "your locale")
    return {name: guess for name, guess in found.items() if not objection(name, guess.value)}


def _of_domain(folder: Path) -> Mapping[str, Guess]:
    """What the file says by which GitHub Pages keeps a domain: one name and nothing else, or it is left alone."""
    try:
        content = read_small(str(folder / _CNAME), _LONGEST) or b""
    except OSError:
        return {}
    domain = content.decode("utf-8-sig", errors="replace").strip().lower()
    if objection("domain", domain):
        return {}
    return {"domain": Guess(domain, _CNAME), "url": Guess(f"https://{domain}/", _CNAME)}


def remote(folder: Path) -> str:
    """The address of the git remote `origin` of a folder; empty where there is none, or no git."""
    # A variable such as GIT_DIR, which git sets for its hooks, would lead to another repository.
    calm = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        asked = subprocess.run(  # noqa: S603 - the words are ours, but for the folder, which is one word
            ["git", "-C", str(folder), "config", "--get", "remote.origin.url"],  # noqa: S607 - the user's own git
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=calm,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.decode(errors="replace").strip() if asked.returncode == 0 else ""


def language_of(environ: Mapping[str, str]) -> str:
    """The language that a locale stands for, such as `en-GB`; empty where it stands for none."""
    named = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    match = _LOCALE.fullmatch(named)
    return "-".join(part for part in match.groups() if part) if match else ""


def _of_repository(address: str) -> Mapping[str, Guess]:
    """What the address of a repository says. A password in it is never shown: only its owner and name are taken."""
    known = github(address)
    if known is None:
        return {}
    source = "the git remote"
    host, name = f"{known[0].lower()}.github.io", known[1]
    if name.lower() == host:
        return {"url": Guess(f"https://{host}/", source)}
    url = Guess(f"https://{host}/{name}/", source)
    words = " ".join(re.split(r"[-_. ]+", name)).strip()
    if not words or words.lower() in _NAMELESS:
        return {"url": url}
    return {"title": Guess(words[:1].upper() + words[1:], source), "url": url}
