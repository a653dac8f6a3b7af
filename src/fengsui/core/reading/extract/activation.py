"""Who may start a response or publish a warning (启动权限、预警发布权限).

A sentence that says who *decides* (由X决定启动, 报X批准后启动) outranks one in which a body merely starts
something (X启动预案): the latter counts only for levels no other sentence speaks of. A body that starts
only its own, unnamed plan (启动相应预案, 本单位预案) holds no power of this plan and is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from fengsui.core.plan.authority import ActivationAuthority
from fengsui.core.plan.level import LadderKind, step
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.power_acts import power_by_acts
from fengsui.core.reading.extract.power_conditions import with_conditions
from fengsui.core.reading.extract.power_context import (
    is_about_start,
    is_aside,
    is_condition,
    is_fitting_level,
    is_of_this_level,
    is_own_plan,
    is_unread,
    kind_of,
    names_own_ladder,
    names_start,
    power_of_commander,
    power_of_duty,
    speaks_of_plan,
    target_of,
)
from fengsui.core.reading.extract.power_forms import in_common_words
from fengsui.core.reading.extract.power_labels import power_of_label
from fengsui.core.reading.extract.power_levels import LevelNames, levels_in
from fengsui.core.reading.extract.power_parts import level_parts, without_exception
from fengsui.core.reading.extract.power_tables import powers_of_tables
from fengsui.core.reading.extract.power_text import Sentence, clean_body, sentences_having
from fengsui.core.reading.extract.power_verbs import Power, proposer_in, read_power
from fengsui.core.reading.outline import Outline

_SPEAKS_OF_POWER = re.compile(
    r"级[^，。；：—]{0,8}(?:——|：)|[级色](?:响应|预警)?，[^，。；\n]{2,12}[；。]|：(?:[ⅠⅡⅢⅣ一二三四]级|I)|启动|进入|发布|决定|签发|批准|审批|签署|提出|报告|报请|建议|由|作出|做出"
)
_DECIDING = re.compile("启动|发布|决定|签发|批准|审批|签署|同意|审定|核准|作出|做出")
_ACTING = re.compile(
    "批准|审批|审定|核准|核定|同意|批复|认可|决定|确定|决策|定夺|拍板|批示|授权|通过|确认|签发|签署|签字|审签|宣布|下达|下令|发出"
)
# 视情启动Ⅲ级、Ⅳ级响应: may start besides whoever must.
_AT_DISCRETION = re.compile(r"(?:视情况?|根据(?:情况|需要)|必要时)[^，。；]{0,12}启动")
_HAZARDS = (("洪涝", re.compile("汛|洪|涝")), ("干旱", re.compile("旱")))


# 尚未达到一般事件标准的，县政府也可启动: that level is not started.
_NOT_REACHED = re.compile("(?:未|不|没有)(?:达到|够|构成)[^，。；]{0,16}(?:标准|条件|级别|事件|等级)")


@dataclass(frozen=True, slots=True)
class _Found:
    item: ActivationAuthority
    strong: bool
    beside: bool = False


@dataclass(frozen=True, slots=True)
class _Gap:
    """What a sentence starts without naming who (``no_authority``), or without our reading who."""

    sentence: Sentence
    kind: LadderKind
    levels: tuple[str, ...]
    why: str = "no_authority"


def extract_activation(outline: Outline) -> Extracted[ActivationAuthority]:
    """Who starts which level, with a doubt for each level that is started by nobody named."""
    names = LevelNames.of(outline)
    found: list[_Found] = []
    gaps: list[_Gap] = []
    proposal: tuple[Sentence, str, str] | None = None
    tabled = powers_of_tables(outline, names)
    for sentence in sentences_having(outline, _SPEAKS_OF_POWER):  # no form below fits any other
        cell = sentence.paragraph.cell
        if cell is not None and cell.table in tabled.tables:
            continue  # a row is read as a row, not once more as the sentence of its cell
        for part in map(without_exception, level_parts(in_common_words(_unlabelled(sentence.text)))):
            proposed = proposer_in(part)[0]
            if proposed:
                proposal = (sentence, part, proposed)
            before = _just_started(sentence, gaps)
            new, gap = _read(sentence, part, names, proposal, before)
            found += new
            if gap is not None:
                gaps.append(gap)
    items = _settle([*found, *(_Found(item, strong=True) for item in tabled.items)])
    return Extracted(with_conditions(items, outline, names), (*_doubts(gaps, items), *tabled.doubts))


def _unlabelled(text: str) -> str:
    # 启动：县指挥部指挥长启动: an item that says what it is about.
    return text[3:] if text.startswith("启动：") else text


def _just_started(sentence: Sentence, gaps: list[_Gap]) -> tuple[str, ...]:
    """The levels the sentence before starts without saying who: 启动Ⅰ级响应。由县指挥部组织实施."""
    if not gaps or gaps[-1].sentence.paragraph is not sentence.paragraph:
        return ()
    last = gaps[-1]
    return last.levels if sentence.order - last.sentence.order == 1 and len(last.levels) < 4 else ()


def _proposer(sentence: Sentence, part: str, proposal: tuple[Sentence, str, str] | None) -> str | None:
    """Who proposed just before, if it was about the same levels: 甲提出建议；乙决定启动."""
    if (
        proposal is None
        or proposal[0].section is not sentence.section
        or sentence.order - proposal[0].order > 2
    ):
        return None
    mine, theirs = set(levels_in(part)), set(levels_in(proposal[1]))
    return proposal[2] if not (mine and theirs) or mine & theirs else None


def _read(
    sentence: Sentence,
    part: str,
    names: LevelNames,
    proposal: tuple[Sentence, str, str] | None,
    before: tuple[str, ...],
) -> tuple[list[_Found], _Gap | None]:
    """The powers of ``part``, or what it leaves open; ``before``: the levels just started by nobody named."""
    duty = power_of_duty(sentence, part)
    power = power_of_label(sentence, part) or _power_of(sentence, part, duty)
    if power is None and before and (power := power_of_commander(sentence, part, started=True)) is not None:
        return [
            _Found(_item(sentence, power, LadderKind.RESPONSE, level, None), strong=False) for level in before
        ], None
    if power is None and is_unread(sentence, part) and not is_aside(sentence, part):
        levels = levels_in(target_of(part)) or names.either(part) or names.around(sentence)
        return [], _Gap(sentence, kind_of(sentence, part), levels, "decider_not_read")
    if power is None or is_aside(sentence, part) or (not power.strong and is_condition(sentence, part)):
        return [], None
    kind = kind_of(sentence, part)
    levels = _levels(sentence, part, names, proposal, duty=duty is not None)
    if power.authority is None:
        return [], _Gap(sentence, kind, levels)
    if len(levels) >= 4 and not power.strong and "以上" not in part:
        levels = ()
    kinds = [kind]
    if duty and re.search(r"预警[^，。；]{0,6}(?:和|及|、)[^，。；]{0,6}响应", part):
        kinds = [LadderKind.WARNING, LadderKind.RESPONSE]
    proposer = None if "直接" in part else _proposer(sentence, part, proposal)
    shared = _each_its_own(part, power.authority, levels)
    items = [
        _item(sentence, replace(power, authority=body), one, level, proposer)
        for one in kinds
        for level, body in shared or ((None, power.authority),)
    ]
    # Who starts the response to a warning stands beside whoever publishes the warning.
    beside = kind is LadderKind.WARNING and is_of_this_level(sentence, part)
    beside = beside or bool(levels_in(target_of(part)) and _AT_DISCRETION.search(part))
    return [_Found(item, power.strong, beside) for item in items], None


def _levels(
    sentence: Sentence,
    part: str,
    names: LevelNames,
    proposal: tuple[Sentence, str, str] | None,
    *,
    duty: bool,
) -> tuple[str, ...]:
    """The levels that ``part`` speaks of: its own, those of its place, those just proposed."""
    target = target_of(part)
    # A duty is about what is started; other words of its line (扑灭重大险情) are not its level.
    levels = levels_in(target) or (names.find(target) if duty else names.either(_NOT_REACHED.sub("", part)))
    if duty or levels or names_own_ladder(part):
        return levels
    if around := names.around(sentence):
        return around
    just = proposal is not None and proposal[0].paragraph is sentence.paragraph
    if proposal is not None and just and sentence.order - proposal[0].order == 1:
        return levels_in(proposal[1])  # 办公室提出Ⅲ级响应启动建议；领导小组决定是否启动
    return ()


def _each_its_own(part: str, body: str, levels: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Ⅲ级、Ⅳ级分别由市、县级X启动: one tier for each level, in order."""
    tiers = re.match(r"^([省市县州区乡镇](?:、[省市县州区乡镇])+)(级?)(.{2,})$", body)
    names = tiers.group(1).split("、") if tiers else []
    if tiers and len(names) == len(levels) and ("分别" in part or len(names) > 2):
        bodies = [f"{name}{tiers.group(2)}{tiers.group(3)}" for name in names]
        return tuple(zip(levels, bodies, strict=True))
    listed = re.split("、|和", body) if "分别" in part and len(levels) > 1 else []
    if len(listed) == len(levels) and all(clean_body(one) for one in listed):
        return tuple(zip(levels, listed, strict=True))
    return tuple((level, body) for level in levels)


