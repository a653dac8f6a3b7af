"""Addresses of the screens around a decision."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.incidents import approval, commanding, consultations, documents
from fengsui.web.people import second_factor

_INCIDENT = "incidents/<str:incident_id>"
_ONE = f"{_INCIDENT}/consultations/<str:consultation_id>"

patterns: list[URLPattern] = [
    path("account/second-factor", second_factor.enrolment, name="second-factor"),
    path(f"{_INCIDENT}/start", approval.start, name="start-directly"),
    path(f"{_INCIDENT}/consultations", consultations.listing, name="consultations"),
    path(_ONE, consultations.one, name="consultation"),
    path(f"{_ONE}/minutes", consultations.minutes, name="minutes"),
    path(f"{_ONE}/minutes.<str:kind>", consultations.minutes_file, name="minutes-file"),
    path(f"{_INCIDENT}/documents", documents.listing, name="documents"),
    path(f"{_INCIDENT}/documents.zip", documents.everything, name="documents-zip"),
    path(f"{_ONE}/experts/<str:asked_id>", consultations.expert, name="expert"),
    path(f"{_INCIDENT}/in-command", commanding.command, name="command"),
    path(f"{_INCIDENT}/sensitive", commanding.sensitive, name="sensitive"),
]
