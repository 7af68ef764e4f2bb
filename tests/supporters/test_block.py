"""Addresses that asked never to be written to."""

from django.db import connection

from standwith.mail.models import Spooled
from standwith.supporters.block import block
from standwith.supporters.models import Block, Pending
from tests.supporters.stand import MORNING


def test_every_spelling_is_blocked_once(stand):
    assert block(["a.mina@gmail.com", "AMINA@googlemail.com", "no address", ""], stand.keys, MORNING) == (2, [3, 4])
    assert block(["amina@gmail.com"], stand.keys, MORNING) == (1, [])
    assert Block.objects.count() == 1


def test_what_waits_is_forgotten_and_its_letter_taken_back(stand):
    stand.sign()
    stand.sign("Noor Example", "noor@example.org")
    stand.work()
    block(["amina@example.org"], stand.keys, MORNING)
    assert [invitation.address for invitation in stand.asked()] == ["noor@example.org"]
    assert (Pending.objects.count(), Spooled.objects.count()) == (1, 1)


def test_what_was_confirmed_stays_counted(stand):
    stand.count_in()
    block(["amina@example.org"], stand.keys, MORNING)
    assert stand.confirmed == 1


def test_the_address_itself_is_not_kept(stand):
    block(["amina@example.org"], stand.keys, MORNING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM supporters_block")
        assert "amina" not in str(cursor.fetchall())
