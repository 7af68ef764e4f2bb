"""The ledger's tables. No verbs here; see rows.py and log.py for how they change.

    Leaf       the log itself: 76 bytes a row, numbered from 0 without a gap
    Statement  a leaf that waits to be given its number
    Addendum   the long body of a statement, found by its digest
    Lock       one row: what was signed last; whoever signs the next must have seen this one
    Number     what the last signed checkpoint counts for a campaign

Invariants: a leaf is never changed nor removed; Lock and every Number speak of one and the same size, for they change
in one transaction; all of Number, and every file of the public directory, can be worked out from Leaf and Addendum.
No row knows who signed: the leaves are published as they are.
"""

from django.db import models

from standwith.ledger.leaf import LEAF_BYTES, VERSION, Kind
from standwith.ledger.merkle import HASH_BYTES

TAG_BYTES = 8
FIRST_STATED = bytes((VERSION, Kind.VOID + 1))


class Leaf(models.Model):
    """A leaf of the log. The column is SQLite's own row number, which an index beside the table would cost double."""

    index = models.IntegerField(primary_key=True)
    data = models.BinaryField(max_length=LEAF_BYTES)

    class Meta:
        # What is neither signature, withdrawal nor void: a few leaves among a million, looked up by statements.py.
        indexes = [models.Index(fields=["data"], name="leaf_stated", condition=models.Q(data__gte=FIRST_STATED))]


class Statement(models.Model):
    """A withdrawal, a void or a statement in the order in which they were queued; gone when the leaf has its number."""

    leaf = models.BinaryField(max_length=LEAF_BYTES)


class Addendum(models.Model):
    """What a statement says at length; published beside the log."""

    digest = models.BinaryField(max_length=HASH_BYTES, primary_key=True)
    body = models.BinaryField()


class Lock(models.Model):
    """What was signed last. `cosigned` is the same note with the signatures of witnesses, as it is published."""

    origin = models.CharField(max_length=255)
    founded = models.DateTimeField()
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=HASH_BYTES)
    checkpoint = models.BinaryField()
    cosigned = models.BinaryField()
    witnessed = models.PositiveSmallIntegerField(default=0)  # witnesses of the policy that cosigned it
    witnesses = models.PositiveSmallIntegerField(default=0)  # how many the policy knew last


class Number(models.Model):
    """What a campaign's leaves add up to at the size of Lock."""

    campaign = models.BinaryField(max_length=TAG_BYTES, primary_key=True)
    signatures = models.BigIntegerField()
    withdrawn = models.BigIntegerField()
    voided = models.JSONField(default=dict)  # reason -> number
    roll = models.BigIntegerField(default=0)  # bytes of roll/<campaign>.txt that belong to this size
