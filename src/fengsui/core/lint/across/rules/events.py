"""One event, several plans: which of them applies, and who commands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from fengsui.core.lint.across.context import AcrossContext, PlanHit, elsewhere, place_of, titles
from fengsui.core.lint.across.digest import PlanDigest
from fengsui.core.lint.across.places import subject_of
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import across_rule

_SHARED = (
    (
        r"^(?:生产安全|安全生产)事?故?",
        r"燃气|建筑|施工|建设工程|特种设备|电梯|危险化学品|烟花爆竹|矿|(?<!森林)(?<!草原)火灾|道路交通",
    ),
    (r"^自然灾害救助|^救灾", r"地震|防汛|抗旱|洪|森林|草原|地质灾害|低温|雨雪|冰冻|台风|干旱"),
    (r"公共卫生", r"食品|传染病|中毒|疫苗"),
    (r"突发环境|环境污染|污染", r"^(?:生产安全|安全生产)|危险化学品|危化品"),
)
"""A wider plan, and the special ones whose events it speaks of too: both would be started."""


@across_rule(code="X1", name="two-plans-one-event", severity=Severity.M, basis="plan_management")
def check_shared(across: AcrossContext) -> Iterator[PlanHit]:
    """An event that two plans of one government speak of, and neither says which prevails."""
    for plans in across.by_place.values():
        for wide, special in _SHARED:
            for digest in plans:
                if not re.search(wide, digest.subject) or digest.gives_way:
                    continue
                others = [
                    each
                    for each in plans
                    if each is not digest
                    and re.search(special, each.subject)
                    and not re.search(wide, each.subject)
                    and not _know(digest, each)
                ]
                if others:
                    places = tuple(elsewhere(each) for each in others)
                    data = {"others": titles(others), "count": str(len(others))}
                    yield PlanHit(digest, Hit(at=digest.whole(), data=data, elsewhere=places))


def _know(one: PlanDigest, other: PlanDigest) -> bool:
    """Whether one of two plans names the other, or says in general how plans go together."""
    return (
        other.gives_way
        or any(subject_of(cited.title) == other.subject for cited in one.cited)
        or any(subject_of(cited.title) == one.subject for cited in other.cited)
    )


@across_rule(code="X1", name="two-plans-in-force", severity=Severity.H, basis="plan_management")
def check_twins(across: AcrossContext) -> Iterator[PlanHit]:
    """Two plans of one government on the same subject, both in force."""
    groups: dict[tuple[str, str], list[PlanDigest]] = defaultdict(list)
    for digest in across.plans:
        if digest.subject and (place := place_of(digest)):
            groups[place, digest.subject].append(digest)
    for plans in groups.values():
        if len(plans) > 1:
            newest = max(plans, key=lambda each: (each.issued, each.key))
            for digest in plans:
                if digest is not newest:
                    data = {"other": newest.title, "number": newest.number or newest.issued}
                    yield PlanHit(digest, Hit(at=digest.whole(), data=data, elsewhere=(elsewhere(newest),)))
