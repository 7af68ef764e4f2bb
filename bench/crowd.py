"""A crowd: people who sign, get their letters, confirm, and look when they stand in the ledger; others who only read.

Run by bench/path.py as `python -m bench.crowd`, with a Plan as JSON on its input; says "ready" when it takes letters,
begins when it gets another line, and prints a Found as JSON. It is the relay, too: a letter is read when it comes, and
its link is followed at once.

A person's way: signing (POST, 303), the letter, confirming (POST, 303 with the recognition code), and the first
checkpoint that the leaf of this code is below. With `rate` people come at their hour, whether those before them were
served or not, and what they wait for a free connection counts. Without, `most` are on their way at any time: as many
come as arrive.
"""

import asyncio
import re
import statistics
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from bench.wires import Relay, Wires

NEVER = -1.0
LOOK_EVERY = 0.05  # seconds between looks at the checkpoint
PATIENCE = 60.0  # seconds for those who are on their way when nobody comes any more
WARM = 3.0  # seconds before those who come are counted
AVERAGED = 5.0  # seconds
LINK = re.compile(rb"(/act/\w+/[a-z-]+/confirm/[A-Za-z0-9_=-]+)")
CODE = re.compile(rb"thank-you/#([0-9A-Z]{26})")


class Plan(msgspec.Struct, kw_only=True):
    """What the crowd shall do. `page` is the path that the others read, `pages` of them a second."""

    port: int
    relay: int
    sign: str
    text: str
    checkpoint: str
    roll: str
    page: str
    seconds: float
    rate: float = 0.0
    most: int = 3000
    pages: float = 100.0
    wires: int = 64


class Times(msgspec.Struct):
    """Milliseconds."""

    p50: float
    p99: float
    max: float


class Found(msgspec.Struct, kw_only=True):
    """What became of them. `people` came while it was counted, `per_second` arrived in the ledger then, `arrived` ever.

    `halfway`, `at_end`: how many were on their way then, and how many seconds later the last of them arrived; `cpu`:
    the share of a core that the crowd itself took.
    """

    people: int
    arrived: int
    per_second: float
    refused: int
    lost: int
    letters: int
    thanked: Times
    letter: Times
    confirmed: Times
    published: Times
    way: Times
    pages: int
    page: Times
    halfway: int
    at_end: int
    emptied: float
    cpu: float
    busy: dict[str, float] = {}


