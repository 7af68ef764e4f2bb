"""docs/protocol.md and docs/audit.md say of audits what the code does."""

import re
from pathlib import Path

from standwith.ledger.audit.beacon import CHAINS, LEAST_THROWS
from standwith.ledger.audit.bounds import share_at_most
from standwith.ledger.audit.commit import MOST, Commit
from standwith.ledger.audit.draw import Drawn
from standwith.ledger.audit.report import Report
from standwith.ledger.audit.rubric import REASONS

DOCS = Path(__file__).parents[3] / "docs"
TEXT = (DOCS / "protocol.md").read_text(encoding="utf-8").split("\n## Audit\n")[1]
PLAIN = " ".join(TEXT.split())


def keys(first: str) -> list[str]:
    """The outermost keys of the example that begins with this one."""
    block = re.search(rf'^    {{"{first}":(?:.*\n)(?:     .*\n)*', TEXT, flags=re.MULTILINE)
    assert block
    flat = re.sub(r"(?<!^)\{[^{}]*\}", "0", " ".join(block[0].split()))
    return re.findall(r'"(\w+)":', flat)


def test_the_examples_have_every_field_in_its_order() -> None:
    assert keys("beacon") == sorted(Commit.__struct_fields__)
    assert keys("bounds") == sorted(Report.__struct_fields__)


def test_every_field_of_a_sample_is_named() -> None:
    told = PLAIN[PLAIN.index("A sample travels as") :]
    assert set(re.findall(r"`(\w+)`", told)) >= set(Drawn.__struct_fields__)


def test_chains_and_limits_are_those_of_the_code() -> None:
    for name, chain in CHAINS.items():
        assert re.search(rf"^\| `{name}` \(\w+\) \| {chain.first} \| {chain.period} \|$", TEXT, flags=re.MULTILINE)
    assert f"at least {LEAST_THROWS} of them" in PLAIN
    assert f"1 to {MOST:,}" in PLAIN
    assert all(f"`{reason}`" in TEXT for reason in REASONS)


def test_the_table_of_samples_is_right_and_rounded_up() -> None:
    page = (DOCS / "audit.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([\d.]+) % \| ([\d.]+) % \|$", page, flags=re.MULTILINE)
    assert [n for n, _, _ in rows] == ["59", "149", "299"]
    for n, *told in rows:
        for percent, confidence in zip(told, (95, 99), strict=True):
            bound = share_at_most(10_000_000, int(n), 0, confidence) * 100
            assert bound <= float(percent) < bound + 0.11
