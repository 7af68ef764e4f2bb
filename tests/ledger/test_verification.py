"""A whole log verified from its files: what holds is told, what does not is refused, whatever it is."""

import pytest

from standwith.ledger.addendum import addendum_path
from standwith.ledger.checkpoint import Checkpoint
from standwith.ledger.count import Count, Counter
from standwith.ledger.errors import LedgerError, NoteRefused, NumberWrong, ProofRefused, TileDamaged, TileMissing
from standwith.ledger.leaf import Reason, make_signature, make_void, make_withdrawal
from standwith.ledger.merkle import EMPTY_ROOT
from standwith.ledger.policy import Policy, read_policy
from standwith.ledger.receipt import read_receipt
from standwith.ledger.tiles import Growth
from standwith.ledger.verification import (
    WITHDRAWN,
    Verified,
    check_against,
    check_growth,
    check_number,
    fate,
    verify_log,
)
from tests.ledger.examples import ORIGIN, TAGS, digest, signature, w_of
from tests.ledger.published import (
    CAMPAIGNS,
    DAMAGES,
    SIZE,
    Files,
    leaves,
    policy,
    publish,
    published,
    receipt,
    sign,
)

POLICY = read_policy(policy())


def verify(files: Files, trusted: Policy = POLICY, **asked: object) -> Verified:
    return verify_log(files.__getitem__, trusted, **asked)


def counted(some: list[bytes]) -> dict[bytes, Count]:
    counter = Counter()
    counter.fold(some)
    return {tag: counter.count(tag) for tag in counter.campaigns()}


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, SIZE, 513, 4096, 4097, 8192])
def test_a_good_log_verifies_at_every_kind_of_size(size: int) -> None:
    log = verify(published(size))
    assert log.checkpoint == Checkpoint(ORIGIN, size, Growth.of(leaves(size)).root())
    assert log.counts == {size: counted(leaves(size))}
    assert log.roots == {size: log.checkpoint.root}
    assert log.witnessed == (("north", "south"), 2, True)
    assert log.missing == []


def test_a_log_that_reaches_the_third_level() -> None:
    size = 256 * 256 + 300
    files = published(size)
    assert "tile/2/000.p/1" in files
    assert verify(files).counts[size] == counted(leaves(size))
    files["tile/2/000.p/1"] = bytes(32)
    with pytest.raises(TileDamaged, match=r"tile/2/000\.p/1"):
        verify(files)


def test_reading_several_files_at_once_says_the_same() -> None:
    files = published()
    assert verify(files, at_once=4) == verify(files)


def test_how_far_it_is_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    verify(published(5000), tell=lambda done, total: told.append((done, total)))
    assert told == [(4096, 5000), (5000, 5000)]


def test_campaigns_are_named_by_their_own_statements_only() -> None:
    assert verify(published()).names == dict(zip(TAGS, CAMPAIGNS, strict=True))
    lie = list(leaves())
    lie[1] = lie[0][:2] + TAGS[1] + lie[0][10:]  # the other campaign's words under this one's tag
    assert TAGS[1] not in verify(publish(lie[:5])).names


def test_a_partial_tile_may_be_gone_when_the_full_one_is_there() -> None:
    files = published(SIZE)
    early = published(200)
    files |= {"checkpoint": early["checkpoint"]}
    assert "tile/entries/000.p/200" not in files
    assert verify(files).counts == {200: counted(leaves(200))}


@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_refused(what: str) -> None:
    files = published()
    status, damage = DAMAGES[what]
    damage(files)
    with pytest.raises((LedgerError, KeyError)) as refused:
        verify(files, read_policy(files["policy"]))
    assert isinstance(refused.value, (TileMissing, KeyError)) == (status == 2)


@pytest.mark.parametrize("path", sorted(path for path in published() if path.startswith("tile/")))
def test_no_tile_may_be_missing_or_other_than_the_leaves_say(path: str) -> None:
    files = published()
    files[path] = files[path][:-1] + bytes((files[path][-1] ^ 1,))
    with pytest.raises(LedgerError):
        verify(files)
    del files[path]
    with pytest.raises(TileMissing):
        verify(files)


def test_an_addendum_that_is_missing_is_told_and_one_that_is_another_refused() -> None:
    files = published()
    path = addendum_path(leaves()[2][26:58])
    files[path] += b"More."
    with pytest.raises(TileDamaged):
        verify(files)
    del files[path]
    assert verify(files).missing == [path]


def test_who_is_not_in_the_policy_is_not_believed() -> None:
    stranger = read_policy(policy(log=""))
    with pytest.raises(NoteRefused):
        verify(published(), stranger)


