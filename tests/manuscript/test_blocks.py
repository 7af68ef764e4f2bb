from hypothesis import given
from hypothesis import strategies as st

from standwith.manuscript import Block, join_blocks, split_blocks


def test_blocks_know_their_line():
    text = "\n\nFirst\nstill first\n \t\n\n- a\n\n  - b\n"
    assert split_blocks(text) == (Block(3, "First\nstill first"), Block(7, "- a"), Block(9, "  - b"))


def test_no_text_has_no_block():
    assert split_blocks("") == split_blocks(" \n\n") == ()


def test_spaces_at_line_ends_go_but_a_hard_break_stays():
    assert split_blocks("one  \ntwo \nthree   \n")[0].text == "one\\\ntwo\nthree"


LINES = st.text(st.characters(codec="utf-8", exclude_characters="\n")).map(str.rstrip).filter(bool)


@given(st.lists(st.lists(LINES, min_size=1).map("\n".join)))
def test_what_is_joined_is_split_again(blocks):
    assert [block.text for block in split_blocks(join_blocks(blocks))] == blocks
