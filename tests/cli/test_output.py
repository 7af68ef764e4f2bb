"""Files that commands make: whole, or not there."""

import pytest

from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal


def test_the_name_appears_when_the_file_is_whole(tmp_path):
    with new_file(tmp_path / "out") as file:
        file.write(b"half")
        assert not (tmp_path / "out").exists()
        file.write(b" and half")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_bytes() == b"half and half"


@pytest.mark.parametrize("trouble", [ValueError, KeyboardInterrupt])
def test_trouble_leaves_nothing_behind(tmp_path, trouble):
    with pytest.raises(trouble), new_file(tmp_path / "out") as file:
        file.write(b"half")
        raise trouble
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_sentence(tmp_path):
    with pytest.raises(Refusal) as caught, new_file(tmp_path / "out"):
        raise OSError(28, "No space left on device")
    assert str(caught.value) == f"{tmp_path / 'out'}: No space left on device."
    assert list(tmp_path.iterdir()) == []