def _power_of(sentence: Sentence, part: str, duty: Power | None) -> Power | None:
    """The power ``part`` gives, if it is one over this plan."""
    if duty is not None:
        return duty
    power = read_power(part) if _DECIDING.search(part) else None
    if power is not None and not (speaks_of_plan(sentence, part) or (power.strong and names_start(part))):
        power = None
    if power is None or power.authority is None:
        acts = power_by_acts(part) if _ACTING.search(part) and is_about_start(sentence, part) else None
        power = acts or power_of_commander(sentence, part) or power
    if power is None or _is_somebody(part, power):
        return None
    own = is_own_plan(part) and not is_of_this_level(sentence, part)
    own = own and not (power.authority and is_fitting_level(part, power.authority))
    if _is_plan_of_its_own_tier(part, power.authority or "", sentence.outline.title):
        return None
    if own and (not power.strong or "自行" in part or (_ONLY_ITS_OWN.search(part) and not levels_in(part))):
        return None
    if not power.strong and (len(part) > 220 or "解除" in part):
        return None
    return power


_TIER_PLAN = re.compile(
    "启动(?:本?[县区市乡镇街道]{1,3}级|相应的?|有关|相关)(?:的)?(?:专项|部门)?(?:应急)?预案"
)
_OTHER_TIER = re.compile("启动(国家|[省市州县区镇乡])级(?:专项)?(?:应急)?预案")
_SOME_PLACE = re.compile("^(?:事发|属地|所在|当地|各)|(?:等部门|等单位|部门和单位)$")


