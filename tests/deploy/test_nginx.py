"""What nginx answers with the configuration of deploy/, and what it keeps to itself."""

import gzip
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPSConnection, RemoteDisconnected
from pathlib import Path

import brotli
import pytest
from tests.deploy import front as fronts
from tests.deploy.front import Front

PAGE = "<!doctype html><title>Stand with all</title>" + "<p>Solidarity</p>" * 300
SIGN = "/act/en/stand-with-all/sign"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


def write_page(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(text.encode()))
    path.with_name(path.name + ".br").write_bytes(brotli.compress(text.encode()))


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    received: list[fronts.Received] = []
    with fronts.server_behind(received) as behind:
        front = fronts.lay_out(tmp_path_factory.mktemp("nginx"), behind=behind)
        front.received = received
        write_page(front.site / "en" / "stand-with-all" / "index.html", PAGE)
        write_page(front.site / "404.html", "<title>Not here</title>")
        write_page(front.site / "be" / "404.html", "<title>Няма тут</title>")
        write_page(front.site / "stand-with-all" / "count.json", '{"data":{}}')
        write_page(front.site / "en" / "stand-with-all" / "feed.xml", "<feed/>")
        write_page(front.site / "en" / "stand-with-all" / "calendar.ics", "BEGIN:VCALENDAR\r\n")
        write_page(front.site / "stand-with-all" / "data" / "facts.csv", "id,what\r\n")
        write_page(front.site / "stand-with-all" / "data" / "facts.json", "{}")
        write_page(front.site / "number.js", "void 0;")
        (front.site / "log" / "tile" / "0" / "x001").mkdir(parents=True)
        (front.site / "log" / "tile" / "0" / "x001" / "067").write_bytes(bytes(8192))
        (front.site / "log" / "tile" / "0" / "x001" / ".067.5f0c.tmp").write_bytes(b"half")
        (front.site / "log" / "checkpoint").write_text("act.example.org/log\n0\n")
        (front.site / ".standwith-site.json").write_text("{}", encoding="utf-8")
        with fronts.standing(front):
            # nginx now has nowhere to write what it buffers: whatever needs the disk fails.
            for name in ("body", "proxy"):
                shutil.rmtree(front.run / name)
            yield front


@pytest.fixture
def lonely(tmp_path: Path) -> Iterator[Front]:
    """An nginx whose server is away."""
    with fronts.standing(fronts.lay_out(tmp_path, behind=fronts.free_port())) as front:
        yield front


def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    front = fronts.lay_out(tmp_path, behind=fronts.free_port())
    command = [fronts.find_nginx(), "-t", "-c", front.run / "nginx.conf"]
    verdict = subprocess.run(command, capture_output=True, text=True, check=False)
    assert verdict.returncode == 0, verdict.stderr
    assert "[warn]" not in verdict.stderr


