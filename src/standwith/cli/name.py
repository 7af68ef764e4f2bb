"""What this program is called at this keyboard, so that a line that we print can be typed as it stands."""

import os
import shutil
import sys


def command_name() -> str:
    """`standwith` where the shell finds it; else the path by which it was started, such as .venv/bin/standwith."""
    started = sys.argv[0]
    if shutil.which("standwith") or not os.access(started, os.X_OK):
        return "standwith"
    return os.path.relpath(started)
