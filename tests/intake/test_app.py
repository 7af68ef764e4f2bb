"""Addresses, methods, bodies and headers: who answers what, and what never happens on the way."""

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from standwith.durable.files import write_atomically
from standwith.intake.app import make_intake
from standwith.intake.errors import IntakeRefused
from standwith.languages import voice
from standwith.sealing.tokens import make_confirmation_token, make_withdrawal_token
from tests.intake.door import CUSTODIAN, GOOD, NOW, OPEN, Door, W, lay_out, manifest

SIGN = f"/act/en/{OPEN}/sign"
HOME = f"/en/{OPEN}/"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("path", "location"),
    [
        (SIGN, HOME),
        (f"/act/fr/{OPEN}/sign", f"/fr/{OPEN}/"),
        (f"/act/en/{OPEN}/confirm", f"{HOME}check-your-mail/"),
    ],
)
def test_opening_the_address_of_a_form_leads_to_its_page(door: Door, method: str, path: str, location: str) -> None:
    reply = door.get(path, method)
    assert (reply.status, reply.location) == (303, location)
    assert door.acts() == []


@pytest.mark.parametrize(
    "path",
    [
        "/act/en/no-such-campaign/sign",
        f"/act/de/{OPEN}/sign",
        f"/act/zz/{OPEN}/sign",
        f"/act/en/../{OPEN}/sign",
        "/act/en/..%2f..%2fetc%2fpasswd/sign",
        "/act/en/../../../etc/passwd",
        f"/act/en/{OPEN}",
        f"/act/en/{OPEN}/withdraw",
        f"/act/en/{OPEN}/sign/more",
        f"/act/en/{OPEN}/confirm/a/b",
        f"/elsewhere/en/{OPEN}/sign",
        "/act/en//sign",
        "/act",
        "/",
        "",
        "/act/en/stand\x00with/sign",
        "/act/<script>/x/sign",
    ],
)
def test_an_address_that_is_not_there_says_so_on_a_page(door: Door, path: str) -> None:
    for reply in (door.get(path), door.post(path, b"name=x")):
        assert reply.status == 404
        spoken = path.split("/")[2] if path.startswith("/act/de/") else "en"
        assert f"<h1>{voice(spoken).gettext('There is nothing here')}</h1>" in reply.text
        assert "<script" not in reply.text
    assert door.acts() == []


def test_a_page_that_is_not_there_speaks_the_language_of_its_address(door: Door) -> None:
    reply = door.get("/act/ar/no-such-campaign/sign")
    assert '<html lang="ar" dir="rtl">' in reply.text
    assert 'href="/ar/"' in reply.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused_and_change_nothing(door: Door, method: str) -> None:
    token = make_withdrawal_token(door.link_key, OPEN, W).text
    for path in (SIGN, f"/act/en/{OPEN}/withdraw/{token}"):
        reply = door.send(method, path, b"", {})
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, POST")
    assert door.acts() == []


def test_a_body_that_says_it_is_too_large_is_not_even_read(door: Door) -> None:
    reply = door.post(SIGN, b"x" * 100, content_length=str(10 * 1024 * 1024))
    assert reply.status == 413
    assert len(door.unread) == 1


def test_a_body_that_grows_too_large_is_not_read_to_its_end(door: Door) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    reply = door.send("POST", SIGN, b"x" * 10 * 1024 * 1024, kind, chunk=16 * 1024)
    assert reply.status == 413
    assert len(door.unread) > 600
    assert door.post(SIGN, b"x" * 10, content_length="9" * 5000).status == 413


def test_a_body_in_many_pieces_is_put_together(door: Door) -> None:
    body = "&".join(f"{name}={value}" for name, value in GOOD.items()).encode()
    kind = {"content-type": "application/x-www-form-urlencoded;charset=UTF-8"}
    assert door.send("POST", SIGN, body, kind, chunk=7).status == 303
    assert len(door.acts()) == 1


def test_half_a_form_is_no_form(door: Door) -> None:
    body = "&".join(f"{name}={value}" for name, value in GOOD.items()).encode()
    messages = [{"type": "http.request", "body": body, "more_body": True}, {"type": "http.disconnect"}]
    assert door.tell("POST", SIGN, messages, {}).status == 400
    assert door.acts() == []


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_another_type_of_content_is_refused(door: Door, kind: str) -> None:
    assert door.post(SIGN, b'{"name": "Amina"}', content_type=kind).status == 415
    assert door.acts() == []


def test_too_many_fields_are_refused(door: Door) -> None:
    assert door.post(SIGN, b"a=1&" * 60).status == 400


