"""Clauses for finding, and the index over their pairs of signs."""

import django.db.models.deletion
from django.db import migrations, models

CREATE = {
    # Without content: the text is in store_planpart already; no diacritics to remove in pairs of signs.
    "sqlite": [
        "CREATE VIRTUAL TABLE IF NOT EXISTS store_clause_index "
        "USING fts5(grams, content='', tokenize='unicode61 remove_diacritics 0')",
    ],
    "postgresql": [
        "CREATE TABLE IF NOT EXISTS store_clause_index (rowid bigint PRIMARY KEY "
        "REFERENCES store_planpart (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, "
        "grams tsvector NOT NULL)",
        "CREATE INDEX IF NOT EXISTS store_clause_grams ON store_clause_index USING gin (grams)",
    ],
}
DROP = "DROP TABLE IF EXISTS store_clause_index"


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    schema_editor.execute(DROP, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0006_library_metadata")]
    operations = [
        migrations.CreateModel(
            name="PlanPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("chapter", models.CharField(blank=True, default="", max_length=200)),
                ("section", models.CharField(blank=True, default="", max_length=20)),
                ("clauses", models.TextField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="store.plandraft",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="planpart",
            constraint=models.UniqueConstraint(fields=("draft", "position"), name="plan_part_once"),
        ),
        migrations.RunPython(create, drop),
    ]
