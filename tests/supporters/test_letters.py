"""The letters: right language and direction, all the ways, nothing of a stranger."""

import email
import json
import re
from datetime import timedelta
from email.policy import default

import msgspec
import pytest
from msgspec.structs import replace

from standwith.languages.tags import INTERFACE
from standwith.languages.voice import voice
from standwith.mail.compose import Code, Link, compose, write_html, write_text
from standwith.mail.models import Spooled
from standwith.mail.outlets.folder import FolderOutlet
from standwith.mail.send import Parcel, send_due
from standwith.supporters.expire import expire, remind
from standwith.supporters.invitation import Invitation
from standwith.supporters.letters import CONFIRMATION, REMINDER, Letterhead, make_writer, read_letterheads, write_letter
from standwith.supporters.rules import LINK_LIFE
from tests.supporters.stand import CAMPAIGN, MORNING

HEAD = Letterhead(
    "en",
    "Stand with examples",
    "Free the <examples> & all of them",
    "Examples United",
    "https://act.example.org",
    False,
)
CODE = "7R4QZ-0XK2M-9T3BC-W8E1N-5DGJKA"
INVITATION = Invitation(CAMPAIGN, "en", "amina@example.org", "L" * 44, "7R4QZ-0XK2M", "W" * 32, CODE, "open")
GUARDED = Invitation(CAMPAIGN, "en", "amina@example.org", "L" * 44, "7R4QZ-0XK2M", "", "", "guarded")
NOBODY = frozenset().__contains__
"""Nobody is blocked."""


@pytest.mark.parametrize("kind", [CONFIRMATION, REMINDER])
def test_a_letter_has_all_it_needs(kind):
    text = write_text(write_letter(kind, INVITATION, HEAD).blocks)
    for needed in (
        HEAD.title,
        HEAD.headline,
        HEAD.owner,
        f"\nhttps://act.example.org/act/en/{CAMPAIGN}/confirm/{'L' * 44}\n",
        f"\nhttps://act.example.org/act/en/{CAMPAIGN}/withdraw/{'W' * 32}\n",
        f"https://act.example.org/en/{CAMPAIGN}/check-your-mail/",
        "7R4QZ-0XK2M",
        CODE,
        "https://act.example.org/en/verify/",
        "48 hours",
    ):
        assert needed in text


def test_a_reminder_says_that_it_is_one():
    first, second = (write_letter(kind, INVITATION, HEAD) for kind in (CONFIRMATION, REMINDER))
    assert first.subject != second.subject
    assert "only reminder" in write_text(second.blocks)


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("kind", [CONFIRMATION, REMINDER])
def test_every_language_has_whole_letters(kind, language):
    written = write_letter(kind, replace(INVITATION, language=language), HEAD._replace(language=language))
    assert (written.language, written.direction) == (language, voice(language).dir)
    assert HEAD.title not in written.subject
    text = write_text(written.blocks)
    assert [block.url for block in written.blocks if isinstance(block, Link)] == [
        f"https://act.example.org/act/{language}/{CAMPAIGN}/confirm/{'L' * 44}",
        f"https://act.example.org/act/{language}/{CAMPAIGN}/withdraw/{'W' * 32}",
    ]
    assert [block.text for block in written.blocks if isinstance(block, Code)] == ["7R4QZ-0XK2M", CODE]
    for needed in (HEAD.title, HEAD.owner, f"/{language}/{CAMPAIGN}/check-your-mail/"):
        assert needed in text
    assert not re.search(r"\{[a-z]+\}", text)
    mail = compose(written, sender="Stand with <confirm@example.org>", mark="0" * 32, now=MORNING)
    assert len(mail.content) < 30_000


TELLING = [
    CAMPAIGN,
    HEAD.title,
    HEAD.headline,
    HEAD.owner,
    CODE,
    "W" * 32,
    "/withdraw/",
    "/verify/",
    "campaign",
    "signature",
    "signed",
    "statement",
    "ledger",
]


@pytest.mark.parametrize("kind", [CONFIRMATION, REMINDER])
@pytest.mark.parametrize(
    ("invitation", "head"),
    [
        (GUARDED, HEAD._replace(guarded=True)),
        (GUARDED, HEAD),  # the campaign's profile was changed while the letter waited
        (INVITATION, HEAD._replace(guarded=True)),
    ],
)
def test_a_guarded_letter_has_what_it_takes_to_confirm_and_tells_nothing_else(kind, invitation, head):
    written = write_letter(kind, invitation, head)
    mail = compose(written, sender="Messages <confirm@example.org>", mark="0" * 32, now=MORNING)
    text = f"{written.subject}\n{write_text(written.blocks)}\n{write_html(written)}\n{mail.content.decode()}"
    for telling in TELLING:
        assert telling.lower() not in text.lower()
    assert [block.url for block in written.blocks if isinstance(block, Link)] == [
        f"https://act.example.org/act/en/-/confirm/{'L' * 44}"
    ]
    assert [block.text for block in written.blocks if isinstance(block, Code)] == ["7R4QZ-0XK2M"]
    assert "go to https://act.example.org/act/en/-/confirm yourself" in text
    assert "48 hours" in text


