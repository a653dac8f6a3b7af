"""What a figure measures: the fact, the period, and whether it is only expected."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from fengsui.core.fact import UNREGISTERED, FactSpec, register
from fengsui.core.reading.extract.criteria_clauses import Clause
from fengsui.core.reading.phrases.facts import Mention, mentions
from fengsui.core.reading.phrases.figures import Bound
from fengsui.core.reading.phrases.units import number_value

POTENTIAL = re.compile(
    r"可能|预计|预测|研判|预报|预判|潜在|将(?:达|出现|受|有|发生|造成|持续|在|升|降|会|超)|即将"
)
_TIMES = {
    ("米", "厘米"): Decimal("0.01"),
    ("小时", "天"): Decimal(24),
    ("小时", "分钟"): Decimal(1) / Decimal(60),
}
_SINCE_BARE = ("小时", "天", "分钟")
_VAGUE = ("duration_h", "duration_d", "fire_unextinguished_h")
"""持续24小时 without a word of bound leaves open what lasts: a person judges it."""


def lasting(text: str, bound: Bound) -> Measure | None:
    """连续3天 before another figure (连续3天最高气温36℃以上): how long that other must last."""
    name = {"小时": "duration_h", "天": "duration_d"}.get(bound.unit)
    if name is None or not bound.bare or not _LASTING.search(text[max(0, bound.start - 8) : bound.start]):
        return None
    return Measure(bound, register()[name], name, bound.unit, (bound.start, bound.end))


_STILL_NOT = re.compile("(?:[之以]?内)?(?:尚|仍|还)?未(?:能)?(?:得到)?(?:有效)?(?:扑灭|得到控制|控制)")
_LASTING = re.compile("(?:持续|连续|历时|无(?:有效)?降[雨水])(?:时间|日数|天数)?(?:将|可|已)?(?:达到?|为)?$")
_REACHED_OR = re.compile("达到或者?$")
_AND_NO_MORE = re.compile("(?:出现|发生|维持|无|没有|未(?!来)|滴雨|[,;。)的时]|$)")
_LABEL_JUNK = re.compile(
    r"^(?:一次|造成|导致|达到?|在|为|的|因|已|发生|出现|有|以及|及|可能|同时|共|累计)+|(?:达到?|在|为|的|约|发生)+$"
)
_COUNTED = frozenset("个处起辆艘架列头只羽台座条所家站枚口株")
CASUALTIES = frozenset(
    {
        "deaths",
        "missing",
        "deaths_or_missing",
        "injured_serious",
        "injured",
        "poisoned",
        "injured_serious_or_poisoned",
        "deaths_and_injured_serious",
        "casualties",
        "people_endangered",
        "evacuated",
        "trapped",
        "deaths_missing_or_trapped",
        "economic_loss_cny",
        "potential_loss_cny",
        "infected_cases",
        "houses_collapsed_or_severely_damaged_rooms",
        "houses_collapsed_or_severely_damaged_households",
        "food_poisoned",
        "food_poisoning_deaths",
        "occupational_poisoned",
        "occupational_poisoning_deaths",
        "people_affected",
        "forest_burnt_area_ha",
        "grassland_burnt_area_ha",
    }
)
"""Figures of harm: joined by a comma alone they are alternatives, as in every statutory scale."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A bound with its fact; ``spec`` None: the register has none, ``name`` is made of the plan's words.

    ``covers`` is the part of the text that speaks of it, so that other figures in it are explained.
    ``borrowed``: the fact was said in an earlier clause though this one has words of its own.
    """

    bound: Bound
    spec: FactSpec | None
    name: str
    unit: str
    covers: tuple[int, int]
    window_h: int | None = None
    window_d: int | None = None
    borrowed: bool = False


def factor_to(spec_unit: str, unit: str) -> Decimal:
    """What a figure in ``unit`` is multiplied by to be in the unit of its fact."""
    return _TIMES.get((spec_unit, unit), Decimal(1))


def measure(
    text: str, clause: Clause, bound: Bound, *, sentence_start: int, prefix: str, prefer_after: bool
) -> Measure | None:
    """Find what ``bound`` measures; None where no reading is safe enough even to name it."""
    if text[bound.end : bound.end + 1] == "/" or bound.unit in ("成", "百分点"):
        return None
    if not bound.unit and not bound.bare and _IN_MONEY.search(text, clause.start, bound.start):
        bound = replace(bound, unit="元")  # 直接经济损失3000万以上
    near = _nearest(text, clause, bound, prefer_after)
    if bound.unit == "小时" and _STILL_NOT.match(text, bound.end) and "火" in text:
        near = Mention(register()["fire_unextinguished_h"], bound.start, bound.end)
    mention = (
        near
        or _by_context(text, clause, bound)
        or _earlier(text, bound, sentence_start, clause.start, clause.end)
        or _in_prefix(prefix, bound)
    )
    if mention is not None:
        spec = mention.spec
        if bound.bare and bound.unit in ("米", "厘米") and spec.unit == "米":
            said = text[mention.start : mention.end]
            if not said.startswith(("超", "高于")):
                return None
            reached = not said.startswith(("超过", "高于")) or bool(
                _REACHED_OR.search(text, 0, mention.start)
            )
            bound = replace(bound, high=None, low_in=reached, bare=False)
        hours, days = _window(text, clause, bound, sentence_start) if spec.windowed else (None, None)
        borrowed = near is None and mention.end <= clause.start and _has_own_words(text, clause, bound)
        return Measure(bound, spec, spec.name, spec.unit, (mention.start, mention.end), hours, days, borrowed)
    if bound.bare or bound.unit in ("", "倍"):
        return None
    words = _own_words(text, clause, bound)
    if not words:
        return None
    return Measure(bound, None, UNREGISTERED + words, bound.unit, (bound.start, bound.end))


def _nearest(text: str, clause: Clause, bound: Bound, prefer_after: bool) -> Mention | None:
    best: tuple[int, int, Mention] | None = None
    for mention in _mentions_at(text, clause.start, clause.end, bound.unit):
        if mention.end <= bound.start:
            gap, side = (mention.end, bound.start), int(prefer_after)
        elif mention.start >= bound.end:
            gap, side = (bound.end, mention.start), int(not prefer_after)
        else:  # 危及N人以上生命安全, 3个县以上, 网络中断影响10万用户以上
            gap, side = (bound.end, bound.end), 0
        if any(gap[0] <= other.start < gap[1] for other in clause.bounds if _blocks(other, bound)):
            continue
        who = text[mention.start : mention.end] in _ONLY_WHO
        candidate = (gap[1] - gap[0] + who * len(text), side, mention)
        if best is None or candidate[:2] < best[:2]:
            best = candidate
    if best is not None and best[0] >= len(text):
        best = (best[0] - len(text), *best[1:])
    if best is None or (bound.bare and best[0] > 2):
        return None
    if bound.bare and best[2].spec.name in _VAGUE and not _lasts(text, bound):
        return None
    return best[2]


_SUPPLIES = (
    ("customers_without_gas", re.compile("燃气|供气|天然气|停气|煤气")),
    ("customers_without_heat", re.compile("供热|供暖|停热|停暖|热力|热源")),
    ("customers_without_water", re.compile("供水|停水|水厂|水源|断水")),
    ("customers_without_power", re.compile("停电|供电|电网|电力|变电")),
    ("customers_without_network", re.compile("通信|网络|宽带|系统|业务|基站")),
)
_CUT_OFF = re.compile(
    "(?:用水|用电|用气|供水|供电|供气|供热|供暖|饮水|通信|出行)[^,;。]{0,4}(?:中断|受阻|受影响|困难)|停[水电气热暖]"
)
_OF_USERS = re.compile("用户|居民|影响|涉及")
_DISEASE = re.compile("病|疫|霍乱|流感|感染|症|炭疽|麻疹|甲肝|登革热|腹泻|发热|咳嗽|皮疹")


def _by_context(text: str, clause: Clause, bound: Bound) -> Mention | None:
    """What is counted by its unit and what the rest speaks of: 供气中断…，影响1万户; 霍乱10例."""
    if bound.bare:
        return None
    if bound.unit == "户" and _OF_USERS.search(text, clause.start, clause.end):
        spoken = [name for name, words in _SUPPLIES if words.search(text)]
        if len(spoken) == 1:
            return Mention(register()[spoken[0]], bound.start, bound.end)
    if bound.unit == "人" and "例" in text[bound.start : bound.end]:
        before = text[clause.start : bound.start]
        if _DISEASE.search(before) and "死" not in text[clause.start : clause.end]:
            return Mention(register()["infected_cases"], bound.start, bound.end)
    if bound.unit == "人" and _CUT_OFF.search(text, bound.end, clause.end):
        return Mention(register()["people_affected"], bound.start, bound.end)
    return None


_ONLY_WHO = frozenset({"患者", "病人", "受灾群众"})
"""Who is counted, where nothing else says what befell them: 病人10人以上死亡 counts the dead."""


def _lasts(text: str, bound: Bound) -> bool:
    """Whether a bare period is itself what counts (已连续15天无降雨, 将持续24小时, 12小时尚未扑灭明火)."""
    if _STILL_NOT.match(text, bound.end):
        return True
    lasting = _LASTING.search(text[max(0, bound.start - 8) : bound.start])
    return lasting is not None and bool(_AND_NO_MORE.match(text, bound.end))


def _blocks(other: Bound, bound: Bound) -> bool:
    if (other.start, other.end) == (bound.start, bound.end):
        return False
    # 最高气温连续5天以上超过40℃: how long it lasts stands between.
    return not (other.unit in _SINCE_BARE and (other.bare or bound.unit not in _SINCE_BARE))


def _mentions_at(text: str, start: int, end: int, unit: str) -> list[Mention]:
    return [Mention(m.spec, m.start + start, m.end + start) for m in mentions(text[start:end], unit, text)]


_OF_THEIR_OWN = re.compile(
    r"(?!(?:以上|以下|及|和|或|时|后|的?(?:一般|较大|重大|特别|[^,;。]{0,8}(?:事故|事件|灾害|灾情|险情|火灾|地震|情况|情形))))[\u4e00-\u9fff]{3}"
)


def _earlier(
    text: str, bound: Bound, sentence_start: int, clause_start: int, clause_end: int
) -> Mention | None:
    if bound.bare or bound.unit in _COUNTED:  # what is counted is named beside the count
        return None
    if bound.unit == "人" and _OF_THEIR_OWN.match(text, bound.end, clause_end):
        return None  # 死亡3人以下或10人以上急性放射病: words of its own, though unknown ones
    found = _mentions_at(text, sentence_start, clause_start, bound.unit)
    return found[-1] if found else None


_NO_OWN_WORDS = re.compile(
    r"^(?:或者?|并|且|以及|同时|已经?|将|可能|为|的|在|达到?|超过|累计|共|其中|全[州市县区省]|单[日站]|部分|局部|[^,;。]{0,8}(?:地区|山区|平原|乡镇|城区|流域|县|市|区|站|地|时|内))*$"
)


def _has_own_words(text: str, clause: Clause, bound: Bound) -> bool:
    """Whether the clause itself says before the figure what it counts (…，或住院2人以上)."""
    before = text[clause.start : bound.start]
    return not _NO_OWN_WORDS.match(before.rstrip("达到超过为在于约")) and not re.search(r"\d", before)


def _in_prefix(prefix: str, bound: Bound) -> Mention | None:
    if not prefix or bound.bare:
        return None
    found = mentions(prefix, bound.unit, prefix)
    return Mention(found[-1].spec, bound.start, bound.end) if found else None


_DAILY = re.compile(r"(?<![\d一二三四五六七八九十两数连])日(?:降?雨|降水|降雪)量")
_IN_MONEY = re.compile(r"(?:经济|财产)损失[^\d,;。]{0,8}$")
_WITHIN = re.compile(r"(\d+|[一二两三四五六七八九十]{1,3}(?=个?[^，,。]{1,2}内))个?(小时|天|日|周)(?!边)")


def _window(text: str, clause: Clause, bound: Bound, sentence_start: int) -> tuple[int | None, int | None]:
    """The period said before the figure, in this clause or carried over from an earlier one."""
    if _DAILY.search(text, clause.start, bound.start):
        return 24, None  # 过去48小时出现日雨量100毫米以上
    for start, end in ((clause.start, bound.start), (sentence_start, clause.start)):
        found = _WITHIN.findall(text[start:end])
        if found:
            printed, unit = found[-1]
            value = int(number_value(printed) or 0)
            return (value, None) if unit == "小时" else (None, value * (7 if unit == "周" else 1))
    after = re.match(r"\(?(?:过程|累计)?(\d+)小时", text[bound.end : bound.end + 8])
    return (int(after[1]), None) if after else (None, None)


def _own_words(text: str, clause: Clause, bound: Bound) -> str:
    """The plan's own words for a figure the register does not know."""
    before = re.split(r"[,、;。()]", text[clause.start : bound.start])[-1]
    following = min((b.start for b in clause.bounds if b.start >= bound.end), default=clause.end)
    after = re.split(r"[,、;。()]|(?:超过|达到?|封闭|发生|出现)", text[bound.end : following])[0]
    for part in (before, after):
        words = _LABEL_JUNK.sub("", re.sub(r"^(?:或者?|并|且)", "", part))
        if 2 <= len(words) <= 20 and not re.search(r"\d", words):
            return words
    return f"{bound.unit}数" if bound.unit in _COUNTED else ""
