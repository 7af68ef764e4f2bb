"""Signatures get what their leaves in the ledger need, and what their tags were made with.

A signature from before the ledger has no commitment, so it could never be counted in one: where there are any, nothing
is done. No standwith was released that took some.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def refuse_signed(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Raise RuntimeError where people signed already."""
    for name in ("Pending", "Signature"):
        if apps.get_model("supporters", name).objects.exists():
            raise RuntimeError("This installation holds signatures from before the ledger; found a new one beside it.")


class Migration(migrations.Migration):
    dependencies = [
        ("supporters", "0002_closing"),
    ]

    operations = [
        migrations.RunPython(refuse_signed, migrations.RunPython.noop),
        migrations.DeleteModel("Pending"),
        migrations.DeleteModel("Signature"),
        migrations.DeleteModel("MailQuota"),
        migrations.CreateModel(
            name="Guarded",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("campaign", models.CharField(max_length=100, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="MailQuota",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.BinaryField(max_length=16, unique=True)),
                ("epoch", models.BinaryField(max_length=8)),
                ("mails", models.PositiveSmallIntegerField()),
                ("latest", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                ("batch", models.AutoField(primary_key=True, serialize=False)),
                ("campaign", models.CharField(max_length=100)),
                ("reason", models.PositiveSmallIntegerField()),
                ("count", models.PositiveIntegerField()),
                ("by", models.CharField(max_length=100)),
                ("second", models.CharField(blank=True, max_length=100)),
                ("day", models.DateField()),
            ],
        ),
        migrations.AddField(
            model_name="cursor",
            name="guarded_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2)),
                ("record", models.BinaryField()),
                ("envelope", models.BinaryField()),
                ("key", models.CharField(max_length=16)),
                ("epoch", models.BinaryField(max_length=8)),
                ("address", models.BinaryField(db_index=True, max_length=16)),
                ("person", models.BinaryField(max_length=16)),
                ("quota", models.BinaryField(max_length=16)),
                ("code", models.BinaryField(max_length=16)),
                ("commitment", models.BinaryField(max_length=32)),
                ("withdrawal", models.BinaryField(db_index=True, max_length=16)),
                ("link", models.BinaryField(max_length=32, unique=True)),
                ("typed", models.BinaryField(max_length=32, unique=True)),
                ("expires", models.DateTimeField(db_index=True)),
                ("remind", models.DateTimeField(null=True)),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supporters.textversion"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("remind__isnull", False)), fields=["remind"], name="pending_remind"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2)),
                ("confirmed", models.DateField(null=True)),
                ("index", models.BigIntegerField(null=True, unique=True)),
                ("epoch", models.BinaryField(max_length=8, null=True)),
                ("address", models.BinaryField(db_index=True, max_length=16, null=True)),
                ("person", models.BinaryField(max_length=16, null=True, unique=True)),
                ("withdrawal", models.BinaryField(max_length=16, unique=True)),
                ("code", models.BinaryField(max_length=16, null=True)),
                ("commitment", models.BinaryField(max_length=32, null=True)),
                ("record", models.BinaryField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supporters.textversion"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed__isnull", True), ("epoch__isnull", False)),
                        fields=["epoch"],
                        name="signature_tagged",
                    )
                ],
            },
        ),
    ]
