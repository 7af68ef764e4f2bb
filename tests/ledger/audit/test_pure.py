"""An outsider needs no tables: the package starts without Django."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[3] / "src" / "standwith" / "ledger" / "audit"


@pytest.mark.parametrize("module", sorted(path.stem for path in PACKAGE.glob("[a-z]*.py")))
def test_it_starts_without_tables_and_network(module: str) -> None:
    asked = (
        f"import standwith.ledger.audit.{module}, sys; sys.exit(any(m in sys.modules for m in {{'django', 'socket'}}))"
    )
    assert subprocess.run([sys.executable, "-c", asked]).returncode == 0
