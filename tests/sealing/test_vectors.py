"""Frozen vectors: what was sealed when they were made opens today, and is written the same way today."""

import base64
import json
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from standwith.sealing.box import open_box
from standwith.sealing.codes import read_code, write_code
from standwith.sealing.errors import TokenExpired
from standwith.sealing.keys import SecretKey, SharedKey
from standwith.sealing.recipients import CustodianSecret, parse_custodian_secret, parse_recipient
from standwith.sealing.record import commitment, read_contact, read_record, write_contact, write_record
from standwith.sealing.shamir import combine
from standwith.sealing.tokens import (
    check_confirmation_code,
    check_confirmation_token,
    check_withdrawal_token,
    token_hash,
)
from standwith.sealing.unlock import make_keyring, open_contact, open_record

VECTORS: Any = json.loads((Path(__file__).parents[1] / "vectors/sealing-2.json").read_text())
CUSTODIANS = [parse_custodian_secret(lines["secret"]) for lines in VECTORS["custodians"]]


@pytest.mark.parametrize("lines", VECTORS["custodians"], ids=["own", "own too", "age"])
def test_keys_of_custodians(lines: dict[str, str]) -> None:
    secret = parse_custodian_secret(lines["secret"])
    assert (str(secret), str(secret.public), secret.id.hex()) == (lines["secret"], lines["public"], lines["id"])
    assert parse_recipient(lines["public"]) == secret.public


def test_keys_of_the_clerk() -> None:
    secret = SecretKey.parse(VECTORS["clerk"]["secret"])
    assert (str(secret), str(secret.public)) == (VECTORS["clerk"]["secret"], VECTORS["clerk"]["public"])


@pytest.mark.parametrize("kind", ["shares", "shares of five"])
def test_shares(kind: str) -> None:
    needed, shares = VECTORS[kind]["needed"], [bytes.fromhex(share) for share in VECTORS[kind]["shares"]]
    for chosen in combinations(shares, needed):
        assert combine(chosen, needed).hex() == VECTORS[kind]["secret"]


@pytest.mark.parametrize("chosen", list(combinations(CUSTODIANS, 2)), ids=["1 and 2", "1 and 3", "2 and 3"])
def test_a_sealed_record(chosen: tuple[CustodianSecret, ...]) -> None:
    canonical = VECTORS["record"]["canonical"].encode()
    record = open_record(base64.b64decode(VECTORS["record"]["sealed"]), *chosen)
    assert write_record(record) == canonical
    assert read_record(canonical) == record
    assert commitment(record).hex() == VECTORS["record"]["commitment"]
    assert (record.name, record.country, record.made.isoformat()) == ("Éilis O'Neill-李", "IE", "2026-03-01")


def test_a_sealed_contact() -> None:
    canonical = VECTORS["contact"]["canonical"].encode()
    ring = make_keyring(SecretKey.parse(VECTORS["clerk"]["secret"]))
    contact = open_contact(base64.b64decode(VECTORS["contact"]["sealed"]), ring)
    assert write_contact(contact) == canonical
    assert read_contact(canonical) == contact


def test_a_recognition_code() -> None:
    frozen = VECTORS["recognition code"]
    assert write_code(bytes.fromhex(frozen["bytes"])) == frozen["text"]
    assert read_code(frozen["text"]).hex() == frozen["bytes"]


def test_tokens() -> None:
    frozen = VECTORS["tokens"]
    key, campaign = SharedKey.parse(frozen["link_key"], "link").raw, frozen["campaign"]
    expires = datetime.fromisoformat(frozen["expires"])
    accepted = {
        "confirmation": check_confirmation_token(
            key, campaign, frozen["confirmation"]["text"], expires - timedelta(seconds=1)
        ),
        "withdrawal": check_withdrawal_token(key, campaign, frozen["withdrawal"]["text"]),
        "code": check_confirmation_code(key, campaign, frozen["code"]["text"]),
    }
    for kind, found in accepted.items():
        assert (found.hex(), token_hash(found).hex()) == (frozen[kind]["accepted"], frozen[kind]["hash"])
    with pytest.raises(TokenExpired):
        check_confirmation_token(key, campaign, frozen["confirmation"]["text"], expires)


def test_a_box() -> None:
    frozen = VECTORS["box"]
    key = SharedKey.parse(frozen["key"], "spool").raw
    assert open_box(key, base64.b64decode(frozen["sealed"]), frozen["purpose"]).decode() == frozen["plaintext"]
