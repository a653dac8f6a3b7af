"""The drawings of a plan as SVG for a page, each box leading to its clause."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from fengsui import bootstrap
from fengsui.application.charts import CHARTS, draw
from fengsui.core.citation import Citation
from fengsui.core.plan.model import PlanContent


def drawings(content: PlanContent, marks: tuple[str, ...], language: str) -> list[dict[str, Any]]:
    """The drawings of a plan as SVG for a page: name and picture, each box leading to its clause."""
    mark = "　".join(marks)
    return [
        {
            "name": name,
            # Made by our own writer, which escapes every text.
            "svg": SafeString(
                bootstrap.chart_file(draw(content, name, language), href=clause_href, mark=mark)
            ),
        }
        for name in CHARTS
    ]


def clause_href(source: Citation) -> str:
    """The address of a clause in its context."""
    query: dict[str, str | int] = {
        "document": source.document,
        "line": source.line,
        "clause": source.clause,
        "quote": source.quote[:400],
    }
    return f"{reverse('cite')}?{urlencode(query)}"
