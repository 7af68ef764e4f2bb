"""Signed notes: text, a blank line, signatures; and the keys that sign them, each one line.

    act.example.org/log
    3
    ALIXCfZMCZXwYmcJhADkKmNr7R+bKOp68ipGs5SAJU0=

    — act.example.org/log wrIesJs29LSmLLNogYk+b77IQqdrR87Eyx6Yo94iIX5qfxp3ivkojtDyae9lAPIbJ7CpjT6gZVD749x9tAEhflomnQU=

    act.example.org/log+c2b21eb0+AY4Q04D9Ygt4A1ialzWcSN7WE/JEfJBIafekt/llJIkx                a verifier, public
    PRIVATE+KEY+act.example.org/log+c2b21eb0+AdivkAJdSH8m7tIUsq33/Ykpj6IJDXQF01YQnyMX76pK    a signer, secret

Algorithm 1 is Ed25519 over the text; algorithm 4 is the timestamped cosignature of a witness. Signatures of keys that
nobody asked about are carried along and ignored; that of a known key must be right, or the whole note is refused.
Invariant: what is read is what would be written, byte for byte. Which notes are checkpoints, checkpoint.py knows.
Standards: C2SP signed-note, C2SP tlog-cosignature, RFC 8032; keys as in Go's golang.org/x/mod/sumdb/note.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from standwith.ledger.errors import NoteRefused

ED25519, COSIGNATURE = 1, 4
_ALGORITHMS = (ED25519, COSIGNATURE)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f+\ud800-\udfff]")
_DASH = "— "
_PRIVATE = "PRIVATE+KEY+"
_MOST_SIGNATURES = 100
_TIME_BYTES, _SIGNATURE_BYTES = 8, 64


class Signature(NamedTuple):
    """One line below a note: whose key, and the bytes after the key's id."""

    name: str
    key_id: bytes
    raw: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {_base64(self.key_id + self.raw)}\n"


class Note(NamedTuple):
    """Text that ends in a newline, and its signatures, none of them checked yet."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a key. `str` gives the line that `parse` reads."""

    name: str
    key_id: bytes
    algorithm: int
    raw: bytes

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read the text form; raises NoteRefused."""
        name, named, algorithm, raw = _read_key(vkey)
        verifier = make_verifier(name, algorithm, raw)
        if verifier.key_id.hex() != named:
            raise NoteRefused("The key is mistyped: its id and its bytes don't belong together.")
        return verifier

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes((self.algorithm,)) + self.raw)}"

    def check(self, text: str, signature: bytes) -> None:
        """The signature (without the id of the key) is of this key over this text; raises NoteRefused."""
        time = b""
        if self.algorithm == COSIGNATURE:
            time, signature = signature[:_TIME_BYTES], signature[_TIME_BYTES:]
        try:
            if len(signature) != _SIGNATURE_BYTES or time[:1] > b"\x7f":
                raise InvalidSignature
            message = cosigned_message(text, int.from_bytes(time, "big")) if time else text.encode()
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise NoteRefused(f"The signature of {self.name} is not good.") from None


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs. `str` gives the secret line that `parse` reads: for a file of mode 0600 and nothing else."""

    verifier: Verifier
    _key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def parse(cls, skey: str) -> "Signer":
        """Read the text form; raises NoteRefused."""
        if not skey.startswith(_PRIVATE):
            raise NoteRefused(f"A secret key starts with {_PRIVATE}.")
        name, named, algorithm, seed = _read_key(skey.removeprefix(_PRIVATE))
        signer = _signer(name, algorithm, Ed25519PrivateKey.from_private_bytes(seed))
        if signer.verifier.key_id.hex() != named:
            raise NoteRefused("The secret key is mistyped: its id and its bytes don't belong together.")
        return signer

    def __str__(self) -> str:
        seed = bytes((self.verifier.algorithm,)) + self._key.private_bytes_raw()
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{_base64(seed)}"

    @property
    def name(self) -> str:
        """The name that stands before its signatures."""
        return self.verifier.name

    def sign(self, text: str) -> str:
        """The signature line for this text. Keys of witnesses sign with a time: cosignature.cosign."""
        if self.verifier.algorithm != ED25519:
            raise NoteRefused(f"The key {self.name} is for cosignatures only.")
        return str(Signature(self.name, self.verifier.key_id, self.sign_bytes(text.encode())))

    def sign_bytes(self, message: bytes) -> bytes:
        """The bare 64 bytes of Ed25519 over a message that a format of ours has built."""
        return self._key.sign(message)


