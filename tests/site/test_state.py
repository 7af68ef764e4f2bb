"""The state of a site directory: read back as written, and empty when it cannot be trusted."""

from pathlib import Path

import pytest

from standwith.site.state import NAME, read_state, write_state


def test_what_is_written_is_read(tmp_path: Path) -> None:
    files = {"en/index.html": "0f4c", "number.js": ""}
    write_state(tmp_path, files)
    assert read_state(tmp_path) == files


def test_no_state_is_an_empty_one(tmp_path: Path) -> None:
    assert read_state(tmp_path) == {}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 2, "files": {}}', b'{"version": 1}'])
def test_a_damaged_state_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert read_state(tmp_path) == {}
