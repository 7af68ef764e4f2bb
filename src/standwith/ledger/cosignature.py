"""Cosignatures: what a witness adds to a checkpoint, and when.

    — witness.example.net/a Jdqh4wAAAABpo4GAvCyLz7dQsrGjl8Dy...     base64( key id 4 | time 8 | Ed25519 64 )

Signed are the lines `cosignature/v1` and `time <seconds since 1970>`, and the whole text of the checkpoint. It says:
the largest tree of this log that I had seen by then is this one, and it has grown from every one that I saw before.
Invariant: a line written here is accepted by the Verifier of the same key. Whether to cosign, the witness decides.
Standard: C2SP tlog-cosignature, the Ed25519 kind.
"""

from standwith.ledger.errors import NoteRefused
from standwith.ledger.note import COSIGNATURE, Signature, Signer, cosigned_message

_TIME_BYTES = 8


def cosign(signer: Signer, text: str, time: int) -> str:
    """The line of a witness for the text of a checkpoint; `time` in seconds since 1970."""
    if signer.verifier.algorithm != COSIGNATURE:
        raise NoteRefused(f"The key {signer.name} is not one of a witness.")
    if not 0 <= time < 1 << 63:
        raise NoteRefused("The time of a cosignature is a number of seconds since 1970.")
    raw = time.to_bytes(_TIME_BYTES, "big") + signer.sign_bytes(cosigned_message(text, time))
    return str(Signature(signer.name, signer.verifier.key_id, raw))


def time_of(signature: Signature) -> int:
    """When a witness says it has cosigned. Check the signature first."""
    return int.from_bytes(signature.raw[:_TIME_BYTES], "big")
