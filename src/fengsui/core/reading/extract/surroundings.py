"""What surrounds the running parts of a plan, read in one go: identity, references, annexes, supports, …"""

from __future__ import annotations

from typing import TypedDict

from fengsui.core.plan.model import Statement
from fengsui.core.plan.surroundings import (
    Attachment,
    PlanIdentity,
    PromisedResource,
    Reference,
    Support,
    Training,
)
from fengsui.core.reading.extract.attachments import extract_attachments
from fengsui.core.reading.extract.framing import extract_principles
from fengsui.core.reading.extract.identity import extract_identity
from fengsui.core.reading.extract.references import extract_references
from fengsui.core.reading.extract.resources import extract_resources
from fengsui.core.reading.extract.supports import extract_supports
from fengsui.core.reading.extract.trainings import extract_trainings
from fengsui.core.reading.outline import Outline


class Surroundings(TypedDict):
    """The fields of PlanContent read here, by name."""

    identity: PlanIdentity | None
    principles: tuple[Statement, ...]
    references: tuple[Reference, ...]
    attachments: tuple[Attachment, ...]
    resources: tuple[PromisedResource, ...]
    supports: tuple[Support, ...]
    trainings: tuple[Training, ...]


def read_surroundings(outline: Outline, legal_basis: tuple[Statement, ...]) -> Surroundings:
    """Everything that surrounds the running parts; nothing of it raises a doubt, it is only recorded."""
    references = extract_references(outline, legal_basis).items
    return Surroundings(
        identity=next(iter(extract_identity(outline, references).items), None),
        principles=extract_principles(outline).items,
        references=references,
        attachments=extract_attachments(outline).items,
        resources=extract_resources(outline).items,
        supports=extract_supports(outline).items,
        trainings=extract_trainings(outline).items,
    )
