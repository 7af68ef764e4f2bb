"""Opening a bundle: with enough of the right shares, and only what the ledger stands for."""

from dataclasses import replace
from itertools import combinations

import pytest

from standwith.custody.errors import BundleRefused, SharesForeign
from standwith.custody.opening import check_head, open_bundle, unseal
from standwith.ledger.note import make_signer
from standwith.sealing.envelope import RECORD, take_apart
from standwith.sealing.keys import make_key
from tests.custody.examples import (
    CAMPAIGN,
    KEYS,
    ORIGIN,
    OTHER,
    leaf_of,
    make_bundle,
    make_shares,
    read_bundle,
    read_shares,
    record,
    signer,
    with_sealed,
)
from tests.sealing.examples import seal

RECORDS = [record(number) for number in range(4)]


def opened(data, secrets=(), shares=(), indexes=None):
    bundle = read_bundle(data)
    return list(open_bundle(bundle, check_head(bundle.head), secrets, shares, indexes))


def problems(data, secrets=KEYS[:2], **more):
    return [each.problem for each in opened(data, secrets, **more) if each.problem]


@pytest.mark.parametrize("secrets", list(combinations(KEYS, 2)), ids=["1 and 2", "1 and 3", "2 and 3"])
def test_two_of_three_custodians_open_all_records_at_one_place(secrets):
    found = opened(make_bundle(RECORDS), secrets)
    assert [(each.index, each.record, each.problem) for each in found] == [
        (index, each, "") for index, each in zip((1, 3, 5, 7), RECORDS, strict=True)
    ]


@pytest.mark.parametrize("secrets", list(combinations(KEYS, 2)), ids=["1 and 2", "1 and 3", "2 and 3"])
def test_two_of_three_custodians_open_them_share_by_share(secrets):
    data = make_bundle(RECORDS)
    bundle, told = read_bundle(data), list[str]()
    files = []
    for secret in secrets:
        shares = dict(unseal(bundle, check_head(bundle.head), secret, told))
        assert sorted(shares) == [1, 3, 5, 7]
        files.append(read_shares(make_shares(bundle, secret)))
    assert told == []
    assert [each.record for each in opened(data, shares=files)] == RECORDS


def test_a_key_and_a_file_of_shares_go_together():
    data = make_bundle(RECORDS)
    shares = read_shares(make_shares(read_bundle(data), KEYS[2], indexes={3}))
    assert [each.index for each in opened(data, KEYS[:1], [shares]) if each.record] == [3]


def test_only_what_was_asked_for_is_opened():
    data = make_bundle(RECORDS)
    assert [each.index for each in opened(data, KEYS, indexes={3, 7})] == [3, 7]
    found = opened(data, KEYS, indexes={0, 3, 4, 9})
    assert [(each.index, each.problem) for each in found] == [
        (0, "Record 0: it is not in the bundle."),
        (3, ""),
        (4, "Record 4: it is not in the bundle."),
        (9, "Record 9: it is not in the bundle."),
    ]


def test_without_a_choice_the_shares_say_what_is_opened():
    data = make_bundle(RECORDS)
    bundle = read_bundle(data)
    files = [
        read_shares(make_shares(bundle, secret, indexes=indexes))
        for secret, indexes in zip(KEYS, ({1, 5}, {5, 7}, {1}), strict=True)
    ]
    found = {each.index: each.problem for each in opened(data, shares=files)}
    assert found == {1: "", 5: "", 7: "Record 7: Shares needed: 2; given: 1."}


def test_too_few_custodians_open_nothing_and_are_told():
    data = make_bundle(RECORDS[:1])
    shares = read_shares(make_shares(read_bundle(data), KEYS[0]))
    said = "Record 1: Shares needed: 2; given: 1."
    assert problems(data, KEYS[:1]) == [said]
    assert problems(data, [KEYS[0]] * 2) == [said]
    assert problems(data, KEYS[:1], shares=[shares]) == [said]
    assert problems(data, (), shares=[shares, read_shares(make_shares(read_bundle(data), KEYS[0]))]) == [said]


def test_a_key_of_somebody_else_is_told_by_the_keys_that_are_needed():
    (said,) = problems(make_bundle(RECORDS[:1]), [make_key("custodian")])
    assert said.startswith("Record 1: it is sealed to the keys ")
    assert all(secret.id.hex() in said for secret in KEYS)


def test_a_wrong_share_is_noticed_and_harmless_beside_enough_right_ones():
    data = make_bundle(RECORDS[:1])
    bundle = read_bundle(data)
    wrong = make_shares(bundle, KEYS[0], change=lambda share: share[:1] + bytes(32))
    right = [make_shares(bundle, secret) for secret in KEYS[1:]]
    assert problems(data, (), shares=[read_shares(each) for each in (wrong, *right)]) == []
    (said,) = problems(data, (), shares=[read_shares(each) for each in (wrong, right[0])])
    assert "the shares belong to another record" in said


def test_shares_of_another_bundle_stop_everything():
    shares = read_shares(make_shares(read_bundle(make_bundle(RECORDS)), KEYS[0]))
    with pytest.raises(SharesForeign):
        opened(make_bundle(RECORDS), KEYS[1:], [shares])


