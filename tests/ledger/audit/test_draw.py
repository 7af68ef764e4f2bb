"""The draw: the same for everybody, another one for every bit that differs, and fair."""

import base64
import hashlib
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.audit.check import draw_again
from standwith.ledger.audit.draw import draw, make_seed, read_drawn, ticket, write_drawn
from standwith.ledger.checkpoint import Checkpoint
from standwith.ledger.errors import AuditRefused
from tests.ledger.audit.examples import CAMPAIGN, VALUE, Invented, N, counted
from tests.ledger.examples import ORIGIN, digest

SEED = digest("seed", 1)
CHECKPOINT = Checkpoint(ORIGIN, 3, digest("root", 1))
LEAF, GIVEN = bytes(range(76)), digest("value", 1)


def drawn():
    audited = Invented()
    audits = audited.read() if audited.commit() else None
    return draw_again(audits.committed[300], VALUE)


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_an_outsider_draws_the_same_from_the_page_of_the_protocol() -> None:
    """Written from docs/protocol.md, with nothing of ours."""
    invented = Invented()
    index = invented.commit()
    text = invented.checkpoint(300).partition(b"\n\n")[0] + b"\n"
    seed = hashlib.sha256(b"standwith/audit/seed\0" + text + invented.leaves[index] + bytes.fromhex(VALUE)).digest()
    standing = counted(invented.leaves, 300)
    tickets = {i: hashlib.sha256(seed + i.to_bytes(8, "big")).digest() for i in standing}
    again = draw_again(invented.read().committed[index], VALUE)
    assert again.seed == seed.hex()
    assert again.sample == tuple(sorted(standing, key=tickets.__getitem__)[:N])
    assert again.population == len(standing)


def test_frozen() -> None:
    """Whoever changes this changes what every audit so far has drawn."""
    seed = make_seed(CHECKPOINT, LEAF, GIVEN)
    root = base64.b64encode(CHECKPOINT.root)
    assert (
        seed == hashlib.sha256(b"standwith/audit/seed\0act.example.org/log\n3\n" + root + b"\n" + LEAF + GIVEN).digest()
    )
    assert seed.hex() == "7a3c2bbb538968e78fd0e1c4b156c3bb0eea44622a6b6d0d4c15be5b3d47e11a"
    assert ticket(seed, 7).hex() == "77244195d47aceefef486d3afbe41c3f5c51d98635e029a41c6de69510fa06da"
    assert draw(seed, range(1000), 5) == (701, 727, 491, 688, 539)


@given(st.permutations(range(40)), st.integers(0, 50))
def test_the_order_in_which_signatures_come_makes_no_difference(order: list[int], n: int) -> None:
    assert draw(SEED, order, n) == draw(SEED, range(40), n)


@given(st.sets(st.integers(0, 1 << 40), max_size=60), st.integers(1, 20))
def test_a_sample_is_the_smallest_tickets(indexes: set[int], n: int) -> None:
    sample = draw(SEED, indexes, n)
    assert len(sample) == min(n, len(indexes))
    assert set(sample) <= indexes
    tickets = [ticket(SEED, index) for index in sample]
    assert tickets == sorted(tickets)
    assert all(ticket(SEED, index) > max(tickets, default=b"") for index in indexes - set(sample))


@given(st.sets(st.integers(0, 10_000), min_size=30, max_size=60), st.integers(1, 20))
def test_whoever_was_not_drawn_could_be_missing(indexes: set[int], n: int) -> None:
    """Others' withdrawals do not move the draw."""
    sample = draw(SEED, indexes, n)
    assert draw(SEED, sample, n) == sample


@given(st.integers(0, 8 * 76 - 1))
def test_one_bit_of_the_commitment_draws_another_sample(bit: int) -> None:
    assert _sample(leaf=flipped(LEAF, bit)) != _sample()


@given(st.integers(0, 255))
def test_one_bit_of_value_or_root_draws_another_sample(bit: int) -> None:
    assert _sample(value=flipped(GIVEN, bit)) != _sample()
    assert _sample(checkpoint=CHECKPOINT._replace(root=flipped(CHECKPOINT.root, bit))) != _sample()


@pytest.mark.parametrize("change", [{"size": 4}, {"origin": "act.example.net/log"}])
def test_another_checkpoint_draws_another_sample(change: dict) -> None:
    assert _sample(checkpoint=CHECKPOINT._replace(**change)) != _sample()


def test_further_lines_of_a_checkpoint_are_no_part_of_it() -> None:
    assert _sample(checkpoint=CHECKPOINT._replace(extension="more\n")) == _sample()


def test_everybody_is_drawn_as_often_as_everybody_else() -> None:
    """4,000 draws of 10 from 100: each of them 400 times, give or take; chi-squared with 99 degrees of freedom."""
    chance, times = random.Random(1), [0] * 100
    for _ in range(4000):
        for index in draw(chance.randbytes(32), range(100), 10):
            times[index] += 1
    spread = sum((each - 400) ** 2 / 400 for each in times) * 100 / 99 / (1 - 10 / 100)
    assert 60 < spread < 148, spread  # 99.9 % of fair draws


def test_pairs_are_drawn_as_often_as_they_should() -> None:
    """Nobody draws neighbours along."""
    chance, both = random.Random(2), 0
    for _ in range(4000):
        sample = set(draw(chance.randbytes(32), range(50), 10))
        both += sum(index + 1 in sample for index in sample)
    expected = 4000 * 49 * (10 / 50) * (9 / 49)
    assert abs(both - expected) < 0.05 * expected


def test_the_file_is_read_back_as_it_was() -> None:
    sample = drawn()
    assert read_drawn(write_drawn(sample)) == sample
    assert msgspec.json.decode(write_drawn(sample))["campaign"] == CAMPAIGN


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"3,7,10-20"])
def test_what_is_no_sample(data: bytes) -> None:
    with pytest.raises(AuditRefused, match="This is not a sample"):
        read_drawn(data)


def test_a_sample_that_says_another_number_is_refused() -> None:
    sample = drawn()
    for changed in ({"n": N + 1}, {"sample": (*sample.sample[:-1], sample.sample[0])}):
        with pytest.raises(AuditRefused, match="none of them twice"):
            read_drawn(write_drawn(msgspec.structs.replace(sample, **changed)))


def _sample(checkpoint: Checkpoint = CHECKPOINT, leaf: bytes = LEAF, value: bytes = GIVEN) -> tuple[int, ...]:
    return draw(make_seed(checkpoint, leaf, value), range(1000), 20)
