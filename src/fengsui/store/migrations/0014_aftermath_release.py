"""What was published, and the list of matters; the database refuses to change what was published."""

import django.db.models.deletion
from django.db import migrations, models

FORBID = {
    "sqlite": [
        "CREATE TRIGGER IF NOT EXISTS published_never_updated BEFORE UPDATE ON store_publishedstatement "
        "BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END",
        "CREATE TRIGGER IF NOT EXISTS published_never_deleted BEFORE DELETE ON store_publishedstatement "
        "BEGIN SELECT RAISE(ABORT, 'what was published is never deleted'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION store_published_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what was published is never changed or deleted'; END $$",
        "CREATE OR REPLACE TRIGGER published_never_updated BEFORE UPDATE ON store_publishedstatement "
        "FOR EACH ROW EXECUTE FUNCTION store_published_never_changes()",
        "CREATE OR REPLACE TRIGGER published_never_deleted BEFORE DELETE ON store_publishedstatement "
        "FOR EACH ROW EXECUTE FUNCTION store_published_never_changes()",
    ],
}
ALLOW = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS published_never_updated",
        "DROP TRIGGER IF EXISTS published_never_deleted",
    ],
    "postgresql": [
        "DROP TRIGGER IF EXISTS published_never_updated ON store_publishedstatement",
        "DROP TRIGGER IF EXISTS published_never_deleted ON store_publishedstatement",
        "DROP FUNCTION IF EXISTS store_published_never_changes()",
    ],
}


def forbid(apps, schema_editor):
    for statement in FORBID[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def allow(apps, schema_editor):
    for statement in ALLOW[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0013_dispatch_photos_and_tasks"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=12)),
                ("incident_id", models.CharField(max_length=64)),
                ("statement_id", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("place", models.TextField(default="")),
                ("issuer", models.TextField(default="")),
                ("published_at", models.DateTimeField()),
                ("next_update", models.DateTimeField(null=True)),
                ("corrects", models.CharField(default="", max_length=20)),
                ("wrong", models.TextField(default="")),
                ("right", models.TextField(default="")),
                ("evidence", models.TextField(default="")),
                ("exercise", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-published_at", "-id"], name="published_latest"),
                    models.Index(fields=["public_id", "number"], name="published_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("incident_id", "statement_id"), name="published_once"),
                    models.CheckConstraint(
                        condition=models.Q(("exercise", False)), name="exercise_never_public"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("matter_id", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("owner", models.CharField(default="", max_length=64)),
                ("owner_name", models.CharField(default="", max_length=300)),
                ("since", models.DateTimeField()),
                ("due", models.DateTimeField(null=True)),
                ("state", models.CharField(default="open", max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matters",
                        to="store.incidentrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner", "state", "due"], name="matter_of"),
                    models.Index(fields=["state", "due"], name="matter_waiting"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "matter_id"), name="matter_once")
                ],
            },
        ),
        migrations.RunPython(forbid, allow),
    ]
