"""Addresses of the end of a response and what comes after."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.aftermath import commands

_ROOM = "incidents/<str:incident_id>/aftermath"

patterns: list[URLPattern] = [
    path(f"{_ROOM}/matters/<str:matter_id>", commands.matter, name="matter"),
]
