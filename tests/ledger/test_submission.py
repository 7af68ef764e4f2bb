"""The body of add-checkpoint: written and read in one way only. tests/witness/test_app.py has the wrong ones."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.errors import SubmissionRefused
from standwith.ledger.submission import MOST_HASHES, MOST_SIZE, Submission, read_submission, write_submission

HASH = st.binary(min_size=32, max_size=32)


def test_a_literal_example() -> None:
    one, two = bytes(32), b"\xff" * 32
    body = (
        b"old 20852014\n"
        b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        b"//////////////////////////////////////////8=\n"
        b"\n"
        b"act.example.org/log\n20852163\n"
    )
    assert write_submission(20852014, [one, two], b"act.example.org/log\n20852163\n") == body
    assert read_submission(body) == Submission(20852014, (one, two), b"act.example.org/log\n20852163\n")


@given(
    old=st.integers(0, MOST_SIZE),
    proof=st.lists(HASH, max_size=MOST_HASHES).map(tuple),
    checkpoint=st.binary(min_size=1, max_size=300),
)
def test_what_is_written_is_read(old: int, proof: tuple[bytes, ...], checkpoint: bytes) -> None:
    assert read_submission(write_submission(old, proof, checkpoint)) == (old, proof, checkpoint)


@given(body=st.one_of(st.binary(max_size=200), st.binary(max_size=90).map(lambda more: b"old 0\n" + more)))
def test_what_is_read_would_be_written_like_that(body: bytes) -> None:
    try:
        submission = read_submission(body)
    except SubmissionRefused:
        return
    assert write_submission(*submission) == body


@given(
    lines=st.lists(HASH.map(base64.b64encode), max_size=3),
    wrong=st.binary(max_size=60).filter(lambda line: b"\n" not in line),
)
def test_a_line_that_is_no_hash_refuses_the_whole(lines: list[bytes], wrong: bytes) -> None:
    body = b"\n".join([b"old 7", *lines, wrong, b"", b"checkpoint"])
    if not wrong:
        assert read_submission(body).checkpoint == b"\ncheckpoint"  # the note's own business
    elif base64.b64encode(wrong) != wrong:
        with pytest.raises(SubmissionRefused):
            read_submission(body)
