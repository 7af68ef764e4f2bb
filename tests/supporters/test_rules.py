"""Who is the same person, who may be written to, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.mail.send import SPACING
from standwith.supporters.errors import NotAnAddress
from standwith.supporters.rules import (
    BETWEEN_MAILS,
    LIFE,
    MAILS_IN_ALL,
    Quota,
    Verdict,
    canonical_address,
    canonical_name,
    deliverable_address,
    judge,
    next_slot,
    reminder_at,
)

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("Amina@Example.ORG", "amina@example.org"),
        ("amina+petition@example.org", "amina@example.org"),
        ("  amina@example.org ", "amina@example.org"),
        ("a.m.ina@example.org", "a.m.ina@example.org"),
        ("a.m.ina@gmail.com", "amina@gmail.com"),
        ("a.mina+x@googlemail.com", "amina@gmail.com"),
        ("a-mi_na.@proton.me", "amina@proton.me"),
        ("amina@protonmail.com", "amina@proton.me"),
        ("amina@pm.me", "amina@proton.me"),
        ("amina@mac.com", "amina@icloud.com"),
        ("ivan-example@ya.ru", "ivan.example@yandex.ru"),
        ("ivan.example@yandex.by", "ivan.example@yandex.ru"),
        ("+only@example.org", "+only@example.org"),
        ("...@gmail.com", "...@gmail.com"),
        ("noor@bücher.example", "noor@xn--bcher-kva.example"),
        ("noor@BÜCHER.example", "noor@xn--bcher-kva.example"),
        ("noor@bu\u0308cher.example", "noor@xn--bcher-kva.example"),
        ("noor@xn--bcher-kva.example", "noor@xn--bcher-kva.example"),
        ("noor@пример.example", "noor@xn--e1afmkfd.example"),
        ("o'neill@example.org", "o'neill@example.org"),
    ],
)
def test_one_mailbox_has_one_spelling(typed, canonical):
    assert canonical_address(typed) == canonical


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "@",
        "amina",
        "@example.org",
        "amina@",
        "amina@localhost",
        "amina@@example.org",
        "a@b@example.org",
        "amina@example..org",
        "amina@.example.org",
        '"amina example"@example.org',
        "amina@[192.0.2.1]",
        "amina@example.org\r\nBcc: victim@example.net",
        "amina\x00@example.org",
        "amina@example.org>",
        "amina,noor@example.org",
        "амина@example.org",
        "a" * 65 + "@example.org",
        "amina@" + "a" * 64 + ".example",
        "amina@" + "a." * 140 + "example",
    ],
)
def test_what_nobody_can_write_to_is_no_address(typed):
    with pytest.raises(NotAnAddress) as caught:
        canonical_address(typed)
    assert "amina" not in str(caught.value)


def test_mail_goes_to_the_address_as_given_with_a_domain_that_servers_know():
    assert deliverable_address("Amina+News@Bücher.Example") == "Amina+News@xn--bcher-kva.example"


@given(st.text(alphabet="abz.+-_AZ", min_size=1, max_size=12), st.sampled_from(["gmail.com", "ya.ru", "example.org"]))
def test_canonical_is_a_fixed_point(local, domain):
    canonical = canonical_address(f"{local}@{domain}")
    assert canonical_address(canonical) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amina Example", "  amina   EXAMPLE "),
        ("Example Amina", "Amina Example"),
        ("José Ejemplo", "Jose\u0301 Ejemplo"),
        ("José Ejemplo", "Jose Ejemplo"),
        ("O'Neill", "O’Neill"),
        ("Anne-Marie Exemple", "Anne Marie Exemple"),
        ("Straße", "STRASSE"),
        ("Ａｍｉｎａ", "Amina"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_one_person_has_one_name(one, other):
    assert canonical_name(one) == canonical_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Amina Example", "Noor Example"), ("李", "王"), ("Ó", "A"), ("!", "?"), ("Ivan", "Iwan"), ("Амина", "Amina")],
)
def test_two_people_have_two_names(one, other):
    assert canonical_name(one) != canonical_name(other)


@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_every_name_has_a_canonical_form(name):
    assert canonical_name(name) == canonical_name(canonical_name(name))


def test_the_first_mail_goes_now_the_next_a_day_later_and_there_is_no_fourth():
    quota = Quota()
    slots = []
    while (slot := next_slot(quota, NOW)) is not None:
        slots.append(slot)
        quota = quota.with_mail(slot)
    assert slots == [NOW, NOW + DAY, NOW + 2 * DAY]
    assert len(slots) == MAILS_IN_ALL


def test_a_slot_is_never_in_the_past():
    assert next_slot(Quota(1, NOW - 5 * DAY), NOW) == NOW


def test_the_sender_spaces_mails_as_the_rule_says():
    assert SPACING == BETWEEN_MAILS


def verdict(**facts):
    usual = {"blocked": False, "signed": False, "names_signed": 0, "waiting": False, "slot": NOW, "now": NOW}
    return judge(**usual | facts)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Verdict.ASKED),
        ({"blocked": True}, Verdict.BLOCKED),
        ({"signed": True, "names_signed": 1}, Verdict.SIGNED),
        ({"names_signed": 1}, Verdict.ASKED),
        ({"names_signed": 2}, Verdict.THIRD),
        ({"slot": None}, Verdict.QUOTA),
        ({"waiting": True, "slot": NOW + HOUR}, Verdict.REPEATED),
        ({"waiting": True}, Verdict.ASKED),
        ({"slot": NOW + DAY}, Verdict.ASKED),
        ({"slot": NOW + DAY + MINUTE}, Verdict.QUOTA),
    ],
)
def test_what_becomes_of_an_act(facts, expected):
    assert verdict(**facts) is expected


def test_a_reminder_comes_after_a_day_and_only_if_there_is_time_to_answer():
    assert reminder_at(NOW, NOW + LIFE) == NOW + DAY
    assert reminder_at(NOW + DAY, NOW + LIFE) is None
