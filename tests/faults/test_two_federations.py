"""Two installations on one machine, server and clerk each, cosign one another; one that is away delays nothing."""

import time
from pathlib import Path

from standwith.ledger.policy import Witnessed, read_policy
from tests.faults.installation import Installation, Supporter


def test_two_installations_witness_each_other_and_a_missing_one_delays_nothing(tmp_path: Path) -> None:
    north, south = (found(tmp_path / name) for name in ("north", "south"))
    try:
        for each, other in ((north, south), (south, north)):
            agree(each, other)
        for each in (north, south):
            each.start_server()
            each.start_clerk()
        assert wait_for_witness(north).cosigned == ("other",)
        assert wait_for_witness(south).satisfied
        south.kill_server()  # the witness of the north is gone; its own clerk goes on counting
        count_somebody(north)
        north.wait_until_shown(1)
        assert witnessed(north).cosigned == ()
        south.start_server()
        count_somebody(north, "noor@example.org")
        north.wait_until_shown(2)
        assert wait_for_witness(north).cosigned == ("other",)
    finally:
        north.stop()
        south.stop()


def found(place: Path) -> Installation:
    place.mkdir()
    return Installation(place)


def agree(each: Installation, other: Installation) -> None:
    """`each` has its log cosigned by `other`, who watches it."""
    address = f"http://127.0.0.1:{other.port}/witness"
    other.type("witness", "watch", log_key(each), f"http://127.0.0.1:{each.port}/log")
    each.type("witness", "trust", "other", witness_key(other), address)


def log_key(installation: Installation) -> str:
    return str(read_policy((installation.home / "policy").read_bytes()).logs[0][0])


def witness_key(installation: Installation) -> str:
    from standwith.ledger.note import Signer

    return str(Signer.parse((installation.home / "keys" / "witness.key").read_text().strip()).verifier)


def witnessed(installation: Installation) -> Witnessed:
    """What the public checkpoint says, held against the public policy."""
    log = installation.home / "site" / "log"
    return read_policy((log / "policy").read_bytes()).witnessed((log / "checkpoint").read_bytes())


def wait_for_witness(installation: Installation, seconds: float = 90) -> Witnessed:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not witnessed(installation).cosigned:
        time.sleep(0.1)
    return witnessed(installation)


def count_somebody(installation: Installation, address: str = "amina@example.org") -> None:
    supporter = Supporter(installation)
    assert supporter.sign(address)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        letters = [path for to, path in installation.mails() if to == address]
        if letters:
            assert supporter.confirm(letters[0])
            return
        time.sleep(0.1)
    raise AssertionError(f"no letter came: {installation.said()}")
