"""Events of duty watch (值班值守): calls that belong to an incident, incidents that turn out to be two.

They hold ids of calls only: what was said and who called stands in tables that can be sealed or erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallJoined:
    """A call is about this incident (并入来电). ``means`` phone, fax, sms, web or api.

    A call received before the incident was learned of moves that instant back: the desk knew by then.
    """

    call_id: str
    means: str
    received_at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSplit:
    """Part of this incident was another one (拆分); ``call_ids`` went with it, everything recorded stays."""

    into: str
    title: str
    call_ids: tuple[str, ...] = ()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitFrom:
    """This incident was first taken for part of ``origin``."""

    origin: str
    title: str
    call_ids: tuple[str, ...] = ()
    reason: str
