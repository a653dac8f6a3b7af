"""Addresses of duty watch."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.duty import calls, public

patterns: list[URLPattern] = [
    path("public/report", public.report, name="public-report"),
    path("calls", calls.inbox, name="calls"),
    path("calls/<str:call_id>", calls.call, name="call"),
    path("calls/<str:call_id>/settle", calls.settle, name="call-settle"),
    path("calls/<str:call_id>/caller", calls.reveal, name="call-caller"),
    path("incidents/<str:incident_id>/calls", calls.of_incident, name="incident-calls"),
    path("incidents/<str:incident_id>/caller", calls.reveal_of_incident, name="incident-caller"),
]
