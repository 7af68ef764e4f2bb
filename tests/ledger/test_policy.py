"""Policies: the example of the specification, every rule broken once, and who is enough."""

import pytest

from standwith.ledger.checkpoint import Checkpoint, add_signatures, sign_checkpoint
from standwith.ledger.cosignature import cosign
from standwith.ledger.errors import NoteRefused, PolicyRefused
from standwith.ledger.merkle import EMPTY_ROOT
from standwith.ledger.note import COSIGNATURE, Note, Signature, make_signer, read_note, write_note
from standwith.ledger.policy import Group, Witnessed, read_policy
from tests.ledger.examples import LOG_KEY, ORIGIN, TIME

NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
WITNESSES = {name: make_signer(f"witness.example.net/{name}", COSIGNATURE) for name in NAMES}
LOG_LINE = f"log {LOG_KEY.verifier} https://{ORIGIN}/\n"
WITNESS_LINES = "".join(f"witness {name} {key.verifier}\n" for name, key in WITNESSES.items())
NESTED = (
    f"# two houses\n{LOG_LINE}\n{WITNESS_LINES}group X-witnesses 2 X1 X2 X3\n"
    "group Y-witnesses any Y1 Y2 Y3\n\n\tgroup X-and-Y  all X-witnesses\tY-witnesses \nquorum X-and-Y\n"
)
PLAIN = sign_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT), LOG_KEY)


def cosigned(*names: str) -> bytes:
    """The checkpoint with the cosignatures of these."""
    text = read_note(PLAIN).text
    lines = "".join(cosign(WITNESSES[name], text, TIME) for name in names)
    return add_signatures(PLAIN, lines) if names else PLAIN


def test_what_is_read() -> None:
    policy = read_policy(NESTED.encode())
    assert policy.logs == ((LOG_KEY.verifier, f"https://{ORIGIN}/"),)
    assert policy.witnesses == {name: (key.verifier, "") for name, key in WITNESSES.items()}
    assert policy.groups == {
        "X-witnesses": Group(2, ("X1", "X2", "X3")),
        "Y-witnesses": Group(1, ("Y1", "Y2", "Y3")),
        "X-and-Y": Group(2, ("X-witnesses", "Y-witnesses")),
    }
    assert policy.quorum == "X-and-Y"


@pytest.mark.parametrize(
    ("names", "satisfied"),
    [
        ((), False),
        (("X1", "X2", "X3"), False),
        (("Y1", "Y2", "Y3"), False),
        (("X1", "Y1", "Y2"), False),
        (("X1", "X3", "Y2"), True),
        (NAMES, True),
    ],
)
def test_who_is_enough(names: tuple[str, ...], satisfied: bool) -> None:
    policy = read_policy(NESTED.encode())
    assert policy.witnessed(cosigned(*names)) == Witnessed(names, 6, satisfied)
    if satisfied:
        assert policy.accept(cosigned(*names)) == Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    else:
        with pytest.raises(NoteRefused):
            policy.accept(cosigned(*names))


@pytest.mark.parametrize(
    ("quorum", "names", "satisfied"),
    [
        ("quorum none\n", (), True),
        ("quorum none\n", ("X1",), True),
        ("quorum X2\n", ("X1",), False),
        ("quorum X2\n", ("X1", "X2"), True),
        ("group all all X1 X2\nquorum all\n", ("X1", "X2"), True),
        ("group one 1 X1\nquorum one\n", ("X2",), False),
        ("quorum one-later-line\n", (), None),
    ],
)
def test_quorums(quorum: str, names: tuple[str, ...], satisfied: bool | None) -> None:
    data = (LOG_LINE + WITNESS_LINES + quorum).encode()
    if satisfied is None:
        with pytest.raises(PolicyRefused):
            read_policy(data)
    else:
        assert read_policy(data).witnessed(cosigned(*names)).satisfied is satisfied


def test_a_wrong_cosignature_refuses_the_checkpoint() -> None:
    note = read_note(cosigned("X1", "X2", "Y1"))
    name, key_id, raw = note.signatures[1]
    broken = write_note(Note(note.text, (note.signatures[0], Signature(name, key_id, raw[:-1] + b"\0"))))
    for judge in (read_policy(NESTED.encode()).witnessed, read_policy(NESTED.encode()).accept):
        with pytest.raises(NoteRefused):
            judge(broken)


