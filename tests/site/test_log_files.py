"""The ledger's files over HTTP: those that the grammar knows, for everybody, and nothing else."""

import asyncio
from pathlib import Path

import pytest

from standwith.site.log_files import PIECE, make_log_files
from tests.site.asking import ask
from tests.site.ledgers import Log

TEXT, DATA, FOREVER = "text/plain; charset=utf-8", "application/octet-stream", "public, max-age=31536000, immutable"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A log of 600 leaves with an addendum and a roll."""
    log = Log("act.example.org/log", "https://act.example.org/log/", tmp_path / "log")
    log.grow(600)
    for path in (f"addenda/ab/cd/abcd{'0' * 60}", "roll/0011223344556677.txt"):
        (log.directory / path).parent.mkdir(parents=True, exist_ok=True)
        (log.directory / path).write_bytes(b"here")
    return log


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("checkpoint", TEXT, "no-cache"),
        ("policy", TEXT, "public, max-age=60"),
        ("roll/0011223344556677.txt", TEXT, "public, max-age=60"),
        ("tile/0/000", DATA, FOREVER),
        ("tile/0/002.p/88", DATA, FOREVER),
        ("tile/1/000.p/2", DATA, FOREVER),
        ("tile/entries/001", DATA, FOREVER),
        (f"addenda/ab/cd/abcd{'0' * 60}", DATA, FOREVER),
    ],
)
def test_every_file_with_its_kind_and_how_long_it_keeps(log: Log, path: str, kind: str, kept: str) -> None:
    files = make_log_files(log.directory)
    answer = ask(files, f"/log/{path}")
    assert (answer.status, answer.body) == (200, (log.directory / path).read_bytes())
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (kind, kept)
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    head = ask(files, f"/log/{path}", "HEAD")
    assert (head.status, head.headers, head.body) == (200, answer.headers, b"")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/00",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/088",
        "tile/00/000",
        "tile/64/000",
        "tile/0/001/000",
        "tile/0/x000",
        "tile/0/..",
        "tile/0/../../../secret",
        "tile/0/%2e%2e/secret",
        "tile/entries/000\x00",
        "tile/entries/000\n",
        "tile/entries/٠٠٠",
        "tile/0/.000.1f.tmp",
        "../secret",
        "/etc/passwd",
        "secret",
        "checkpoint/",
        "checkpoint.tmp",
        ".checkpoint.3f.tmp",
        "roll/../../secret.txt",
        f"addenda/ab/ce/abcd{'0' * 60}",
        f"addenda/AB/CD/ABCD{'0' * 60}",
    ],
)
def test_no_other_path_leads_to_anything(log: Log, path: str) -> None:
    for name in ("secret", "secret.txt", ".checkpoint.3f.tmp", "tile/0/.000.1f.tmp"):
        (log.directory / name).write_text("SECRET")
        (log.directory.parent / Path(name).name).write_text("SECRET")
    answer = ask(make_log_files(log.directory), f"/log/{path}")
    assert (answer.status, answer.body) == (404, b"")
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/checkpoint", "/en/log/checkpoint", "/login/checkpoint", "checkpoint"])
def test_only_addresses_below_log_are_its(log: Log, path: str) -> None:
    assert ask(make_log_files(log.directory), path).status == 404


def test_what_is_not_there_is_missed_and_found_once_it_is(tmp_path: Path) -> None:
    files = make_log_files(tmp_path / "log")
    assert ask(files, "/log/checkpoint").status == 404
    assert ask(files, "/log/tile/0/000").headers["cache-control"] == "no-store"
    (tmp_path / "log").mkdir()
    (tmp_path / "log/checkpoint").write_bytes(b"now")
    assert ask(files, "/log/checkpoint").body == b"now"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_taken(log: Log, method: str) -> None:
    answer = ask(make_log_files(log.directory), "/log/checkpoint", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_long_roll_comes_whole_and_in_pieces(log: Log, size: int) -> None:
    (log.directory / "roll/0011223344556677.txt").write_bytes(bytes(size))
    answer = ask(make_log_files(log.directory), "/log/roll/0011223344556677.txt")
    assert answer.body == bytes(size)


def test_a_file_that_grows_meanwhile_is_sent_as_long_as_it_said(log: Log) -> None:
    roll = log.directory / "roll/0011223344556677.txt"
    roll.write_bytes(bytes(2 * PIECE))
    sent = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)
        with roll.open("ab") as file:
            file.write(b"more")

    scope = {"type": "http", "method": "GET", "path": "/log/roll/0011223344556677.txt", "headers": []}
    asyncio.run(make_log_files(log.directory)(scope, None, send))
    assert sum(len(message.get("body", b"")) for message in sent) == 2 * PIECE