class Crowd:
    """The people of one run. Moments are seconds of the steady clock, NEVER for what did not happen."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.acts, self.readers = Wires(plan.port, plan.wires), Wires(plan.port, 8)
        self.came, self.thanked, self.written, self.confirmed = (array("d") for _ in range(4))
        self.codes: list[bytes] = []
        self.page_times: list[float] = []
        self.published: dict[bytes, float] = {}  # by code
        self.backlog: list[tuple[float, int]] = []  # people on their way
        self.refused = self.letters = 0
        self.run = f"{int(time.time()):x}"
        self.get = f"GET {plan.page} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br\r\n\r\n".encode()

    async def live(self) -> Found:
        """From the first to the last."""
        loop = asyncio.get_running_loop()
        relay = await loop.create_server(lambda: Relay(self.open_letter), "127.0.0.1", self.plan.relay)
        print("ready", flush=True)
        await loop.run_in_executor(None, sys.stdin.readline)
        await self.acts.open()
        await self.readers.open()
        begin, cpu = time.monotonic(), time.process_time()
        looking = asyncio.ensure_future(self.look())
        reading = asyncio.ensure_future(pace(self.plan.pages, begin, begin + WARM + self.plan.seconds, self.read_page))
        end = begin + WARM + self.plan.seconds
        await (pace(self.plan.rate, begin, end, self.sign) if self.plan.rate else self.keep_coming(end))
        await reading
        cpu = (time.process_time() - cpu) / (time.monotonic() - begin)
        while self.on_their_way > self.refused and time.monotonic() < end + PATIENCE:
            await asyncio.sleep(LOOK_EVERY)
        looking.cancel()
        relay.close()
        return self.reckon(begin + WARM, end, cpu)

    async def keep_coming(self, end: float) -> None:
        """As many come as arrive."""
        while time.monotonic() < end:
            for _ in range(self.plan.most - self.on_their_way + self.refused):
                self.sign(time.monotonic())
            await asyncio.sleep(0.01)

    def sign(self, due: float) -> None:
        """Somebody comes and signs."""
        person = len(self.came)
        self.came.append(due)
        for moments in (self.thanked, self.written, self.confirmed):
            moments.append(NEVER)
        self.codes.append(b"")
        form = {
            "text": self.plan.text,
            "name": f"Amina Éxample {person}",
            "email": f"amina.{self.run}.{person}@example.org",
            "country": "FR",
            "organisation": "Example Union",
            "sign": "yes",
        }

        def take(status: int, _: bytes) -> None:
            self.thanked[person] = time.monotonic()
            self.refused += status != 303

        self.acts.send(post(self.plan.sign, urlencode(form).encode()), take)

    def open_letter(self, to: bytes, content: bytes) -> None:
        """Somebody gets a letter and follows its link."""
        self.letters += 1
        person = int(to.split(b"@")[0].rpartition(b".")[2])
        if self.written[person] != NEVER:
            return
        self.written[person] = time.monotonic()
        link = LINK.search(content.replace(b"=\r\n", b"").replace(b"=3D", b"="))

        def take(status: int, head: bytes) -> None:
            code = CODE.search(head)
            if status != 303 or not code:
                self.refused += 1
                return
            self.confirmed[person], self.codes[person] = time.monotonic(), code[1]

        self.acts.send(post(link[1].decode(), b""), take)

    def read_page(self, due: float) -> None:
        """Somebody reads."""

        def take(status: int, _: bytes) -> None:
            self.page_times.append(time.monotonic() - due)
            if status != 200:
                raise SystemExit(f"a page was answered with {status}")

        self.readers.send(self.get, take)

    async def look(self) -> None:
        """Watch the checkpoint grow; the roll tells whose leaves are below it."""
        size, read = 0, length(self.plan.roll)
        while True:
            now, seen = time.monotonic(), read_size(self.plan.checkpoint)
            if seen > size:
                size, lines = seen, read_from(self.plan.roll, read)
                for line in lines:
                    index, code = line.split()
                    if int(index) >= size:
                        break
                    read += len(line)
                    self.published[code] = now
            self.backlog.append((now, self.on_their_way))
            await asyncio.sleep(LOOK_EVERY)

    @property
    def on_their_way(self) -> int:
        """How many have come and are not in the ledger."""
        return len(self.came) - len(self.published)

    def reckon(self, begin: float, end: float, cpu: float) -> Found:
        """What was found of those who came between two moments."""
        published = array("d", (self.published.get(code, NEVER) for code in self.codes))
        mine = [person for person, came in enumerate(self.came) if begin <= came < end]
        in_time = sum(1 for moment in published if begin <= moment < end)
        whole = [person for person in mine if published[person] != NEVER]

        def waits(begins: "array[float]", ends: "array[float]") -> Times:
            return times([ends[person] - begins[person] for person in whole])

        def on_their_way(until: float) -> int:
            """On average of the last seconds, for with every checkpoint hundreds arrive."""
            numbers = [number for moment, number in self.backlog if until - AVERAGED <= moment < until]
            return round(statistics.mean(numbers or [0]))

        return Found(
            people=len(mine),
            arrived=len(self.published),
            per_second=in_time / (end - begin),
            refused=self.refused,
            lost=sum(1 for moment in published if moment == NEVER),
            letters=self.letters,
            thanked=waits(self.came, self.thanked),
            letter=waits(self.thanked, self.written),
            confirmed=waits(self.written, self.confirmed),
            published=waits(self.confirmed, published),
            way=waits(self.came, published),
            pages=len(self.page_times),
            page=times(self.page_times),
            halfway=on_their_way((begin + end) / 2),
            at_end=on_their_way(end),
            emptied=max(0.0, max(published, default=end) - end),
            cpu=cpu,
        )


async def pace(rate: float, begin: float, end: float, do: Callable[[float], None]) -> None:
    """Do it so often a second, each time with the moment at which it was due."""
    turn = 0
    while (due := begin + turn / rate) < end:
        wait = due - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        do(due)
        turn += 1


def post(path: str, body: bytes) -> bytes:
    """A form on its way."""
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
    return b"%s%d\r\n\r\n%s" % (head.encode(), len(body), body)


def read_size(checkpoint: str) -> int:
    """The size that the checkpoint states."""
    return int(Path(checkpoint).read_bytes().split(b"\n", 2)[1])


def length(roll: str) -> int:
    """Bytes of the roll as it is; 0 before there is one."""
    return Path(roll).stat().st_size if Path(roll).exists() else 0


def read_from(roll: str, start: int) -> list[bytes]:
    """The whole lines of the roll behind the first `start` bytes; none before there is a roll."""
    try:
        with Path(roll).open("rb") as file:
            file.seek(start)
            return [line for line in file.read().splitlines(keepends=True) if line.endswith(b"\n")]
    except FileNotFoundError:
        return []


def times(seconds: list[float]) -> Times:
    """Median, 99th percentile and the longest."""
    ordered = sorted(seconds) or [float("nan")]
    figures = statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1]
    return Times(*(1000 * figure for figure in figures))


if __name__ == "__main__":
    plan = msgspec.json.decode(sys.stdin.readline(), type=Plan)
    print(msgspec.json.encode(asyncio.run(Crowd(plan).live())).decode(), flush=True)
