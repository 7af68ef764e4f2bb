"""Cosignatures: over which message, with which time, and which key."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from standwith.ledger.cosignature import cosign, time_of
from standwith.ledger.errors import NoteRefused
from standwith.ledger.note import Note, Signature, read_signatures, verified
from tests.ledger.examples import LOG_KEY, TIME, WITNESS_KEY

TEXT = "act.example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


def test_the_message_and_the_bytes() -> None:
    (signature,) = read_signatures(cosign(WITNESS_KEY, TEXT, TIME))
    assert signature[:2] == (WITNESS_KEY.name, WITNESS_KEY.verifier.key_id)
    assert signature.raw[:8] == TIME.to_bytes(8, "big")
    message = f"cosignature/v1\ntime {TIME}\n{TEXT}".encode()
    Ed25519PublicKey.from_public_bytes(WITNESS_KEY.verifier.raw).verify(signature.raw[8:], message)
    assert time_of(signature) == TIME


@pytest.mark.parametrize("time", [0, 1, 2**63 - 1])
def test_a_cosignature_is_believed(time: int) -> None:
    note = Note(TEXT, read_signatures(cosign(WITNESS_KEY, TEXT, time)))
    assert verified(note, [WITNESS_KEY.verifier]) == [WITNESS_KEY.name]


def test_another_time_is_another_cosignature() -> None:
    ((name, key_id, raw),) = read_signatures(cosign(WITNESS_KEY, TEXT, TIME))
    for time in (TIME + 1, 2**63, 2**64 - 1):
        with pytest.raises(NoteRefused):
            verified(Note(TEXT, (Signature(name, key_id, time.to_bytes(8, "big") + raw[8:]),)), [WITNESS_KEY.verifier])


@pytest.mark.parametrize("time", [-1, 2**63])
def test_times_beyond_what_the_format_has_are_refused(time: int) -> None:
    with pytest.raises(NoteRefused):
        cosign(WITNESS_KEY, TEXT, time)


def test_the_key_of_a_log_does_not_cosign() -> None:
    with pytest.raises(NoteRefused):
        cosign(LOG_KEY, TEXT, TIME)
