"""Addresses of public information: screens of the desk, and the public page."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.release import approving, desk, public

_ROOM = "incidents/<str:incident_id>/release"

patterns: list[URLPattern] = [
    path(_ROOM, desk.board, name="release"),
    path(f"{_ROOM}/new", desk.write, name="release-new"),
    path(f"{_ROOM}/enquiries", desk.note_enquiry, name="enquiry-new"),
    path(f"{_ROOM}/enquiries/<str:enquiry_id>", desk.answer_enquiry, name="enquiry"),
    path(f"{_ROOM}/<str:statement_id>", desk.statement, name="statement"),
    path(f"{_ROOM}/<str:statement_id>/approve", approving.page, name="statement-approval"),
    path(f"{_ROOM}/<str:statement_id>/paper.<str:kind>", desk.paper, name="statement-paper"),
    path("public", public.latest, name="public"),
    path("public/feed.atom", public.atom, name="public-atom"),
    path("public/feed.json", public.feed, name="public-json"),
    path("public/statements/<slug:public_id>", public.of_incident, name="public-incident"),
    path("public/statements/<slug:public_id>.json", public.incident_feed, name="public-incident-json"),
]
