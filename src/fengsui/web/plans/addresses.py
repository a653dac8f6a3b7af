"""Addresses of what is made from plans: matrix, cards, drawings, documents."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.plans import cards, charts, document, matrix

patterns: list[URLPattern] = [
    path("matrix", matrix.matrix_page, name="matrix"),
    path("matrix/card", cards.unit_card, name="unit-card"),
    path("plans/<str:draft_id>/matrix", matrix.plan_matrix, name="plan-matrix"),
    path("plans/<str:draft_id>/cards", cards.action_card, name="action-card"),
    path("plans/<str:draft_id>/charts", charts.plan_charts, name="plan-charts"),
    path("plans/<str:draft_id>/charts/<slug:name>.svg", charts.chart_svg, name="plan-chart-svg"),
    path("plans/<str:draft_id>/document", document.choose_document, name="plan-document"),
    path("plans/<str:draft_id>/document.<slug:kind>", document.plan_document, name="plan-document"),
    path("plans/<str:draft_id>/plan.json", document.plan_data, name="plan-json"),
]
