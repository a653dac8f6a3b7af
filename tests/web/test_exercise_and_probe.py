"""An installation for exercises is marked on every page; the probe asks real pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from fengsui.web.probe import page_requests


def test_every_page_of_an_exercise_is_marked_and_no_live_page_is(
    sign_in: Callable[[str], Client], incident_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sign_in("duty-main")
    pages = ("/desk", "/incidents", f"/incidents/{incident_id}", f"/incidents/{incident_id}/log", "/plans")
    for path in pages:
        assert "【演练】" not in browser.get(path).content.decode(), path
    monkeypatch.setenv("FENGSUI_EXERCISE", "1")
    for path in pages:
        text = browser.get(path).content.decode()
        assert "<title>【演练】" in text, path
        assert 'class="exercise"' in text, path
    assert "<title>【演练】" in Client().get("/login").content.decode()


def test_the_probe_asks_every_list_and_the_room(prefecture: str, incident_id: str) -> None:
    sizes = {name: ask() for name, ask in page_requests("duty-main", incident_id).items()}
    assert sizes["incident_room"] > 10_000
    assert all(size > 1_000 for size in sizes.values())
