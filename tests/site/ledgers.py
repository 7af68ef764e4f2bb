"""A small log in a directory, with everything in it that a page can meet; no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from standwith.ledger.checkpoint import Checkpoint, add_signatures, sign_checkpoint
from standwith.ledger.cosignature import cosign
from standwith.ledger.leaf import (
    Kind,
    Reason,
    campaign_tag,
    make_signature,
    make_statement,
    make_void,
    make_withdrawal,
    withdraw_hash,
)
from standwith.ledger.note import COSIGNATURE, Signer, make_signer
from standwith.ledger.receipt import write_receipt
from standwith.ledger.tiles import Growth, Tree
from standwith.site.ledger import LedgerShown

TIME = 1_605_875_000
WITNESSES = ("federation-a", "federation-b", "federation-c")
WITHDRAWN, VOIDED, STATEMENT = (40, 500), (41, 501), 7  # (target, where it is said)


def code_of(index: int) -> bytes:
    """The recognition code of signature `index`."""
    return sha256(f"code {index}".encode()).digest()[:16]


@dataclass
class Log:
    """A log at `origin` in `directory`, with its keys; `campaign` has most of its signatures."""

    origin: str
    url: str
    directory: Path
    campaign: str = "belarus"
    signer: Signer = field(init=False)
    witnesses: Mapping[str, Signer] = field(init=False)
    leaves: list[bytes] = field(init=False, default_factory=list)
    files: dict[str, bytes] = field(init=False, default_factory=dict)
    note: bytes = field(init=False, default=b"")

    def __post_init__(self) -> None:
        self.signer = make_signer(self.origin)
        self.witnesses = {name: make_signer(f"{name}.example.net", COSIGNATURE) for name in WITNESSES}

    @property
    def policy(self) -> str:
        """This log, three witnesses, two of them needed."""
        keys = "".join(f"witness {name} {key.verifier}\n" for name, key in self.witnesses.items())
        return f"log {self.signer.verifier} {self.url}\n{keys}group two 2 {' '.join(self.witnesses)}\nquorum two\n"

    @property
    def shown(self) -> LedgerShown:
        """What the site is told of it."""
        return LedgerShown(origin=self.origin, vkey=str(self.signer.verifier), policy=self.policy, log_url=self.url)

    def leaf(self, index: int) -> bytes:
        """Leaf `index`: a signature, but for a few."""
        tag = campaign_tag(self.origin, self.campaign if index % 10 else "other")
        if index == WITHDRAWN[1]:
            return make_withdrawal(campaign_tag(self.origin, "other"), WITHDRAWN[0], bytes(16))
        if index == VOIDED[1]:
            return make_void(campaign_tag(self.origin, self.campaign), VOIDED[0], Reason.DUPLICATE)
        if index == STATEMENT:
            return make_statement(Kind.TEXT, tag, b"text")
        return make_signature(tag, code_of(index), sha256(b"%d" % index).digest(), withdraw_hash(bytes(16)))

    def grow(self, size: int, *, cosigned: Sequence[str] = WITNESSES[:2]) -> bytes:
        """Let it grow to this size; return the checkpoint."""
        self.leaves += [self.leaf(index) for index in range(len(self.leaves), size)]
        return self.publish(cosigned=cosigned)

    def publish(self, *, cosigned: Sequence[str] = WITNESSES[:2]) -> bytes:
        """Write all files of the leaves as they are."""
        growth = Growth()
        self.files = growth.grow(self.leaves)
        self.note = self.sign(growth.size, growth.root(), cosigned=cosigned)
        for path, data in {**self.files, "checkpoint": self.note, "policy": self.policy.encode()}.items():
            (self.directory / path).parent.mkdir(parents=True, exist_ok=True)
            (self.directory / path).write_bytes(data)
        return self.note

    def sign(self, size: int, root: bytes, *, cosigned: Sequence[str]) -> bytes:
        """A checkpoint signed by the log and these witnesses."""
        checkpoint = Checkpoint(self.origin, size, root)
        lines = "".join(cosign(self.witnesses[name], checkpoint.text(), TIME) for name in cosigned)
        plain = sign_checkpoint(checkpoint, self.signer)
        return add_signatures(plain, lines) if lines else plain

    def receipt(self, index: int) -> bytes:
        """The receipt of a leaf in the ledger as it is."""
        tree = Tree(self.files.__getitem__, len(self.leaves))
        return write_receipt(index, tree.inclusion(index), self.note, self.leaves[index])
