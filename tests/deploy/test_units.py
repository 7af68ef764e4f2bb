"""The systemd units: systemd accepts every line, they start commands that exist, and the door sees no secret."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from standwith.config.home import Home
from standwith.config.settings import Settings

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = ("standwith-server.service", "standwith-clerk.service")
HOME = Path("/var/lib/standwith")
ANALYZE = shutil.which("systemd-analyze")
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "PrivateUsers": "yes",  # the two units run as one user: without it each could look into the other through /proc
    "MemoryDenyWriteExecute": "yes",
    "CapabilityBoundingSet": "",
    "LimitCORE": "0",
    "MemorySwapMax": "0",
    "User": "standwith",
}
LINE = re.compile(r"([A-Z]\w*)=(.*)")


def lines(unit: str) -> Iterator[tuple[str, str, str]]:
    """Section, name and value of every setting; fails on a line that is none of systemd's kinds."""
    section = ""
    for line in (DEPLOY / "systemd" / unit).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            match = LINE.fullmatch(line)
            assert match and section, f"{unit}: {line}"
            yield section, match[1], match[2]


def values(unit: str, name: str) -> list[str]:
    return [word for _, found, value in lines(unit) if found == name for word in value.split()]


def settled(unit: str, to: Path) -> Path:
    """A copy of the unit whose program exists on this machine, because systemd looks for it."""
    text = (DEPLOY / "systemd" / unit).read_text(encoding="utf-8")
    path = to / unit
    path.write_text(text.replace("/opt/standwith/.venv/bin/standwith", "/bin/true"), encoding="utf-8")
    return path


@pytest.mark.parametrize("unit", UNITS)
def test_every_line_stands_in_a_section_that_systemd_knows(unit: str) -> None:
    assert {section for section, _, _ in lines(unit)} == {"Unit", "Service", "Install"}


@pytest.mark.skipif(not ANALYZE, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_accepts_every_line(unit: str, tmp_path: Path) -> None:
    command = [ANALYZE, "verify", "--man=no", settled(unit, tmp_path)]
    verdict = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (verdict.returncode, [line for line in verdict.stderr.splitlines() if unit in line]) == (0, [])


@pytest.mark.skipif(not ANALYZE, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_calls_the_exposure_small(unit: str, tmp_path: Path) -> None:
    command = [ANALYZE, "security", "--offline=true", "--threshold=20", "--no-pager", settled(unit, tmp_path)]
    verdict = subprocess.run(command, capture_output=True, text=True, check=False)
    assert verdict.returncode == 0, verdict.stdout[-400:] + verdict.stderr


@pytest.mark.parametrize("unit", UNITS)
def test_the_unit_is_hardened(unit: str) -> None:
    found = {name: value for _, name, value in lines(unit) if name in HARDENED}
    assert found == HARDENED


@pytest.mark.parametrize(("unit", "verb"), [(UNITS[0], "serve"), (UNITS[1], "clerk")])
def test_the_unit_starts_the_command(unit: str, verb: str) -> None:
    assert values(unit, "ExecStart") == ["/opt/standwith/.venv/bin/standwith", verb, "--home", str(HOME)]


def test_the_door_sees_no_key_that_opens_no_table_of_the_clerk_and_no_letter() -> None:
    hidden = {Path(path.lstrip("-")) for path in values(UNITS[0], "InaccessiblePaths")}
    home = Home(HOME)
    secrets = {home.keys / "clerk", home.keys / "log.key", home.keys / "block.key", Path("/run/standwith")}
    not_its_business = {home.published, Path("/srv/standwith/folders"), Path("/var/backups")}
    assert hidden == secrets | {home.database.parent, home.mailbox, Path("/etc/standwith")} | not_its_business
    assert values(UNITS[0], "IPAddressDeny") == ["any"]
    assert values(UNITS[0], "IPAddressAllow") == ["localhost"]


def test_the_door_does_not_start_where_a_part_of_the_home_could_not_be_hidden() -> None:
    """A dash would let it start while the part is missing, and see it when it is made."""
    inside = [path for path in values(UNITS[0], "InaccessiblePaths") if Path(path.lstrip("-")).is_relative_to(HOME)]
    assert inside and not [path for path in inside if path.startswith("-")]


def test_the_door_may_change_the_journal_and_the_witness_and_the_clerk_the_home_and_the_site() -> None:
    assert values(UNITS[0], "ReadWritePaths") == [str(Home(HOME).journal.parent), f"-{HOME / 'witness'}"]
    assert values(UNITS[1], "ReadWritePaths") == [str(HOME), "/srv/standwith/site"]


def test_what_the_door_needs_is_not_hidden_from_it() -> None:
    hidden = [Path(path.lstrip("-")) for path in values(UNITS[0], "InaccessiblePaths")]
    home = Home(HOME)
    site = Path("/srv/standwith/site")  # where HOME/site leads
    keys = [home.keys / "link.key", home.keys / "clerk.pub"]
    needed = [home.settings, *keys, home.journal, home.manifest, home.site, site]
    assert [path for path in needed for place in hidden if path.is_relative_to(place)] == []


def test_nginx_hands_on_to_where_the_server_listens_by_itself() -> None:
    text = (DEPLOY / "nginx" / "standwith.conf").read_text(encoding="utf-8")
    assert f"server {Settings().listen};" in text
