"""Any history of acts, removals, restarts and waiting leads to the number that a simple book-keeper comes to.

The book-keeper knows only what each act that waits is: whose, in which campaign, in which epoch. Whoever he does not
count, the ledger must not count; a person who signs twice in an epoch counts once, a third name at an address never.
"""

import shutil
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standwith.journal.acts import ConfirmationAct, encode
from standwith.ledger.leaf import Reason, withdraw_hash
from standwith.supporters.enter import enter
from standwith.supporters.erase import void
from standwith.supporters.expire import end_epochs
from standwith.supporters.models import Pending, Signature
from standwith.supporters.queries import recount, tallied
from standwith.supporters.records import sealed_records
from standwith.supporters.rules import NAMES_PER_ADDRESS
from tests.supporters.stand import CAMPAIGN, GUARDED, Stand
from tests.supporters.tables import empty_tables

CAMPAIGNS = (CAMPAIGN, GUARDED)


@dataclass(frozen=True)
class Waits:
    """An act that waits, as the book-keeper sees it."""

    link: bytes
    campaign: str
    epoch: bytes
    who: str  # name and address
    withdrawal: bytes

    @property
    def address(self):
        return self.campaign, self.epoch, self.who.split("|")[1]

    @property
    def person(self):
        return self.campaign, self.epoch, self.who


@dataclass
class Book:
    """Who waits and who counts."""

    waiting: list[Waits] = field(default_factory=list)
    counted: list[Waits] = field(default_factory=list)

    def confirm(self, act):
        if act not in self.waiting:
            return
        at_address = [other for other in self.counted if other.address == act.address]
        if act.person not in {other.person for other in at_address} and len(at_address) < NAMES_PER_ADDRESS:
            self.counted.append(act)
            at_address.append(act)
        full = len(at_address) >= NAMES_PER_ADDRESS
        self.waiting = [
            other
            for other in self.waiting
            if other.person != act.person and not (full and other.address == act.address)
        ]

    def withdraw(self, act):
        for acts in (self.waiting, self.counted):
            acts[:] = [other for other in acts if other.withdrawal != act.withdrawal]


class Story:
    """A stand with its book-keeper."""

    def __init__(self, path):
        self.stand, self.book = Stand(path), Book()
        self.stand.whisper()
        self.seen: list[Waits] = []
        self.secrets: dict[bytes, bytes] = {}
        self.posted = []

    def sign(self, name, address, campaign):
        w = len(self.secrets).to_bytes(16, "big")
        self.secrets[withdraw_hash(w)] = w
        record = f"{name}|{address.lower().removesuffix('+tag')}".encode()
        self.stand.sign(name, f"{address}@example.org", campaign=campaign, record=record, w=w)

    def confirm(self, act, by):
        hash_ = Pending.objects.filter(link=act.link).values_list("typed", flat=True).first() if by == "code" else None
        found = (bytes(hash_), "code") if hash_ else (act.link, "link")
        self.stand.journal.append([encode(ConfirmationAct(act.campaign, "en", *found))])
        self.posted.append(lambda: self.book.confirm(act))

    def withdraw(self, act):
        self.stand.take_back(self.secrets[act.withdrawal], act.campaign)
        self.posted.append(lambda: self.book.withdraw(act))

    def read(self, limit):
        self.stand.read(limit)
        for note in self.posted:
            note()
        self.posted.clear()
        known = {act.link for act in self.seen}
        for row in Pending.objects.order_by("pk").select_related("text"):
            if bytes(row.link) not in known:
                who = bytes(row.record).decode()
                waits = Waits(bytes(row.link), row.text.campaign, bytes(row.epoch), who, bytes(row.withdrawal))
                self.seen.append(waits)
                self.book.waiting.append(waits)
        assert {bytes(link) for link in Pending.objects.values_list("link", flat=True)} == {
            act.link for act in self.book.waiting
        }

    def enter(self, flush=False):
        while enter(self.stand.now, flush=flush):
            pass
        for campaign in CAMPAIGNS:
            assert tallied(campaign) == recount(campaign)
            assert self.stand.count(campaign).number == sum(tallied(campaign).values())

    def void(self, number):
        standing = list(Signature.objects.filter(index__isnull=False).order_by("index").select_related("text"))
        if not standing:
            return
        signature = standing[number % len(standing)]
        void(signature.text.campaign, [signature.index], Reason.DUPLICATE, "Alex Example", now=self.stand.now)
        gone = bytes(signature.withdrawal)
        self.book.counted = [act for act in self.book.counted if act.withdrawal != gone]

    def check(self):
        """Everything is read and entered: all who count say the same."""
        for campaign in CAMPAIGNS:
            expected = Counter(act.who for act in self.book.counted if act.campaign == campaign)
            assert self.stand.count(campaign).number == sum(expected.values())
            assert Counter(bytes(record).decode() for _, record in sealed_records(campaign)) == expected
        assert max(Counter(act.person for act in self.book.counted).values(), default=0) <= 1
        assert max(Counter(act.address for act in self.book.counted).values(), default=0) <= NAMES_PER_ADDRESS
        assert not Signature.objects.filter(confirmed__isnull=True).exclude(country="").exists()


