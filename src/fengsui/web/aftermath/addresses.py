"""Addresses of the end of a response and what comes after."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.aftermath import cases, commands, page, review, winter

_ROOM = "incidents/<str:incident_id>/aftermath"
_REVIEW = "incidents/<str:incident_id>/review"

patterns: list[URLPattern] = [
    path(_ROOM, page.aftermath, name="aftermath"),
    path(f"{_ROOM}/conditions", commands.condition, name="condition"),
    path(f"{_ROOM}/continue/<str:directive_id>", commands.go_on, name="directive-continue"),
    path(f"{_ROOM}/dissolve", commands.dissolve, name="dissolve"),
    path(f"{_ROOM}/watch", commands.watch, name="watch-scene"),
    path(f"{_ROOM}/matters", commands.new_matters, name="matters-new"),
    path(f"{_ROOM}/matters/<str:matter_id>", commands.matter, name="matter"),
    path(f"{_ROOM}/goods", commands.take, name="goods-new"),
    path(f"{_ROOM}/goods/<str:goods_id>", commands.goods, name="goods"),
    path(f"{_ROOM}/goods/<str:goods_id>/receipt", page.receipt, name="goods-receipt"),
    path(_REVIEW, review.review, name="after-review"),
    path(f"{_REVIEW}/actions", review.agree, name="action-new"),
    path(f"{_REVIEW}/actions/<str:matter_id>", review.settle, name="action"),
    path(f"{_REVIEW}/archive", review.archive, name="archive"),
    path(f"{_REVIEW}/paper.<str:kind>", review.paper, name="after-review-paper"),
    path("cases", cases.listing, name="cases"),
    path("cases/compare", cases.compare, name="cases-compare"),
    path("cases/winter", winter.year, name="winter"),
    path("cases/winter/<int:task_id>", winter.done, name="winter-task"),
    path("cases/<str:incident_id>/like", cases.like, name="cases-like"),
]
