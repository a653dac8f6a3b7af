"""Plans that cite plans: missing, under an old title, replaced, two titles for one, in a circle."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from fengsui.core.lint.across.context import AcrossContext, PlanHit, elsewhere, place_of, titles
from fengsui.core.lint.across.digest import Cited, PlanDigest
from fengsui.core.lint.across.places import areas_of, own_area, subject_of, unwrapped, worded
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import across_rule

_LEAST_PLANS = 5
"""So many plans of a government must be at hand before one of them may be called missing."""


@across_rule(code="X1", name="cited-plan-missing", severity=Severity.L)
def check_missing(across: AcrossContext) -> Iterator[PlanHit]:
    """A plan of the own government that is cited and is not among its plans, told once."""
    missing: dict[tuple[str, str], list[tuple[PlanDigest, Cited]]] = defaultdict(list)
    for digest in across.plans:
        place = place_of(digest)
        for cited in digest.cited:
            if across.resolve(digest, cited) or subject_of(cited.title) == digest.subject:
                continue
            if not _own(digest, cited.title):
                continue
            if across.complete or len(across.by_place.get(place, ())) >= _LEAST_PLANS:
                missing[place, subject_of(cited.title)].append((digest, cited))
    for items in missing.values():
        digest, cited = items[0]
        places = tuple(elsewhere(each, x.at) for each, x in items[1:] if each is not digest)
        data = {"title": cited.title, "count": str(len({each.key for each, _ in items}))}
        yield PlanHit(digest, Hit(at=digest.cite(cited.at), data=data, elsewhere=places))


def _own(digest: PlanDigest, title: str) -> bool:
    """Whether a cited plan is one of the own government; titles of annexes and kinds of plans are none."""
    areas, subject = areas_of(unwrapped(title)), subject_of(title)
    if (
        len(subject) < 2
        or not digest.areas
        or digest.body
        or re.search(r"^[各本该]|有关|相关|上级|国家", title)
    ):
        return False
    return bool(areas) and own_area(areas) == own_area(digest.areas)


@across_rule(code="X1", name="cited-under-old-title", severity=Severity.L, basis="plan_management")
def check_old_title(across: AcrossContext) -> Iterator[PlanHit]:
    """A plan cited by a title it no longer has."""
    for digest in across.plans:
        for cited in digest.cited:
            plan = across.resolve(digest, cited)
            if plan is None or worded(cited.title) == worded(plan.title):
                continue
            data = {"title": cited.title, "other": plan.title}
            yield PlanHit(digest, Hit(at=digest.cite(cited.at), data=data, elsewhere=(elsewhere(plan),)))


@across_rule(code="X1", name="cited-version-replaced", severity=Severity.M, basis="plan_management")
def check_replaced(across: AcrossContext) -> Iterator[PlanHit]:
    """A plan cited by the number of a version that the one in force has replaced."""
    for digest in across.plans:
        for cited in digest.cited:
            plan = across.resolve(digest, cited)
            if plan is None or not cited.number or not plan.number:
                continue
            if _number(cited.number) == _number(plan.number):
                continue
            data = {"title": cited.title, "number": cited.number, "now": plan.number}
            yield PlanHit(digest, Hit(at=digest.cite(cited.at), data=data, elsewhere=(elsewhere(plan),)))


def _number(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff0-9]|第", "", text)


@across_rule(code="X1", name="one-plan-two-titles", severity=Severity.L)
def check_two_titles(across: AcrossContext) -> Iterator[PlanHit]:
    """One plan that is not at hand, cited under two titles: one of them must be old."""
    cites: dict[tuple[str, str], dict[str, list[tuple[PlanDigest, Cited]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for digest in across.plans:
        for cited in digest.cited:
            areas = areas_of(unwrapped(cited.title))
            if areas and areas != ("国家",) and across.resolve(digest, cited) is None:
                key = (own_area(areas), subject_of(cited.title))
                cites[key][worded(cited.title)].append((digest, cited))
    for ways in cites.values():
        if len(ways) < 2:
            continue
        rare, common = min(ways.values(), key=len), max(reversed(ways.values()), key=len)
        digest, cited = rare[0]
        data = {"title": cited.title, "other": common[0][1].title, "count": str(len(common))}
        places = tuple(elsewhere(each, x.at) for each, x in (*rare[1:], *common))
        yield PlanHit(digest, Hit(at=digest.cite(cited.at), data=data, elsewhere=places))


@across_rule(code="X1", name="plans-rest-on-each-other", severity=Severity.L)
def check_circle(across: AcrossContext) -> Iterator[PlanHit]:
    """Two plans that each name the other as the plan they are made under."""
    based: dict[str, dict[str, Cited]] = defaultdict(dict)
    known = {digest.key: digest for digest in across.plans}
    for digest in across.plans:
        for cited in digest.cited:
            plan = across.resolve(digest, cited) if cited.basis else None
            if plan is not None:
                based[digest.key].setdefault(plan.key, cited)
    for key in list(based):
        circle = _way_back(key, based)
        if circle and min(circle) == key:
            digest, others = known[key], [known[each] for each in circle[1:]]
            cited = based[key][circle[1]]
            places = tuple(elsewhere(each) for each in others)
            data = {"others": titles(others)}
            yield PlanHit(digest, Hit(at=digest.cite(cited.at), data=data, elsewhere=places))


def _way_back(start: str, based: dict[str, dict[str, Cited]]) -> list[str]:
    """The shortest chain of bases that leads from ``start`` back to it; nothing where there is none."""
    before: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        for there in sorted(based.get(here, ())):
            if there == start:
                chain = [here]
                while chain[0] != start:
                    chain.insert(0, before[chain[0]])
                return chain
            if there not in before:
                before[there] = here
                waiting.append(there)
    return []