def test_guarded_letters_of_two_campaigns_differ_in_nothing_but_their_tokens():
    heads = HEAD._replace(guarded=True), Letterhead("en", "T", "H", "O", HEAD.site_url, True)
    invitations = GUARDED, replace(GUARDED, campaign="another-cause")
    for kind in (CONFIRMATION, REMINDER):
        one, another = (
            write_letter(kind, invitation, head) for invitation, head in zip(invitations, heads, strict=True)
        )
        assert one == another


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("kind", [CONFIRMATION, REMINDER])
def test_every_language_has_whole_guarded_letters(kind, language):
    head = HEAD._replace(language=language, guarded=True)
    written = write_letter(kind, replace(GUARDED, language=language), head)
    text = write_text(written.blocks)
    assert (written.language, written.direction) == (language, voice(language).dir)
    assert f"/act/{language}/-/confirm/{'L' * 44}" in text
    assert not re.search(r"\{[a-z]+\}", text)


def test_a_guarded_reminder_says_that_it_is_one():
    first, second = (write_letter(kind, GUARDED, HEAD._replace(guarded=True)) for kind in (CONFIRMATION, REMINDER))
    assert (first.subject, second.subject) == (
        "Please confirm your message",
        "A reminder: please confirm your message",
    )
    assert "only reminder" in write_text(second.blocks)


def test_markup_in_a_campaign_is_no_markup_in_the_mail():
    page = write_html(write_letter(CONFIRMATION, INVITATION, HEAD))
    assert "Free the &lt;examples&gt; &amp; all of them" in page
    assert "<examples>" not in page


MANIFEST = {
    "version": 2,
    "site_url": "https://act.example.org",
    "campaigns": {
        CAMPAIGN: {
            "open": True,
            "profile": "open",
            "texts": {},
            "languages": {"en": {"title": "T", "headline": "H", "owner": "O", "affiliate": "", "text": "a" * 64}},
        }
    },
}


def test_letterheads_come_from_the_manifest():
    heads = read_letterheads(json.dumps(MANIFEST).encode())
    assert heads == {(CAMPAIGN, "en"): Letterhead("en", "T", "H", "O", "https://act.example.org", False)}


def test_the_letterhead_of_a_guarded_campaign_says_so():
    campaign = MANIFEST["campaigns"][CAMPAIGN] | {"profile": "guarded"}
    heads = read_letterheads(json.dumps(MANIFEST | {"campaigns": {CAMPAIGN: campaign}}).encode())
    assert [head.guarded for head in heads.values()] == [True]


@pytest.mark.parametrize("profile", ["", "secret", None])
def test_a_manifest_that_does_not_say_how_a_campaign_is_guarded_is_not_read(profile):
    campaign = MANIFEST["campaigns"][CAMPAIGN] | {"profile": profile}
    with pytest.raises(msgspec.ValidationError):
        read_letterheads(json.dumps(MANIFEST | {"campaigns": {CAMPAIGN: campaign}}).encode())


def closing(*languages):
    """The manifest after a publication that left only these of three languages; the source is "en"."""
    campaign = MANIFEST["campaigns"][CAMPAIGN]
    texts = {digest * 64: {"language": code, "version": 1} for code, digest in (("fr", "f"), ("en", "a"), ("ar", "b"))}
    editions = {code: campaign["languages"]["en"] | {"title": f"Title {code}"} for code in languages}
    changed = campaign | {"source": "en", "texts": texts, "languages": editions}
    return json.dumps(MANIFEST | {"campaigns": {CAMPAIGN: changed}}).encode()


def test_a_closed_language_has_the_letterhead_of_the_source_language():
    heads = read_letterheads(closing("fr", "en"))
    assert {code: (head.language, head.title) for (_, code), head in heads.items()} == {
        "fr": ("fr", "Title fr"),
        "en": ("en", "Title en"),
        "ar": ("en", "Title en"),
    }


