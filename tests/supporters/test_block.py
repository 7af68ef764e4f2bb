"""Addresses that asked never to be written to."""

from functools import partial

from django.db import connection

from standwith.mail.models import Spooled
from standwith.mail.send import Parcel
from standwith.supporters.block import block, is_blocked
from standwith.supporters.letters import Letterhead, make_writer
from standwith.supporters.models import Block, Pending
from tests.supporters.stand import CAMPAIGN, MORNING

HEAD = Letterhead("en", "Stand with examples", "", "Examples United", "https://act.example.org", guarded=False)


def test_every_spelling_is_blocked_once(stand):
    assert block(["a.mina@gmail.com", "AMINA@googlemail.com", "no address", ""], stand.keys, MORNING) == (2, [3, 4])
    assert block(["amina@gmail.com"], stand.keys, MORNING) == (1, [])
    assert Block.objects.count() == 1


def test_whoever_waits_gets_no_letter_any_more(stand):
    """Nothing that waits can be found by an address, so the letters ask when they are written."""
    stand.sign()
    stand.sign("Noor Example", "noor@example.org")
    stand.work()
    block(["AMINA@example.org"], stand.keys, MORNING)
    heads = {(CAMPAIGN, "en"): HEAD}
    write = make_writer(stand.keys, heads, stand.now, partial(is_blocked, stand.keys))
    spooled = Spooled.objects.order_by("pk")
    letters = [write(Parcel(row.stream, row.kind, row.key, bytes(row.sealed))) for row in spooled]
    assert [letter and letter.to for letter in letters] == [None, "noor@example.org"]


def test_whoever_is_blocked_is_not_asked(stand):
    block(["amina@example.org"], stand.keys, MORNING)
    stand.sign()
    stand.work()
    assert (Pending.objects.count(), Spooled.objects.count()) == (0, 0)
    assert is_blocked(stand.keys, "amina@example.org")
    assert not is_blocked(stand.keys, "noor@example.org")


def test_what_was_confirmed_stays_counted(stand):
    stand.count_in()
    block(["amina@example.org"], stand.keys, MORNING)
    assert stand.confirmed == 1


def test_the_address_itself_is_not_kept(stand):
    block(["amina@example.org"], stand.keys, MORNING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM supporters_block")
        assert "amina" not in str(cursor.fetchall())
