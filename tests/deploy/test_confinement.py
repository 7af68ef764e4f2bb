"""The server takes acts in a home where it can read and write no more than its systemd unit leaves it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.deploy.test_units import HOME, UNITS, values
from tests.faults.installation import CAMPAIGN, Installation, Supporter

from standwith.config.home import Home
from standwith.journal.store import Journal

AS_WHO_OBEYS_MODES = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []

# What each of these is to say, tried by a process that is confined like the server.
TRY = """
import sys
from pathlib import Path
for deed, name in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        if deed == "read":
            Path(name).read_bytes()
        elif deed == "make":
            Path(name).touch()
        else:
            Path(name).rename(name + ".taken")
    except PermissionError:
        print("no", deed, Path(name).name)
    else:
        print("yes", deed, Path(name).name)
"""


class Confined(Installation):
    """An installation whose server runs as the unit has it: file modes stand in for systemd's mounts.

    The superuser, whom modes do not bind, gives up its capabilities on the way.
    """

    def _start(self, command: str) -> "subprocess.Popen[bytes]":
        words = [*AS_WHO_OBEYS_MODES, sys.executable, "-m", "standwith", command, "--home", str(self.home)]
        return subprocess.Popen(words, stdout=self.log, stderr=self.log, start_new_session=True)

    def confine(self) -> None:
        """Take away what the unit takes away inside of the home."""
        writable, hidden = inside(self.home, "ReadWritePaths"), inside(self.home, "InaccessiblePaths")
        everything = [self.home, *(path for path in self.home.rglob("*") if not path.is_symlink())]
        for path in everything:
            if not any(path.is_relative_to(place) for place in writable):
                path.chmod(path.stat().st_mode & ~0o222)
        for path in hidden:
            path.chmod(0)

    def free(self) -> None:
        """Give everything back, so that it can be deleted."""
        for path in (self.home, *inside(self.home, "InaccessiblePaths")):
            path.chmod(0o700)
        subprocess.run(["chmod", "-R", "u+rwX", self.home], check=True)


def inside(home: Path, name: str) -> list[Path]:
    """The paths of a setting of the server's unit that lie in the home, as those of `home`."""
    paths = [Path(path.lstrip("-")) for path in values(UNITS[0], name)]
    return [home / path.relative_to(HOME) for path in paths if path.is_relative_to(HOME)]


@pytest.fixture(scope="module")
def confined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Confined]:
    if AS_WHO_OBEYS_MODES and not shutil.which("setpriv"):
        pytest.skip("setpriv is missing: the superuser cannot be confined")
    installation = Confined(tmp_path_factory.mktemp("confined"))
    installation.confine()
    try:
        installation.start_server()
        yield installation
    finally:
        installation.stop()
        installation.free()


def test_a_confined_server_takes_acts(confined: Confined) -> None:
    assert Supporter(confined).sign("amina@example.org"), confined.said()
    with Journal(Home(confined.home).journal) as journal:
        assert journal.last() == 1


def test_a_confined_server_shows_the_pages(confined: Confined) -> None:
    with urlopen(f"http://127.0.0.1:{confined.port}/en/{CAMPAIGN}/") as answer:
        assert (answer.status, b"/sign" in answer.read()) == (200, True)


def test_whoever_takes_it_over_reads_no_table_and_turns_no_page(confined: Confined) -> None:
    home = Home(confined.home)
    database = home.database
    reads = [database, f"{database}-wal", home.keys / "block.key", next(iter((home.keys / "clerk").iterdir()))]
    takes = [home.settings, home.manifest, home.site, home.keys / "clerk.pub", home.database.parent]
    makes = [home.path / "new", home.keys / "new", home.site / "index.html.new"]
    deeds = [("read", path) for path in reads] + [("take", path) for path in takes] + [("make", path) for path in makes]
    words = [str(word) for deed in deeds for word in deed]
    told = subprocess.run(
        [*AS_WHO_OBEYS_MODES, sys.executable, "-c", TRY, *words], capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == [f"no {deed} {Path(path).name}" for deed, path in deeds]
