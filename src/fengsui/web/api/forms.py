"""Shapes that several parts of the API share."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import ConfigDict

from fengsui.application.commit import Outcome
from fengsui.core.response import chain


class Body(Schema):
    """What is sent: a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class Done(Schema):
    """What a command did: the records that it added to the stream of the incident (none: nothing to change).

    ``repeated``: the command had been carried out before; ``recorded`` is what it did then.
    """

    incident: str
    seq: int
    repeated: bool
    recorded: list[dict[str, Any]]


def done(outcome: Outcome) -> Done:
    """The answer to a command."""
    return Done(
        incident=outcome.incident_id,
        seq=outcome.incident.seq,
        repeated=outcome.repeated,
        recorded=[chain.record_data(item) for item in outcome.recorded],
    )
