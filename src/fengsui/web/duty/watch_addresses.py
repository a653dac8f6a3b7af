"""Addresses of duty watch."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.duty import calls, public, roster, watch

patterns: list[URLPattern] = [
    path("public/report", public.report, name="public-report"),
    path("calls", calls.inbox, name="calls"),
    path("calls/<str:call_id>", calls.call, name="call"),
    path("calls/<str:call_id>/settle", calls.settle, name="call-settle"),
    path("calls/<str:call_id>/caller", calls.reveal, name="call-caller"),
    path("watch/hand-overs", watch.hand_overs, name="hand-overs"),
    path("watch/hand-overs/draft", watch.keep_remarks, name="hand-over-draft"),
    path("watch/hand-overs/<str:hand_over_id>", watch.hand_over, name="hand-over"),
    path("watch/log", watch.log, name="watch-log"),
    path("watch/roster", roster.roster, name="roster"),
    path("watch/roster/import", roster.import_file, name="roster-import"),
    path("watch/roster/export.xlsx", roster.export, name="roster-export"),
    path("watch/roster/calendar.ics", roster.calendar, name="roster-calendar"),
    path("watch/roster/leave", roster.ask_leave, name="roster-leave"),
    path("watch/roster/changes/<str:change_id>", roster.decide, name="roster-decide"),
    path("watch/roster/<str:shift_id>", roster.shift, name="shift"),
    path("watch/roster/<str:shift_id>/change", roster.change_shift, name="shift-change"),
    path("incidents/<str:incident_id>/calls", calls.of_incident, name="incident-calls"),
    path("incidents/<str:incident_id>/caller", calls.reveal_of_incident, name="incident-caller"),
]
