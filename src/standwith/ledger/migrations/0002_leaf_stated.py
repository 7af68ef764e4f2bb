from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="leaf",
            index=models.Index(fields=["data"], name="leaf_stated", condition=models.Q(data__gte=b"\x01\x04")),
        ),
    ]
