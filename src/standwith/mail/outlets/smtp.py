"""An outlet through a relay, by SMTP; the connection is kept open from mail to mail.

    smtp://user@mail.example.org:587    STARTTLS if a user is given (then it is required) or the relay offers it
    smtps://user@mail.example.org       TLS from the start, port 465
    smtp://127.0.0.1:25                 a relay on the same machine

What an answer means: a refusal of the recipient or the content is about this mail (5xx Refused, 4xx Deferred). A
refusal of the sender or of our login, a greeting other than 220, and 421 at any time are about us (OutletDown). A
connection that breaks before the content was handed over is opened again, once. One that breaks between the content and
the answer leaves a doubt that SMTP cannot settle: Deferred, and the next attempt has the same Message-ID, by which
mailboxes drop a twin.
Invariant: `deliver` returns only after the relay's 250 to the content. Standards: RFC 5321, 3207, 4954.
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from standwith.mail.errors import Deferred, OutletDown, Refused

TIMEOUT = 30.0  # seconds without a word from the relay
CLOSING = 421  # "service not available, closing transmission channel", possible as an answer to anything
OUR_LOGIN = {530, 534, 535, 538}  # RFC 4954: they want us to log in, or don't believe us


class SmtpOutlet:
    """A relay. Nothing is opened before the first mail; use from one thread."""

    def __init__(
        self, relay: str, password: str = "", *, timeout: float = TIMEOUT, tls: ssl.SSLContext | None = None
    ) -> None:
        """`relay` is an address as above; `tls` replaces the system's certificates, e.g. for a relay of one's own."""
        parts = urlsplit(relay)
        self._direct_tls = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if self._direct_tls else 25)
        self._user, self._password = unquote(parts.username or ""), password
        self._timeout, self._tls = timeout, tls or ssl.create_default_context()
        self._connection: smtplib.SMTP | None = None

    def deliver(self, mail: EmailMessage, sender: str, to: str) -> None:
        """Hand one mail to the relay; raises Refused, Deferred or OutletDown."""
        kept = self._connection is not None
        try:
            self._announce(sender, to)
        except _Broken:
            if not kept:
                raise OutletDown from None
            try:  # the relay had closed a connection that we kept: open another, nothing was handed over yet
                self._announce(sender, to)
            except _Broken:
                raise OutletDown from None
        self._hand_over(mail.as_bytes(policy=SMTP))

    def close(self) -> None:
        """Say goodbye if there is somebody to say it to."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()

    def _announce(self, sender: str, to: str) -> None:
        """MAIL and RCPT."""
        connection = self._connection or self._connect()
        try:
            code, _ = connection.mail(sender)
            if code == CLOSING:
                raise smtplib.SMTPServerDisconnected("closing")
            if code != 250:
                self._give_up(code)
            code, _ = connection.rcpt(to)
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()
            raise _Broken from None
        if code not in (250, 251):
            self._judge(code)

    def _hand_over(self, content: bytes) -> None:
        """DATA."""
        assert self._connection is not None
        try:
            code, _ = self._connection.data(content)
        except smtplib.SMTPDataError as answer:
            code = answer.smtp_code
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()
            raise Deferred from None
        if code != 250:
            self._judge(code)

    def _judge(self, code: int) -> None:
        """Raise what this answer about the recipient or the content means."""
        if code == CLOSING or code in OUR_LOGIN:
            self._give_up(code)
        try:
            assert self._connection is not None
            self._connection.rset()
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()
        raise Refused(code) if 500 <= code < 600 else Deferred(code)

    def _give_up(self, code: int) -> None:
        self.close()
        raise OutletDown(code)

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> smtplib.SMTP:
        connection: smtplib.SMTP | None = None
        try:
            if self._direct_tls:
                connection = smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=self._tls)
            else:
                connection = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
            self._introduce(connection)
        except (smtplib.SMTPException, OSError) as problem:
            if connection is not None:
                connection.close()
            raise OutletDown(getattr(problem, "smtp_code", 0)) from None
        self._connection = connection
        return connection

    def _introduce(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if not self._direct_tls and (self._user or connection.has_extn("starttls")):
            connection.starttls(context=self._tls)
            connection.ehlo_or_helo_if_needed()
        if self._user:
            connection.login(self._user, self._password)


class _Broken(Exception):
    """The connection went away before the content was handed over."""
