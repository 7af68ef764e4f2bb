"""Asking witnesses and mirrors, over real sockets on this machine, the unfriendly ones included."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket

import pytest

from standwith.ledger.asking import MOST_ANSWER, ask_size, ask_sizes, ask_witness, ask_witnesses, fetch_checkpoint
from standwith.ledger.checkpoint import add_signatures
from standwith.ledger.errors import Declined, NoAnswer, TileMissing, WitnessAhead, WitnessDisagrees
from standwith.ledger.note import read_note, verified
from standwith.ledger.tiles import Tree
from tests.mail.certificate import write_certificate
from tests.witness.invented_log import InventedLog, found_witness, open_witness, post

Answering = Callable[[str, bytes], tuple[int, bytes]]
LOG = InventedLog()


@contextmanager
def served(answer: Answering, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of a server that answers every request so."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            status, text = answer(f"{self.command} {self.path}", body)
            self.send_response(status)
            self.send_header("content-length", str(len(text)))
            self.send_header("location", "/elsewhere")
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http{'s' if context else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def witness(home: Path) -> Iterator[tuple[str, list[bytes]]]:
    """The address of the witness in `home`, and the first lines of what it was sent."""
    door, sent = open_witness(home), []

    def answer(request: str, body: bytes) -> tuple[int, bytes]:
        assert request == "POST /witness/add-checkpoint"
        sent.append(body.partition(b"\n")[0])
        answered = post(door, body)
        return answered.status, answered.body

    with served(answer) as url:
        yield f"{url}/witness/", sent


def ask(url: str, size: int, known: dict[str, int], log: InventedLog = LOG) -> bytes:
    return ask_witness(url, log.checkpoint(size), log.tree(size), known)


def test_a_witness_is_asked_from_where_it_stands(tmp_path: Path) -> None:
    key = found_witness(tmp_path, LOG)
    known: dict[str, int] = {}
    with witness(tmp_path) as (url, sent):
        for size in (0, 3, 7, 7, 20):
            cosigned = add_signatures(LOG.checkpoint(size), ask(url, size, known))
            assert verified(read_note(cosigned), [key.verifier]) == [key.name]
            assert known == {url: size}
    assert sent == [b"old 0", b"old 0", b"old 3", b"old 7", b"old 7"]


def test_whoever_does_not_know_where_it_stands_is_told(tmp_path: Path) -> None:
    found_witness(tmp_path, LOG)
    with witness(tmp_path) as (url, sent):
        ask(url, 7, {})
        ask(url, 7, {})
        ask(url, 20, {url: 3})
        ask(url, 33, {url: 99})
    assert sent == [b"old 0", b"old 0", b"old 7", b"old 3", b"old 7", b"old 33", b"old 20"]


def test_a_witness_that_has_seen_more_than_we_have(tmp_path: Path) -> None:
    found_witness(tmp_path, LOG)
    with witness(tmp_path) as (url, _):
        ask(url, 20, {})
        with pytest.raises(WitnessAhead) as ahead:
            ask(url, 7, {})
        assert (ahead.value.size, ahead.value.url) == (20, url)
        assert ask_size(url, LOG.checkpoint(7)) == 20
        assert ask_size(url, LOG.checkpoint(33)) == 20


def test_a_witness_that_has_seen_nothing_of_ours_has_seen_what_it_is_shown(tmp_path: Path) -> None:
    found_witness(tmp_path, LOG)
    with witness(tmp_path) as (url, _):
        assert ask_size(url, LOG.checkpoint(7)) == 7
        assert ask_size(url, LOG.checkpoint(9)) == 7


@pytest.mark.parametrize("size", [7, 9])
def test_a_witness_that_has_seen_another_tree(tmp_path: Path, size: int) -> None:
    found_witness(tmp_path, LOG)
    with witness(tmp_path) as (url, _):
        ask(url, 7, {})
        for known in ({}, {url: 7}):
            with pytest.raises(WitnessDisagrees) as disagrees:
                ask(url, size, known, InventedLog(LOG.signer, seed="other"))
            assert disagrees.value.size == 7


def test_before_anything_is_signed_a_witness_says_what_it_has(tmp_path: Path) -> None:
    found_witness(tmp_path, LOG)
    fork = InventedLog(LOG.signer, seed="other")
    with witness(tmp_path) as (url, _):
        ask(url, 7, {})
        assert ask_size(url, LOG.checkpoint(7)) == 7
        assert ask_size(url, fork.checkpoint(9)) == 7
        with pytest.raises(WitnessDisagrees):
            ask_size(url, fork.checkpoint(7))
        with silence() as (away, end_it):
            end_it_soon = threading.Thread(target=end_it)
            end_it_soon.start()
            found = dict(ask_sizes({"a": url, "away": away}, LOG.checkpoint(3), seconds=60))
            end_it_soon.join()
    assert found["a"] == 7
    assert isinstance(found["away"], NoAnswer)


def test_files_of_ours_that_are_missing_are_told_like_a_witness_that_is(tmp_path: Path) -> None:
    found_witness(tmp_path, LOG)
    with witness(tmp_path) as (url, _):
        ask(url, 7, {})
        answers = dict(ask_witnesses({"a": url}, LOG.checkpoint(9), Tree({}.__getitem__, 9), {url: 7}))
    assert isinstance(answers["a"], TileMissing)


@pytest.mark.parametrize("status", [301, 307, 400, 403, 404, 405, 413, 500, 503])
def test_whoever_will_not_is_not_pressed(status: int) -> None:
    asked = []

    def answer(request: str, _: bytes) -> tuple[int, bytes]:
        asked.append(request)
        return status, b"amina@example.org"

    with served(answer) as url:
        for attempt in (
            lambda: ask(url, 7, {}),
            lambda: ask_size(url, LOG.checkpoint(7)),
            lambda: fetch_checkpoint(url),
        ):
            with pytest.raises(Declined) as declined:
                attempt()
            assert declined.value.status == status
            assert "amina" not in str(declined.value)
    assert asked == ["POST /add-checkpoint", "POST /add-checkpoint", "GET /checkpoint"]


def test_a_witness_that_always_tells_another_size_is_given_up() -> None:
    sizes = iter(range(1, 100))
    with served(lambda *_: (409, b"%d\n" % next(sizes))) as url, pytest.raises(Declined):
        ask(url, 40, {})
    assert next(sizes) == 4


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (409, b""),
        (409, b"7"),
        (409, b"07\n"),
        (409, b"7\n7\n"),
        (409, b"99999999999999999999\n"),
        (200, b""),
        (200, b"thanks\n"),
        (200, b"\xff\n"),
        (200, "— witness AAAAAAAA".encode()),
        (200, "— witness AAAAAAAA\n".encode() * 5000),
    ],
)
def test_an_answer_that_makes_no_sense_is_none(status: int, body: bytes) -> None:
    with served(lambda *_: (status, body)) as url, pytest.raises(NoAnswer):
        ask(url, 7, {})


@pytest.mark.parametrize(
    "url",
    [
        "",
        "witness",
        "ftp://127.0.0.1/",
        "file:///etc/hostname",
        "http://",
        "http://127.0.0.1:no/",
        "http://a b/",
        "//x",
    ],
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(NoAnswer):
        ask(url, 7, {})


def test_nobody_there() -> None:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(NoAnswer, match="ConnectionRefusedError"):
            fetch_checkpoint(url)


@contextmanager
def talker(first: bytes, drip: bytes) -> Iterator[str]:
    """The address of somebody who answers with `first`, then a little of `drip` again and again, and never ends."""
    over = threading.Event()

    def talk() -> None:
        line, _ = listening.accept()
        with line:
            try:
                line.sendall(first)
                while not over.wait(0.02):
                    line.sendall(drip)
            except OSError:
                pass

    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = threading.Thread(target=talk)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


@contextmanager
def silence() -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of somebody who takes the question and says nothing, and what makes him go away."""
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", lambda: listening.accept()[0].close()


