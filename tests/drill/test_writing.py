"""What a process writes is seen, whichever way it does so, and so are files that come and go."""

import subprocess
import sys
from pathlib import Path

from tests.drill.watching import Watch
from tests.drill.wire import ROOT

ALONE = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
WRITES = """
import os, pathlib, shutil, socket, sqlite3, tempfile
from tests.drill.writing import Written
written = Written()
written.watch()
pathlib.Path("a").write_text("x")
os.close(os.open("b", os.O_WRONLY | os.O_CREAT))
open("c", "ab").close()
shutil.copyfile("a", "d")
os.rename("a", "e")
os.symlink("b", "f")
sqlite3.connect("g").execute("CREATE TABLE t (x)")
sqlite3.connect("file:h?mode=rwc", uri=True).execute("CREATE TABLE t (x)")
os.close(tempfile.mkstemp(prefix="i", dir=".")[0])
open("b").read()
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError:
    pass
print(sorted({os.path.basename(place)[0] for place in written.places}), sorted(written.spoken_to))
"""


def test_every_way_to_write_is_seen(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITES]
    found = subprocess.run(command, cwd=tmp_path, env=ALONE, capture_output=True, text=True)
    places = "['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']"
    assert found.stdout == f"{places} [\"('127.0.0.1', 9)\"]\n", found.stderr


def test_a_file_that_came_and_went_is_seen(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    (tmp_path / "etilqs_1").touch()
    (tmp_path / "etilqs_1").unlink()
    (tmp_path / "kept").touch()
    assert watch.names() == ["etilqs_1", "kept"]
    assert watch.names() == []
    watch.close()
