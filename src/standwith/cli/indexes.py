"""Numbers of records in the ledger, as people type them: `3,7,10-20`; or a file with such numbers, or with a sample.

A sample is what `standwith audit draw` wrote; of it only the numbers of its records are looked at here.
"""

import re
from collections.abc import Set
from pathlib import Path

from standwith.cli.refusal import Refusal
from standwith.ledger.audit.draw import read_drawn
from standwith.ledger.errors import AuditRefused

MOST = 10_000_000
_PART = re.compile(r"([0-9]{1,18})(?:-([0-9]{1,18}))?")


def read_indexes(typed: str, sample: Path | None = None, option: str = "--indexes") -> Set[int] | None:
    """The numbers that were typed and those in the file; None where neither was given. Raises Refusal."""
    if not typed and sample is None:
        return None
    found = _numbers(typed, option)
    if sample is not None:
        try:
            found |= _in_file(sample.read_bytes(), str(sample))
        except OSError as error:
            raise Refusal(f"{sample}: {error.strerror}.") from None
        except (UnicodeDecodeError, AuditRefused):
            raise Refusal(f"{sample} is neither a sample nor a list of numbers.") from None
    return found


def _in_file(data: bytes, where: str) -> set[int]:
    return set(read_drawn(data).sample) if data.startswith(b"{") else _numbers(data.decode(), where)


def _numbers(text: str, where: str) -> set[int]:
    found: set[int] = set()
    for part in re.split(r"[,\s]+", text.strip()) if text.strip() else ():
        match = _PART.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if last < first:
            raise Refusal(f"{where}: “{part[:40]}” is no number of a record; write them like 3,7,10-20.")
        if len(found) + last - first >= MOST:
            raise Refusal(f"{where}: these are more than {MOST} records; leave it out to take all.")
        found |= {*range(first, last + 1)}
    return found
