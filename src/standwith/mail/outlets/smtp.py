"""An outlet through a relay, by SMTP; the connection is kept open from mail to mail.

    smtp://user@mail.example.org:587    STARTTLS if a user is given (then it is required) or the relay offers it
    smtps://user@mail.example.org       TLS from the start, port 465
    smtp://127.0.0.1:25                 a relay on the same machine

What an answer means:

    Refused      a 5xx about this mailbox: enhanced status 5.1.x (not .7 and .8, the sender) or 5.2.1; at RCPT, without
                 an enhanced status, one of the codes that are about a mailbox
    OutletDown   a refusal at MAIL or of our login, a greeting other than 220, 421 or a break before MAIL was accepted
    Deferred     all else: 4xx; a 5xx about policy, quota, routing or content, for we write the same letter to everybody
                 and whoever runs the relay can mend it; 421 or a break once MAIL was accepted: the letter may be the
                 cause, and must not be the first again

A kept connection that breaks before the content was handed over is opened again, once. One that breaks between the
content and the answer leaves a doubt that SMTP cannot settle: Deferred, and the next attempt has the same Message-ID,
by which mailboxes drop a twin.
Invariant: `deliver` returns only after the relay's 250 to the content. Standards: RFC 5321, 3207, 3463, 4954, 7504.
"""

import re
import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from standwith.mail.compose import Mail
from standwith.mail.errors import Deferred, OutletDown, Refused

TIMEOUT = 30.0  # seconds without a word from the relay
CLOSING = 421  # "service not available, closing transmission channel", possible as an answer to anything
OUR_LOGIN = {530, 534, 535, 538}  # RFC 4954: they want us to log in, or don't believe us
ABOUT_A_MAILBOX = {550, 551, 553, 556}  # RFC 5321 and 7504: not here, not ours, no such name, takes no mail
_STATUS = re.compile(rb"([245])\.(\d{1,3})\.(\d{1,3})\b")


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

    def deliver(self, mail: Mail, sender: str, to: str) -> None:
        """Hand one mail to the relay; raises Refused, Deferred or OutletDown."""
        kept = self._connection is not None
        try:
            self._announce(sender, to)
        except _Broken as broken:
            if not kept:
                raise broken.meaning from None
            try:  # the relay had closed a connection that we kept: open another, nothing was handed over yet
                self._announce(sender, to)
            except _Broken as again:
                raise again.meaning from None
        self._hand_over(mail.content)

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
        accepted = False
        try:
            code, words = connection.mail(sender)
            if code not in (250, CLOSING):
                self._give_up(code)
            accepted = code == 250
            if accepted:
                code, words = connection.rcpt(to)
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()
            raise _Broken(0, accepted) from None
        if code == CLOSING:
            self._drop()
            raise _Broken(code, accepted)
        if code not in (250, 251):
            self._judge(code, words, ends=code in ABOUT_A_MAILBOX)

    def _hand_over(self, content: bytes) -> None:
        """DATA."""
        assert self._connection is not None
        words: bytes | str
        try:
            code, words = self._connection.data(content)
        except smtplib.SMTPDataError as answer:
            code, words = answer.smtp_code, answer.smtp_error
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()
            raise Deferred from None
        if code == CLOSING:
            self._drop()
            raise Deferred(code)
        if code != 250:
            self._judge(code, words, ends=False)

    def _judge(self, code: int, words: bytes | str, *, ends: bool) -> None:
        """Raise what this answer to RCPT or the content means; `ends`: a 5xx without enhanced status is for good."""
        if code in OUR_LOGIN:
            self._give_up(code)
        try:
            assert self._connection is not None
            self._connection.rset()
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()
        raise Refused(code) if 500 <= code < 600 and _is_about_the_mailbox(words, ends) else Deferred(code)

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
    """The connection went away before the content was handed over; `accepted` if the relay had said yes to MAIL."""

    def __init__(self, code: int, accepted: bool) -> None:
        super().__init__(code)
        self.meaning = Deferred(code) if accepted else OutletDown(code)


def _is_about_the_mailbox(words: bytes | str, otherwise: bool) -> bool:
    """Whether the enhanced status that an answer begins with is about the recipient's mailbox (RFC 3463)."""
    found = _STATUS.match(words.encode(errors="replace") if isinstance(words, str) else words)
    if found is None:
        return otherwise
    kind, subject, detail = map(int, found.groups())
    return kind == 5 and ((subject == 1 and detail not in (7, 8)) or (subject, detail) == (2, 1))
