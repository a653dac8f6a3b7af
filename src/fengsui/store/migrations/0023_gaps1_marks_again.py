"""The triggers of the marks once more: a new column made SQLite rebuild the table of people without them."""

from importlib import import_module

from django.db import migrations

MARKS = import_module("fengsui.store.migrations.0019_serve_marks")


def watch_again(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for name, tables in MARKS.TABLES.items():
        for table in tables:
            for event in ("INSERT", "UPDATE", "DELETE"):
                column = f" OF {MARKS.ONLY[table]}" if event == "UPDATE" and table in MARKS.ONLY else ""
                schema_editor.execute(
                    f"DROP TRIGGER IF EXISTS mark_{name}_{table}_{event.lower()}", params=None
                )
                schema_editor.execute(MARKS._trigger("sqlite", name, table, event, column), params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0022_gaps2_receipts_returned")]
    operations = [migrations.RunPython(watch_again, migrations.RunPython.noop)]
