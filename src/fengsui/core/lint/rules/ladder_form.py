"""The form of a ladder: levels in the wrong order, joined in different ways, or with nothing to measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.ladders import Band, ladders, steps, thresholds_in
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules.thresholds import figure, words_of
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion
from fengsui.core.plan.level import Level, Logic
from fengsui.core.reading.phrases.folded import fold


@rule(code="G5", name="threshold-inverted", severity=Severity.H)
def check_inverted(context: PlanContext) -> Iterator[Hit]:
    """A graver level that begins at a smaller figure than the one below it: a unit or a digit is wrong."""
    for ladder in ladders(context.content):
        for bands in ladder.bands().values():
            pairs = steps(bands)
            wrong = [(lower, upper) for lower, upper in pairs if _falls(lower, upper)]
            if len(wrong) == len(pairs) and not (wrong and wrong[0][0].threshold.unit in ("人", "元")):
                continue  # a figure that grows graver as it falls: visibility, stocks, cold
            for lower, upper in wrong:
                yield Hit(
                    at=upper.threshold.source,
                    others=(lower.threshold.source,),
                    evidence=upper.threshold.text,
                    data={
                        "what": words_of(upper),
                        "upper": upper.level.name,
                        "lower": lower.level.name,
                        "high": figure(upper.threshold.low or Decimal(0), upper.threshold.unit),
                        "low": figure(lower.threshold.low or Decimal(0), lower.threshold.unit),
                    },
                )


def _falls(lower: Band, upper: Band) -> bool:
    low, high = lower.threshold.low, upper.threshold.low
    if low is None or high is None or lower.together or upper.together:
        return False
    return 0 < high < low


@rule(code="G2", name="any-all-mixed", severity=Severity.M)
def check_mixed(context: PlanContext) -> Iterator[Hit]:
    """Levels of one ladder on the same figures, where one needs all of them and the next any one."""
    for ladder in ladders(context.content):
        found = [(level, _facts(level)) for level in ladder.levels]
        alike = [level for level, facts in found if len(facts) > 1 and facts == _usual(found)]
        every = [level for level in alike if level.logic is Logic.ALL]
        some = [level for level in alike if level.logic is Logic.ANY]
        if every and some:
            odd, rest = (every, some) if len(every) <= len(some) else (some, every)
            data = {
                "every": "、".join(level.name for level in every),
                "some": "、".join(level.name for level in some),
            }
            yield Hit(at=odd[0].source, others=tuple(level.source for level in (*odd[1:], *rest)), data=data)


def _facts(level: Level) -> frozenset[str]:
    return frozenset(each.fact for item in level.criteria for each, _ in thresholds_in(item))


def _usual(found: list[tuple[Level, frozenset[str]]]) -> frozenset[str]:
    sets = [facts for _, facts in found if facts]
    return max(sets, key=sets.count) if sets else frozenset()


_VAGUE = re.compile(
    r"^(?:[（(]\d[）)]|\d[.、])?(?:造成|产生|可能造成|引起|有|发生)?(?:了)?"
    r"(?:特别|十分|非常|比较|较|极其|极|很)?(?:严重|重大|较大|恶劣|一定|明显|不良)(?:的)?"
    r"(?:社会|政治|国际|经济)?(?:影响|后果|损失|危害|社会影响)(?:的)?[。；;]?$"
)


@rule(code="G4", name="level-unmeasurable", severity=Severity.M)
def check_unmeasurable(context: PlanContext) -> Iterator[Hit]:
    """A level with nothing but 影响较大, in a ladder whose other levels have figures."""
    for ladder in ladders(context.content):
        measured = [level for level in ladder.levels if _facts(level)]
        for level in ladder.levels:
            vague = bool(level.criteria) and all(_is_vague(each) for each in level.criteria)
            if vague and measured:
                words = "、".join(each.text for each in level.criteria if isinstance(each, Condition))
                at = level.criteria[0].source
                others = (level.source,)
                yield Hit(at=at, others=others, data={"level": level.name, "words": words})


def _is_vague(criterion: Criterion) -> bool:
    if isinstance(criterion, AllOf | AnyOf):
        return all(_is_vague(part) for part in criterion.parts)
    return isinstance(criterion, Condition) and bool(_VAGUE.match(fold(criterion.text).text))
