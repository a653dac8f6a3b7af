"""Sending a report to another Fengsui and recording the receipt that it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, load
from fengsui.application.desk import Actor
from fengsui.application.report_exchange import read_receipt, sealed_report, signed
from fengsui.application.reporting import acknowledge
from fengsui.application.reporting_ports import Peer, Reporting
from fengsui.core.errors import InputError
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
