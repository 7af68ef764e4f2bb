"""Sending: nothing twice, nothing skipped, whatever the relay does and whenever the sender dies."""

import email
import hashlib
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from standwith.mail.compose import Letter, Text
from standwith.mail.errors import Deferred, OutletDown, Refused
from standwith.mail.models import Spooled, State
from standwith.mail.outlets.folder import FolderOutlet
from standwith.mail.outlets.smtp import SmtpOutlet
from standwith.mail.send import (
    FOR_ONE,
    LEASE,
    ONE_CALL,
    SPACING,
    Report,
    claim,
    forget_fates,
    recall,
    release,
    send_due,
    take_over,
)

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SENDER = "Stand with <confirm@example.org>"


def spool(address, *, due=NOW, kind="confirmation", about=None, reader=None):
    digest = hashlib.sha256(address.encode()).digest()
    return Spooled.objects.create(
        stream="confirmations",
        kind=kind,
        about=about or digest,
        reader=reader or digest[:16],
        key="day",
        sealed=address.encode()[::-1],
        due=due,
    )


def spool_many(number):
    return [spool(f"person{n}@example.org") for n in range(number)]


def write(parcel):
    assert (parcel.stream, parcel.key) == ("confirmations", "day")
    return Letter(parcel.sealed[::-1].decode(), f"Please: {parcel.kind}", "en", "ltr", (Text("Hello,"),))


def send(outlet, now=NOW, limit=100, write=write, **more):
    return send_due(
        outlet if isinstance(outlet, list) else [outlet], write, sender=SENDER, now=now, limit=limit, **more
    )


class Notebook:
    """An outlet that notes whom it was asked to write to, and answers as told."""

    def __init__(self, **answers):
        self.noted, self.answers = [], answers

    def deliver(self, mail, sender, to):
        assert (email.message_from_bytes(mail.content)["To"], sender) == (to, "confirm@example.org")
        self.noted.append(to.partition("@")[0])
        answer = self.answers.get(self.noted[-1])
        if answer:
            raise answer

    def close(self):
        pass


def test_what_is_due_is_sent_once(relay):
    spool_many(5)
    spool("later@example.org", due=NOW + HOUR)
    outlet = SmtpOutlet(relay.url)
    assert send(outlet) == Report(sent=5)
    assert send(outlet) == Report()
    assert [mail["To"] for mail in relay.mails] == [f"person{n}@example.org" for n in range(5)]
    assert send(outlet, NOW + HOUR) == Report(sent=1)
    outlet.close()
    assert len({mail["Message-ID"] for mail in relay.mails}) == 6
    assert relay.seen["connections"] == 1


def test_what_left_knows_no_address_any_more():
    spool("amina@example.org")
    send(Notebook())
    letter = Spooled.objects.get()
    assert (letter.state, letter.settled, bytes(letter.sealed), letter.key) == (State.SENT, NOW, b"", "")


def test_no_more_than_asked_for():
    spool_many(5)
    assert [send(Notebook(), limit=2).sent for _ in range(4)] == [2, 2, 1, 0]


def test_refused_once_is_the_end():
    spool("amina@example.org")
    assert send(Notebook(amina=Refused(550))) == Report(refused=1)
    assert send(Notebook(), NOW + 10 * DAY) == Report()
    letter = Spooled.objects.get()
    assert (letter.state, bytes(letter.sealed)) == (State.REFUSED, b"")


def test_not_now_is_tried_three_times_and_then_paused():
    spool("amina@example.org")
    outlet = Notebook(amina=Deferred(450))
    tries = [minutes for minutes in range(0, 60 * 72, 10) if send(outlet, NOW + timedelta(minutes=minutes)).deferred]
    assert tries == [0, 20, 740]
    assert Spooled.objects.get().state == State.PAUSED
    assert send(Notebook(), NOW + 10 * DAY) == Report()


def test_greylisting_is_no_obstacle(relay):
    spool("amina@example.org")
    outlet = SmtpOutlet(relay.url)
    relay.answers["amina@example.org"] = "450 4.2.0 come back later"
    assert send(outlet) == Report(deferred=1)
    relay.answers.clear()
    assert send(outlet, NOW + timedelta(minutes=19)) == Report()
    assert send(outlet, NOW + timedelta(minutes=20)) == Report(sent=1)
    outlet.close()


def test_one_refusal_holds_up_nobody(relay):
    spool_many(3)
    relay.answers["person0@example.org"] = "550 5.1.1 no such user"
    relay.answers["person1@example.org"] = "450 4.2.0 come back later"
    outlet = SmtpOutlet(relay.url)
    assert send(outlet) == Report(sent=1, refused=1, deferred=1)
    outlet.close()


