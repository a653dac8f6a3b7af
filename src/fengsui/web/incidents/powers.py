"""Who decides, for screens: the power by the plan as things stand, or nothing where it names nobody."""

from __future__ import annotations

from fengsui.application.views import PlanView
from fengsui.core.errors import Refusal
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.response.commanding import Commanding, commanders
from fengsui.core.response.decisions.direct import starts_directly
from fengsui.core.response.decisions.propose import power_for
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events import ProposalKind
from fengsui.core.response.power import Power
from fengsui.web.incidents.picture import Picture


def scene_of(found: Picture, by: str = "") -> Scene:
    """What a decision would look at now."""
    return Scene(
        incident=found.incident,
        plans={view.plan.id: view.plan for view in found.situation.plans},
        directory=found.situation.directory,
        now=found.situation.now,
        by=by,
    )


def power_of(view: PlanView, kind: ProposalKind, level: ResponseLevel | None, found: Picture) -> Power | None:
    """Who decides on this by the plan; None where it names nobody or nothing runs that could end."""
    if kind is not ProposalKind.ACTIVATE and view.response is None:
        return None
    try:
        return power_for(kind, view.plan.id, level, scene_of(found))
    except Refusal:
        return None


def level_power(view: PlanView, level: ResponseLevel, found: Picture) -> Power | None:
    """Who decides on going to ``level`` from where the response stands."""
    running = view.response is not None and view.response.level is not level
    return power_of(view, ProposalKind.CHANGE if running else ProposalKind.ACTIVATE, level, found)


def may_start(
    view: PlanView, level: ResponseLevel, power: Power | None, found: Picture, post_id: str
) -> bool:
    """Whether the plan lets this post decide at once."""
    if power is None:
        return False
    kind = ProposalKind.CHANGE if view.response is not None else ProposalKind.ACTIVATE
    return starts_directly(kind, view.plan, level, power, scene_of(found, post_id))


def in_command(found: Picture) -> tuple[Commanding, ...]:
    """Who commands now, the first over all; several where the responses of several plans run side by side."""
    scene = scene_of(found)
    return commanders(scene.incident, scene.plans, scene.directory)