def test_a_page_comes_as_the_file_that_lies_compressed_beside_it(front: Front) -> None:
    answer = front.ask("/en/stand-with-all/", Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.body == (front.site / "en/stand-with-all/index.html.gz").read_bytes()


@pytest.mark.skipif(not fronts.has_brotli(), reason="libnginx-mod-http-brotli-static is not installed")
def test_a_page_comes_in_brotli_where_the_browser_reads_it(front: Front) -> None:
    answer = front.ask("/en/stand-with-all/", Accept_Encoding="gzip, br")
    assert answer.headers["content-encoding"] == "br"
    assert answer.body == (front.site / "en/stand-with-all/index.html.br").read_bytes()


def test_a_page_comes_plain_to_whoever_reads_nothing_else(front: Front) -> None:
    answer = front.ask("/en/stand-with-all/")
    assert "content-encoding" not in answer.headers
    assert answer.body.decode() == PAGE


def test_a_page_that_did_not_change_is_not_sent_again(front: Front) -> None:
    first = front.ask("/en/stand-with-all/", Accept_Encoding="gzip")
    again = front.ask("/en/stand-with-all/", Accept_Encoding="gzip", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status", "cache"),
    [
        ("/en/stand-with-all/", 200, "public, max-age=10"),
        ("/number.js", 200, "public, max-age=3600"),
        ("/stand-with-all/count.json", 200, "public, max-age=5"),
        ("/en/stand-with-all/feed.xml", 200, "public, max-age=60"),
        ("/en/stand-with-all/calendar.ics", 200, "public, max-age=60"),
        ("/stand-with-all/data/facts.csv", 200, "public, max-age=10"),
        ("/stand-with-all/data/facts.json", 200, "public, max-age=10"),
        ("/log/checkpoint", 200, "no-cache"),
        ("/log/tile/0/x001/067", 200, "public, max-age=31536000, immutable"),
        ("/nowhere", 404, None),
    ],
)
def test_every_file_carries_the_headers_of_the_house(front: Front, path: str, status: int, cache: str | None) -> None:
    answer = front.ask(path)
    assert answer.status == status
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers["server"] == "nginx"
    assert "set-cookie" not in answer.headers
    assert answer.headers.get("cache-control") == cache


def test_the_ledger_may_be_read_from_elsewhere_and_its_half_written_files_by_nobody(front: Front) -> None:
    checkpoint, tile = front.ask("/log/checkpoint"), front.ask("/log/tile/0/x001/067")
    assert checkpoint.headers["access-control-allow-origin"] == tile.headers["access-control-allow-origin"] == "*"
    assert checkpoint.headers["content-type"] == "text/plain; charset=utf-8"
    assert tile.headers["content-type"] == "application/octet-stream"
    assert front.ask("/log/tile/0/x001/.067.5f0c.tmp").status == 404


def test_the_number_and_the_feed_may_be_read_from_elsewhere(front: Front) -> None:
    number, feed = front.ask("/stand-with-all/count.json"), front.ask("/en/stand-with-all/feed.xml")
    assert number.headers["access-control-allow-origin"] == feed.headers["access-control-allow-origin"] == "*"
    assert number.headers["content-type"].startswith("application/json")
    assert feed.headers["content-type"] == "application/atom+xml; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/stand-with-all/data/facts.csv", "text/csv; charset=utf-8"),
        ("/stand-with-all/data/facts.json", "application/json; charset=utf-8"),
        ("/en/stand-with-all/calendar.ics", "text/calendar; charset=utf-8"),
    ],
)
def test_the_files_of_the_record_say_what_they_are_and_may_be_read_from_elsewhere(
    front: Front, path: str, kind: str
) -> None:
    answer = front.ask(path, Accept_Encoding="gzip")
    assert answer.headers["content-type"] == kind
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    "path", ["/.standwith-site.json", "/404.html.gz", "/404.html.br", "/../nginx.conf", "/%2e%2e/log"]
)
def test_what_is_not_a_page_is_not_served(front: Front, path: str) -> None:
    assert front.ask(path).status in (400, 404)


@pytest.mark.parametrize(
    ("path", "title"),
    [("/nowhere", "Not here"), ("/be/nowhere/", "Няма тут"), ("/xx/nowhere/", "Not here"), ("/.hidden", "Not here")],
)
def test_whoever_is_lost_is_told_so_in_the_language_of_the_address(front: Front, path: str, title: str) -> None:
    answer = front.ask(path)
    assert (answer.status, answer.body.decode()) == (404, f"<title>{title}</title>")


def test_a_directory_without_its_slash_leads_to_the_page(front: Front) -> None:
    answer = front.ask("/en/stand-with-all")
    assert (answer.status, answer.headers["location"]) == (301, "/en/stand-with-all/")


def test_plain_http_leads_to_https(front: Front) -> None:
    connection = HTTPConnection("127.0.0.1", front.plain_port, timeout=10)
    connection.request("GET", "/en/stand-with-all/?a=b", headers={"Host": fronts.NAME})
    response = connection.getresponse()
    assert (response.status, response.headers["Location"]) == (301, "https://act.example.org/en/stand-with-all/?a=b")


