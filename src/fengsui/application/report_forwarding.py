"""Sending a report to another Fengsui, and the receipts: those it gives us, and those we owe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, load, scene_of, write
from fengsui.application.desk import Actor
from fengsui.application.report_exchange import read_receipt, receipt_for, sealed_report, signed
from fengsui.application.reporting import acknowledge
from fengsui.application.reporting_ports import Peer, Reporting
from fengsui.core.errors import InputError, Permanent, Retryable
from fengsui.core.response.decisions import reporting as decide
from fengsui.core.response.events import TIMER
from fengsui.core.response.state_reporting import MACHINE

Post = Callable[[Peer, Mapping[str, Any]], Mapping[str, Any]]
"""Hands a document to a peer and returns its answer. Raises Retryable or Permanent."""


def document_for(
    reporting: Reporting, actor: Actor, incident_id: str, report_id: str, peer_name: str = ""
) -> dict[str, Any]:
    """The document of a report, signed for a peer where one is named."""
    incident = load(reporting.desk, incident_id)
    access.require(actor, Action.SEND_REPORT, incident.opened.place_code)
    stream = reporting.desk.incidents.load(incident_id)
    document = sealed_report(stream, report_id, reporting.rules.own_name)
    if not peer_name:
        return document
    return signed(document, _peer(reporting, peer_name), reporting.rules.own_name)


def _peer(reporting: Reporting, name: str) -> Peer:
    peer = reporting.rules.peers.get(name)
    if peer is None:
        raise InputError("peer_unknown", peer=name)
    if peer.exercise != reporting.desk.exercise:
        raise InputError("peer_other_world", peer=peer.title)
    return peer


def forward(
    reporting: Reporting, actor: Actor, incident_id: str, report_id: str, peer_name: str, post: Post
) -> Outcome:
    """Send a report to a peer and record its receipt; sent again, it asks whether somebody signed.

    The post is outside any transaction: a dead line holds up nobody, and what went out is recorded already.
    """
    document = document_for(reporting, actor, incident_id, report_id, peer_name)
    answer = post(_peer(reporting, peer_name), document)
    peer, at, signer = read_receipt(answer, reporting.rules.peers)
    if answer.get("report_digest") != document["digest"]:
        raise InputError("receipt_of_another_report")
    now = reporting.desk.clock.now()
    return acknowledge(
        reporting.desk,
        actor,
        incident_id,
        report_id,
        who=f"{peer.title} {signer}" if signer else peer.title,
        number=str(answer.get("receipt", ""))[:64],
        # Clocks of two machines differ: a receipt from the future was given now.
        received_at=min(max(at, load(reporting.desk, incident_id).reports[report_id].at), now),
        means="签收" if signer else MACHINE,
    )


RETURN_WITHIN = timedelta(days=1)
"""Older signatures are not brought after: the sender asks, or has long telephoned."""


def return_receipts(reporting: Reporting, post: Post) -> int:
    """Tell senders which of their reports a person has signed for; how many were told.

    Outside any transaction, and never while anybody waits. A line that is dead is tried again next time, a
    sender that refuses is not.
    """
    now = reporting.desk.clock.now()
    peers = {
        name: peer
        for name, peer in reporting.rules.peers.items()
        if peer.url and peer.exercise == reporting.desk.exercise
    }
    if not peers:
        return 0
    told, dead = 0, set[str]()
    for kept in reporting.received.unreturned(list(peers), now - RETURN_WITHIN):
        if kept.peer in dead:
            continue
        peer = peers[kept.peer]
        try:
            post(peer, receipt_for(reporting, kept, peer))
        except Retryable:
            dead.add(kept.peer)
            continue
        except Permanent:
            told -= 1
        reporting.received.returned(kept.received_id, now)
        told += 1
    return told


def take_receipt(reporting: Reporting, document: Mapping[str, Any]) -> None:
    """A peer tells that a person signed for a report of ours; told again, it changes nothing.

    Raises InputError for a receipt that is not whole, not signed by a peer, or of no report of ours.
    """
    peer, at, signer = read_receipt(document, reporting.rules.peers)
    desk, report_id = reporting.desk, str(document.get("report"))
    with desk.transactions.begin():
        incident = load(desk, str(document.get("incident")))
        report = incident.reports.get(report_id)
        stream = desk.incidents.load(incident.incident_id)
        made = sealed_report(stream, report_id, reporting.rules.own_name)
        if report is None or document.get("report_digest") != made["digest"]:
            raise InputError("receipt_of_another_report")
        if signer is None:
            return
        now = max(desk.clock.now(), incident.last.at)
        scene = scene_of(desk, incident, now, TIMER)
        number = str(document.get("receipt", ""))[:64]
        at = min(max(at, report.at), now)
        write(
            desk,
            scene,
            decide.acknowledge(report_id, f"{peer.title} {signer}", number, at, "签收", scene),
            None,
        )
