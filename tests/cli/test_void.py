"""`standwith void`: what it says first, what it does, and what it refuses."""

from pathlib import Path

import pytest

from standwith.cli.refusal import Refusal
from standwith.cli.void import Because, void
from standwith.ledger.leaf import Reason
from standwith.sealing.codes import write_code
from tests.cli.installation import installation

CAMPAIGN = "stand-with-examples"


@pytest.fixture
def stand(tmp_path, monkeypatch):
    """Four people in the ledger; their codes are sixteen bytes of 0, 1, 2 and 2."""
    stand = installation(tmp_path, monkeypatch, "void")
    for number in range(4):
        code = bytes([min(number, 2)]) * 16
        stand.count_in(f"Person {number}", f"person{number}@example.org", code=code)
    return stand


def call(stand, *index: str, reason=Because.DUPLICATE, by="Alex Example", **more):
    void(CAMPAIGN, reason=reason, by=by, index=list(index), **{"yes": True, "home": stand.path} | more)


def standing(stand):
    stand.work()
    return stand.confirmed


def test_it_says_what_it_will_do_and_does_it(stand, capsys):
    call(stand, "1", "3")
    told = capsys.readouterr().out
    assert "To be taken out of the number of stand-with-examples: 2 (1, 3); reason: duplicate." in told
    assert "Taken out: 2" in told
    assert standing(stand) == 2
    assert stand.count().voided == {Reason.DUPLICATE: 2}


def test_ranges_and_a_file_are_places_too(stand, tmp_path):
    (tmp_path / "list").write_text("0\n3\n")
    call(stand, "1-2", file=tmp_path / "list")
    assert standing(stand) == 0


def test_without_a_yes_it_says_what_it_would_do(stand, capsys):
    with pytest.raises(Refusal, match="--yes"):
        call(stand, "1", yes=False)
    assert "To be taken out" in capsys.readouterr().out
    assert standing(stand) == 4


def test_whoever_sits_there_is_asked(stand, monkeypatch):
    monkeypatch.setattr("standwith.cli.void.on_terminal", lambda: True)
    answers = iter([False, True])
    monkeypatch.setattr("typer.confirm", lambda _: next(answers))
    with pytest.raises(Refusal, match="Nothing was done"):
        call(stand, "1", yes=False)
    assert standing(stand) == 4
    call(stand, "1", yes=False)
    assert standing(stand) == 3


def test_what_is_out_already_is_told(stand, capsys):
    call(stand, "1")
    stand.work()
    call(stand, "0", "1")
    assert "Out of the number already: 1 (1)." in capsys.readouterr().out
    call(stand, "0", "1")
    assert "Nothing is left to do." in capsys.readouterr().out
    assert standing(stand) == 2


def test_codes_lead_to_their_signatures(stand, tmp_path):
    (tmp_path / "codes").write_text(f"\n{write_code(bytes(16)).lower()}\n")
    call(stand, write_code(b"\1" * 16), codes=True, file=tmp_path / "codes", reason=Because.REQUEST)
    assert standing(stand) == 2
    assert stand.count().voided == {Reason.REQUEST: 2}


def test_a_copied_code_leads_to_the_first_that_had_it(stand, capsys):
    call(stand, write_code(b"\2" * 16), codes=True, reason=Because.REQUEST)
    said = capsys.readouterr().out
    assert "later signatures, which stay: 3" in said
    assert "1 (2)" in said
    assert standing(stand) == 3


@pytest.mark.parametrize(
    ("index", "more", "words"),
    [
        ((), {}, "Say which"),
        (("99",), {}, "99"),
        (("0", "x"), {}, "INDEX: “x” is no number"),
        (("0",), {"by": "  "}, "--by"),
        (("no code",), {"codes": True}, "26 letters"),
        ((write_code(b"x" * 16),), {"codes": True}, "is not there; nothing was done"),
        ((), {"file": Path("/nowhere/list")}, "No such file"),
        ((), {"file": Path("/nowhere/list"), "codes": True}, "No such file"),
    ],
)
def test_what_cannot_be_done_is_refused_whole(stand, index, more, words):
    with pytest.raises(Refusal, match=words) as caught:
        call(stand, *index, **more)
    assert "\n" not in str(caught.value)
    assert standing(stand) == 4


def test_an_unknown_campaign_is_refused(stand):
    with pytest.raises(Refusal, match="ever published"):
        void("nowhere", reason=Because.ERASED, by="Alex Example", index=["0"], home=stand.path)


def test_many_need_a_second_name_before_anything_is_shown(stand, monkeypatch, capsys):
    monkeypatch.setattr("standwith.supporters.erase.ALONE", 3)
    with pytest.raises(Refusal, match="--with"):
        call(stand, "0-3")
    assert capsys.readouterr().out == ""
    call(stand, "0-3", second="Sam Example")
    assert standing(stand) == 0


def test_every_reason_of_the_ledger_has_a_word():
    assert {because.reason for because in Because} == set(Reason)
