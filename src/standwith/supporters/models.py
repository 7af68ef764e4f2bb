"""The clerk's tables. No verbs here; see work.py for how they change.

    Cursor       how far the journal was read, in the same transaction as what came of it
    TextVersion  every text that people may have been shown: campaign, version, language, digest
    Pending      a signature that waits to be confirmed; at most 48 hours
    Signature    a confirmed signature: the sealed record, and what it was given to
    Tally        confirmed signatures by text and country: the number, without counting
    MailQuota    how many mails an address was promised in one campaign
    Closing      campaigns that are over, and when their duplicate key was destroyed
    Block        addresses that must never be written to

Invariants: Tally.number equals the Signatures with that text and country, after every transaction; a person (name at
an address) has at most one Signature in a campaign. No row holds a name or an address in the clear: `record` is sealed
to the custodians, `envelope` is boxed under the clerk's key of the day, and tags are worthless without their keys.
`withdrawal` is the hash of the person's withdrawal token. One person gets the same token in every letter of a campaign,
so it tells the person apart, too, and needs no tag beside it.
"""

from django.db import models

from standwith.supporters.keys import TAG_BYTES

HASH_BYTES = 32


class Cursor(models.Model):
    """One row: the position read last, and the moment at which everything appended before had been read."""

    position = models.BigIntegerField(default=0)
    caught_up = models.DateTimeField(null=True)


class TextVersion(models.Model):
    """One text in one language. `number` 0: replaced before anybody signed; it gets a number if somebody still does."""

    campaign = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=35)
    digest = models.CharField(max_length=64)
    note = models.TextField(blank=True)  # what changed, in the campaign's own words
    published = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "digest"], name="text_once")]


class Pending(models.Model):
    """Somebody signed and was asked to confirm, or will be when their address may get its next mail."""

    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    record = models.BinaryField()  # sealed to the custodian, untouched
    envelope = models.BinaryField()  # boxed: what the letters need, the address included
    key = models.CharField(max_length=16)  # id of the clerk's key that the box hangs on
    address = models.BinaryField(max_length=TAG_BYTES, db_index=True)
    withdrawal = models.BinaryField(max_length=HASH_BYTES, db_index=True)
    link = models.BinaryField(max_length=HASH_BYTES, unique=True)
    code = models.BinaryField(max_length=HASH_BYTES, unique=True)
    expires = models.DateTimeField(db_index=True)
    remind = models.DateTimeField(null=True)  # when the reminder is due; none when it was sent or makes no sense

    class Meta:
        indexes = [models.Index(fields=["remind"], name="pending_remind", condition=models.Q(remind__isnull=False))]


class Signature(models.Model):
    """A confirmed signature."""

    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    record = models.BinaryField()
    address = models.BinaryField(max_length=TAG_BYTES, db_index=True)
    withdrawal = models.BinaryField(max_length=HASH_BYTES, unique=True)
    confirmed = models.DateField()


class Tally(models.Model):
    """How many Signatures there are for a text and a country."""

    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "country"], name="tally_once")]


class MailQuota(models.Model):
    """Mails promised to an address: one a day, three in all. Until a campaign is over, all whom it asked have one."""

    address = models.BinaryField(max_length=TAG_BYTES, unique=True)
    mails = models.PositiveSmallIntegerField()
    latest = models.DateTimeField()  # cut to the hour


class Closing(models.Model):
    """A campaign whose last day is over. `destroyed` says that its duplicate key was destroyed on purpose, and when."""

    campaign = models.CharField(max_length=100, unique=True)
    since = models.DateTimeField()  # the clerk takes no signature from then on
    destroyed = models.DateTimeField(null=True)


class Block(models.Model):
    """An address that asked never to be written to; the tag is the same for all campaigns."""

    address = models.BinaryField(max_length=TAG_BYTES, unique=True)
    since = models.DateField()
