"""Who decides: two ladders under one name, another organ than the upper plan says, one post for all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from fengsui.core.lint.across.context import AcrossContext, PlanHit, elsewhere, place_of, titles
from fengsui.core.lint.across.digest import Command, PlanDigest, Power
from fengsui.core.lint.across.places import own_area
from fengsui.core.lint.bodies import rank
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import across_rule
from fengsui.core.plan.compare_linkage import organ_of
from fengsui.core.plan.level import LadderKind
from fengsui.core.plan.named_bodies import parts_of

_RESPONSE = LadderKind.RESPONSE.value
_LEVEL_WORD = (
    (5, re.compile(r"^(?:国务院|国家)")),
    (4, re.compile(r"^(?:省|自治区|兵团)")),
    (3, re.compile(r"^(?:市|州|师市?|地区)(?!场|容|民)")),
    (2, re.compile(r"^(?:县|区|旗|团)(?!委|队|员|域)")),
    (1, re.compile(r"^(?:乡|镇|街道)")),
)
_ROMAN = {"I": "Ⅰ级", "II": "Ⅱ级", "III": "Ⅲ级", "IV": "Ⅳ级", "V": "Ⅴ级"}
_SPECIAL = re.compile(r"专项|相关指挥|有关指挥|相应指挥|各.{0,6}指挥")
_HEAD = re.compile(r"(?<!副)([省州市县区旗乡镇团师])长")
MOST_COMMANDS = 3
"""From so many plans on, one post that commands them all needs a substitute in writing."""


def rank_of(name: str) -> int:
    """The rank of the area a body belongs to, 5 the state … 1 a township; 0 where its name says none."""
    return next((value for value, words in _LEVEL_WORD if words.match(name)), 0) or rank(name)


@across_rule(code="X1", name="level-label-clash", severity=Severity.M)
def check_labels(across: AcrossContext) -> Iterator[PlanHit]:
    """A level of the response that one plan gives to its own government and another to one above."""
    for plans in across.by_place.values():
        own = rank(own_area(plans[0].areas))
        if not own:
            continue
        found: dict[str, list[tuple[PlanDigest, Power]]] = defaultdict(list)
        inside: dict[str, list[tuple[PlanDigest, Power]]] = defaultdict(list)
        for digest in plans:
            for step, power, is_above in _whose(digest, own):
                if is_above:
                    found[digest.key].append((digest, power))
                else:
                    inside[step].append((digest, power))
        for powers in found.values():
            clash = [(each, power) for each, power in powers if power.step and inside[power.step]]
            if clash:
                yield _clash(clash, inside)


def _clash(
    clash: list[tuple[PlanDigest, Power]], inside: dict[str, list[tuple[PlanDigest, Power]]]
) -> PlanHit:
    digest, power = clash[0]
    theirs = inside[power.step or ""]
    data = {
        "level": "、".join(dict.fromkeys(_ROMAN[each.step or "I"] for _, each in clash)),
        "first": _ROMAN[power.step or "I"],
        "who": power.who,
        "others": titles(each for each, _ in theirs),
        "theirs": theirs[0][1].who,
    }
    others = tuple(digest.cite(each.at) for _, each in clash[1:])
    places = tuple(elsewhere(each, x.at) for each, x in theirs)
    return PlanHit(digest, Hit(at=digest.cite(power.at), others=others, data=data, elsewhere=places))


def _whose(digest: PlanDigest, own: int) -> Iterator[tuple[str, Power, bool]]:
    """Each level of the response with whether a body above the plan's own government starts it."""
    for (kind, step), powers in _by_level(digest).items():
        ranks = {rank_of(part) for power in powers for part in _each(power.who)}
        if kind != _RESPONSE or powers[0].delegated:
            continue
        if all(value > own for value in ranks):
            yield step, powers[0], True
        elif all(value <= own for value in ranks):
            yield step, powers[0], False


def _each(phrase: str) -> tuple[str, ...]:
    return parts_of(phrase) or (phrase,)


@across_rule(code="X1", name="decides-otherwise-than-upper", severity=Severity.M, basis="plan_management")
def check_powers(across: AcrossContext) -> Iterator[PlanHit]:
    """A level that another kind of organ starts than the overall plan of the same government says."""
    for pair in across.linked:
        if not pair.upper.overall or place_of(pair.upper) != place_of(pair.lower):
            continue
        found: list[tuple[Power, Power]] = []
        theirs, own = _by_level(pair.upper), _by_level(pair.lower)
        for key, powers in theirs.items():
            if not any(_SPECIAL.search(power.who) for power in powers):
                continue  # it speaks of its own response, not of those of special plans
            mine = own.get(key, [])
            kinds = {organ_of(part) for power in powers for part in _each(power.who)} - {""}
            others = {organ_of(part) for power in mine for part in _each(power.who)} - {""}
            if kinds and others and not kinds & others and not any(power.delegated for power in mine):
                found.append((mine[0], powers[0]))
        if found:
            first, other = found[0]
            data = {
                "levels": "、".join(_ROMAN[power.step or "I"] for power, _ in found),
                "who": first.who,
                "theirs": other.who,
                "other": pair.upper.title,
            }
            lower, upper = pair.lower, pair.upper
            others_here = tuple(lower.cite(power.at) for power, _ in found[1:])
            places = tuple(elsewhere(upper, power.at) for _, power in found)
            yield PlanHit(
                lower, Hit(at=lower.cite(first.at), others=others_here, data=data, elsewhere=places)
            )


def _by_level(digest: PlanDigest) -> dict[tuple[str, str], list[Power]]:
    found: dict[tuple[str, str], list[Power]] = defaultdict(list)
    for power in digest.powers:
        if power.step is not None:
            found[power.kind, power.step].append(power)
    return found


@across_rule(code="X1", name="commander-of-many", severity=Severity.M)
def check_commanders(across: AcrossContext) -> Iterator[PlanHit]:
    """One post commands many plans, and no clause of them says who stands in for it."""
    for plans in across.by_place.values():
        if any(each.overall and each.command and each.command.substitute for each in plans):
            continue  # the overall plan says who stands in, for all
        held: dict[str, list[tuple[PlanDigest, Command]]] = defaultdict(list)
        for digest in plans:
            if digest.command and digest.command.commander and not digest.command.substitute:
                held[_post(digest.command.commander)].append((digest, digest.command))
        for post, commands in held.items():
            if post and len(commands) >= MOST_COMMANDS:
                digest, command = commands[0]
                rest = commands[1:]
                data = {
                    "who": post,
                    "count": str(len(commands)),
                    "others": titles(each for each, _ in rest),
                }
                places = tuple(elsewhere(each, x.at) for each, x in rest)
                yield PlanHit(digest, Hit(at=digest.cite(command.at), data=data, elsewhere=places))


def _post(commander: str) -> str:
    """The post as one word: the head of the government where it is he, else as printed."""
    head = _HEAD.search(commander)
    text = re.sub(r"\s|（[^（）]*）|\([^()]*\)", "", commander)
    return f"{head[1]}长" if head else text
