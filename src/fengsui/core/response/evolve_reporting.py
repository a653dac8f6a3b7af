"""How the records of reporting change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from fengsui.core.response import events_reporting as er
from fengsui.core.response.events import Recorded, ReportSent
from fengsui.core.response.events_reporting import ReportBody, ReportKind
from fengsui.core.response.incident import ClockState, Incident, Said
from fengsui.core.response.report_kind import kind_of_clock
from fengsui.core.response.state_reporting import AgreedLoss, SentReport

Changes = dict[str, Any]


def next_report_id(incident: Incident) -> str:
    """The id of the next report of an incident."""
    return f"r{len(incident.reports) + 1}"


def _sent(incident: Incident, recorded: Recorded, event: ReportSent) -> Changes:
    state = incident.clocks[event.clock_id]
    body = event.report or ReportBody(
        report_id=next_report_id(incident), kind=kind_of_clock(state.started), title=""
    )
    said = Said(kind="report", text=event.text, at=recorded.at, by=recorded.by, means=event.means)
    every = state.started.every
    # A final report ends what was to be repeated; one more on an edge that is done starts nothing.
    goes_on = every is not None and state.running and body.kind is not ReportKind.FINAL
    clock = replace(
        state,
        sent=(*state.sent, said),
        running=goes_on,
        due=recorded.at + every if every is not None and goes_on else None,
    )
    report = _report(recorded, event, body, due=state.due if state.running else None)
    return {
        "clocks": {**incident.clocks, event.clock_id: clock},
        "reports": {**incident.reports, body.report_id: report},
    }


def _report(recorded: Recorded, event: Any, body: ReportBody, **more: Any) -> SentReport:
    return SentReport(
        report_id=body.report_id,
        clock_id=event.clock_id,
        kind=body.kind,
        title=body.title,
        text=event.text,
        means=event.means,
        at=recorded.at,
        by=recorded.by,
        seq=recorded.seq,
        fields=body.fields,
        copied=body.copied,
        contact_ref=body.contact_ref,
        **more,
    )


def _amended(incident: Incident, recorded: Recorded, event: er.ReportAmended) -> Changes:
    new = _report(recorded, event, event.report, amends=event.amends, reason=event.reason)
    old = replace(incident.reports[event.amends], amended_by=new.report_id)
    return {"reports": {**incident.reports, old.report_id: old, new.report_id: new}}


def _acknowledged(incident: Incident, _recorded: Recorded, event: er.ReportAcknowledged) -> Changes:
    report = incident.reports[event.report_id]
    report = replace(report, acknowledged=(*report.acknowledged, event))
    return {"reports": {**incident.reports, event.report_id: report}}


def _verified(incident: Incident, _recorded: Recorded, event: er.FactVerified) -> Changes:
    return {"verified": {**incident.verified, event.fact: event}}


def _timed(_incident: Incident, _recorded: Recorded, event: er.OccurrenceTimed) -> Changes:
    return {"occurred": event.occurred_at}


def _moved(incident: Incident, _recorded: Recorded, event: er.ReportClockMoved) -> Changes:
    state: ClockState = incident.clocks[event.clock_id]
    started = replace(state.started, started_at=event.started_at, due=event.due)
    clock = replace(state, started=started, due=event.due)
    return {"clocks": {**incident.clocks, event.clock_id: clock}}


def _agreed(incident: Incident, recorded: Recorded, event: er.LossAgreed) -> Changes:
    agreed = AgreedLoss(agreed=event, at=recorded.at, by=recorded.by)
    return {"agreed": {**incident.agreed, event.item: agreed}}


CHANGES: Mapping[type, Callable[[Incident, Recorded, Any], Changes]] = {
    ReportSent: _sent,
    er.ReportAmended: _amended,
    er.ReportAcknowledged: _acknowledged,
    er.FactVerified: _verified,
    er.OccurrenceTimed: _timed,
    er.ReportClockMoved: _moved,
    er.LossAgreed: _agreed,
}
