"""Units, groups and telephones that several plans name, each in its own way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from fengsui.core.lint.across.context import AcrossContext, PlanHit, bodies_of, body_key, elsewhere, titles
from fengsui.core.lint.across.digest import PlanDigest, Spot, Team
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import across_rule
from fengsui.core.lint.rules._bodies import is_general, is_other_level, same_body

_OFFICE = re.compile(r"[局办所股科室站]$|[^集]中心$")
_SUPPORT = re.compile(
    r"医疗|卫生|医学|治安|安全保卫|警戒|交通管制|善后|宣传|新闻|信息发布|后勤|物资|综合协调|转移|安置|疏散|通信|通讯"
)
_Named = dict[str, dict[str, tuple[PlanDigest, str, Spot]]]
_LEAST_PLANS = 5
"""So many plans with lists of units must be at hand before a unit may be called unknown."""


@across_rule(code="X1", name="unit-known-nowhere-else", severity=Severity.L)
def check_unknown(across: AcrossContext) -> Iterator[PlanHit]:
    """An office with tasks in one plan that no other plan of the same government knows."""
    for plans in across.by_place.values():
        listed = [digest for digest in plans if len(digest.units) >= 3]
        if len(listed) < _LEAST_PLANS:
            continue
        named: _Named = defaultdict(dict)
        for digest in plans:
            for name, spot in _named(digest):
                named[body_key(name, digest.areas)].setdefault(digest.key, (digest, name, spot))
        for key, where in named.items():
            if len(where) > 1 or across.known(key):
                continue
            digest, name, spot = next(iter(where.values()))
            if not _is_office(name, digest) or _like_another(key, named, digest):
                continue
            yield PlanHit(digest, Hit(at=digest.cite(spot), data={"unit": name, "count": str(len(plans))}))


def _named(digest: PlanDigest) -> Iterator[tuple[str, Spot]]:
    for unit in digest.units:
        yield unit.name, unit.at
        for alias in unit.aliases:
            yield alias, unit.at
    for team in digest.teams:
        for name in (*((team.lead,) if team.lead else ()), *team.members):
            yield name, team.at
    if digest.command and digest.command.office:
        yield digest.command.office, digest.command.at
    for edge in digest.edges:
        for name in (*((edge.who,) if edge.who else ()), *edge.to):
            yield name, edge.at


def _is_office(name: str, digest: PlanDigest) -> bool:
    members = {each for unit in digest.units if unit.member for each in (unit.name, *unit.aliases)}
    given = {unit.name for unit in digest.units} | {
        each for team in digest.teams for each in (team.lead or "", *team.members)
    }
    return bool(
        name in given
        and name not in members
        and _OFFICE.search(name)
        and not is_general(name)
        and not is_other_level(name, digest.title)
        and not re.search(r"指挥部|领导小组|委员会|公司|[、，]", name)
    )


def _like_another(key: str, named: _Named, at: PlanDigest) -> bool:
    return any(
        other != key and where.keys() - {at.key} and same_body(key, other, "")
        for other, where in named.items()
    )


@across_rule(code="X1", name="group-led-by-another", severity=Severity.L)
def check_leads(across: AcrossContext) -> Iterator[PlanHit]:
    """A supporting group of one name that another unit leads in another plan of the same government."""
    for plans in across.by_place.values():
        groups: dict[str, list[tuple[PlanDigest, Team]]] = defaultdict(list)
        for digest in plans:
            for team in digest.teams:
                if team.lead and _SUPPORT.search(team.name) and not is_general(team.lead):
                    groups[re.sub(r"^(?:应急|现场)|(?:小?组|队)$", "", team.name)].append((digest, team))
        for teams in groups.values():
            yield from _led_apart(teams)


def _led_apart(teams: list[tuple[PlanDigest, Team]]) -> Iterator[PlanHit]:
    leads = [bodies_of(team.lead, digest.areas) for digest, team in teams]
    for place, (digest, team) in enumerate(teams):
        apart = [
            other
            for index, other in enumerate(teams[:place])
            if other[0] is not digest and not _meet(leads[place], leads[index])
        ]
        if apart and len(apart) == place:  # unlike all before it: one finding for each way of doing it
            data = {
                "group": team.name,
                "lead": team.lead or "",
                "theirs": apart[0][1].lead or "",
                "others": titles(each for each, _ in apart),
            }
            places = tuple(elsewhere(each, x.at) for each, x in apart)
            yield PlanHit(digest, Hit(at=digest.cite(team.at), data=data, elsewhere=places))


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or any(same_body(a, b, "") for a in one for b in other)


@across_rule(code="X1", name="post-with-two-numbers", severity=Severity.M)
def check_phones(across: AcrossContext) -> Iterator[PlanHit]:
    """The telephone of one post that is another one in another plan of the same government."""
    for plans in across.by_place.values():
        lines: dict[tuple[str, str], dict[str, tuple[PlanDigest, Spot, set[str]]]] = defaultdict(dict)
        for digest in plans:
            for line in digest.phones:
                key = (body_key(line.unit, digest.areas), re.sub(r"\s", "", line.post or ""))
                entry = lines[key].setdefault(digest.key, (digest, line.at, set()))
                entry[2].add(re.sub(r"\D", "", line.phone))
        for (_, post), entries in lines.items():
            (first, spot, numbers), *rest = entries.values()
            for digest, at, mine in rest:
                if not mine & numbers:
                    unit = next(x.unit for x in digest.phones if x.at == at)
                    data = {
                        "unit": unit,
                        "post": post,
                        "own": "、".join(sorted(mine)),
                        "theirs": "、".join(sorted(numbers)),
                        "other": first.title,
                    }
                    places = (elsewhere(first, spot),)
                    yield PlanHit(digest, Hit(at=digest.cite(at), data=data, elsewhere=places))
