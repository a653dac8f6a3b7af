"""Hands a report to another Fengsui over HTTP and brings back its receipt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from fengsui.application.reporting_ports import Peer
from fengsui.core.errors import InputError, Permanent, Retryable

PATH = "/api/v1/reports/received"
RECEIPTS = "/api/v1/reports/receipts"
PATIENCE = 8.0
"""Seconds: a person waits for the answer."""
LARGEST = 100_000


def post_to_peer(peer: Peer, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The receipt. Raises Retryable when the peer does not answer, Permanent when it refuses, InputError."""
    return _post(peer, document, PATH)


def return_to_peer(peer: Peer, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Bring a receipt back to who sent the report. Raises as ``post_to_peer`` does."""
    return _post(peer, document, RECEIPTS)


def _post(peer: Peer, document: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    if not peer.url.startswith(("https://", "http://")):
        raise InputError("peer_without_address", peer=peer.title)
    request = Request(
        peer.url.rstrip("/") + path,
        data=json.dumps(dict(document), ensure_ascii=False).encode("utf-8"),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            found = json.loads(answer.read(LARGEST))
    except HTTPError as problem:
        kind = Retryable if problem.code >= 500 else Permanent
        raise kind("peer_refused", peer=peer.title, why=_why(problem)) from problem
    except (URLError, TimeoutError, OSError, ValueError) as problem:
        raise Retryable("peer_silent", peer=peer.title) from problem
    if not isinstance(found, dict):
        raise Retryable("peer_silent", peer=peer.title)
    return found


def _why(problem: HTTPError) -> str:
    try:
        return str(json.loads(problem.read(LARGEST))["error"]["message"])
    except (ValueError, KeyError, TypeError, OSError):
        return str(problem.code)
