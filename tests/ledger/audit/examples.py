"""An audit of the invented log (tests/ledger/examples.py), from its commitment to its report; no tables, no server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from standwith.ledger.addendum import addendum_path
from standwith.ledger.audit.beacon import QUICKNET
from standwith.ledger.audit.check import Audits, read_audits
from standwith.ledger.audit.commit import Commit, write_commit
from standwith.ledger.audit.draw import Drawn
from standwith.ledger.audit.report import Report, make_report, write_report
from standwith.ledger.audit.results import Results
from standwith.ledger.audit.rubric import RUBRIC
from standwith.ledger.audit.tags import digest_of, write_tags
from standwith.ledger.checkpoint import Checkpoint, add_signatures, sign_checkpoint
from standwith.ledger.cosignature import cosign
from standwith.ledger.count import Counter
from standwith.ledger.policy import read_policy
from standwith.ledger.receipt import write_receipt
from standwith.ledger.tiles import Growth, Tree
from tests.ledger.examples import LOG_KEY, ORIGIN, TAGS, WITNESS_KEY, leaf

CAMPAIGN, SIZE, N = "stand-with-belarus", 300, 20
ROUND, VALUE = 27946612, "3c" * 32
DRAW_AT = datetime(2026, 4, 20, tzinfo=UTC)
TAGS_FILE = write_tags([], SIZE)
POLICY = read_policy(f"log {LOG_KEY.verifier}\nwitness noor {WITNESS_KEY.verifier}\nquorum none\n".encode())


def root_at(leaves: list[bytes], size: int) -> bytes:
    return Growth.of(leaves[:size]).root()


def counted(leaves: list[bytes], size: int, tag: bytes = TAGS[0]) -> list[int]:
    counter = Counter()
    counter.fold(leaves[:size])
    return list(counter.standing(tag))


def commitment(leaves: list[bytes], **changes: Any) -> Commit:
    usual = {
        "beacon": f"drand:{QUICKNET}:{ROUND}",
        "campaign": CAMPAIGN,
        "confidence": 95,
        "kind": "commit",
        "n": N,
        "root": root_at(leaves, SIZE).hex(),
        "rubric": RUBRIC,
        "size": SIZE,
        "tags": digest_of(TAGS_FILE),
        "time": DRAW_AT,
    }
    return Commit(**usual | changes)


def all_valid(drawn: Drawn, *invalid: str) -> Results:
    """Results in which the first records of the sample are as `invalid` says, and the others valid."""
    words = [*invalid, *["valid"] * (drawn.n - len(invalid))]
    return Results(drawn, dict(zip(map(str, drawn.sample), words, strict=True)))


@dataclass
class Invented:
    """The invented log of SIZE leaves, which grows by what a test states in it."""

    leaves: list[bytes] = field(default_factory=lambda: [leaf(index) for index in range(SIZE)])
    words: dict[bytes, bytes] = field(default_factory=dict)

    def state(self, said: tuple[bytes, bytes]) -> int:
        """Put a statement behind the other leaves; its index."""
        self.leaves.append(said[0])
        self.words[said[0][26:58]] = said[1]
        return len(self.leaves) - 1

    def commit(self, **changes: Any) -> int:
        return self.state(write_commit(commitment(self.leaves, **changes), ORIGIN))

    def report(self, drawn: Drawn, *invalid: str, change: Callable[[Report], Report] = lambda report: report) -> int:
        made = make_report(all_valid(drawn, *invalid), date(2026, 4, 21))
        return self.state(write_report(change(made), ORIGIN))

    def checkpoint(self, size: int | None = None, time: int | None = None) -> bytes:
        """Signed by the log; cosigned where a time is given."""
        number = len(self.leaves) if size is None else size
        checkpoint = Checkpoint(ORIGIN, number, root_at(self.leaves, number))
        plain = sign_checkpoint(checkpoint, LOG_KEY)
        return plain if time is None else add_signatures(plain, cosign(WITNESS_KEY, checkpoint.text(), time))

    def files(self) -> dict[str, bytes]:
        files = Growth().grow(self.leaves)
        files |= {addendum_path(digest): words for digest, words in self.words.items()}
        return files | {"checkpoint": self.checkpoint(), "policy": b""}

    def receipt(self, index: int, time: int | None = None) -> bytes:
        tree = Tree(self.files().__getitem__, len(self.leaves))
        return write_receipt(index, tree.inclusion(index), self.checkpoint(time=time), self.leaves[index])

    def read(self, files: Mapping[str, bytes] | None = None) -> Audits:
        return read_audits((files or self.files()).__getitem__, POLICY)
