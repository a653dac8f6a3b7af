"""Addresses of notification."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.notify import channels, incident, link, mine, setup, waits

patterns: list[URLPattern] = [
    path("a/<str:token>", link.receipt, name="receipt"),
    path("incidents/<str:incident_id>/notices", incident.notices, name="notices"),
    path("incidents/<str:incident_id>/notices/tally", incident.tally, name="notices-tally"),
    path("incidents/<str:incident_id>/notices/act", incident.act, name="notices-act"),
    path("incidents/<str:incident_id>/call-list", incident.call_list, name="call-list"),
    path("incidents/<str:incident_id>/call-list.pdf", incident.call_list_pdf, name="call-list-pdf"),
    path("notices", mine.notices, name="my-notices"),
    path("notices/receipt", mine.receipt, name="my-receipt"),
    path("notices/wishes", mine.wishes, name="my-wishes"),
    path("channels", channels.board, name="channels"),
    path("channels/health", channels.health_line, name="channels-health"),
    path("channels/test", channels.test, name="channels-test"),
    path("channels/answers", channels.answers, name="channels-answers"),
    path("channels/new", setup.channel, name="channel-new"),
    path("channels/changes/<str:change_id>", setup.decide, name="channel-decide"),
    path("channels/options", setup.options, name="channel-options"),
    path("channels/ladders", setup.ladders, name="channel-ladders"),
    path("channels/ladders/<str:kind>", setup.ladder, name="channel-ladder"),
    path("channels/waits", waits.waits, name="channel-waits"),
    path("channels/groups", setup.groups, name="channel-groups"),
    path("channels/one/<str:channel>", setup.channel, name="channel"),
]
