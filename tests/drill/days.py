"""The days before a seizure: the crowd comes, reads its mail, confirms and withdraws; the clerk works through it all.

    with Days(place, memory, crowd) as days:
        days.until(RUNNING)        both campaigns run
        days.be_busy(late)         a last minute: some are asked, some have confirmed, some are not read yet
        …                          the machine stands still while it is looked at
        days.until(ENDED)          the open campaign is over for good

The machine lies in `place`: home, backups, logs, a directory for temporary files; `memory` is none of its disks.
People, their mail and the custodians are elsewhere: in this process.
Invariant: what the crowd is answered is what its plan says; a day that goes otherwise is no drill, and fails.
"""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from standwith.config.home import Home
from standwith.sealing.age import AgeIdentity, make_age_key
from standwith.sealing.codes import spell_code
from standwith.sealing.keys import SecretKey, make_key
from tests.drill.crowd import (
    BEGIN,
    COUNTRIES,
    GUARDED,
    HOURS,
    OPEN,
    OPEN_DAYS,
    VISITS,
    Person,
    acts_of,
    is_refused,
    is_slow,
)
from tests.drill.pieces import Piece, pieces_in_journal, pieces_in_tables
from tests.drill.relay import Letter, Relay
from tests.drill.watching import Watch
from tests.drill.wire import Process

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CLOSES = (BEGIN + timedelta(days=OPEN_DAYS - 1)).date()
RUNNING = VISITS[OPEN_DAYS * len(HOURS) - 1] + 5 * MINUTE
ENDED = VISITS[-1] + 5 * MINUTE
SITE = "https://act.example.org"
SLIPS = 3  # people at every visit who do something wrong first
NIGHT = 3  # the hour of the backup
BLOCKING = VISITS[4]
Form = tuple[Person, str, dict[str, str]]


class Late(NamedTuple):
    """Who came in the last minute: were asked to confirm, confirmed at once, or not read by the clerk yet."""

    asked: Sequence[Person]
    confirmed: Sequence[Person]
    unread: Sequence[Person]


