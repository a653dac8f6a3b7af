"""Plugs real things into the ports of reporting; part of ``bootstrap``, which would grow too long with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fengsui import bootstrap

if TYPE_CHECKING:
    from fengsui.application.ports import Clock
    from fengsui.application.report_forwarding import Post
    from fengsui.application.reporting_ports import Reporting


def reporting(using: Clock | None = None) -> Reporting:
    """What reporting adds to the desk, on the configured database. Raises InputError for its rules."""
    bootstrap.set_up_django()
    from django.conf import settings

    from fengsui.adapters.reporting_rules import load_rules
    from fengsui.application.reporting_ports import Reporting
    from fengsui.store.calls import DjangoCalls
    from fengsui.store.reporting import DjangoLedger, DjangoReceived, DjangoReportDrafts

    return Reporting(
        desk=bootstrap.desk(using),
        drafts=DjangoReportDrafts(),
        ledger=DjangoLedger(),
        received=DjangoReceived(),
        calls=DjangoCalls(),
        rules=load_rules(settings.DATA_DIR),
    )


def peer_post() -> Post:
    """How a report is handed to another Fengsui."""
    from fengsui.adapters.peer_http import post_to_peer

    return post_to_peer


def receipts_round() -> int:
    """Tell senders what was signed for; how many were told. For the runner, in a thread of its own."""
    from fengsui.adapters.peer_http import return_to_peer
    from fengsui.application.report_forwarding import return_receipts

    return return_receipts(reporting(), return_to_peer)
