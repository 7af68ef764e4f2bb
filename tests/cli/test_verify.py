"""`standwith verify`: what it proves, what it does not, and its three endings."""

import json
import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from standwith.cli.refusal import Refusal
from standwith.cli.verify import verify
from standwith.ledger.addendum import addendum_path
from standwith.ledger.count import Counter
from standwith.ledger.leaf import Kind
from standwith.sealing.codes import write_code
from tests.ledger.examples import LOG_KEY, TAGS, digest, signature
from tests.ledger.published import (
    CAMPAIGNS,
    SIZE,
    STATEMENTS,
    Files,
    lay_out,
    leaves,
    policy,
    publish,
    published,
    receipt,
    signer,
)
from tests.typed import type_command


def number(size: int = SIZE, campaign: int = 0) -> int:
    counter = Counter()
    counter.fold(leaves(size))
    return counter.count(TAGS[campaign]).number


def count_file(shown: int, size: int | None = None) -> bytes:
    ledger = {} if size is None else {"ledger": {"size": size, "origin": "act.example.org/log"}}
    attributes = {"signature_count": shown, "state": "open"}
    return json.dumps({"data": {"type": "petition", "attributes": attributes}, **ledger}).encode()


def make_site(directory: Path, files: Files, counted: bytes | None) -> Path:
    """A site with a log and one campaign's page."""
    lay_out({f"log/{path}": data for path, data in files.items()}, directory)
    page = {f"en/{CAMPAIGNS[0]}/index.html": b"<!doctype html>"}
    if counted is not None:
        page[f"{CAMPAIGNS[0]}/count.json"] = counted
    return lay_out(page, directory)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return lay_out(published(), tmp_path / "copy")


