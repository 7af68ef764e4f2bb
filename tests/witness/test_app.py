"""The witness at its door, case by case as tlog-witness has them."""

import base64
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from standwith.durable.watched import Watched
from standwith.ledger.checkpoint import Checkpoint, add_signatures, sign_checkpoint
from standwith.ledger.cosignature import cosign, time_of
from standwith.ledger.note import COSIGNATURE, Note, Signer, Verifier, make_signer, read_note, read_signatures, verified
from standwith.ledger.submission import write_submission
from standwith.witness.app import MOST_BODY, Witness
from standwith.witness.errors import WitnessMissing, WitnessRefused
from standwith.witness.logs import LOGS, read_logs
from standwith.witness.state import STATE, State
from tests.site.asking import Answer
from tests.witness.invented_log import NOON, ORIGIN, InventedLog, found_witness, open_witness, post, watch

EMPTY_OLD = b"old 0\n\n"


@pytest.fixture
def log() -> InventedLog:
    return InventedLog()


@pytest.fixture
def key(tmp_path: Path, log: InventedLog) -> Signer:
    return found_witness(tmp_path, log)


@pytest.fixture
def witness(tmp_path: Path, key: Signer) -> Iterator[Witness]:
    opened = open_witness(tmp_path)
    yield opened
    opened.close()


