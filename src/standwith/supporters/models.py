"""The clerk's tables. No verbs here; see work.py and enter.py for how they change.

    Cursor       how far the journal was read, in the same transaction as what came of it
    TextVersion  every text that people may have been shown: campaign, version, language, digest
    Guarded      campaigns whose supporters may be punished for taking part
    Pending      a signature that waits to be confirmed; at most 48 hours
    Signature    a confirmed signature: the sealed record, what it was given to, and its place in the ledger
    Tally        signatures in the ledger by text and country, for the breakdowns on the page
    MailQuota    how many mails an address was promised in one campaign
    Closing      campaigns that are over, and when their duplicate key was destroyed
    Block        addresses that must never be written to
    Removal      who had signatures taken out of the number, how many and why

Invariants: Tally.number equals the Signatures in the ledger with that text and country, after every transaction; a
person (name at an address) has at most one Signature in a campaign and epoch. No row holds a supporter's name or
address in the clear: `record` is sealed to the custodians, `envelope` is boxed under the clerk's key of the day, and
tags are worthless without their keys, which are on no disk. `epoch` names such a key (epochs.py). A Signature of a
guarded campaign has no country and no day, and no tags once their epoch is over; its row is written anew, in a shuffled
order, when it enters the ledger.
"""

from django.db import models

from standwith.supporters.keys import TAG_BYTES

EPOCH_BYTES = 8
CODE_BYTES = 16
HASH_BYTES = 32


class Cursor(models.Model):
    """One row: the position read last, and the moment at which everything appended before had been read."""

    position = models.BigIntegerField(default=0)
    caught_up = models.DateTimeField(null=True)
    guarded_since = models.DateTimeField(null=True)  # since when signatures of guarded campaigns wait for the ledger


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


class Guarded(models.Model):
    """A campaign that was published as guarded."""

    campaign = models.CharField(max_length=100, unique=True)


class Pending(models.Model):
    """Somebody signed and was asked to confirm, or will be when their address may get its next mail."""

    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)  # "" where the campaign is guarded
    record = models.BinaryField()  # sealed to the custodians, untouched
    envelope = models.BinaryField()  # boxed: what the letters need, the address included
    key = models.CharField(max_length=16)  # id of the clerk's key that the box hangs on
    epoch = models.BinaryField(max_length=EPOCH_BYTES)  # of the key that made the next two
    address = models.BinaryField(max_length=TAG_BYTES, db_index=True)
    person = models.BinaryField(max_length=TAG_BYTES)
    quota = models.BinaryField(max_length=TAG_BYTES)  # tag under which the address's mails are counted
    code = models.BinaryField(max_length=CODE_BYTES)  # these three will stand in the leaf
    commitment = models.BinaryField(max_length=HASH_BYTES)
    withdrawal = models.BinaryField(max_length=CODE_BYTES, db_index=True)
    link = models.BinaryField(max_length=HASH_BYTES, unique=True)
    typed = models.BinaryField(max_length=HASH_BYTES, unique=True)  # hash of the short code that confirms
    expires = models.DateTimeField(db_index=True)
    remind = models.DateTimeField(null=True)  # when the reminder is due; none when it was sent or makes no sense

    class Meta:
        indexes = [models.Index(fields=["remind"], name="pending_remind", condition=models.Q(remind__isnull=False))]


class Signature(models.Model):
    """A confirmed signature. Until it has an index it waits for the ledger, and keeps what its leaf needs."""

    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)  # "" where the campaign is guarded
    confirmed = models.DateField(null=True)  # none where the campaign is guarded
    index = models.BigIntegerField(null=True, unique=True)  # of its leaf in the ledger
    epoch = models.BinaryField(max_length=EPOCH_BYTES, null=True)
    address = models.BinaryField(max_length=TAG_BYTES, null=True, db_index=True)
    person = models.BinaryField(max_length=TAG_BYTES, null=True, unique=True)
    withdrawal = models.BinaryField(max_length=CODE_BYTES, unique=True)  # hash of what its supporter withdraws with
    code = models.BinaryField(max_length=CODE_BYTES, null=True)
    commitment = models.BinaryField(max_length=HASH_BYTES, null=True)
    record = models.BinaryField()  # empty when the records of the campaign were destroyed

    class Meta:
        indexes = [
            models.Index(
                fields=["epoch"],
                name="signature_tagged",
                condition=models.Q(confirmed__isnull=True, epoch__isnull=False),
            )
        ]


class Tally(models.Model):
    """How many Signatures in the ledger there are for a text and a country."""

    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "country"], name="tally_once")]


class MailQuota(models.Model):
    """Mails promised to an address: one a day, three in all. The row dies with the key that made its tag."""

    address = models.BinaryField(max_length=TAG_BYTES, unique=True)
    epoch = models.BinaryField(max_length=EPOCH_BYTES)
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


class Removal(models.Model):
    """One decision to take signatures out of the number. The leaves name it by `batch`; `by` and `second` decided."""

    batch = models.AutoField(primary_key=True)
    campaign = models.CharField(max_length=100)
    reason = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    by = models.CharField(max_length=100)
    second = models.CharField(max_length=100, blank=True)
    day = models.DateField()
