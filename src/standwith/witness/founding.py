"""Founding a witness: its state, its list of logs and its key, made once by an explicit command.

Invariant: the key is written last, so that a key never stands without the state that it must not contradict; neither is
ever overwritten. A key whose state was lost is of no more use, and this says so in place of making a new state for it.
"""

import os
from pathlib import Path

from standwith.durable.files import sync_directories, write_atomically
from standwith.ledger.errors import LedgerError
from standwith.ledger.note import COSIGNATURE, Signer, make_signer
from standwith.witness.errors import WitnessRefused
from standwith.witness.logs import HEADER, LOGS
from standwith.witness.state import STATE, State, create_state


def found_witness(directory: Path, key: Path, name: str) -> Signer:
    """Make a witness of this name and return its key; raises WitnessRefused. OSError when the disk does not take it."""
    if key.exists():
        _refuse(directory, key)
    try:
        signer = make_signer(name, COSIGNATURE)
    except LedgerError:
        raise WitnessRefused(f"{name} cannot be a witness's name; it looks like act.example.org/witness.") from None
    directory.mkdir(mode=0o700, exist_ok=True)
    if (directory / STATE).exists():
        State(directory / STATE).close()  # of an earlier founding that was cut short, or of a key that was lost
    else:
        create_state(directory / STATE)
    if not (directory / LOGS).exists():
        write_atomically(directory / LOGS, HEADER, mode=0o600)
    sync_directories([directory.parent])
    _write_key(key, signer)
    return signer


def _refuse(directory: Path, key: Path) -> None:
    if (directory / STATE).exists():
        raise WitnessRefused(f"There is a witness already; its key is {key}. A key is never overwritten.")
    raise WitnessRefused(
        f"The witness has its key ({key}) but has lost its state in {directory}, and could contradict itself. If the "
        "state cannot be found again as it was last, remove the key, begin anew, and tell everybody the new key."
    )


def _write_key(path: Path, signer: Signer) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise WitnessRefused(f"There is a key in {path} already; a key is never overwritten.") from None
    with open(handle, "wb") as file:
        file.write(f"{signer}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    sync_directories([path.parent])
