"""Addresses of the screens of reporting."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.reporting import losses, received, sent, write

_INCIDENT = "incidents/<str:incident_id>"

patterns: list[URLPattern] = [
    path(f"{_INCIDENT}/reports/sent/<str:report_id>.json", sent.as_json, name="report-json"),
    path(f"{_INCIDENT}/reports/sent/<str:report_id>", sent.report, name="report-sent"),
    path(f"{_INCIDENT}/reports/sent/<str:report_id>/amend", write.amend, name="report-amend"),
    path(f"{_INCIDENT}/reports/sent/<str:report_id>/receipt", sent.receipt, name="report-receipt"),
    path(f"{_INCIDENT}/reports/sent/<str:report_id>/forward", sent.forward, name="report-forward"),
    path(f"{_INCIDENT}/reports/sent/<str:report_id>/file.<str:kind>", sent.as_file, name="report-file"),
    path(f"{_INCIDENT}/reports/<str:clock_id>", write.report, name="report"),
    path(f"{_INCIDENT}/reports/<str:clock_id>/draft", write.save_draft, name="report-draft"),
    path(f"{_INCIDENT}/reports/<str:clock_id>/heard", write.heard, name="report-heard"),
    path(f"{_INCIDENT}/reports/<str:clock_id>/zero", write.zero, name="report-zero"),
    path(f"{_INCIDENT}/occurred", write.occurred, name="occurred"),
    path(f"{_INCIDENT}/facts/<str:fact>/verify", write.verify, name="fact-verify"),
    path(f"{_INCIDENT}/losses", losses.ledger, name="losses"),
    path(f"{_INCIDENT}/losses/rows", losses.add_row, name="loss-add"),
    path(f"{_INCIDENT}/losses/rows/<str:row_id>", losses.change_row, name="loss-change"),
    path(f"{_INCIDENT}/losses/rows/<str:row_id>/who", losses.who, name="loss-who"),
    path(f"{_INCIDENT}/losses/figures", losses.give, name="loss-give"),
    path(f"{_INCIDENT}/losses/agree", losses.agree, name="loss-agree"),
    path(f"{_INCIDENT}/losses/take", losses.take, name="loss-take"),
    path("reports/received", received.listing, name="received"),
    path("reports/received/<str:received_id>", received.one, name="received-one"),
    path("reports/received/<str:received_id>/figures", received.adopt, name="received-adopt"),
    path("reports/received/<str:received_id>/sign", received.sign, name="received-sign"),
]
