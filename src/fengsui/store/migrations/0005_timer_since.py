"""A timer keeps when it began to run, so that countdowns show how much of it is used."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0004_plan_list_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="timerrow",
            name="since",
            field=models.DateTimeField(null=True),
        ),
    ]