def test_a_relay_that_is_mended_after_an_hour_has_lost_nothing(relay):
    spool_many(3)
    relay.answers.update({f"person{n}@example.org": "554 5.7.1 Relay access denied" for n in range(3)})
    outlet = SmtpOutlet(relay.url)
    assert send(outlet) == Report(deferred=3)
    relay.answers.clear()
    assert send(outlet, NOW + HOUR) == Report(sent=3)
    outlet.close()


def test_a_letter_at_which_the_relay_hangs_up_lets_the_others_pass(relay):
    spool_many(3)
    relay.answers["person0@example.org"] = "421 4.7.0 not this one"
    outlet = SmtpOutlet(relay.url)
    assert send(outlet) == Report(sent=2, deferred=1)
    outlet.close()


def test_a_relay_that_is_down_for_a_day_loses_nothing_and_doubles_nothing(relay):
    spool_many(4)
    down = SmtpOutlet("smtp://127.0.0.1:1", timeout=1)
    for hour in range(24):
        assert send(down, NOW + hour * HOUR) == Report(down=0)
    assert set(Spooled.objects.values_list("attempts", "claimed", "state")) == {(0, None, State.WAITING)}
    up = SmtpOutlet(relay.url)
    assert send(up, NOW + DAY) == Report(sent=4)
    assert send(up, NOW + DAY) == Report()
    up.close()
    assert len(relay.mails) == 4


def test_a_relay_that_goes_down_in_between_is_taken_up_where_it_went():
    spool_many(4)
    outlet = Notebook(person2=OutletDown(421))
    assert send(outlet) == Report(sent=2, down=421)
    outlet.answers.clear()
    assert send(outlet) == Report(sent=2)
    assert outlet.noted == ["person0", "person1", "person2", "person2", "person3"]


class Killed(BaseException):
    """Stands for kill -9."""


def test_a_killed_sender_is_taken_up_after_its_lease():
    spool_many(3)
    with pytest.raises(Killed):
        send(Notebook(person1=Killed()))
    outlet = Notebook()
    assert send(outlet, NOW + LEASE / 2) == Report()
    assert send(outlet, NOW + LEASE) == Report(sent=2)
    assert outlet.noted == ["person1", "person2"]


def test_a_killed_sender_is_taken_up_at_once_by_whoever_knows_that_it_is_dead():
    spool_many(3)
    with pytest.raises(Killed):
        send(Notebook(person1=Killed()))
    assert take_over() == 2
    assert send(Notebook()) == Report(sent=2)


def test_the_one_window_is_one_letter_wide_and_keeps_the_message_id(relay):
    """Killed after the relay's 250 and before our commit: that letter goes out again, recognisable as the same."""
    spool_many(3)
    outlet = SmtpOutlet(relay.url)

    def die_before_recording(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and State.SENT in params:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die_before_recording), pytest.raises(Killed):
        send(outlet)
    take_over()
    send(outlet)
    outlet.close()
    marks = [mail["Message-ID"] for mail in relay.mails]
    assert (len(marks), len(set(marks))) == (4, 3)
    assert marks[0] == marks[1]


def test_a_call_ends_before_its_claims_run_out():
    spool_many(3)
    seconds = iter([0, 1, ONE_CALL + 1])
    assert send(Notebook(), elapsed=lambda: next(seconds)) == Report(sent=1)
    assert timedelta(seconds=ONE_CALL) < LEASE / 2
    assert send(Notebook()) == Report(sent=2)


