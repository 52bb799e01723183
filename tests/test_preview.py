"""What the preview answers, and what it refuses."""

import contextlib
import json
import socket
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.faults.diagnostic import has_errors
from support.pictures import picture
from support.previews import (
    PATIENCE,
    Preview,
    previewed,
    project,
)


def built(root: Path, target: Path) -> dict[str, bytes]:
    """What `build` writes for a project, by path."""
    assert main(["build", "-q", "-C", str(root), "-o", str(target)]) == 0
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file() and ".manifesto" not in path.parts
    }


# --- what it answers ------------------------------------------------------------------------------------------


def test_every_file_is_answered_as_it_will_be_published(preview: Preview, tmp_path: Path) -> None:
    """Byte for byte, but for one tag in each page; and nothing of the preview is in what `build` writes."""
    for path, content in built(preview.root, tmp_path / "public").items():
        answer = preview.get(f"/repo/{path}")
        assert answer.status == (404 if path == "404.html" else 200) or path == "404.html"
        before, tag, after = answer.body.partition(b'\n<script src="/_preview/')
        rest = after.partition(b"</script>")[2]
        assert bool(tag) == path.endswith(".html"), path
        assert before + rest == content, path
        assert b"_preview" not in content
        assert b"manifesto-preview" not in content


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("assets/style.css", "text/css; charset=utf-8"),
        ("assets/icon.svg", "image/svg+xml; charset=utf-8"),
        ("manifesto.json", "application/json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_kind_is_named(preview: Preview, path: str, kind: str) -> None:
    """With its encoding, so that no browser has to guess; and none may."""
    answer = preview.get(f"/repo/{path}")
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_host_itself_leads_to_the_site(preview: Preview) -> None:
    """And so does the site's path without its last slash, as on a host."""
    for path in ("/", "/repo"):
        answer = preview.get(path)
        assert (answer.status, answer.headers["Location"]) == (307, "/repo/")


def test_without_an_address_the_site_is_at_the_root(tmp_path: Path) -> None:
    """There is no path that it could be under."""
    root = project(tmp_path)
    text = (root / "manifesto.yaml").read_text()
    (root / "manifesto.yaml").write_text(text.replace("site: {url: https://example.org/repo/}\n", ""))
    with previewed(root) as preview:
        assert "First words." in preview.get("/").text
        assert preview.get("/pledges/lights.html").status == 200


def test_a_wrong_address_gets_the_page_of_the_site_for_that(preview: Preview) -> None:
    """At any depth, inside the site's path and beside it."""
    for path in (
        "/repo/no/such/page.html",
        "/elsewhere",
        "/repo/assets/",
        "/repo/INDEX.html",
        "//example.org/",
    ):
        answer = preview.get(path)
        assert answer.status == 404
        assert "<title>" in answer.text
        assert "/repo/assets/style.css" in answer.text


def test_a_wrong_address_is_answered_where_the_theme_has_no_page_for_that(tmp_path: Path) -> None:
    """With words of the preview; and the page that comes there later is noticed."""
    root = project(tmp_path)
    site = "site: {url: https://example.org/repo/"
    text = (root / "manifesto.yaml").read_text(encoding="utf-8")
    (root / "manifesto.yaml").write_text(text.replace(site, f"{site}, theme: bare"), encoding="utf-8")
    header = root / "themes" / "bare" / "theme.yaml"
    header.parent.mkdir(parents=True)
    header.write_text(
        "title: Bare\napi: 1\nextends: civic\nleaves_out: [not-found, costs]\n", encoding="utf-8"
    )
    with previewed(root) as preview:
        answer = preview.get("/repo/about.html")
        assert answer.status == 404
        assert "There is no page at this address." in answer.text
        assert '<script src="/_preview/client.js"' in answer.text
        assert json.loads(preview.get("/_preview/state?page=/repo/about.html").body)["page"] == ""
        preview.after(lambda: preview.edit("themes/bare/theme.yaml", "not-found, costs", "costs"))
        assert json.loads(preview.get("/_preview/state?page=/repo/about.html").body)["page"]
        assert "/repo/assets/style.css" in preview.get("/repo/about.html").text


def test_head_is_get_without_its_content(preview: Preview) -> None:
    """The length is that of the page."""
    whole, head = preview.get("/repo/"), preview.get("/repo/", "HEAD")
    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(whole.body))


