"""Checkpoints: three lines, strictly; signed by the log that they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.checkpoint import (
    Checkpoint,
    add_signatures,
    open_checkpoint,
    read_checkpoint,
    sign_checkpoint,
)
from standwith.ledger.cosignature import cosign
from standwith.ledger.errors import NoteRefused
from standwith.ledger.merkle import EMPTY_ROOT
from standwith.ledger.note import make_signer, read_note, verified
from tests.ledger.examples import LOG_KEY, ORIGIN, TIME, WITNESS_KEY

EMPTY = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
TEXT = f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
ROOT = TEXT.split("\n")[2]


def test_the_text() -> None:
    assert EMPTY.text() == TEXT
    assert read_checkpoint(TEXT) == EMPTY


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read(size: int, root: bytes) -> None:
    checkpoint = Checkpoint(ORIGIN, size, root)
    assert read_checkpoint(checkpoint.text()) == checkpoint
    assert open_checkpoint(sign_checkpoint(checkpoint, LOG_KEY), LOG_KEY.verifier) == checkpoint


def test_further_lines_of_other_logs_are_carried_along() -> None:
    checkpoint = read_checkpoint(TEXT + "more\nand more\n")
    assert checkpoint == Checkpoint(ORIGIN, 0, EMPTY_ROOT, "more\nand more\n")
    assert checkpoint.text() == TEXT + "more\nand more\n"
    assert open_checkpoint(sign_checkpoint(checkpoint, LOG_KEY), LOG_KEY.verifier) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\n\n\n",
        TEXT[:-1],
        TEXT + "\n",
        TEXT + "more",
        TEXT + "\nmore\n",
        f"\n0\n{ROOT}\n",
        f"{ORIGIN}\n0\n",
        f"{ORIGIN}\n\n{ROOT}\n",
        f"{ORIGIN}\n00\n{ROOT}\n",
        f"{ORIGIN}\n01\n{ROOT}\n",
        f"{ORIGIN}\n+1\n{ROOT}\n",
        f"{ORIGIN}\n-1\n{ROOT}\n",
        f"{ORIGIN}\n 1\n{ROOT}\n",
        f"{ORIGIN}\n1_0\n{ROOT}\n",
        f"{ORIGIN}\n1e3\n{ROOT}\n",
        f"{ORIGIN}\n١\n{ROOT}\n",
        f"{ORIGIN}\n{2**63}\n{ROOT}\n",
        f"{ORIGIN}\n{10**30}\n{ROOT}\n",
        f"{ORIGIN}\n1\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n1\n{ROOT[:-2]}V=\n",
        f"{ORIGIN}\n1\n {ROOT}\n",
        f"{ORIGIN}\n1\n{ROOT}=\n",
        f"{ORIGIN}\n1\nAAAA\n",
        f"{ORIGIN}\n1\n{ROOT.replace('+', '-')}\n",
        TEXT.replace("\n", "\r\n"),
    ],
)
def test_what_no_writer_writes_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        read_checkpoint(text)


def test_only_the_log_that_is_named_may_sign() -> None:
    stranger, same_name = make_signer("stranger.example.org/log"), make_signer(ORIGIN)
    with pytest.raises(NoteRefused):
        sign_checkpoint(EMPTY, stranger)
    for verifier in (stranger.verifier, same_name.verifier):
        with pytest.raises(NoteRefused):
            open_checkpoint(sign_checkpoint(EMPTY, LOG_KEY), verifier)
    with pytest.raises(NoteRefused):
        open_checkpoint(f"{EMPTY.text()}\n{stranger.sign(EMPTY.text())}".encode(), stranger.verifier)


def test_what_could_not_be_read_is_not_signed() -> None:
    unreadable = (Checkpoint(ORIGIN, -1, EMPTY_ROOT), Checkpoint(ORIGIN, 1, b"short"), EMPTY._replace(extension="x"))
    for checkpoint in unreadable:
        with pytest.raises(NoteRefused):
            sign_checkpoint(checkpoint, LOG_KEY)


def test_cosignatures_are_added_once() -> None:
    plain, line = sign_checkpoint(EMPTY, LOG_KEY), cosign(WITNESS_KEY, TEXT, TIME)
    cosigned = add_signatures(plain, line)
    assert cosigned == plain + line.encode()
    assert add_signatures(plain, line.encode() * 2) == cosigned
    assert add_signatures(cosigned, cosign(WITNESS_KEY, TEXT, TIME + 1)) == cosigned
    assert verified(read_note(cosigned), [WITNESS_KEY.verifier, LOG_KEY.verifier]) == [WITNESS_KEY.name, ORIGIN]


def test_the_signature_of_the_log_can_not_be_pushed_out() -> None:
    plain = sign_checkpoint(EMPTY, LOG_KEY)
    forged = LOG_KEY.sign("something else\n")
    assert add_signatures(plain, forged) == plain


@pytest.mark.parametrize("lines", ["", "\n", "no signature\n", "— a AAAAAAA=", "— a AAAAAAA=\n\n", b"\xff\n"])
def test_lines_that_are_no_signatures_are_refused(lines: str | bytes) -> None:
    with pytest.raises(NoteRefused):
        add_signatures(sign_checkpoint(EMPTY, LOG_KEY), lines)