def refusal(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.headers["content-type"]


def stands_at(size: int) -> tuple[int, str, bytes]:
    return 409, "text/x.tlog.size", b"%d\n" % size


def conflict(answer: Answer) -> tuple[int, str, bytes]:
    return answer.status, answer.headers["content-type"], answer.body


# What is cosigned.


@pytest.mark.parametrize("sizes", [[1], [0, 1], [7], [3, 4, 8], [8, 9, 16, 33], [5, 5, 6], [1, 40]])
def test_a_log_that_grows_is_cosigned_step_by_step(
    witness: Witness, key: Signer, log: InventedLog, sizes: list[int]
) -> None:
    for old, size in zip([0, *sizes], sizes, strict=False):
        answer = post(witness, log.submission(old, size))
        assert answer.status == 200, answer.body
        cosigned = read_note(add_signatures(log.checkpoint(size), answer.body))
        assert verified(cosigned, [key.verifier]) == [key.name]


def test_the_cosignature_says_when(witness: Witness, log: InventedLog) -> None:
    answer = post(witness, log.submission(0, 3))
    assert answer.body.startswith("— witness.example.org/w ".encode())
    assert [time_of(one) for one in read_signatures(answer.body.decode())] == [int(NOON.timestamp())]


def test_what_is_asked_twice_is_cosigned_twice(witness: Witness, log: InventedLog) -> None:
    post(witness, log.submission(0, 7))
    assert post(witness, log.submission(7, 7)).status == 200


def test_extension_lines_are_cosigned_as_they_are(witness: Witness, key: Signer, log: InventedLog) -> None:
    checkpoint = Checkpoint(ORIGIN, 3, log.tree(3).root(), "a line of tomorrow\n")
    note = sign_checkpoint(checkpoint, log.signer)
    answer = post(witness, EMPTY_OLD + note)
    assert verified(Note(checkpoint.text(), read_signatures(answer.body.decode())), [key.verifier]) == [key.name]


def test_signatures_of_strangers_are_ignored(witness: Witness, log: InventedLog) -> None:
    stranger = make_signer("witness.example.net/x", COSIGNATURE)
    text = read_note(log.checkpoint(3)).text
    good = add_signatures(log.checkpoint(3), cosign(stranger, text, 1))
    wrong = add_signatures(log.checkpoint(3), cosign(make_signer("another.example.net/log", COSIGNATURE), "x\n", 1))
    assert post(witness, EMPTY_OLD + good).status == 200
    assert post(witness, write_submission(3, [], wrong)).status == 200


def test_a_log_may_have_two_keys(tmp_path: Path, log: InventedLog) -> None:
    other = InventedLog(make_signer(ORIGIN))
    found_witness(tmp_path, log, other)
    witness = open_witness(tmp_path)
    assert post(witness, log.submission(0, 3)).status == 200
    assert post(witness, other.submission(3, 5)).status == 200
    assert conflict(post(witness, log.submission(3, 4))) == stands_at(5)


def test_logs_stand_apart(tmp_path: Path, log: InventedLog) -> None:
    other = InventedLog(make_signer("act.example.net/log"), seed="other")
    found_witness(tmp_path, log, other)
    witness = open_witness(tmp_path)
    assert post(witness, log.submission(0, 20)).status == 200
    assert post(witness, other.submission(0, 3)).status == 200
    assert conflict(post(witness, other.submission(0, 4))) == stands_at(3)


# 404 and 403: whose checkpoint it is.


def test_a_log_that_nobody_watches_is_not_found(witness: Witness) -> None:
    stranger = InventedLog(make_signer("act.example.net/log"))
    assert refusal(post(witness, stranger.submission(0, 3))) == (404, "text/plain; charset=utf-8")


def test_the_right_origin_with_another_key_is_forbidden(witness: Witness) -> None:
    impostor = InventedLog(make_signer(ORIGIN))
    assert post(witness, impostor.submission(0, 3)).status == 403


def test_a_good_name_on_a_wrong_signature_is_forbidden(witness: Witness, log: InventedLog) -> None:
    text = log.checkpoint(3).decode()
    swapped = read_note(log.checkpoint(4)).signatures
    wrong = text.partition("\n\n")[0] + "\n\n" + "".join(map(str, swapped))
    assert post(witness, EMPTY_OLD + wrong.encode()).status == 403


def test_signed_by_a_known_log_but_of_another_origin_is_forbidden(tmp_path: Path, log: InventedLog) -> None:
    other = InventedLog(make_signer("act.example.net/log"))
    found_witness(tmp_path, log, other)
    checkpoint = Checkpoint(ORIGIN, 3, other.tree(3).root())
    signed = f"{checkpoint.text()}\n{other.signer.sign(checkpoint.text())}".encode()
    assert post(open_witness(tmp_path), EMPTY_OLD + signed).status == 403


def test_nobody_learns_where_a_log_stands_without_its_signature(witness: Witness, log: InventedLog) -> None:
    post(witness, log.submission(0, 7))
    impostor = InventedLog(make_signer(ORIGIN))
    assert post(witness, impostor.submission(0, 9)).status == 403


def test_the_list_of_logs_is_read_again_when_it_changes(tmp_path: Path, log: InventedLog) -> None:
    key = found_witness(tmp_path)
    logs = Watched(tmp_path / "witness" / LOGS, read_logs, every=0)
    state = State(tmp_path / "witness" / STATE)
    witness = Witness(signer=key, state=state, logs=logs, clock=lambda: NOON, prefix="/witness")
    assert post(witness, log.submission(0, 3)).status == 404
    watch(tmp_path, log)
    assert post(witness, log.submission(0, 3)).status == 200
    (tmp_path / "witness" / LOGS).write_text("not a key\n")
    assert post(witness, log.submission(3, 5)).status == 200


# 409: from where the log goes on.


def test_whoever_starts_from_elsewhere_is_told_where_the_log_stands(witness: Witness, log: InventedLog) -> None:
    assert conflict(post(witness, log.submission(3, 5))) == stands_at(0)
    post(witness, log.submission(0, 7))
    assert conflict(post(witness, log.submission(0, 9))) == stands_at(7)
    assert conflict(post(witness, log.submission(6, 9))) == stands_at(7)
    assert conflict(post(witness, log.submission(8, 9))) == stands_at(7)
    assert post(witness, log.submission(7, 9)).status == 200


def test_a_log_that_was_set_back_is_told_so(witness: Witness, log: InventedLog) -> None:
    post(witness, log.submission(0, 9))
    assert conflict(post(witness, log.submission(0, 7))) == stands_at(9)
    assert conflict(post(witness, log.submission(7, 7))) == stands_at(9)


def test_another_tree_of_the_same_size_is_a_conflict_and_kept_as_proof(
    tmp_path: Path, witness: Witness, log: InventedLog
) -> None:
    fork = InventedLog(log.signer, seed="other")
    post(witness, log.submission(0, 7))
    assert conflict(post(witness, fork.submission(7, 7))) == stands_at(7)
    assert conflict(post(witness, fork.submission(0, 7))) == stands_at(7)
    with State(tmp_path / "witness" / STATE) as state:
        assert state.fork(ORIGIN) == fork.checkpoint(7)
        assert state.latest(ORIGIN).checkpoint == log.checkpoint(7)
    assert post(witness, log.submission(7, 8)).status == 200


def test_a_tree_of_nothing_has_only_one_root(witness: Witness, log: InventedLog) -> None:
    wrong = sign_checkpoint(Checkpoint(ORIGIN, 0, b"\1" * 32), log.signer)
    assert conflict(post(witness, EMPTY_OLD + wrong)) == stands_at(0)


# 422: whether it grew from there.


def test_a_proof_must_lead_to_the_new_tree(witness: Witness, log: InventedLog) -> None:
    post(witness, log.submission(0, 7))
    proof = log.tree(13).consistency(7)
    bent = [bytes(32), *proof[1:]]
    for wrong in ([], proof[:-1], [*proof, bytes(32)], proof[::-1], bent, [bytes(32)] * 63):
        assert post(witness, write_submission(7, wrong, log.checkpoint(13))).status == 422
    assert post(witness, write_submission(7, proof, log.checkpoint(13))).status == 200


def test_a_log_that_changed_its_past_is_not_cosigned(tmp_path: Path, witness: Witness, log: InventedLog) -> None:
    post(witness, log.submission(0, 7))
    other = InventedLog(log.signer, seed="other")
    assert post(witness, other.submission(7, 13)).status == 422
    with State(tmp_path / "witness" / STATE) as state:
        assert state.latest(ORIGIN).size == 7


def test_where_there_is_nothing_to_prove_a_proof_is_refused(witness: Witness, log: InventedLog) -> None:
    assert post(witness, write_submission(0, [bytes(32)], log.checkpoint(7))).status == 422
    post(witness, log.submission(0, 7))
    assert post(witness, write_submission(7, [bytes(32)], log.checkpoint(7))).status == 422


# 400: what is no submission at all.


def test_the_old_size_may_not_be_the_larger_one(witness: Witness, log: InventedLog) -> None:
    assert post(witness, write_submission(8, [], log.checkpoint(7))).status == 400


def hash_lines(count: int) -> bytes:
    return (base64.b64encode(bytes(32)) + b"\n") * count


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\n",
        b"old\n\n",
        b"old \n\n",
        b"old 07\n\n",
        b"old +7\n\n",
        b"old -1\n\n",
        b"old 7 \n\n",
        b"Old 7\n\n",
        b"old  7\n\n",
        b"old 7\r\n\r\n",
        b"old 9223372036854775808\n\n",
        b"old 99999999999999999999999999\n\n",
        "old ٧\n\n".encode(),
        b"old 7\n",
        b"old 0\n" + hash_lines(64) + b"\n",
        b"old 0\nAAAA\n\n",
        b"old 0\n" + hash_lines(1).replace(b"=", b"") + b"\n",
        b"old 0\n" + hash_lines(1).replace(b"A=", b"B=") + b"\n",
        b"old 0\n " + hash_lines(1) + b"\n",
        b"old 0\n\xff\n\n",
        b"old 0\n\n\n",
    ],
)
def test_a_submission_is_written_in_one_way_only(witness: Witness, log: InventedLog, head: bytes) -> None:
    assert post(witness, head + log.checkpoint(7)).status == 400


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\n",
        b"no note",
        b"\xff\n\n\xff",
        b"act.example.org/log\n7\nAAAA\n\n",
        "act.example.org/log\n7\nAAAA\n\n— x AAAAAAAA\n".encode(),
        "act.example.org/log\n07\n{root}\n\n— x AAAAAAAA\n".encode(),
        "act.example.org/log\n18446744073709551616\n{root}\n\n— x AAAAAAAA\n".encode(),
        "act.example.org/log\n9223372036854775808\n{root}\n\n— x AAAAAAAA\n".encode(),
        "act.example.org/log\n7\n{root}\n\n— x y AAAA\n".encode(),
        "act.example.org/log\n7\n{root}\n\n— x AAAAAAAA".encode(),
        b"act.example.org/log\n7\n{root}\n\n- x AAAAAAAA\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(witness: Witness, note: bytes) -> None:
    assert post(witness, EMPTY_OLD + note.replace(b"{root}", base64.b64encode(bytes(32)))).status == 400