def _is_plan_of_its_own_tier(part: str, body: str, title: str) -> bool:
    """事发地县政府启动县级预案, 水利等部门启动相应预案, in a county plan 启动市级预案: plans of others."""
    if levels_in(part):
        return False
    tier = _OTHER_TIER.search(part)
    if tier is not None and tier[1] not in title:
        return True
    return bool(_SOME_PLACE.search(body) and _TIER_PLAN.search(part))


_ONLY_ITS_OWN = re.compile(
    "启动(?:上一?级|政府应急预案|政府预案|本(?:单位|企业|部门|系统|行业)|单位预案|各自|自身|所属)"
)
_ANYBODY = re.compile(r"(?:各|有关|相关|各有关|各相关|其他)+(?:成员)?(?:部门|单位|地区|地方|方面)$")
_NO_NAME = re.compile(r"上一?级|地方各级|同级|各级|本级|当地")


def _is_somebody(part: str, power: Power) -> bool:
    """Whether the body is nobody in particular; 报同级人民政府批准 tells who, if a level is named."""
    if not power.authority or not (found := _NO_NAME.match(power.authority)):
        return bool(power.authority and _ANYBODY.match(power.authority) and not power.strong)
    told = found.group() in ("同级", "本级") and power.authority.endswith(("政府", "指挥部", "指挥机构"))
    told = told or (found.group().startswith("上") and len(power.authority) > 5)
    return not (told and power.strong and (levels_in(part) or "色预警" in part))


