"""Rows written at once stand as Django itself would have written them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contract_stores import START

NAMES = ("message_id", "kind", "to_kind", "to", "subject", "body", "created_at", "next_at")


def a_notice(number: int) -> tuple[object, ...]:
    return (
        f"i/{number}",
        "directive",
        "unit",
        "消防",
        "指令",
        '引号" 和 \\ {逗号,}',
        START,
        START + timedelta(microseconds=7) if number % 2 else None,
    )


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_rows_are_as_django_writes_them(database: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("database_" + database)
    from fengsui.store import bulk
    from fengsui.store.models import NoticeRow

    assert bulk.insert(NoticeRow, NAMES, [a_notice(0), a_notice(1)]) == 2
    for number in (2, 3):
        NoticeRow.objects.create(**dict(zip(NAMES, a_notice(number), strict=True)))
    rows = list(NoticeRow.objects.order_by("id").values())
    for ours, django in zip(rows[:2], rows[2:], strict=True):
        left_out = {"id", "message_id"}
        assert {k: v for k, v in ours.items() if k not in left_out} == {
            k: v for k, v in django.items() if k not in left_out
        }


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_row_that_stands_is_left_or_written_over(database: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("database_" + database)
    from fengsui.store import bulk
    from fengsui.store.models import NotifyWish

    names = ("post_id", "skip")
    bulk.insert(NotifyWish, names, [("a", ["sms"])])
    bulk.insert(NotifyWish, names, [("a", ["电话"]), ("b", [])], unless=bulk.IGNORE)
    assert dict(NotifyWish.objects.values_list("post_id", "skip")) == {"a": ["sms"], "b": []}
    bulk.insert(NotifyWish, names, [("a", ["电话"])], unless=("post_id",), update=("skip",))
    assert dict(NotifyWish.objects.values_list("post_id", "skip")) == {"a": ["电话"], "b": []}
    assert bulk.insert(NotifyWish, names, []) == 0


def test_what_would_be_filled_in_by_django_must_be_given() -> None:
    from fengsui.store import bulk
    from fengsui.store.models import AuditRow, NoticeRow

    with pytest.raises(ValueError, match="at must be given"):
        bulk.insert(AuditRow, ("by", "register", "key", "change"), [("x", "y", "z", "{}")])
    with pytest.raises(ValueError, match="no default"):
        bulk.insert(NoticeRow, ("message_id",), [("m",)])