def test_a_letter_that_waits_while_its_language_is_closed_is_written_in_the_source_language(stand):
    stand.sign("Amina Example", "amina@example.org", language="ar")
    stand.work()
    waiting = parcel(Spooled.objects.get())
    written = make_writer(stand.keys, read_letterheads(closing("fr", "en")), stand.now, NOBODY)(waiting)
    text = write_text(written.blocks)
    assert (written.to, written.language, written.direction) == ("amina@example.org", "en", "ltr")
    assert written.subject == "Please confirm your signature"
    assert "Title en" in text
    assert re.findall(r"example\.org(?:/act)?/(..)/", text) == ["en"] * 4
    reopened = make_writer(stand.keys, read_letterheads(closing("fr", "en", "ar")), stand.now, NOBODY)(waiting)
    assert reopened.language == "ar"


def test_the_writer_opens_what_the_clerk_spooled(stand):
    stand.sign("Zuzanna Seldomname", "amina@example.org")
    stand.work()
    spooled = Spooled.objects.get()
    write = make_writer(stand.keys, {(CAMPAIGN, "en"): HEAD}, stand.now, NOBODY)
    written = write(parcel(spooled))
    assert written.to == "amina@example.org"
    assert stand.asked()[0].link in write_text(written.blocks)
    assert "Zuzanna" not in write_text(written.blocks) + write_html(written)


def parcel(spooled, **changed):
    usual = Parcel(spooled.stream, spooled.kind, spooled.key, bytes(spooled.sealed))
    return usual._replace(**changed)


def test_what_cannot_be_opened_or_is_not_published_is_not_written(stand):
    stand.sign()
    stand.work()
    spooled = Spooled.objects.get()
    write = make_writer(stand.keys, {(CAMPAIGN, "en"): HEAD}, stand.now, NOBODY)
    assert write(parcel(spooled, key="0" * 16)) is None
    assert write(parcel(spooled, sealed=bytes(spooled.sealed)[:-1])) is None
    assert make_writer(stand.keys, {}, stand.now, NOBODY)(parcel(spooled)) is None


def test_nothing_is_written_to_whoever_asked_never_to_be_written_to(stand):
    stand.sign("Amina Example", "Am.ina+news@googlemail.com")
    stand.work()
    waiting = parcel(Spooled.objects.get())
    asked = []

    def written(*blocked):
        def is_blocked(address):
            asked.append(address)
            return address in blocked

        return make_writer(stand.keys, {(CAMPAIGN, "en"): HEAD}, stand.now, is_blocked)(waiting)

    assert written("noor@example.org").to == "Am.ina+news@googlemail.com"
    assert written("amina@gmail.com") is None
    assert set(asked) == {"amina@gmail.com"}


def test_a_letter_whose_link_is_dead_or_about_to_die_is_not_written(stand):
    stand.sign()
    stand.work()
    waiting = parcel(Spooled.objects.get())
    dies = MORNING + LINK_LIFE

    def written(now):
        return make_writer(stand.keys, {(CAMPAIGN, "en"): HEAD}, now, NOBODY)(waiting)

    assert written(dies - timedelta(minutes=61)).to == "amina@example.org"
    assert written(dies - timedelta(minutes=59)) is None
    assert written(dies + timedelta(days=1)) is None


def test_from_the_form_to_the_mailbox_and_back(stand, tmp_path):
    """The person types the code of the mail; a second one does nothing, is reminded once, and is forgotten."""
    outlet = FolderOutlet(tmp_path / "mailbox")
    outlet.directory.mkdir()
    heads = {(CAMPAIGN, code): HEAD._replace(language=code) for code in ("ar", "fr")}

    def send():
        write = make_writer(stand.keys, heads, stand.now, NOBODY)
        report = send_due([outlet], write, sender="Stand with <confirm@example.org>", now=stand.now, limit=10)
        return report.sent

    def mails(address):
        files = [email.message_from_bytes(file.read_bytes(), policy=default) for file in outlet.directory.iterdir()]
        return [mail for mail in files if mail["To"] == address]

    stand.sign("Amina Example", "amina@example.org", language="ar")
    stand.sign("Noor Example", "noor@example.org", language="fr")
    stand.work()
    assert (send(), send()) == (2, 0)
    [mail] = mails("amina@example.org")
    assert (mail["Content-Language"], mail["Auto-Submitted"]) == ("ar", "auto-generated")
    code = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", mail.get_body(("plain",)).get_content())[0]
    stand.confirm(Invitation(CAMPAIGN, "ar", "", "", code, "", "", "open"), "code")
    stand.work()
    assert stand.confirmed == 1

    stand.later(hours=24)
    assert (remind(stand.now), send()) == (1, 1)
    first, second = mails("noor@example.org")
    assert first["Message-ID"] != second["Message-ID"]
    stand.later(hours=24)
    stand.work()
    assert (expire(stand.now), remind(stand.now), send()) == (1, 0, 0)
    assert stand.confirmed == 1
