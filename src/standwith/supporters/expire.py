"""What time does: a reminder after a day, oblivion after 48 hours, keys that die when nothing needs them, and with a
key everything that meant something by it only.

Invariant: nothing is forgotten before every confirmation that was taken in time has been read. The clerk's cursor says
up to which moment that is so; a clerk who was away reads first and forgets afterwards. Rows that are deleted are
overwritten by the database (secure_delete), and the caller truncates the write-ahead log.
"""

from datetime import datetime

from django.db import transaction

from standwith.mail.models import Spooled, State
from standwith.mail.send import recall
from standwith.mail.spool import Promise, spool
from standwith.supporters.epochs import Epochs
from standwith.supporters.keys import Keyring
from standwith.supporters.letters import REMINDER
from standwith.supporters.models import Cursor, Pending, Signature
from standwith.supporters.quotas import forget_quotas, raise_quotas, read_quotas
from standwith.supporters.receive import promise
from standwith.supporters.rules import TIME_TO_ANSWER, Quota, next_slot


@transaction.atomic
def expire(now: datetime, limit: int = 1000) -> int:
    """Forget up to `limit` acts that nobody confirmed in time, addresses and letters included; return how many."""
    caught_up = _caught_up()
    if caught_up is None:
        return 0
    old = Pending.objects.filter(expires__lte=min(now, caught_up)).order_by("expires").values_list("pk", "link")[:limit]
    rows = list(old)
    recall([bytes(link) for _, link in rows])
    Pending.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    return len(rows)


@transaction.atomic
def remind(now: datetime, limit: int = 1000) -> int:
    """Spool the reminders that are due, where the first letter left and the quota has room; return how many."""
    due = list(Pending.objects.select_for_update().filter(remind__lte=now).order_by("remind", "pk")[:limit])
    unsent = _unsent([bytes(pending.link) for pending in due])
    quotas = read_quotas([bytes(pending.quota) for pending in due])
    letters: list[Promise] = []
    for pending in due:
        tag = bytes(pending.quota)
        quota = quotas.get(tag, Quota())
        late = pending.expires < now + TIME_TO_ANSWER
        if not late and bytes(pending.link) not in unsent and next_slot(quota, now) == now:
            letters.append(promise(pending, REMINDER, now))
            quotas[tag] = quota.with_mail(now)
    spool(letters)
    raise_quotas({letter.reader: quotas[letter.reader] for letter in letters})
    Pending.objects.filter(pk__in=[pending.pk for pending in due]).update(remind=None)
    return len(letters)


def keep_keys(keys: Keyring, now: datetime) -> list[str]:
    """Take a new key into use daily and destroy the old ones that nothing needs; return the ids of the destroyed."""
    keys.rotate(now)
    return keys.prune(needed_keys(), now, read_until=_caught_up())


def end_epochs(epochs: Epochs, now: datetime) -> None:
    """Let go of the duplicate keys whose time is over, and of tags that nobody can work out again without them."""
    epochs.forget(now)
    tagged = Signature.objects.filter(confirmed__isnull=True, epoch__isnull=False)
    tagged.exclude(epoch=epochs.guarded or b"").update(epoch=None, address=None, person=None)
    if epochs.of_quotas != epochs.swept:
        forget_quotas(epochs.of_quotas)
        epochs.swept = epochs.of_quotas


def needed_keys() -> set[str]:
    """The ids of the clerk's keys that waiting acts and letters hang on."""
    waiting = Pending.objects.values_list("key", flat=True).distinct()
    letters = Spooled.objects.filter(state=State.WAITING).values_list("key", flat=True).distinct()
    return set(waiting) | set(letters)


def _caught_up() -> datetime | None:
    return Cursor.objects.values_list("caught_up", flat=True).first()


def _unsent(links: list[bytes]) -> set[bytes]:
    letters = Spooled.objects.filter(about__in=links).exclude(state=State.SENT)
    return {bytes(about) for about in letters.values_list("about", flat=True)}
