"""Clocks as rows of the command contract."""

from __future__ import annotations

from datetime import timedelta

from fengsui.core.citation import Citation
from fengsui.core.plan.export_clocks import deadlines_to_json
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.plan.reporting import Deadline


def order(clause: str, *levels: ResponseLevel, within: str = "12小时") -> Deadline:
    return Deadline(
        what="调运到位",
        who="县粮食局",
        within=within,
        span=timedelta(hours=int(within.removesuffix("小时"))),
        levels=levels,
        is_report=False,
        source=Citation(
            document="测试", clause=clause, line=int(clause[-1]), quote=f"县粮食局{within}内调运到位"
        ),
    )


def test_an_order_repeated_under_each_level_is_one_row_with_every_place() -> None:
    (row,) = deadlines_to_json(
        [order("5.1", ResponseLevel.I), order("5.2", ResponseLevel.II), order("5.3", ResponseLevel.III)]
    )
    assert row["levels"] == ["I", "II", "III"]
    assert row["clause"] == "5.1"
    assert [place["clause"] for place in row["also"]] == ["5.2", "5.3"]


def test_orders_that_differ_in_their_limit_or_speak_of_no_level_stay_apart() -> None:
    items = [
        order("5.1", ResponseLevel.I),
        order("5.2", ResponseLevel.II, within="6小时"),
        order("5.3"),
        order("5.4"),
    ]
    assert len(deadlines_to_json(items)) == 4


def test_an_order_said_twice_of_one_level_stays_twice() -> None:
    assert len(deadlines_to_json([order("5.1", ResponseLevel.I), order("5.2", ResponseLevel.I)])) == 2
