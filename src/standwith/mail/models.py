"""The spool: one row per letter, from the moment it is promised until a day after it left.

Invariant: a letter is spooled once (unique by what it is about and its kind), so its Message-ID, which is worked out
from the two, is the same at every attempt. `sealed` is emptied in the transaction that records that the letter left or
was given up: from then on the row knows no address. The row stays for a day for the sake of rule "one mail a day".
Does not hold a text: a letter is written when it is sent, from the few sealed words that its writer put here.
"""

import hashlib

from django.db import models


class State(models.TextChoices):
    """Where a letter stands."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"  # 5xx
    PAUSED = "paused"  # 4xx three times
    DROPPED = "dropped"  # its writer could not write it any more


class Spooled(models.Model):
    """A letter that waits, or left lately."""

    stream = models.CharField(max_length=32)  # such as "confirmations"; streams have writers of their own
    kind = models.CharField(max_length=32)  # which letter of the stream
    about = models.BinaryField(max_length=32)  # what it belongs to; means nothing here; it can be recalled by it
    reader = models.BinaryField(max_length=16)  # tag of the address: one reader gets one mail a day
    key = models.CharField(max_length=16, blank=True)  # id of the key that opens `sealed`
    sealed = models.BinaryField()
    due = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed = models.DateTimeField(null=True)  # a sender has it in hand since then
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    settled = models.DateTimeField(null=True)  # when it left or was given up

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "kind"], name="spooled_once")]
        indexes = [
            models.Index(fields=["due"], name="spooled_due", condition=models.Q(state="waiting")),
            models.Index(fields=["reader"], name="spooled_reader"),
            models.Index(fields=["settled"], name="spooled_settled", condition=models.Q(settled__isnull=False)),
        ]

    @property
    def mark(self) -> str:
        """The left half of the Message-ID: the same at every attempt, and worthless for finding `about`."""
        return hashlib.sha256(b"standwith/message/1\n" + bytes(self.about) + self.kind.encode()).hexdigest()[:32]
