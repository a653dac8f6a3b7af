"""The demo prefecture in a database of its own, and browsers signed in to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

import databases

DEMO = Path(__file__).resolve().parents[2] / "demo" / "yunzhou"


@pytest.fixture(scope="session")
def demo_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """An SQLite file with the demo prefecture; copy it, do not write to it."""
    from fengsui import demo

    path = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    shutil.copy(sqlite_template, path)
    with django_db_blocker.unblock(), databases.using(str(path)):
        demo.load(DEMO, datetime.now(UTC))
    return path


@pytest.fixture
def prefecture(demo_file: Path, tmp_path: Path, django_db_blocker) -> Iterator[str]:
    """The demo prefecture as Django's database for one test."""
    setting = str(tmp_path / "fengsui.sqlite3")
    shutil.copy(demo_file, setting)
    with django_db_blocker.unblock(), databases.using(setting):
        yield setting


@pytest.fixture
def sign_in(prefecture: str) -> Callable[[str], Client]:
    """A browser signed in as a demo account."""

    def open_browser(username: str) -> Client:
        browser = Client()
        account = get_user_model().objects.get(username=username)
        browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open_browser


@pytest.fixture
def incident_id(prefecture: str) -> str:
    """The incident that runs when the demo is loaded."""
    from fengsui.store import selectors

    return selectors.running_incidents()[0].incident_id
