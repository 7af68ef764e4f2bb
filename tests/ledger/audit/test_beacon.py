"""Beacons: written one way, at a time that anybody can work out, and ahead."""

from datetime import UTC, datetime, timedelta

import pytest

from standwith.ledger.audit.beacon import (
    DEFAULT,
    QUICKNET,
    Beacon,
    beacon_of_round,
    check_ahead,
    check_beacon,
    first_round,
    read_beacon,
    read_value,
    value_bytes,
)
from standwith.ledger.errors import AuditRefused

AT = datetime(2026, 4, 20, tzinfo=UTC)
ROUND = 27946612
DICE = Beacon("dice:the congress in May, on the stage", datetime(2026, 5, 1, 16, tzinfo=UTC))
THROWS = "31643 52126 31643 52126 31643"


def test_a_round_comes_when_its_chain_says() -> None:
    assert beacon_of_round(ROUND) == Beacon(f"drand:{QUICKNET}:{ROUND}", AT)
    assert beacon_of_round(ROUND + 1).time - AT == timedelta(seconds=3)
    assert beacon_of_round(1, "default") == Beacon(f"drand:{DEFAULT}:1", datetime(2020, 7, 22, 15, 17, 30, tzinfo=UTC))


@pytest.mark.parametrize("chain", ["quicknet", "default"])
@pytest.mark.parametrize("late", [0, 1, 29, 30, 31])
def test_the_first_round_after_a_moment_is_no_earlier_and_the_one_before_is(chain: str, late: int) -> None:
    moment = AT + timedelta(seconds=late)
    number = first_round(moment, chain)
    assert beacon_of_round(number, chain).time >= moment
    assert beacon_of_round(number - 1, chain).time < moment


@pytest.mark.parametrize(
    "written",
    [
        f"drand:quicknet:{ROUND}",
        f"drand:{QUICKNET}:{ROUND}",
        f"drand:quicknet:{ROUND}@2026-04-20T00:00:00Z",
        f"drand:quicknet:{ROUND}@2026-04-20T02:00+02:00",
        f" drand:quicknet:{ROUND}@2026-04-20T00:00:00+00:00\n",
    ],
)
def test_a_round_is_read_into_its_one_form(written: str) -> None:
    assert read_beacon(written) == Beacon(f"drand:{QUICKNET}:{ROUND}", AT)


@pytest.mark.parametrize("number", [0, -1, 1_000_000_000, 1 << 70])
def test_rounds_that_no_chain_will_have(number: int) -> None:
    with pytest.raises(AuditRefused, match="numbered from 1 on"):
        beacon_of_round(number)


def test_dice_need_a_time() -> None:
    assert read_beacon(f"{DICE.name}@2026-05-01T18:00+02:00") == DICE
    with pytest.raises(AuditRefused, match="Write a beacon like"):
        read_beacon(DICE.name)


def test_a_round_that_is_over_cannot_be_named_as_one_to_come() -> None:
    with pytest.raises(AuditRefused, match="comes at 2026-04-20T00:00:00Z, not at 2026-06-01"):
        read_beacon(f"drand:quicknet:{ROUND}@2026-06-01T00:00:00Z")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "drand:quicknet:0",
        "drand:quicknet:007",
        "drand:quicknet:-1",
        "drand:quicknet:1234567890",
        "drand:QUICKNET:5",
        "drand:5",
        "coin:heads@2026-05-01T18:00:00Z",
        "dice:@2026-05-01T18:00:00Z",
        "dice: a@2026-05-01T18:00:00Z",
        "dice:a\nb@2026-05-01T18:00:00Z",
        f"dice:{'a' * 201}@2026-05-01T18:00:00Z",
    ],
)
def test_what_is_no_beacon(written: str) -> None:
    with pytest.raises(AuditRefused, match="Write a beacon like"):
        read_beacon(written)


def test_chains_whose_times_nobody_here_knows() -> None:
    with pytest.raises(AuditRefused, match="not known here"):
        read_beacon("drand:fastnet:5@2026-05-01T18:00:00Z")


@pytest.mark.parametrize("time", ["", "2026-05-01", "2026-05-01T18:00", "noon", "2026-13-01T00:00Z"])
def test_what_is_no_time(time: str) -> None:
    with pytest.raises(AuditRefused, match=r"is no time|Write a beacon"):
        read_beacon(f"{DICE.name}@{time}")


@pytest.mark.parametrize(
    "beacon",
    [
        Beacon(f"drand:quicknet:{ROUND}", AT),
        Beacon(f"drand:{QUICKNET}:{ROUND}", AT + timedelta(seconds=1)),
        Beacon(f"drand:{QUICKNET}:{ROUND} ", AT),
        DICE._replace(time=DICE.time + timedelta(microseconds=1)),
    ],
)
def test_another_form_is_refused(beacon: Beacon) -> None:
    with pytest.raises(AuditRefused):
        check_beacon(beacon)


def test_an_hour_ahead_or_not_at_all() -> None:
    check_ahead(DICE, DICE.time - timedelta(hours=1))
    check_beacon(DICE)
    for late in (timedelta(minutes=59, seconds=59), timedelta(0), timedelta(days=-1)):
        with pytest.raises(AuditRefused, match="name one that comes after"):
            check_ahead(DICE, DICE.time - late)


def test_a_value_has_one_form() -> None:
    drand = beacon_of_round(ROUND)
    assert read_value(drand, " 3C" * 32) == "3c" * 32
    assert value_bytes(drand, "3c" * 32) == b"\x3c" * 32
    assert read_value(DICE, THROWS) == THROWS.replace(" ", "")
    assert value_bytes(DICE, THROWS.replace(" ", "")) == THROWS.replace(" ", "").encode()
    with pytest.raises(AuditRefused, match="one way"):
        value_bytes(DICE, THROWS)
    with pytest.raises(AuditRefused, match="one way"):
        value_bytes(drand, "3C" * 32)


@pytest.mark.parametrize("value", ["", "3c" * 31, "3c" * 33, "xx" * 32])
def test_what_is_no_randomness(value: str) -> None:
    with pytest.raises(AuditRefused, match=f"it stands at https://api.drand.sh/{QUICKNET}/public/{ROUND}"):
        read_value(beacon_of_round(ROUND), value)


@pytest.mark.parametrize("value", ["", "1" * 24, "7" * 25, "0" * 25, "3c" * 32])
def test_what_dice_do_not_show(value: str) -> None:
    with pytest.raises(AuditRefused, match="1 to 6, at least 25"):
        read_value(DICE, value)