def test_a_picture_is_shown_as_it_will_be_published(tmp_path: Path) -> None:
    """With its smaller copies, and without what the camera wrote."""
    root = project(tmp_path / "project")
    (root / "media").mkdir()
    (root / "media" / "hall.jpg").write_bytes(picture("jpeg", 1200, 800))
    text = (root / "manifesto.yaml").read_text()
    (root / "manifesto.yaml").write_text(
        text.replace(
            "{name: Robin Example}", "{name: Robin Example, photo: {file: media/hall.jpg, alt: A hall}}"
        )
    )
    files = built(root, tmp_path / "public")
    pictures = [path for path in files if path.startswith("media/")]
    assert len(pictures) == 3
    with previewed(root) as preview:
        for path in pictures:
            answer = preview.get(f"/repo/{path}")
            assert (answer.headers["Content-Type"], answer.body) == ("image/jpeg", files[path])


# --- what it refuses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "example.org:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "0.0.0.0:{port}",
        "localhost.evil.example:{port}",
        "",
    ],
)
def test_any_other_name_is_refused(preview: Preview, host: str) -> None:
    """Else a page from elsewhere could have its own name lead here, and read the drafts."""
    answer = preview.get("/repo/", host=host.format(port=preview.port))
    assert answer.status == 403
    assert f"http://127.0.0.1:{preview.port}/" in answer.text
    assert "First words" not in answer.text


@pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
def test_the_names_of_this_machine_are_answered(preview: Preview, host: str) -> None:
    assert preview.get("/repo/", host=host.format(port=preview.port)).status == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/repo/../manifesto.yaml", 400),
        ("/repo/%2e%2e/manifesto.yaml", 400),
        ("/repo/%2E%2E%2Fmanifesto.yaml", 400),
        ("/repo/..%5cmanifesto.yaml", 400),
        ("/repo/a%5c..%5cb", 400),
        ("/repo/./index.html", 400),
        ("/repo/%252e%252e/manifesto.yaml", 404),
        ("/repo/index.html%00.png", 400),
        ("/repo/%ff", 400),
        ("/repo/%0d%0aX-Other:%20a", 400),
        ("/etc/passwd", 404),
        ("//etc/passwd", 404),
        ("/repo//etc/passwd", 404),
        ("/repo/{root}/manifesto.yaml", 404),
        ("/repo/manifesto.yaml", 404),
        ("/repo/.manifesto/owned.json", 404),
        ("http://example.org/repo/", 400),
        ("manifesto.yaml", 400),
        ("*", 400),
        ("/_preview/", 404),
        ("/_preview/../manifesto.yaml", 400),
        ("/_preview/server.py", 404),
        ("/" + "a" * 5000, 414),
        ("/" + "a" * 70000, 414),
    ],
)
def test_only_what_is_in_the_site_is_served(preview: Preview, path: str, status: int) -> None:
    """However the way out is written."""
    answer = preview.get(path.format(root=preview.root))
    assert answer.status == status
    assert b"format: 1" not in answer.body


def test_a_picture_that_is_a_link_out_of_the_project_is_not_served(tmp_path: Path) -> None:
    """Neither when the project is read, nor when it becomes one afterwards."""
    root = project(tmp_path / "project")
    (tmp_path / "secret.jpg").write_bytes(picture("jpeg", 400, 300))
    (root / "media").mkdir()
    shown = root / "media" / "hall.jpg"
    shown.write_bytes(picture("jpeg", 400, 300))
    text = (root / "manifesto.yaml").read_text()
    (root / "manifesto.yaml").write_text(
        text.replace(
            "{name: Robin Example}", "{name: Robin Example, photo: {file: media/hall.jpg, alt: A hall}}"
        )
    )
    with previewed(root) as preview:

        def link() -> None:
            shown.unlink()
            shown.symlink_to(tmp_path / "secret.jpg")

        assert has_errors(preview.after(link).faults)
        (tmp_path / "secret.jpg").write_bytes(b"secret")
        assert b"secret" not in preview.get("/repo/media/hall.jpg").body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_it_can_only_be_read(preview: Preview, method: str) -> None:
    answer = preview.get("/repo/", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_it_listens_to_this_machine_alone(preview: Preview) -> None:
    """No other address of it is bound."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.bind(("127.0.0.2", preview.port))


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x00\xff",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
)
def test_what_is_no_request_gets_no_page(preview: Preview, sent: bytes) -> None:
    """Nor does it stop the preview."""
    with socket.create_connection(("127.0.0.1", preview.port), PATIENCE) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        said = b""
        with contextlib.suppress(ConnectionError):
            while piece := connection.recv(4096):
                said += piece
    assert b"First words" not in said
    assert preview.get("/repo/").status == 200
