"""Which text has which number."""

import pytest

from standwith.supporters.errors import NeedsNote
from standwith.supporters.models import Signature, TextVersion
from standwith.supporters.queries import numbers
from standwith.supporters.versions import LATE_NOTE, known_texts, register
from tests.supporters.stand import CAMPAIGN, MORNING, TEXTS

NEW = {"en": "1" * 64, "fr": "2" * 64}


def publish(stand, texts, note=None):
    return register(CAMPAIGN, texts, note=note, now=stand.now)


def test_the_first_texts_are_version_1(stand):
    assert known_texts(CAMPAIGN) == [(TEXTS["ar"], "ar", 1), (TEXTS["en"], "en", 1), (TEXTS["fr"], "fr", 1)]


def test_publishing_again_changes_nothing(stand):
    before = known_texts(CAMPAIGN)
    assert publish(stand, TEXTS) == 1
    assert known_texts(CAMPAIGN) == before


def test_a_new_or_better_translation_joins_its_version(stand):
    stand.count_in()
    assert publish(stand, TEXTS | {"pl": "3" * 64, "fr": "4" * 64}) == 1
    assert {number for _, _, number in known_texts(CAMPAIGN)} == {1}
    assert len(known_texts(CAMPAIGN)) == 5


def test_before_anybody_signed_a_new_text_replaces_the_old(stand):
    assert publish(stand, NEW) == 1
    assert {digest: number for digest, _, number in known_texts(CAMPAIGN)} == dict.fromkeys(
        TEXTS.values(), 0
    ) | dict.fromkeys(NEW.values(), 1)


def test_after_somebody_signed_a_changed_text_needs_a_note(stand):
    stand.count_in()
    for note in (None, "", "  "):
        with pytest.raises(NeedsNote) as caught:
            publish(stand, NEW, note)
    assert "--new-version" in str(caught.value)
    assert len(known_texts(CAMPAIGN)) == 3
    assert publish(stand, NEW, "Two demands added.") == 2


def test_an_act_that_waits_is_a_signature_for_this(stand):
    stand.sign()
    stand.work()
    with pytest.raises(NeedsNote):
        publish(stand, NEW)


def test_everyone_is_counted_under_the_text_they_signed(stand):
    stand.count_in("Amina Example", "amina@example.org")
    stand.later(days=3)
    publish(stand, NEW, "Two demands added.")
    stand.count_in("Noor Example", "noor@example.org", text=NEW["en"])
    stand.count_in("Ivan Example", "ivan@example.org", text=TEXTS["en"])
    found = [
        (version.number, version.note, version.published, version.count) for version in numbers(CAMPAIGN).by_version
    ]
    assert found == [(1, "", MORNING.date(), 2), (2, "Two demands added.", stand.now.date(), 1)]


def test_a_translation_that_did_not_change_keeps_its_version(stand):
    stand.count_in()
    assert publish(stand, {"en": NEW["en"], "ar": TEXTS["ar"]}, "Two demands added.") == 2
    assert TextVersion.objects.get(digest=TEXTS["ar"]).number == 1


def test_going_back_to_an_old_text_goes_back_to_its_number(stand):
    stand.count_in()
    publish(stand, NEW, "Two demands added.")
    assert publish(stand, TEXTS) == 1


def test_a_text_that_was_replaced_and_signed_late_becomes_a_version(stand):
    publish(stand, NEW)
    stand.count_in(text=TEXTS["en"])
    stand.count_in("Noor Example", "noor@example.org", text=NEW["en"])
    assert [(v.number, v.note, v.count) for v in numbers(CAMPAIGN).by_version] == [(1, "", 1), (2, LATE_NOTE, 1)]
    assert stand.confirmed == 2


def test_a_text_that_comes_back_unsigned_is_version_1_again(stand):
    publish(stand, NEW)
    assert publish(stand, TEXTS) == 1
    assert {digest: number for digest, _, number in known_texts(CAMPAIGN)}[TEXTS["en"]] == 1


def test_a_signed_text_cannot_be_deleted(stand):
    from django.db.models import ProtectedError

    stand.count_in()
    with pytest.raises(ProtectedError):
        Signature.objects.get().text.delete()
