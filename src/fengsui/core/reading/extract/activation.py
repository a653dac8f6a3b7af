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
from fengsui.core.reading.extract.power_conditions import with_conditions
from fengsui.core.reading.extract.power_forms import in_common_words
from fengsui.core.reading.extract.power_levels import LevelNames, levels_in
from fengsui.core.reading.extract.power_tables import powers_of_tables
from fengsui.core.reading.extract.power_text import Sentence, clean_body, sentences_having
from fengsui.core.reading.extract.power_verbs import RESPONDS, Power, proposer_in, read_power
from fengsui.core.reading.outline import Outline

_SPLIT = re.compile(
    r"，(?=(?:其中|而|初判发生)?[^，。由报经启]{0,14}?(?:[ⅠⅡⅢⅣ]|[一二三四]级|[红橙黄蓝]色|"
    r"特别重大|特大|重大|较大|较重|一般(?!由)|I|V)[^，。启]{0,12}?(?:响应|预警|事故|事件)?，?(?:报|由|经))"
    r"|，(?=启动(?:[ⅠⅡⅢⅣ]|[一二三四]|I{1,3}V?)级[^，。]{0,8}，?由)"
    r"|，(?=[^，。]{2,24}负责[ⅠⅡⅢⅣ一二三四][^，。]{0,24}的启动)"
    r"|，(?=[^，。]{2,16}(?:评估|会商|研判|分析)[^，。]{0,6}，?(?:确定|决定)是否启动)"
)
_OBJECT = re.compile(r"启动(?:并实施|和发布|了)?(?P<what>[^，。；]*)")
_OWN_PLAN = re.compile(
    r"^(?:[^，。]{0,6})?(?:相应|相关|有关|本单位|本部门|本级别|企业|各自|各单位|本企业|本系统|自身|"
    r"所属|部门|专项|现场|应急储备|应急机制|应急联动|联动|与)"
)
_FITTING = re.compile(r"相应(?:级别)?的?(?:应急)?(?:预案|响应|预警)")
_TITLE_OF_LEVEL = re.compile(r"^(?:[ⅠⅡⅢⅣ一二三四]级|IV级|I{1,3}级|[红橙黄蓝]色)(?:应急|预警)?(?:响应|预警)")
_STARTED = re.compile(r"响应|预案|预警|应急程序|应急救援|应急处置|救援程序|应急机制|联动协调机制")
_WARNING_SENT = re.compile(
    r"(?:负责|授权)?(?:发布|启动)[^，。；]{0,12}?预警|预警，?[^，。；]{0,8}(?:由[^，。；]+?)(?:发布|"
    r"启动|签发|审批|批准)"
)
_SPEAKS_OF_POWER = re.compile(r"启动|进入|发布|决定|签发|批准|审批|签署|提出|报告|报请|建议|由|作出|做出")
_OF_LEVEL = re.compile(
    r"(?:其中，?)?(?:(?:[ⅠⅡⅢⅣ]|IV|I{1,3}|[一二三四])级|[红橙黄蓝]色)[^，。；]{0,14}，?(?:由|经|报)"
)
_TITLE_OF_POWERS = re.compile("响应|启动|预警")
_DECIDING = re.compile("启动|发布|决定|签发|批准|审批|签署|同意|审定|核准|作出|做出")
# 视情启动Ⅲ级、Ⅳ级响应: may start besides whoever must.
_AT_DISCRETION = re.compile(r"(?:视情况?|根据(?:情况|需要)|必要时)[^，。；]{0,12}启动")
_PUBLISHED = re.compile(r"发布|签发|批准")
_DUTY_TITLE = re.compile(r"职责|职能|任务")
_DUTY_START = re.compile(
    r"^(?:负责|决定|批准|宣布|下达|发布|指挥|承担|，|、|和)*(?:启动)(?:和|、|"
    r"或)?[^，。；]{0,24}?(?:预案|响应|程序|预警|命令)"
)
# 分析事态，决定启动应急程序: the decision may follow what leads up to it.
_DUTY_DECIDES = re.compile(
    r"，(?:负责)?(?:决定|批准|宣布|下达)(?:启动)(?:和|、|或)?[^，。；]{0,24}?(?:预案|响应|程序|预警|命令)"
)
_SIGNAL = re.compile(
    r"(?:气象|水文|海洋|预报|地震)[^，。；由]{0,10}发布[^，。；]{0,16}(?:预警信号|色预警|色警报|警报)"
)
_ANNOUNCES = re.compile(
    r"(?:下列|以下|下述|如下)[^，。；：]{0,10}(?:情形|情况|条件|标准|指标)|之一(?:的|时|者)?，"
)
# 出现下列情形之一时，市防指启动Ⅳ级响应: above a list of criteria, and yet it names who.
_WHO_STARTS_THEN = re.compile(
    r"，由?([^，。；]{2,24}?)(?:立即|视情|及时|可|应|宣布|决定)*启动[^，。；]{0,12}响应"
)
_ONLY_CRITERIA = re.compile(r"(?:启动|响应|预警)?(?:条件|标准)$")
_NOT_DUTY = re.compile(r"启动[^，。；]{0,16}(?:记录|建议|准备|时|后|请求|申请)")
_HAZARDS = (("洪涝", re.compile("汛|洪|涝")), ("干旱", re.compile("旱")))
_COMMANDS = re.compile(
    r"由([^，。]{2,40}?)(?:依[^，。]{1,6}?)?(?:负责|统筹)?(?:统一|同意)?(?:组织(?=，)|组织救援|组织实施救援|负责处置|组织(?:现场|先期)?处置|现场指挥|组织实施|组织指挥|"
    r"指挥协调应对|组织应对|负责应对|组织指挥应对)"
)


