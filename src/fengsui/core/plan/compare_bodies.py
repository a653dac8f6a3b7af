"""Comparing who stands where: headquarters, member units, work groups, telephone lines."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from fengsui.core.plan.authority import Contact, Headquarters, PlanUnit, WorkGroup
from fengsui.core.plan.body_match import alike
from fengsui.core.plan.compare_alike import Matched, likeness, match, plain
from fengsui.core.plan.compare_fields import Pair, alone
from fengsui.core.plan.compare_names import Bodies, function_of
from fengsui.core.plan.compare_types import Change, Difference, Weight
from fengsui.core.plan.model import PlanContent

SAME_WORK = 0.6
"""Likeness of all duties of two units from which one is taken for the other under a new name."""


def compare_units(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """Member bodies; a body under a new name is told to ``bodies``, so that it changes nothing else."""
    units = paired_units(before, after, bodies)
    for unit in units.gone:
        yield alone("units", Change.GONE, unit.name, unit.source, about=unit.name)
    for one, other in units.pairs:
        pair = Pair(section="units", about=other.name, before=one.source, after=other.source)
        if plain(one.name) != plain(other.name):
            pair = Pair(section="units", about="", before=one.source, after=other.source)
            weight = Weight.WORDING if bodies.same(one.name, other.name) else Weight.WHO
            yield pair.differs("units_renamed", one.name, other.name, weight, change=Change.RENAMED)
            bodies.rename(one.name, other.name)
        if one.member != other.member:
            change = Change.ADDED if other.member else Change.GONE
            yield pair.differs("unit_member", one.name, other.name, Weight.WHO, change=change)
    for unit in units.added:
        yield alone("units", Change.ADDED, unit.name, unit.source, about=unit.name)


def paired_units(before: PlanContent, after: PlanContent, bodies: Bodies) -> Matched[PlanUnit]:
    """Units of both plans that are one: by name or alias, by a shorter form, by the same duties."""
    work = [_work(content) for content in (before, after)]
    names = [{bodies.key(unit.name) for unit in content.units} for content in (before, after)]

    def score(one: PlanUnit, other: PlanUnit) -> float:
        # A body that the other plan names too was not renamed.
        if bodies.key(one.name) in names[1] or bodies.key(other.name) in names[0]:
            return 0.0
        if alike(function_of(one.name, before.title), function_of(other.name, after.title)):
            return 1.0
        return likeness(work[0].get(plain(one.name), ""), work[1].get(plain(other.name), ""))

    return match(before.units, after.units, lambda unit: bodies.key(unit.name), score, least=SAME_WORK)


def _work(content: PlanContent) -> dict[str, str]:
    """All duties of every unit as one text."""
    found: dict[str, str] = {}
    for duty in content.duties:
        found[plain(duty.unit)] = found.get(plain(duty.unit), "") + duty.text
    return found


def compare_command(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """The headquarters: its name, commander, deputies and office."""
    old, new = before.command, after.command
    if old is None or new is None:
        for hq, change in ((old, Change.GONE), (new, Change.ADDED)):
            if hq is not None:
                yield alone("command", change, hq.name, hq.source)
        return
    pair = Pair(section="command", about=_shorter(old, new), before=old.source, after=new.source)
    if not bodies.same(old.name, new.name):
        yield pair.differs("command_renamed", old.name, new.name, Weight.WHO, change=Change.RENAMED)
    yield from pair.who("command_commander", old.commander, new.commander, bodies)
    yield from pair.all_who("command_deputies", old.deputies, new.deputies, bodies)
    yield from pair.who("command_office", old.office, new.office, bodies)
    yield from pair.who("command_office_director", old.office_director, new.office_director, bodies)


def _shorter(one: Headquarters, other: Headquarters) -> str:
    return min((one.name, other.name), key=lambda name: (len(name), name))


def compare_groups(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """Work groups: lead, coordinator, members, duties."""

    def score(one: WorkGroup, other: WorkGroup) -> float:
        by_name = likeness(one.name.removesuffix("组"), other.name.removesuffix("组"))
        same_lead = bool(one.lead) and bodies.keys(one.lead) == bodies.keys(other.lead)
        by_work = likeness(one.duties, other.duties) if one.duties and other.duties else 0.0
        return max(by_name, by_work, 0.3 * same_lead + 0.5 * max(by_name, by_work))

    groups = match(before.groups, after.groups, lambda group: plain(group.name), score, least=0.55)
    for group in groups.gone:
        yield alone("groups", Change.GONE, group.name, group.source, about=group.name)
    for one, other in groups.pairs:
        yield from _group(one, other, bodies)
    for group in groups.added:
        yield alone("groups", Change.ADDED, group.name, group.source, about=group.name)


def _group(one: WorkGroup, other: WorkGroup, bodies: Bodies) -> Iterator[Difference]:
    about = min((one.name, other.name), key=lambda name: (len(name), name))
    pair = Pair(section="groups", about=about, before=one.source, after=other.source)
    if plain(one.name) != plain(other.name):
        yield pair.differs("groups_renamed", one.name, other.name, Weight.WORDING, change=Change.RENAMED)
    yield from pair.who("group_lead", one.lead, other.lead, bodies)
    yield from pair.who("group_coordinator", one.coordinator, other.coordinator, bodies)
    yield from pair.all_who("group_members", one.members, other.members, bodies)
    yield from pair.words("group_duties", one.duties, other.duties)


def compare_contacts(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """Telephone lines printed in the plan."""

    def where(line: Contact) -> Hashable:
        return (bodies.key(line.unit), plain(line.post or ""))

    def key(line: Contact) -> Hashable:
        return (where(line), plain(line.phone))

    def score(one: Contact, other: Contact) -> float:
        if where(one) == where(other):
            return 1.0
        return 0.6 if plain(one.phone) == plain(other.phone) else 0.0

    lines = match(before.contacts, after.contacts, key, score, least=0.6)
    for one, other in lines.pairs:
        pair = Pair(
            section="contacts", about=min(_line(one), _line(other)), before=one.source, after=other.source
        )
        if plain(one.phone) != plain(other.phone):
            yield pair.differs("contact_phone", one.phone, other.phone, Weight.FIGURE)
        elif where(one) != where(other):
            yield pair.differs("contact_unit", _line(one), _line(other), Weight.WHO)
    for change, items in ((Change.GONE, lines.gone), (Change.ADDED, lines.added)):
        for line in items:
            yield alone("contacts", change, line.phone, line.source, about=_line(line), weight=Weight.FIGURE)


def _line(contact: Contact) -> str:
    return " ".join(part for part in (contact.unit, contact.post or "") if part)
