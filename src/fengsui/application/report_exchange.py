"""Reports between two Fengsui: one JSON document, sealed, linked to the one before, signed, and its receipt.

``docs/report.schema.json`` is the published form. The digest covers everything but digest and signature; the
signature is HMAC-SHA256 of the digest under the key both sides hold. A document is made from the stream
alone, as it stood when the report went out, so that making it again gives the same bytes.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.desk import Actor
from fengsui.application.report_intake import arrived
from fengsui.application.reporting_ports import Peer, ReceivedReport, Reporting
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.core.plan.level import LadderKind
from fengsui.core.response.chain import digest
from fengsui.core.response.events import Recorded
from fengsui.core.response.events_reporting import ReportKind
from fengsui.core.response.incident import Incident, fold
from fengsui.core.response.state_reporting import SentReport

FORMAT = "fengsui-report/1"
RECEIPT = "fengsui-receipt/1"
LARGEST = 1_000_000
"""Bytes of a document that is taken in."""


def sealed_report(stream: Sequence[Recorded], report_id: str, sender: str) -> dict[str, Any]:
    """The document of a report, sealed and linked to that of the report before it on the same edge.

    Other edges go to other bodies: what they got is no gap here.
    """
    previous: dict[str, str] = {}
    for item in _reports_in(stream):
        edge = item.clock_id.rsplit(":", 1)[0]
        made = _sealed(_document(stream, item, sender, previous.get(edge)))
        if item.report_id == report_id:
            return made
        previous[edge] = made["digest"]
    raise InputError("report_unknown", report=report_id)


def _reports_in(stream: Sequence[Recorded]) -> list[SentReport]:
    incident = fold(stream)
    return sorted(incident.reports.values(), key=lambda item: item.seq) if incident else []


def _sealed(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "digest": digest(body)}


def _document(
    stream: Sequence[Recorded], report: SentReport, sender: str, previous: str | None
) -> dict[str, Any]:
    then = fold(stream[: report.seq])
    if then is None:
        raise InputError("report_unknown", report=report.report_id)
    record, clock = stream[report.seq - 1], then.clocks[report.clock_id].started
    return {
        "format": FORMAT,
        "sender": sender,
        "report": {
            "id": report.report_id,
            "kind": report.kind.value,
            "title": report.title or word("report", "untitled", incident=then.opened.title),
            "text": report.text,
            "means": report.means,
            "sent_at": report.at.isoformat(),
            "from": clock.who,
            "to": list(clock.to),
            "copied": list(report.copied),
            "amends": report.amends,
            "reason": report.reason,
            "fields": [
                {"code": item.code, "label": item.label, "text": item.text, "checking": item.checking}
                for item in report.fields
            ],
        },
        "incident": _incident(then),
        "clause": (
            {"plan": then.plans[clock.plan_id].title, **clock.source.as_row()}
            if clock.source is not None and clock.plan_id in then.plans
            else None
        ),
        "chain": {
            "seq": record.seq,
            "record": record.hash,
            "previous_record": record.previous_hash,
            "previous_report": previous,
        },
    }


def _incident(then: Incident) -> dict[str, Any]:
    opened = then.opened
    grades = [
        graded.level
        for graded in then.grades.values()
        if graded.kind is LadderKind.EVENT_GRADE and graded.level is not None
    ]
    levels = [response.level for response in then.responses.values()]
    return {
        "id": then.incident_id,
        "title": opened.title,
        "place": opened.place,
        "place_code": opened.place_code,
        "learned_at": opened.learned_at.isoformat(),
        "occurred_at": then.occurred_at.isoformat() if then.occurred_at else None,
        "exercise": opened.exercise,
        "grade": min(grades, key=lambda level: level.rank).value if grades else None,
        "level": min(levels, key=lambda level: level.rank).value if levels else None,
        "facts": {
            name: value
            if isinstance(value, bool)
            else {
                "min": None if value.low is None else format(value.low, "f"),
                "max": None if value.high is None else format(value.high, "f"),
                "said": value.manner.value,
            }
            for name, value in then.current_facts().items()
        },
    }


def signed(document: Mapping[str, Any], peer: Peer, own_name: str) -> dict[str, Any]:
    """The document with our signature for ``peer``."""
    mark = _mark(str(document["digest"]), peer.key)
    return {**document, "signature": {"by": own_name, "algorithm": "HMAC-SHA256", "value": mark}}


def _mark(sealed: str, key: str) -> str:
    return hmac.new(key.encode(), sealed.encode(), sha256).hexdigest()


def check(document: Mapping[str, Any], peers: Mapping[str, Peer], form: str = FORMAT) -> Peer:
    """Who signed the document. Raises InputError when it is not whole or not signed by a peer."""
    body = {name: value for name, value in document.items() if name not in ("digest", "signature")}
    if document.get("format") != form:
        raise InputError("report_form_wrong", form=form)
    if document.get("digest") != digest(body):
        raise InputError("report_seal_broken")
    mark = document.get("signature")
    peer = peers.get(str(mark.get("by"))) if isinstance(mark, Mapping) else None
    if peer is None:
        raise InputError("report_sender_unlisted")
    if not hmac.compare_digest(str(mark.get("value")), _mark(str(document["digest"]), peer.key)):  # type: ignore[union-attr]
        raise InputError("report_signature_wrong", sender=peer.title)
    return peer


def receive(reporting: Reporting, document: Mapping[str, Any]) -> dict[str, Any]:
    """Take in a report of a peer and answer with the receipt; sent again, the same receipt comes back.

    It waits in the inbox of calls, or joins the incident that the sender's earlier reports belong to. A
    person signs for it afterwards (``sign``); sending it once more then brings a receipt that says so.
    """
    peer = check(document, reporting.rules.peers)
    report, incident = _part(document, "report"), _part(document, "incident")
    kinds = {kind.value for kind in ReportKind}
    if report.get("kind") not in kinds or not all(
        isinstance(part.get(name), str) and part[name].strip()
        for part, name in ((report, "id"), (report, "title"), (report, "text"), (incident, "id"))
    ):
        raise InputError("report_form_wrong", form=FORMAT)
    desk = reporting.desk
    if bool(incident.get("exercise")) != desk.exercise:
        raise InputError("report_exercise_mixed")
    now = desk.clock.now()
    received_id = desk.ids.new()
    with desk.transactions.begin():
        _check_new(reporting, peer, report["id"][:64], incident["id"][:64], str(document["digest"]))
        kept = reporting.received.keep(
            ReceivedReport(
                received_id=received_id,
                peer=peer.name,
                report_id=report["id"][:64],
                incident_ref=incident["id"][:64],
                title=report["title"][:300],
                kind=report["kind"],
                digest=str(document["digest"]),
                previous=_part(document, "chain").get("previous_report"),
                document=document,
                received_at=now,
                receipt=f"{now:%Y%m%d}-{str(document['digest'])[:6].upper()}",
                place_code=str(incident.get("place_code", ""))[:12],
                exercise=desk.exercise,
            )
        )
        if kept.received_id == received_id:
            arrived(reporting, kept, peer)
    return receipt_for(reporting, kept, peer)


def _check_new(reporting: Reporting, peer: Peer, report_id: str, incident_ref: str, digest: str) -> None:
    """Raises InputError for another text under the number of a report that came before."""
    for item in reporting.received.of_incident(peer.name, incident_ref):
        if item.report_id == report_id and item.digest != digest:
            raise InputError("report_number_taken", receipt=item.receipt)


def _part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = document.get(name)
    if not isinstance(part, Mapping):
        raise InputError("report_form_wrong", form=FORMAT)
    return part


def receipt_for(reporting: Reporting, kept: ReceivedReport, peer: Peer) -> dict[str, Any]:
    """Our receipt for a report; ``signed_by`` the title of the post that signed, null while nobody did."""
    signer = reporting.desk.directory.directory().post(kept.signed_by) if kept.signed_by else None
    body = _sealed(
        {
            "format": RECEIPT,
            "receiver": reporting.rules.own_name,
            "report": kept.report_id,
            "incident": kept.incident_ref,
            "report_digest": kept.digest,
            "receipt": kept.receipt,
            "received_at": kept.received_at.isoformat(),
            "signed_by": signer.title if signer else None,
            "signed_at": kept.signed_at.isoformat() if kept.signed_at else None,
        }
    )
    return signed(body, peer, reporting.rules.own_name)


def gap_before(reporting: Reporting, kept: ReceivedReport) -> bool:
    """Whether the report that came before this one, by its link, never reached us."""
    if kept.previous is None:
        return False
    return all(
        item.digest != kept.previous for item in reporting.received.of_incident(kept.peer, kept.incident_ref)
    )


def sign(reporting: Reporting, actor: Actor, received_id: str) -> ReceivedReport:
    """Sign for a report that came in (签收)."""
    access.require(actor, Action.SIGN_RECEIVED)
    desk = reporting.desk
    with desk.transactions.begin():
        return reporting.received.sign(received_id, actor.post_id, desk.clock.now())


def read_receipt(document: Mapping[str, Any], peers: Mapping[str, Peer]) -> tuple[Peer, datetime, str | None]:
    """Sender, time and signer of a receipt. Raises InputError when it is not whole or not signed."""
    peer = check(document, peers, RECEIPT)
    try:
        at = datetime.fromisoformat(str(document.get("signed_at") or document.get("received_at")))
    except ValueError as problem:
        raise InputError("report_form_wrong", form=RECEIPT) from problem
    if at.tzinfo is None:
        raise InputError("report_form_wrong", form=RECEIPT)
    who = document.get("signed_by")
    return peer, at, str(who) if who else None
