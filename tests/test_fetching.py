"""Asking a host: whatever it does, the answer is bounded, or the command ends with a sentence and what to do next."""

import gzip
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from manifesto_cli import __version__
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.publish.fetching import Answer, Limits, _trust, fetch, fetch_all
from manifesto_cli.publish.ledger import EMPTY, LARGEST, NAME, Ledger, Listed, encoded
from manifesto_cli.publish.live import MOST, Absence, published_at
from manifesto_cli.publish.proxies import proxy_for
from manifesto_cli.publish.unpacking import unpacked
from manifesto_cli.publish.web import AstrayError, Root, is_public, led_on, root_of
from support.hosts import Asked, Host, hosting, leading_to
from support.tools import program

STEADY = Limits(connections=4)
HASTY = Limits(patience=0.3, longest=0.6)
"""For hosts that are slow on purpose: a busy machine may be slower than this for no reason."""
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting({"index.html": b"<p>here", "big.html": b"x" * 300_000}) as running:
        yield running


def get(host: Host, path: str = "index.html", most: int = 1 << 20) -> Answer:
    return fetch(root_of(host.url), path, most, STEADY)


def refusal(host: Host | str, limits: Limits = STEADY) -> ManifestoError:
    """How asking the host ends."""
    url = host if isinstance(host, str) else host.url
    with pytest.raises(ManifestoError) as caught:
        fetch(root_of(url), "index.html", 1 << 20, limits)
    assert caught.value.status is Exit.WORLD
    assert caught.value.help
    return caught.value


def test_an_answer_is_what_the_host_says(host: Host) -> None:
    """Status, headers, bytes; also of an address at which there is nothing."""
    host.headers["X-Frame-Options"] = "DENY"
    answer = get(host)
    assert (answer.status, answer.body, answer.trouble) == (200, b"<p>here", "")
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.address == f"{host.url}index.html"
    assert get(host, "none.html").status == 404


def test_the_host_knows_who_asks(host: Host) -> None:
    """Whoever reads its log can tell what it was."""
    heard: list[str] = []

    def answer(asked: Asked) -> None:
        heard.append(asked.headers["User-Agent"])
        asked.reply(200, b"")

    host.answer = answer
    get(host)
    assert heard == [f"manifesto-cli/{__version__}"]


def test_connections_stay_open_and_are_few(host: Host) -> None:
    """A thousand files take no thousand handshakes, and no host is asked by more than a few at once."""
    host.files |= {f"pages/{i}.html": b"%d" % i for i in range(300)}
    wanted = {path: 1000 for path in host.files if path.startswith("pages/")}
    answers = dict(fetch_all(root_of(host.url), wanted, STEADY))
    assert {path: answer.body for path, answer in answers.items()} == {
        path: host.files[path] for path in wanted
    }
    assert host.connections == STEADY.connections


def test_nothing_asked_is_nothing_answered(host: Host) -> None:
    """No file, no connection."""
    assert [*fetch_all(root_of(host.url), {}, STEADY)] == []
    assert host.connections == 0


def test_whoever_stops_listening_is_left_alone(host: Host) -> None:
    """No thread goes on asking for what nobody waits for."""
    wanted = dict.fromkeys((f"{i}.html" for i in range(5000)), 1000)
    before = threading.active_count()
    answers = fetch_all(root_of(host.url), wanted, STEADY)
    next(answers)
    answers.close()  # type: ignore[attr-defined]  # it is a generator
    deadline = time.monotonic() + 10
    while threading.active_count() > before + STEADY.connections and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(host.asked) < 100


def test_paths_are_asked_for_as_addresses_have_them(host: Host) -> None:
    """Names with spaces, umlauts, percent signs and question marks reach the host as they are."""
    names = ["media/größe 1.jpg", "a%20b.html", "a?b#c.html", "字.html"]
    host.files |= {name: name.encode() for name in names}
    assert [get(host, name).body.decode() for name in names] == names


