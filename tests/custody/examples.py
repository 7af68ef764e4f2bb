"""An invented log with signatures of two campaigns in it, and bundles of one of them. No tables, no server."""

import io
from dataclasses import replace
from datetime import date
from functools import cache

from standwith.custody.shares import Shares, SharesHead, write_shares
from standwith.ledger.checkpoint import Checkpoint, sign_checkpoint
from standwith.ledger.leaf import campaign_tag, make_signature, withdraw_hash
from standwith.ledger.note import Signer, make_signer
from standwith.ledger.tiles import Growth, Tree
from standwith.sealing.bundle import Bundle, BundleEntry, BundleHead, write_bundle
from standwith.sealing.record import Record, commitment
from standwith.sealing.unlock import open_share
from tests.sealing.examples import seal, three

CAMPAIGN, OTHER, ORIGIN = "stand-with-examples", "another-cause", "act.example.org/log"
TEXT = "a" * 64
KEYS = three()
PUBLIC = tuple(str(secret.public) for secret in KEYS)


@cache
def signer() -> Signer:
    """The key of the invented log."""
    return make_signer(ORIGIN)


def record(number: int = 0, campaign: str = CAMPAIGN, **changed) -> Record:
    """What one person gave; another one for every number."""
    usual = {
        "campaign": campaign,
        "name": f"Person {number}",
        "address": f"person{number}@example.org",
        "country": "TN",
        "organisation": "",
        "consents": (("sign", "c" * 64), ("news_owner", "d" * 64)),
        "text": TEXT,
        "language": "ar",
        "evidence": "web form",
        "salt": number.to_bytes(32, "big"),
        "code": number.to_bytes(16, "big"),
        "made": date(2026, 3, 1),
    }
    return Record(**usual | changed)


def leaf_of(found: Record, campaign: str = "") -> bytes:
    """The leaf that stands for a record."""
    tag = campaign_tag(ORIGIN, campaign or found.campaign)
    return make_signature(tag, found.code, commitment(found), withdraw_hash(commitment(found)[:16]))


def make_bundle(
    records: list[Record],
    *,
    secrets=None,
    needed: int = 2,
    head: dict | None = None,
    spoil=lambda entries: entries,
    leaves: list[bytes] | None = None,
    only=None,
) -> bytes:
    """A bundle of these records, with another campaign's signature before each; their indexes are 1, 3, 5, …

    `spoil` takes the entries and gives those that are written; `leaves` may differ from what the records call for.
    """
    log = []
    for number, found in enumerate(records):
        log += [leaf_of(record(number, OTHER)), leaves[number] if leaves else leaf_of(found)]
    growth, files = Growth(), {}
    files |= growth.grow(log)
    tree = Tree(files.__getitem__, len(log))
    entries = [
        BundleEntry(index, log[index], tuple(tree.inclusion(index)), seal(found, secrets or KEYS, needed))
        for index, found in zip(range(1, len(log), 2), records, strict=True)
        if only is None or index in only
    ]
    checkpoint = sign_checkpoint(Checkpoint(ORIGIN, len(log), growth.root()), signer()).decode()
    said = {
        "campaign": CAMPAIGN,
        "texts": {TEXT: ("ar", 2)},
        "origin": ORIGIN,
        "log_key": str(signer().verifier),
        "checkpoint": checkpoint,
        "needed": needed,
        "custodians": tuple(str(secret.public) for secret in secrets or KEYS),
    }
    file = io.BytesIO()
    write_bundle(file, BundleHead(**said | (head or {})), spoil(entries))
    return file.getvalue()


def read_bundle(data: bytes) -> Bundle:
    """The bundle in these bytes."""
    return Bundle.read(io.BytesIO(data))


def make_shares(bundle: Bundle, secret, *, indexes=None, change=lambda share: share, head: dict | None = None) -> bytes:
    """A custodian's file of shares of a bundle."""
    file = io.BytesIO()
    shares = ((entry.index, change(open_share(entry.sealed, secret))) for entry in bundle.entries(indexes))
    said = {"campaign": bundle.head.campaign, "bundle": bundle.digest.hex(), "custodian": secret.id.hex()}
    write_shares(file, SharesHead(**said | (head or {})), shares)
    return file.getvalue()


def read_shares(data: bytes) -> Shares:
    """The shares in these bytes."""
    return Shares.read(io.BytesIO(data))


def with_sealed(entry: BundleEntry, sealed: bytes) -> BundleEntry:
    """The entry with another sealed record."""
    return replace(entry, sealed=sealed)
