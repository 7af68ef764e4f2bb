"""Django's tables for tests that need them: made once per process, emptied before each test."""

from pathlib import Path

from standwith.config.django import configure, create_tables
from standwith.config.home import Home


def make_tables(path: Path) -> None:
    home = Home(path)
    home.database.parent.mkdir(exist_ok=True)
    configure(home)
    create_tables()


def empty_tables(labels: tuple[str, ...] = ("mail", "ledger", "supporters", "decisions")) -> None:
    from django.apps import apps
    from django.db.models.deletion import ProtectedError

    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    while models:
        for model in list(models):
            try:
                model.objects.all().delete()
                models.remove(model)
            except ProtectedError:
                continue
