"""The clerk's worksheet: the rows that a batch may touch, read at once, changed in memory, written back at once.

Invariant: `load` and `store` use the same number of queries whatever the size of the batch (but for the database's own
limit on parameters); between them the sheet answers as the tables would if each act had been written on its own.
Does not decide anything: receive.py, confirm.py and withdraw.py do. Used inside one transaction, by one clerk.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Set
from datetime import datetime

from django.db.models import Q, QuerySet

from standwith.mail.models import Spooled
from standwith.mail.send import recall
from standwith.supporters.models import Block, Closing, Pending, Signature, Tally, TextVersion
from standwith.supporters.quotas import read_quotas, store_quotas
from standwith.supporters.rules import Quota


class Worksheet:
    """Open it with `Worksheet.load`, hand it to the verbs, then `store` it."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], TextVersion] = {}
        self._campaigns: dict[int, str] = {}  # by text
        self.quotas: dict[bytes, Quota] = {}
        self.blocked: set[bytes] = set()
        self.closed: set[str] = set()  # campaigns
        self._pending: dict[bytes, Pending] = {}  # by link
        self._by_code: dict[bytes, Pending] = {}
        self._waiting: defaultdict[bytes, list[Pending]] = defaultdict(list)  # by address
        self._of_person: defaultdict[bytes, list[Pending]] = defaultdict(list)  # by withdrawal
        self._signatures: dict[bytes, Signature] = {}  # by withdrawal
        self._names: Counter[bytes] = Counter()  # confirmed names by address
        self._tally: Counter[tuple[int, str]] = Counter()  # change by text and country
        self._promised: set[bytes] = set()  # addresses whose quota changed
        self._letters: list[Spooled] = []
        self._recalled: list[bytes] = []
        self._gone: tuple[list[int], list[int]] = [], []  # primary keys of pending acts and of signatures

    @classmethod
    def load(
        cls, campaigns: Collection[str], addresses: Set[bytes], blocks: Collection[bytes], hashes: Collection[bytes]
    ) -> "Worksheet":
        """Read what acts in these campaigns, with these address tags, block tags and token hashes, may touch."""
        sheet = cls()
        texts = TextVersion.objects.filter(campaign__in=campaigns)
        sheet.texts = {(text.campaign, text.digest): text for text in texts}
        sheet._campaigns = {text.pk: text.campaign for text in texts}
        sheet.closed = set(Closing.objects.filter(campaign__in=campaigns).values_list("campaign", flat=True))
        sheet.blocked = _tags(Block.objects.filter(address__in=blocks))
        touched = Q(link__in=hashes) | Q(code__in=hashes) | Q(withdrawal__in=hashes)
        found = addresses | _tags(Pending.objects.filter(touched))
        for pending in Pending.objects.filter(address__in=found).order_by("pk"):
            sheet._place(pending)
        known = Q(address__in=found) | Q(withdrawal__in=hashes)
        for signature in Signature.objects.filter(known).defer("record", "confirmed"):
            sheet._sign(signature)
        sheet.quotas = read_quotas(addresses)
        return sheet

    def pending(self, token_hash: bytes) -> Pending | None:
        """The act that waits for this link or code."""
        return self._pending.get(token_hash) or self._by_code.get(token_hash)

    def waiting(self, address: bytes) -> list[Pending]:
        """The acts that wait at this address, the oldest first."""
        return list(self._waiting[address])

    def of_person(self, withdrawal: bytes) -> list[Pending]:
        """The acts that wait from the person whom this withdrawal hash stands for."""
        return list(self._of_person[withdrawal])

    def belongs(self, row: Pending | Signature, campaign: str) -> bool:
        """Whether a row is of this campaign."""
        return self._campaigns.get(row.text_id) == campaign

    def signature(self, withdrawal: bytes) -> Signature | None:
        """The signature of the person whom this withdrawal hash stands for."""
        return self._signatures.get(withdrawal)

    def names_at(self, address: bytes) -> int:
        """How many confirmed names there are at this address."""
        return self._names[address]

    def keep(self, pending: Pending, letter: Spooled, due: datetime) -> None:
        """Let an act wait, and its letter with it; the mail counts against the address's quota."""
        self._place(pending)
        self._letters.append(letter)
        address = bytes(pending.address)
        self.quotas[address] = self.quotas.get(address, Quota()).with_mail(due)
        self._promised.add(address)

    def drop(self, pending: Pending) -> None:
        """Forget a waiting act and take back the letters about it."""
        del self._pending[bytes(pending.link)], self._by_code[bytes(pending.code)]
        self._waiting[bytes(pending.address)].remove(pending)
        self._of_person[bytes(pending.withdrawal)].remove(pending)
        self._recalled.append(bytes(pending.link))
        if pending.pk is not None:
            self._gone[0].append(pending.pk)

    def count(self, signature: Signature) -> None:
        """Take a signature into the number."""
        self._sign(signature)
        self._tally[signature.text_id, signature.country] += 1

    def uncount(self, signature: Signature) -> None:
        """Take a signature, its sealed record with it, out of the number."""
        del self._signatures[bytes(signature.withdrawal)]
        self._names[bytes(signature.address)] -= 1
        self._tally[signature.text_id, signature.country] -= 1
        if signature.pk is not None:
            self._gone[1].append(signature.pk)

    def store(self) -> None:
        """Write everything back."""
        Pending.objects.filter(pk__in=self._gone[0]).delete()
        Signature.objects.filter(pk__in=self._gone[1]).delete()
        recall(self._recalled)
        Pending.objects.bulk_create(row for row in self._pending.values() if row.pk is None)
        Signature.objects.bulk_create(row for row in self._signatures.values() if row.pk is None)
        Spooled.objects.bulk_create(letter for letter in self._letters if bytes(letter.about) in self._pending)
        store_quotas({address: self.quotas[address] for address in self._promised})
        self._store_tally()

    def _store_tally(self) -> None:
        changes = {key: change for key, change in self._tally.items() if change}
        rows = Tally.objects.select_for_update().filter(text__in={text for text, _ in changes})
        numbers = {(row.text_id, row.country): row.number for row in rows}
        Tally.objects.bulk_create(
            (
                Tally(text_id=text, country=country, number=max(0, numbers.get((text, country), 0) + change))
                for (text, country), change in changes.items()
            ),
            update_conflicts=True,
            unique_fields=["text", "country"],
            update_fields=["number"],
        )

    def _place(self, pending: Pending) -> None:
        self._pending[bytes(pending.link)] = pending
        self._by_code[bytes(pending.code)] = pending
        self._waiting[bytes(pending.address)].append(pending)
        self._of_person[bytes(pending.withdrawal)].append(pending)

    def _sign(self, signature: Signature) -> None:
        self._signatures[bytes(signature.withdrawal)] = signature
        self._names[bytes(signature.address)] += 1


def _tags(rows: QuerySet[Block] | QuerySet[Pending]) -> set[bytes]:
    return {bytes(tag) for tag in rows.values_list("address", flat=True)}