def test_two_senders_share_the_work(tmp_path):
    spool_many(60)
    reports = []

    def work():
        while (report := send(FolderOutlet(tmp_path), limit=7)).sent:
            reports.append(report.sent)
        connection.close()

    senders = [threading.Thread(target=work) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sum(reports) == 60
    assert len(list(tmp_path.iterdir())) == 60


def test_many_letters_leave_by_several_outlets_none_twice(relay):
    spool_many(60)
    outlets = [SmtpOutlet(relay.url) for _ in range(4)]
    relay.answers["person7@example.org"] = "550 5.1.1 no such user"
    relay.answers["person8@example.org"] = "450 4.2.0 come back later"
    assert send(outlets) == Report(sent=58, refused=1, deferred=1)
    for outlet in outlets:
        outlet.close()
    assert len({mail["To"] for mail in relay.mails}) == len(relay.mails) == 58
    assert relay.seen["connections"] == 4


def test_few_letters_ask_for_one_connection(relay):
    outlets = [SmtpOutlet(relay.url) for _ in range(4)]
    spool_many(FOR_ONE - 1)
    assert send(outlets) == Report(sent=FOR_ONE - 1)
    for outlet in outlets:
        outlet.close()
    assert relay.seen["connections"] == 1


class Closed:
    """An outlet that is always down."""

    def deliver(self, mail, sender, to):
        raise OutletDown(421)


def test_where_one_outlet_is_down_the_others_take_its_letters():
    spool_many(60)
    outlets = [Closed(), Notebook(), Closed(), Notebook()]
    assert send(outlets) == Report(sent=60)
    assert len(outlets[1].noted) + len(outlets[3].noted) == len({*outlets[1].noted, *outlets[3].noted}) == 60


def test_when_all_outlets_are_down_all_letters_wait():
    spool_many(60)
    assert send([Closed(), Closed(), Closed()]) == Report(down=421)
    assert set(Spooled.objects.values_list("attempts", "claimed", "state")) == {(0, None, State.WAITING)}


def test_of_several_outlets_each_has_one_letter_in_doubt_at_most():
    """None of them touches another letter before what became of its last one is on disk."""
    spool_many(60)
    outlets = [Notebook() for _ in range(3)]

    def die_before_recording(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and State.SENT in params:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die_before_recording), pytest.raises(Killed):
        send(outlets)
    assert 1 <= sum(len(outlet.noted) for outlet in outlets) <= 3
    assert max(len(outlet.noted) for outlet in outlets) == 1


def test_one_reader_gets_one_mail_a_day_by_the_time_it_left():
    reader = b"r" * 16
    for number in range(3):
        spool(f"amina{number}@example.org", reader=reader)
    outlet = Notebook()
    for hour in range(72):
        send(outlet, NOW + hour * HOUR)
        assert len(outlet.noted) == hour // 24 + 1
    assert SPACING == DAY


def test_a_mail_that_was_held_up_for_a_day_is_not_followed_by_the_next_at_once():
    reader = b"r" * 16
    spool("amina@example.org", reader=reader)
    spool("amina@example.org", reader=reader, kind="reminder", due=NOW + DAY)
    outlet = Notebook()
    send(outlet, NOW + DAY - HOUR)
    send(outlet, NOW + DAY)
    assert outlet.noted == ["amina"]
    send(outlet, NOW + 2 * DAY - HOUR)
    assert outlet.noted == ["amina", "amina"]


def test_nobodys_letter_is_held_up_by_one_that_cannot_be_written():
    spool_many(2)

    def stumble(parcel):
        return 1 / 0 if b"0nosrep" in parcel.sealed else write(parcel)

    assert send(Notebook(), write=stumble) == Report(sent=1, deferred=1)


def test_a_letter_that_nobody_can_write_any_more_is_dropped():
    spool("amina@example.org")
    assert send(Notebook(), write=lambda parcel: None) == Report(dropped=1)
    assert bytes(Spooled.objects.get().sealed) == b""


def test_a_letter_to_an_address_that_cannot_be_is_refused():
    spool("not an address")
    assert send(Notebook()) == Report(refused=1)


def test_nothing_of_a_letter_is_logged(caplog, relay):
    caplog.set_level("DEBUG")
    spool("amina@example.org")
    spool("noor@example.org")
    relay.answers["amina@example.org"] = "550 5.1.1 <amina@example.org>: no such user"
    outlet = SmtpOutlet(relay.url)
    send(outlet, write=lambda parcel: write(parcel) if b"anima" in parcel.sealed else 1 / 0)
    outlet.close()
    assert "ZeroDivisionError" in caplog.text
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("standwith"))
    assert "example.org" not in ours


def test_who_runs_the_server_hears_how_many_letters_did_not_leave_and_not_whose(caplog):
    spool_many(4)
    send(Notebook(person0=Refused(550), person1=Deferred(554), person2=Deferred(450)))
    [warning] = caplog.records
    assert (warning.levelname, warning.getMessage()) == ("WARNING", "letters: refused for good 1, put off 2")
    caplog.clear()
    spool("noor@example.org")
    send(Notebook())
    assert caplog.records == []


def test_recalled_letters_do_not_leave():
    one, two, _ = spool_many(3)
    claim(NOW, 1)
    assert recall([bytes(one.about), bytes(two.about)]) == 2
    assert send(Notebook()) == Report(sent=1)


def test_what_was_sent_cannot_be_recalled():
    [one] = spool_many(1)
    send(Notebook())
    assert recall([bytes(one.about)]) == 0


def test_released_letters_wait_again():
    spool_many(3)
    release(claim(NOW, 2))
    assert send(Notebook()) == Report(sent=3)


def test_fates_are_forgotten_when_nobody_needs_them():
    spool_many(2)
    send(Notebook(person0=Refused(550)))
    assert forget_fates(NOW + DAY - HOUR) == 0
    assert forget_fates(NOW + DAY) == 1
    assert forget_fates(NOW + 3 * DAY) == 1


def test_one_letter_of_a_kind_is_spooled_once():
    from django.db import IntegrityError, transaction

    spool("amina@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        spool("amina@example.org")
    spool("amina@example.org", kind="reminder")
    assert len({letter.mark for letter in Spooled.objects.all()}) == 2
