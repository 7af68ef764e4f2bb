"""The rules about supporters, pure: who is the same person, who may be written to, and when.

1. One mailbox is one address, however it is spelled: capitals, +tags, dots where the provider ignores them, the other
   domains of the same provider, an international domain in either of its forms.
2. One person is one name at one address: accents, capitals, punctuation and the order of the words don't make another.
3. Two people may share an address and both count. A third name at it does not.
4. One address gets at most one mail a day and three in all, for one campaign. A letter that must wait is written
   tomorrow; one that would have to wait longer is not written, for it could not be answered in time.
5. What was not confirmed after 48 hours is forgotten.
6. A signature of a guarded campaign enters the ledger together with at least 15 others, or after an hour: the place of
   a leaf must not tell when somebody confirmed.
7. A leaf names a country where at least 20 of one campaign and country enter together, and never for a guarded one.

Invariant: the same question has the same answer; time is an argument; nothing here reads or writes anything.
It does not judge whether an address is well-formed beyond what a mail needs: the intake's form does.
Standards: RFC 5321 (addresses), RFC 5890 (A-labels), UAX 15 (normalisation).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from standwith.supporters.errors import NotAnAddress

LIFE = timedelta(hours=48)
"""How long an unconfirmed act and its address are kept."""
LINK_LIFE = LIFE - timedelta(minutes=5)
"""How long a link confirms: a little less, so that what the intake took in time is read before its act is forgotten."""
BETWEEN_MAILS = timedelta(hours=24)
REMIND_AFTER = timedelta(hours=24)
MAILS_IN_ALL = 3
NAMES_PER_ADDRESS = 2
TIME_TO_ANSWER = timedelta(hours=1)
"""A reminder that leaves less time than this is not worth a mail."""
SMALLEST_BATCH = 16
LONGEST_WAIT = timedelta(hours=1)
SMALLEST_GROUP = 20
"""People of one country who may be shown as such."""

SAME_PROVIDER = {
    "googlemail.com": "gmail.com",
    "pm.me": "proton.me",
    "protonmail.com": "proton.me",
    "protonmail.ch": "proton.me",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "ya.ru": "yandex.ru",
    "yandex.com": "yandex.ru",
    "yandex.by": "yandex.ru",
    "yandex.kz": "yandex.ru",
    "yandex.ua": "yandex.ru",
    "narod.ru": "yandex.ru",
    "tutanota.com": "tuta.com",
    "tutanota.de": "tuta.com",
    "tutamail.com": "tuta.com",
    "tuta.io": "tuta.com",
    "keemail.me": "tuta.com",
    "fastmail.fm": "fastmail.com",
}
"""Domains of one provider under which a mailbox has the same name; the first is written as the second."""

IGNORED = {"gmail.com": ".", "proton.me": ".-_"}
"""Characters of the local part that a provider ignores."""

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029<>,;:\\\[\]()\"]")


class Verdict(StrEnum):
    """What becomes of a signature act; the words are those of the clerk's log."""

    ASKED = "asked"  # kept, and the person is asked to confirm
    SIGNED = "signed already"
    REPEATED = "repeated"  # asked today already
    THIRD = "third name"
    QUOTA = "mail quota"
    BLOCKED = "blocked"
    CLOSED = "campaign closed"
    UNKNOWN_TEXT = "unknown text"
    UNREADABLE = "unreadable"
    KEY_LOST = "sealed to a lost key"


class Quota(NamedTuple):
    """The mails that one address was promised for one campaign: how many, and in which hour the latest is due.

    No more than the hour, for a quota outlives the act, and must not tell whose it is by the moment. Rounded down, a
    day between two promises may be up to an hour short; the sender counts the full day, by the time a mail left.
    """

    mails: int = 0
    latest: datetime | None = None

    def with_mail(self, due: datetime) -> "Quota":
        """The quota after one more mail."""
        return Quota(self.mails + 1, due.replace(minute=0, second=0, microsecond=0))


