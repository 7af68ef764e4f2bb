"""A home to decide in, and the example's people with a folder of their own: commands as two officers type them."""

import shutil
from pathlib import Path

from tests.faults.installation import EXAMPLE
from tests.typed import type_command

CAMPAIGN = "stand-with-belarus"
ZIMIN, SEREDA, PETRIKIN = "nikolai-zimin", "maxim-sereda", "vasili-petrikin"
ALEX, SAM = "Alex Example", "Sam Example"


class Office:
    """A folder and a home, and what is typed about them."""

    def __init__(self, place: Path) -> None:
        self.home, self.folder = place / "home", place / CAMPAIGN

    @classmethod
    def found(cls, place: Path) -> "Office":
        """A new home with a key and a log, and a copy of the example."""
        office = cls(place)
        shutil.copytree(EXAMPLE, office.folder)
        key = place / "custodian.key"
        office.succeed("key", key)
        public = next(line for line in _public_lines(key) if line)
        office.succeed("init", office.home, "--mail-relay", "mailbox", "--custodian-key", public)
        office.succeed("ledger", "init", "--home", office.home)
        return office

    def copy(self, place: Path) -> "Office":
        """The same once more, for a test of its own."""
        for part in (self.home, self.folder):
            shutil.copytree(part, place / part.name, symlinks=True)
        return Office(place)

    def type(self, *words: object, given: str = ""):
        """A command about this home, whatever comes of it."""
        return type_command(*words, given=given, STANDWITH_HOME=str(self.home))

    def succeed(self, *words: object) -> str:
        """What a command prints that must not fail."""
        done = self.type(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuse(self, *words: object) -> str:
        """The one sentence of a command that must be refused."""
        done = self.type(*words)
        assert done.returncode == 2, done.stdout + done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr

    def accept(self, *who: str, by: str = ALEX) -> str:
        return self.succeed("people", "accept", self.folder, *(who or ("--all",)), "--by", by, "--yes")

    def approve(self, *who: str, by: str = SAM) -> str:
        return self.succeed("people", "approve", self.folder, *(who or ("--all",)), "--by", by, "--yes")

    def publish(self) -> str:
        done = self.type("publish", self.folder)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def change(self, old: str, new: str, file: str = "people.csv") -> None:
        table = self.folder / file
        text = table.read_text(encoding="utf-8")
        assert old in text
        table.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def page(self) -> str:
        """The campaign's page as a reader sees it."""
        return (self.home / "site/en" / CAMPAIGN / "index.html").read_text(encoding="utf-8")


def _public_lines(key: Path) -> list[str]:
    from standwith.sealing.keys import SecretKey

    return [str(SecretKey.parse(key.read_text()).public)]
