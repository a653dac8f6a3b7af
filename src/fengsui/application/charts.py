"""Drawings of a plan by name, in a language (图)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.core.plan.chart.flow import flow_chart
from fengsui.core.plan.chart.organisation import headquarters_chart, scene_chart
from fengsui.core.plan.chart.shapes import Chart, Say
from fengsui.core.plan.model import PlanContent

CHARTS: dict[str, Callable[[PlanContent, Say], Chart]] = {
    "headquarters": headquarters_chart,
    "scene": scene_chart,
    "flow": flow_chart,
}
"""The drawings by the name they have in addresses and on the command line."""


def words_for(language: str, *groups: str) -> Say:
    """The words of ``groups`` in ``language``; the first group that has a code counts."""

    def say(code: str, **data: Any) -> str:
        found = (word(group, code, language, **data) for group in groups)
        return next((text for text in found if text != code), code)

    return say


def draw(content: PlanContent, kind: str, language: str = "zh") -> Chart:
    """The drawing ``kind`` of a plan. Raises InputError("chart_unknown") for a name not in ``CHARTS``."""
    make = CHARTS.get(kind)
    if make is None:
        raise InputError("chart_unknown", kind=kind, kinds="、".join(CHARTS))
    return make(content, words_for(language, "chart"))
