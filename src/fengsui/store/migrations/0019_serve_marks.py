"""Marks that change with every change of the tables they stand for, whoever wrote it.

What was read from those tables is right exactly as long as the mark is the same (``store.marks``). ``mark``
is random, so that no mark ever comes back, also after a change that was undone; ``number`` counts.

A later migration that makes Django rebuild one of the tables on SQLite drops its triggers; it must make them
again (``tests/store`` checks that they are there after the last migration).
"""

from django.db import migrations

TABLES = {
    "directory": ("store_jurisdiction", "store_unit", "store_post"),
    "seats": (
        "store_post",
        "store_holding",
        "store_roster",
        "store_person",
        "store_persondetail",
        "store_account",
    ),
    "desk": ("store_callrow", "store_handoverrow"),
}
ONLY = {"store_account": "person_id"}
"""Columns whose change counts, where not every one does: a sign-in is written down with the account."""

MADE = (
    "CREATE TABLE store_mark "
    "(name varchar(20) PRIMARY KEY, number bigint NOT NULL, mark varchar(40) NOT NULL)"
)


def _statements(vendor):
    for name in TABLES:
        yield f"INSERT INTO store_mark (name, number, mark) VALUES ('{name}', 0, 'new')"
    if vendor == "postgresql":
        yield (
            "CREATE FUNCTION store_mark_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "UPDATE store_mark SET number = number + 1, mark = gen_random_uuid()::text "
            "WHERE name = TG_ARGV[0]; RETURN NULL; END $$"
        )
    for name, tables in TABLES.items():
        for table in tables:
            for event in ("INSERT", "UPDATE", "DELETE"):
                column = f" OF {ONLY[table]}" if event == "UPDATE" and table in ONLY else ""
                yield _trigger(vendor, name, table, event, column)
            if vendor == "postgresql":
                yield _trigger(vendor, name, table, "TRUNCATE", "")


def _trigger(vendor, name, table, event, column):
    made = f"CREATE TRIGGER mark_{name}_{table}_{event.lower()} AFTER {event}{column} ON {table}"
    if vendor == "postgresql":
        return f"{made} FOR EACH STATEMENT EXECUTE FUNCTION store_mark_changes('{name}')"
    return (
        f"{made} BEGIN UPDATE store_mark SET number = number + 1, mark = lower(hex(randomblob(16))) "
        f"WHERE name = '{name}'; END"
    )


def watch(apps, schema_editor):
    schema_editor.execute(MADE, params=None)
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def forget(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, tables in TABLES.items():
        for table in tables:
            for event in ("insert", "update", "delete", "truncate"):
                where = f" ON {table}" if vendor == "postgresql" else ""
                schema_editor.execute(
                    f"DROP TRIGGER IF EXISTS mark_{name}_{table}_{event}{where}", params=None
                )
    schema_editor.execute("DROP TABLE store_mark", params=None)
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION store_mark_changes()", params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0018_gaps1_statements_waiting")]
    operations = [migrations.RunPython(watch, forget)]
