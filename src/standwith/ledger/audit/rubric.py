"""The rubric: when a record that was drawn is valid. Its words stand in the ledger by their digest, before the draw.

It judges the lines that `standwith open --audit` writes, which hold no name and no address, only the domain.
Invariant: the words here are those that the digest is of; who changes a word changes the version. What cannot be opened
is told apart and counts as invalid. Doubt counts against the record, so that a bound is never too small for it.
"""

import hashlib
import re
from collections.abc import Collection, Iterable

import msgspec

from standwith.ledger.audit.commit import RubricName
from standwith.ledger.audit.tags import Known
from standwith.ledger.errors import AuditRefused

VERSION = 1
RESERVED = ("example", "invalid", "local", "localhost", "internal", "onion", "test")
RESERVED_NAMES = ("example.com", "example.net", "example.org")
THROW_AWAY = (
    "10minutemail.com",
    "guerrillamail.com",
    "mailinator.com",
    "sharklasers.com",
    "trashmail.com",
    "yopmail.com",
)
EVIDENCE = ("web form",)

TEXT = f"""\
standwith audit rubric, version {VERSION}

A record that was drawn is valid if all of these hold. The first that does not is the reason that the report gives.

unopened    It could be opened: the record was there, and shares of enough custodians fitted it.
commitment  It is the record that its leaf in the ledger stands for: the commitment and the code are its own.
text        The text that it names by digest is one that the campaign published.
consent     It holds the consent "sign".
evidence    It says that it came in by one of these ways: {", ".join(EVIDENCE)}. A signature that came in by the web
            form enters the ledger only after its mailbox has answered.
domain      The address is at a domain that can have mailboxes: two labels or more, and neither itself nor below
            {", ".join(RESERVED)},
            {", ".join(RESERVED_NAMES)}; nor is it one of throw-away addresses:
            {", ".join(THROW_AWAY)},
            and those that the custodians name besides.
tag         Where the custodians have the key of an epoch: the committed file of tags holds the signature, and if it
            says that epoch, the tag is the one that the key gives for this very record.
duplicate   No earlier signature is of the same person: in the committed file of tags none has the same epoch and tag,
            and among the records that were opened none has the same name at the same mailbox, and no two have other
            names at it.

Unopened counts as invalid.
"""
RUBRIC = RubricName(hashlib.sha256(TEXT.encode()).hexdigest(), VERSION)

VALID, UNOPENED = "valid", "unopened"
REASONS = ("commitment", "text", "consent", "evidence", "domain", "tag", "duplicate")
RESULTS = frozenset({VALID, UNOPENED, *(f"invalid:{reason}" for reason in REASONS)})
_NOT_IN_LABELS = re.compile(r"[\x00-\x2c\x2e\x2f\x3a-\x60\x7b-\xa0\s]")


class Line(msgspec.Struct, frozen=True):
    """What `standwith open --audit` says of a record; further fields are for people."""

    index: int
    opened: bool
    commitment: bool
    text: bool
    consent: bool
    domain: str
    evidence: str
    duplicate_of: int | None
    person: str = ""
    epoch: str = ""


def read_lines(data: bytes) -> list[Line]:
    """The lines of a file that `standwith open --audit` wrote; raises AuditRefused."""
    try:
        return [msgspec.json.decode(line, type=Line) for line in data.splitlines()]
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise AuditRefused("This is not what `standwith open --audit` wrote.") from None


def judge(line: Line | None, known: Known, throw_away: Collection[str] = ()) -> str:
    """The result for a record: one of RESULTS. `known`: what the committed file of tags says of the sample."""
    if line is None or not line.opened:
        return UNOPENED
    holds = {
        "commitment": line.commitment,
        "text": line.text,
        "consent": line.consent,
        "evidence": line.evidence in EVIDENCE,
        "domain": is_domain(line.domain) and not _within(line.domain, (*THROW_AWAY, *throw_away)),
        "tag": _is_tagged(line, known),
        "duplicate": line.duplicate_of is None and line.index not in known.repeated,
    }
    return next((f"invalid:{reason}" for reason in REASONS if not holds[reason]), VALID)


def is_domain(domain: str) -> bool:
    """Whether there could be mailboxes at this domain, in letters of whatever script."""
    labels = domain.lower().replace("。", ".").split(".")
    if len(labels) < 2 or labels[-1].isdigit() or _within(domain, (*RESERVED, *RESERVED_NAMES)):
        return False
    return all(
        0 < len(label) < 64
        and not label.startswith("-")
        and not label.endswith("-")
        and not _NOT_IN_LABELS.search(label)
        for label in labels
    )


def _is_tagged(line: Line, known: Known) -> bool:
    """Whether the committed tag is the record's own, as far as the key that was at hand can tell."""
    if not line.person:
        return True
    epoch, tag = known.rows.get(line.index, ("", ""))
    return bool(epoch) and (epoch != line.epoch or tag == line.person)


def _within(domain: str, names: Iterable[str]) -> bool:
    """Whether the domain is one of these or lies below one."""
    return any(f".{domain.lower()}".endswith(f".{name}") for name in names)