def make_signer(name: str, algorithm: int = ED25519) -> Signer:
    """A new key under this name."""
    return _signer(name, algorithm, Ed25519PrivateKey.generate())


def make_verifier(name: str, algorithm: int, raw: bytes) -> Verifier:
    """The verifier of these 32 bytes; raises NoteRefused."""
    if algorithm not in _ALGORITHMS:
        raise NoteRefused(f"Keys of algorithm {algorithm} are not known here.")
    if not _is_name(name) or len(raw) != 32:
        raise NoteRefused("A key needs a name without spaces and plus signs, and 32 bytes.")
    key_id = hashlib.sha256(f"{name}\n".encode() + bytes((algorithm,)) + raw).digest()[:4]
    return Verifier(name, key_id, algorithm, raw)


def cosigned_message(text: str, time: int) -> bytes:
    """What a witness signs: when it saw this text, in seconds since 1970, and the text."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def read_note(data: bytes) -> Note:
    """The note in these bytes, its signatures unchecked; raises NoteRefused."""
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise NoteRefused("The note is not UTF-8.") from None
    if _CONTROL.search(whole):
        raise NoteRefused("The note holds control characters.")
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines:
        raise NoteRefused("The note has no signatures.")
    return Note(f"{text}\n", read_signatures(lines))


def read_signatures(lines: str) -> tuple[Signature, ...]:
    """The signatures on these lines, each of which ends in a newline; raises NoteRefused."""
    if not lines.endswith("\n"):
        raise NoteRefused("The note does not end in a newline.")
    each = lines[:-1].split("\n")
    if len(each) > _MOST_SIGNATURES:
        raise NoteRefused(f"The note has more than {_MOST_SIGNATURES} signatures.")
    return tuple(map(_read_signature, each))


def write_note(note: Note) -> bytes:
    """The bytes of a note; raises NoteRefused if they would not be read back."""
    data = "".join((note.text, "\n", *map(str, note.signatures))).encode()
    if read_note(data) != note:
        raise NoteRefused("A note like this could not be read back.")
    return data


def signed_by(note: Note, verifiers: Iterable[Verifier]) -> list[Verifier]:
    """Those of the verifiers whose signature is there, in their order; raises NoteRefused if one of theirs is wrong."""
    found = []
    for verifier in verifiers:
        theirs = [each.raw for each in note.signatures if each[:2] == (verifier.name, verifier.key_id)]
        for raw in theirs:
            verifier.check(note.text, raw)
        if theirs:
            found.append(verifier)
    return found


def verified(note: Note, verifiers: Iterable[Verifier]) -> list[str]:
    """The names of those who signed, at least one; raises NoteRefused if it is none, or if one signature is wrong."""
    names = [verifier.name for verifier in signed_by(note, verifiers)]
    if not names:
        raise NoteRefused("Nobody who is known here has signed the note.")
    return names


def decode_base64(text: str) -> bytes:
    """The bytes of standard base 64, written the one way it should be; raises NoteRefused."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        raise NoteRefused("That is not base 64.") from None
    if _base64(raw) != text:
        raise NoteRefused("That is base 64, but not the one way to write it.")
    return raw


def _signer(name: str, algorithm: int, key: Ed25519PrivateKey) -> Signer:
    return Signer(make_verifier(name, algorithm, key.public_key().public_bytes_raw()), key)


def _read_key(text: str) -> tuple[str, str, int, bytes]:
    """Name, id as written, algorithm and 32 bytes."""
    name, _, rest = text.partition("+")
    named, _, encoded = rest.partition("+")
    raw = decode_base64(encoded)
    if len(raw) != 33:
        raise NoteRefused("The key is cut short, or of a kind that is not known here.")
    return name, named, raw[0], raw[1:]


def _read_signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not _is_name(name):
        raise NoteRefused("A signature is a dash, the name of a key, and base 64.")
    raw = decode_base64(encoded)
    if len(raw) < 5:
        raise NoteRefused("A signature is cut short.")
    return Signature(name, raw[:4], raw[4:])


def _is_name(name: str) -> bool:
    return bool(name) and not any(map(str.isspace, name)) and not _NOT_IN_NAMES.search(name)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
