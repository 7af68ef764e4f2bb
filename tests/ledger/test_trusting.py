"""Witnesses written into a policy, whose other lines are its owner's."""

import pytest

from standwith.ledger.errors import PolicyRefused
from standwith.ledger.note import COSIGNATURE, make_signer
from standwith.ledger.policy import read_policy
from standwith.ledger.trusting import add_witness

LOG = make_signer("act.example.org/log").verifier
NOOR, AMINA, IVAN = (make_signer(f"{name}.example.net/w", COSIGNATURE).verifier for name in ("noor", "amina", "ivan"))
FIRST = f"log {LOG} https://act.example.org/log/\nquorum none\n".encode()
URL = "https://act.example.net/witness/"


def test_the_first_one_is_needed() -> None:
    assert add_witness(FIRST, "noor", NOOR, URL).decode() == (
        f"log {LOG} https://act.example.org/log/\nwitness noor {NOOR} {URL}\ngroup witnesses 1 noor\nquorum witnesses\n"
    )


def test_the_number_stays_until_another_is_said() -> None:
    two = add_witness(add_witness(FIRST, "noor", NOOR, URL), "amina", AMINA, URL)
    assert read_policy(two).groups == {"witnesses": (1, ("noor", "amina"))}
    three = add_witness(two, "ivan", IVAN, URL, needed=2)
    assert read_policy(three).groups == {"witnesses": (2, ("noor", "amina", "ivan"))}
    assert list(read_policy(three).witnesses) == ["noor", "amina", "ivan"]
    assert read_policy(add_witness(three, "noor", NOOR, "http://x/", replace=True)).groups["witnesses"].needed == 2


def test_witnesses_that_nobody_needs_are_asked_all_the_same() -> None:
    one = add_witness(FIRST, "noor", NOOR, URL, needed=0)
    two = add_witness(one, "amina", AMINA, URL)
    assert (read_policy(two).quorum, list(read_policy(two).witnesses)) == ("none", ["noor", "amina"])
    assert read_policy(add_witness(two, "ivan", IVAN, URL, needed=3)).quorum == "witnesses"


def test_lines_of_people_stay() -> None:
    written = f"# ours\n\n\tlog   {LOG}\n # caf\xe9\nwitness a {AMINA}\ngroup all-of-us all a\nquorum all-of-us".encode(
        "latin-1"
    )
    longer = add_witness(written + b"\n", "noor", NOOR, URL)
    assert longer == b"\n".join(
        [
            *written.split(b"\n")[:5],
            f"witness noor {NOOR} {URL}".encode(),
            b"group all-of-us 1 a noor",
            b"quorum all-of-us",
            b"",
        ]
    )


def test_one_witness_may_have_been_the_quorum_itself() -> None:
    written = f"log {LOG}\nwitness noor {NOOR}\nquorum noor\n".encode()
    assert read_policy(add_witness(written, "amina", AMINA, URL)).groups == {"witnesses": (1, ("noor", "amina"))}


def test_a_witness_gets_another_key_only_when_that_is_meant() -> None:
    policy = add_witness(FIRST, "noor", NOOR, URL)
    with pytest.raises(PolicyRefused, match="already"):
        add_witness(policy, "noor", AMINA, URL)
    again = add_witness(policy, "noor", AMINA, "https://new.example.net/", replace=True)
    assert read_policy(again).witnesses == {"noor": (AMINA, "https://new.example.net/")}


@pytest.mark.parametrize("needed", [-1, 3, 10000])
def test_as_many_can_be_needed_as_there_are(needed: int) -> None:
    with pytest.raises(PolicyRefused, match="of 2 witnesses, 0 to 2 can be needed"):
        add_witness(add_witness(FIRST, "noor", NOOR, URL), "amina", AMINA, URL, needed=needed)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("two words", URL),
        ("", URL),
        ("a\nquorum", URL),
        ("a", "two words"),
        ("a", ""),
        ("none", URL),
        ("witnesses", URL),
    ],
)
def test_names_and_addresses_that_a_policy_cannot_hold(name: str, url: str) -> None:
    with pytest.raises(PolicyRefused):
        add_witness(add_witness(FIRST, "noor", NOOR, URL), name, AMINA, url)


def test_one_key_is_one_witness() -> None:
    with pytest.raises(PolicyRefused, match="stands there already"):
        add_witness(add_witness(FIRST, "noor", NOOR, URL), "amina", NOOR, URL)


@pytest.mark.parametrize(
    "rest",
    [
        "group a any noor\ngroup b any amina\ngroup c all a b\nquorum c\n",
        "group a any noor\nquorum a\n",
        "group a any noor amina\nquorum noor\n",
        "group a any noor amina\nquorum none\n",
        "quorum noor\n",
    ],
)
def test_groups_made_by_hand_are_not_reshaped(rest: str) -> None:
    policy = f"log {LOG}\nwitness noor {NOOR}\nwitness amina {AMINA}\n{rest}".encode()
    read_policy(policy)
    with pytest.raises(PolicyRefused, match="by hand"):
        add_witness(policy, "ivan", IVAN, URL)
