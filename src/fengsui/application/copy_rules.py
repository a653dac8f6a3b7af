"""To whom a report is copied by the class of the event (抄送), as rules of the installation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fengsui.core.directory import Directory, Jurisdiction, Unit
from fengsui.core.plan.model import Plan
from fengsui.core.response.incident import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRule:
    """One class of events and the bodies that get a copy; words as in ``reporting.toml``."""

    name: str
    zh: str
    en: str
    words: tuple[str, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A body to copy to: ``unit`` None where the directory lacks it; ``rule`` and ``word`` say why."""

    name: str
    unit: str | None
    rule: CopyRule
    word: str


def copies_for(
    rules: Iterable[CopyRule], incident: Incident, plans: Iterable[Plan], directory: Directory
) -> tuple[Copy, ...]:
    """The bodies to copy to, each once; a body the directory lacks under the first word of its rule."""
    said = f"{incident.opened.title} {incident.opened.what}"
    # Hazards a plan lists are all it may ever be used for: they say nothing of this incident.
    subjects = " ".join([*(plan.content.title for plan in plans), said])
    found: dict[str, Copy] = {}
    for rule in rules:
        word = next((word for word in rule.words if word in subjects), None)
        if word is None:
            continue
        units = _units(rule, directory, incident.opened.place_code)
        for unit in units:
            found.setdefault(unit.name, Copy(name=unit.name, unit=unit.id, rule=rule, word=word))
        if not units and not any(copy.rule.bodies == rule.bodies for copy in found.values()):
            found.setdefault(rule.bodies[0], Copy(name=rule.bodies[0], unit=None, rule=rule, word=word))
    return tuple(found.values())


def _units(rule: CopyRule, directory: Directory, place_code: str) -> list[Unit]:
    """Bodies of that kind that govern the place, those of the smallest area first."""
    governing = [
        unit
        for unit in directory.units
        if Jurisdiction(code=unit.jurisdiction, name="").covers(place_code)
        and any(word in name for word in rule.bodies for name in (unit.name, *unit.aliases))
    ]
    return sorted(governing, key=lambda unit: (-len(unit.jurisdiction.rstrip("0")), unit.name))
