"""The same machine, stock or force promised by several plans that may run on one night."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from fengsui.core.lint.across.context import AcrossContext, PlanHit, body_key, elsewhere, titles
from fengsui.core.lint.across.digest import PlanDigest, Promise, Team
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import across_rule
from fengsui.core.plan.named_bodies import parts_of

_MONEY = re.compile(r"元|天|年|月|%|％")
_FIELD = re.compile(r"抢险|救援|抢救|警戒|保卫|疏散|救护|医疗|扑救|治安|转移|搜救|抢修")
_FORCE = re.compile(r"派出所|医院|卫生院|消防|民兵|武装部|救援队|交警|公安|物业|[队站]$")
MOST_LEADS = 5
"""From so many plans on, a force that leads the work in the field of each is promised too often."""


@across_rule(code="X1", name="resource-promised-twice", severity=Severity.M)
def check_promised(across: AcrossContext) -> Iterator[PlanHit]:
    """The same equipment of the same holder, counted by two plans of one government."""
    for plans in across.by_place.values():
        promised: dict[tuple[str, str], list[tuple[PlanDigest, Promise]]] = defaultdict(list)
        for digest in plans:
            for each in digest.promises:
                if not _MONEY.search(each.unit):
                    promised[_thing(each.name), each.unit].append((digest, each))
        for items in promised.values():
            digest, mine = items[0]
            others = [
                (other, theirs)
                for other, theirs in items[1:]
                if other is not digest and _one_holder(digest, mine, other, theirs)
            ]
            if others:
                data = {
                    "name": mine.name,
                    "quantity": f"{mine.quantity}{mine.unit}",
                    "others": titles(each for each, _ in others),
                }
                places = tuple(elsewhere(each, x.at) for each, x in others)
                yield PlanHit(digest, Hit(at=digest.cite(mine.at), data=data, elsewhere=places))


def _thing(name: str) -> str:
    return re.sub(r"\s|（[^（）]*）|\([^()]*\)|^(?:应急|储备|备用|大型|小型)", "", name)


def _one_holder(one: PlanDigest, mine: Promise, other: PlanDigest, theirs: Promise) -> bool:
    if not mine.holder or not theirs.holder:
        return True
    return body_key(mine.holder, one.areas) == body_key(theirs.holder, other.areas)


@across_rule(code="X1", name="force-in-many-plans", severity=Severity.L)
def check_forces(across: AcrossContext) -> Iterator[PlanHit]:
    """One force leads the work in the field of many plans of one government."""
    for plans in across.by_place.values():
        leads: dict[str, dict[str, tuple[PlanDigest, Team, str]]] = defaultdict(dict)
        for digest in plans:
            for team in digest.teams:
                if not team.lead or not _FIELD.search(team.name):
                    continue
                for name in parts_of(team.lead) or (team.lead,):
                    if _FORCE.search(name):
                        leads[body_key(name, digest.areas)].setdefault(digest.key, (digest, team, name))
        for where in leads.values():
            if len(where) >= MOST_LEADS:
                (digest, team, name), *rest = where.values()
                data = {
                    "unit": name,
                    "count": str(len(where)),
                    "others": titles(each for each, _, _ in rest),
                }
                places = tuple(elsewhere(each, x.at) for each, x, _ in rest)
                yield PlanHit(digest, Hit(at=digest.cite(team.at), data=data, elsewhere=places))