def _item(
    sentence: Sentence, power: Power, kind: LadderKind, level: str | None, proposer: str | None
) -> ActivationAuthority:
    authority = sentence.printed(power.authority or "")
    who = power.proposer or proposer
    return ActivationAuthority(
        kind=kind,
        level=step(kind, level) if level else None,
        authority=authority,
        proposer=None if who is None or who == authority else sentence.printed(who),
        approver=power.approver,
        report_to=power.report_to,
        hazard=hazard_of(sentence),
        delegated="授权" in sentence.text and power.approver is None and kind is LadderKind.WARNING,
        source=sentence.cite(),
    )


def hazard_of(sentence: Sentence) -> str | None:
    """The hazard the section is about, where one plan holds a ladder for each of two (防汛, 抗旱)."""
    for title in (sentence.label, *sentence.titles):
        if title and (hazard := _hazard_in(title)):
            return hazard
    return None


@lru_cache(maxsize=512)
def _hazard_in(title: str) -> str | None:
    hit = [name for name, mark in _HAZARDS if mark.search(title)]
    return hit[0] if len(hit) == 1 else None


def _settle(found: list[_Found]) -> tuple[ActivationAuthority, ...]:
    """Drop weak sentences on levels that a strong one settles, and repeated ones."""
    told = {
        (f.item.kind, f.item.hazard, f.item.level) for f in found if f.item.level is not None and not f.beside
    }
    # One level told apart says nothing of the others: the general sentence still holds for them.
    levelled = {key for key in {entry[:2] for entry in told} if sum(e[:2] == key for e in told) > 1}
    items: dict[tuple[object, ...], ActivationAuthority] = {}
    for entry in found:
        item = entry.item
        rivals = [f.item for f in found if f.strong and _same_step(f.item, item)]
        if not (entry.strong or entry.beside) and any(rival.source != item.source for rival in rivals):
            continue
        if not entry.strong and item.level is None and (item.kind, item.hazard) in levelled:
            continue
        key = (item.kind, item.level, item.hazard, item.authority)
        items[key] = _joined(items[key], item) if key in items else item
    return _each_post_once(tuple(items.values()))


_POST = re.compile("(?:主任|指挥长?|组长|书记|经理|[省州市县区旗镇乡局校厂矿]长)$")


def _each_post_once(items: tuple[ActivationAuthority, ...]) -> tuple[ActivationAuthority, ...]:
    """办公室主任 beside 指挥部办公室主任 of one level is the same post, called by its shorter name."""

    def is_short(item: ActivationAuthority) -> bool:
        if not _POST.search(item.authority):
            return False
        return any(
            _same_step(other, item)
            and other.authority.endswith(item.authority)
            and clean_body(other.authority[: -len(item.authority)] or "，") is not None
            for other in items
        )

    return tuple(item for item in items if not is_short(item))


def _same_step(one: ActivationAuthority, other: ActivationAuthority) -> bool:
    return (one.kind, one.level, one.hazard) == (other.kind, other.level, other.hazard)


def _joined(first: ActivationAuthority, second: ActivationAuthority) -> ActivationAuthority:
    """Two sentences that say the same: the one that names the proposer is cited."""
    base, more = (second, first) if second.proposer and not first.proposer else (first, second)
    return replace(base, report_to=base.report_to or more.report_to, approver=base.approver or more.approver)


def _doubts(gaps: list[_Gap], items: tuple[ActivationAuthority, ...]) -> tuple[Doubt, ...]:
    """One doubt for each level that some sentence starts and no sentence gives to anybody."""
    doubts: list[Doubt] = []
    told: set[tuple[object, ...]] = set()
    for gap in gaps:
        hazard = hazard_of(gap.sentence)
        held = {
            item.level.value if item.level else None
            for item in items
            if (item.kind, item.hazard) == (gap.kind, hazard)
        }
        for level in gap.levels or (None,):
            key = (gap.kind, level, hazard)
            if level in held or key in told or (level is None and (items or gap.kind is LadderKind.WARNING)):
                continue
            told.add(key)
            source = gap.sentence.cite()
            doubts.append(Doubt(about="activation", why=gap.why, text=gap.sentence.text, source=source))
    return tuple(doubts)
