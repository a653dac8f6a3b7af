"""What other installations bring: reports, and receipts for ours. Their signature is the key.

And what is done here with a report that came: its figures are taken over.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja import Router

from fengsui.application import report_exchange as exchange
from fengsui.application.report_forwarding import take_receipt
from fengsui.application.report_intake import adopt_facts
from fengsui.core.errors import InputError
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.forms import Done, done

router = Router(tags=["reporting"])


@router.post("/reports/received", auth=None)
def received(request: HttpRequest) -> dict[str, Any]:
    """Take in a report of a peer (docs/report.schema.json). Answers the receipt."""
    return exchange.receive(wiring.reporting(), _document(request, exchange.FORMAT))


@router.post("/reports/receipts", auth=None)
def receipt(request: HttpRequest) -> dict[str, bool]:
    """A peer tells that somebody signed for a report of ours."""
    take_receipt(wiring.reporting(), _document(request, exchange.RECEIPT))
    return {"kept": True}


def _document(request: HttpRequest, form: str) -> dict[str, Any]:
    if len(request.body) > exchange.LARGEST:
        raise InputError("report_form_wrong", form=form)
    try:
        given = json.loads(request.body)
    except ValueError as problem:
        raise InputError("report_form_wrong", form=form) from problem
    if not isinstance(given, dict):
        raise InputError("report_form_wrong", form=form)
    return given


@router.post("/incidents/{incident_id}/received/{received_id}/figures", response=Done)
def adopt(request: HttpRequest, incident_id: str, received_id: str) -> Done:
    """Take the figures of a report over into the incident that it belongs to."""
    reporting, actor = wiring.reporting(), caller(request)
    return done(adopt_facts(reporting, actor, incident_id, received_id, command_id=once(request)))
