"""Controls: stores with one leak each, made by the drill itself. A drill that misses one has found nothing elsewhere.

Each is a function that lays a store out in an empty directory, sorted by the kind of find that it must lead to.
"""

import base64
import bz2
import gzip
import hashlib
import lzma
import quopri
import secrets
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import brotli
import msgspec

from standwith.sealing.keys import SecretKey, make_key, make_shared_key
from standwith.sealing.lock import seal_contact
from standwith.sealing.record import Contact
from standwith.supporters.invitation import Invitation, seal_invitation
from tests.drill.crowd import CLIENT, MARK, Person
from tests.drill.keys import Key
from tests.drill.opening import _spool_key
from tests.drill.search import VALUE
from tests.drill.trying import Trial

Make = Callable[[Path, Sequence[Person]], object]
PIECE = b"ciphertext of whom nobody must remember any more"
WATCHED = PIECE[:VALUE]
ENTRIES = [f"clerk: asked {MARK}.{number:06d}@example.org to confirm" for number in range(20)]
TEXT = "\n".join(ENTRIES)
PAGE = "<p>Thank you for standing with us.</p>\n" * 40


def tables(place: Path, rows: Sequence[tuple[object, ...]] = (), **pragmas: str) -> sqlite3.Connection:
    """A database with these rows; the pragmas are those of whoever wrote it."""
    database = sqlite3.connect(place / "tables.sqlite", isolation_level=None)
    for name, setting in pragmas.items():
        database.execute(f"PRAGMA {name} = {setting}")
    database.execute("CREATE TABLE signature (id INTEGER PRIMARY KEY, tag BLOB, note TEXT)")
    database.executemany("INSERT INTO signature (tag, note) VALUES (?, '')", rows)
    return database


def tagged(place: Path, people: Sequence[Person]) -> bytes:
    """Tables with the address tag of everybody, as the program makes it; gives the key."""
    key = secrets.token_bytes(32)
    trial = Trial(Key(key, "", ""))
    rows = [(dict(trial.tags(person))[f"address in {person.campaign}"],) for person in people]
    tables(place, rows).close()
    return key


def write(name: str, content: bytes) -> Make:
    """A store of one file."""
    return lambda place, _: (place / name).write_bytes(content)


def mail(encoded: bytes, encoding: str) -> bytes:
    """A letter in the spool."""
    return f"Subject: hello\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + encoded


