"""What was read, as the flat table of the command contract (EXTRACT).

A derived form for people and other programs; ``codec`` is the form that is read back.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import ActivationAuthority, Headquarters, Termination, WorkGroup
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import Level
from fengsui.core.plan.model import Doubt, DraftPlan, PlanContent
from fengsui.core.plan.reporting import Deadline

Table = dict[str, Any]


def extract_table(draft: DraftPlan) -> Table:
    """EXTRACT of one draft, JSON-ready; every item carries clause, line and quote."""
    content = draft.content
    return {
        "title": content.title,
        "lines": [content.first_line, content.last_line],
        "numbering": content.numbering.value,
        "boundary_rule": content.boundary_rule.text if content.boundary_rule else None,
        "headings": [[heading.number, heading.title] for heading in content.headings],
        "levels": [_level(level) for level in content.levels],
        "activation": [_activation(item) for item in content.activation],
        "termination": [_termination(item) for item in content.termination],
        "deadlines": [_deadline(item) for item in content.deadlines],
        "command": _command(content.command) if content.command else None,
        "units": [unit.name for unit in content.units],
        "groups": [_group(group) for group in content.groups],
        **_upkeep(content),
        "doubts": [_doubt(doubt) for doubt in draft.doubts],
    }


def _upkeep(content: PlanContent) -> Table:
    return {
        "drills": [
            {"every": drill.every, "scope": drill.scope} | _optional(kind=drill.kind) | _place(drill.source)
            for drill in content.drills
        ],
        "revision": [
            {"text": rule.text, "every": rule.every} | _optional(who=rule.who) | _place(rule.source)
            for rule in content.revision
        ],
        "contacts": [
            {"unit": contact.unit, "post": contact.post, "phone": contact.phone} | _place(contact.source)
            for contact in content.contacts
        ],
        "scope": [{"text": item.text} | _place(item.source) for item in content.scope],
        "legal_basis": [{"text": item.text} | _place(item.source) for item in content.legal_basis],
        "measures": [
            {"text": item.text, "who": item.who, "levels": [step.value for step in item.levels]}
            | _optional(hazard=item.hazard, out_of_scope=item.out_of_scope)
            | _place(item.source)
            for item in content.measures
        ],
        "duties": [
            {"unit": duty.unit, "text": duty.text}
            | _optional(out_of_scope=duty.out_of_scope)
            | _place(duty.source)
            for duty in content.duties
        ],
    }


def _place(source: Citation) -> Table:
    return {"clause": source.clause, "line": source.line, "quote": source.quote}


def _optional(**fields: Any) -> Table:
    return {name: value for name, value in fields.items() if value not in (None, False, (), [], "")}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _level(level: Level) -> Table:
    table: Table = {
        "kind": level.kind.value,
        "level": level.level.value,
        "name": level.name,
        "color": level.color,
        "hazard": level.hazard,
        "logic": level.logic.value,
        "criteria": [_criterion(criterion) for criterion in level.criteria],
    }
    table |= _optional(subtype=level.subtype)
    if level.condition is not None:
        table["condition"] = _criterion(level.condition)
    return table | _place(level.source)


def _criterion(criterion: Criterion) -> Table:
    if isinstance(criterion, Threshold):
        return _threshold(criterion)
    if isinstance(criterion, Condition):
        table: Table = {"qualitative": True, "text": criterion.text}
        table |= _optional(
            fact=criterion.fact, out_of_scope=criterion.out_of_scope, potential=criterion.potential
        )
        return table | _place(criterion.source)
    parts = [_criterion(part) for part in criterion.parts]
    if isinstance(criterion, AllOf) and parts:
        first, *others = parts
        return first | {"and_": [*first.get("and_", []), *others]} if others else first
    if isinstance(criterion, AnyOf) and parts:
        first, *others = parts
        return first | {"alternatives": [*first.get("alternatives", []), *others]} if others else first
    return {"qualitative": True, "text": criterion.text} | _place(criterion.source)


def _threshold(criterion: Threshold) -> Table:
    table: Table = {"metric": criterion.fact}
    low, high = criterion.low, criterion.high
    if low is not None and high is not None:
        table |= {"lo": _number(low), "hi": _number(high), "hi_inclusive": bool(criterion.high_included)}
        if criterion.low_included is False:
            table["lo_inclusive"] = False
    elif low is not None:
        table |= {"op": ">" if criterion.low_included is False else ">=", "value": _number(low)}
    elif high is not None:
        table |= {"op": "<=" if criterion.high_included else "<", "value": _number(high)}
    table |= {"unit": criterion.unit, "text": criterion.text}
    table |= _optional(
        window_h=criterion.window_h,
        window_d=criterion.window_d,
        potential=criterion.potential,
        positive=criterion.positive,
        cause_fact=criterion.cause_fact,
    )
    return table | _place(criterion.source)


def _activation(item: ActivationAuthority) -> Table:
    return (
        {
            "level": item.level.value if item.level is not None else None,
            "kind": item.kind.value,
            "authority": item.authority,
            "proposer": item.proposer,
        }
        | _optional(
            approver=item.approver,
            report_to=list(item.report_to),
            hazard=item.hazard,
            delegated=item.delegated,
        )
        | _place(item.source)
    )


def _termination(item: Termination) -> Table:
    return (
        {"authority": item.authority, "proposer": item.proposer, "conditions": list(item.conditions)}
        | _optional(level=item.level.value if item.level is not None else None)
        | _place(item.source)
    )


def _deadline(item: Deadline) -> Table:
    table: Table = {"what": item.what, "who": item.who, "to": list(item.to)}
    table |= _optional(within=item.within, every=item.every, by=item.by)
    table |= {
        "after": item.after,
        "form": item.form.value if item.form else None,
        "levels": [step.value for step in item.levels] or None,
    }
    table |= _optional(condition=item.condition, modal=item.modal, until=item.until)
    return table | {"is_report": item.is_report} | _place(item.source)


def _command(command: Headquarters) -> Table:
    return (
        {
            "name": command.name,
            "commander": command.commander,
            "deputies": list(command.deputies),
            "office": command.office,
        }
        | _optional(aliases=list(command.aliases), office_director=command.office_director)
        | _place(command.source)
    )


def _group(group: WorkGroup) -> Table:
    return (
        {"name": group.name, "lead": group.lead, "members": list(group.members)}
        | _optional(coordinator=group.coordinator, duties=group.duties, out_of_scope=group.out_of_scope)
        | _place(group.source)
    )


def _doubt(doubt: Doubt) -> Table:
    return {
        "about": doubt.about,
        "clause": doubt.source.clause,
        "line": doubt.source.line,
        "text": doubt.text,
        "why": doubt.why,
    }
