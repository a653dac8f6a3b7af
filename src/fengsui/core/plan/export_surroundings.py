"""Identity, references, annexes, resources, supports and training as rows of the flat table (EXTRACT)."""

from __future__ import annotations

from typing import Any

from fengsui.core.plan.model import PlanContent, Statement
from fengsui.core.plan.surroundings import (
    Attachment,
    PlanIdentity,
    PromisedResource,
    Reference,
    Support,
    Training,
)

Row = dict[str, Any]


def surroundings_to_json(content: PlanContent) -> Row:
    """The keys of EXTRACT for what surrounds the running parts, in the order of the plan page."""
    return {
        "identity": identity_to_json(content.identity),
        "principles": [statement_to_json(item) for item in content.principles],
        "references": [reference_to_json(item) for item in content.references],
        "attachments": [attachment_to_json(item) for item in content.attachments],
        "resources": [resource_to_json(item) for item in content.resources],
        "supports": [support_to_json(item) for item in content.supports],
        "trainings": [training_to_json(item) for item in content.trainings],
    }


def statement_to_json(item: Statement) -> Row:
    """A sentence kept as text."""
    return {"text": item.text, **item.source.as_row()}


def identity_to_json(identity: PlanIdentity | None) -> Row | None:
    """What the plan says of itself; None where it says nothing."""
    if identity is None:
        return None
    return {
        "number": identity.number,
        "issuer": identity.issuer,
        "issued": identity.issued.isoformat() if identity.issued else None,
        "in_force": identity.in_force.isoformat() if identity.in_force else None,
        "repeals": list(identity.repeals),
        "upper": list(identity.upper),
        "kind": identity.kind.value if identity.kind else None,
        "hazard_class": identity.hazard_class.value if identity.hazard_class else None,
        "event_code": identity.event_code,
        "sources": [source.as_row() for source in identity.sources],
    }


def reference_to_json(item: Reference) -> Row:
    """One reference; ``resolved`` only for clauses and annexes of the plan itself."""
    row: Row = {"kind": item.kind.value, "title": item.title, "basis": item.basis}
    extra = {
        "number": item.number,
        "version": item.version,
        "article": item.article,
        "resolved": item.resolved,
    }
    return row | {key: value for key, value in extra.items() if value is not None} | item.source.as_row()


def attachment_to_json(item: Attachment) -> Row:
    """One annex."""
    return {"number": item.number, "title": item.title, "present": item.present, **item.source.as_row()}


def resource_to_json(item: PromisedResource) -> Row:
    """One promise with a figure; a whole number as such."""
    whole = item.quantity == item.quantity.to_integral_value()
    quantity = int(item.quantity) if whole else float(item.quantity)
    return {
        "name": item.name,
        "quantity": quantity,
        "unit": item.unit,
        "holder": item.holder,
        **item.source.as_row(),
    }


def support_to_json(item: Support) -> Row:
    """One support."""
    return {"kind": item.kind, "who": list(item.who), "text": item.text, **item.source.as_row()}


def training_to_json(item: Training) -> Row:
    """One order of training or publicity."""
    return {
        "text": item.text,
        "who": item.who,
        "audience": item.audience,
        "every": item.every,
        **item.source.as_row(),
    }
