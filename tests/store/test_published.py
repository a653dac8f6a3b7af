"""The table of published statements guards itself: no exercise, no change, no deletion."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from fengsui.store import models

START = datetime(2026, 5, 1, 14, 3, tzinfo=UTC)
GIVEN = {
    "public_id": "abc",
    "incident_id": "i1",
    "statement_id": "s1",
    "number": 1,
    "kind": "first",
    "title": "通报",
    "text": "死亡4人",
    "published_at": START,
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("database_" + request.param)


def test_the_database_refuses_a_statement_of_an_exercise(engine: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        models.PublishedStatement.objects.create(**GIVEN, exercise=True)


def test_the_database_refuses_to_change_or_delete_what_was_published(engine: None) -> None:
    models.PublishedStatement.objects.create(**GIVEN)
    table = "store_publishedstatement"
    for statement in (f"UPDATE {table} SET text = ''", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert models.PublishedStatement.objects.get().text == "死亡4人"
