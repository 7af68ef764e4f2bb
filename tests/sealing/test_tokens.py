"""Links and codes: good ones are accepted as often as they come, all others are refused for a stated reason."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.sealing.errors import KeyRefused, TokenDamaged, TokenExpired
from standwith.sealing.tokens import (
    check_confirmation_code,
    check_confirmation_token,
    check_withdrawal_token,
    make_confirmation_code,
    make_confirmation_token,
    make_link_key,
    make_withdrawal_token,
    middle_of,
    read_link_key,
    token_hash,
)

KEY, OTHER = b"k" * 32, b"o" * 32
W = bytes(range(16))
SIXTEEN = st.binary(min_size=16, max_size=16)
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(hours=48)


def test_a_confirmation_link_is_good_until_it_expires() -> None:
    token = make_confirmation_token(KEY, "c", SOON)
    assert len(token.text) == 44
    for now in (NOW, NOW, SOON - timedelta(seconds=1)):
        assert check_confirmation_token(KEY, "c", token.text, now) == token.accepted
    for now in (SOON, SOON + timedelta(days=1)):
        with pytest.raises(TokenExpired):
            check_confirmation_token(KEY, "c", token.text, now)


def test_a_withdrawal_link_is_good_for_ever() -> None:
    token = make_withdrawal_token(KEY, "c", W)
    assert len(token.text) == 32
    assert check_withdrawal_token(KEY, "c", token.text) == token.accepted == W


def test_what_the_server_keeps_of_a_confirmation_is_a_hash() -> None:
    token = make_confirmation_token(KEY, "c", SOON)
    assert token.hash == token_hash(token.accepted) != token.accepted
    assert len(token.hash) == 32


def test_two_links_are_never_the_same() -> None:
    links = {make_confirmation_token(KEY, "c", SOON).text for _ in range(50)}
    assert len(links) == 50


@given(SIXTEEN)
def test_a_link_carries_the_code_that_it_was_made_with(code: bytes) -> None:
    token = make_confirmation_token(KEY, "c", SOON, code)
    accepted = check_confirmation_token(KEY, "c", token.text, NOW)
    assert (len(accepted), middle_of(accepted)) == (25, code)
    assert set(token.text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_who_knows_the_code_and_the_moment_does_not_know_the_link() -> None:
    links = {make_confirmation_token(KEY, "c", SOON, W).hash for _ in range(50)}
    assert len(links) == 50


@given(SIXTEEN, st.integers(min_value=0, max_value=43), st.sampled_from("AQgw_"))
def test_a_changed_letter_is_noticed_wherever_it_stands(code: bytes, place: int, letter: str) -> None:
    text = make_confirmation_token(KEY, "c", SOON, code).text
    changed = text[:place] + letter + text[place + 1 :]
    if changed != text:
        with pytest.raises(TokenDamaged):
            check_confirmation_token(KEY, "c", changed, NOW)


@given(st.text(max_size=60))
def test_whatever_stands_in_an_address_is_no_accident(text: str) -> None:
    with pytest.raises(TokenDamaged):
        check_confirmation_token(KEY, "c", text, NOW)
    with pytest.raises(TokenDamaged):
        check_withdrawal_token(KEY, "c", text)


@pytest.mark.parametrize("length", [0, 15, 17, 32])
def test_a_link_is_made_of_sixteen_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        make_confirmation_token(KEY, "c", SOON, bytes(length))
    with pytest.raises(ValueError, match="16 bytes"):
        make_withdrawal_token(KEY, "c", bytes(length))


def test_a_link_for_one_thing_is_none_for_another() -> None:
    confirmation, withdrawal = make_confirmation_token(KEY, "c", SOON).text, make_withdrawal_token(KEY, "c", W).text
    with pytest.raises(TokenDamaged):
        check_withdrawal_token(KEY, "c", confirmation)
    with pytest.raises(TokenDamaged):
        check_confirmation_token(KEY, "c", withdrawal, NOW)
    with pytest.raises(TokenDamaged):
        check_confirmation_token(KEY, "d", confirmation, NOW)
    with pytest.raises(TokenDamaged):
        check_confirmation_token(OTHER, "c", confirmation, NOW)


def test_a_changed_expiry_is_no_longer_ours() -> None:
    text = make_confirmation_token(KEY, "c", NOW).text
    with pytest.raises(TokenDamaged):
        check_confirmation_token(KEY, "c", "_" + text[1:], NOW)


def broken(text: str) -> list[str]:
    return [
        "",
        text[:-1],
        text + ".",
        text + "AAAA",
        text[:-4],
        text[:16] + " " + text[16:],
        text.replace(text[3], "é"),
        "=" * 32,
    ]


def test_a_broken_link_is_damaged_not_an_accident() -> None:
    for text in broken(make_confirmation_token(KEY, "c", SOON).text):
        with pytest.raises(TokenDamaged):
            check_confirmation_token(KEY, "c", text, NOW)
    for text in broken(make_withdrawal_token(KEY, "c", W).text):
        with pytest.raises(TokenDamaged):
            check_withdrawal_token(KEY, "c", text)


def test_a_code_is_short_and_forgives_how_people_type() -> None:
    token = make_confirmation_code(KEY, "c")
    assert len(token.text) == 11 and token.text[5] == "-"
    assert not set(token.text) & set("ILOU")
    slips = [token.text, token.text.lower(), f"  {token.text[:5]} {token.text[6:]} ", token.text.replace("-", "–")]
    slips += [token.text.replace("0", "o").replace("1", "l"), token.text.replace("0", "O").replace("1", "i")]
    assert {check_confirmation_code(KEY, "c", slip) for slip in slips} == {token.accepted}


@pytest.mark.parametrize(
    "typed", ["", "7K2QD", "7K2QD-9XW4MM", "7K2QD-9XW4U", "ééééé-ééééé", "𝟩K2QD-9XW4M", "K" * 100_000]
)
def test_what_is_no_code_is_damaged(typed: str) -> None:
    with pytest.raises(TokenDamaged):
        check_confirmation_code(KEY, "c", typed)


def test_one_wrong_letter_in_a_code_is_noticed() -> None:
    token = make_confirmation_code(KEY, "c")
    refused = 0
    for place in (0, 1, 2, 3, 4, 6, 7, 8, 9, 10):
        for letter in set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") - {token.text[place]}:
            try:
                check_confirmation_code(KEY, "c", token.text[:place] + letter + token.text[place + 1 :])
            except TokenDamaged:
                refused += 1
    assert refused >= 308  # of 310; each has a chance of 1 in 32,768 to pass


def test_a_code_of_another_campaign_is_refused() -> None:
    passed = 0
    for _ in range(200):
        try:
            check_confirmation_code(KEY, "d", make_confirmation_code(KEY, "c").text)
            passed += 1
        except TokenDamaged:
            pass
    assert passed <= 2


def test_guessed_codes_hardly_ever_pass() -> None:
    codes = (f"{number:05d}-ABCDE" for number in range(5000))
    passed = 0
    for code in codes:
        try:
            check_confirmation_code(KEY, "c", code)
            passed += 1
        except TokenDamaged:
            pass
    assert passed <= 8  # 5000 / 32768 are expected


def test_the_link_key_has_a_file_form() -> None:
    line = make_link_key()
    assert len(read_link_key(line)) == 32
    for damaged in (b"", line[:-5], b"\xff" + line[1:]):
        with pytest.raises(KeyRefused):
            read_link_key(damaged)