class Days:
    """A machine and its crowd; it begins when entered. `keep`: backups that are kept; `senders`: processes."""

    def __init__(self, place: Path, memory: Path, crowd: Sequence[Person], *, keep: int = 7, senders: int = 2) -> None:
        self.place, self.memory, self.crowd, self.keep = place, memory, crowd, keep
        self.home, self.now, self.visit = Home(place / "home"), BEGIN, 0
        self.custodians: dict[str, list[SecretKey | AgeIdentity]] = {
            OPEN: [make_age_key() for _ in range(3)],
            GUARDED: [make_key("custodian") for _ in range(3)],
        }
        self.pieces: dict[bytes, Piece] = {}
        self.letters: dict[int, Letter] = {}
        self._shown: dict[int, str] = {}  # what a page showed to those who asked: the token that withdraws
        self._people = {person.code(time): person.number for person in crowd for time in (0, 1)}
        self._temporary = {person.number for person in crowd if person.confirms is None or person.withdraws is not None}
        self._number_of_senders = senders
        self._end = ExitStack()

    def __enter__(self) -> "Days":
        for name in ("logs", "tmp", "backups"):
            (self.place / name).mkdir(parents=True)
        self.watch = Watch(self.place / "tmp")
        numbers = range(len(self.crowd))
        self.relay = self._end.enter_context(Relay(set(filter(is_refused, numbers)), filter(is_slow, numbers)))
        self.office = self._start("clerk")
        settings = {
            "site_url": SITE,
            "mail_from": "Stand with <confirm@act.example.org>",
            "mail_relay": f"smtp://{self.relay.address}",
            "memory": str(self.memory),
        }
        lines = [[str(each.public) for each in self.custodians[campaign]] for campaign in (OPEN, GUARDED)]
        self._clerk("found", settings, lines, CLOSES.isoformat())
        self.door = self._start("door")
        self.senders = [self._start("sender") for _ in range(self._number_of_senders)]
        manifest = msgspec.json.decode(self.home.manifest.read_bytes())["campaigns"]
        self._texts = {name: next(iter(campaign["texts"])) for name, campaign in manifest.items()}
        self._clerk("work")
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        for log in (self.place / "logs").iterdir() if failed else ():
            print(f"{log.name}:", log.read_text(errors="replace")[-1000:], file=sys.stderr)
        self._end.close()
        self.watch.close()

    @property
    def processes(self) -> list[Process]:
        """Everything that runs on the machine."""
        return [self.office, self.door, *self.senders]

    def until(self, moment: datetime) -> None:
        """Let time pass, and people come, until `moment`."""
        while self.now < moment:
            following = min(self.now.replace(minute=0) + HOUR, moment)
            self._pass(following)
            if self.visit < len(VISITS) and VISITS[self.visit] == following:
                self._visit()
                self.visit += 1
            elif following.hour == NIGHT and not following.minute:
                self._clerk("back_up", str(self.place / "backups"), self.keep)

    def be_busy(self, late: Sequence[Person]) -> Late:
        """Let a third of these be asked, a third confirm, and a third not be read yet; no house is kept any more."""
        self._people |= {person.code(): person.number for person in late}
        asked, confirming, unread = (late[part::3] for part in range(3))
        self._post([self._sign(person) for person in [*asked, *confirming]])
        self._work()
        self._post([self._confirm(person) for person in confirming])
        self._clerk("work")
        self._post([self._sign(person) for person in unread])
        return Late(asked, confirming, unread)

    def block(self, people: Collection[Person]) -> None:
        """These ask never to be written to."""
        self._clerk("block", [person.address for person in people])

    def _pass(self, to: datetime) -> None:
        self.now = to
        self._work()
        self._clerk("house")

    def _visit(self) -> None:
        """People sign, and the clerk writes to them; a minute later they confirm and withdraw. Some slip first."""
        acts = acts_of(self.crowd, self.visit)
        for person in acts.sign[:SLIPS]:
            self._slip(person)
        self._post([self._sign(person) for person in acts.sign], self._keep_token)
        self.pieces.update(pieces_in_journal(self.home, self._people, self._temporary))
        self._work()
        self.now += MINUTE
        for person in acts.confirm[:SLIPS]:
            self._look(person)
        self._post([self._confirm(person) for person in acts.confirm])
        self._post([self._withdraw(person) for person in acts.withdraw])
        self._clerk("work")
        self._clerk("show")
        self._clerk("house")

    def _work(self) -> None:
        """The clerk reads and writes; people read their mail."""
        self._clerk("work")
        self.pieces.update(pieces_in_tables(self.home, self._people))
        for sender in self.senders:
            sender.tell("send", self.now.timestamp())
        for sender in self.senders:
            sender.answer()
        self.letters |= self.relay.read()

    def _clerk(self, verb: str, *more: Any) -> None:
        self.office.ask(verb, self.now.timestamp(), *more)

    def _slip(self, person: Person) -> None:
        """They forget to tick the box, lose their way, type a wrong code; what they typed is shown to them again."""
        _, path, fields = self._sign(person)
        unticked = {name: typed for name, typed in fields.items() if name != "sign"}
        self._ask("POST", path, 422, unticked)
        self._ask("POST", f"{path}/{person.address}", 404, fields)
        door = "-" if person.guarded else person.campaign
        self._ask("POST", f"/act/en/{door}/confirm", 422, {"code": person.address})

    def _look(self, person: Person) -> None:
        """They open the links of their letter, as do the programs that look into it first, and mistype them."""
        letter = self.letters[person.number]
        for link in filter(None, (letter.confirm, letter.withdraw)):
            self._ask("GET", link, 200)
            self._ask("HEAD", link, 200)
            self._ask("GET", f"{link}{person.number}", 404)

    def _ask(self, method: str, path: str, status: int, fields: Mapping[str, str] | None = None) -> None:
        request = (method, path, urlencode(fields or {}).encode())
        ((answered, _),) = self.door.ask("ask", self.now.timestamp(), [request])
        assert answered == status, f"{method} {path} was answered {answered}"

    def _post(self, forms: Sequence[Form], then: Callable[[Person, str], None] | None = None) -> None:
        requests = [("POST", path, urlencode(fields).encode()) for _, path, fields in forms]
        answers = self.door.ask("ask", self.now.timestamp(), requests)
        for (person, path, _), (status, location) in zip(forms, answers, strict=True):
            assert status == 303, f"person {person.number} was answered {status} at {path}"
            if then:
                then(person, location)

    def _sign(self, person: Person) -> Form:
        fields = {
            "name": person.name,
            "email": person.address,
            "country": COUNTRIES[person.number % len(COUNTRIES)],
            "organisation": person.organisation,
            "sign": "yes",
            "text": self._texts[person.campaign],
            "code": spell_code(person.code(int(self.visit == person.again))),
        }
        if person.guarded and person.withdraws is not None:
            fields["codes"] = "yes"
        return person, f"/act/en/{person.campaign}/sign", fields

    def _keep_token(self, person: Person, location: str) -> None:
        if "#" in location:
            self._shown[person.number] = location.partition(".")[2]

    def _confirm(self, person: Person) -> Form:
        letter = self.letters[person.number]
        if person.by == "link":
            return person, letter.confirm, {}
        return person, f"/act/en/{'-' if person.guarded else person.campaign}/confirm", {"code": letter.code}

    def _withdraw(self, person: Person) -> Form:
        if person.guarded:
            return person, f"/act/en/{person.campaign}/withdraw/{self._shown[person.number]}", {}
        return person, self.letters[person.number].withdraw, {}

    def _start(self, part: str) -> Process:
        log = self._end.enter_context((self.place / "logs" / f"{part}.log").open("ab"))
        environment = {"TMPDIR": str(self.place / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
        process = Process("tests.drill.machine", part, str(self.home.path), stderr=log, cwd=self.place, env=environment)
        self._end.callback(process.kill)
        return process
