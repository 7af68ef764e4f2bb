"""The intake starts alone: whoever takes over the door finds no code behind it that could read or count."""

import json
import subprocess
import sys

QUESTION = """
import json, sys
import standwith.intake.app
print(json.dumps(sorted(sys.modules)))
"""
ALLOWED = {"intake", "sealing", "journal", "languages", "durable", "look"}


def loaded() -> list[str]:
    """Every module that a fresh interpreter has after it imported the intake, and nothing else."""
    answer = subprocess.run([sys.executable, "-I", "-c", QUESTION], capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def test_a_fresh_intake_loads_neither_django_nor_the_record_nor_the_deeds() -> None:
    modules = loaded()
    assert [name for name in modules if name.startswith("django")] == []
    ours = {name.split(".")[1] for name in modules if name.startswith("standwith.")}
    assert ours <= ALLOWED


def test_the_intake_never_loads_what_opens_sealed_records() -> None:
    assert "standwith.sealing.unlock" not in loaded()
