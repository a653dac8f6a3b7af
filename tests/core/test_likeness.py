"""Two reports side by side: what speaks for one event, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fengsui.core.response.likeness import Told, likeness

NOW = datetime(2026, 5, 1, 14, 0, tzinfo=UTC)


def told(text: str, place: str, minutes: int = 0, code: str = "990121101") -> Told:
    return Told(text=text, place=place, place_code=code, at=NOW + timedelta(minutes=minutes))


def test_two_calls_on_one_fire_are_alike_and_say_why() -> None:
    found = likeness(told("老粮站仓库起火", "北沙镇老粮站"), told("粮站那边冒烟了", "北沙镇粮站旁", 4))
    assert found is not None
    assert found.minutes == 4
    assert any("北沙镇" in word for word in found.place_words)
    assert "起火／冒烟" in found.words


def test_the_same_thing_said_in_another_place_is_not_alike() -> None:
    assert likeness(told("仓库起火", "北沙镇"), told("仓库起火", "红崖镇", code="990122101")) is None


def test_the_same_place_with_nothing_in_common_is_not_alike() -> None:
    assert likeness(told("仓库起火", "北沙镇"), told("食物中毒", "柳湾", 5, code="990121101")) is None


def test_a_day_later_nothing_is_alike() -> None:
    assert likeness(told("仓库起火", "北沙镇"), told("仓库起火", "北沙镇", 25 * 60)) is None


def test_an_unknown_place_may_be_anywhere() -> None:
    found = likeness(told("北沙镇老粮站起火", "老粮站", code=""), told("老粮站起火", "北沙镇老粮站", 3))
    assert found is not None
    assert not found.same_area


def test_likeness_is_the_same_from_either_side_in_points() -> None:
    one, other = told("客车追尾，多人受伤", "国道柳湾段"), told("两车相撞有人受伤", "国道柳湾路段", 12)
    there, back = likeness(one, other), likeness(other, one)
    assert there is not None
    assert back is not None
    assert there.points == back.points
