"""The ledger's tables as committed."""

from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.db import models


def test_the_migrations_make_the_tables_that_the_models_describe():
    out = StringIO()
    call_command("makemigrations", "ledger", check=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()


def test_no_column_could_hold_a_name_or_an_address_by_mistake():
    """Every column that takes text is named here; leaves and addenda are published anyway."""
    texts = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("ledger").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
    }
    assert texts == {"Lock.origin", "Number.voided"}
