"""Comparing two plans by meaning (按含义比对): two versions of one plan, or any two plans.

Clauses that moved or were renumbered with equal meaning are no difference; a changed name is told once and
changes nothing else. ``compare(x, x)`` is empty, and ``compare(b, a)`` says the same the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator

from fengsui.core.plan.compare_alike import plain
from fengsui.core.plan.compare_bodies import (
    compare_command,
    compare_contacts,
    compare_groups,
    compare_units,
)
from fengsui.core.plan.compare_clocks import compare_deadlines, compare_drills, compare_revision
from fengsui.core.plan.compare_levels import compare_boundary, compare_levels
from fengsui.core.plan.compare_names import Bodies
from fengsui.core.plan.compare_powers import compare_activation, compare_level_changes, compare_termination
from fengsui.core.plan.compare_texts import (
    compare_duties,
    compare_measures,
    compare_references,
    compare_resources,
    compare_statements,
)
from fengsui.core.plan.compare_types import Difference
from fengsui.core.plan.model import PlanContent

_WITH_LIMITS = ("duty_text", "measure_text", "deadline_what")
SECTIONS = (
    *("levels", "boundary_rule", "activation", "level_changes", "termination", "deadlines"),
    *("command", "units", "groups"),
    *("duties", "measures", "resources", "supports", "drills", "trainings", "revision", "contacts"),
    *("references", "scope", "principles"),
)
"""Sections in the order in which differences are told: what a response depends on comes first."""


def compare(before: PlanContent, after: PlanContent) -> tuple[Difference, ...]:
    """Every difference of meaning, by section in the order of SECTIONS, then in the order of the plan."""
    found = _told_once(list(dict.fromkeys(_all(before, after))))
    # Stable: within a section the order of the plan stays.
    found.sort(key=lambda difference: SECTIONS.index(difference.section))
    return tuple(found)


def _told_once(found: list[Difference]) -> list[Difference]:
    """Without changed texts whose whole change is a limit that is told as a deadline."""
    limits: dict[tuple[int, int], list[Difference]] = {}
    for each in found:
        if each.code == "deadline_limit" and each.before and each.after:
            limits.setdefault((each.before.source.line, each.after.source.line), []).append(each)
    return [each for each in found if each.code not in _WITH_LIMITS or not _only_limits(each, limits)]


def _only_limits(text: Difference, limits: dict[tuple[int, int], list[Difference]]) -> bool:
    assert text.before
    assert text.after
    old, new = plain(text.before.text), plain(text.after.text)
    for limit in limits.get((text.before.source.line, text.after.source.line), ()):
        assert limit.before
        assert limit.after
        old = old.replace(plain(limit.before.text), "\0")
        new = new.replace(plain(limit.after.text), "\0")
    return old == new


def _all(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    bodies = Bodies(before, after)
    # Units first: a new name of a unit is told there and is no difference anywhere else.
    yield from list(compare_units(before, after, bodies))
    yield from compare_boundary(before, after)
    yield from compare_levels(before, after)
    yield from compare_activation(before, after, bodies)
    yield from compare_level_changes(before, after, bodies)
    yield from compare_termination(before, after, bodies)
    yield from compare_deadlines(before, after, bodies)
    yield from compare_command(before, after, bodies)
    yield from compare_groups(before, after, bodies)
    yield from compare_duties(before, after, bodies)
    yield from compare_measures(before, after, bodies)
    yield from compare_drills(before, after)
    yield from compare_revision(before, after, bodies)
    yield from compare_contacts(before, after, bodies)
    yield from compare_references(before, after)
    yield from compare_resources(before, after)
    yield from compare_statements(before, after)
