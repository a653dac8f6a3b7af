"""Criteria beyond one figure: scope clause, law, copies, names, hazards and services without a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.fact import spec_of
from fengsui.core.lint.bodies import UNDIVIDED, plain
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.ladders import Band, ladders, thresholds_in
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules.thresholds import figure
from fengsui.core.plan.criterion import Condition, Criterion, Threshold
from fengsui.core.plan.level import LadderKind
from fengsui.core.reading.extract.criteria_make import Item
from fengsui.core.reading.extract.criteria_parse import parse_item
from fengsui.core.reading.phrases.folded import fold


@rule(code="G1", name="scope-and-levels-differ", severity=Severity.H)
def check_scope(context: PlanContext) -> Iterator[Hit]:
    """The figure at which the plan begins to apply is not one at which any of its levels begins."""
    content = context.content
    for statement in content.scope:
        source = statement.source
        item = Item(fold(statement.text), lambda start, end, place=source: place)  # type: ignore[misc]
        wanted = [each for made in parse_item(item, content.boundary_rule).criteria for each in lows(made)]
        for ladder in ladders(content)[:1]:
            by_fact = {key[0]: bands for key, bands in ladder.bands().items()}
            for scope in wanted:
                hit = _scope_hit(scope, by_fact.get(scope.fact, []))
                if hit is not None:
                    yield hit


def lows(criterion: Criterion) -> Iterator[Threshold]:
    """The thresholds of a criterion that are lower bounds alone."""
    for threshold, _ in thresholds_in(criterion):
        if threshold.low is not None and threshold.high is None:
            yield threshold


def _scope_hit(scope: Threshold, bands: list[Band]) -> Hit | None:
    starts = [band for band in bands if band.threshold.low is not None]
    if scope.low is None or not starts or any(band.threshold.low == scope.low for band in starts):
        return None
    band = starts[0]
    low = band.threshold.low
    assert low is not None
    held = band.threshold.high is None or scope.low < band.threshold.high
    if low < scope.low and not held:
        return None
    unit = scope.unit
    data = {"what": spec_of(scope.fact, unit).zh, "scope": figure(scope.low, unit), "level": band.level.name}
    return Hit(
        at=band.threshold.source,
        others=(scope.source,),
        evidence=band.threshold.text,
        data={**data, "low": figure(low, unit)},
    )


DEATHS = ("deaths", "deaths_or_missing")

_OLD_NAMES = re.compile(r"^(?:特大|大|小)(?:型)?(?:事故|事件|灾害|险情)")


@rule(code="G6", name="level-names-not-legal", severity=Severity.H, basis="response_law")
def check_names(context: PlanContext) -> Iterator[Hit]:
    """Grades called 特大, 大, 小 instead of the four names of the law."""
    for ladder in ladders(context.content):
        odd = [level for level in ladder.levels if _OLD_NAMES.match(level.name)]
        if ladder.kind is LadderKind.EVENT_GRADE and len(odd) > 1:
            names = "、".join(level.name for level in odd)
            yield Hit(
                at=odd[-1].source, others=tuple(each.source for each in odd[:-1]), data={"names": names}
            )


@rule(code="G5", name="level-names-alike", severity=Severity.L)
def check_names_alike(context: PlanContext) -> Iterator[Hit]:
    """Every grade carries the name of one of the four (重大), so that the word no longer tells the grade."""
    for ladder in ladders(context.content):
        if ladder.kind is not LadderKind.EVENT_GRADE or len(ladder.levels) < 3:
            continue
        bare = {re.sub(r"[一二三四ⅠⅡⅢⅣIV]+级|[（(].*?[）)]", "", level.name) for level in ladder.levels}
        if len(bare) == 1 and re.match(r"特别重大|重大|较大|一般", next(iter(bare))):
            top, name = ladder.levels[-1], next(iter(bare))
            lead = tuple(
                context.outline.cite(section, paragraph)
                for section, paragraph in context.paragraphs()
                if 0 < top.source.line - paragraph.first_line <= 8 and name in plain(paragraph.text)
            )
            yield Hit(at=top.source, others=lead, data={"name": name})


_GRADE_WORDS = re.compile(
    r"(?:特别重大|重大|较大|一般)[^，。；]{0,12}(?:事故|事件|灾害)?.{0,8}(?:对应|相应)"
    r"|^[一二三四ⅠⅡⅢⅣIV]+级[（(](?:[一二三四]级)?(?:特别重大|重大|较大|一般)[）)]$"
)


@rule(code="G2", name="warning-repeats-grade", severity=Severity.M)
def check_warning(context: PlanContext) -> Iterator[Hit]:
    """A warning level that is the grade of an accident which has happened already: it warns of nothing."""
    for ladder in ladders(context.content):
        if ladder.kind is not LadderKind.WARNING:
            continue
        found = [
            level
            for level in ladder.levels
            if len(level.criteria) == 1
            and isinstance(level.criteria[0], Condition)
            and not level.criteria[0].potential
            and _GRADE_WORDS.search(fold(level.criteria[0].text).text)
        ]
        if len(found) > 1:
            at = min((level.source for level in found), key=lambda source: source.line)
            yield Hit(at=at, others=tuple(level.source for level in found))


@rule(code="G4", name="warning-without-levels", severity=Severity.H, basis="response_law")
def check_warning_levels(context: PlanContext) -> Iterator[Hit]:
    """Somebody issues warnings, but the plan has no warning level at all."""
    content = context.content
    if any(level.kind is LadderKind.WARNING for level in content.levels):
        return
    text = fold("".join(line.text for line in context.lines)).text
    if re.search(r"[红橙黄蓝]色|预警(?:级别|分级|等级)|[一二三四ⅠⅡⅢⅣIV]级预警", text):
        return
    for power in content.activation:
        quote = re.sub(r"\s", "", power.source.quote)
        if power.kind is LadderKind.WARNING and power.level is None and not re.search(UNDIVIDED, quote):
            yield Hit(at=power.source, data={"who": power.authority})
            return


_ELSEWHERE = re.compile(r"附件|附录|附表|按照?[^。]{0,20}(?:规定|标准)")
"""The criteria stand elsewhere."""


def _points_elsewhere(context: PlanContext, line: int) -> bool:
    """Whether the section that holds ``line`` goes on to say where the criteria stand."""
    for section in context.outline.sections():
        texts = [p.text for p in section.paragraphs if p.first_line >= line]
        if texts and any(p.first_line <= line <= p.last_line for p in section.paragraphs):
            return any(re.search(r"标准|分级|级别", text) and _ELSEWHERE.search(text) for text in texts)
    return False


@rule(code="G4", name="levels-without-criteria", severity=Severity.M)
def check_no_criteria(context: PlanContext) -> Iterator[Hit]:
    """A scale of warnings or grades that the plan names and for which it gives no criterion."""
    if "总体" in context.content.title:
        return  # an overall plan leaves the criteria to the special plans
    for ladder in ladders(context.content):
        if ladder.kind is not LadderKind.RESPONSE and not any(x.criteria for x in ladder.levels):
            top = ladder.levels[-1]
            if _ELSEWHERE.search(top.source.quote) or _points_elsewhere(context, top.source.line):
                continue
            yield Hit(at=top.source, data={"names": "、".join(level.name for level in ladder.levels)})


_FLOOD_CAUSES = re.compile(r"溃坝|垮坝|决口|水闸|融雪|积雪.{0,6}融化|河流洪水|江河洪水|水库险情|冰凌")
_ONLY_RAIN = re.compile(r"rainfall|precipitation|drought|drinking")


@rule(code="G4", name="hazard-without-criterion", severity=Severity.H)
def check_hazards(context: PlanContext) -> Iterator[Hit]:
    """The scope names floods that do not come from rain, and only rain has figures."""
    flood = [level for level in context.content.levels if level.hazard in (None, "洪涝", "防汛")]
    facts = {each.fact for level in flood for item in level.criteria for each, _ in thresholds_in(item)}
    if not facts or not all(_ONLY_RAIN.match(fact) for fact in facts):
        return
    if not any(fact.startswith(("rainfall", "precipitation")) for fact in facts):
        return
    for statement in context.content.scope:
        named = dict.fromkeys(_FLOOD_CAUSES.findall(statement.text))
        if named:
            yield Hit(at=statement.source, data={"hazards": "、".join(named)})
            return


_SERVICES = re.compile(r"燃气|供水|供电|供热|大面积停电|通信保障")
_OUTAGE = re.compile(r"大面积停[气水电热]|停[气水电热](?:事故|范围|区域|用户)|(?:供应|供[气水电热])中断")
_HARM = re.compile(r"^(?:deaths|missing|injured|poisoned|economic_loss)")


@rule(code="G1", name="outage-without-criterion", severity=Severity.H)
def check_outage(context: PlanContext) -> Iterator[Hit]:
    """A supply plan with measures for an outage, while its levels count only casualties and loss."""
    if not _SERVICES.search(context.content.title):
        return
    for ladder in ladders(context.content):
        facts = {key[0] for key in ladder.bands()}
        open_ = any(isinstance(item, Condition) for level in ladder.levels for item in level.criteria)
        if open_ or not facts or not all(_HARM.match(fact) for fact in facts):
            continue
        for section, paragraph in context.paragraphs():
            found = _OUTAGE.search(fold(paragraph.text).text)
            if found:
                lowest = ladder.levels[0].criteria[0].source
                there = context.outline.cite(section, paragraph)
                yield Hit(at=lowest, others=(there,), data={"words": found[0]})
                return


_KINDS = ("客运索道", "大型游乐设施", "电梯", "起重机械", "锅炉", "压力容器", "压力管道")


@rule(code="G1", name="equipment-without-criterion", severity=Severity.H, basis="order549")
def check_equipment(context: PlanContext) -> Iterator[Hit]:
    """A kind of special equipment that the plan covers and that no criterion mentions."""
    if "特种设备" not in context.content.title:
        return
    text = fold("".join(line.text for line in context.lines)).text
    for ladder in ladders(context.content):
        said = {item.source.line: item for level in ladder.levels for item in level.criteria}
        quotes = fold("".join(item.source.quote + item.text for item in said.values())).text
        lift = next((item for item in said.values() if re.search("电梯|起重|锅炉", item.text)), None)
        absent = [kind for kind in _KINDS if kind in text and kind not in quotes]
        if lift is not None and absent and ladder.kind is LadderKind.EVENT_GRADE:
            last = ladder.levels[0].criteria
            at = next((item.source for item in last if "电梯" in item.text), last[-1].source)
            yield Hit(at=at, data={"kinds": "、".join(absent)})


_POISONED = re.compile("中毒")


@rule(code="G5", name="injury-words-inverted", severity=Severity.M, basis="order493")
def check_injury_words(context: PlanContext) -> Iterator[Hit]:
    """中毒（重伤） for what the law calls 重伤（包括急性工业中毒）."""
    found = [
        context.outline.cite(section, paragraph, *match.span())
        for section, paragraph in context.outline.paragraphs_having(_POISONED)
        if (match := re.search(r"中毒\s*[（(]\s*(?:含|包括)?重伤", paragraph.text))
    ]
    if found:
        yield Hit(at=found[0], others=tuple(found[1:]))


@rule(code="G6", name="poisoning-not-counted", severity=Severity.M, basis="order493")
def check_poisoning(context: PlanContext) -> Iterator[Hit]:
    """A plan on gas or chemicals that counts the injured and not the poisoned."""
    if not re.search(r"燃气|危险化学品|有限空间|煤气", context.content.title):
        return
    for ladder in ladders(context.content):
        bands = ladder.bands()
        serious = [band for key, each in bands.items() if key[0] == "injured_serious" for band in each]
        if ladder.kind is LadderKind.EVENT_GRADE and len(serious) > 1:
            quotes = "".join(band.threshold.source.quote for band in serious)
            if "中毒" not in quotes and not any("poison" in key[0] for key in bands):
                yield Hit(at=serious[0].threshold.source)


@rule(code="G5", name="area-differs", severity=Severity.M)
def check_area(context: PlanContext) -> Iterator[Hit]:
    """Levels of one ladder that count one figure over different areas without saying why."""
    for ladder in ladders(context.content):
        for bands in ladder.bands().values():
            areas = [(re.sub(r"[\d.]+.*", "", fold(band.threshold.text).text), band) for band in bands]
            counts = [area for area, _ in areas]
            odd = [(area, band) for area, band in areas if counts.count(area) == 1]
            usual = max(counts, key=counts.count)
            limited = re.search(r"周边|相邻|附近|毗邻|境内|辖区", usual)
            if len(bands) < 3 or len(odd) != 1 or not limited:
                continue
            others = tuple(band.threshold.source for _, band in areas if band is not odd[0][1])
            data = {"usual": usual, "here": odd[0][0], "level": odd[0][1].level.name}
            yield Hit(at=odd[0][1].threshold.source, others=others, data=data)


@rule(code="G1", name="deaths-only-above", severity=Severity.M)
def check_deaths(context: PlanContext) -> Iterator[Hit]:
    """Deaths count for the upper levels and not for the two below: one death jumps over both."""
    for ladder in ladders(context.content):
        bands = ladder.bands()
        for key, each in bands.items():
            held = {band.level.level for band in each}
            below = [level for level in ladder.levels if level.level not in held and level.criteria]
            lower = all(level.level.rank > max(step.rank for step in held) for level in below)
            if key[0] in DEATHS and len(held) > 1 and len(below) > 1 and lower and len(bands) > 2:
                data = {"levels": "、".join(level.name for level in below)}
                lowest = each[0].threshold
                others = tuple(band.threshold.source for band in each[1:])
                yield Hit(at=lowest.source, others=others, data=data)


_JOINED = re.compile(r"且|并且|同时|均|全部|都|之一|或|以及|和|下列条件时")


_NUMBERED_CONDITIONS = re.compile(
    r"(?:标准|条件)[^(（]{0,10}[:：。,，]?\(1\)(.*?)[;；。](?:\(2\))(.*?)(?:。|$)"
)


@rule(code="G2", name="end-conditions-unjoined", severity=Severity.M)
def check_end_conditions(context: PlanContext) -> Iterator[Hit]:
    """Several numbered conditions for ending the response and no word on whether one suffices."""
    for section, paragraph in context.paragraphs():
        text = fold(paragraph.text).text
        found = _NUMBERED_CONDITIONS.search(text) if "(1)" in text else None
        if not found:
            continue
        path = "".join(each.title for each in context.outline.path_to(section))
        ends = re.search(r"结束|终止", path + text[: found.start() + 8])
        if ends and not _JOINED.search(text[: found.end()]):
            yield Hit(at=context.outline.cite(section, paragraph))
            return
