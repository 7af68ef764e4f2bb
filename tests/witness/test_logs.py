"""The list of logs that a witness watches."""

import pytest

from standwith.ledger.note import COSIGNATURE, make_signer
from standwith.witness.errors import WitnessRefused
from standwith.witness.logs import HEADER, Log, add_log, read_log_key, read_logs

ONE, TWO = make_signer("act.example.org/log").verifier, make_signer("act.example.net/log").verifier
SECOND_KEY = make_signer("act.example.org/log").verifier
WITNESS = make_signer("act.example.org/witness", COSIGNATURE).verifier


def test_comments_and_empty_lines_are_for_people() -> None:
    text = f"# ours\n\n  {ONE}   https://act.example.org/log\n\t# theirs\r\n{TWO}\n{SECOND_KEY}"
    assert read_logs(text.encode()) == {
        "act.example.org/log": (Log(ONE, "https://act.example.org/log"), Log(SECOND_KEY, "")),
        "act.example.net/log": (Log(TWO, ""),),
    }
    assert read_logs(HEADER) == read_logs(b"") == {}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("key", "no verifier key"),
        (str(ONE)[:-4], "no verifier key"),
        (str(WITNESS), "a witness, not of a log"),
        (f"{TWO} https://act.example.net/log and more", "all that a line may hold"),
        (str(ONE), "a line already"),
        ("\udcff", "no verifier key"),
    ],
    ids=["a word", "cut", "a witness", "too much", "twice", "bytes"],
)
def test_a_wrong_line_refuses_the_list_by_its_number(line: str, why: str) -> None:
    with pytest.raises(WitnessRefused, match=f"^Line 3 of logs.txt: .*{why}"):
        read_logs(f"# logs\n{ONE}\n{line}\n".encode(errors="surrogateescape"))


def test_a_log_is_added_below_and_nothing_else_changes() -> None:
    before = f"# agreed in May\n{ONE}  https://act.example.org/log".encode()
    after = add_log(before, Log(TWO, "https://act.example.net/log"))
    assert after == before + f"\n{TWO} https://act.example.net/log\n".encode()
    assert add_log(after, Log(SECOND_KEY, "")) == after + f"{SECOND_KEY}\n".encode()
    with pytest.raises(WitnessRefused, match="a line already"):
        add_log(after, Log(TWO, ""))


def test_a_key_on_its_own() -> None:
    assert read_log_key(str(ONE)) == ONE
    for wrong in ("", "a+b+c", str(WITNESS)):
        with pytest.raises(WitnessRefused):
            read_log_key(wrong)
