"""The SMTP outlet in real conversations on this machine."""

import socket
import ssl
from datetime import UTC, datetime

import pytest

from standwith.mail.compose import Letter, Text, compose
from standwith.mail.errors import Deferred, OutletDown, Refused
from standwith.mail.outlets.smtp import SmtpOutlet
from tests.mail.certificate import write_certificate
from tests.mail.relay import Relay, check_login

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
SENDER = "confirm@example.org"


def mail_to(address, text="Hello,"):
    letter = Letter(address, "Please confirm", "en", "ltr", (Text(text),))
    return compose(letter, sender=f"Stand with <{SENDER}>", mark="0" * 32, now=NOW)


@pytest.fixture
def outlet(relay):
    outlet = SmtpOutlet(relay.url, timeout=5)
    yield outlet
    outlet.close()


def deliver(outlet, address="amina@example.org", text="Hello,"):
    outlet.deliver(mail_to(address, text), SENDER, address)


def test_a_mail_arrives_as_it_was_written(relay, outlet):
    deliver(outlet, text="Ćma, გამარჯობა, مرحبا\n.\n.dot")
    [mail] = relay.mails
    assert relay.envelopes == [(SENDER, ["amina@example.org"])]
    assert mail.get_body(("plain",)).get_content().replace("\r", "") == "Ćma, გამარჯობა, مرحبا\n.\n.dot\n"
    assert mail["Message-ID"] == f"<{'0' * 32}@example.org>"


def test_one_connection_takes_many_mails(relay, outlet):
    for number in range(20):
        deliver(outlet, f"person{number}@example.org")
    assert (len(relay.mails), relay.seen["connections"]) == (20, 1)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("550 5.1.1 no such user", Refused),
        ("553 5.1.3 bad address", Refused),
        ("450 4.2.0 greylisted", Deferred),
        ("452 4.2.2 mailbox full", Deferred),
        ("550 5.2.1 mailbox disabled", Refused),
        ("550 no such user", Refused),
        ("556 takes no mail", Refused),
        ("554 5.7.1 Relay access denied", Deferred),
        ("550 5.7.26 not authenticated", Deferred),
        ("552 5.2.2 mailbox full", Deferred),
        ("550 5.3.0 trouble here", Deferred),
        ("550 5.4.6 goes round in circles", Deferred),
        ("503 5.5.1 MAIL first", Deferred),
        ("553 5.1.8 your domain is unknown", Deferred),
        ("554 no", Deferred),
        ("550 4.1.1 says two things", Deferred),
        ("421 4.3.2 closing", Deferred),
        ("530 5.7.0 log in first", OutletDown),
    ],
)
def test_what_the_relay_says_about_a_recipient(relay, outlet, answer, error):
    relay.answers["amina@example.org"] = answer
    with pytest.raises(error) as caught:
        deliver(outlet)
    assert caught.value.code == int(answer[:3])
    assert "amina" not in str(caught.value)
    deliver(outlet, "noor@example.org")
    assert len(relay.mails) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("554 5.7.1 content refused", Deferred),
        ("550 content refused", Deferred),
        ("550 5.1.1 no such user after all", Refused),
        ("451 4.3.0 try later", Deferred),
        ("421 4.3.2 closing", Deferred),
    ],
)
def test_what_the_relay_says_about_the_content(relay, outlet, answer, error):
    relay.content_answers["amina@example.org"] = answer
    with pytest.raises(error):
        deliver(outlet)
    deliver(outlet, "noor@example.org")
    assert len(relay.mails) == 1


@pytest.mark.parametrize("answer", ["550 5.7.1 we do not relay for you", "451 4.7.1 sender over quota"])
def test_who_refuses_our_sender_refuses_nobodys_letter(relay, outlet, answer):
    relay.sender_answer = answer
    with pytest.raises(OutletDown):
        deliver(outlet)


@pytest.mark.parametrize("at", ["MAIL", "RCPT"])
def test_a_connection_that_the_relay_closed_is_opened_again(relay, outlet, at):
    deliver(outlet)
    relay.hang_up_at = {at}
    deliver(outlet, "noor@example.org")
    assert (len(relay.mails), relay.seen["connections"]) == (2, 2)