def test_every_answer_is_private_and_says_what_it_is(door: Door) -> None:
    token = make_confirmation_token(door.link_key, OPEN, NOW + timedelta(hours=1)).text
    replies = [door.sign(), door.sign(name=""), door.get(f"/act/en/{OPEN}/confirm/{token}"), door.get("/act/x")]
    for reply in replies:
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        assert "set-cookie" not in reply.headers
        if reply.status != 303:
            assert reply.headers["content-type"] == "text/html; charset=utf-8"
            assert "unsafe" not in reply.headers["content-security-policy"]


def test_head_has_the_headers_of_get_and_no_body(door: Door) -> None:
    path = f"/act/en/{OPEN}/withdraw/{make_withdrawal_token(door.link_key, OPEN, W).text}"
    got, head = door.get(path), door.get(path, "HEAD")
    assert (head.status, head.headers, head.text) == (got.status, got.headers, "")


def test_pages_come_compressed_where_the_browser_takes_it(door: Door) -> None:
    plain, small = door.post(SIGN), door.post(SIGN, accept_encoding="gzip, br")
    assert small.headers["content-encoding"] == "gzip"
    assert small.text == plain.text
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert "content-encoding" not in door.sign(email="amina@example.org").headers


def test_nothing_about_a_person_is_logged(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    door.sign()
    door.sign(name="", email="broken@@example.org")
    door.post(f"/act/en/{OPEN}/confirm", b"code=7K2QD-9XW4M")
    (door.home / "journal.sqlite").unlink()
    assert door.sign().status == 503
    for secret in ("amina", "example.org", "192.0.2.77", "7K2QD", "Amina"):
        assert secret not in caplog.text


def test_nothing_about_a_person_nor_their_address_is_in_the_journals_files_in_the_clear(door: Door) -> None:
    door.sign(name="Wilhelmina Example", organisation="Union of Invented Trades")
    written = b"".join(file.read_bytes() for file in door.home.rglob("*") if file.is_file())
    for secret in (b"Wilhelmina", b"amina@example.org", b"Invented Trades", b"192.0.2.77"):
        assert secret not in written


def test_our_own_mistake_is_answered_with_a_page(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("amina@example.org")

    monkeypatch.setattr("standwith.intake.app.make_signature", fail)
    reply = door.sign()
    assert reply.status == 500
    assert "our mistake" in reply.text
    assert "amina" not in caplog.text


def test_a_new_manifest_is_taken_up_while_running(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    assert door.sign().status == 303
    write_atomically(door.home / "manifest.json", json.dumps(manifest(open=False)).encode())
    door.app._sheets._next = 0.0  # as if a second had gone by
    assert door.sign().status == 410
    write_atomically(door.home / "manifest.json", b"half a manif")
    door.app._sheets._next = 0.0
    assert door.sign().status == 410


def test_the_clerks_new_key_is_taken_up_while_running(door: Door) -> None:
    door.sign()
    write_atomically(door.home / "keys/clerk.pub", f"{CUSTODIAN.public}\n".encode())  # not a clerk's: refused
    door.app._clerk._next = 0.0
    assert door.sign().status == 303
    assert len(door.contacts()) == 2


def test_the_lifespan_of_a_server_is_answered(door: Door) -> None:
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent: list[str] = []

    async def receive() -> dict[str, str]:
        return messages.pop(0)

    async def send(message: dict[str, str]) -> None:
        sent.append(message["type"])

    other = make_intake(door.home / "manifest.json", door.home / "journal.sqlite", door.home / "keys")
    door._loop.run(other({"type": "lifespan"}, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


@pytest.mark.parametrize("missing", ["manifest.json", "journal.sqlite", "keys/link.key", "keys/clerk.pub"])
def test_without_one_of_its_files_it_does_not_start_and_names_it(tmp_path: Path, missing: str) -> None:
    home = lay_out(tmp_path / "home")
    (home / missing).unlink()
    with pytest.raises(IntakeRefused, match=Path(missing).name):
        make_intake(home / "manifest.json", home / "journal.sqlite", home / "keys")
    assert not (home / missing).exists()


@pytest.mark.parametrize("damaged", ["manifest.json", "journal.sqlite", "keys/link.key", "keys/clerk.pub"])
def test_with_one_of_its_files_damaged_it_does_not_start(tmp_path: Path, damaged: str) -> None:
    home = lay_out(tmp_path / "home")
    (home / damaged).write_bytes(b"\xff\xfe nonsense " * 500)
    with pytest.raises(IntakeRefused) as refusal:
        make_intake(home / "manifest.json", home / "journal.sqlite", home / "keys")
    assert str(refusal.value).endswith(".")
