"""A stand-in installation: a real stand and real tables, without a settings file.

Django can be set up once in a process, so all commands of the tests work on the same tables; what `enter` would read
from a home is given to the command instead.
"""

import importlib
import tempfile
from pathlib import Path

from standwith.config.home import Home
from standwith.config.settings import Settings
from tests.supporters.tables import empty_tables, make_tables


def installation(path: Path, monkeypatch, command: str):
    """A stand at `path`, which the named command takes for its home."""
    make_tables(Path(tempfile.mkdtemp(prefix="standwith-")))
    empty_tables()
    from tests.supporters.stand import Stand

    module = importlib.import_module(f"standwith.cli.{command}")  # the package has the function under this name
    monkeypatch.setattr(module, "enter", lambda home: (Home(home), Settings()))
    return Stand(path)
