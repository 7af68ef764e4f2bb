"""The ledger's turn in the clerk's day: give the confirmed their place, publish the checkpoint, have it witnessed.

Invariant: only the clerk, of whom there is one, signs; each turn may be killed and is finished by the next. A policy
that cannot be read stops the cosigning, never the counting.
Does not decide who counts (supporters) nor how a log is written (ledger).
"""

import logging
from datetime import UTC, datetime, timedelta

from standwith.config.home import Home
from standwith.config.settings import Settings
from standwith.config.witnesses import Witnesses, installed_policy, look_around
from standwith.durable.files import write_atomically
from standwith.ledger.errors import LedgerError
from standwith.ledger.founding import read_signer
from standwith.ledger.log import Log
from standwith.ledger.policy import Policy
from standwith.ledger.rows import size
from standwith.supporters.enter import enter

log = logging.getLogger("standwith.clerk")

MOST_UNSIGNED = 10_000
"""Leaves that may wait for a signature, as after a full disk, before more enter: a batch is never signed in two."""
ASK_AGAIN = timedelta(minutes=1)
"""How soon a witness that did not answer is asked again, where no new checkpoint asks all of them anyway."""


class Bookkeeper:
    """The ledger of one home, open for writing. Raises LedgerError with what to do; then nothing may be signed."""

    def __init__(self, home: Home, settings: Settings) -> None:
        self.home = home
        signer = read_signer(home.keys)
        self.ledger = Log.open(home.log, signer, seen=look_around(home, settings, signer))
        self.witnesses = Witnesses()
        self.witnesses.start()
        self._policy: tuple[bytes, Policy | None] = b"", None
        self._asked = datetime.min.replace(tzinfo=UTC)

    def take_cosignatures(self) -> bool:
        """Put what the witnesses answered under the checkpoint; return whether anything came."""
        before, policy = self._policy[1], self.policy()
        if policy is None:
            return False
        lines = [b"", *self.witnesses.answers()] if policy is not before else list(self.witnesses.answers())
        taken = [self.ledger.cosign(line, policy) for line in lines]  # b"" says how many witnesses there are
        return any(taken)

    def publish(self, now: datetime) -> bool:
        """Give the confirmed their place and sign the new size; return whether there is one."""
        entered = enter(now) if size() - self.ledger.size <= MOST_UNSIGNED else 0
        published = self.ledger.publish()
        if published or (now - self._asked >= ASK_AGAIN and not self._complete()):
            self._ask(now)
        return bool(entered) or published

    def close(self) -> None:
        """Ask nobody any more."""
        self.witnesses.stop()

    def policy(self) -> Policy | None:
        """The policy as it is now, shown beside the log; None when it cannot be used."""
        try:
            data = self.home.policy.read_bytes()
            if data != self._policy[0]:
                self._policy = data, installed_policy(self.home)
                write_atomically(self.home.log / "policy", data)
        except (OSError, LedgerError) as problem:
            if self._policy[1] is not None:
                log.warning("the policy cannot be used (%s); nothing is witnessed", type(problem).__name__)
            self._policy = b"", None
        return self._policy[1]

    def _complete(self) -> bool:
        """Whether all witnesses have cosigned the checkpoint that is shown."""
        policy = self.policy()
        if policy is None:
            return True
        witnessed = policy.witnessed(self.ledger.checkpoint)
        return len(witnessed.cosigned) == witnessed.of

    def _ask(self, now: datetime) -> None:
        self._asked = now
        if policy := self.policy():
            self.witnesses.ask(self.ledger, policy)