def test_whoever_asks_by_another_name_gets_no_answer(front: Front) -> None:
    connection = HTTPConnection("127.0.0.1", front.plain_port, timeout=10)
    connection.request("GET", "/", headers={"Host": "203.0.113.7"})
    with pytest.raises(RemoteDisconnected):
        connection.getresponse()
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    stranger = HTTPSConnection("127.0.0.1", front.port, context=context, timeout=10)
    with pytest.raises(ssl.SSLError):
        stranger.request("GET", "/")


def test_the_form_reaches_the_server_and_nothing_that_says_who_sent_it(front: Front) -> None:
    told = {
        "X_Forwarded_For": "203.0.113.7",
        "X_Real_IP": "203.0.113.7",
        "Forwarded": "for=203.0.113.7",
        "CF_Connecting_IP": "203.0.113.7",
        "User_Agent": "Browser/1",
        "Accept_Language": "be",
        "Referer": "https://example.net/secret",
        "Cookie": "who=me",
        "Via": "1.1 proxy",
    }
    front.received.clear()
    answer = front.ask(SIGN, "POST", b"name=Amina+Example", **FORM, **told)
    assert (answer.status, answer.headers["location"]) == (303, "/en/a/check-your-mail/")
    (act,) = front.received
    assert (act.method, act.path, act.body) == ("POST", SIGN, b"name=Amina+Example")
    expected = {"Host": fronts.NAME, "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "18"}
    assert act.headers == expected | {"Accept-Encoding": "identity"}


def test_the_server_s_own_headers_stand_alone_on_what_it_answers(front: Front) -> None:
    answer = front.ask("/act/en/stand-with-all/confirm/token")
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "content-encoding" not in answer.headers


def test_the_largest_form_never_touches_the_disk(front: Front) -> None:
    form = b"name=" + b"a" * (64 * 1024 - 5)
    front.received.clear()
    assert front.ask(SIGN, "POST", form, **FORM).status == 303
    assert front.received[0].body == form


def test_a_long_answer_to_a_slow_reader_never_touches_the_disk(front: Front) -> None:
    connection = front.connect()
    connection.request("GET", "/act/en/stand-with-all/long", headers={"Host": fronts.NAME})
    response = connection.getresponse()
    time.sleep(0.5)
    assert len(response.read()) == fronts.LONG


def test_a_form_that_is_too_large_is_refused_before_the_server_sees_it(front: Front) -> None:
    front.received.clear()
    answer = front.ask(SIGN, "POST", b"a" * (64 * 1024 + 1), **FORM)
    assert answer.status == 413
    assert b"<h1>Not taken</h1>" in answer.body
    assert front.received == []


def test_where_the_server_is_away_the_answer_says_that_nothing_was_taken(lonely: Front) -> None:
    answer = lonely.ask(SIGN, "POST", b"name=Amina+Example", **FORM)
    assert answer.status == 502
    assert b"<h1>Not taken</h1>" in answer.body
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_hall_of_five_hundred_can_sign_and_confirm_at_once_and_a_flood_is_stopped(lonely: Front) -> None:
    connection = lonely.connect()
    statuses = []
    for _ in range(1500):
        connection.request("POST", SIGN, b"name=a", {"Host": fronts.NAME})
        response = connection.getresponse()
        response.read()
        statuses.append(response.status)
    assert statuses[:1000] == [502] * 1000  # let through; the server is away
    assert 429 in statuses


def test_nothing_is_written_about_a_visitor_whatever_goes_wrong(lonely: Front) -> None:
    lonely.ask("/en/nowhere/")
    lonely.ask(SIGN, "POST", b"name=Amina+Example", **FORM)
    lonely.ask(SIGN, "POST", b"a" * 70_000, **FORM)
    for port, nonsense in ((lonely.port, b"\x16\x03\x01\x00\x05hello"), (lonely.plain_port, b"GET / HTTP/9\r\n\r\n")):
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            connection.sendall(nonsense)
            connection.recv(1024)
    time.sleep(0.2)
    written = {path.name: path.read_text(encoding="utf-8") for path in lonely.logs.iterdir()}
    assert written.pop("access.log") == ""
    assert [name for name, text in written.items() if "127.0.0.1" in text or "client" in text or "Amina" in text] == []
