"""Founding a log: its key, its lock row and its first checkpoint, made once by an explicit command.

    HOME/keys/log.key      PRIVATE+KEY+act.example.org/log+…     readable by its owner only
    HOME/site/log/         checkpoint of size 0, then everything that is public

Invariant: nothing that is there is written over: a key, a log in the tables or a public checkpoint each refuse it. The
key is on disk before the tables know of the log, so there is no log without its key. Nothing else makes a log.
"""

import os
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from standwith.durable.files import sync_directories
from standwith.ledger.checkpoint import Checkpoint, sign_checkpoint
from standwith.ledger.errors import LogExists, NoLog, NoteRefused
from standwith.ledger.files import LogFiles
from standwith.ledger.merkle import EMPTY_ROOT
from standwith.ledger.models import Lock
from standwith.ledger.note import Signer, make_signer
from standwith.ledger.rows import ONLY, log_exists

KEY = "log.key"


def found_log(origin: str, directory: Path, keys: Path, now: datetime) -> Signer:
    """Make the log `origin` with its public files in `directory`; raises LogExists, or NoteRefused for a bad origin."""
    files, signer = LogFiles(directory), make_signer(origin)
    if log_exists():
        raise LogExists("There is a ledger already; an installation has one, and it is never made anew.")
    if files.checkpoint() is not None:
        raise LogExists(
            f"{directory} holds the checkpoint of a log already. Restore the tables and the key that belong to it, or "
            "move it away if it was only a trial."
        )
    _write_key(keys / KEY, signer)
    note = sign_checkpoint(Checkpoint(origin, 0, EMPTY_ROOT), signer)
    try:
        with transaction.atomic(durable=True):
            Lock.objects.create(
                pk=ONLY, origin=origin, founded=now, size=0, root=EMPTY_ROOT, checkpoint=note, cosigned=note
            )
    except IntegrityError:
        raise LogExists("Somebody else is making the ledger in this moment.") from None
    files.put_checkpoint(note)
    return signer


def read_signer(keys: Path) -> Signer:
    """The key that signs the log, from the directory of keys; raises NoLog."""
    try:
        return Signer.parse((keys / KEY).read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError, NoteRefused):
        raise NoLog(
            f"{keys / KEY} is missing or damaged; put it back from your backup, or make a ledger where there is none "
            "yet with: standwith ledger init --home HOME"
        ) from None


def first_policy(signer: Signer, url: str) -> bytes:
    """The policy of a log that has no witnesses yet; `url` is where its public files are."""
    return f"log {signer.verifier} {url}\nquorum none\n".encode()


def _write_key(path: Path, signer: Signer) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise LogExists(
            f"There is a key in {path} already, and a key is never written over. If no log was ever signed with it, "
            "for instance because the making of the ledger was cut short, remove the file and try again."
        ) from None
    with open(handle, "wb") as file:
        file.write(f"{signer}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    sync_directories([path.parent])
