"""The plan as a whole: draft with doubts, then plan in force.

``PlanContent`` is everything read. A ``DraftPlan`` adds what was not understood; a person settles each
doubt and corrects items, and only then does the content become a ``Plan`` in force.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import (
    ActivationAuthority,
    Contact,
    Duty,
    Headquarters,
    LevelChange,
    Measure,
    PlanUnit,
    Termination,
    WorkGroup,
)
from fengsui.core.plan.level import BoundaryRule, Level
from fengsui.core.plan.reporting import Deadline, Drill, RevisionRule
from fengsui.core.plan.surroundings import (
    Attachment,
    PlanIdentity,
    PromisedResource,
    Reference,
    Support,
    Training,
)
from fengsui.core.plan.surroundings import PlanKind as PlanKind


class Numbering(StrEnum):
    """How the headings are numbered."""

    DECIMAL = "decimal"
    CHINESE = "chinese"
    CHAPTER = "chapter"
    ARTICLE = "article"
    MIXED = "mixed"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: ``number`` as printed (normalised width, outer number prefixed where numbers restart)."""

    number: str
    title: str
    depth: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence kept as text with its place: scope, legal basis, principle."""

    text: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something not understood, or unsure: a person settles it. Never dropped, never guessed.

    ``about`` is the kind of item ("criterion", "deadline", "unit", "activation", "measure", …),
    ``why`` a stable code whose words are in ``application/wording`` (e.g. "no_fact_for_phrase").
    """

    about: str
    why: str
    text: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """Everything read from one plan; every item carries its citation.

    ``first_line``/``last_line`` are the plan's place in the document (1-based, inclusive).
    """

    title: str
    document: str
    first_line: int
    last_line: int
    numbering: Numbering
    headings: tuple[Heading, ...] = ()
    boundary_rule: BoundaryRule | None = None
    scope: tuple[Statement, ...] = ()
    legal_basis: tuple[Statement, ...] = ()
    levels: tuple[Level, ...] = ()
    activation: tuple[ActivationAuthority, ...] = ()
    termination: tuple[Termination, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    command: Headquarters | None = None
    units: tuple[PlanUnit, ...] = ()
    groups: tuple[WorkGroup, ...] = ()
    duties: tuple[Duty, ...] = ()
    measures: tuple[Measure, ...] = ()
    drills: tuple[Drill, ...] = ()
    revision: tuple[RevisionRule, ...] = ()
    contacts: tuple[Contact, ...] = ()
    identity: PlanIdentity | None = None
    principles: tuple[Statement, ...] = ()
    references: tuple[Reference, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    resources: tuple[PromisedResource, ...] = ()
    supports: tuple[Support, ...] = ()
    trainings: tuple[Training, ...] = ()
    level_changes: tuple[LevelChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlan:
    """A plan as read, with its doubts; not yet to be relied on."""

    content: PlanContent
    doubts: tuple[Doubt, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan in force: confirmed content with its identity.

    ``id`` is the store's identifier, ``version`` counts confirmed versions, ``jurisdiction`` is the
    division code (行政区划代码) it governs. ``bindings`` ties bodies as printed in the plan to ids of posts
    and units in the directory: several where the plan says 或者, none where the body is outside.
    """

    id: str
    version: int
    kind: PlanKind
    jurisdiction: str
    content: PlanContent
    hazards: tuple[str, ...] = ()
    bindings: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def bound(self, name: str) -> tuple[str, ...]:
        """Ids of the posts and units that ``name`` (as printed) stands for; empty if unbound."""
        for printed, ids in self.bindings:
            if printed == name:
                return ids
        return ()
