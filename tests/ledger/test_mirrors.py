"""Finding and reading a log's files, in a directory or behind a web server."""

import socket
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from standwith.ledger.mirrors import Found, fetch, find_log, open_mirror

CHECKPOINT = b"act.example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\xe2\x80\x94 a AAAAAAA=\n"


class Server(SimpleHTTPRequestHandler):
    """Files of a directory; /friendly answers everything with a page, /broken with an error, /short with half of it."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.startswith("/friendly/"):
            self._answer(200, b"<!doctype html><title>Welcome</title>")
        elif self.path.startswith("/broken/"):
            self._answer(500, b"")
        elif self.path.startswith("/short/"):
            self._answer(200, b"half", length=8)
        else:
            super().do_GET()

    def _answer(self, status: int, body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site" / "log").mkdir(parents=True)
    (tmp_path / "site" / "log" / "checkpoint").write_bytes(CHECKPOINT)
    (tmp_path / "site" / "en" / "stand-with-belarus").mkdir(parents=True)
    return tmp_path / "site"


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(site.parent))) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def places(found: Found) -> tuple[str, str | None, tuple[str, ...]]:
    return found.log.place, found.site and found.site.place, found.page


def test_a_directory_is_a_log_or_a_site_around_one(site: Path) -> None:
    assert places(find_log(str(site / "log"))) == (str(site / "log"), str(site), ())
    assert places(find_log(str(site))) == (str(site / "log"), str(site), ())
    copy = site.rename(site.with_name("copy")) / "log"
    other = copy.rename(copy.with_name("belarus"))
    assert places(find_log(str(other))) == (str(other), None, ())


def test_a_directory_without_a_log(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FileNotFoundError, match="There is no log at"):
            find_log(str(place))


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("/site/log", ()),
        ("/site/log/", ()),
        ("/site", ()),
        ("/site/", ()),
        ("/site/en/stand-with-belarus/", ("en", "stand-with-belarus")),
        ("/site/en/stand-with-belarus/#7R4QZ", ("en", "stand-with-belarus")),
        ("/site/en/stand-with-belarus/?from=mail", ("en", "stand-with-belarus")),
    ],
)
def test_an_address_is_a_log_a_site_or_a_page_of_it(address: str, asked: str, page: tuple[str, ...]) -> None:
    found = find_log(address + asked)
    assert places(found) == (f"{address}/site/log", f"{address}/site", page)
    assert found.log.read("checkpoint") == CHECKPOINT


def test_a_log_that_is_not_called_log_is_found_by_its_own_address(site: Path, address: str) -> None:
    (site / "log").rename(site / "mirror")
    assert places(find_log(f"{address}/site/mirror/")) == (f"{address}/site/mirror", None, ())


def test_a_friendly_page_is_no_log(address: str) -> None:
    with pytest.raises(FileNotFoundError):
        find_log(f"{address}/friendly/log")


def test_what_goes_wrong_on_the_way_is_an_oserror_with_the_address(address: str) -> None:
    with pytest.raises(OSError, match="the server answers 500"):
        find_log(f"{address}/broken/log")
    with pytest.raises(OSError, match="broke off"):
        fetch(f"{address}/short/x")
    with pytest.raises(FileNotFoundError, match="404"):
        fetch(f"{address}/nowhere")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        fetch(f"http://127.0.0.1:{port}/log/checkpoint")


def test_an_address_that_is_none() -> None:
    with pytest.raises(OSError, match="is no address"):
        find_log("http://[/log")


def test_a_file_that_is_too_large_is_refused(address: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standwith.ledger.mirrors.MOST", 10)
    with pytest.raises(OSError, match="too large"):
        open_mirror(f"{address}/site/log").read("checkpoint")
