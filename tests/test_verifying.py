"""What is live against what is here: whatever a host does with a site is found, said in words that a person can use, and never obeyed."""

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from manifesto_cli.cli import main
from manifesto_cli.cli.clock import today
from manifesto_cli.disk.contents import pieces
from manifesto_cli.publish.differences import anchors, how_changed, leads_to, without
from manifesto_cli.publish.ledger import EMPTY, NAME, Ledger, encoded, ledger_of, read_ledger
from manifesto_cli.publish.live import MOST
from manifesto_cli.publish.making import made
from manifesto_cli.rendering.files import File
from manifesto_cli.settings import Settings
from support.hosts import Asked, Host, hosting, leading_to
from support.pictures import picture

MANIFESTO = """format: 1
title: Streets for everyone
candidate:
  name: Robin Example
  photo: {file: media/Hall.png, alt: Robin in the town hall, consent: given}
office: {role: pcc}
imprint:
  jurisdiction: uk
  promoter: {name: 'Gwen O''Brien & "Sons"', address: 1 Example Street}
  on_behalf_of: [{name: Robin Example, address: 1 Example Street}]
priorities:
- {priority: streets, ideas: all}
"""
IDEAS = {
    "parks": "title: Parks that are open\npriority: streets\nsummary: I will open them.\nformerly: [greens]\nbody: |\n  ## What it takes\n\n  Keys.\n",
    "buses": "title: Buses at night\npriority: streets\nsummary: I will pay for them.\n",
}
PARKS, BUSES, GREENS, HALL = (
    "pledges/parks.html",
    "pledges/buses.html",
    "pledges/greens.html",
    "media/Hall.png",
)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    for place in ("ideas", "priorities", "media"):
        (folder / place).mkdir()
    (folder / "manifesto.yaml").write_text(MANIFESTO, encoding="utf-8")
    (folder / "priorities" / "streets.yaml").write_text("title: Streets\n", encoding="utf-8")
    (folder / HALL).write_bytes(picture("png", 300, 200))
    for name, idea in IDEAS.items():
        (folder / "ideas" / f"{name}.yaml").write_text(idea, encoding="utf-8")
    return folder


