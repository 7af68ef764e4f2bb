"""Policies: which logs one believes, which witnesses one asks, and how many of them have to agree.

    log act.example.org/log+c2b21eb0+AY4Q...                     https://act.example.org/log/
    witness federation-a witness.example.net/a+25daa1e3+BNr7...  https://witness.example.net/a/
    witness federation-b witness.example.com/b+5a6b7c8d+BEm0...
    group two-of-them 2 federation-a federation-b
    quorum two-of-them

Invariant: every name is defined before it is used and used in one group at most, so each witness weighs once. Names are
of this file only; bytes beyond ASCII stay as they are. Logs sign with Ed25519 keys, witnesses with cosignature/v1 keys:
other kinds could not be checked here and are refused rather than passed over.
Standard: C2SP tlog-policy.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from standwith.ledger.checkpoint import Checkpoint, add_signatures, read_checkpoint
from standwith.ledger.errors import NoteRefused, PolicyRefused
from standwith.ledger.note import COSIGNATURE, ED25519, Verifier, read_note, signed_by

NONE = "none"
_REFUSED = re.compile(rb"[^\t\n\x20-\x7e\x80-\xff]")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


class Witnessed(NamedTuple):
    """Which witnesses (by their names in the policy) have cosigned, of how many, and whether that is enough."""

    cosigned: tuple[str, ...]
    of: int
    satisfied: bool


class Group(NamedTuple):
    """At least `needed` of the members: witnesses or groups."""

    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy file, read. `quorum` is the name of a witness or group, or "none". A url may be empty."""

    logs: tuple[tuple[Verifier, str], ...]
    witnesses: Mapping[str, tuple[Verifier, str]]
    groups: Mapping[str, Group]
    quorum: str

    def witnessed(self, note: bytes) -> Witnessed:
        """Who of the witnesses has cosigned; raises NoteRefused if one of them did and it is wrong."""
        found = signed_by(read_note(note), [verifier for verifier, _ in self.witnesses.values()])
        cosigned = tuple(name for name, (verifier, _) in self.witnesses.items() if verifier in found)
        return Witnessed(cosigned, len(self.witnesses), self._is_quorum(cosigned))

    def accept(self, note: bytes) -> Checkpoint:
        """The checkpoint, if one of the logs has signed it and the quorum has cosigned it; raises NoteRefused."""
        read = read_note(note)
        checkpoint = read_checkpoint(read.text)
        if not signed_by(read, [log for log, _ in self.logs if log.name == checkpoint.origin]):
            raise NoteRefused(f"No log of the policy has signed the checkpoint of {checkpoint.origin}.")
        seen = self.witnessed(note)
        if not seen.satisfied:
            raise NoteRefused(f"{len(seen.cosigned)} of {seen.of} witnesses have cosigned, and that is not enough.")
        return checkpoint

    def gather(self, note: bytes, lines: bytes) -> tuple[bytes, int]:
        """The note with those of these signature lines that our witnesses made for it, and how many have cosigned then.

        Lines of others, lines for other notes and wrong ones are left out.
        """
        have = len(self.witnessed(note).cosigned)
        for line in lines.splitlines(keepends=True):
            try:
                longer = add_signatures(note, line)
                now = len(self.witnessed(longer).cosigned)
            except NoteRefused:
                continue
            if now > have:
                note, have = longer, now
        return note, have

    def _is_quorum(self, cosigned: tuple[str, ...]) -> bool:
        held = {NONE, *cosigned}
        for name, group in self.groups.items():  # members stand before their group
            if sum(member in held for member in group.members) >= group.needed:
                held.add(name)
        return self.quorum in held


def read_policy(data: bytes) -> Policy:
    """The policy in this file; raises PolicyRefused with the number of the line."""
    draft = _Draft()
    for draft.line, words in _lines(data):
        read = {"log": draft.log, "witness": draft.witness, "group": draft.group, "quorum": draft.choose}.get(words[0])
        if not read:
            raise draft.refusal("a line starts with log, witness, group or quorum")
        read(words[1:])
    if not draft.quorum:
        raise PolicyRefused(0, "there is no quorum line; write `quorum none` if no witness is needed")
    return Policy(tuple(draft.logs), draft.witnesses, draft.groups, draft.quorum)


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    lines = data.split(b"\n")
    if lines.pop():
        raise PolicyRefused(len(lines) + 1, "the last line does not end in a newline")
    for number, line in enumerate(lines, 1):
        if _REFUSED.search(line):
            raise PolicyRefused(number, "it holds a control character")
        words = [word.decode("utf-8", "surrogateescape") for word in re.split(rb"[ \t]+", line.strip(b" \t"))]
        if not words[0].startswith("#") and words[0]:
            yield number, words


@dataclass
class _Draft:
    """What has been read so far, and which line is being read."""

    line: int = 0
    logs: list[tuple[Verifier, str]] = field(default_factory=list)
    witnesses: dict[str, tuple[Verifier, str]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    quorum: str = ""

    def refusal(self, reason: str) -> PolicyRefused:
        return PolicyRefused(self.line, reason)

    def log(self, words: list[str]) -> None:
        if len(words) not in (1, 2):
            raise self.refusal("write `log <vkey> [<url>]`")
        key = self._key(words[0], ED25519, "a log")
        if any(key.raw == other.raw for other, _ in self.logs):
            raise self.refusal("the key of this log stands there already")
        self.logs.append((key, "".join(words[1:])))

    def witness(self, words: list[str]) -> None:
        if len(words) not in (2, 3):
            raise self.refusal("write `witness <name> <vkey> [<url>]`")
        name, key = self._new(words[0]), self._key(words[1], COSIGNATURE, "a witness")
        if any(key.raw == other.raw for other, _ in self.witnesses.values()):
            raise self.refusal("the key of this witness stands there already")
        self.witnesses[name] = key, "".join(words[2:])

    def group(self, words: list[str]) -> None:
        if len(words) < 3:
            raise self.refusal("write `group <name> <all, any or a number> <member>...`")
        name, quantity, *members = words
        self._new(name)
        for member in members:
            if self._defined(member) in self.members:
                raise self.refusal(f"{member} is a member of a group already")
            self.members.add(member)
        self.groups[name] = Group(self._needed(quantity, len(members)), tuple(members))

    def choose(self, words: list[str]) -> None:
        if self.quorum:
            raise self.refusal("there is a quorum line already")
        if len(words) != 1:
            raise self.refusal("write `quorum <name>`")
        self.quorum = words[0] if words[0] == NONE else self._defined(words[0])

    def _needed(self, quantity: str, members: int) -> int:
        needed = {"any": 1, "all": members}.get(quantity) or int(quantity if _NUMBER.fullmatch(quantity) else 0)
        if not 1 <= needed <= members:
            raise self.refusal(f"a group of {members} needs all, any, or a number from 1 to {members}")
        return needed

    def _new(self, name: str) -> str:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise self.refusal(f"the name {name} is taken")
        return name

    def _defined(self, name: str) -> str:
        if name not in self.witnesses and name not in self.groups:
            raise self.refusal(f"no line before this one defines {name}")
        return name

    def _key(self, vkey: str, algorithm: int, whose: str) -> Verifier:
        try:
            key = Verifier.parse(vkey)
        except NoteRefused as refused:
            raise self.refusal(f"the key of {whose} is refused: {refused}") from None
        if key.algorithm != algorithm:
            raise self.refusal(f"the key of {whose} is of algorithm {algorithm}, not {key.algorithm}")
        return key
