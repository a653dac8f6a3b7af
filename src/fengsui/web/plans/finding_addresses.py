"""Addresses of finding, comparing and counting plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.plans import compare, find, statistics

patterns: list[URLPattern] = [
    path("plans/find", find.find, name="find"),
    path("plans/statistics", statistics.statistics, name="plan-statistics"),
    path("plans/<str:draft_id>/compare", compare.compare, name="compare"),
]