def test_the_log_has_grown_from_an_older_checkpoint_or_it_is_said() -> None:
    roots = {size: Growth.of(leaves(size)).root() for size in (0, 100, 256, SIZE)}
    log = verify(published(), sizes=(*roots, SIZE + 1))
    for size, root in roots.items():
        check_growth(log, Checkpoint(ORIGIN, size, root))
    with pytest.raises(ProofRefused, match="rewritten"):
        check_growth(log, Checkpoint(ORIGIN, 100, roots[256]))
    with pytest.raises(ProofRefused, match="rewritten"):
        check_growth(log, Checkpoint(ORIGIN, 0, roots[256]))
    with pytest.raises(ProofRefused, match="cut short"):
        check_growth(log, Checkpoint(ORIGIN, SIZE + 1, EMPTY_ROOT))
    with pytest.raises(ProofRefused, match="not of"):
        check_growth(log, Checkpoint("other.example.org/log", 100, roots[100]))


def test_counts_at_an_earlier_size() -> None:
    log = verify(published(), sizes=(0, 100))
    assert log.counts[100] == counted(leaves(100))
    assert log.count(TAGS[0], 0) == Count(0, 0, {})


def test_a_receipt_is_held_against_the_log_of_today() -> None:
    kept = read_receipt(receipt(14, published()))
    today = published(600)
    log = verify(today, sizes=(SIZE,), indexes=(14,))
    assert check_against(log, kept, POLICY).size == SIZE


def test_a_receipt_of_a_log_that_was_rewritten() -> None:
    kept = read_receipt(receipt(14, published()))
    rewritten = publish([*leaves()[:14], signature(99, TAGS[0]), *leaves(600)[15:]])
    log = verify(rewritten, sizes=(SIZE,), indexes=(14,))
    with pytest.raises(ProofRefused, match="rewritten"):
        check_against(log, kept, POLICY)


def test_a_receipt_whose_own_proof_does_not_hold() -> None:
    data = receipt(14, published()).replace(b"index 14", b"index 15")
    log = verify(published(), sizes=(SIZE,), indexes=(15,))
    with pytest.raises(ProofRefused):
        check_against(log, read_receipt(data), POLICY)


def test_a_shown_number_is_the_log_s_or_refused() -> None:
    log = verify(published(), sizes=(100,))
    right, earlier = log.count(TAGS[0]).number, log.count(TAGS[0], 100).number
    check_number(log, TAGS[0], right)
    check_number(log, TAGS[0], earlier, 100)
    check_number(log, b"unknown!", 0)
    with pytest.raises(NumberWrong, match=f"shows {right + 1}, the log says {right}"):
        check_number(log, TAGS[0], right + 1)
    with pytest.raises(NumberWrong):
        check_number(log, TAGS[0], right, 100)


def test_a_code_is_found_in_signatures_only() -> None:
    code = digest("code", 14)[:16]
    assert verify(published(), code=code).found == [(14, leaves()[14])]
    assert verify(published(), code=bytes(16)).found == []
    statement = leaves()[2]
    assert statement[10:26] == bytes(16)


def test_two_signatures_with_one_code_are_both_told() -> None:
    code = digest("code", 14)[:16]
    twice = make_signature(TAGS[1], code, bytes(32), bytes(16))
    log = verify(publish([*leaves(20), twice]), code=code)
    assert [index for index, _ in log.found] == [14, 20]


def test_what_became_of_a_signature() -> None:
    tag = TAGS[0]
    wrong = make_withdrawal(tag, 0, bytes(16))
    some = [signature(0, tag), signature(1, tag), signature(2, tag), wrong]
    some += [make_void(tag, 1, Reason.DUPLICATE), make_withdrawal(tag, 1, w_of(1)), make_withdrawal(tag, 0, w_of(0))]
    some += [make_void(TAGS[1], 2, Reason.ERASED)]  # another campaign's: it takes nothing away
    log = verify(publish(some))
    assert [fate(log, index, some[index]) for index in range(3)] == [(6, WITHDRAWN), (4, Reason.DUPLICATE), None]
    assert log.count(tag) == Count(3, 1, {Reason.DUPLICATE: 1})


def test_a_removal_before_its_target_takes_nothing_away() -> None:
    tag = TAGS[0]
    some = [make_void(tag, 1, Reason.DUPLICATE), signature(1, tag)]
    log = verify(publish(some))
    assert fate(log, 1, some[1]) is None
    assert log.count(tag).number == 1


def test_leaves_of_a_later_standwith_count_nothing_and_are_no_obstacle() -> None:
    later = [bytes((1, 99)) + leaves()[10][2:], bytes((2, 1)) + leaves()[10][2:]]
    log = verify(publish([*later, *leaves(20)]))
    assert log.counts[22] == counted([*later, *leaves(20)])


def test_leaves_of_another_length_are_refused() -> None:
    with pytest.raises(TileDamaged):
        verify(publish([*leaves(9), b"short"]))


def test_a_log_that_signs_a_root_of_other_leaves() -> None:
    files = published()
    files["checkpoint"] = sign(SIZE, bytes(32))
    with pytest.raises(ProofRefused, match="300 leaves do not lead to the root"):
        verify(files)
