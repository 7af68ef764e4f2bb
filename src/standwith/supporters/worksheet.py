"""The clerk's worksheet: the rows that a batch may touch, read at once, changed in memory, written back at once.

Invariant: `load` and `store` use the same number of queries whatever the size of the batch (but for the database's own
limit on parameters); between them the sheet answers as the tables would if each act had been written on its own.
Does not decide anything: receive.py, confirm.py and withdraw.py do. Used inside one transaction, by one clerk.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from standwith.ledger.leaf import campaign_tag, make_withdrawal
from standwith.ledger.rows import origin, queue
from standwith.mail.send import recall
from standwith.mail.spool import Promise, spool
from standwith.supporters.epochs import Tags
from standwith.supporters.models import Block, Pending, TextVersion
from standwith.supporters.profiles import Profile
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
from standwith.supporters.rules import Quota, latest_quota
from standwith.supporters.tallies import change_tallies
from standwith.supporters.versions import UNKNOWN


class Hashes(NamedTuple):
    """The token hashes that acts came with: of links, of codes, and of withdrawals."""

    links: Collection[bytes]
    codes: Collection[bytes]
    withdrawals: Collection[bytes]


class Worksheet:
    """Open it with `Worksheet.load`, hand it to the verbs, then `store` it."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self.profiles = profiles
        self.texts: dict[tuple[str, str], TextVersion] = {}
        self.blocked: set[bytes] = set()
        self._campaigns: dict[int, str] = {}  # by text
        self._quotas: dict[bytes, Quota] = {}
        self._pending: dict[bytes, Waiting] = {}  # by link and by code
        self._waiting: defaultdict[bytes, list[Waiting | Asked]] = defaultdict(list)  # by address
        self._withdrawing: defaultdict[bytes, list[Waiting | Asked]] = defaultdict(list)  # by withdrawal
        self._signed: dict[bytes, Signed] = {}  # by withdrawal
        self._persons: set[bytes] = set()  # who signed
        self._names: Counter[bytes] = Counter()  # confirmed names by address
        self._promised: dict[bytes, bytes] = {}  # tags whose quota changed -> epoch
        self._asked: dict[bytes, tuple[Asked, Promise]] = {}  # by link
        self._counted: dict[bytes, Waiting] = {}  # waiting acts to be moved, by withdrawal
        self._gone: tuple[list[Waiting], list[Signed]] = [], []
        self._taken_back: list[bytes] = []  # leaves

    @classmethod
    def load(
        cls, profiles: Mapping[str, Profile], signers: Collection[Tags], blocks: Collection[bytes], hashes: Hashes
    ) -> "Worksheet":
        """Read what acts in these campaigns, with these tags, block tags and token hashes, may touch."""
        sheet = cls(profiles)
        texts = TextVersion.objects.filter(campaign__in=profiles)
        sheet.texts = {(text.campaign, text.digest): text for text in texts if text.digest != UNKNOWN}
        sheet._campaigns = {text.pk: text.campaign for text in texts}
        sheet.blocked = _tags(Block.objects.filter(address__in=blocks).values_list("address", flat=True))
        sheet._quotas = read_quotas({tag for signer in signers for tag in signer.quotas})
        # At an address that was never promised a mail nothing waits and nobody signed.
        asked = {signer.address for signer in signers if signer.quotas.keys() & sheet._quotas.keys()}
        touched = Q(link__in=hashes.links) | Q(typed__in=hashes.codes) | Q(withdrawal__in=hashes.withdrawals)
        theirs = Pending.objects.filter(touched).values("address")
        for waiting in read_waiting(Q(address__in=asked) | Q(address__in=theirs)):
            sheet._pending[waiting.link] = sheet._pending[waiting.typed] = waiting
            sheet._place(waiting)
        for signed in read_signed(Q(address__in=asked | sheet._waiting.keys()) | Q(withdrawal__in=hashes.withdrawals)):
            sheet._sign(signed)
        return sheet

    def pending(self, token_hash: bytes) -> Waiting | None:
        """The act that waits for this link or code; one of this batch does not, for its letter has not left."""
        return self._pending.get(token_hash)

    def waiting(self, address: bytes) -> list[Waiting | Asked]:
        """The acts that wait at this address, the oldest first."""
        return list(self._waiting[address])

    def withdrawing(self, withdrawal: bytes) -> list[Waiting | Asked]:
        """The acts that wait and would be withdrawn by what this is the hash of."""
        return list(self._withdrawing[withdrawal])

    def belongs(self, row: Waiting | Asked | Signed, campaign: str) -> bool:
        """Whether a row is of this campaign."""
        return self._campaigns.get(row.text) == campaign

    def signed(self, withdrawal: bytes) -> Signed | None:
        """The signature that would be withdrawn by what this is the hash of."""
        return self._signed.get(withdrawal)

    def has_signed(self, person: bytes) -> bool:
        """Whether the person whom this tag stands for has signed."""
        return person in self._persons

    def names_at(self, address: bytes) -> int:
        """How many confirmed names there are at this address."""
        return self._names[address]

    def quota(self, signer: Tags) -> Quota:
        """The mails that this address was promised; what an older key remembers, the one in use learns."""
        quota = latest_quota(self._quotas[tag] for tag in signer.quotas if tag in self._quotas)
        if quota.mails and signer.quota not in self._quotas:
            self._quotas[signer.quota] = quota
            self._promised[signer.quota] = signer.quotas[signer.quota]
        return quota

    def keep(self, asked: Asked, letter: Promise, signer: Tags) -> None:
        """Let an act wait, and its letter with it; the mail counts against the address's quota."""
        self._place(asked)
        self._asked[asked.link] = asked, letter
        quota = self.quota(signer).with_mail(letter.due)
        for tag, epoch in signer.quotas.items():
            self._quotas[tag] = quota
            self._promised[tag] = epoch

    def drop(self, act: Waiting | Asked) -> None:
        """Forget a waiting act and take back the letters about it."""
        self._waiting[act.address].remove(act)
        self._withdrawing[act.withdrawal].remove(act)
        if isinstance(act, Asked):
            del self._asked[act.link]
        else:
            del self._pending[act.link], self._pending[act.typed]
            self._gone[0].append(act)

    def count(self, act: Waiting) -> None:
        """Make a waiting act a signature, which enters the ledger next; it is dropped besides."""
        self._counted[act.withdrawal] = act
        self._sign(Signed(0, act.text, act.country, None, act.withdrawal, act.address, act.person))

    def uncount(self, signed: Signed, w: bytes) -> None:
        """Take a signature, its sealed record with it, out of the number; `w` shows the ledger that its owner may."""
        del self._signed[signed.withdrawal]
        if signed.address is not None:
            self._names[signed.address] -= 1
        self._persons.discard(signed.person or b"")
        if not signed.row:
            del self._counted[signed.withdrawal]
            return
        self._gone[1].append(signed)
        if signed.place is not None:
            tag = campaign_tag(origin(), self._campaigns[signed.text])
            self._taken_back.append(make_withdrawal(tag, signed.place, w))

    def store(self, today: date) -> None:
        """Write everything back."""
        forget_signed([signed.row for signed in self._gone[1]])
        count_waiting((act.row, today if act.country else None) for act in self._counted.values())
        forget_waiting([act.row for act in self._gone[0]])
        recall([act.link for act in self._gone[0]])
        let_wait(asked for asked, _ in self._asked.values())
        spool(letter for _, letter in self._asked.values())
        store_quotas({tag: self._quotas[tag] for tag in self._promised}, self._promised)
        fallen = Counter((signed.text, signed.country) for signed in self._gone[1] if signed.place is not None)
        change_tallies({key: -number for key, number in fallen.items()})
        for leaf in self._taken_back:
            queue(leaf)

    def _place(self, act: Waiting | Asked) -> None:
        self._waiting[act.address].append(act)
        self._withdrawing[act.withdrawal].append(act)

    def _sign(self, signed: Signed) -> None:
        self._signed[signed.withdrawal] = signed
        if signed.address is not None and signed.person is not None:
            self._persons.add(signed.person)
            self._names[signed.address] += 1


def _tags(found: Iterable[bytes | memoryview]) -> set[bytes]:
    return set(map(bytes, found))