@pytest.mark.parametrize("size", [0, 10, 300_000])
def test_what_was_packed_is_as_it_was(host: Host, size: int) -> None:
    """Packed for the way or not, the bytes are the same."""
    host.gzip = True
    host.files["index.html"] = bytes(range(250)) * (size // 250) + b"x" * (size % 250)
    assert get(host).body == host.files["index.html"]


def test_no_more_is_taken_than_was_asked_for(host: Host) -> None:
    """Neither of a large file nor of one that says it has no end, packed or not, and the connection is given up."""
    assert get(host, "big.html", 1000).trouble == "is larger than 1,000 bytes"

    def endless(asked: Asked) -> None:
        asked.send_response(200)
        asked.end_headers()
        while True:
            asked.wfile.write(b"x" * 65536)

    host.answers["index.html"] = endless
    assert get(host, most=2_000_000).trouble == "is larger than 2.0 MB"
    assert get(host, "big.html").body == host.files["big.html"]


def test_a_few_bytes_that_become_billions_are_not_unpacked(host: Host) -> None:
    """A bomb is found out after as much as was asked for, and a few bytes more."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(64)) + squeeze.flush()
    assert len(bomb) < 1 << 20

    def answer(asked: Asked) -> None:
        asked.reply(200, bomb, Content_Encoding="gzip")

    host.answer = answer
    assert get(host).trouble == "is larger than 1.0 MB"


@pytest.mark.parametrize(
    ("packing", "body", "says"),
    [
        ("gzip", b"not packed at all", "is not packed as it says"),
        ("gzip", gzip.compress(b"x" * 1000)[:-9], "is not packed as it says"),
        ("gzip", gzip.compress(b"x") + b"rest", "is not packed as it says"),
        ("br", b"\x0b\x02\x80x\x03", "is packed in a way that was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x")), "is packed in a way that was not asked for"),
    ],
)
def test_what_is_packed_in_another_way_is_not_taken(packing: str, body: bytes, says: str) -> None:
    """Cut short, with something behind it, or in a format of which nobody spoke."""
    with pytest.raises(AstrayError, match=says):
        unpacked([body], packing, 1000)


def test_two_packed_parts_are_one_content() -> None:
    """As gzip allows, and in pieces of any size."""
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    assert unpacked([packed], "gzip", 7) == b"one two"
    assert unpacked([packed[i : i + 1] for i in range(len(packed))], "x-gzip", 7) == b"one two"
    with pytest.raises(AstrayError):
        unpacked([packed], "gzip", 6)


@pytest.mark.parametrize(
    ("asked", "location", "to"),
    [
        ("https://a.example/x", "/y", "https://a.example/y"),
        ("https://a.example/x/", "y?z=1#part", "https://a.example/x/y?z=1"),
        ("http://a.example/x", "https://a.example/x", "https://a.example/x"),
        ("https://a.example/", "https://www.a.example/", "https://www.a.example/"),
        ("https://www.a.example/", "https://A.example/", "https://A.example/"),
        ("http://www.a.example/", "https://a.example", "https://a.example/"),
        ("http://a.example:8000/", "http://a.example:8000/ä b", "http://a.example:8000/%C3%A4%20b"),
    ],
)
def test_a_host_may_lead_on_to_itself(asked: str, location: str, to: str) -> None:
    """To another path, to `https`, and from or to `www.`."""
    assert led_on(asked, location) == to


@pytest.mark.parametrize(
    ("asked", "location", "says"),
    [
        ("https://a.example/", "https://b.example/", "leads on to another host, `b.example`"),
        ("https://a.example/", "//b.example/", "another host"),
        ("https://a.example/", "https://a.example.b.example/", "another host"),
        ("https://a.example/", "https://a.example@b.example/", "no web page's"),
        ("https://a.example/", "https://127.0.0.1/", "another host"),
        ("https://a.example/", "http://a.example/", "from `https` to `http`"),
        ("https://a.example/", "https://a.example:22/", "another port of its host, 22"),
        ("http://a.example/", "https://a.example:8443/", "another port"),
        ("https://a.example/", "file:///etc/passwd", "no web page's"),
        ("https://a.example/", "ftp://a.example/", "no web page's"),
        ("https://a.example/", "javascript:alert(1)", "no web page's"),
        ("https://a.example/", "https://a.example:port/", "an address that is none"),
        ("https://a.example/", "https://[/", "an address that is none"),
    ],
)
def test_a_host_is_followed_nowhere_else(asked: str, location: str, says: str) -> None:
    """Whoever has got hold of it could otherwise have this machine ask any other."""
    with pytest.raises(AstrayError, match=says):
        led_on(asked, location)


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("224.0.0.1", False),
        ("nonsense", False),
    ],
)
def test_networks_of_ones_own_are_told_apart(number: str, *, public: bool) -> None:
    """A name can be made to mean any of them."""
    assert is_public(number) is public


def test_leading_on_is_followed_and_told(host: Host) -> None:
    """The answer says which address gave it."""
    host.answers["old.html"] = leading_to("index.html", 308)
    answer = get(host, "old.html")
    assert (answer.body, answer.address) == (b"<p>here", f"{host.url}index.html")


def test_leading_on_without_end_ends(host: Host) -> None:
    """In a circle, and to ever new addresses."""
    host.answers |= {"a.html": leading_to("b.html", 302), "b.html": leading_to("a.html", 302)}
    assert get(host, "a.html").trouble == "leads on and on, and never to a page"
    host.answer = lambda asked: asked.reply(301, b"", Location=f"{asked.path}x")
    assert get(host, "c.html").trouble == "leads on and on, and never to a page"
    assert len(host.asked) < 20


def test_a_host_that_leads_elsewhere_is_not_followed(host: Host) -> None:
    """What it answers is remembered, and the other host is never asked."""
    with hosting({"index.html": b"there"}) as other:
        host.answers["index.html"] = leading_to(other.url.replace("127.0.0.1", "localhost"))
        answer = get(host)
        assert (answer.status, answer.body) == (301, b"")
        assert answer.trouble == "leads on to another host, `localhost`"
        assert other.asked == []


def names(monkeypatch: pytest.MonkeyPatch, known: dict[str, str]) -> None:
    """Let names stand for numbers, as whoever owns a domain can."""
    look_up = socket.getaddrinfo

    def fake(name: str, *given: object, **more: object) -> object:
        if name not in known and not name.replace(".", "").isdigit():
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(known.get(name, name), *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", fake)


def test_www_may_be_the_same_machine_and_no_other_of_ones_own(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its name a neighbour could be anything in the network of whoever asks."""
    port = root_of(host.url).port
    root = Root("http", "plan.example", port, "/plan/")
    host.answers["index.html"] = leading_to(f"http://www.plan.example:{port}/plan/big.html")
    names(monkeypatch, {"plan.example": "127.0.0.1", "www.plan.example": "127.0.0.1"})
    assert fetch(root, "index.html", 1 << 20, STEADY).body == host.files["big.html"]
    asked = len(host.asked)
    with socket.create_server(("127.0.0.2", port)) as secret:
        secret.settimeout(5)
        names(monkeypatch, {"plan.example": "127.0.0.1", "www.plan.example": "127.0.0.2"})
        trouble = fetch(root, "index.html", 1 << 20, STEADY).trouble
        met = secret.accept()[0]
        with met:
            met.settimeout(5)
            assert met.recv(100) == b"", "the host in the network was asked"
    assert trouble == "leads on to `www.plan.example`, which is in a network of its own (127.0.0.2)"
    assert len(host.asked) == asked + 1


def test_there_is_no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor any of a name that no host can have."""
    assert refusal(f"https://{'x' * 64}.example/").headline == f"`{'x' * 64}.example` is no name of a host"
    names(monkeypatch, {})
    assert refusal("https://plan.example/").headline == "there is no host `plan.example`"


def test_a_name_that_cannot_be_looked_up_may_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offline is not the same as gone: nobody shall take it for a first publication."""

    def offline(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    assert refusal("https://plan.example/").headline == "the name `plan.example` cannot be looked up now"
    with pytest.raises(ManifestoError):
        published_at("https://plan.example/")


def test_nobody_listens() -> None:
    """Where a port is closed."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    said = refusal(f"http://127.0.0.1:{port}/")
    assert said.headline == f"`127.0.0.1:{port}` refuses the connection: nothing listens there"


def test_a_host_that_says_nothing_is_given_up(host: Host) -> None:
    """However long it would keep the line open."""
    waiting = threading.Event()

    def wait(_: Asked) -> None:
        waiting.wait(20)

    host.answer = wait
    try:
        said = refusal(host, HASTY)
    finally:
        waiting.set()
    assert said.headline.endswith("has not answered for 0.3 seconds")


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_host_that_answers_drop_by_drop_is_given_up(host: Host, start: bytes) -> None:
    """Each drop comes in time, in the headers or in the body, and the whole never does."""
    over = threading.Event()

    def drip(asked: Asked) -> None:
        asked.wfile.write(start)
        while not over.wait(0.05):
            asked.wfile.write(b"x")
            asked.wfile.flush()

    host.answer = drip
    try:
        said = refusal(host, HASTY)
    finally:
        over.set()
    assert "has not answered for" in said.headline or "sends a file so slowly" in said.headline


def reset(asked: Asked) -> None:
    """End the connection the hard way."""
    asked.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    asked.close_connection = True
    asked.connection.shutdown(socket.SHUT_RDWR)


def test_a_broken_connection_is_made_once_more(host: Host) -> None:
    """Once is an accident, twice is a host that has trouble."""
    broken: list[int] = []

    def once(asked: Asked) -> None:
        broken.append(1)
        reset(asked) if len(broken) == 1 else asked.reply(200, b"after all")

    host.answers["index.html"] = once
    assert get(host).body == b"after all"
    host.answer, host.answers = reset, {}
    assert refusal(host).headline.endswith("ended the connection twice before it had answered")


def test_an_answer_that_is_cut_off_is_none(host: Host) -> None:
    """Half a page is not taken for another page."""

    def half(asked: Asked) -> None:
        asked.send_response(200)
        asked.send_header("Content-Length", "1000")
        asked.end_headers()
        asked.wfile.write(b"x" * 500)
        asked.close_connection = True

    host.answer = half
    assert refusal(host).headline.endswith("ended the connection twice before it had answered")


def test_hosts_that_close_each_connection_will_do(host: Host) -> None:
    """As those of HTTP 1.0 do."""
    host.headers["Connection"] = "close"
    wanted = dict.fromkeys(("index.html", "big.html", "none.html", "404.html"), 1 << 20)
    assert {path: answer.status for path, answer in fetch_all(root_of(host.url), wanted, Limits(1))} == {
        "index.html": 200,
        "big.html": 200,
        "none.html": 404,
        "404.html": 404,
    }


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500,
        b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000,
    ],
    ids=["ssh", "many headers", "a long header"],
)
def test_what_is_no_web_host_is_told(host: Host, said: bytes) -> None:
    """Another service, or one that floods with headers."""

    def answer(asked: Asked) -> None:
        asked.wfile.write(said + b"\r\n\r\n")
        asked.close_connection = True

    host.answer = answer
    assert refusal(host).headline.endswith("does not speak as a web host does")


@pytest.mark.parametrize(("status", "why"), [(429, "it was asked too often"), (503, "it has trouble")])
def test_a_host_that_has_no_time_ends_it(host: Host, status: int, why: str) -> None:
    """Nothing of the site can be known from that."""
    host.answer = lambda asked: asked.reply(status, b"later")
    said = refusal(host)
    assert said.headline.endswith(f"does not show the site now: {why} ({status})")
    assert said.help == "wait some minutes, then run the same command again"


def test_https_is_not_spoken_there(host: Host) -> None:
    """Where only `http` is."""
    said = refusal(host.url.replace("http:", "https:"))
    assert "no safe connection to" in said.headline


@pytest.fixture
def certificate(tmp_path: Path) -> Callable[[str], ssl.SSLContext]:
    """A certificate for a name that nobody vouches for but itself; it lies in a file."""
    openssl = program(("openssl",), "openssl")
    _trust.cache_clear()

    def make(name: str) -> ssl.SSLContext:
        place = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "certificate")]
        kind = ["-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-addext", f"subjectAltName={name}"]
        subprocess.run([openssl, "req", "-x509", *kind, *place], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
        return context

    return make


@pytest.fixture(autouse=True)
def _trust_anew() -> Iterator[None]:
    """Whom one test trusts is no friend of the next."""
    yield
    _trust.cache_clear()


def test_a_certificate_of_nobody_is_not_trusted(certificate: Callable[[str], ssl.SSLContext]) -> None:
    """Whoever stands between could have made it."""
    with hosting({"index.html": b"safe"}, certificate("IP:127.0.0.1")) as host:
        said = refusal(host)
        assert host.asked == []
    assert said.headline.endswith("is by nobody whom this machine trusts")


def test_a_certificate_that_is_trusted_must_be_for_the_host(
    certificate: Callable[[str], ssl.SSLContext], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also through a proxy, which then cannot read along."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate"))
    with hosting({"index.html": b"other"}, certificate("DNS:other.example")) as host:
        assert refusal(host).headline.endswith("is for another name")
        assert host.asked == []
    _trust.cache_clear()
    with hosting({"index.html": b"safe"}, certificate("IP:127.0.0.1,DNS:plan.example")) as host:
        assert get(host).body == b"safe"
        with tunnel(root_of(host.url).port) as (proxy, led):
            monkeypatch.setenv("https_proxy", proxy)
            root = Root("https", "plan.example", 443, "/plan/")
            wanted = {"index.html": 100, "none.html": 100}
            answers = dict(fetch_all(root, wanted, Limits(connections=1)))
    assert {path: answer.status for path, answer in answers.items()} == {"index.html": 200, "none.html": 404}
    assert led == ["CONNECT plan.example:443 HTTP/1.0"]


@contextmanager
def tunnel(port: int) -> Iterator[tuple[str, list[str]]]:
    """A proxy that leads one connection to a port of this machine, whatever it is asked for, and what that was."""
    led: list[str] = []

    def pass_on(source: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                to.sendall(piece)
            to.shutdown(socket.SHUT_WR)

    def lead(server: socket.socket) -> None:
        with server.accept()[0] as near, socket.create_connection(("127.0.0.1", port)) as far:
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += near.recv(65536)
            led.append(asked.decode().partition("\r\n")[0])
            near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pass_on, args=(far, near), daemon=True)
            back.start()
            pass_on(near, far)
            back.join()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=lead, args=(server,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", led
        thread.join(10)


# Proxies.


def test_a_proxy_is_asked_where_the_environment_names_one(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For every host but those on this machine and those that are left out."""
    asked: list[tuple[str, str | None]] = []

    def answer(question: Asked) -> None:
        asked.append((question.path, question.headers["Proxy-Authorization"]))
        question.reply(200, b"through")

    host.answer = answer
    where = host.url.removeprefix("http://").removesuffix("/plan/")
    monkeypatch.setenv("http_proxy", f"http://me:p%40ss@{where}")
    root = root_of("http://plan.example/")
    assert fetch(root, "index.html", 100, STEADY).body == b"through"
    assert asked == [("http://plan.example/index.html", "Basic bWU6cEBzcw==")]
    monkeypatch.setenv("no_proxy", ".example")
    assert proxy_for("http", "plan.example") is None
    assert proxy_for("http", "127.0.0.1") is None
    assert proxy_for("http", "localhost") is None


def test_a_proxy_that_does_not_lead_on_is_told_apart(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the host that is behind it."""
    where = host.url.removeprefix("http://").removesuffix("/plan/")
    monkeypatch.setenv("https_proxy", where)
    said = refusal("https://plan.example/")
    assert said.headline.startswith("the proxy does not lead to `plan.example`: 501")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
    assert refusal("https://plan.example/").headline.startswith(f"`127.0.0.1:{port}` refuses")


@pytest.mark.parametrize(
    "given", ["socks5://me:secret@proxy.example", "http://proxy.example:port", "http://"]
)
def test_a_proxy_that_cannot_be_used_is_no_traceback(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And its address is not shown: it may hold a password."""
    monkeypatch.setenv("https_proxy", given)
    with pytest.raises(ManifestoError) as caught:
        fetch(root_of("https://plan.example/"), "index.html", 100, STEADY)
    assert caught.value.status is Exit.USAGE
    assert "secret" not in caught.value.headline + caught.value.help


# The list of what is published.


def test_the_list_of_a_site_is_read(host: Host) -> None:
    """As it was written; None of it where the host shows none."""
    assert published_at(host.url) is Absence.LIST
    ledger = Ledger(1, "1" * 32, {"index.html": "2" * 32}, {"index.html": Listed("A plan")}, {})
    host.files[NAME] = encoded(ledger)
    assert published_at(host.url) == ledger


def test_a_site_without_a_host_has_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told apart from a host that shows none, since a name may be misspelt."""
    names(monkeypatch, {})
    assert published_at("https://plan.example/") is Absence.HOST


def many(number: int) -> bytes:
    return encoded(Ledger(1, "1" * 32, {}, {}, {f"pledges/{i}.html": "index.html" for i in range(number)}))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><p>every address gives this page",
        b"[" * 200_000,
        b'{"format": 1}',
        b'{"format": 99}',
        b'{"format": true, "build": 7, "files": [], "addresses": "x", "moved": null}',
        encoded(EMPTY).replace(b'"moved": {}', b'"moved": {"../../etc/passwd.html": "index.html"}'),
        encoded(EMPTY).replace(b'"files": {}', b'"files": {".git/config": "%s"}' % (b"0" * 32)),
        encoded(EMPTY).replace(b'"moved": {}', b'"moved": {"a\\u001b[2J.html": "//evil.example/"}'),
        many(MOST + 1),
        b'{"format": 1, "x": "' + b"\xff" * 1000 + b'"}',
    ],
    ids=["empty", "page", "deep", "lacking", "newer", "types", "up", "git", "controls", "many", "letters"],
)
def test_a_list_of_a_stranger_is_refused(host: Host, content: bytes) -> None:
    """Whatever is in it: wrong types, endless nesting, paths that leave the site, more than anybody could ask for."""
    host.files[NAME] = content
    with pytest.raises(ManifestoError) as caught:
        published_at(host.url)
    assert caught.value.help
    assert len(caught.value.headline) < 300


def test_a_list_that_is_too_large_is_not_taken(host: Host) -> None:
    """Not even from a host that packs it."""
    squeeze = zlib.compressobj(1, zlib.DEFLATED, 31)
    bomb = b"".join(squeeze.compress(b" " * (1 << 20)) for _ in range((LARGEST >> 20) + 1)) + squeeze.flush()
    host.answers[NAME] = lambda asked: asked.reply(200, bomb, Content_Encoding="gzip")
    with pytest.raises(ManifestoError, match=r"is larger than 67\.1 MB"):
        published_at(host.url)


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_list_that_is_not_shown_is_no_missing_one(host: Host, status: int) -> None:
    """Publishing as if there were none could lose addresses."""
    host.answer = lambda asked: asked.reply(status, b"")
    with pytest.raises(ManifestoError, match=rf"published.json` answers with {status}"):
        published_at(host.url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "https://",
        "https://a.example:port/",
        "https://me@a.example/",
        "https://a.example/?x",
    ],
)
def test_what_is_no_address_of_a_site_is_a_wrong_call(url: str) -> None:
    """Nobody is asked."""
    with pytest.raises(ManifestoError) as caught:
        published_at(url)
    assert caught.value.status is Exit.USAGE


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://A.example", "https://a.example/"),
        ("http://a.example:80/x", "http://a.example/x/"),
        ("https://a.example:8443/ä b/", "https://a.example:8443/%C3%A4%20b/"),
        ("https://a.example/a%20b", "https://a.example/a%20b/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
    ],
)
def test_an_address_has_one_form(url: str, whole: str) -> None:
    """With a slash at its end, and as requests have it."""
    assert root_of(url).url == whole
