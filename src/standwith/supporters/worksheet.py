"""The clerk's worksheet: the rows that a batch may touch, read at once, changed in memory, written back at once.

Invariant: `load` and `store` use the same number of queries whatever the size of the batch (but for the database's own
limit on parameters); between them the sheet answers as the tables would if each act had been written on its own.
Does not decide anything: receive.py, confirm.py and withdraw.py do. Used inside one transaction, by one clerk.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from standwith.mail.send import recall
from standwith.mail.spool import Promise, spool
from standwith.supporters.models import Block, Closing, Pending, Tally, TextVersion
from standwith.supporters.quotas import read_quotas, store_quotas
from standwith.supporters.rows import (
    Asked,
    Signed,
    Waiting,
    count_waiting,
    forget_signed,
    forget_waiting,
    let_wait,
    read_signed,
    read_waiting,
)
from standwith.supporters.rules import Quota


class Hashes(NamedTuple):
    """The token hashes that acts came with: of links, of codes, and of withdrawals."""

    links: Collection[bytes]
    codes: Collection[bytes]
    persons: Collection[bytes]


class Worksheet:
    """Open it with `Worksheet.load`, hand it to the verbs, then `store` it."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], TextVersion] = {}
        self._campaigns: dict[int, str] = {}  # by text
        self.quotas: dict[bytes, Quota] = {}
        self.blocked: set[bytes] = set()
        self.closed: set[str] = set()  # campaigns
        self._pending: dict[bytes, Waiting] = {}  # by link and by code
        self._waiting: defaultdict[bytes, list[Waiting | Asked]] = defaultdict(list)  # by address
        self._of_person: defaultdict[bytes, list[Waiting | Asked]] = defaultdict(list)  # by withdrawal
        self._signatures: dict[bytes, Signed] = {}  # by withdrawal
        self._names: Counter[bytes] = Counter()  # confirmed names by address
        self._tally: Counter[tuple[int, str]] = Counter()  # change by text and country
        self._promised: set[bytes] = set()  # addresses whose quota changed
        self._asked: dict[bytes, tuple[Asked, Promise]] = {}  # by link
        self._counted: dict[bytes, int] = {}  # waiting acts to be moved, by withdrawal
        self._gone: tuple[list[Waiting], list[int]] = [], []  # waiting acts, and signatures by row

    @classmethod
    def load(
        cls, campaigns: Collection[str], addresses: Collection[bytes], blocks: Collection[bytes], hashes: Hashes
    ) -> "Worksheet":
        """Read what acts in these campaigns, with these address tags, block tags and token hashes, may touch."""
        sheet = cls()
        texts = TextVersion.objects.filter(campaign__in=campaigns)
        sheet.texts = {(text.campaign, text.digest): text for text in texts}
        sheet._campaigns = {text.pk: text.campaign for text in texts}
        sheet.closed = set(Closing.objects.filter(campaign__in=campaigns).values_list("campaign", flat=True))
        sheet.blocked = _tags(Block.objects.filter(address__in=blocks).values_list("address", flat=True))
        sheet.quotas = read_quotas(addresses)
        asked = sheet.quotas.keys()  # at an address that was never promised a mail nothing waits and nobody signed
        touched = Q(link__in=hashes.links) | Q(code__in=hashes.codes) | Q(withdrawal__in=hashes.persons)
        theirs = Pending.objects.filter(touched).values("address")
        for waiting in read_waiting(Q(address__in=asked) | Q(address__in=theirs)):
            sheet._pending[waiting.link] = sheet._pending[waiting.code] = waiting
            sheet._place(waiting)
        for signed in read_signed(Q(address__in=asked | sheet._waiting.keys()) | Q(withdrawal__in=hashes.persons)):
            sheet._sign(signed)
        return sheet

    def pending(self, token_hash: bytes) -> Waiting | None:
        """The act that waits for this link or code; one of this batch does not, for its letter has not left."""
        return self._pending.get(token_hash)

    def waiting(self, address: bytes) -> list[Waiting | Asked]:
        """The acts that wait at this address, the oldest first."""
        return list(self._waiting[address])

    def of_person(self, withdrawal: bytes) -> list[Waiting | Asked]:
        """The acts that wait from the person whom this withdrawal hash stands for."""
        return list(self._of_person[withdrawal])

    def belongs(self, row: Waiting | Asked | Signed, campaign: str) -> bool:
        """Whether a row is of this campaign."""
        return self._campaigns.get(row.text) == campaign

    def signature(self, withdrawal: bytes) -> Signed | None:
        """The signature of the person whom this withdrawal hash stands for."""
        return self._signatures.get(withdrawal)

    def names_at(self, address: bytes) -> int:
        """How many confirmed names there are at this address."""
        return self._names[address]

    def keep(self, asked: Asked, letter: Promise) -> None:
        """Let an act wait, and its letter with it; the mail counts against the address's quota."""
        self._place(asked)
        self._asked[asked.link] = asked, letter
        self.quotas[asked.address] = self.quotas.get(asked.address, Quota()).with_mail(letter.due)
        self._promised.add(asked.address)

    def drop(self, act: Waiting | Asked) -> None:
        """Forget a waiting act and take back the letters about it."""
        self._waiting[act.address].remove(act)
        self._of_person[act.withdrawal].remove(act)
        if isinstance(act, Asked):
            del self._asked[act.link]
        else:
            del self._pending[act.link], self._pending[act.code]
            self._gone[0].append(act)

    def count(self, act: Waiting) -> None:
        """Take a waiting act into the number; it is dropped besides."""
        self._counted[act.withdrawal] = act.row
        self._sign(Signed(0, act.text, act.country, act.address, act.withdrawal))
        self._tally[act.text, act.country] += 1

    def uncount(self, signed: Signed) -> None:
        """Take a signature, its sealed record with it, out of the number."""
        del self._signatures[signed.withdrawal]
        self._names[signed.address] -= 1
        self._tally[signed.text, signed.country] -= 1
        if signed.row:
            self._gone[1].append(signed.row)
        else:
            del self._counted[signed.withdrawal]

    def store(self, today: date) -> None:
        """Write everything back."""
        forget_signed(self._gone[1])
        count_waiting(self._counted.values(), today)
        forget_waiting([act.row for act in self._gone[0]])
        recall([act.link for act in self._gone[0]])
        let_wait(asked for asked, _ in self._asked.values())
        spool(letter for _, letter in self._asked.values())
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

    def _place(self, act: Waiting | Asked) -> None:
        self._waiting[act.address].append(act)
        self._of_person[act.withdrawal].append(act)

    def _sign(self, signed: Signed) -> None:
        self._signatures[signed.withdrawal] = signed
        self._names[signed.address] += 1


def _tags(found: Iterable[bytes | memoryview]) -> set[bytes]:
    return set(map(bytes, found))