def test_cosignatures_of_strangers_weigh_nothing() -> None:
    stranger = make_signer("witness.example.net/X1", COSIGNATURE)
    data = add_signatures(cosigned("X1"), cosign(stranger, read_note(PLAIN).text, TIME))
    assert read_policy(NESTED.encode()).witnessed(data).cosigned == ("X1",)


def test_a_log_that_is_not_listed_is_not_accepted() -> None:
    for lines in ("quorum none\n", f"log {make_signer(ORIGIN).verifier}\nquorum none\n"):
        with pytest.raises(NoteRefused):
            read_policy(lines.encode()).accept(PLAIN)


def test_one_of_several_logs_is_enough() -> None:
    lines = f"log {make_signer('other.example.org/log').verifier}\n{LOG_LINE}quorum none\n"
    assert read_policy(lines.encode()).accept(PLAIN).origin == ORIGIN


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (0, ""),
        (0, "# only a comment\n"),
        (1, "quorum none"),
        (2, "quorum none\n "),
        (2, "quorum none\nquorum none\n"),
        (1, "quorum\n"),
        (1, "quorum none none\n"),
        (1, "quorum X1\n"),
        (1, "quorums none\n"),
        (1, "Quorum none\n"),
        (2, "quorum none\nlog\n"),
        (1, "log act.example.org/log+00000000+AAAA\n"),
        (1, f"log {WITNESSES['X1'].verifier}\n"),
        (1, f"log {LOG_KEY.verifier} https://a https://b\n"),
        (2, f"log {LOG_KEY.verifier}\nlog {LOG_KEY.verifier}\n"),
        (1, f"witness X1 {LOG_KEY.verifier}\n"),
        (1, f"witness none {WITNESSES['X1'].verifier}\n"),
        (1, f"witness {WITNESSES['X1'].verifier}\n"),
        (7, WITNESS_LINES + f"witness X1 {make_signer('n', COSIGNATURE).verifier}\n"),
        (7, WITNESS_LINES + f"witness Z {WITNESSES['X1'].verifier}\n"),
        (7, WITNESS_LINES + "group g any\n"),
        (7, WITNESS_LINES + "group g 0 X1\n"),
        (7, WITNESS_LINES + "group g 2 X1\n"),
        (7, WITNESS_LINES + "group g 01 X1\n"),
        (7, WITNESS_LINES + "group g some X1\n"),
        (7, WITNESS_LINES + "group g -1 X1\n"),
        (7, WITNESS_LINES + "group none any X1\n"),
        (7, WITNESS_LINES + "group X1 any X2\n"),
        (7, WITNESS_LINES + "group g any g\n"),
        (7, WITNESS_LINES + "group g any later\n"),
        (7, WITNESS_LINES + "group g any none\n"),
        (7, WITNESS_LINES + "group g any X1 X1\n"),
        (8, WITNESS_LINES + "group g any X1\ngroup h any X1 X2\n"),
        (1, "quorum none\r\n"),
        (1, "quorum\x0bnone\n"),
        (1, "# \x7f\nquorum none\n"),
    ],
)
def test_every_rule_broken_once_and_the_line_named(line: int, lines: str) -> None:
    with pytest.raises(PolicyRefused) as refused:
        read_policy(lines.encode())
    assert refused.value.line == line
    assert (f"Line {line} " in str(refused.value)) is (line > 0)


def test_two_names_for_one_key_are_one_witness_too_many() -> None:
    key = make_signer("a", COSIGNATURE).verifier
    again = type(key).parse(str(key))
    with pytest.raises(PolicyRefused):
        read_policy(f"witness a {key}\nwitness b {again}\nquorum none\n".encode())


def test_names_beyond_ascii_are_octets() -> None:
    key = WITNESSES["X1"].verifier
    for name in ("Збор", "\udcff", "\u212a"):
        lines = f"witness {name} {key}\nwitness K {WITNESSES['X2'].verifier}\nquorum {name}\n"
        policy = read_policy(lines.encode("utf-8", "surrogateescape"))
        assert policy.witnessed(cosigned("X1")) == Witnessed((name,), 2, True)


def test_a_policy_may_be_large() -> None:
    keys = {f"w{number}": make_signer(f"w{number}", COSIGNATURE).verifier for number in range(64)}
    lines = [f"witness {name} {key}" for name, key in keys.items()]
    groups = [f"group g{number} all {'w' if number == 0 else 'g'}{max(0, number - 1)}" for number in range(2000)]
    data = "\n".join([*lines, *groups, "quorum g1999\n"]).encode()
    assert not read_policy(data).witnessed(PLAIN).satisfied
