"""What a crowd holds in its hands: kept connections to a web server, and a relay that takes every letter.

Both speak just enough of their protocols and cost the processor as little as Python can, for they run on the machine
that is measured. Anything that they do not expect ends the run.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
GREETING = b"220 relay.example.org ESMTP\r\n"
HELLO = b"250-relay.example.org\r\n250-SIZE 1000000\r\n250 8BITMIME\r\n"
RECIPIENT = re.compile(rb"<([^>]*)>")

Take = Callable[[int, bytes], None]
"""What is called with an answer: status and head."""


class Request(NamedTuple):
    """What goes over a wire, and who gets the answer."""

    data: bytes
    take: Take


class Wires:
    """A few kept connections; a request goes over the first that is free, in the order in which they came."""

    def __init__(self, port: int, number: int) -> None:
        self.port, self.number = port, number
        self.waiting: deque[Request] = deque()
        self.free: list[Wire] = []
        self.broken = 0
        self.opening: asyncio.Future[None] | None = None

    async def open(self) -> None:
        """Connect all."""
        for _ in range(self.number):
            await self.connect()

    async def connect(self) -> None:
        """One connection more."""
        await asyncio.get_running_loop().create_connection(lambda: Wire(self), "127.0.0.1", self.port)

    def send(self, data: bytes, take: Take) -> None:
        """Have a request answered."""
        if self.free:
            self.free.pop().send(Request(data, take))
        else:
            self.waiting.append(Request(data, take))

    def give_back(self, wire: "Wire") -> None:
        """A connection has nothing to do."""
        if self.waiting:
            wire.send(self.waiting.popleft())
        else:
            self.free.append(wire)


class Wire(asyncio.Protocol):
    """One connection: a request, its answer, the next request."""

    def __init__(self, wires: Wires) -> None:
        self.wires = wires
        self.request: Request | None = None
        self.got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.wires.give_back(self)

    def send(self, request: Request) -> None:
        """Send it; nothing else is under way."""
        self.request = request
        self.transport.write(request.data)

    def data_received(self, data: bytes) -> None:
        self.got += data
        end = self.got.find(b"\r\n\r\n")
        if end < 0:
            return
        length = LENGTH.search(self.got, 0, end)
        if len(self.got) < end + 4 + (int(length[1]) if length else 0):
            return
        head, self.got = self.got[:end], b""
        request, self.request = self.request, None
        self.wires.give_back(self)
        request.take(int(head[9:12]), head)

    def connection_lost(self, _: Exception | None) -> None:
        if self in self.wires.free:
            self.wires.free.remove(self)
        if self.request:
            self.wires.broken += 1
        self.wires.opening = asyncio.ensure_future(self.wires.connect())


class Relay(asyncio.Protocol):
    """One connection of a sender. Takes every letter and shows it to `take`: recipient and content."""

    def __init__(self, take: Callable[[bytes, bytes], None]) -> None:
        self.take = take
        self.to, self.got, self.content = b"", b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(GREETING)

    def data_received(self, data: bytes) -> None:
        self.got += data
        while True:
            end = self.got.find(b"\r\n.\r\n" if self.content else b"\r\n")
            if end < 0:
                return
            said, self.got = self.got[:end], self.got[end + (5 if self.content else 2) :]
            if self.content:
                self.content = False
                self.transport.write(b"250 2.0.0 Taken\r\n")
                self.take(self.to, said)
            else:
                self.transport.write(self.answer(said))

    def answer(self, said: bytes) -> bytes:
        """What to say to a line that is no content."""
        verb = said[:4].upper()
        if verb == b"DATA":
            self.content = True
            return b"354 Go on\r\n"
        if verb == b"RCPT":
            self.to = RECIPIENT.search(said)[1]
        if verb == b"QUIT":
            return b"221 2.0.0 Bye\r\n"
        return HELLO if verb == b"EHLO" else b"250 2.0.0 Ok\r\n"
