"""A small published log: the invented leaves and a few statements, signed, witnessed by two, with a receipt.

Every byte of it is covered by something: the policy asks for both witnesses and has neither comment nor address, and
nobody has signed whom the policy does not name. The roll, which is signed by nobody, is not part of it.
"""

import base64
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from standwith.ledger.addendum import addendum_path, write_addendum
from standwith.ledger.checkpoint import Checkpoint, add_signatures, sign_checkpoint
from standwith.ledger.cosignature import cosign
from standwith.ledger.leaf import Kind, make_statement
from standwith.ledger.note import COSIGNATURE, ED25519, Signer, make_verifier
from standwith.ledger.receipt import write_receipt
from standwith.ledger.tiles import Growth, Tree
from tests.ledger.examples import LOG_KEY, ORIGIN, TAGS, TIME, WITNESS_KEY, digest, leaf

SIZE = 300
CAMPAIGNS = ("stand-with-belarus", "stand-with-myanmar")
TEXT = b"standwith/text/1\nlanguage pl\nblock 4\nOto.\n"

Files = dict[str, bytes]


def signer(name: str, algorithm: int) -> Signer:
    """A key made of its name, the same on every machine."""
    seed = digest(name, algorithm)
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    key_id = make_verifier(name, algorithm, public).key_id.hex()
    return Signer.parse(f"PRIVATE+KEY+{name}+{key_id}+{base64.b64encode(bytes((algorithm,)) + seed).decode()}")


SECOND_WITNESS = signer("witness.example.com/b", COSIGNATURE)
STRANGER = signer(ORIGIN, ED25519)  # says that it is this log, and is not
WITNESSES = {"north": WITNESS_KEY, "south": SECOND_WITNESS}
STATEMENTS: Mapping[int, tuple[Kind, int, bytes]] = {  # index -> kind, campaign, addendum
    0: (Kind.KEYS, 0, write_addendum({"campaign": CAMPAIGNS[0], "custodians": [], "needed": 2})),
    1: (Kind.KEYS, 1, write_addendum({"campaign": CAMPAIGNS[1], "custodians": [], "needed": 2})),
    2: (Kind.TEXT, 0, TEXT),
    5: (Kind.CLOSE, 1, write_addendum({"campaign": CAMPAIGNS[1], "closed": "2026-03-01"})),
}


def leaf_at(index: int) -> bytes:
    """Leaf `index` of the published log."""
    if index in STATEMENTS:
        kind, campaign, addendum = STATEMENTS[index]
        return make_statement(kind, TAGS[campaign], addendum)
    return leaf(index)


@cache
def leaves(size: int = SIZE) -> list[bytes]:
    """The first leaves of the published log."""
    return [leaf_at(index) for index in range(size)]


def policy(**changes: str) -> bytes:
    """Whom to believe: this log, and both witnesses."""
    lines = {"log": f"log {LOG_KEY.verifier}"}
    lines |= {name: f"witness {name} {key.verifier}" for name, key in WITNESSES.items()}
    lines |= {"group": "group both all north south", "quorum": "quorum both"}
    return "".join(f"{line}\n" for line in (lines | changes).values() if line).encode()


def sign(size: int, root: bytes, *, by: Signer = LOG_KEY, witnesses: Mapping[str, Signer] = WITNESSES) -> bytes:
    """A checkpoint, signed and cosigned."""
    checkpoint = Checkpoint(ORIGIN, size, root)
    cosigned = "".join(cosign(key, checkpoint.text(), TIME) for key in witnesses.values())
    plain = sign_checkpoint(checkpoint, by)
    return add_signatures(plain, cosigned) if cosigned else plain


def publish(grown: list[bytes]) -> Files:
    """All files of a log of these leaves, as its directory holds them when it grew in one step."""
    growth = Growth()
    files = growth.grow(grown)
    bodies = [body for _, _, body in STATEMENTS.values()]
    digests = {each[26:58]: body for body in bodies for each in (make_statement(Kind.TEXT, TAGS[0], body),)}
    files |= {addendum_path(each[26:58]): digests[each[26:58]] for each in grown if each[26:58] in digests}
    return files | {"checkpoint": sign(growth.size, growth.root()), "policy": policy()}


@cache
def _published(size: int) -> Files:
    return publish(leaves(size))


def published(size: int = SIZE) -> Files:
    """The files of the published log, in a dict of one's own."""
    return dict(_published(size))


