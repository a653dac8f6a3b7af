"""Databases of their own for tests: an SQLite file, or a PostgreSQL cluster started for the run.

``using`` points Django at another database for a while; worker processes get the same setting by
``FENGSUI_DATABASE``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fengsui.bench.cluster import Cluster, postgres_programs

__all__ = ["Cluster", "empty_tables", "migrate", "postgres_programs", "using"]


@contextmanager
def using(setting: str) -> Iterator[None]:
    """Let Django's default database be ``setting`` inside the block, in this thread and new ones."""
    from django.db import connections

    from fengsui.web.settings import database

    before_settings, before = connections.settings["default"], connections["default"]
    made = connections.configure_settings({"default": database(setting)})
    connections.settings["default"] = made["default"]
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before_settings
        connections["default"] = before


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def empty_tables() -> None:
    """Empty every table of the store (PostgreSQL: TRUNCATE fires no row trigger)."""
    from django.apps import apps
    from django.db import connection

    names = ", ".join(model._meta.db_table for model in apps.get_app_config("store").get_models())
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")
