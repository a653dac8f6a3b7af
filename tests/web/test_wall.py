"""The wall: what people ask for from across the room, without a control."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client


def test_the_wall_tells_level_figures_tasks_and_deadlines(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    page = sign_in("duty-main").get("/wall").content.decode()
    assert "Ⅲ级响应" in page or "Ⅲ级" in page
    for words in ("死亡", "失踪", "重伤", "转移安置", "待签收", "已超时", "最近时限"):
        assert words in page
    assert "未知" in page
    assert "<form" not in page
    assert "<button" not in page


def test_the_wall_shows_what_others_in_the_area_may_see_only(sign_in: Callable[[str], Client]) -> None:
    assert sign_in("plan-editor").get("/wall").status_code == 403


def test_its_parts_come_alone(sign_in: Callable[[str], Client]) -> None:
    part = sign_in("duty-main").get("/wall/parts").content.decode()
    assert "<html" not in part
    assert "wall-card" in part
