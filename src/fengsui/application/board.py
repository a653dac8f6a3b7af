"""What screens show of an incident, as values: plans, clocks, directives, next steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from fengsui.application.grading_words import fact_words
from fengsui.application.wording import word
from fengsui.core.citation import Citation
from fengsui.core.directory import Directory
from fengsui.core.errors import InputError, Refusal
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.plan.model import Plan
from fengsui.core.response.decisions.motion import Order
from fengsui.core.response.due import Obligation
from fengsui.core.response.events import Recorded
from fengsui.core.response.incident import ActiveResponse, ClockState, DirectiveState, Incident, ProposalState
from fengsui.core.response.mapping import Suggestion
from fengsui.core.response.power import Power
from fengsui.core.response.standing import Ask, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """A report edge as shown; screens count down from its state by the server's time."""

    clock_id: str
    state: ClockState


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveView:
    """A directive as shown; see ``ClockView`` for the time."""

    directive_id: str
    state: DirectiveState


_CODES = {"kind": "proposal_kind", "before": "response_level"}
"""Data of a step that are codes, with the group of their words."""


def _told(key: str, value: str, language: str) -> str:
    """One datum of a step in words; a plan that names nobody is said to."""
    if key in _CODES:
        return word(_CODES[key], value, language) if value else ""
    return value or (word("step", "unnamed", language) if key in ("who", "to") else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the plan says is next. ``kind`` names the words (wording group ``step``), ``data`` fills them.

    ``post_ids`` who can do it; ``kind`` propose/change carry the suggested ``level``.
    """

    kind: str
    plan_id: str | None = None
    level: ResponseLevel | None = None
    ref: str | None = None
    post_ids: tuple[str, ...] = ()
    due: datetime | None = None
    source: Citation | None = None
    data: tuple[tuple[str, str], ...] = ()

    def sentence(self, language: str = "zh") -> str:
        """The step in words."""
        level = word("response_level", self.level.value, language) if self.level else ""
        data = {key: _told(key, value, language) for key, value in self.data}
        if language != "zh" and self.kind == "ask" and self.ref is not None:
            # The register asks in Chinese; the name of the fact says what is asked.
            data["question"] = fact_words(self.ref, language)
        return word("step", self.kind, language, **{"level": level, **data})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """One attached plan: where the incident stands on it, what level that calls for, who decides.

    ``power`` None: the plan names nobody for the suggested level; ``nobody`` then says which clause is
    nearest. ``unassigned``: orders the plan prescribes at the running level to bodies that are not in the
    directory, or to nobody: people must see to them.
    """

    plan: Plan
    why: str
    standings: tuple[Standing, ...]
    suggestion: Suggestion
    power: Power | None
    nobody: Refusal | None
    response: ActiveResponse | None
    unassigned: tuple[Order, ...]

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Open questions over all ladders, the gravest first, each once."""
        listed = [ask for standing in self.standings for ask in standing.asks]
        return tuple({(ask.fact, ask.question): ask for ask in listed}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything the incident room shows, as of ``now``."""

    incident: Incident
    now: datetime
    directory: Directory
    plans: tuple[PlanView, ...]
    proposals: tuple[ProposalState, ...]
    directives: tuple[DirectiveView, ...]
    clocks: tuple[ClockView, ...]
    deadlines: tuple[Obligation, ...]
    steps: tuple[Step, ...]
    log: tuple[Recorded, ...]

    def plan(self, plan_id: str) -> PlanView:
        """The view of one attached plan. Raises InputError("plan_not_attached")."""
        for view in self.plans:
            if view.plan.id == plan_id:
                return view
        raise InputError("plan_not_attached", plan=plan_id)


class Candidate(NamedTuple):
    """A plan that may apply: ``why`` in words, ``source`` its scope clause."""

    plan: Plan
    why: str
    source: Citation | None
