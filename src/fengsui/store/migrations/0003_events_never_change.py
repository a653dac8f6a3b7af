"""The database itself refuses to change or delete an event.

A later migration that makes Django rebuild ``store_eventrow`` on SQLite drops its triggers; it must run
``forbid`` again (``tests/store`` checks that they are there after the last migration).
"""

from django.db import migrations

FORBID = {
    "sqlite": [
        "CREATE TRIGGER IF NOT EXISTS event_never_updated BEFORE UPDATE ON store_eventrow "
        "BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
        "CREATE TRIGGER IF NOT EXISTS event_never_deleted BEFORE DELETE ON store_eventrow "
        "BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION store_event_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$",
        "CREATE OR REPLACE TRIGGER event_never_updated BEFORE UPDATE ON store_eventrow "
        "FOR EACH ROW EXECUTE FUNCTION store_event_never_changes()",
        "CREATE OR REPLACE TRIGGER event_never_deleted BEFORE DELETE ON store_eventrow "
        "FOR EACH ROW EXECUTE FUNCTION store_event_never_changes()",
    ],
}
ALLOW = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS event_never_updated",
        "DROP TRIGGER IF EXISTS event_never_deleted",
    ],
    "postgresql": [
        "DROP TRIGGER IF EXISTS event_never_updated ON store_eventrow",
        "DROP TRIGGER IF EXISTS event_never_deleted ON store_eventrow",
        "DROP FUNCTION IF EXISTS store_event_never_changes()",
    ],
}


def forbid(apps, schema_editor):
    for statement in FORBID[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def allow(apps, schema_editor):
    for statement in ALLOW[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0002_library_and_streams")]
    operations = [migrations.RunPython(forbid, allow)]
