"""The tables as committed."""

from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.db import models


def test_the_migrations_make_the_tables_that_the_models_describe():
    out = StringIO()
    call_command("makemigrations", "mail", "supporters", check=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()


def test_no_column_could_hold_a_name_or_an_address_by_mistake():
    """Every text column is named here, with what it holds; a new one has to be thought about."""
    texts = {
        f"{model.__name__}.{field.name}"
        for label in ("mail", "supporters")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField)
    }
    assert texts == {
        "Spooled.stream",
        "Spooled.kind",
        "Spooled.key",
        "Spooled.state",
        "TextVersion.campaign",
        "TextVersion.language",
        "TextVersion.digest",
        "TextVersion.note",
        "Pending.country",
        "Pending.key",
        "Signature.country",
        "Tally.country",
        "Closing.campaign",
        "Guarded.campaign",
        "Removal.campaign",
        "Removal.by",  # of the campaign's team, who have to answer for it
        "Removal.second",
    }
