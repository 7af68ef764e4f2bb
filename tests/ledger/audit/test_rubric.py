"""The rubric: when a record is valid, and that its words do not change unnoticed."""

import hashlib
from pathlib import Path

import msgspec
import pytest

from standwith.ledger.audit.rubric import (
    EVIDENCE,
    REASONS,
    RESULTS,
    RUBRIC,
    TEXT,
    THROW_AWAY,
    VERSION,
    Line,
    is_domain,
    judge,
    read_lines,
)
from standwith.ledger.audit.tags import Known
from standwith.ledger.errors import AuditRefused

NOTHING = Known({}, set())
GOOD = Line(7, True, True, True, True, "unions.home.arpa", "web form", None)
DOCS = Path(__file__).parents[3] / "docs"


def changed(**changes) -> Line:
    return msgspec.structs.replace(GOOD, **changes)


def test_a_good_record_is_valid() -> None:
    assert judge(GOOD, NOTHING) == "valid"


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"opened": False}, "unopened"),
        ({"commitment": False}, "invalid:commitment"),
        ({"text": False}, "invalid:text"),
        ({"consent": False}, "invalid:consent"),
        ({"evidence": "paper"}, "invalid:evidence"),
        ({"evidence": ""}, "invalid:evidence"),
        ({"evidence": "rehearsal"}, "invalid:evidence"),
        ({"domain": "example.org"}, "invalid:domain"),
        ({"domain": "mail.yopmail.com"}, "invalid:domain"),
        ({"duplicate_of": 3}, "invalid:duplicate"),
        ({"commitment": False, "text": False, "consent": False, "evidence": "", "domain": ""}, "invalid:commitment"),
        ({"consent": False, "domain": ""}, "invalid:consent"),
    ],
    ids=str,
)
def test_the_first_thing_that_does_not_hold_is_the_reason(changes: dict, result: str) -> None:
    assert judge(changed(**changes), NOTHING) == result
    assert result in RESULTS


def test_what_is_not_there_was_not_opened() -> None:
    assert judge(None, NOTHING) == "unopened"


def test_a_committed_tag_makes_a_duplicate() -> None:
    assert judge(GOOD, Known({7: ("e1", "aa")}, {7})) == "invalid:duplicate"


@pytest.mark.parametrize(
    ("rows", "result"),
    [
        ({7: ("e1", "aa")}, "valid"),
        ({7: ("e1", "bb")}, "invalid:tag"),
        ({8: ("e1", "aa")}, "invalid:tag"),
        ({}, "invalid:tag"),
        ({7: ("e2", "bb")}, "valid"),  # another epoch, whose key is gone
    ],
)
def test_a_committed_tag_that_is_not_the_record_s_own(rows: dict, result: str) -> None:
    assert judge(changed(person="aa", epoch="e1"), Known(rows, set())) == result
    assert judge(GOOD, Known(rows, set())) == "valid"  # without the key nobody can tell


def test_custodians_may_name_further_domains() -> None:
    assert judge(GOOD, NOTHING, throw_away=["home.arpa"]) == "invalid:domain"
    assert judge(GOOD, NOTHING, throw_away=["ome.arpa", "other.arpa"]) == "valid"


@pytest.mark.parametrize(
    "domain",
    ["unions.home.arpa", "a.arpa", "a-b.c9.arpa", "ärzte.arpa", "почта.бел", "डाक.भारत", "a。arpa", f"{'a' * 63}.arpa"],
)
def test_domains_that_could_have_mailboxes(domain: str) -> None:
    assert is_domain(domain)
    assert is_domain(domain.upper())


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "localhost",
        "arpa",
        ".arpa",
        "arpa.",
        "a..arpa",
        "-a.arpa",
        "a-.arpa",
        "a b.arpa",
        "a_b.arpa",
        "a@b.arpa",
        "a\x00.arpa",
        "[127.0.0.1]",
        "127.0.0.1",
        f"{'a' * 64}.arpa",
        "example.org",
        "mail.EXAMPLE.com",
        "a.example",
        "server.local",
        "a.test",
        "a.invalid",
    ],
)
def test_domains_that_could_not(domain: str) -> None:
    assert not is_domain(domain)


def test_what_opening_writes_is_what_judging_reads() -> None:
    from standwith.cli.open import Audited

    written = Audited(7, True, True, True, True, "fr", "unions.home.arpa", "web form", None, "", "", "")
    assert read_lines(msgspec.json.encode(written) + b"\n") == [GOOD]
    assert read_lines(b"") == []
    left_out = Audited(7, opened=False, commitment=False, problem="Record 7: it is not in the bundle.")
    assert judge(read_lines(msgspec.json.encode(left_out))[0], NOTHING) == "unopened"


def test_the_form_writes_evidence_that_is_known_here() -> None:
    from standwith.intake.sign import EVIDENCE as WRITTEN

    assert WRITTEN in EVIDENCE


@pytest.mark.parametrize("data", [b"{}\n", b"\xff\n", b"index,name\n7,x\n", b'{"index":"7"}\n'])
def test_what_opening_never_wrote(data: bytes) -> None:
    with pytest.raises(AuditRefused, match="open --audit"):
        read_lines(data)


def test_the_words_are_those_of_their_version() -> None:
    """Whoever changes a word gives it the next version, and adds its digest here."""
    digests = {1: "b20a8976f6a806231c4c894bddb34b16fe26cac1e7607d1b4d343b603245b490"}
    assert (RUBRIC.version, RUBRIC.digest) == (VERSION, digests[VERSION])
    assert hashlib.sha256(TEXT.encode()).hexdigest() == RUBRIC.digest


def test_the_words_say_what_the_code_does() -> None:
    words = [line.split("  ")[0] for line in TEXT.splitlines() if line[:1].isalpha() and "  " in line]
    assert words == ["unopened", *REASONS]
    assert all(domain in TEXT for domain in THROW_AWAY)


def test_everybody_can_read_the_words() -> None:
    page = (DOCS / "audit.md").read_text(encoding="utf-8")
    assert "\n".join(f"    {line}".rstrip() for line in TEXT.splitlines()) in page
