"""Fixtures shared by the rooms."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import databases


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files marked ``long`` come first: of the processes that share the tests none ends much later."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """pytest-django's own database, where a test with real commits may empty the tables afterwards.

    The guard against deleting events would forbid that; the databases below keep it.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS event_never_deleted")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """An SQLite file with all tables and no rows; copy it, do not write to it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    with django_db_blocker.unblock(), databases.using(str(path)):
        databases.migrate()
    return path


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[databases.Cluster]:
    """A PostgreSQL server for this run; tests are skipped where none is installed."""
    programs = databases.postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL server programs (initdb, pg_ctl) are not installed")
    cluster = databases.Cluster(programs)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def postgres_setting(postgres_cluster: databases.Cluster, django_db_blocker) -> str:
    """A PostgreSQL database with all tables, shared by the tests of the run; each empties it first."""
    setting = postgres_cluster.create("contracts")
    with django_db_blocker.unblock(), databases.using(setting):
        databases.migrate()
    return setting


@pytest.fixture
def database_sqlite(sqlite_template: Path, tmp_path: Path, django_db_blocker) -> Iterator[str]:
    """An empty SQLite file as Django's default database; gives its ``FENGSUI_DATABASE`` setting."""
    setting = str(tmp_path / "fengsui.sqlite3")
    shutil.copy(sqlite_template, setting)
    with django_db_blocker.unblock(), databases.using(setting):
        yield setting


@pytest.fixture
def database_postgresql(postgres_setting: str, django_db_blocker) -> Iterator[str]:
    """An empty PostgreSQL database as Django's default; gives its ``FENGSUI_DATABASE`` setting."""
    with django_db_blocker.unblock(), databases.using(postgres_setting):
        databases.empty_tables()
        yield postgres_setting


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Each database in turn."""
    setting: str = request.getfixturevalue(f"database_{request.param}")
    return setting
