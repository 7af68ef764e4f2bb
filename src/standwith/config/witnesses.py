"""Having the ledger's checkpoint witnessed, and looking what others have seen of it, for one installation.

Asking goes on in a thread of its own, so that a witness that is away delays nothing but the "witnessed by k of n" on
the pages. Only the newest checkpoint is asked for; those that were overtaken meanwhile are not.
Invariant: what comes back is not believed here: Log.cosign checks each line against the policy. The policy is the
file HOME/policy, read again whenever somebody has changed it.
Standard: C2SP tlog-witness, tlog-policy.
"""

import logging
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from standwith.config.home import Home
from standwith.config.settings import Settings
from standwith.ledger.asking import ask_sizes, ask_witnesses, fetch_checkpoint
from standwith.ledger.errors import AskingFailed, LedgerError, LogForked, WitnessAhead, WitnessDisagrees
from standwith.ledger.log import WHAT_NOW, Log, Seen, read_lock
from standwith.ledger.note import Signer
from standwith.ledger.policy import Policy, read_policy
from standwith.ledger.tiles import Tree

log = logging.getLogger("standwith.clerk")

SECONDS_AT_START = 5.0


class _Question(NamedTuple):
    checkpoint: bytes
    tree: Tree
    urls: dict[str, str]


class Witnesses:
    """The witnesses of one installation's policy; `start` it, `ask`, and take the `answers` when they are there."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}  # how far each has come, by address
        self._question: queue.Queue[_Question | None] = queue.Queue()
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="witnesses", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def ask(self, ledger: Log, policy: Policy) -> None:
        """Have the newest checkpoint cosigned by whom the policy names with an address."""
        urls = addresses(policy)
        if urls:
            self._question.put(_Question(ledger.checkpoint, ledger.tree(), urls))

    def answers(self) -> Iterator[bytes]:
        """The signature lines that came in since the last call."""
        with suppress(queue.Empty):
            while True:
                yield self._answers.get_nowait()

    def stop(self) -> None:
        """End soon; an answer under way is lost, and asked for again by the next clerk."""
        self._question.put(None)

    def _work(self) -> None:
        while (question := self._newest()) is not None:
            for name, answer in ask_witnesses(question.urls, question.checkpoint, question.tree, self._known):
                if isinstance(answer, bytes):
                    self._answers.put(answer)
                else:  # not even one that has seen more stops us now: a hostile witness could stop every count
                    serious = isinstance(answer, WitnessAhead | WitnessDisagrees)
                    log.log(
                        logging.ERROR if serious else logging.WARNING, "witness %s: %s", name, type(answer).__name__
                    )

    def _newest(self) -> _Question | None:
        """The question asked last, waiting for one if need be; None is the end."""
        question = self._question.get()
        with suppress(queue.Empty):
            while question is not None:
                question = self._question.get_nowait()
        return question


def addresses(policy: Policy) -> dict[str, str]:
    """Where each witness of the policy is asked; those without an address are not."""
    return {name: url for name, (_, url) in policy.witnesses.items() if url}


def installed_policy(home: Home) -> Policy:
    """The policy of this installation; raises PolicyRefused, or OSError when the file is not there."""
    return read_policy(home.policy.read_bytes())


def look_around(home: Home, settings: Settings, signer: Signer) -> list[Seen]:
    """What witnesses and mirrors have of our log. Who does not answer is passed over, and said so in the log."""
    return [*_seen_by_witnesses(home, signer), *_seen_by_mirrors(settings)]


def _seen_by_witnesses(home: Home, signer: Signer) -> Iterator[Seen]:
    try:
        urls = addresses(installed_policy(home))
    except (OSError, LedgerError):
        return
    for name, answer in ask_sizes(urls, read_lock(signer).checkpoint, seconds=SECONDS_AT_START):
        if isinstance(answer, int):
            yield Seen(f"the witness {name}", None, answer)
        elif isinstance(answer, WitnessDisagrees):
            raise LogForked(f"The witness {name} has cosigned another log of this size than ours. {WHAT_NOW}")
        else:
            log.warning("witness %s: %s", name, type(answer).__name__)


def _seen_by_mirrors(settings: Settings) -> Iterator[Seen]:
    for url in settings.mirrors:
        try:
            yield Seen(f"the mirror {url}", fetch_checkpoint(url, seconds=SECONDS_AT_START), 0)
        except AskingFailed as problem:
            log.warning("mirror %s: %s", url, type(problem).__name__)