@dataclass(frozen=True, slots=True)
class _Found:
    item: ActivationAuthority
    strong: bool
    beside: bool = False


def extract_activation(outline: Outline) -> Extracted[ActivationAuthority]:
    """Who starts which level, with a doubt for each level that is started by nobody named."""
    names = LevelNames.of(outline)
    found: list[_Found] = []
    gaps: list[tuple[Sentence, LadderKind, tuple[str, ...]]] = []
    proposal: tuple[Sentence, str, str] | None = None
    tabled = powers_of_tables(outline, names)
    for sentence in sentences_having(outline, _SPEAKS_OF_POWER):  # no form below fits any other
        cell = sentence.paragraph.cell
        if cell is not None and cell.table in tabled.tables:
            continue  # a row is read as a row, not once more as the sentence of its cell
        for part in level_parts(in_common_words(sentence.text)):
            proposed = proposer_in(part)[0]
            if proposed:
                proposal = (sentence, part, proposed)
            new, gap = _read(sentence, part, names, _proposer(sentence, part, proposal))
            found += new
            if gap is not None:
                gaps.append((sentence, *gap))
    items = _settle([*found, *(_Found(item, strong=True) for item in tabled.items)])
    return Extracted(with_conditions(items, outline, names), (*_doubts(gaps, items), *tabled.doubts))


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


def level_parts(text: str) -> list[str]:
    """The sentence cut where it goes on to another level with its own decider."""
    return [part for part in _SPLIT.split(text) if part]