@pytest.fixture
def project(started: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MANIFESTO_CACHE", str(started / "cache"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(started)
    return started


def published(project: Path, url: str, before: Ledger = EMPTY) -> dict[str, bytes]:
    """The site as it is published at an address, after another."""
    with made(project, Settings(today(), url), lambda _: before, lambda _: None) as outcome:
        assert outcome.value, [fault.headline for fault in outcome.faults]
        return {file.path: b"".join(pieces(file)) for file in outcome.value.files}


@pytest.fixture(scope="module")
def running() -> Iterator[Host]:
    with hosting({}) as host:
        yield host


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    """The very site, from when it has been built; nothing that a test does to it stays."""
    return {}


@pytest.fixture
def host(project: Path, running: Host, site: dict[str, bytes]) -> Host:
    """A host that shows the very site."""
    if not site:
        site |= published(project, running.url)
    running.files = dict(site)
    running.headers, running.answers, running.answer, running.gzip = {}, {}, None, False
    running.asked.clear()
    return running


def listed(files: Mapping[str, bytes]) -> Ledger:
    return read_ledger(files[NAME], "here", help="none")


def relisted(host: Host, **changes: object) -> None:
    """Let the list say what the files are, and whatever else."""
    old = listed(host.files)
    files = [File(path, content) for path, content in host.files.items() if path != NAME]
    new = ledger_of(files, old.addresses, old.moved, old.kept)
    host.files[NAME] = encoded(msgspec.structs.replace(new, **changes))


class Said(msgspec.Struct):
    """What the command says."""

    status: int
    out: str
    err: str

    @property
    def first(self) -> str:
        return self.out.partition("\n")[0]


Verify = Callable[..., Said]


@pytest.fixture
def verify(host: Host, capsys: pytest.CaptureFixture[str]) -> Verify:
    def run(*words: str) -> Said:
        capsys.readouterr()
        status = main(["verify", *(words if words and "://" in words[0] else (host.url, *words))])
        said = capsys.readouterr()
        assert "\x1b" not in said.out + said.err
        return Said(status, said.out, said.err)

    return run


def kinds(said: Said) -> set[str]:
    """What kinds of things differ."""
    return {line.partition(":")[0] for line in said.out.splitlines() if ": " in line} - {"note"}


def test_live_is_what_is_here(host: Host, verify: Verify) -> None:
    """One sentence says so, with the build, and nothing else but notes."""
    said = verify()
    build = listed(host.files).build
    pages = len(listed(host.files).addresses)
    assert said.status == 0
    assert said.first == f"live is what is here (build {build[:8]}…, {pages} pages, {pages + 1} addresses)"
    assert {line.partition(":")[0] for line in said.out.splitlines()[1:] if line} == {"note"}
    assert said.err == ""


def test_all_is_asked_for_and_nothing_twice(host: Host, verify: Verify) -> None:
    """Every file, the list, and one address at which there is nothing."""
    verify()
    [wrong] = {*host.asked} - {*host.files}
    assert sorted(host.asked) == sorted([*host.files, wrong])
    assert wrong.startswith("pledges/nothing-")


def test_all_well_is_no_reason_to_speak(verify: Verify) -> None:
    """With `--quiet`."""
    said = verify("--quiet")
    assert (said.status, said.out, said.err) == (0, "", "")


def test_a_host_may_pack_what_it_shows(host: Host, verify: Verify) -> None:
    """It is the same as soon as it is unpacked."""
    host.gzip = True
    assert verify().status == 0


def test_a_page_that_the_host_has_changed(host: Host, verify: Verify) -> None:
    """It is named by its title and address, though the list still says that all is well."""
    host.files[BUSES] = host.files[BUSES].replace(b"</main>", b"<br/></main>")
    said = verify("-q")
    assert said.status == 1
    assert said.out == (
        "live is half published, or was changed at the host: 1 page differs\n"
        "  look again in ten minutes, since hosts may show for so long what they had; if it stays so, read what the host says of the last publication (GitHub does under Actions), and publish again\n"
        "\n"
        "changed: Buses at night\n"
        f"  {host.url}{BUSES} 5 bytes were put into it\n"
    )


def test_scripts_of_the_host_are_told(host: Host, verify: Verify) -> None:
    """With what to do about it: publishing again would not help."""
    for path in (PARKS, BUSES):
        host.files[path] = host.files[path].replace(b"</body>", b"<script src=/count.js></script></body>")
    said = verify("-q")
    assert said.first.endswith("2 pages differ")
    assert said.out.count("a script was put into it") == 2
    assert "turn off what puts scripts into pages at the host" in said.out


def test_line_ends_that_were_changed_are_told(host: Host, verify: Verify) -> None:
    """As git and FTP do it on their way."""
    host.files["assets/style.css"] = host.files["assets/style.css"].replace(b"\n", b"\r\n")
    said = verify("-q")
    assert "1 file differs" in said.first
    assert f"changed: {host.url}assets/style.css only its line ends are others" in said.out
    assert "`* -text` in `.gitattributes`" in said.out


def test_a_page_that_is_missing(host: Host, verify: Verify) -> None:
    """It comes first."""
    del host.files[PARKS]
    host.files[BUSES] = b"<p>"
    said = verify("-q")
    assert said.status == 1
    assert "1 page is missing" in said.first
    assert said.out.index("missing: Parks that are open") < said.out.index("changed: Buses at night")
    # An address that led there leads nowhere now.
    assert f"{host.url}{GREENS} leads on to `{PARKS}`, which is not there" in said.out


def test_hosts_tell_capitals_apart(host: Host, verify: Verify) -> None:
    """A name in other letters is missing there, however it looks on the disk at home."""
    host.files["media/hall.png"] = host.files.pop(HALL)
    said = verify("-q")
    assert (
        f"missing: {host.url}{HALL} is there as `media/hall.png`, and hosts tell capitals apart" in said.out
    )


def test_an_earlier_build_is_whole_in_itself(host: Host, project: Path, verify: Verify) -> None:
    """The usual reason: it has not been published yet, or the host still keeps what it had. Nothing is broken."""
    idea = project / "ideas" / "buses.yaml"
    text = idea.read_text(encoding="utf-8")
    idea.write_text(text.replace("I will pay for them", "I will pay for all of them"), encoding="utf-8")
    try:
        said = verify("-q")
    finally:
        idea.write_text(text, encoding="utf-8")
    assert said.status == 1
    build = listed(host.files).build
    assert said.first.startswith(f"live is another build ({build[:8]}…, here it is ")
    assert (
        "it is an earlier or other build, and whole in itself: `manifesto publish` puts this one there"
        in said.out
    )
    assert "ten minutes" in said.out
    assert f"{host.url}{BUSES} is of another build" in said.out
    assert "changed" not in kinds(said)


def test_a_host_that_is_still_at_it(host: Host, project: Path, verify: Verify) -> None:
    """Some files are of the new build already, and the list is not, or the other way round."""
    idea = project / "ideas" / "buses.yaml"
    text = idea.read_text(encoding="utf-8")
    idea.write_text(text.replace("I will pay", "I will gladly pay"), encoding="utf-8")
    try:
        new = published(project, host.url)
        host.files[BUSES] = new[BUSES]
        said = verify("-q")
        assert said.first.startswith("live is half published, or was changed at the host: ")
        assert (
            "1 file there is of the build that is here, and not all is yet: look again in ten minutes"
            in said.out
        )
        host.files, old = new, host.files
        host.files[NAME] = old[NAME]
        said = verify("-q")
        assert said.status == 1
        assert said.first.endswith("changed at the host: the list of its addresses is not as it should be")
        assert f"list: {host.url}{NAME} is of another build than the files" in said.out
    finally:
        idea.write_text(text, encoding="utf-8")


def test_addresses_of_the_past_are_asked_for(host: Host, project: Path, verify: Verify) -> None:
    """Those on the live list, also where there is nothing of them here: none may be lost."""
    idea = project / "ideas" / "trams.yaml"
    idea.write_text("title: Trams\npriority: streets\nsummary: I will lay rails.\n", encoding="utf-8")
    try:
        host.files = published(project, host.url)
    finally:
        idea.unlink()
    host.files = published(project, host.url, listed(host.files))
    assert listed(host.files).moved["pledges/trams.html"] == "priorities/streets.html"
    assert verify().status == 0
    del host.files["pledges/trams.html"]
    said = verify("-q")
    assert f"{host.url}pledges/trams.html is not there" in said.out
    host.files["pledges/trams.html"] = b'<meta http-equiv="refresh" content="0; url=https://evil.example/">'
    said = verify("-q")
    assert f"{host.url}pledges/trams.html does not lead on to `priorities/streets.html`" in said.out


def test_places_that_links_lead_to_must_be_there(host: Host, verify: Verify) -> None:
    """Anchors on the list are on their pages, also where the page is another."""
    host.files[PARKS] = host.files[PARKS].replace(b'id="what-it-takes"', b'id="what-it-costs"')
    relisted(host, build="f" * 32)
    said = verify("-q")
    assert "1 page differs" in said.first
    assert "1 page lacks places" in said.first
    assert (
        f"{host.url}{PARKS} has no place `#what-it-takes`, to which links from elsewhere may lead" in said.out
    )


def test_the_imprint_stands_on_every_page(host: Host, verify: Verify) -> None:
    """As the law wants it; a comment does not count."""
    html = [path for path in host.files if path.endswith(".html")]
    assert all(b"O&#39;Brien &amp; &#34;Sons&#34;" in host.files[path] for path in html)
    page = host.files[PARKS].decode()
    imprint = page[page.index("Promoted by") : page.index("</", page.index("Promoted by"))]
    for path, other in ((PARKS, "Vote!"), (BUSES, f"<!-- {imprint} -->")):
        host.files[path] = host.files[path].replace(imprint.encode(), other.encode())
    said = verify("-q")
    assert "2 pages lack the imprint" in said.first
    assert f"{host.url}{PARKS} does not carry the imprint as it is here" in said.out
    assert f"{host.url}{BUSES} does not carry the imprint as it is here" in said.out


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            lambda asked: asked.reply(200, asked.host.files["index.html"]),
            "is answered as if it were a page (200, not 404)",
        ),
        (lambda asked: asked.reply(404, b"<h1>nginx</h1>"), "readers are not shown `404.html`"),
        (leading_to("https://host.example/"), "leads on to another host, `host.example`"),
        (lambda asked: asked.reply(403, b"no"), "is answered as if it were a page (403, not 404)"),
    ],
    ids=["a page", "the host's own", "elsewhere", "closed"],
)
def test_wrong_addresses_get_the_page_for_them(
    host: Host, verify: Verify, answer: Callable[[Asked], None], says: str
) -> None:
    """At any depth, and as what they are."""

    def answer_wrong(asked: Asked) -> None:
        path = asked.path.removeprefix(host.prefix)
        answer(asked) if path not in host.files else asked.reply(200, host.files[path], path)

    host.answer = answer_wrong
    said = verify("-q")
    assert said.status == 1
    assert said.first.startswith("live is what is here (build ")
    assert said.first.endswith(", but wrong addresses are not answered as they should be")
    assert says in said.out


