"""Many rows written at once: one statement for all of them, their values prepared a column at a time.

Django prepares each value of each row by itself, which for some thousand notices takes longer than the
database needs to write them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models.fields import NOT_PROVIDED

BATCH = 2000
IGNORE: tuple[str, ...] = ()
"""As ``unless``: a row that stands already stays as it is."""


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Iterable[object]],
    *,
    unless: Sequence[str] | None = None,
    update: Sequence[str] = (),
) -> int:
    """Write ``rows`` of the values ``names`` (attribute names); the other columns as a new row has them.

    ``unless`` names the columns by which a row is known already: it stays, or ``update`` names what of it
    is written over; all rows or none. Signals are not sent and keys not filled in. Returns the rows given.
    """
    given = list(rows)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    others = [
        field for name, field in fields.items() if name not in names and field is not model._meta.auto_field
    ]
    columns = [*(fields[name] for name in names), *others]
    constants = tuple(_default(field) for field in others)
    prepared = [_prepared(field) for field in columns]
    into, then = _around(model, columns, unless, update)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for first in range(0, len(given), BATCH):
            values = zip(*((*row, *constants) for row in given[first : first + BATCH]), strict=True)
            by_column = [
                [prepare(value) for value in column] if prepare else list(column)
                for prepare, column in zip(prepared, values, strict=True)
            ]
            if connection.vendor == "postgresql":
                rows_of, parameters = _arrays(columns, by_column)
                cursor.execute(f"{into} {rows_of}{then}", parameters)
            else:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"{into} VALUES ({marks}){then}", list(zip(*by_column, strict=True)))
    return len(given)


def _default(field: models.Field[Any, Any]) -> object:
    if isinstance(field, models.DateField) and (field.auto_now or field.auto_now_add):
        raise ValueError(f"{field.name} must be given: nothing is filled in here")
    if field.default is NOT_PROVIDED and not field.null:
        raise ValueError(f"{field.name} has no default and must be given")
    return field.get_default()


def _around(
    model: type[models.Model],
    columns: Sequence[models.Field[Any, Any]],
    unless: Sequence[str] | None,
    update: Sequence[str],
) -> tuple[str, str]:
    """What stands before the rows, and after them."""

    def quote(name: str | None) -> str:
        return str(connection.ops.quote_name(str(name)))

    names = ", ".join(quote(field.column) for field in columns)
    into = f"INSERT INTO {quote(model._meta.db_table)} ({names})"
    if unless is None:
        return into, ""
    if not update:
        return into, " ON CONFLICT DO NOTHING"
    column = {field.attname: quote(field.column) for field in columns}
    known = ", ".join(column[name] for name in unless)
    changes = ", ".join(f"{column[name]} = excluded.{column[name]}" for name in update)
    return into, f" ON CONFLICT ({known}) DO UPDATE SET {changes}"


def _arrays(
    columns: Sequence[models.Field[Any, Any]], values: Sequence[Sequence[object]]
) -> tuple[str, list[Any]]:
    """Rows for PostgreSQL: an array a column, and once what is the same in all of them."""
    shown, alike, arrays, named = list[str](), list[Any](), list[Any](), list[str]()
    types = list[str]()
    for place, (field, column) in enumerate(zip(columns, values, strict=True)):
        kind = field.db_type(connection)
        # Something must say how many rows there are: the first column is an array in any case.
        if place and column.count(column[0]) == len(column):
            shown.append(f"%s::{kind}")
            alike.append(column[0])
            continue
        shown.append(f"made.c{place}")
        named.append(f"c{place}")
        types.append(f"%s::{kind}[]")
        arrays.append(column)
    source = f"UNNEST({', '.join(types)}) AS made({', '.join(named)})"
    return f"SELECT {', '.join(shown)} FROM {source}", [*alike, *arrays]


def _prepared(field: models.Field[Any, Any]) -> Callable[[Any], object] | None:
    """What turns a value into what the database takes; None where it is that already."""
    if isinstance(field, models.DateTimeField):
        return _moments()
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.CharField | models.TextField | models.IntegerField | models.BooleanField):
        return None
    if isinstance(field, models.ForeignKey):
        return _prepared(field.target_field)
    raise TypeError(f"rows with a {type(field).__name__} are not written here")


def _moments() -> Callable[[datetime | None], object]:
    """Rows of one moment share few instants: each is prepared once."""
    known: dict[datetime | None, object] = {}

    def prepare(value: datetime | None) -> object:
        found = known.get(value)
        if found is None and value is not None:
            found = known[value] = connection.ops.adapt_datetimefield_value(value)
        return found

    return prepare


def tell_planner() -> None:
    """After much was written at once: let PostgreSQL count it now.

    Until it does so by itself, a minute later, every question is planned for empty tables: pages of a
    database just restored took seven times as long. SQLite plans without counts.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
