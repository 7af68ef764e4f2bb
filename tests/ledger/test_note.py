"""Notes and keys: written one way, read strictly, and believed only when the right key has signed."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.cosignature import cosign
from standwith.ledger.errors import NoteRefused
from standwith.ledger.note import (
    COSIGNATURE,
    ED25519,
    Note,
    Signature,
    Signer,
    Verifier,
    make_signer,
    read_note,
    read_signatures,
    signed_by,
    verified,
    write_note,
)
from tests.ledger.examples import LOG_KEY, TIME, WITNESS_KEY

LOG, WITNESS = LOG_KEY.verifier, WITNESS_KEY.verifier
TEXT = "some text\n\nof several lines — ünïcode\n"


def signed(text: str = TEXT, *signers: Signer) -> Note:
    lines = [
        cosign(each, text, TIME) if each.verifier.algorithm == COSIGNATURE else each.sign(text)
        for each in signers or (LOG_KEY,)
    ]
    return Note(text, read_signatures("".join(lines)))


@pytest.mark.parametrize("algorithm", [ED25519, COSIGNATURE])
def test_keys_are_read_as_they_are_written(algorithm: int) -> None:
    signer = make_signer("act.example.org/log", algorithm)
    assert str(Signer.parse(str(signer))) == str(signer)
    assert Verifier.parse(str(signer.verifier)) == signer.verifier
    assert str(signer).startswith("PRIVATE+KEY+act.example.org/log+")
    assert str(signer.verifier).startswith("act.example.org/log+")
    assert (signer.name, signer.verifier.algorithm) == ("act.example.org/log", algorithm)


def test_no_two_new_keys_are_alike() -> None:
    assert str(make_signer("a")) != str(make_signer("a"))


def test_a_secret_key_does_not_show_itself() -> None:
    seed = str(LOG_KEY).rpartition("+")[2]
    assert seed not in repr(LOG_KEY)
    assert "PRIVATE" not in repr(LOG_KEY)


def test_the_example_key_of_the_go_project() -> None:
    verifier = Verifier.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = (
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert verified(read_note(f"{text}\n{line}".encode()), [verifier]) == ["PeterNeumann"]


@pytest.mark.parametrize(
    "change",
    [
        lambda line: "",
        lambda line: line + "\n",
        lambda line: " " + line,
        lambda line: line[:-1],
        lambda line: line.replace("+", " ", 1),
        lambda line: line.replace("act.", "acts.", 1),
        lambda line: line.replace("act.", "", 1),
        lambda line: line[line.index("+") :],
        lambda line: line.replace(LOG.key_id.hex(), LOG.key_id.hex().upper()),
        lambda line: line.replace(LOG.key_id.hex(), "0" + LOG.key_id.hex()),
        lambda line: line.replace(LOG.key_id.hex(), "00000000"),
        lambda line: line[:-2] + ("A" if line[-2] != "A" else "B") + line[-1],
        lambda line: line.replace("example", "exam ple"),
        lambda line: line.replace("example", "exam\u00a0ple"),
        lambda line: line.replace("example", "exam+ple"),
    ],
)
def test_a_mistyped_key_is_refused(change) -> None:
    for parse, line in ((Verifier.parse, str(LOG)), (Signer.parse, str(LOG_KEY))):
        with pytest.raises(NoteRefused):
            parse(change(line) if parse is Verifier.parse else "PRIVATE+KEY+" + change(line[12:]))


def test_keys_of_other_kinds_are_refused() -> None:
    for key in (bytes((2,)) + bytes(32), bytes((6,)) + bytes(32), b"\x01" + bytes(31), b"\x01" + bytes(33), b""):
        with pytest.raises(NoteRefused):
            Verifier.parse(f"a+00000000+{base64.b64encode(key).decode()}")
    with pytest.raises(NoteRefused):
        make_signer("a", 2)
    with pytest.raises(NoteRefused):
        make_signer("a b")
    with pytest.raises(NoteRefused):
        Signer.parse(str(LOG))
    with pytest.raises(NoteRefused):
        WITNESS_KEY.sign(TEXT)


def test_a_note_is_read_as_it_is_written() -> None:
    note = signed(TEXT, LOG_KEY, WITNESS_KEY)
    data = write_note(note)
    assert data.startswith(TEXT.encode() + b"\n\xe2\x80\x94 act.example.org/log ")
    assert read_note(data) == note
    assert write_note(read_note(data)) == data


def test_who_has_signed() -> None:
    note, stranger = signed(TEXT, LOG_KEY, WITNESS_KEY), make_signer("stranger").verifier
    assert verified(note, [WITNESS, stranger, LOG]) == [WITNESS.name, LOG.name]
    assert signed_by(note, [stranger]) == []
    for nobody in ([], [stranger], [make_signer(LOG.name).verifier]):
        with pytest.raises(NoteRefused):
            verified(note, nobody)


def test_a_wrong_signature_of_a_known_key_refuses_the_whole_note() -> None:
    good = signed(TEXT, LOG_KEY, WITNESS_KEY)
    for name, key_id, raw in good.signatures:
        wrong = Signature(name, key_id, raw[:-1] + bytes((raw[-1] ^ 1,)))
        for signatures in ((*good.signatures, wrong), (wrong, *good.signatures), (wrong,)):
            with pytest.raises(NoteRefused):
                verified(Note(TEXT, signatures), [LOG, WITNESS])
    for note in (Note(TEXT + "more\n", good.signatures), Note(TEXT[1:], good.signatures)):
        with pytest.raises(NoteRefused):
            verified(note, [LOG])


@pytest.mark.parametrize("length", [1, 8, 63, 64, 65, 71, 73, 80])
def test_a_signature_of_the_wrong_length_is_refused(length: int) -> None:
    for verifier, right in ((LOG, 64), (WITNESS, 72)):
        if length != right:
            with pytest.raises(NoteRefused):
                verified(Note(TEXT, (Signature(verifier.name, verifier.key_id, b"s" * length),)), [verifier])


def test_signatures_of_strangers_are_carried_along() -> None:
    note = signed()
    post_quantum = Signature("later.example.org", b"\0\0\0\6", b"q" * 2428)
    carried = Note(note.text, (post_quantum, *note.signatures, *(Signature("x", b"abcd", b"x") for _ in range(98))))
    assert verified(read_note(write_note(carried)), [LOG]) == [LOG.name]


GOOD = write_note(signed("text\n"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"text\n",
        b"text\n\n",
        GOOD[:-1],
        GOOD + b"\n",
        GOOD + b" ",
        GOOD + b"more\n",
        GOOD.replace(b"text\n", b"te\rxt\n"),
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"text", b"te\txt"),
        GOOD.replace(b"text", b"te\0xt"),
        GOOD.replace(b"text", b"te\xffxt"),
        GOOD.replace(b"text", b"te\xed\xa0\x80xt"),
        GOOD.replace("—".encode(), b"-"),
        GOOD.replace("— ".encode(), "—".encode()),
        GOOD.replace("— ".encode(), "—  ".encode()),
        GOOD.replace(b"log ", b"log  "),
        GOOD.replace(b"log ", b"lo+g "),
        GOOD.replace(b"log ", "lo\u2003g ".encode()),
        GOOD.replace(b"=\n", b"\n"),
        GOOD.replace(b"=\n", b"==\n"),
        GOOD.replace(b"=\n", b"= \n"),
        b"text\n\n\xe2\x80\x94 name\n",
        b"text\n\n\xe2\x80\x94 name \n",
        b"text\n\n\xe2\x80\x94 name AAAAAA==\n",
        b"text\n\n\xe2\x80\x94 name AAAA AAAA\n",
        b"text\n\n\xe2\x80\x94 name AAAAA_AA\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAB=\n",
        b"text\n\n" + b"\xe2\x80\x94 name AAAAAAA=\n" * 101,
    ],
)
def test_what_no_writer_writes_is_refused(data: bytes) -> None:
    with pytest.raises(NoteRefused):
        read_note(data)


def test_a_note_that_could_not_be_read_back_is_not_written() -> None:
    signatures = signed().signatures
    for note in (Note("no newline", signatures), Note("text\n", ()), Note("a\rb\n", signatures)):
        with pytest.raises(NoteRefused):
            write_note(note)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode).map(lambda each: each + GOOD[5:]))
def test_any_bytes_are_refused_or_written_back(data: bytes) -> None:
    try:
        note = read_note(data)
    except NoteRefused:
        return
    assert write_note(note) == data


@given(st.data())
def test_any_change_of_a_signed_note_is_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(GOOD) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda each: each != GOOD[place]))
    changed = GOOD[:place] + bytes((value,)) + GOOD[place + 1 :]
    with pytest.raises(NoteRefused):
        verified(read_note(changed), [LOG])