@pytest.fixture
def trusted(tmp_path: Path) -> Path:
    (tmp_path / "union.policy").write_bytes(policy())
    return tmp_path / "union.policy"


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[str]:
    """The address of a directory `web`, served."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    (tmp_path / "web").mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "web"))) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def expect_no(said: str, capsys: pytest.CaptureFixture[str], place: Path | str, **asked: object) -> None:
    """Status 1, and one sentence that says this."""
    with pytest.raises(SystemExit) as left:
        verify(str(place), **asked)
    out = capsys.readouterr().out
    assert left.value.code == 1
    assert out.startswith("It does NOT verify.\n")
    assert said in out


def test_a_log_that_holds(log: Path, trusted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verify(str(log), policy=trusted)
    out = capsys.readouterr().out
    assert out.startswith("act.example.org/log verifies: 300 leaves.\nProved:\n")
    assert "2 of 2 witnesses have signed the same state: north, south." in out
    assert f"{number():>12,}  {CAMPAIGNS[0]}: " in out
    assert f"{number(campaign=1):>12,}  {CAMPAIGNS[1]}: " in out
    assert "A leaf is not a person." in out
    assert "the log itself said" not in out


def test_typed(log: Path) -> None:
    done = type_command("verify", log)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Whose they are, the log's key and the witnesses' keys, the log itself said." in done.stdout
    assert type_command("verify", log, "--key", signer("act.example.org/log", 1).verifier).returncode == 1
    nowhere = type_command("verify", log / "nowhere")
    assert (nowhere.returncode, nowhere.stderr.count("\n")) == (2, 1)


def test_the_sum_says_what_was_taken_away_and_why(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counter = Counter()
    counter.fold(leaves())
    count = counter.count(TAGS[1])
    verify(str(log), campaign=CAMPAIGNS[1])
    out = capsys.readouterr().out
    (line,) = [line for line in out.splitlines() if CAMPAIGNS[1] in line]
    assert line.startswith(f"{count.number:>12,}  {CAMPAIGNS[1]}: {count.signatures:,} signatures")
    assert sum(int(part.split()[0]) for part in line.split(", less ")[1:]) == count.signatures - count.number
    assert CAMPAIGNS[0] not in out


def test_a_key_that_was_given_is_the_one_that_must_have_signed(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verify(str(log), key=str(LOG_KEY.verifier))
    assert "Whose they are, the witnesses' keys, the log itself said." in capsys.readouterr().out
    expect_no("No log of the policy", capsys, log, key=str(signer("act.example.org/log", 1).verifier))


def test_too_few_witnesses(log: Path, trusted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    east = signer("witness.example.org/e", 4).verifier
    trusted.write_bytes(policy(quorum=f"witness east {east}\nquorum east"))
    expect_no("2 of 3 witnesses have cosigned, and that is not enough", capsys, log, policy=trusted)


def test_a_campaign_that_nobody_has_signed_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verify(str(lay_out(publish(leaves(2)), tmp_path / "new")))
    assert f"           0  {CAMPAIGNS[1]}: 0 signatures\n" in capsys.readouterr().out


def test_without_witnesses_it_says_what_that_means(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = published() | {"policy": policy(north="", south="", group="", quorum="quorum none")}
    verify(str(lay_out(files, tmp_path / "alone")))
    assert "No witness has signed: somebody else may be shown another log." in capsys.readouterr().out


def test_a_damaged_leaf(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = log / "tile/entries/000"
    path.write_bytes(path.read_bytes()[:-1] + b"Q")
    expect_no("is not what the leaves lead to", capsys, log)


def test_the_page_s_number_is_compared(tmp_path: Path, serve: str, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(tmp_path / "web", published(), count_file(number()))
    for place, asked in (
        (f"{serve}/en/{CAMPAIGNS[0]}/", {}),
        (f"{serve}/{CAMPAIGNS[0]}/", {}),
        (serve, {"campaign": CAMPAIGNS[0]}),
        (str(tmp_path / "web"), {"campaign": CAMPAIGNS[0]}),
    ):
        verify(place, **asked)
        out = capsys.readouterr().out
        assert f"The page of {CAMPAIGNS[0]} shows {number():,}, and so says the log." in out
        assert CAMPAIGNS[1] not in out
    verify(serve)
    assert "No page's number was compared" in capsys.readouterr().out


def test_a_page_that_shows_another_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(tmp_path / "site", published(), count_file(number() + 1))
    expect_no(f"shows {number() + 1}, the log says {number()}", capsys, site, campaign=CAMPAIGNS[0])


def test_a_page_of_an_earlier_size_is_held_against_the_log_of_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site(tmp_path / "site", published(), count_file(number(200), 200))
    verify(str(site), campaign=CAMPAIGNS[0])
    assert f"shows {number(200):,}, and so says the log" in capsys.readouterr().out
    make_site(site, published(), count_file(number(200), 201 if number(201) != number(200) else 190))
    expect_no("The page shows", capsys, site, campaign=CAMPAIGNS[0])


def test_a_page_that_is_newer_than_the_copy_of_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(tmp_path / "site", published(), count_file(10**6, SIZE + 1))
    verify(str(site), campaign=CAMPAIGNS[0])
    assert "Not compared" in capsys.readouterr().out


def test_a_count_file_that_is_none_is_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(tmp_path / "site", published(), b"{}")
    verify(str(site), campaign=CAMPAIGNS[0])
    assert "No page's number was compared" in capsys.readouterr().out


def test_a_code_that_counts(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = write_code(digest("code", 11)[:16])
    verify(str(log), code=code.lower())
    out = capsys.readouterr().out
    assert f"Leaf 11 is a signature for {CAMPAIGNS[0]} with the code {code}; it counts." in out
    assert "knowing one does not prove whose signature it is" in out


def test_a_code_whose_signature_was_taken_out(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verify(str(log), code=write_code(digest("code", 14)[:16]))
    assert "; leaf 19 took it out: withdrawn." in capsys.readouterr().out


def test_a_code_that_is_not_there(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        verify(str(log), code=write_code(bytes(16)))
    assert left.value.code == 1
    assert "No signature in the log carries the code" in capsys.readouterr().out


def test_a_receipt_of_last_month(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "mine.tlog-proof"
    kept.write_bytes(receipt(14, published()))
    verify(str(lay_out(published(600), tmp_path / "grown")), receipt=kept)
    assert "The receipt holds: leaf 14 was in the log of 300 leaves and still is." in capsys.readouterr().out
    other = publish([*leaves()[:14], signature(99, TAGS[0]), *leaves(600)[15:]])
    expect_no("rewritten", capsys, lay_out(other, tmp_path / "other"), receipt=kept)
    kept.write_bytes(kept.read_bytes().replace(b"index 14", b"index 15"))
    expect_no("leaf 15", capsys, tmp_path / "grown", receipt=kept)
    kept.write_bytes(b"no receipt")
    expect_no("A receipt starts with", capsys, tmp_path / "grown", receipt=kept)


def test_since_an_older_checkpoint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older = tmp_path / "checkpoint"
    older.write_bytes(published(100)["checkpoint"])
    log = lay_out(published(), tmp_path / "log")
    verify(str(log), since=older)
    assert "Since the older checkpoint of 100 leaves it has only grown" in capsys.readouterr().out
    older.write_bytes(published(512)["checkpoint"])
    expect_no("cut short", capsys, log, since=older)
    older.write_bytes(published(100)["checkpoint"].replace(b"\n100\n", b"\n101\n"))
    expect_no("signature", capsys, log, since=older)


def test_statements_that_lost_their_words_are_told(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = addendum_path(leaves()[2][26:58])
    assert STATEMENTS[2][0] == Kind.TEXT
    (log / path).unlink()
    verify(str(log))
    assert path in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"code": "7R4QZ"}, "26 letters"),
        ({"key": "mistyped"}, "--key"),
        ({"policy": Path("nowhere")}, "nowhere could not be read: No such file"),
        ({"receipt": Path("nowhere")}, "nowhere could not be read"),
        ({"since": Path("nowhere")}, "nowhere could not be read"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(log: Path, asked: dict[str, object], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        verify(str(log), **asked)


def test_a_policy_of_one_s_own_that_is_broken_is_refused(log: Path, trusted: Path) -> None:
    trusted.write_bytes(b"quorum\n")
    with pytest.raises(Refusal, match=r"union\.policy: Line 1"):
        verify(str(log), policy=trusted)


@pytest.mark.parametrize("path", ["tile/entries/000", "tile/0/000", "policy", "checkpoint"])
def test_a_file_that_is_not_there_is_no_verdict(log: Path, path: str) -> None:
    os.remove(log / path)
    with pytest.raises(Refusal):
        verify(str(log))