@pytest.mark.parametrize("kept", [True, False])
def test_a_recipient_at_whom_the_relay_hangs_up_is_put_off(relay, outlet, kept):
    if kept:
        deliver(outlet)
    relay.answers["noor@example.org"] = "421 4.7.0 not this one"
    with pytest.raises(Deferred):
        deliver(outlet, "noor@example.org")
    deliver(outlet)
    assert len(relay.mails) == kept + 1


def test_a_break_once_the_sender_was_accepted_is_the_letters(relay, outlet):
    relay.hang_up_at = {"RCPT"}
    with pytest.raises(Deferred):
        deliver(outlet)


def test_a_break_before_the_sender_was_accepted_is_nobodys(relay, outlet):
    relay.hang_up_at = {"MAIL"}
    with pytest.raises(OutletDown):
        deliver(outlet)


def test_a_relay_that_takes_three_mails_per_connection_gets_ten(relay, outlet):
    relay.mails_per_connection = 3
    for number in range(10):
        deliver(outlet, f"person{number}@example.org")
    assert (len(relay.mails), relay.seen["connections"]) == (10, 4)


def test_a_relay_that_says_goodbye_instead_of_ok_is_called_again_once(relay, outlet):
    deliver(outlet)
    relay.sender_answer = "421 4.7.0 enough for now"
    with pytest.raises(OutletDown):
        deliver(outlet)
    assert relay.seen["connections"] == 2


def test_a_connection_that_breaks_after_the_content_leaves_a_doubt(relay, outlet):
    relay.hang_up_at = {"content"}
    with pytest.raises(Deferred):
        deliver(outlet)
    deliver(outlet)
    assert [mail["Message-ID"] for mail in relay.mails] == [f"<{'0' * 32}@example.org>"] * 2


def test_nobody_there_is_an_outlet_that_is_down():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(OutletDown):
        deliver(SmtpOutlet(f"smtp://127.0.0.1:{port}", timeout=2))


def test_a_relay_that_says_nothing_is_an_outlet_that_is_down():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(OutletDown):
            deliver(SmtpOutlet(f"smtp://127.0.0.1:{silent.getsockname()[1]}", timeout=0.2))


def test_a_relay_that_is_something_else_is_an_outlet_that_is_down():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        outlet = SmtpOutlet(f"smtp://127.0.0.1:{other.getsockname()[1]}", timeout=2)
        import threading

        def answer():
            connection, _ = other.accept()
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.close()

        threading.Thread(target=answer).start()
        with pytest.raises(OutletDown):
            deliver(outlet)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return write_certificate(tmp_path_factory.mktemp("certificate"))


def server_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_with_a_user_the_connection_is_encrypted_and_the_login_checked(certificate):
    trust = ssl.create_default_context(cafile=certificate)
    login = {"authenticator": check_login((b"stand@example.org", b"pass word")), "auth_required": True}
    with Relay(tls_context=server_tls(certificate), require_starttls=True, **login) as relay:
        url = relay.url.replace("smtp://", "smtp://stand%40example.org@")
        deliver(SmtpOutlet(url, "pass word", timeout=5, tls=trust))
        assert len(relay.mails) == 1
        with pytest.raises(OutletDown) as caught:
            deliver(SmtpOutlet(url, "wrong", timeout=5, tls=trust))
        assert caught.value.code == 535


def test_a_password_is_never_sent_in_the_clear():
    login = {"authenticator": check_login((b"stand", b"secret")), "auth_require_tls": False}
    with Relay(**login) as relay, pytest.raises(OutletDown):
        deliver(SmtpOutlet(relay.url.replace("smtp://", "smtp://stand@"), "secret", timeout=5))


def test_a_certificate_that_nobody_vouches_for_is_not_believed(certificate):
    with Relay(tls_context=server_tls(certificate)) as relay, pytest.raises(OutletDown):
        deliver(SmtpOutlet(relay.url, timeout=5))


def test_tls_from_the_start(certificate):
    trust = ssl.create_default_context(cafile=certificate)
    with Relay(ssl_context=server_tls(certificate)) as relay:
        deliver(SmtpOutlet(relay.url.replace("smtp:", "smtps:"), timeout=5, tls=trust))
        assert len(relay.mails) == 1