def _read(
    sentence: Sentence, part: str, names: LevelNames, proposer: str | None
) -> tuple[list[_Found], tuple[LadderKind, tuple[str, ...]] | None]:
    duty = _duty(sentence, part)
    power = _power_of(sentence, part, duty)
    if power is None or _aside(sentence, part) or (not power.strong and _is_condition(sentence, part)):
        return [], None
    kind = _kind(sentence, part)
    target = _target(part)
    # A duty is about what is started; other words of its line (扑灭重大险情) are not its level.
    levels = levels_in(target) or (names.find(target) if duty else names.either(part))
    if not duty and not levels and not _names_own_ladder(part):
        levels = names.around(sentence)
    if power.authority is None:
        return [], (kind, levels)
    if len(levels) >= 4 and not power.strong:
        levels = ()
    kinds = [kind]
    if duty and re.search(r"预警[^，。；]{0,6}(?:和|及|、)[^，。；]{0,6}响应", part):
        kinds = [LadderKind.WARNING, LadderKind.RESPONSE]
    if "直接" in part:
        proposer = None
    shared = _each_its_own(part, power.authority, levels)
    items = [
        _item(sentence, replace(power, authority=body), one, level, proposer)
        for one in kinds
        for level, body in shared or ((None, power.authority),)
    ]
    # Who starts the response to a warning stands beside whoever publishes the warning.
    beside = kind is LadderKind.WARNING and _of_this_level(sentence, part)
    beside = beside or bool(levels_in(target) and _AT_DISCRETION.search(part))
    return [_Found(item, power.strong, beside) for item in items], None


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
    if power is not None and not _speaks_of_plan(sentence, part):
        power = None
    if power is None or power.authority is None:
        power = _commander(sentence, part) or power
    if power is None or (power.authority and re.match(r"上一?级|同级|各级|本级|当地", power.authority)):
        return None
    own = _is_own_plan(part) and not _of_this_level(sentence, part)
    if not power.strong and (own or len(part) > 220 or "解除" in part):
        return None
    return power


_FORM = re.compile("流程图|年月日")


def _aside(sentence: Sentence, part: str) -> bool:
    """Places that speak of starting without giving anybody the power to."""
    if _FORM.search(sentence.around):
        return True
    title = sentence.section.title
    if re.search(r"终止|解除|结束", title) and not re.search(r"发布|启动", title):
        return True
    return bool(re.search(r"目的|依据|适用范围|演练|演习|培训|保障|附件|附图", title))


def _is_condition(sentence: Sentence, part: str) -> bool:
    """Whether the sentence is a criterion (气象台发布暴雨红色预警信号) or the lead above a list of them."""
    if _SIGNAL.search(part):
        return True
    if _ANNOUNCES.search(part):
        starter = _WHO_STARTS_THEN.search(part)
        return starter is None or clean_body(starter[1]) is None
    return sentence.listed and bool(
        _ANNOUNCES.search(sentence.lead) or _ONLY_CRITERIA.search(sentence.section.title)
    )


def _target(part: str) -> str:
    """The words after the last 启动: what is started."""
    return part.rsplit("启动", 1)[-1].split("，")[0] if "启动" in part else ""


def _names_own_ladder(part: str) -> bool:
    # 启动重大事件应急程序: the object names its step in words; if no level of this plan, none is meant.
    return bool(re.search(r"启动(?:特别重大|特大|重大|较大|重要|一般)", part))


def _is_own_plan(part: str) -> bool:
    found = _OBJECT.search(part)
    return bool(found and _OWN_PLAN.search(found.group("what")))


def _of_this_level(sentence: Sentence, part: str) -> bool:
    """Whether 相应预案 is that of the one level the heading speaks of (红色预警响应 … 启动相应预案)."""
    title = sentence.titles[0] if sentence.titles else ""
    found = _OBJECT.search(part)
    fitting = found is not None and _FITTING.match(found["what"]) is not None
    return fitting and bool(_TITLE_OF_LEVEL.search(title))


def _speaks_of_plan(sentence: Sentence, part: str) -> bool:
    """Whether what is started is a response, a plan or a warning (not a pump, not a meeting)."""
    for found in _OBJECT.finditer(part):
        if _STARTED.search(found.group("what")):
            return True
        if re.match("命令|令", found.group("what")) and _STARTED.search(part):
            return True
        # 报县长批准后启动。under a title that says what: a whole sentence, not a box of a flow chart.
        title = sentence.section.title if part.endswith(("。", "；")) else ""
        if not found.group("what") and _STARTED.search(part + title):
            return True
    if re.search(r"(?:预警|响应|预案)的(?:启动|发布)", part) or RESPONDS.search(part):
        return True
    if re.search(r"启动[^，。]{0,20}(?:响应|预案|预警)[^，。]{0,6}(?:建议|意见|请求)，", part):
        return True
    if _OF_LEVEL.match(part) and _TITLE_OF_POWERS.search("".join(sentence.titles[:2])):
        return True
    if _PUBLISHED.search(part):
        return bool(_WARNING_SENT.search(part)) or (
            "预警" in "".join(sentence.titles[:2]) and bool(levels_in(part))
        )
    return bool(re.search(r"响应[^，。；]*，?由[^，。]+(?:建议，由[^，。]+)?决定", part))