# The door itself.


def test_the_door_says_whose_witness_it_is(witness: Witness, key: Signer) -> None:
    for path in ("/witness/", "/witness"):
        answer = post(witness, b"", path, "GET")
        assert refusal(answer) == (200, "text/plain; charset=utf-8")
        [line] = [line for line in answer.body.decode().split("\n") if "+" in line]
        assert Verifier.parse(line) == key.verifier
    assert str(key).encode() not in answer.body
    head = post(witness, b"", "/witness/", "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(answer.body)))


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_a_checkpoint_is_only_posted(witness: Witness, method: str) -> None:
    answer = post(witness, b"", "/witness/add-checkpoint", method)
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_the_page_is_only_read(witness: Witness) -> None:
    answer = post(witness, b"", "/witness/", "POST")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/witness/add-checkpoint/", "/witness/checkpoint", "/witness//", "/witnesses"])
def test_there_is_nothing_else(witness: Witness, path: str) -> None:
    assert post(witness, b"", path).status == 404


def test_a_body_that_is_too_long_is_refused_as_soon_as_it_is(witness: Witness) -> None:
    told = str(MOST_BODY + 1).encode()
    assert post(witness, [], "/witness/add-checkpoint", "POST", (b"content-length", told)).status == 413
    assert post(witness, [], "/witness/add-checkpoint", "POST", (b"content-length", b"many")).status == 413
    assert post(witness, [b"o" * MOST_BODY, b"o", b"never read"]).status == 413


def test_a_body_may_come_in_parts(witness: Witness, log: InventedLog) -> None:
    body = log.submission(0, 7)
    assert post(witness, [body[at : at + 7] for at in range(0, len(body), 7)]).status == 200


def test_nothing_that_was_sent_is_written_down(
    witness: Witness, log: InventedLog, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for body in (b"amina@example.org", log.submission(0, 7), InventedLog().submission(0, 7), log.submission(0, 9)):
        post(witness, body)
    ours = [record for record in caplog.records if record.name.startswith("standwith")]
    assert ours == []


def test_a_state_that_went_away_is_no_excuse_to_forget(
    tmp_path: Path, witness: Witness, log: InventedLog, caplog: pytest.LogCaptureFixture
) -> None:
    post(witness, log.submission(0, 7))
    (tmp_path / "witness" / STATE).unlink()
    answer = post(witness, log.submission(7, 9))
    assert answer.status == 503
    assert [record.getMessage() for record in caplog.records] == ["a checkpoint was not cosigned: WitnessMissing"]


def test_our_own_mistakes_are_answered_and_logged_by_their_kind(
    witness: Witness, log: InventedLog, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("amina@example.org")

    monkeypatch.setattr("standwith.witness.app.witness_checkpoint", break_down)
    assert post(witness, log.submission(0, 7)).status == 500
    assert [record.getMessage() for record in caplog.records] == ["an answer failed: RuntimeError"]


# What a witness needs to begin.


@pytest.mark.parametrize("part", ["witness.key", f"witness/{STATE}", f"witness/{LOGS}"])
def test_no_part_of_a_witness_is_made_by_accident(tmp_path: Path, key: Signer, part: str) -> None:
    (tmp_path / part).unlink()
    with pytest.raises(WitnessMissing, match=Path(part).name):
        open_witness(tmp_path)
    assert not (tmp_path / part).exists()


@pytest.mark.parametrize(
    "text",
    ["", "nothing", str(make_signer("act.example.org/log")), "PRIVATE+KEY+a+b+c"],
    ids=["empty", "no key", "a log's key", "no good key"],
)
def test_only_the_key_of_a_witness_will_do(tmp_path: Path, key: Signer, text: str) -> None:
    (tmp_path / "witness.key").write_text(text)
    with pytest.raises(WitnessRefused) as refused:
        open_witness(tmp_path)
    assert not text or text not in str(refused.value)