@pytest.mark.parametrize(
    ("first", "drip"),
    [
        (b"", b""),
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b""),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", b""),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_whoever_never_ends_is_cut_off_in_time(first: bytes, drip: bytes, scheme: str) -> None:
    with talker(first, drip) as url:
        begun = time.monotonic()
        with pytest.raises(NoAnswer):
            ask_witness(url.replace("http", scheme), LOG.checkpoint(7), LOG.tree(7), {}, seconds=0.3)
        assert time.monotonic() - begun < 20


def test_an_endless_answer_is_not_kept() -> None:
    with talker(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000) as url, pytest.raises(NoAnswer, match="too long"):
        fetch_checkpoint(url)


def test_a_certificate_that_nobody_trusts_is_not_trusted_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = write_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with served(lambda *_: (200, LOG.checkpoint(7)), context) as url:
        with pytest.raises(NoAnswer, match="SSLCertVerificationError"):
            fetch_checkpoint(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch_checkpoint(url) == LOG.checkpoint(7)


def test_a_mirror_gives_its_checkpoint() -> None:
    with served(lambda *_: (200, b"x" * MOST_ANSWER)) as url:
        assert fetch_checkpoint(f"{url}/log/") == b"x" * MOST_ANSWER


def test_all_are_asked_at_once_and_one_that_is_away_holds_up_nobody(tmp_path: Path) -> None:
    keys = {name: found_witness(tmp_path / name, LOG, name=f"{name}.example.org/w") for name in ("a", "b")}
    answers: dict[str, object] = {}
    with silence() as (away, end_it), witness(tmp_path / "a") as (a, _), witness(tmp_path / "b") as (b, _):
        urls = {"away": away, "a": a, "b": b}
        for name, answer in ask_witnesses(urls, LOG.checkpoint(7), LOG.tree(7), {}, seconds=60):
            answers[name] = answer
            if len(answers) == 2:
                assert set(answers) == {"a", "b"}
                end_it()
    assert isinstance(answers.pop("away"), NoAnswer)
    cosigned = LOG.checkpoint(7)
    for lines in answers.values():
        assert isinstance(lines, bytes)
        cosigned = add_signatures(cosigned, lines)
    assert verified(read_note(cosigned), [key.verifier for key in keys.values()]) == [
        "a.example.org/w",
        "b.example.org/w",
    ]
    assert list(ask_witnesses({}, LOG.checkpoint(7), LOG.tree(7), {})) == []