def deliverable_address(address: str) -> str:
    """The address as a mail server takes it, the domain in A-labels; raises NotAnAddress."""
    local, at, domain = address.strip().rpartition("@")
    if not at or not 0 < len(local) <= 64 or not local.isascii() or "@" in local or _UNSAFE.search(local + domain):
        raise NotAnAddress("This is not an address that a mail can be sent to.")
    labels = [_a_label(label) for label in unicodedata.normalize("NFKC", domain).lower().replace("。", ".").split(".")]
    if not all(0 < len(label) < 64 for label in labels) or len(labels) < 2 or len(address) > 254:
        raise NotAnAddress("The part behind the @ is not the name of a mail server.")
    return f"{local}@{'.'.join(labels)}"


def canonical_address(address: str) -> str:
    """The one spelling of a mailbox, for finding duplicates and not for writing to; raises NotAnAddress."""
    return mailbox(deliverable_address(address))


def mailbox(deliverable: str) -> str:
    """The one spelling of the mailbox behind an address that is in its deliverable form."""
    local, _, domain = deliverable.rpartition("@")
    domain = SAME_PROVIDER.get(domain, domain)
    local = local.lower()
    local = local.partition("+")[0] or local
    kept = local.translate(dict.fromkeys(map(ord, IGNORED.get(domain, "")))) or local
    if domain == "yandex.ru":  # ivan-example and ivan.example are one mailbox there
        kept = kept.replace("-", ".")
    return f"{kept}@{domain}"


def canonical_name(name: str) -> str:
    """The one spelling of a name: its words without accents, capitals and punctuation, sorted."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = "".join(c if c.isalnum() else "" if _joins(c) else " " for c in plain)
    return " ".join(sorted(letters.split())) or plain.strip()


def next_slot(quota: Quota, now: datetime) -> datetime | None:
    """When the next mail to this address may go out; None when it had its three."""
    if quota.mails >= MAILS_IN_ALL:
        return None
    return now if quota.latest is None else max(now, quota.latest + BETWEEN_MAILS)


def latest_quota(quotas: Iterable[Quota]) -> Quota:
    """The quota of an address that is counted under several tags: by the one that knows of most."""
    return max(quotas, default=Quota())


def judge(
    *, blocked: bool, signed: bool, names_signed: int, waiting: bool, slot: datetime | None, now: datetime
) -> Verdict:
    """What becomes of an act. `signed` and `waiting` are about this name, `names_signed` about the whole address."""
    if blocked:
        return Verdict.BLOCKED
    if signed:
        return Verdict.SIGNED
    if names_signed >= NAMES_PER_ADDRESS:
        return Verdict.THIRD
    if slot is None or slot > now + BETWEEN_MAILS:
        return Verdict.QUOTA
    return Verdict.REPEATED if waiting and slot > now else Verdict.ASKED


def reminder_at(first_mail: datetime, expires: datetime) -> datetime | None:
    """When to remind somebody whose first mail is due then; None when there would be no time left to answer."""
    at = first_mail + REMIND_AFTER
    return at if at + TIME_TO_ANSWER <= expires else None


def batch_is_due(waiting: int, since: datetime | None, now: datetime) -> bool:
    """Whether so many signatures of guarded campaigns, the first of which waits since then, may enter the ledger."""
    return waiting >= SMALLEST_BATCH or (waiting > 0 and since is not None and abs(now - since) >= LONGEST_WAIT)


def shown_countries(people: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these (campaign, country) that are frequent enough for leaves that enter together to name them."""
    groups = Counter(people)
    return {group for group, number in groups.items() if number >= SMALLEST_GROUP and group[1]}


def _a_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()


def _joins(character: str) -> bool:
    """Marks on letters, and apostrophes: they stand inside a word and don't part it."""
    return unicodedata.category(character)[0] == "M" or character in "'’ʼ`´"