def receipt(index: int, files: Files) -> bytes:
    """The receipt of a leaf of the log of SIZE leaves."""
    tree = Tree(files.__getitem__, SIZE)
    return write_receipt(index, tree.inclusion(index), files["checkpoint"], tree.leaf(index))


def lay_out(files: Files, directory: Path) -> Path:
    """Write the files into a directory."""
    for path, data in files.items():
        place = directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return directory


def changed(path: str, change: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    """Damage: one file changed."""

    def damage(files: Files) -> None:
        files[path] = change(files[path])

    return damage


def gone(path: str) -> Callable[[Files], None]:
    """Damage: one file lost."""
    return lambda files: files.pop(path) and None


def forged(grown: list[bytes], **how: object) -> Callable[[Files], None]:
    """Damage: other leaves, with all their tiles, and a checkpoint of our own making."""

    def damage(files: Files) -> None:
        made = publish(grown)
        growth = Growth.of(grown)
        files.update(made)
        files["checkpoint"] = sign(growth.size, growth.root(), **how) if how else published()["checkpoint"]

    return damage


def flip(data: bytes, bit: int) -> bytes:
    """The bytes with one bit turned over."""
    other = bytearray(data)
    other[bit // 8] ^= 1 << bit % 8
    return bytes(other)


FULL, PART = "tile/entries/000", f"tile/entries/001.p/{SIZE - 256}"
_OTHER = [*leaves()[:7], leaves()[8], leaves()[7], *leaves()[9:]]

DAMAGES: Mapping[str, tuple[int, Callable[[Files], None]]] = {  # what -> exit status of every verifier, and how
    "a leaf changed": (1, changed(FULL, lambda data: flip(data, 8 * 78 * 30 + 300))),
    "a leaf changed in the partial bundle": (1, changed(PART, lambda data: flip(data, 8 * 78 * 3 + 300))),
    "two leaves swapped": (1, changed(FULL, lambda data: data[78:156] + data[:78] + data[156:])),
    "a leaf cut off": (1, changed(PART, lambda data: data[:-78])),
    "a leaf added": (1, changed(PART, lambda data: data + data[-78:])),
    "a byte cut off": (1, changed(PART, lambda data: data[:-1])),
    "an empty bundle": (1, changed(FULL, lambda data: b"")),
    "a length changed": (1, changed(FULL, lambda data: flip(data, 8))),
    "a bundle lost": (2, gone(FULL)),
    "the partial bundle lost": (2, gone(PART)),
    "the checkpoint lost": (2, gone("checkpoint")),
    "the policy lost": (2, gone("policy")),
    "the size changed": (1, changed("checkpoint", lambda data: data.replace(b"\n300\n", b"\n299\n"))),
    "another root": (1, changed("checkpoint", lambda data: data.replace(data.split(b"\n")[2], b"A" * 43 + b"="))),
    "another origin": (1, changed("checkpoint", lambda data: data.replace(b"act.", b"act2."))),
    "an empty checkpoint": (1, changed("checkpoint", lambda data: b"")),
    "a checkpoint that is no text": (1, changed("checkpoint", lambda data: b"\xff" + data)),
    "no signature of the log": (1, changed("checkpoint", lambda data: _without(data, 0))),
    "one witness less": (1, changed("checkpoint", lambda data: _without(data, 2))),
    "a cosignature changed": (1, changed("checkpoint", lambda data: data[:-40] + b"A" * 20 + data[-20:])),
    "signed with another key": (1, forged(leaves(), by=STRANGER)),
    "other leaves and their tiles": (1, forged(_OTHER)),
    "other leaves, signed with another key": (1, forged(_OTHER, by=STRANGER)),
    "other leaves, signed by the log, no witness": (1, forged(_OTHER, witnesses={})),
    "a policy without a quorum": (1, changed("policy", lambda data: policy(quorum=""))),
    "a policy that is no text": (1, changed("policy", lambda data: b"\xff\xfe" + data)),
    "a policy with a mistyped key": (1, changed("policy", lambda data: data.replace(b"log+c2", b"log+c3"))),
    "a policy that asks for a witness who did not sign": (
        1,
        changed("policy", lambda data: policy(quorum=f"witness east {signer('e', 4).verifier}\nquorum east")),
    ),
}


def _without(note: bytes, line: int) -> bytes:
    text, _, signatures = note.rpartition(b"\n\n")
    kept = signatures.splitlines(keepends=True)
    del kept[line]
    return text + b"\n\n" + b"".join(kept)
