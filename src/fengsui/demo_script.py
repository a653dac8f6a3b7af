"""Plays the script of a demo incident through the use cases, step by step on a clock set by hand.

A step is ``{minutes: ago, as: post, …}`` with one of ``facts`` (and ``said_by``), ``propose``, ``approve``,
``accept`` or ``finish`` (the how-manieth directive to the post's unit, or words of it; ``result``),
``report`` (who reports on the running edge; ``means``, ``text``), ``note``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from fengsui import bootstrap
from fengsui.adapters.memory import FixedClock
from fengsui.application import directives, incidents, proposals, reports
from fengsui.application.commit import load
from fengsui.application.desk import Actor
from fengsui.core.directory import Directory
from fengsui.core.errors import InputError
from fengsui.core.facts_input import parse_facts
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.response.decisions.record import Call, Reported


class Player:
    """Plays one incident; ``now`` is the moment of loading, from which ``minutes`` count back."""

    def __init__(self, directory: Directory, now: datetime) -> None:
        self._directory = directory
        self._now = now
        self._clock = FixedClock(now)
        self._desk = bootstrap.desk(using=self._clock)
        self._incident = ""

    def play(self, script: Mapping[str, Any]) -> None:
        """Open the incident and take every step; a step taken before is not taken again."""
        name = f"demo/{script['title']}"
        self._open(script, f"{name}/0")
        for number, step in enumerate(script["steps"], start=1):
            self._clock.at = self._ago(step["minutes"])
            self._step(step, f"{name}/{number}")

    def _ago(self, minutes: float) -> datetime:
        return self._now - timedelta(minutes=minutes)

    def _actor(self, post_id: str) -> Actor:
        post = self._directory.post(post_id)
        if post is None:
            raise KeyError(post_id)
        return Actor.of(post)

    def _plan(self, title: str, place_code: str) -> str:
        for plan in self._desk.plans.in_force(place_code):
            if title in plan.content.title:
                return plan.id
        raise InputError("demo_broken", file="incidents.yaml", detail=title)

    def _open(self, script: Mapping[str, Any], command_id: str) -> None:
        learned = self._ago(script["learned"])
        self._clock.at = learned
        self._place = script["place_code"]
        call = Call(
            title=script["title"],
            what=script["what"],
            place=script["place"],
            place_code=self._place,
            learned_at=learned,
            occurred_at=self._ago(script["occurred"]) if "occurred" in script else None,
        )
        outcome = incidents.open_incident(
            self._desk,
            self._actor(script["steps"][0]["as"]),
            call,
            caller=script.get("caller"),
            plans=[(self._plan(title, self._place), script["what"]) for title in script.get("plans", ())],
            command_id=command_id,
        )
        self._incident = outcome.incident_id

    def _step(self, step: Mapping[str, Any], command_id: str) -> None:
        actor = self._actor(step["as"])
        for kind, take in self._takers.items():
            if kind in step:
                take(step, actor, {"command_id": command_id})
                return
        raise KeyError(f"step {command_id}")

    @property
    def _takers(self) -> dict[str, Callable[[Mapping[str, Any], Actor, dict[str, Any]], None]]:
        return {
            "facts": self._facts,
            "propose": self._propose,
            "approve": self._approve,
            "accept": self._accept,
            "finish": self._finish,
            "report": self._report,
            "note": self._add_note,
        }

    def _facts(self, step: Mapping[str, Any], actor: Actor, given: dict[str, Any]) -> None:
        said_by = step.get("said_by", "")
        known = parse_facts({"facts": step["facts"]}).facts
        said = [Reported(fact=fact, value=value, said_by=said_by) for fact, value in known.items()]
        incidents.report_facts(self._desk, actor, self._incident, said, **given)

    def _add_note(self, step: Mapping[str, Any], actor: Actor, given: dict[str, Any]) -> None:
        incidents.add_note(self._desk, actor, self._incident, step["note"], **given)

    def _report(self, step: Mapping[str, Any], actor: Actor, given: dict[str, Any]) -> None:
        clocks = load(self._desk, self._incident).clocks
        owed = [key for key, clock in clocks.items() if clock.running and clock.started.who == step["report"]]
        for clock_id in owed[:1]:
            reports.send_report(
                self._desk,
                actor,
                self._incident,
                clock_id,
                means=step["means"],
                text=step["text"],
                **given,
            )

    def _propose(self, step: Mapping[str, Any], actor: Actor, given: dict[str, Any]) -> None:
        asked = step["propose"]
        proposals.propose(
            self._desk,
            actor,
            self._incident,
            plan_id=self._plan(asked["plan"], self._place),
            level=ResponseLevel(asked["level"]),
            reason=asked["reason"],
            **given,
        )

    def _approve(self, step: Mapping[str, Any], actor: Actor, given: dict[str, Any]) -> None:
        waiting = [key for key, state in load(self._desk, self._incident).proposals.items() if state.is_open]
        answer = proposals.Answer.APPROVE if step["approve"] else proposals.Answer.REFUSE
        for proposal_id in waiting[-1:]:
            proposals.answer_proposal(
                self._desk, actor, self._incident, proposal_id, answer, step.get("reason", ""), **given
            )

    def _accept(self, step: Mapping[str, Any], actor: Actor, given: dict[str, Any]) -> None:
        for directive_id in self._addressed(actor, step["accept"]):
            directives.accept_directive(self._desk, actor, self._incident, directive_id, **given)

    def _finish(self, step: Mapping[str, Any], actor: Actor, given: dict[str, Any]) -> None:
        for directive_id in self._addressed(actor, step["finish"]):
            directives.finish_directive(
                self._desk, actor, self._incident, directive_id, step["result"], **given
            )

    def _addressed(self, actor: Actor, which: int | str) -> list[str]:
        """The directive to the actor's post or unit named by its place (from 1) or by words of its text."""
        post = self._directory.post(actor.post_id)
        mine = {actor.post_id, post.unit if post else ""}
        stated = load(self._desk, self._incident).directives
        ours = [key for key, state in stated.items() if mine & set(state.issued.to)]
        if isinstance(which, int):
            return ours[which - 1 : which]
        return [key for key in ours if which in stated[key].issued.text][:1]
