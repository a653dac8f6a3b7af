"""A report of another Fengsui in the inbox of calls: from there it becomes an incident, or part of one.

Later reports on the same incident of the sender join by themselves what the first one became. Nothing that a
report says becomes a fact here before a person takes it over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, scene_of, write
from fengsui.application.desk import Actor
from fengsui.application.figure_words import figure
from fengsui.application.grading_words import fact_words
from fengsui.application.incidents import report_facts
from fengsui.application.reporting_ports import RELATIONS, Peer, ReceivedReport, Reporting
from fengsui.application.watch_ports import CallRecord, CallState, Means
from fengsui.application.wording import word
from fengsui.core.directory import Directory, Jurisdiction
from fengsui.core.errors import InputError
from fengsui.core.fact import Figure, Manner, register
from fengsui.core.facts_input import spec_of
from fengsui.core.response.decisions.record import Reported
from fengsui.core.response.decisions.watch import TakenCall, join_call
from fengsui.core.response.events import TIMER
from fengsui.core.response.incident import Incident, fold

LONGEST_EXTRACT = 1500
"""Signs of the report's own words in the inbox; the whole of it is one click away."""


def arrived(reporting: Reporting, report: ReceivedReport, peer: Peer) -> CallRecord:
    """Put a report that just came into the inbox, or into the incident that earlier ones belong to."""
    record = _as_call(reporting, report, peer)
    incident = _of_earlier(reporting, record.source)
    if incident is None:
        return reporting.calls.add(record)
    joined = replace(
        record, state=CallState.JOINED, incident_id=incident.incident_id, settled_at=record.taken_at
    )
    kept = reporting.calls.add(joined)
    desk = reporting.desk
    scene = scene_of(desk, incident, max(record.taken_at, incident.last.at), TIMER)
    taken = TakenCall(call_id=kept.call_id, means=kept.means.value, received_at=kept.received_at)
    why = word("intake", "same_incident", sender=peer.title, kind=word("report_kind", report.kind))
    write(desk, scene, join_call(taken, why, scene), None)
    return kept


def _of_earlier(reporting: Reporting, source: str) -> Incident | None:
    """The running incident that earlier reports of this source belong to."""
    for call in reversed(reporting.calls.of_source(Means.REPORT, source)):
        if call.incident_id:
            incident = fold(reporting.desk.incidents.load(call.incident_id))
            return incident if incident is not None and incident.is_open else None
    return None


def source_of(peer: str, incident_ref: str) -> str:
    """What all reports of a sender on one of its incidents have in common."""
    return sha256(f"{peer}\n{incident_ref}".encode()).hexdigest()


def _as_call(reporting: Reporting, report: ReceivedReport, peer: Peer) -> CallRecord:
    incident = report.document["incident"]
    code = str(incident.get("place_code", ""))
    ours = code.isdigit() and _is_ours(code, reporting.desk.directory.directory())
    now = report.received_at
    return CallRecord(
        call_id=report.received_id,
        means=Means.REPORT,
        received_at=now,
        taken_at=now,
        text=told(report, peer, relation_of(peer, ours=ours)),
        place=str(incident.get("place", "")).strip()[:300],
        # Of a place that is not ours: everybody on the desk sees it, and who opens it says where.
        place_code=code[:12] if ours else "",
        exercise=report.exercise,
        source=source_of(report.peer, report.incident_ref),
    )


def _is_ours(code: str, directory: Directory) -> bool:
    return any(Jurisdiction(code=post.jurisdiction, name="").covers(code) for post in directory.posts)


def relation_of(peer: Peer, *, ours: bool) -> str:
    """Whether a report comes from below, beside or above."""
    lower, same, _ = RELATIONS
    return peer.relation or (lower if ours else same)


def told(report: ReceivedReport, peer: Peer, relation: str) -> str:
    """The report in a few lines: which incident, who sent what, by which plan, how far, which losses."""
    incident, clause = report.document["incident"], report.document.get("clause")
    lines = [
        f"{str(incident.get('title') or report.title).strip()[:200]}。",
        word(
            "intake",
            "from_" + relation,
            sender=peer.title,
            kind=word("report_kind", report.kind),
        ),
    ]
    if isinstance(clause, Mapping) and clause.get("plan"):
        lines.append(word("intake", "plan", plan=str(clause["plan"])[:200]))
    for name in ("grade", "level"):
        if incident.get(name) in _LEVELS:
            group = "event_grade" if name == "grade" else "response_level"
            lines.append(word("intake", name, level=word(group, incident[name])))
    losses = [f"{fact_words(item.fact)}{figure(item.value, item.fact, 'zh')}" for item in facts_of(report)]
    if losses:
        lines.append(word("intake", "facts", facts="、".join(losses)))
    text = str(report.document["report"].get("text", "")).strip()
    return "\n".join([*lines, text[:LONGEST_EXTRACT]])


_LEVELS = ("I", "II", "III", "IV")


def facts_of(report: ReceivedReport, said_by: str = "") -> tuple[Reported, ...]:
    """The figures of a report, as far as this installation knows the facts they are about."""
    told = report.document["incident"].get("facts")
    return tuple(_facts(told if isinstance(told, Mapping) else {}, report, said_by))


def _facts(told: Mapping[str, Any], report: ReceivedReport, said_by: str) -> Iterator[Reported]:
    for name, value in told.items():
        spec = spec_of(str(name), register())
        if spec is None:
            continue
        read: Figure | bool | None = None
        if isinstance(value, bool) and not spec.is_figure:
            read = value
        elif isinstance(value, Mapping) and spec.is_figure:
            read = _figure(value)
        if read is not None:
            yield Reported(fact=str(name), value=read, said_by=said_by, as_of=report.received_at)


def _figure(value: Mapping[str, Any]) -> Figure | None:
    try:
        low, high = (None if value.get(end) is None else Decimal(str(value[end])) for end in ("min", "max"))
        ends = [end for end in (low, high) if end is not None]
        if not ends or not all(end.is_finite() and end >= 0 for end in ends) or ends != sorted(ends):
            return None
        return Figure(low=low, high=high, manner=Manner(value.get("said", Manner.KNOWN.value)))
    except (InvalidOperation, ValueError):
        return None


def adopt_facts(
    reporting: Reporting, actor: Actor, incident_id: str, received_id: str, *, command_id: str | None = None
) -> Outcome:
    """Take the figures of a report over into the incident it belongs to; whoever may has signed by it."""
    call = reporting.calls.get(received_id)
    if call is None or call.incident_id != incident_id:
        raise InputError("received_not_of_incident")
    report = reporting.received.one(received_id)
    peer = reporting.rules.peers.get(report.peer)
    facts = facts_of(report, peer.title if peer else report.peer)
    if not facts:
        raise InputError("received_without_figures")
    with reporting.desk.transactions.begin():
        outcome = report_facts(reporting.desk, actor, incident_id, facts, command_id=command_id)
        if access.may(actor, Action.SIGN_RECEIVED) is None:
            reporting.received.sign(received_id, actor.post_id, reporting.desk.clock.now())
        return outcome
