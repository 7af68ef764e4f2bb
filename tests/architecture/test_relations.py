"""Foreign keys point down, as imports do; import-linter cannot see the ones that are given as strings."""

import json
import subprocess
import sys
from pathlib import Path

from tests.architecture.test_floors import floors

# A fresh interpreter, because Django can be set up only once in a process and other tests set it up their own way.
QUESTION = """
import json, sys
from pathlib import Path
from standwith.config.django import configure
from standwith.config.home import Home
configure(Home(Path(sys.argv[1])))
from django.apps import apps
models = [model for model in apps.get_models(include_auto_created=True)]
relations = [
    (model.__module__, field.name, field.related_model.__module__)
    for model in models
    for field in model._meta.get_fields()
    if field.is_relation and not field.auto_created and field.related_model
]
print(json.dumps({"models": [model.__module__ for model in models], "relations": relations}))
"""


def ask(home: Path) -> dict[str, list]:
    answer = subprocess.run([sys.executable, "-c", QUESTION, home], capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def floor_of(module: str) -> int:
    """The floor's number from the top, or -1 for a module that is not ours."""
    package = module.split(".")[1] if module.startswith("standwith.") else ""
    return next((number for number, floor in enumerate(floors()) if package in floor), -1)


def points_down(module: str, related: str) -> bool:
    same_package = module.split(".")[:2] == related.split(".")[:2]
    return same_package or floor_of(related) > floor_of(module)


def test_a_relation_up_or_sideways_would_be_seen() -> None:
    assert points_down("standwith.supporters.models", "standwith.mail.models")
    assert points_down("standwith.supporters.models", "standwith.supporters.models")
    assert not points_down("standwith.mail.models", "standwith.supporters.models")
    assert not points_down("standwith.mail.models", "standwith.journal.models")


def test_every_relation_points_down(tmp_path: Path) -> None:
    found = ask(tmp_path)
    assert {module.split(".")[1] for module in found["models"]} == {"mail", "ledger", "supporters", "decisions"}
    assert [relation for relation in found["relations"] if not points_down(relation[0], relation[2])] == []
