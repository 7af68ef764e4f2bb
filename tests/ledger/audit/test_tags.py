"""The file of duplicate tags."""

import hashlib

import pytest

from standwith.ledger.audit.tags import digest_of, read_tags, write_tags
from standwith.ledger.errors import AuditRefused

ONE, OTHER = "5b3f0c6a2d9e4f71", "0011223344556677"
AMINA, NOOR = "aa" * 16, "bb" * 16
ROWS = [(3, ONE, AMINA), (4, ONE, NOOR), (7, ONE, AMINA), (9, OTHER, AMINA), (12, ONE, AMINA), (30, ONE, NOOR)]
FILE = write_tags(ROWS, 30)


def test_a_line_for_each_signature_that_is_committed_to() -> None:
    assert (
        b"standwith-tags-1\n"
        + f"3 {ONE} {AMINA}\n4 {ONE} {NOOR}\n7 {ONE} {AMINA}\n9 {OTHER} {AMINA}\n12 {ONE} {AMINA}\n".encode()
    ) == FILE
    assert digest_of(FILE) == hashlib.sha256(FILE).hexdigest()
    assert write_tags([], 30) == b"standwith-tags-1\n"


def test_the_same_person_in_the_same_epoch_is_the_same_person() -> None:
    assert read_tags(FILE, [3, 4, 7, 9, 12]).repeated == {7, 12}


def test_the_earlier_signature_need_not_be_in_the_sample() -> None:
    assert read_tags(FILE, [12]).repeated == {12}
    assert read_tags(FILE, [3, 4, 9, 77]).repeated == set()
    assert read_tags(FILE, []).repeated == set()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        FILE[:-1],
        FILE[1:],
        FILE.replace(b"4 ", b"3 "),
        FILE.replace(b"9 ", b"6 "),
        FILE.replace(b"3 ", b"03 ", 1),
        FILE + b"\n",
        FILE.replace(b"aa", b"AA"),
        FILE + b"13 5b\n",
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(AuditRefused, match=r"duplicate tags"):
        read_tags(data, [3])


def test_the_rows_of_the_sample_are_given_and_no_others() -> None:
    assert read_tags(FILE, [4, 9, 77]).rows == {4: (ONE, NOOR), 9: (OTHER, AMINA)}
