"""Keys as lines of text: what is written is read, what is anything else is refused, and secrets stay quiet."""

import pytest

from standwith.sealing.errors import KeyRefused
from standwith.sealing.keys import PublicKey, Purpose, SecretKey, SharedKey, make_key, make_shared_key
from tests.sealing.examples import key

PURPOSES: tuple[Purpose, ...] = ("custodian", "clerk")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_key_survives_its_text_form(purpose: Purpose) -> None:
    secret = key(purpose)
    public = PublicKey.parse(f"{secret.public}\n")
    assert (public.purpose, public.id, public.raw) == (purpose, secret.public.id, secret.public.raw)
    assert SecretKey.parse(str(secret)).raw == secret.raw
    assert str(SecretKey.parse(str(secret)).public) == str(secret.public)


def test_a_shared_key_survives_its_text_form_and_fits_one_purpose() -> None:
    link = make_shared_key("link")
    assert SharedKey.parse(str(link), "link") == link
    with pytest.raises(KeyRefused, match="not a standwith key for: spool"):
        SharedKey.parse(str(link), "spool")


def damaged_lines() -> list[str]:
    line = str(key("clerk").public)
    kind, named, encoded = line.split(" ")
    flipped = ("A" if encoded[0] != "A" else "B") + encoded[1:]
    other = str(key("clerk", 1).public).split(" ")[1]
    return [
        "",
        "standwith-clerk-1",
        line[:-4],
        line + " ",
        line + "\n\n",
        line.replace(" ", "  ", 1),
        line.upper(),
        f"{kind} {named} {flipped}",
        f"{kind} {other} {encoded}",
        f"{kind} {named.upper()} {encoded}" if named != named.upper() else "",
        f"standwith-clerk-2 {named} {encoded}",
        f"standwith-custodian-1 {named} {encoded}",
        f"{kind} {named} {encoded[:-1]}é",
        str(key("clerk")),
    ]


@pytest.mark.parametrize("line", damaged_lines(), ids=range(14))
def test_whatever_is_not_exactly_a_public_key_is_refused(line: str) -> None:
    with pytest.raises(KeyRefused):
        PublicKey.parse(line)


def test_a_public_key_is_no_secret_key() -> None:
    with pytest.raises(KeyRefused):
        SecretKey.parse(str(key("custodian").public))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_secrets_show_in_no_repr_and_in_no_error(purpose: Purpose) -> None:
    secret = key(purpose)
    line = str(secret)
    encoded = line.split(" ")[2]
    assert encoded not in repr(secret)
    with pytest.raises(KeyRefused) as refusal:
        SecretKey.parse(line[:-8])
    assert encoded[:20] not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_no_two_keys_are_alike() -> None:
    assert len({make_key("clerk").id for _ in range(50)}) == 50
