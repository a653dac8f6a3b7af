"""Bodies of a plan in the flat JSON shape of the command contract (``fengsui extract``)."""

from __future__ import annotations

from typing import Any

from fengsui.core.plan.authority import Contact, Duty, Headquarters, PlanUnit, WorkGroup


def command_to_json(command: Headquarters | None) -> dict[str, Any] | None:
    """``command`` of the contract; None where the plan names no command body."""
    if command is None:
        return None
    return {
        "name": command.name,
        "aliases": list(command.aliases),
        "commander": command.commander,
        "deputies": list(command.deputies),
        "office": command.office,
        "office_director": command.office_director,
        **command.source.as_row(),
    }


def units_to_json(units: tuple[PlanUnit, ...]) -> list[str]:
    """Names of the member bodies; of the bodies with duties where the plan lists no members."""
    members = [unit.name for unit in units if unit.member]
    return members or [unit.name for unit in units]


def group_to_json(group: WorkGroup) -> dict[str, Any]:
    """One work group; ``out_of_scope`` only where it is shown and never run."""
    data: dict[str, Any] = {
        "name": group.name,
        "lead": group.lead,
        "members": list(group.members),
        "duties": group.duties,
        **group.source.as_row(),
    }
    if group.coordinator:
        data["coordinator"] = group.coordinator
    if group.out_of_scope:
        data["out_of_scope"] = True
    return data


def duty_to_json(duty: Duty) -> dict[str, Any]:
    """One duty line of one body."""
    data: dict[str, Any] = {"unit": duty.unit, "text": duty.text, **duty.source.as_row()}
    if duty.out_of_scope:
        data["out_of_scope"] = True
    return data


def contact_to_json(contact: Contact) -> dict[str, Any]:
    """One telephone line."""
    return {"unit": contact.unit, "post": contact.post, "phone": contact.phone, **contact.source.as_row()}
