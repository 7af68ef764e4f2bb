"""Two federations cosign each other: real installations, real servers, real sockets, all on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from standwith.ledger.errors import NoteRefused
from tests.witness.federation import Federation


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Federation, Federation]]:
    """Two that have agreed with each other and are open."""
    one, other = Federation(tmp_path / "one"), Federation(tmp_path / "other")
    try:
        one.ask(other)
        other.ask(one)
        one.start()
        other.start()
        yield one, other
    finally:
        one.stop()
        other.stop()


def test_two_federations_cosign_each_other(two: tuple[Federation, Federation]) -> None:
    for size, leaves in ((3, 3), (300, 297), (300, 0)):
        for federation in two:
            assert federation.work(leaves) == {"size": size, "cosigned": 1}
            assert federation.shown().size == size
    one, other = two
    assert "has cosigned it" in one.type("witness", "status")
    assert f"127.0.0.1:{one.port}/log: cosigned up to 300 leaves" in other.type("witness", "status")


def test_a_witness_that_is_away_or_killed_holds_up_nobody_and_catches_up(two: tuple[Federation, Federation]) -> None:
    one, other = two
    assert one.work(5) == {"size": 5, "cosigned": 1}
    other.stop()
    assert one.work(5) == {"size": 10, "cosigned": 0}
    with pytest.raises(NoteRefused, match="not enough"):
        one.shown()
    assert one.work(300) == {"size": 310, "cosigned": 0}
    other.start()
    assert one.work(0) == {"size": 310, "cosigned": 1}
    assert one.shown().size == 310


def test_a_restored_backup_is_noticed_by_the_witness_and_signs_nothing(
    tmp_path: Path, two: tuple[Federation, Federation]
) -> None:
    one, _ = two
    one.work(5)
    one.back_up(tmp_path / "backup")
    one.work(5)
    one.restore(tmp_path / "backup")
    assert f"port-{two[1].port}" in one.work(5)["refused"]
    assert not (one.home.log / "checkpoint").exists()


def test_two_of_three(tmp_path: Path, two: tuple[Federation, Federation]) -> None:
    one, other = two
    third = Federation(tmp_path / "third")
    try:
        third.ask(one)
        third.ask(other, "--quorum", 2)
        assert third.work(9) == {"size": 9, "cosigned": 2}
        assert third.shown().size == 9
        other.stop()
        assert third.work(1) == {"size": 10, "cosigned": 1}
        with pytest.raises(NoteRefused, match="1 of 2 witnesses have cosigned, and that is not enough"):
            third.shown()
    finally:
        third.stop()
