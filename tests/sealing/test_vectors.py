"""Frozen vectors: what was sealed by the first version opens today, and is written the same way today."""

import base64
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from standwith.sealing.box import open_box
from standwith.sealing.errors import TokenExpired
from standwith.sealing.keys import PublicKey, SecretKey, SharedKey
from standwith.sealing.record import read_contact, read_record, write_contact, write_record
from standwith.sealing.tokens import (
    check_confirmation_code,
    check_confirmation_token,
    check_withdrawal_token,
    token_hash,
)
from standwith.sealing.unlock import make_keyring, open_contact, open_record

VECTORS: Any = json.loads((Path(__file__).parents[1] / "vectors/sealing-1.json").read_text())


@pytest.mark.parametrize("purpose", ["custodian", "clerk"])
def test_keys(purpose: str) -> None:
    lines = VECTORS[purpose]
    secret = SecretKey.parse(lines["secret"])
    assert (str(secret), str(secret.public)) == (lines["secret"], lines["public"])
    assert str(PublicKey.parse(lines["public"])) == lines["public"]


def test_a_sealed_record() -> None:
    canonical = VECTORS["record"]["canonical"].encode()
    record = open_record(base64.b64decode(VECTORS["record"]["sealed"]), SecretKey.parse(VECTORS["custodian"]["secret"]))
    assert write_record(record) == canonical
    assert read_record(canonical) == record
    assert (record.name, record.country, record.made.isoformat()) == ("Éilis O'Neill-李", "IE", "2026-03-01")


def test_a_sealed_contact() -> None:
    canonical = VECTORS["contact"]["canonical"].encode()
    ring = make_keyring(SecretKey.parse(VECTORS["clerk"]["secret"]))
    contact = open_contact(base64.b64decode(VECTORS["contact"]["sealed"]), ring)
    assert write_contact(contact) == canonical
    assert read_contact(canonical) == contact


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
