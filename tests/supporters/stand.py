"""A stand in the street: people sign and confirm, time passes, the clerk works. All but the acts is real."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from standwith.journal.acts import ConfirmationAct, SignatureAct, WithdrawalAct, encode
from standwith.journal.store import Journal, create
from standwith.ledger import rows
from standwith.ledger.count import Count, Counter
from standwith.ledger.founding import found_log
from standwith.ledger.leaf import campaign_tag
from standwith.mail.models import Spooled
from standwith.sealing.keys import PublicKey
from standwith.sealing.lock import seal_contact
from standwith.sealing.record import Contact
from standwith.sealing.tokens import (
    check_confirmation_code,
    check_confirmation_token,
    check_withdrawal_token,
    token_hash,
)
from standwith.supporters.enter import enter
from standwith.supporters.epochs import Epochs
from standwith.supporters.invitation import Invitation, open_invitation
from standwith.supporters.keys import Keyring, create_keys
from standwith.supporters.models import Pending
from standwith.supporters.queries import numbers, recount, tallied
from standwith.supporters.versions import register
from standwith.supporters.work import work

ORIGIN = "act.example.org/log"
CAMPAIGN, GUARDED = "stand-with-examples", "whisper-with-examples"
MORNING = datetime(2026, 3, 1, 6, tzinfo=UTC)
TEXTS = {"en": "a" * 64, "fr": "b" * 64, "ar": "c" * 64}
RECORD = b"sealed to the custodians"


class Stand:
    """One open campaign; a guarded one after `whisper`. `now` is moved by `later`."""

    def __init__(self, path: Path) -> None:
        self.path, self.now = path, MORNING
        create_keys(path / "keys", MORNING)
        create(path / "journal.sqlite")
        (path / "log").mkdir()
        found_log(ORIGIN, path / "log", path / "keys", MORNING)
        self.keys = Keyring.open(path / "keys")
        self.start_clerk()
        self.journal = Journal(path / "journal.sqlite")
        register(CAMPAIGN, TEXTS, note=None, now=MORNING)

    def start_clerk(self) -> None:
        """As after a restart of the clerk: what is in memory but not in its process is still there."""
        (self.path / "memory").mkdir(exist_ok=True)
        self.epochs = Epochs(self.path / "memory")

    def whisper(self) -> None:
        """Publish a guarded campaign, too."""
        register(GUARDED, TEXTS, note=None, now=self.now, guarded=True)

    def later(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now

    def clerk_key(self) -> PublicKey:
        return PublicKey.parse((self.path / "keys" / "clerk.pub").read_text())

    def signature(
        self,
        name: str,
        address: str,
        *,
        country: str | None = None,
        language="en",
        text="",
        campaign=CAMPAIGN,
        record=RECORD,
        code: bytes = b"",
        w: bytes = b"",
        commitment: bytes = b"",
    ) -> bytes:
        contact = seal_contact(Contact(address, name, w or secrets.token_bytes(16)), self.clerk_key(), campaign)
        if country is None:
            country = "" if campaign == GUARDED else "FR"
        act = SignatureAct(
            campaign=campaign,
            language=language,
            text=text or TEXTS[language],
            country=country,
            record=record,
            contact=contact,
            at=int(self.now.timestamp()) // 3600,
            commitment=commitment or secrets.token_bytes(32),
            code=code or secrets.token_bytes(16),
        )
        return encode(act)

    def sign(self, name: str = "Amina Example", address: str = "amina@example.org", **more) -> None:
        self.journal.append([self.signature(name, address, **more)])

    def confirm(self, invitation: Invitation, by="link", campaign: str = "") -> None:
        """Post a confirmation, as the intake would; the link's age is not looked at."""
        key, asked = self.keys.link_key, invitation.campaign
        accepted = (
            check_confirmation_code(key, asked, invitation.code)
            if by == "code"
            else check_confirmation_token(key, asked, invitation.link, MORNING)
        )
        act = ConfirmationAct(campaign or asked, invitation.language, token_hash(accepted), by)
        self.journal.append([encode(act)])

    def withdraw(self, invitation: Invitation, campaign: str = "") -> None:
        w = check_withdrawal_token(self.keys.link_key, invitation.campaign, invitation.withdrawal)
        self.take_back(w, campaign or invitation.campaign)

    def take_back(self, w: bytes, campaign: str = CAMPAIGN) -> None:
        """Post a withdrawal with what its supporter alone has."""
        self.journal.append([encode(WithdrawalAct(campaign, w))])

    def read(self, limit: int = 1000) -> int:
        """Let the clerk read all there is."""
        done = 0
        while read := work(self.journal, self.keys, self.epochs, self.now, limit):
            done += read
        return done

    def work(self, limit: int = 1000) -> int:
        """Let the clerk do all there is, and enter what may enter the ledger."""
        done = self.read(limit)
        while enter(self.now):
            pass
        return done

    def asked(self) -> list[Invitation]:
        """The invitations of all acts that wait, the oldest first."""
        return [self.opened(pending) for pending in Pending.objects.order_by("pk")]

    def opened(self, row: Pending | Spooled) -> Invitation:
        sealed = row.envelope if isinstance(row, Pending) else row.sealed
        return open_invitation(bytes(sealed), self.keys.spool_key(row.key))

    def count_in(self, name: str = "Amina Example", address: str = "amina@example.org", **more) -> Invitation:
        """Sign, confirm, and be counted."""
        self.sign(name, address, **more)
        self.read()
        invitation = self.asked()[-1]
        self.confirm(invitation)
        self.work()
        return invitation

    @property
    def confirmed(self) -> int:
        """The number of signatures in the ledger; that all who count them say the same is checked on the way."""
        assert tallied(CAMPAIGN) == recount(CAMPAIGN)
        assert numbers(CAMPAIGN).confirmed == self.count().number
        return numbers(CAMPAIGN).confirmed

    def count(self, campaign: str = CAMPAIGN) -> Count:
        """What the leaves say."""
        counter = Counter()
        counter.fold(self.leaves())
        return counter.count(campaign_tag(ORIGIN, campaign))

    def leaves(self) -> list[bytes]:
        return rows.read(0, 1_000_000)
