"""The picture of an incident as the room shows it: the situation, arranged for the eye. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from fengsui.application.desk import Desk
from fengsui.application.views import ClockView, DirectiveView, PlanView, Situation, Step, situation
from fengsui.core.citation import Citation
from fengsui.core.fact import FactSpec, register
from fengsui.core.facts_input import spec_of
from fengsui.core.plan.level import AnyLevel, LadderKind
from fengsui.core.response.incident import ActiveResponse, FactEntry, Incident, ProposalState
from fengsui.core.response.standing import Standing

MARK = {LadderKind.EVENT_GRADE: "grade", LadderKind.RESPONSE: "response", LadderKind.WARNING: "warning"}
"""The mark by which a level of each scale is shown."""


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level with the name and colour that its plan gives it."""

    level: AnyLevel | None
    mark: str
    name: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that could raise a level; ``spec`` None: a judgement in the words of the plan."""

    text: str
    fact: str
    spec: FactSpec | None
    raises_to: LevelName

    @property
    def is_figure(self) -> bool:
        return self.spec is not None and self.spec.is_figure


@dataclass(frozen=True, slots=True)
class LadderCard:
    """One ladder of a plan: where the incident stands, why, and what to ask."""

    standing: Standing
    now: LevelName
    possible: tuple[LevelName, ...]
    questions: tuple[Question, ...]

    @property
    def because(self) -> tuple[Citation, ...]:
        return tuple({(item.line, item.quote): item for item in self.standing.because}.values())[:4]


@dataclass(frozen=True, slots=True)
class PlanCard:
    """One attached plan with its ladders."""

    view: PlanView
    ladders: tuple[LadderCard, ...]
    waiting: ProposalState | None
    suggested: LevelName
    running: LevelName | None

    @property
    def calls_for_change(self) -> bool:
        """Whether the facts call for a level that neither runs nor waits."""
        level = self.view.suggestion.level
        running = self.view.response.level if self.view.response else None
        return level is not None and level is not running and self.waiting is None


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact with everything ever said of it."""

    name: str
    entries: tuple[FactEntry, ...]

    @property
    def latest(self) -> FactEntry:
        return self.entries[-1]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the incident room shows."""

    situation: Situation
    cards: tuple[PlanCard, ...]
    facts: tuple[FactRow, ...]
    directives: tuple[DirectiveView, ...]
    clocks: tuple[ClockView, ...]

    @property
    def incident(self) -> Incident:
        return self.situation.incident

    @property
    def proposals(self) -> list[ProposalState]:
        """Proposals that wait."""
        return [item for item in self.situation.proposals if item.is_open]

    @property
    def steps(self) -> list[Step]:
        """What is next; of the orders nobody took yet only the two most urgent, the board has them all."""
        late = [step for step in self.situation.steps if step.kind == "not_accepted"]
        late.sort(key=lambda step: (step.due is None, step.due or self.situation.now))
        # Several plans ask the same question: once is enough.
        others = {
            (step.kind, step.data if step.kind == "ask" else step): step
            for step in self.situation.steps
            if step.kind != "not_accepted"
        }
        return [*others.values()][:8] + late[:2]

    @property
    def more_unaccepted(self) -> int:
        """Orders nobody took yet beyond those among the steps."""
        return max(0, sum(1 for step in self.situation.steps if step.kind == "not_accepted") - 2)

    @property
    def tasks_done(self) -> int:
        return sum(1 for item in self.directives if item.state.status.value == "done")

    @property
    def open_tasks(self) -> int:
        return sum(1 for item in self.directives if item.state.is_open)

    @property
    def help_asked(self) -> int:
        return sum(1 for item in self.directives if item.state.help and item.state.is_open)

    @property
    def main_response(self) -> ActiveResponse | None:
        """The gravest response that runs."""
        return min(self.incident.responses.values(), key=lambda item: item.level.rank, default=None)

    @property
    def main_grade(self) -> LevelName:
        """The gravest event grade found."""
        found = [
            ladder.now
            for card in self.cards
            for ladder in card.ladders
            if ladder.standing.kind is LadderKind.EVENT_GRADE and ladder.now.level is not None
        ]
        return min(
            found, key=lambda item: item.level.rank if item.level else 9, default=LevelName(None, "grade")
        )


def picture(desk: Desk, incident_id: str) -> Picture:
    """The picture of one incident. Raises InputError("incident_unknown")."""
    found = situation(desk, incident_id)
    return Picture(
        situation=found,
        cards=_each_question_once([_card(view, found.incident) for view in found.plans]),
        facts=tuple(_facts(found.incident)),
        directives=tuple(sorted(found.directives, key=_by_need)),
        clocks=tuple(sorted(found.clocks, key=_by_due)),
    )


def _each_question_once(cards: list[PlanCard]) -> tuple[PlanCard, ...]:
    """Leave a question to the first ladder that asks it: one answer serves them all."""
    asked: set[tuple[str, str]] = set()
    result = []
    for card in cards:
        ladders = []
        for ladder in card.ladders:
            kept = tuple(
                item for item in ladder.questions if (item.fact, "" if item.fact else item.text) not in asked
            )
            asked.update((item.fact, "" if item.fact else item.text) for item in kept)
            ladders.append(replace(ladder, questions=kept))
        result.append(replace(card, ladders=tuple(ladders)))
    return tuple(result)


def _by_need(view: DirectiveView) -> tuple[bool, bool, bool, datetime]:
    state = view.state
    due = state.issued.due
    return not state.is_open, not state.help, due is None, due or state.at


def _by_due(view: ClockView) -> tuple[bool, bool, datetime]:
    state = view.state
    return not state.running, state.due is None, state.due or state.at


def _facts(incident: Incident) -> Iterator[FactRow]:
    order = {name: place for place, name in enumerate(register())}
    for name in sorted(incident.facts, key=lambda item: order.get(item, len(order))):
        yield FactRow(name, incident.facts[name])


def _card(view: PlanView, incident: Incident) -> PlanCard:
    # A warning ladder is about what may come: silent until it says something.
    shown = [item for item in view.standings if item.kind is not LadderKind.WARNING or item.level is not None]
    running = view.response.level if view.response else None
    return PlanCard(
        view=view,
        ladders=tuple(_ladder(view, item) for item in shown),
        waiting=incident.open_proposal(view.plan.id),
        suggested=response_name(view, view.suggestion.level),
        running=response_name(view, running) if running else None,
    )


def response_name(view: PlanView, level: AnyLevel | None) -> LevelName:
    """A response level as the plan names it."""
    return _named(view, level, LadderKind.RESPONSE, None, None)


def _ladder(view: PlanView, standing: Standing) -> LadderCard:
    def named(level: AnyLevel | None) -> LevelName:
        return _named(view, level, standing.kind, standing.hazard, standing.subtype)

    specs = register()
    return LadderCard(
        standing=standing,
        now=named(standing.level),
        possible=tuple(named(level) for level in standing.possible),
        questions=tuple(
            Question(ask.question, ask.fact or "", spec_of(ask.fact or "", specs), named(ask.could_raise_to))
            for ask in standing.asks
        ),
    )


def _named(
    view: PlanView, level: AnyLevel | None, kind: LadderKind, hazard: str | None, subtype: str | None
) -> LevelName:
    if level is not None:
        for item in view.plan.content.levels:
            if item.level is level and item.scheme == (kind, hazard, subtype):
                return LevelName(level, MARK[kind], item.name, item.color or "")
    return LevelName(level, MARK[kind])