NAMES, ADDRESSES = ("Amina", "Noor", "Ivan"), ("x", "X+tag", "y")
NUMBER = st.integers(0, 9)
STEPS = st.one_of(
    st.tuples(st.just("sign"), st.sampled_from(NAMES), st.sampled_from(ADDRESSES), st.sampled_from(CAMPAIGNS)),
    st.tuples(st.just("sign again"), st.sampled_from(NAMES), st.sampled_from(CAMPAIGNS)),
    st.tuples(st.just("sign in three names"), st.sampled_from(CAMPAIGNS)),
    st.tuples(st.just("be counted"), st.sampled_from(NAMES), st.sampled_from(ADDRESSES), st.sampled_from(CAMPAIGNS)),
    st.tuples(st.just("link"), NUMBER),
    st.tuples(st.just("confirm all"), st.booleans()),
    st.tuples(st.sampled_from(["code", "withdraw", "void"]), NUMBER),
    st.tuples(st.just("wait"), st.sampled_from([5, 61, 24 * 60])),
    st.tuples(st.just("read"), st.sampled_from([1, 3, 1000])),
    st.tuples(st.sampled_from(["enter", "keep house", "new clerk", "new machine"])),
)


def tell(story, step):
    chosen = story.seen[-1 - step[1] % len(story.seen)] if isinstance(step[-1], int) and story.seen else None
    match step:
        case ("sign", name, address, campaign):
            story.sign(name, address, campaign)
        case ("sign again", name, campaign):
            for step in (("sign", name, "x", campaign), ("read", 1000), ("wait", 24 * 60)) * 2:
                tell(story, step)
        case ("sign in three names", campaign):
            for name in NAMES:
                for step in (("sign", name, "x", campaign), ("read", 1000), ("wait", 13 * 60)):
                    tell(story, step)
        case ("be counted", *who):
            for step in (("sign", *who), ("read", 1000), ("confirm all", True), ("read", 1000), ("enter",)):
                tell(story, step)
        case ("link" | "code" as by, _) if chosen:
            story.confirm(chosen, by)
        case ("confirm all", backwards):
            for act in list(reversed(story.book.waiting)) if backwards else list(story.book.waiting):
                story.confirm(act, "link")
        case ("withdraw", _) if chosen:
            story.withdraw(chosen)
        case ("void", number):
            story.void(number)
        case ("wait", minutes):
            story.stand.later(minutes=minutes)
        case ("read", limit):
            story.read(limit)
        case ("enter",):
            story.enter()
        case ("keep house",):
            end_epochs(story.stand.epochs, story.stand.now)
        case ("new clerk",):
            story.stand.start_clerk()
        case ("new machine",):
            shutil.rmtree(story.stand.path / "memory")
            story.stand.start_clerk()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, min_size=4, max_size=25))
def test_the_ledger_s_number_is_the_book_keeper_s(tmp_path_factory, steps):
    empty_tables()
    story = Story(tmp_path_factory.mktemp("story"))
    for step in steps:
        tell(story, step)
    story.read(1000)
    story.enter(flush=True)
    story.check()