def _kind(sentence: Sentence, part: str) -> LadderKind:
    if "预警" in part and not re.search(r"启动[^，。；预]*(?:响应|预案)", part):
        return LadderKind.WARNING
    if _of_this_level(sentence, part) and "预警" in sentence.titles[0]:
        return LadderKind.WARNING
    if re.search(r"响应|预案|程序", part):
        return LadderKind.RESPONSE
    return LadderKind.WARNING if "预警" in "".join(sentence.titles[:2]) else LadderKind.RESPONSE


def _duty(sentence: Sentence, part: str) -> Power | None:
    """A line of duties (职责) that includes starting the response: the power of the body above it."""
    inner = sentence.titles[0] if sentence.titles else ""
    if "启动" not in part or not (
        _DUTY_TITLE.search(inner) or _DUTY_TITLE.search(sentence.lead) or _DUTY_TITLE.search(sentence.label)
    ):
        return None
    text = part.split("：", 1)[-1]
    if (
        not (_DUTY_START.search(text) or _DUTY_DECIDES.search(text))
        or _NOT_DUTY.search(text)
        or _is_own_plan(text)
    ):
        return None
    for place in (sentence.label, sentence.lead, inner):
        bare = re.sub(r"(?:的|及|和)?(?:主要)?(?:工作)?(?:职责|职能|任务).*$", "", place)
        body = clean_body(bare)
        if body:
            return Power(authority=body, strong=bool(re.search(r"决定|下达|批准|命令|宣布", text)))
    return None


def _commander(sentence: Sentence, part: str) -> Power | None:
    """Who commands at a level, taken for the decider where the plan says nothing better."""
    if "由" not in part or not re.search(r"响应|处置", "".join(sentence.titles[:2])):
        return None
    found = _COMMANDS.search(part)
    body = clean_body(found.group(1)) if found else None
    near = "".join((sentence.label, sentence.lead, *sentence.titles[:1]))
    if body is None or not (levels_in(part) or re.search("[ⅠⅡⅢⅣ]|(?<![A-Z])I(?![A-Z])", near)):
        return None
    return Power(authority=body, strong=False)


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
    return tuple(items.values())


def _same_step(one: ActivationAuthority, other: ActivationAuthority) -> bool:
    return (one.kind, one.level, one.hazard) == (other.kind, other.level, other.hazard)


def _joined(first: ActivationAuthority, second: ActivationAuthority) -> ActivationAuthority:
    """Two sentences that say the same: the one that names the proposer is cited."""
    base, more = (second, first) if second.proposer and not first.proposer else (first, second)
    return replace(base, report_to=base.report_to or more.report_to, approver=base.approver or more.approver)


def _doubts(
    gaps: list[tuple[Sentence, LadderKind, tuple[str, ...]]], items: tuple[ActivationAuthority, ...]
) -> tuple[Doubt, ...]:
    """One doubt for each level that some sentence starts and no sentence gives to anybody."""
    doubts: list[Doubt] = []
    told: set[tuple[object, ...]] = set()
    for sentence, kind, levels in gaps:
        hazard = hazard_of(sentence)
        held = {
            item.level.value if item.level else None
            for item in items
            if (item.kind, item.hazard) == (kind, hazard)
        }
        for level in levels or (None,):
            key = (kind, level, hazard)
            if level in held or key in told or (level is None and (items or kind is LadderKind.WARNING)):
                continue
            told.add(key)
            doubts.append(
                Doubt(about="activation", why="no_authority", text=sentence.text, source=sentence.cite())
            )
    return tuple(doubts)
