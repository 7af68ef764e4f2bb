"""Every kind of page that a reader can meet, and the way to it: the published ones, those of the form, the mailbox.

A visit is an address, and for the answers to a form the form whose button is pressed with nothing filled in. Nothing
here looks inside the house: it asks the running demo over HTTP and reads the letters that it wrote.
"""

import re
import time
import urllib.request
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page

from standwith.languages import INTERFACE
from tests.stories.conftest import Demo

LANGUAGES = INTERFACE
CAMPAIGN = "stand-with-belarus"
OF_LANGUAGE = {
    "home": "",
    "how we count": "how-we-count/",
    "your data": "your-data/",
    "check it yourself": "verify/",
    "audits": "audits/",
    "directory": "organisations/",
    "country": "organisations/it/",
    "federation": "organisations/cub-it/",
}
OF_CAMPAIGN = {
    "campaign": "",
    "people": "people/",
    "person": "people/nikolai-zimin/",
    "facts": "facts/",
    "timeline": "timeline/",
    "sources": "sources/",
    "source": "sources/ilnss-2020-08/",
    "organisations": "organisations/",
    "check your mail": "check-your-mail/",
    "thank you": "thank-you/",
    "withdrawn": "withdrawn/",
}
PUBLISHED = (*OF_LANGUAGE, *OF_CAMPAIGN, "missing")
AFTER_A_FORM = {"form with mistakes": "sign", "code mistyped": "confirm"}
FROM_A_LETTER = ("confirm", "withdraw", "confirm damaged", "withdraw damaged")
TAKEN = (*AFTER_A_FORM, *FROM_A_LETTER, "no such campaign")
MAILBOX = ("mailbox", "letter")
KINDS = (*PUBLISHED, *TAKEN)


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers (names in small letters) and body, as it travelled."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Letter:
    """A letter of the demo: its name in the mailbox, the paths of its two links, its code."""

    name: str
    confirm: str
    withdraw: str
    code: str


def fetch(url: str, fields: dict[str, str] | None = None, **headers: str) -> Answer:
    """GET, or POST of these fields; any status is an answer, redirects are followed."""
    data = None if fields is None else urlencode(fields).encode()
    request = urllib.request.Request(url, data, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return Answer(reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.read())
    except HTTPError as reply:
        return Answer(reply.code, {name.lower(): value for name, value in reply.headers.items()}, reply.read())


def path_of(kind: str, language: str, letter: Letter | None = None) -> str:
    """Where a visit of this kind begins."""
    if kind in OF_LANGUAGE:
        return f"/{language}/{OF_LANGUAGE[kind]}"
    if kind in OF_CAMPAIGN:
        return f"/{language}/{CAMPAIGN}/{OF_CAMPAIGN[kind]}"
    if kind in FROM_A_LETTER:
        assert letter, f"{kind} needs a letter"
        link = letter.confirm if kind.startswith("confirm") else letter.withdraw
        link = re.sub(r"^/act/[^/]+", f"/act/{language}", link)  # the switch of languages does the same
        return link[:-5] if kind.endswith("damaged") else link
    return {
        "chooser": "/",
        "missing": f"/{language}/no-such-page/",
        "form with mistakes": f"/{language}/{CAMPAIGN}/",
        "code mistyped": f"/{language}/{CAMPAIGN}/check-your-mail/",
        "no such campaign": f"/act/{language}/no-such-campaign/sign",
        "mailbox": "/mailbox",
        "letter": f"/mailbox/{letter.name if letter else 'none'}",
    }[kind]


def visit(page: Page, demo: Demo, kind: str, language: str, letter: Letter | None = None) -> None:
    """Go to a page of this kind as a reader does."""
    page.goto(demo.url + path_of(kind, language, letter))
    if kind in AFTER_A_FORM:
        page.locator("main form button").click()


def fetch_page(demo: Demo, kind: str, language: str, letter: Letter | None = None) -> Answer:
    """The same page without a browser."""
    if kind in AFTER_A_FORM:
        return fetch(f"{demo.url}/act/{language}/{CAMPAIGN}/{AFTER_A_FORM[kind]}", {})
    return fetch(demo.url + path_of(kind, language, letter))


class Post:
    """Signs in a language when a letter in it is asked for the first time, and waits until the clerk has written it."""

    def __init__(self, demo: Demo) -> None:
        self._demo, self._letters = demo, dict[str, Letter]()

    def letter(self, language: str) -> Letter:
        """The letter to somebody who signed in this language."""
        if language not in self._letters:
            address = f"{language}-{len(self._letters)}@example.net"
            self._sign(language, address)
            self._letters[language] = self.wait_for(address)
        return self._letters[language]

    def letter_for(self, kind: str, language: str) -> Letter | None:
        """The letter, if a page of this kind needs one."""
        return self.letter(language) if kind in (*FROM_A_LETTER, *MAILBOX) else None

    def wait_for(self, address: str, seconds: float = 60) -> Letter:
        """The letter to this address, as soon as the clerk has written it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for file in (self._demo.home / "mailbox").glob("*.eml"):
                mail = message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=policy.default)
                if address in str(mail["To"]):
                    return read_letter(file, mail)
            time.sleep(0.1)
        raise AssertionError(f"no letter came to {address}")

    def _sign(self, language: str, address: str) -> None:
        form = fetch(self._demo.page(language)).text
        text = re.search(r'name="?text"? value="?([0-9a-f]{64})', form)
        assert text, "the form names no text"
        fields = {"name": "Amina Example", "email": address, "country": "FR", "sign": "yes", "text": text[1]}
        assert fetch(f"{self._demo.url}/act/{language}/{CAMPAIGN}/sign", fields).status == 200


def read_letter(file: Path, mail: EmailMessage) -> Letter:
    """What a test needs of a letter."""
    part = mail.get_body(("plain",))
    assert part is not None
    text = part.get_content()
    links = {kind: re.search(rf"https?://\S+/{kind}/[\w-]+", text) for kind in ("confirm", "withdraw")}
    code = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", text)
    assert links["confirm"] and links["withdraw"] and code, text
    return Letter(file.stem, urlsplit(links["confirm"][0]).path, urlsplit(links["withdraw"][0]).path, code[0])
