"""Statements to the public: written, agreed to by two others, published, corrected with evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response.decisions.propose import titles
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.events import Event
from fengsui.core.response.events_aftermath import MatterDone, MatterKind, MatterOpened
from fengsui.core.response.events_decisions import Factor
from fengsui.core.response.events_release import (
    EnquiryAnswered,
    EnquiryNoted,
    StatementApproved,
    StatementDrafted,
    StatementDropped,
    StatementKind,
    StatementPublished,
    StatementReturned,
)
from fengsui.core.response.power import Power
from fengsui.core.response.release_rules import release_power
from fengsui.core.response.state_release import StatementState, StatementStatus

NEEDED = 2
"""People who must agree, neither of them an author."""
LONGEST = 8000
"""Characters of a statement; more is not read by anybody in a hurry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement as written; ``statement_id`` None: a new one."""

    kind: StatementKind
    title: str
    text: str
    statement_id: str | None = None
    next_update: datetime | None = None
    corrects: str | None = None
    wrong: str = ""
    right: str = ""
    evidence: str = ""


def _open(statement_id: str, scene: Scene) -> StatementState:
    state = _known(statement_id, scene)
    if not state.is_open:
        raise Conflict("statement_settled")
    return state


def _known(statement_id: str, scene: Scene) -> StatementState:
    state = scene.incident.release.statements.get(statement_id)
    if state is None:
        raise InputError("statement_unknown")
    return state


def draft(
    command: Draft, scene: Scene, person: str = "", signing: frozenset[Role] = frozenset()
) -> tuple[Event, ...]:
    """A statement is written, or written anew: then nobody has agreed to it yet.

    ``signing``: the roles that may agree, of which those nearest are asked.
    Raises InputError for what is missing; a correction names words that stand in what it corrects.
    """
    release = scene.incident.release
    authors = frozenset({scene.by})
    version, kind, corrects = 1, command.kind, command.corrects
    if command.statement_id is not None:
        before = _open(command.statement_id, scene)
        version, kind, corrects = before.draft.version + 1, before.draft.kind, before.draft.corrects
        authors |= before.authors
    if command.next_update is not None and command.next_update <= scene.now:
        raise InputError("next_update_past")
    title, text = check_text(command.title, "title"), check_text(command.text, "text")
    if len(text) > LONGEST:
        raise InputError("statement_too_long", limit=LONGEST)
    wrong, right, evidence = command.wrong.strip(), command.right.strip(), command.evidence.strip()
    if kind in (StatementKind.CORRECTION, StatementKind.RUMOUR):
        wrong, right = check_text(wrong, "wrong"), check_text(right, "right")
        evidence = check_text(evidence, "evidence")
    if kind is StatementKind.CORRECTION:
        _check_corrects(corrects, wrong, scene)
    drafted = StatementDrafted(
        statement_id=command.statement_id or f"s{len(release.statements) + 1}",
        version=version,
        kind=kind,
        title=title,
        text=text,
        next_update=command.next_update,
        corrects=corrects if kind is StatementKind.CORRECTION else None,
        wrong=wrong,
        right=right,
        evidence=evidence,
        person=person,
        approvers=approvers(scene, authors, signing),
    )
    return (drafted,)


def approvers(scene: Scene, authors: frozenset[str], signing: frozenset[Role]) -> tuple[str, ...]:
    """Posts asked to agree: whom the plan names, who decided here, the heads of the desk and of the author.

    Where these are fewer than must agree, everybody of the author's own area who may is asked.
    """
    incident, directory = scene.incident, scene.directory
    power, own = power_of_release(scene), directory.post(scene.by)
    opener = directory.post(incident.opened_by)
    units = {post.unit for post in (own, opener) if post is not None}
    heads = [post.id for post in directory.posts if post.unit in units]
    deciders = [item.decided_by for item in incident.responses.values()]
    near = [*(power.posts if power else ()), *deciders, *heads]
    found = _who_may(near, scene, authors, signing)
    if len(found) >= NEEDED or own is None:
        return found
    area = [post.id for post in directory.posts if post.jurisdiction == own.jurisdiction]
    return _who_may([*found, *area], scene, authors, signing)


def _who_may(
    ids: Iterable[str], scene: Scene, authors: frozenset[str], signing: frozenset[Role]
) -> tuple[str, ...]:
    posts = [post for item in dict.fromkeys(ids) if (post := scene.directory.post(item)) is not None]
    return tuple(post.id for post in posts if post.roles & signing and post.id not in authors)


def _check_corrects(corrects: str | None, wrong: str, scene: Scene) -> None:
    if corrects is None:
        raise InputError("correction_of_nothing")
    old = _known(corrects, scene)
    if old.published_at is None:
        raise InputError("correction_of_nothing")
    if wrong not in old.draft.text and wrong not in old.draft.title:
        raise InputError("wrong_not_in_statement", wrong=wrong[:40])


def power_of_release(scene: Scene) -> Power | None:
    """Who releases by the plans attached: the plan of the gravest running response speaks first."""
    running = sorted(scene.incident.responses.values(), key=lambda item: item.level.rank)
    order = [*(item.plan_id for item in running), *scene.plans]
    for plan_id in dict.fromkeys(order):
        power = release_power(scene.plans[plan_id], scene.directory) if plan_id in scene.plans else None
        if power is not None:
            return power
    return None


def approve(
    statement_id: str, version: int, scene: Scene, person: str = "", factor: Factor | None = None
) -> tuple[Event, ...]:
    """One agrees; with the second it is published in the same breath. ``factor``: how the person was checked.

    Raises Refusal for an author or who agreed already (by post or by person), and where neither of the two
    is of those that the plan names; Conflict when it was written anew meanwhile.
    """
    state = _open(statement_id, scene)
    if state.draft.version != version or state.status is StatementStatus.RETURNED:
        raise Conflict("statement_changed")
    people = {item.person for item in state.written if item.person}
    if scene.by in state.authors or (person and person in people):
        raise Refusal("statement_own")
    if any(item.by == scene.by or (person and item.person == person) for item in state.approvals):
        raise Refusal("statement_agreed_already")
    power = power_of_release(scene)
    agreed = StatementApproved(
        statement_id=statement_id,
        version=version,
        person=person,
        source=power.source if power else None,
        factor=factor,
    )
    if len(state.approvals) + 1 < NEEDED:
        return (agreed,)
    signed = {scene.by, *(item.by for item in state.approvals)}
    if power is not None and power.posts and not signed & set(power.posts):
        raise Refusal("release_not_empowered", source=power.source, allowed=titles(power.posts, scene))
    return (agreed, *_publish(state, scene))


def _publish(state: StatementState, scene: Scene) -> tuple[Event, ...]:
    drafted, incident = state.draft, scene.incident
    out = StatementPublished(
        statement_id=drafted.statement_id,
        version=drafted.version,
        number=len(incident.release.published) + 1,
    )
    # A correction or a clarification is not the news that was promised.
    apart = drafted.kind in (StatementKind.CORRECTION, StatementKind.RUMOUR)
    waiting = incident.aftermath.open_matters(MatterKind.FIRST_STATEMENT, MatterKind.NEXT_UPDATE)
    kept = tuple(MatterDone(matter_id=matter_id, result=drafted.title) for matter_id in waiting if not apart)
    if drafted.next_update is None:
        return (out, *kept)
    promised = MatterOpened(
        matter_id=f"m{len(incident.aftermath.matters) + 1}",
        kind=MatterKind.NEXT_UPDATE,
        text=MatterKind.NEXT_UPDATE.value,
        since=scene.now,
        due=max(drafted.next_update, scene.now),
    )
    return (out, *kept, promised)


def give_back(statement_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """An approver wants it written anew."""
    state = _open(statement_id, scene)
    why = check_text(reason, "reason")
    return (StatementReturned(statement_id=statement_id, version=state.draft.version, reason=why),)


def drop(statement_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """It will not be published. What was published is never dropped: it is corrected."""
    _open(statement_id, scene)
    return (StatementDropped(statement_id=statement_id, reason=check_text(reason, "reason")),)


def note_enquiry(question: str, channel: str, caller_ref: str | None, scene: Scene) -> tuple[Event, ...]:
    """A question from outside, in general terms."""
    noted = EnquiryNoted(
        enquiry_id=f"q{len(scene.incident.release.enquiries) + 1}",
        question=check_text(question, "question"),
        channel=check_text(channel, "channel"),
        caller_ref=caller_ref,
    )
    return (noted,)


def answer_enquiry(enquiry_id: str, answer: str, statement_id: str | None, scene: Scene) -> tuple[Event, ...]:
    """It was answered, at best by what was published."""
    state = scene.incident.release.enquiries.get(enquiry_id)
    if state is None:
        raise InputError("enquiry_unknown")
    if state.answered is not None:
        raise Conflict("enquiry_answered")
    if statement_id is not None and _known(statement_id, scene).published_at is None:
        raise InputError("answer_not_published")
    words = answer.strip() if statement_id is not None else check_text(answer, "answer")
    return (EnquiryAnswered(enquiry_id=enquiry_id, answer=words, statement_id=statement_id),)
