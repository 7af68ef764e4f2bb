"""The logs that a witness watches: logs.txt, one on a line, written by people or by `standwith witness watch`.

    # Solidarity Federation, agreed with Noor on 3 May
    act.example.org/log+30e5dc0b+AW4b…  https://act.example.org/log

First the verifier key (signed-note vkey, Ed25519); its name is the log's origin. Then, for people, where the log lies.
Two keys of one name are two keys of one log: either may sign. Invariant: a line that cannot be read refuses the whole
file, with its number. Nothing here is fetched.
"""

from collections.abc import Mapping
from typing import NamedTuple

from standwith.ledger.errors import LedgerError
from standwith.ledger.note import ED25519, Verifier
from standwith.witness.errors import WitnessRefused

LOGS = "logs.txt"
HEADER = b"# The logs that this witness cosigns, a line each: KEY ADDRESS\n"


class Log(NamedTuple):
    """One line: a log's key, and where people find the log."""

    verifier: Verifier
    url: str


Logs = Mapping[str, tuple[Log, ...]]  # origin -> its lines


def read_logs(data: bytes) -> Logs:
    """The logs of a file by their origin. Raises WitnessRefused with the number of the first line that is wrong."""
    found: dict[str, tuple[Log, ...]] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        log = _read_line(words, number)
        origin = log.verifier.name
        if log.verifier in {other.verifier for other in found.get(origin, ())}:
            raise WitnessRefused(f"Line {number} of logs.txt: this key has a line already.")
        found[origin] = (*found.get(origin, ()), log)
    return found


def add_log(data: bytes, log: Log) -> bytes:
    """The file with one line more, all others as they were. Raises WitnessRefused when the key has one already."""
    gap = b"" if not data or data.endswith(b"\n") else b"\n"
    longer = data + gap + f"{log.verifier} {log.url}".rstrip().encode() + b"\n"
    read_logs(longer)
    return longer


def read_log_key(text: str) -> Verifier:
    """The key of a log from its vkey. Raises WitnessRefused with a sentence, also for a key of another kind."""
    try:
        verifier = Verifier.parse(text)
    except LedgerError:
        raise WitnessRefused("That is no verifier key; it looks like act.example.org/log+30e5dc0b+AW4b…") from None
    if verifier.algorithm != ED25519:
        raise WitnessRefused("That is the key of a witness, not of a log.")
    return verifier


def _read_line(words: list[str], number: int) -> Log:
    if len(words) > 2:
        raise WitnessRefused(f"Line {number} of logs.txt: a key and an address are all that a line may hold.")
    try:
        return Log(read_log_key(words[0]), words[1] if len(words) == 2 else "")
    except WitnessRefused as problem:
        raise WitnessRefused(f"Line {number} of logs.txt: {problem}") from None
