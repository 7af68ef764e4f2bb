"""Commands as people type them: another process, its output as text."""

import os
import subprocess
import sys


def type_command(*words: object, given: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run `standwith WORDS…` with `given` on standard input; never raises for a status."""
    command = [sys.executable, "-m", "standwith", *map(str, words)]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, timeout=120, env=os.environ | environment, check=False
    )
