"""A mail relay on this machine that takes, refuses, puts off, or hangs up, as a test tells it."""

import email
import email.policy
from collections import Counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Relay:
    """`answers` maps a recipient to what RCPT says; `content_answers` to what the relay says after the content."""

    def __init__(self, **options) -> None:
        self.mails: list[email.message.EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.seen: Counter[str] = Counter()
        self.answers: dict[str, str] = {}
        self.content_answers: dict[str, str] = {}
        self.sender_answer = ""
        self.hang_up_at: set[str] = set()  # commands, or "content"
        self.mails_per_connection = 0
        self._controller = _Controller(self, hostname="127.0.0.1", port=0, **options)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.server.sockets[0].getsockname()[1]}"

    def __enter__(self) -> "Relay":
        self._controller.start()
        return self

    def __exit__(self, *_) -> None:
        self._controller.stop()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.seen["connections"] += 1
        session.host_name, session.taken = hostname, 0
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mails_per_connection and session.taken >= self.mails_per_connection:
            server.transport.close()
            return "421 enough for one connection"
        if self._hang_up(server, "MAIL"):
            return "421 gone"
        if self.sender_answer:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self._hang_up(server, "RCPT"):
            return "421 gone"
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.content_answers.get(envelope.rcpt_tos[0], "250 OK")
        if answer.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
            session.taken += 1
        if self._hang_up(server, "content"):
            return "421 gone"
        return answer

    def _hang_up(self, server, at: str) -> bool:
        if at in self.hang_up_at:
            self.hang_up_at.discard(at)
            server.transport.abort()
            return True
        return False


class _Controller(Controller):
    def _trigger_server(self) -> None:
        """Controller would connect to port 0 here; the relay's port is known only after it was bound."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def check_login(expected: tuple[bytes, bytes]):
    """An authenticator for Relay(authenticator=...)."""

    def authenticate(server: SMTP, session, envelope, mechanism, data) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == expected
        return AuthResult(success=good, handled=False)

    return authenticate
