"""Go's own packages accept our log, and make the same log from the same leaves.

Where Go isn't installed, nothing is skipped: a log is the same bytes on every machine, so the log that Go accepted when
the vectors were recorded is compared byte for byte with the one that is written now.
"""

from pathlib import Path

import pytest

from tests.ledger.second_opinion import (
    CHANGED,
    LARGE_SIZES,
    SIZES,
    accepted_by_go,
    expected,
    go_is_here,
    made_by_go,
    write_log,
)
from tests.ledger.test_vectors import VECTORS


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Go program; it is built when it is first asked."""
    return tmp_path_factory.mktemp("go") / "program"


@pytest.mark.parametrize(("number", "sizes"), [(0, SIZES), (1, LARGE_SIZES)], ids=["small", "large"])
def test_go_accepts_every_checkpoint_pair_leaf_and_receipt(
    tmp_path: Path, program: Path, number: int, sizes: tuple[int, ...]
) -> None:
    frozen = VECTORS["accepted_by_go"][number]
    assert tuple(frozen["sizes"]) == sizes
    assert write_log(tmp_path, sizes) == frozen["directory"]
    answer = accepted_by_go(program, tmp_path) if go_is_here() else frozen["accepted"]
    assert answer == frozen["accepted"] == expected(sizes)


def test_go_makes_the_same_from_the_same_leaves(program: Path) -> None:
    made = made_by_go(program) if go_is_here() else VECTORS["made_by_go"]
    assert made == VECTORS["made_by_go"]


@pytest.mark.parametrize("path", CHANGED)
def test_go_refuses_a_log_with_one_bit_changed(tmp_path: Path, program: Path, path: str) -> None:
    assert write_log(tmp_path, SIZES, changed=path) == VECTORS["refused_by_go"][path]
    if go_is_here():
        assert isinstance(accepted_by_go(program, tmp_path), str)