def archive(place: Path, _: Sequence[Person]) -> None:
    with zipfile.ZipFile(place / "backup.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("page.html", PAGE)
        packed.writestr("clerk.log", TEXT)


def in_a_column(place: Path, _: Sequence[Person]) -> None:
    tables(place, [(zlib.compress(TEXT.encode()),)]).close()


def deleted_row(place: Path, _: Sequence[Person]) -> None:
    """A row that was deleted by a program that does not overwrite."""
    with closing(tables(place, [(PIECE,)], secure_delete="OFF")) as database:
        database.execute("DELETE FROM signature")


def only_in_the_log(place: Path, people: Sequence[Person]) -> None:
    """A row that only ever stood in the write-ahead log."""
    database = tables(place, journal_mode="WAL", wal_autocheckpoint="0")
    database.execute("INSERT INTO signature (note) VALUES (?)", (people[0].address,))
    copies = {path: path.read_bytes() for path in place.iterdir() if not path.name.endswith("-shm")}
    database.close()
    for path, data in copies.items():
        path.write_bytes(data)


def name_of_a_file(place: Path, people: Sequence[Person]) -> None:
    (place / people[0].address).mkdir()


def key_line(place: Path, people: Sequence[Person]) -> None:
    """As this program kept it before there were epochs."""
    (place / "keys").mkdir()
    (place / "keys" / "tag.key").write_text(f"{_shared(tagged(place, people))}\n")


def key_line_packed(place: Path, people: Sequence[Person]) -> None:
    (place / "backup.gz").write_bytes(gzip.compress(f"{_shared(tagged(place, people))}\n".encode() + PAGE.encode()))


def key_in_settings(place: Path, people: Sequence[Person]) -> None:
    (place / "settings.toml").write_text(f'{PAGE}\nsecret = "{tagged(place, people).hex()}"\n')


def key_in_bytes(place: Path, people: Sequence[Person]) -> None:
    (place / "keys").mkdir()
    (place / "keys" / "secret").write_bytes(b"\1\0" + tagged(place, people) + b"\n")


def key_in_a_column(place: Path, people: Sequence[Person]) -> None:
    key = tagged(place, people)
    with closing(sqlite3.connect(place / "settings.sqlite")) as database, database:
        database.execute("CREATE TABLE settings (name TEXT, value BLOB)")
        database.execute("INSERT INTO settings VALUES ('secret', ?)", (key,))


def key_and_a_deleted_tag(place: Path, people: Sequence[Person]) -> None:
    key_line(place, people)
    with closing(sqlite3.connect(place / "tables.sqlite", isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("DELETE FROM signature")


def another_hash_with_a_key(place: Path, people: Sequence[Person]) -> None:
    (place / "salt").write_bytes(salt := secrets.token_bytes(32))
    tables(place, [(hashlib.sha256(salt + person.address.lower().encode()).digest(),) for person in people]).close()


def hashed(place: Path, people: Sequence[Person]) -> None:
    tables(place, [(hashlib.sha256(person.address.encode()).digest(),) for person in people]).close()


def hashed_as_text(place: Path, people: Sequence[Person]) -> None:
    digests = [hashlib.md5(f"{person.campaign}:{person.address}".encode()).hexdigest() for person in people]
    (place / "seen.json").write_bytes(msgspec.json.encode(digests))


def unread_contact(place: Path, people: Sequence[Person]) -> None:
    clerk = _clerk(place)
    contact = seal_contact(Contact(people[0].address, people[0].name, bytes(16)), clerk.public, people[0].campaign)
    (place / "journal").write_bytes(secrets.token_bytes(5000) + contact + bytes(5000))


def waiting_letter(place: Path, people: Sequence[Person]) -> None:
    invitation = Invitation(people[0].campaign, "en", people[0].address, "l" * 44, "c" * 11, "w" * 32, "", "guarded")
    tables(place, [(seal_invitation(invitation, _spool_key(_clerk(place).raw)),)]).close()


def spool_key_in_a_column(place: Path, people: Sequence[Person]) -> None:
    invitation = Invitation(people[0].campaign, "en", people[0].address, "l" * 44, "c" * 11, "w" * 32, "", "guarded")
    tables(place, [(seal_invitation(invitation, key := secrets.token_bytes(32)),), (key,)]).close()


def _clerk(place: Path) -> SecretKey:
    clerk = make_key("clerk")
    (place / "clerk.key").write_text(f"{clerk}\n")
    return clerk


def _shared(raw: bytes) -> str:
    key = make_shared_key("tag")
    return str(type(key)("tag", raw))


UTF16 = TEXT.encode("utf-16")
SPELT = "".join(f"={point:02X}" for point in TEXT.encode())
NAMED: dict[str, Make] = {
    "a line in a log": write("clerk.log", TEXT.encode()),
    "capitals": write("clerk.log", TEXT.upper().encode()),
    "a log in UTF-16": write("clerk.log", UTF16),
    "an address of the network": write("access.log", f'{CLIENT} "POST /act/en/x/sign" 303'.encode()),
    "base64 in lines": write("1.eml", mail(base64.encodebytes(TEXT.encode()), "base64")),
    "base64 without a beginning": write("1.eml", base64.b64encode(TEXT.encode())[7:]),
    "base64 of UTF-16": write("dump", base64.b64encode(f"x{MARK}".encode("utf-16"))),
    "base64url": write("dump", base64.urlsafe_b64encode(b"\xff\xfe" + TEXT.encode())),
    "base32": write("dump", base64.b32encode(TEXT.encode())),
    "quoted-printable": write("1.eml", mail(quopri.encodestring(b"x" * 70 + TEXT.encode()), "quoted-printable")),
    "quoted-printable, every letter": write("1.eml", SPELT.encode()),
    "percent-encoding": write("access.log", "".join(f"%{point:02X}" for point in TEXT.encode()).encode()),
    "a link": write("access.log", quote(f"/confirm?to={MARK}@example.org").encode()),
    "hexadecimal": write("dump", TEXT.encode().hex().encode()),
    "JSON": write("dump.json", "".join(f"\\u{ord(letter):04x}" for letter in TEXT).encode()),
    "HTML": write("page.html", "".join(f"&#{ord(letter)};" for letter in TEXT).encode()),
    "gzip": write("clerk.log.1.gz", gzip.compress(PAGE.encode() + TEXT.encode())),
    "brotli": write("page.html.br", brotli.compress(PAGE.encode() + TEXT.encode())),
    "xz": write("clerk.log.xz", lzma.compress(TEXT.encode())),
    "bzip2": write("clerk.log.bz2", bz2.compress(TEXT.encode())),
    "zip": archive,
    "gzip in the middle of a file": write("dump", secrets.token_bytes(1000) + gzip.compress(TEXT.encode())),
    "gzip in base64": write("dump.json", base64.b64encode(gzip.compress(TEXT.encode()))),
    "base64 in gzip in gzip": write("x", gzip.compress(gzip.compress(base64.b64encode(TEXT.encode())))),
    "zlib in a column": in_a_column,
    "a write-ahead log": only_in_the_log,
    "the name of a directory": name_of_a_file,
}
TOLD: dict[str, Make] = {
    "the key in a line beside the tables": key_line,
    "the key in a packed backup": key_line_packed,
    "the key in the settings": key_in_settings,
    "the key in bytes": key_in_bytes,
    "the key in a column": key_in_a_column,
    "the key, and tags that were deleted": key_and_a_deleted_tag,
    "another hash with a key": another_hash_with_a_key,
}
HASHED: dict[str, Make] = {"a hash in a column": hashed, "a hash in a file": hashed_as_text}
OPENED: dict[str, Make] = {
    "a contact that was not read": unread_contact,
    "a letter that waits": waiting_letter,
    "the key of a letter beside it": spool_key_in_a_column,
}
LEFT: dict[str, Make] = {"a deleted row": deleted_row, "a piece in gzip": write("old.gz", gzip.compress(PIECE * 3))}
CLOSED: dict[str, Make] = {"zstd": write("clerk.log.zst", b"\x28\xb5\x2f\xfd" + secrets.token_bytes(100))}
