import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0007_clause_search")]
    operations = [
        migrations.CreateModel(
            name="PlanFigure",
            fields=[
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="figures",
                        serialize=False,
                        to="store.plandraft",
                    ),
                ),
                ("levels", models.PositiveSmallIntegerField(default=0)),
                ("evaluate_days", models.PositiveIntegerField(blank=True, null=True)),
                ("drill_days", models.PositiveIntegerField(blank=True, null=True)),
            ],
        ),
    ]