def test_a_site_without_a_page_for_wrong_addresses_shows_that_of_the_host(
    started: Path, host: Host, verify: Verify, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Then nobody promised readers another one."""
    root = tmp_path / "plan"
    shutil.copytree(started, root)
    theme = root / "themes" / "bare"
    theme.mkdir(parents=True)
    header = "title: Bare\napi: 1\nextends: civic\nleaves_out: [not-found]\n"
    (theme / "theme.yaml").write_text(header, encoding="utf-8")
    (root / "manifesto.yaml").write_text(f"{MANIFESTO}site: {{theme: bare}}\n", encoding="utf-8")
    monkeypatch.chdir(root)
    host.files = published(root, host.url)
    assert "404.html" not in host.files

    def answer(asked: Asked) -> None:
        path = asked.path.removeprefix(host.prefix)
        there = path in host.files
        asked.reply(200, host.files[path], path) if there else asked.reply(404, b"<h1>nginx</h1>")

    host.answer = answer
    assert verify().status == 0


def test_hosts_may_keep_what_is_for_them(host: Host, verify: Verify) -> None:
    """Files whose names start with a dot, and the page for wrong addresses under its own name."""
    del host.files[".nojekyll"]
    host.answers["404.html"] = lambda asked: asked.reply(404, host.files["404.html"])
    assert verify().status == 0


def test_what_browsers_do_not_take_for_what_it_is(host: Host, verify: Verify) -> None:
    """A style sheet that is shown as text is none to them; pages in the letters of another time are unreadable."""
    style, page = host.files["assets/style.css"], host.files[PARKS]
    host.answers["assets/style.css"] = lambda asked: asked.reply(200, style, Content_Type="text/plain")
    host.answers[PARKS] = lambda asked: asked.reply(200, page, Content_Type="text/html; charset=ISO-8859-1")
    host.answers[BUSES] = lambda asked: asked.reply(
        200, host.files[BUSES], Content_Type='Text/HTML; Charset="UTF-8"'
    )
    said = verify("-q")
    assert "1 page and 1 file are not shown as what they are" in said.first
    assert (
        f"{host.url}assets/style.css is shown as `text/plain`, so browsers do not take it for what it is"
        in said.out
    )
    assert f"{host.url}{PARKS} is shown as `text/html; charset=ISO-8859-1`" in said.out
    assert BUSES not in said.out


def test_a_host_may_leave_out_endings(host: Host, verify: Verify) -> None:
    """As Cloudflare does. It is told, and is no fault."""
    host.files["pledges/parks"] = host.files[PARKS]
    host.answers[PARKS] = leading_to("parks", 308)
    host.answers["pledges/parks"] = lambda asked: asked.reply(200, host.files[PARKS])
    said = verify()
    assert said.status == 0
    assert f"such as from {host.url}{PARKS} to {host.url}pledges/parks" in said.out


def test_without_a_list_pages_can_still_be_compared(host: Host, verify: Verify) -> None:
    """A site that was put there by hand is what it is, but nobody knows what has to go on working."""
    del host.files[NAME]
    said = verify("-q")
    assert said.status == 1
    assert said.first.endswith(", but without the list of its addresses")
    assert f"list: {host.url}{NAME} is not there" in said.out
    host.files[BUSES] = b"<p>"
    said = verify("-q")
    assert said.first.startswith("live is not what is here: ")


def test_another_site_is_no_endless_list(host: Host, verify: Verify) -> None:
    """One cause, one sentence: such as of a host that has the same page for every address."""
    host.answer = lambda asked: asked.reply(200, b"<!doctype html><title>This domain is for sale</title>")
    said = verify("-q")
    assert said.status == 1
    assert said.out == (
        f"something else is live at {host.url}: not one file there is as it is here\n"
        "  check the address; if it is right, `manifesto publish` puts the site there\n"
    )


def test_nothing_is_live_yet(host: Host, verify: Verify) -> None:
    """One sentence in place of a list of all that is missing; and two questions are enough."""
    host.files = {}
    said = verify()
    assert said.status == 1
    assert said.first == f"nothing is live yet at {host.url}"
    assert "`manifesto publish` puts it there" in said.out
    assert sorted(host.asked) == ["index.html", NAME]


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html>",
        b"[" * 100_000,
        b'{"format": 1, "build": 7}',
        encoded(EMPTY).replace(b'"moved": {}', b'"moved": {"../../../etc/passwd.html": "x.html"}'),
        encoded(Ledger(1, "1" * 32, {}, {}, {f"{i}.html": "index.html" for i in range(MOST + 1)})),
        b'{"format": 2}',
    ],
    ids=["a page", "deep", "types", "up", "many", "newer"],
)
def test_a_list_of_a_stranger_is_a_fault_and_no_more(host: Host, verify: Verify, content: bytes) -> None:
    """The rest is compared all the same, nothing outside the site is asked for, and nothing reaches the terminal that it would obey."""
    host.files[NAME] = content
    said = verify("-q")
    assert said.status == 1
    assert f"list: {host.url}{NAME} is of no use: " in said.out
    assert all(path in host.files or path.startswith("pledges/nothing-") for path in host.asked)
    assert "\a" not in said.out + said.err


def test_nothing_that_a_terminal_obeys_comes_from_the_host(host: Host, verify: Verify) -> None:
    """Neither by titles nor by headers, types or addresses, for people or programs."""
    old = listed(host.files)
    page = msgspec.structs.replace(
        old.addresses[BUSES], title="Bus\x1b[2J\x07\u202e", anchors=("\x1b[31mred",)
    )
    host.files["pledges/\x1b[1m.html"] = b"x"
    relisted(host, build="f" * 32, addresses={**old.addresses, BUSES: page, "pledges/\x1b[1m.html": page})
    host.answers[PARKS] = lambda asked: asked.reply(
        200, host.files[PARKS], Content_Type="text/\x1b[2Jplain\x07"
    )
    host.headers |= {"Referrer-Policy": "\x1b[2Jno-referrer"}
    host.answers["assets/style.css"] = leading_to("http://\x1b[2J.example/")
    for said in (verify(), verify("--json")):
        assert said.status == 1
        assert not {*"\x1b\x07\u202e\x9b"} & {*(said.out + said.err)}
    assert json.loads(said.out)["findings"]


def test_headers_for_safety_are_told_and_no_fault(host: Host, verify: Verify) -> None:
    """Those that come, those that do not, and what hosts that can do it need for it."""
    said = verify()
    assert said.status == 0
    assert "note: headers for safety that the host sends: none" in said.out
    assert (
        "GitHub Pages cannot; for hosts that can, `manifesto publish --to DIR --headers` writes a file"
        in said.out
    )
    host.headers |= {"Content-Security-Policy": "default-src 'self'", "X-Frame-Options": "DENY"}
    said = verify()
    assert "sends: Content-Security-Policy (without `frame-ancestors`), X-Frame-Options\n" in said.out
    assert (
        "does not send Strict-Transport-Security, X-Content-Type-Options, Referrer-Policy, Permissions-Policy."
        in said.out
    )
    host.headers |= {
        "Content-Security-Policy": "frame-ancestors 'none'",
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "interest-cohort=()",
    }
    said = verify()
    assert "frame-ancestors" not in said.out
    assert "does not send" not in said.out


def test_programs_get_the_same_as_an_object(host: Host, verify: Verify) -> None:
    """In the shape that docs/json.md promises."""
    del host.files[PARKS]
    host.headers["X-Frame-Options"] = "DENY"
    said = verify("--json")
    assert said.status == 1
    report = json.loads(said.out)
    assert (report["state"], report["url"]) == ("broken", host.url)
    assert report["build"] == dict.fromkeys(("here", "live"), listed(host.files).build)
    assert report["findings"][0] == {
        "kind": "missing",
        "path": PARKS,
        "url": f"{host.url}{PARKS}",
        "title": "Parks that are open",
        "text": "is not there",
    }
    assert report["headers"]["X-Frame-Options"] == "DENY"
    assert report["headers"]["Referrer-Policy"] is None


def test_the_shape_is_documented(host: Host, verify: Verify, checkout: Path) -> None:
    """Every field stands on the page about JSON."""
    del host.files[PARKS]
    report = json.loads(verify("--json").out)
    page = (
        (checkout / "docs" / "json.md").read_text(encoding="utf-8").partition("`manifesto verify --json`")[2]
    )
    named = {*report, *report["build"], *report["findings"][0]}
    assert [name for name in named if f"`{name}`" not in page] == []


def test_long_lists_are_cut_unless_asked_for(host: Host, verify: Verify) -> None:
    """A person reads the first; `--verbose` and JSON have all."""
    relisted(
        host,
        build="f" * 32,
        addresses={f"pledges/{i}.html": listed(host.files).addresses[PARKS] for i in range(50)},
    )
    said = verify("-q")
    assert said.out.count(" is not there\n") == 20
    assert "… and 30 more: `--verbose` shows all" in said.out
    assert verify("-q", "-v").out.count(" is not there\n") == 50


def test_another_address_than_the_manifesto_has(host: Host, verify: Verify) -> None:
    """A preview at another host is built for that, and it is said."""
    said = verify()
    assert f"note: what is here was built for {host.url} as `--base-url` does" in said.out
    said = verify(host.url.removesuffix("/"))
    assert said.status == 0


def test_the_address_of_the_manifesto_is_the_usual_one(
    host: Host, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without one there, and without any on the command line, there is nothing to ask."""
    assert main(["verify"]) == 2
    assert "neither the manifesto nor the command says where the site is" in capsys.readouterr().err
    manifesto = project / "manifesto.yaml"
    manifesto.write_text(f"{MANIFESTO}site: {{url: '{host.url}'}}\n", encoding="utf-8")
    try:
        assert main(["verify"]) == 0
    finally:
        manifesto.write_text(MANIFESTO, encoding="utf-8")
    said = capsys.readouterr()
    assert said.out.startswith("live is what is here")
    assert "--base-url" not in said.out


def test_a_site_may_be_looked_at_elsewhere(
    host: Host, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was made for the manifesto's own address is what is here, also where another host shows it."""
    manifesto = project / "manifesto.yaml"
    manifesto.write_text(f"{MANIFESTO}site: {{url: 'https://robin.example/plan/'}}\n", encoding="utf-8")
    try:
        host.files = published(project, "https://robin.example/plan/")
        assert main(["verify", host.url]) == 0
        host.files = published(project, host.url)
        assert main(["verify", host.url]) == 0
    finally:
        manifesto.write_text(MANIFESTO, encoding="utf-8")
    said = capsys.readouterr().out
    assert said.count("live is what is here") == 2
    assert said.count("in place of `site.url`, https://robin.example/plan/") == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("example.org", "https://example.org"),
        ("example.org/plan/", "https://example.org/plan/"),
        ("https://bürger.example/", "https://xn--brger-kva.example/"),
        ("https://me:secret@example.org/", "https://example.org/"),
        ("https://example.org/#top", "https://example.org/"),
        ("ftp://example.org/", "https://example.org/"),
    ],
)
def test_what_was_meant_by_an_address(
    typed: str, meant: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is to be typed in its place."""
    del project
    assert main(["verify", typed]) == 2
    assert f"did you mean `{meant}`?" in capsys.readouterr().err


def test_what_is_no_address_at_all(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused in a sentence."""
    del project
    assert main(["verify", "not an address"]) == 2
    assert "write it with `https://`" in capsys.readouterr().err


def test_with_faults_here_there_is_nothing_to_compare_with(
    host: Host, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A strict build stops at warnings, too; and a manifesto that cannot be read asks nobody."""
    manifesto = project / "manifesto.yaml"
    try:
        manifesto.write_text(MANIFESTO.replace("alt: Robin in the town hall", "alt: …"), encoding="utf-8")
        assert main(["verify", host.url]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert "nothing was compared: mend what is wrong here first" in said.err
        host.asked.clear()
        manifesto.write_text("title: [", encoding="utf-8")
        assert main(["verify", host.url]) == 1
        assert host.asked == []
    finally:
        manifesto.write_text(MANIFESTO, encoding="utf-8")


def test_a_site_that_has_moved_on_its_host_is_followed(host: Host, verify: Verify) -> None:
    """All of it is looked at where the list is, and the better address is told."""
    elsewhere = host.url.replace("/plan/", "/old/")
    host.answers[f"/old/{NAME}"] = leading_to(f"/plan/{NAME}")
    said = verify(elsewhere)
    # What was built for another address differs in the files that name it, and in no other.
    assert f"note: the host leads on from {elsewhere} to {host.url}; better write that as `url:`" in said.out
    assert f"built for {elsewhere}" in said.out
    assert "missing" not in kinds(said)
    assert f"{host.url}404.html" in said.out


def test_a_host_that_breaks_off_ends_it(host: Host, verify: Verify) -> None:
    """In the middle of it all: one sentence, what to do next, and exit code 3."""

    def slam(asked: Asked) -> None:
        asked.close_connection = True

    host.answers[PARKS] = slam
    said = verify()
    assert said.status == 3
    assert said.out == ""
    assert "ended the connection twice before it had answered" in said.err
    assert "= help: wait some minutes, then run the same command again" in said.err


def test_ctrl_c_ends_it_at_once(host: Host, project: Path) -> None:
    """Also while a host says nothing."""
    asked, over = threading.Event(), threading.Event()

    def wait(_: Asked) -> None:
        asked.set()
        over.wait(30)

    host.answer = wait
    command = [sys.executable, "-m", "manifesto_cli", "verify", host.url]
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert asked.wait(30)
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=15)
        finally:
            over.set()
            running.kill()
    assert (running.returncode, said) == (130, "interrupted\n")


def test_a_host_that_leads_away_ends_it(host: Host, verify: Verify) -> None:
    """A domain that somebody else has now: nothing is asked there."""
    host.answer = leading_to("https://parking.example/")
    said = verify()
    assert said.status == 3
    assert f"`{host.url}{NAME}` leads on to another host, `parking.example`" in said.err


# How files differ.


@pytest.mark.parametrize(
    ("given", "shown", "says"),
    [
        (b"a\nb\n", b"a\r\nb\r\n", "only its line ends are others"),
        (b"a", b"", "it is empty"),
        (b"<p>a", b"\xef\xbb\xbf<p>a", "only a byte order mark was put before it"),
        (b"<p>a</p>", b"<SCRIPT>x</SCRIPT><p>a</p><script>y</script>", "a script was put into it"),
        (b"<p>a</p>", b"<p>b</p><script>y", "a script was put into it, and more is not as it was"),
        (b"<p>a</p> <p>", b"<p>a</p><!-- served by x --><p>", "only spaces and comments are others"),
        (b"<p>abc", b"<p>a<b>bc", "3 bytes were put into it"),
        (b"<p>a<b>bc", b"<p>abc", "3 bytes are missing from it"),
        (b"abc", b"xyz", "has other content"),
    ],
)
def test_how_a_file_was_changed(given: bytes, shown: bytes, says: str) -> None:
    """As far as that can be told from its bytes."""
    assert how_changed(given, shown) == says


def test_many_beginnings_without_an_end_take_no_time() -> None:
    """A page of a stranger may hold a hundred thousand of them: one pass is enough, where a pattern would take hours."""
    page = b"<script" * 300_000
    assert without(page, b"<script", b"</script>") == b""
    assert how_changed(b"<p>", page) == "a script was put into it, and more is not as it was"
    assert anchors('<a id="' * 100_000) == {"<a id="}
    assert leads_to("<meta " * 100_000) == ""


def test_anchors_are_found_however_they_are_written() -> None:
    """Hosts shorten pages: quotation marks go, entities come."""
    assert anchors("<h2 id=\"a\">, <h2 id='b&amp;c'>, <h2\nid=d>, <p data-id=e>") == {"a", "b&c", "d"}


@pytest.mark.parametrize(
    ("page", "to"),
    [
        ('<meta http-equiv="refresh" content="0; url=../x.html">', "../x.html"),
        ("<meta http-equiv=refresh content='0;URL=x.html?a&amp;b'>", "x.html?a&b"),
        ('<meta name="refresh" content="url=x">', ""),
        ("<p>", ""),
    ],
)
def test_where_a_page_leads(page: str, to: str) -> None:
    """By itself."""
    assert leads_to(page) == to
