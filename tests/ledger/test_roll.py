"""Rolls: a line for each signature, only ever written on behind what is signed."""

from standwith.ledger.leaf import Reason, make_void
from standwith.ledger.roll import Rolls, roll_lines, roll_path
from standwith.sealing.codes import read_code
from tests.ledger.examples import TAGS, digest, signature

ONE, OTHER = TAGS


def test_a_line_is_the_index_and_the_code():
    leaves = [signature(7, ONE), make_void(ONE, 7, Reason.DUPLICATE), signature(9, OTHER), signature(10, ONE)]
    lines = {tag: text.decode().splitlines() for tag, text in roll_lines(7, leaves).items()}
    assert {tag: [line.split(" ")[0] for line in each] for tag, each in lines.items()} == {
        ONE: ["7", "10"],
        OTHER: ["9"],
    }
    index, code = lines[ONE][0].split(" ")
    assert len(code) == 26
    assert read_code(code) == digest("code", int(index))[:16]


def test_the_campaigns_tag_is_the_name_of_the_file():
    assert roll_path(bytes.fromhex("0123456789abcdef")) == "roll/0123456789abcdef.txt"


def test_lines_follow_what_is_signed(tmp_path):
    place = tmp_path / roll_path(ONE)
    rolls = Rolls(tmp_path, {})
    assert rolls.cut(ONE)
    assert rolls.extend({ONE: b"0 A\n"}) == {ONE: 4}
    assert rolls.cut(ONE)  # it was not signed, so it goes
    assert place.read_bytes() == b""
    rolls.lengths |= rolls.extend({ONE: b"0 A\n"})
    rolls.lengths |= rolls.extend({ONE: b"2 B\n", OTHER: b"1 C\n"})
    assert (place.read_bytes(), (tmp_path / roll_path(OTHER)).read_bytes()) == (b"0 A\n2 B\n", b"1 C\n")
    assert rolls.lengths == {ONE: 8, OTHER: 4}


def test_one_that_lost_something_is_noticed_and_made_again(tmp_path):
    rolls = Rolls(tmp_path, {ONE: 8})
    assert not rolls.cut(ONE)
    rolls.rewrite(ONE, b"0 A\n2 B\n")
    assert rolls.cut(ONE)
    (tmp_path / roll_path(ONE)).write_bytes(b"0 A\n2")
    assert not rolls.cut(ONE)
