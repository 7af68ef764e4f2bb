"""The shelf: bounded memory, and no copy that is older than its file."""

from pathlib import Path

import pytest

from standwith.site import shelf as module
from standwith.site.shelf import Shelf, best_form


def put(site: Path, name: str, text: str) -> None:
    """A file of a site in its three forms; how they are packed does not matter here."""
    for suffix in ("", ".br", ".gz"):
        (site / (name + suffix)).write_text(text)


def test_what_was_asked_for_longest_ago_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM", 25)
    for name in ("a.txt", "b.txt", "c.txt"):
        put(tmp_path, name, "x" * 10)
    shelf = Shelf(tmp_path, {"a.txt": "1", "b.txt": "1", "c.txt": "1"})
    first = shelf.find("/a.txt", b"")
    shelf.find("/b.txt", b"")
    assert shelf.find("/a.txt", b"") is first
    shelf.find("/c.txt", b"")
    assert shelf.find("/a.txt", b"") is first
    again = shelf.find("/b.txt", b"")
    assert again is not None
    assert again.body["body"] == b"x" * 10


def test_a_copy_is_kept_while_its_digest_stays(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "old")
    put(tmp_path, "b.txt", "old")
    shelf = Shelf(tmp_path, {"a.txt": "1", "b.txt": "1"})
    kept, dropped = shelf.find("/a.txt", b"br"), shelf.find("/b.txt", b"br")
    put(tmp_path, "b.txt", "new")
    fresh = shelf.renewed({"a.txt": "1", "b.txt": "2"})
    assert fresh.find("/a.txt", b"br") is kept
    assert fresh.find("/b.txt", b"br") is not dropped


def test_a_file_that_vanished_is_not_found(tmp_path: Path) -> None:
    assert Shelf(tmp_path, {"a.txt": "1"}).find("/a.txt", b"") is None


@pytest.mark.parametrize(
    ("accepted", "form"),
    [(b"br", ".br"), (b"GZIP", ".gz"), (b"br ; q=0 , *", ".gz"), (b"*;q=0", ""), (b"\xff", ""), (b"brr", "")],
)
def test_forms(accepted: bytes, form: str) -> None:
    assert best_form(accepted) == form
