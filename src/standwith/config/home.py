"""The home of one installation: where its settings, keys, journal, database, published folders and site lie.

    HOME/
      standwith.toml      settings (settings.py)
      keys/               link.key, clerk.pub, clerk/, block.key, log.key, witness.key: never readable by others
      journal/            journal.sqlite: what the intake took and the clerk has not read yet
      tables/             standwith.sqlite: the clerk's tables
      manifest.json       compiled for the intake
      published/          a copy of every campaign folder as it was published
      site/               the public files
      site/log/           the ledger's public files, which the site's builder leaves alone
      policy              whose witness the ledger asks for (C2SP tlog-policy)
      witness/            what this installation cosigned for other logs
      custody/            test bundles of rehearsals under way
      mailbox/            letters, where the settings name "mailbox" in place of a relay

Each database has a directory of its own because SQLite lays two more files beside it, with the same content: so the
server can be given the journal and nothing else to write, and the tables can be hidden from it whole (deploy/systemd).
Invariant: nothing here is created by reading; `standwith init` creates a home, every other command refuses one
that is not there.
"""

from dataclasses import dataclass
from pathlib import Path


class HomeMissing(Exception):
    """There is no installation at this place, or it lost a part; the sentence says which and what to do."""


@dataclass(frozen=True)
class Home:
    """Paths of one installation; none is checked until `require`."""

    path: Path

    @property
    def settings(self) -> Path:
        return self.path / "standwith.toml"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def journal(self) -> Path:
        return self.path / "journal" / "journal.sqlite"

    @property
    def database(self) -> Path:
        return self.path / "tables" / "standwith.sqlite"

    @property
    def manifest(self) -> Path:
        return self.path / "manifest.json"

    @property
    def published(self) -> Path:
        return self.path / "published"

    @property
    def site(self) -> Path:
        return self.path / "site"

    @property
    def log(self) -> Path:
        return self.site / "log"

    @property
    def log_key(self) -> Path:
        return self.keys / "log.key"

    @property
    def policy(self) -> Path:
        return self.path / "policy"

    @property
    def witness(self) -> Path:
        return self.path / "witness"

    @property
    def witness_key(self) -> Path:
        return self.keys / "witness.key"

    @property
    def mailbox(self) -> Path:
        return self.path / "mailbox"

    def require(self) -> "Home":
        """Return this home, or raise HomeMissing when a part that `standwith init` made is not there."""
        if not self.path.is_dir():
            raise HomeMissing(f"There is no installation in {self.path}; make one with: standwith init {self.path}")
        made_by_init = (self.settings, self.keys / "link.key", self.keys / "clerk.pub", self.journal, self.database)
        for part in made_by_init:
            if not _is_there(part):
                raise HomeMissing(
                    f"{part} is missing; put it back from your backup, or make a new installation with: standwith init"
                )
        return self


def _is_there(path: Path) -> bool:
    """Whether there is such a file. One that lies in a directory hidden from this process is not missing."""
    try:
        path.stat()
    except PermissionError:
        return True
    except OSError:
        return False
    return True