def swap_sealed(entries):
    one, two, *rest = entries
    return [with_sealed(one, two.sealed), with_sealed(two, one.sealed), *rest]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"spoil": swap_sealed}, "it is not the record that its leaf in the ledger stands for"),
        (
            {"leaves": [leaf_of(replaced) for replaced in map(record, range(4, 8))]},
            "it is not the record that its leaf",
        ),
        ({"leaves": [leaf_of(found, OTHER) for found in RECORDS]}, "its leaf is not a signature of this campaign"),
        (
            {"spoil": lambda entries: [replace(each, leaf=b"\x01\x03" + each.leaf[2:]) for each in entries]},
            "its leaf is not in the ledger",
        ),
        ({"spoil": lambda entries: [replace(each, proof=each.proof[:-1]) for each in entries]}, "not in the ledger"),
        ({"spoil": lambda entries: [replace(each, index=each.index - 1) for each in entries]}, "not in the ledger"),
        (
            {"spoil": lambda entries: [with_sealed(each, seal(record(0, OTHER), KEYS, 2)) for each in entries]},
            "it belongs to another campaign",
        ),
        ({"spoil": lambda entries: [with_sealed(each, each.sealed[:-1]) for each in entries]}, "changed"),
        ({"spoil": lambda entries: [with_sealed(each, b"SWR\x01" + each.sealed[4:]) for each in entries]}, "version 1"),
    ],
    ids=["swapped", "other leaves", "of another campaign", "a void", "proof", "index", "moved", "cut", "version"],
)
def test_what_the_ledger_does_not_stand_for_is_not_given_out(changed, said):
    found = opened(make_bundle(RECORDS, **changed), KEYS[:2])
    assert all(each.record is None for each in found[:2])
    assert said in found[0].problem
    assert "Person" not in found[0].problem


def test_a_record_that_opens_and_is_another_one_is_told_apart_from_one_that_is_shut():
    other, shut = (
        opened(make_bundle(RECORDS[:2], spoil=lambda entries: swap_sealed(entries)), KEYS[:2]),
        opened(make_bundle(RECORDS[:2]), KEYS[:1]),
    )
    assert [each.readable for each in other] == [True, True]
    assert [each.readable for each in shut] == [False, False]


def test_a_wrong_code_is_noticed_even_with_the_right_commitment():
    leaf = bytearray(leaf_of(RECORDS[0]))
    leaf[10] ^= 1
    (said,) = problems(make_bundle(RECORDS[:1], leaves=[bytes(leaf)]))
    assert "it is not the record that its leaf" in said


def test_a_custodian_opens_no_share_of_what_is_not_in_the_ledger():
    bundle, told = read_bundle(make_bundle(RECORDS, spoil=lambda entries: [replace(entries[0], proof=())])), list[str]()
    assert list(unseal(bundle, check_head(bundle.head), KEYS[0], told)) == []
    assert told == ["Record 1: its leaf is not in the ledger that the checkpoint speaks of."]


def test_a_custodian_opens_only_what_was_asked_for():
    bundle, told = read_bundle(make_bundle(RECORDS)), list[str]()
    assert [index for index, _ in unseal(bundle, check_head(bundle.head), KEYS[2], told, {3, 5, 6})] == [3, 5]


def test_the_checkpoint_must_be_signed_by_the_log():
    head, stranger = read_bundle(make_bundle(RECORDS)).head, make_signer(ORIGIN)
    assert check_head(head, str(signer().verifier)).size == 8
    with pytest.raises(BundleRefused, match="not the log's"):
        check_head(head, str(stranger.verifier))
    for key in ("", "not a key"):
        with pytest.raises(BundleRefused, match="not the log's"):
            check_head(read_bundle(make_bundle(RECORDS, head={"log_key": key})).head)
    with pytest.raises(BundleRefused, match="not the log's"):
        check_head(read_bundle(make_bundle(RECORDS, head={"checkpoint": "nothing\n"})).head)


def test_the_bundle_must_name_the_log_of_its_checkpoint():
    with pytest.raises(BundleRefused, match=r"names the log other\.example\.org/log"):
        check_head(read_bundle(make_bundle(RECORDS, head={"origin": "other.example.org/log"})).head)


def test_a_bundle_of_a_rehearsal_is_not_opened():
    with pytest.raises(BundleRefused, match="holds no supporters"):
        check_head(read_bundle(make_bundle([], head={"checkpoint": ""})).head)


def test_an_empty_bundle_opens_to_nothing():
    assert opened(make_bundle([]), KEYS) == []
    assert read_bundle(make_bundle([])).head.campaign == CAMPAIGN


def test_a_damaged_share_of_one_does_no_harm_where_enough_others_give_theirs():
    def spoil(sealed):
        at = sealed.index(b"", len(take_apart(sealed, RECORD).head) + 2 + 40)
        return sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]

    data = make_bundle(RECORDS[:1], spoil=lambda entries: [replace(e, sealed=spoil(e.sealed)) for e in entries])
    assert [each.record for each in opened(data, KEYS)] == RECORDS[:1]
    assert problems(data, KEYS[:2]) == ["Record 1: The sealed bytes were changed after they were sealed."]
