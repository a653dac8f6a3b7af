"""Figures with their bounds: 10人以上30人以下, 不足500元, 15-30mm, 100间或30户以上.

A plan states a bound by words around the number. ``bounds_in`` finds them all in folded text; which fact
they bound is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from fengsui.core.reading.phrases.units import FACTORS, LONGEST_FIRST, SCALES, number_value

_SPOKEN = r"[零一二三四五六七八九十百千两]+(?:万|亿)?(?![是般体旦律定直线])"
_NUMBER = rf"(?:(?:X|IX|VI{{0,3}}|IV)(?=度)|\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:\.\d+)?|{_SPOKEN})"
_DIGIT = re.compile(r"[\dVX零一二三四五六七八九十百千两]")
_SCALE = r"(?:千万|百万|十万|万|亿|千|百)?"
_UNIT = "|".join(re.escape(printed) for printed, _, _ in LONGEST_FIRST).replace("周", "周(?![边围岁])")
_NOT_UNIT = r"(?!期|度假|字|时刻)"
_BEFORE = (
    ("<=", r"(?:小|低|少)于(?:或)?等于|不超过|不大于|不高于|不多于|至多|最多|≤|<="),
    (
        ">=",
        r"达到?或(?:者)?(?:超过|大于|高于)|等于或(?:者)?(?:大于|高于|超过)|达到?|(?:大|高|多)于(?:或)?等于|不少于|不小于|不低于|至少|最少|≥|>=",
    ),
    ("<", r"小于|少于|低于|不足|不满|未满|不到|未达到?|<"),
    (">", r"大于|多于|高于|超过|超出|>"),
)
_AFTER = ((">=", "以上|及更多"), ("<", "以下"), ("<=", "以内|之内"))
_PREFIX = "|".join(f"(?P<b{i}>{words})" for i, (_, words) in enumerate(_BEFORE))
_NOTE = r"(?:\((?:包?含|不包?含|不包括|包括)[^()]{0,14}\))"
# 3个县（区）以上, 100户居民以下: what is counted stands between the figure and its bound.
_WHAT = (
    r"(?:(?:县级|市级|省级|设区)?(?:[省市州盟地县区旗镇乡村]{1,2}|街道|社区|流域|河段)(?:\([^()]{1,8}\))?|居民|师生|学生|职工|群众|旅客|乘客|用户|"
    r"河流|支流|水库|堤防|路段|站点|测站)(?=(?:\(含\)|及其?|或)?(?:以上|以下))"
)
_SUFFIX = "|".join(f"(?P<a{i}>{words})" for i, (_, words) in enumerate(_AFTER))
_DASH = r"(?:-{1,2}|~|至|到)"
_FIGURE = re.compile(
    rf"(?:(?:{_PREFIX})(?:了|约|(?:正常年份|常年|多年平均|多年同期|历年|历史同期|往年|同期)[^,;。\d]{{0,6}}(?=\d+(?:\.\d+)?%))?)?"
    rf"(?P<below_zero>零下|(?<![\dA-Za-z%)度级人元米日月年时分秒])-)?(?P<n1>{_NUMBER})(?P<s1>{_SCALE})"
    rf"(?:(?P<u1>{_UNIT})?(?P<note0>\((?:不?包?含)[^()]{{0,4}}\))?(?P<dash>{_DASH})(?P<below2>零下|(?<=[~至到])-)?(?P<n2>{_NUMBER})(?P<s2>{_SCALE}))?"
    rf"(?P<unit>{_UNIT})?{_NOT_UNIT}"
    rf"(?:{_WHAT})?(?P<room>\((?:[场镇市县区只头匹羽户间家人名次台辆艘所]|\d+(?:个)?(?:小时|天|日|人|分钟))\))?(?P<note1>{_NOTE})?"
    rf"(?:(?P<said>及其?|或)?(?:{_SUFFIX}))?(?P<note2>{_NOTE})?(?P<between>之间)?"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """One figure or range of the text, in canonical units (万, 亿 multiplied out).

    ``start``/``end`` span it in the folded text. ``low_in``/``high_in``: whether the end belongs to the
    range; None where that is the business of the plan's boundary rule (以上, 以下 without more).
    ``bare`` marks a number without any word of bound, ``broken`` a range whose upper end is below the lower
    (a digit was lost); only the lower end is kept then. ``by_rule_low``/``by_rule_high`` say which end was
    stated by 以上 / 以下.
    """

    start: int
    end: int
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    low_in: bool | None = None
    high_in: bool | None = None
    by_rule_low: bool = False
    by_rule_high: bool = False
    bare: bool = False
    broken: bool = False


@lru_cache(maxsize=2048)
def bounds_in(text: str) -> tuple[Bound, ...]:
    """All figures of folded ``text``, ranges put together, alternatives given their common bound."""
    if not _DIGIT.search(text):
        return ()
    between = _between_signs(text) if "<" in text or "≤" in text else []
    found = [bound for match in _FIGURE.finditer(text) if (bound := _read(match, text)) is not None]
    if between:
        found = [b for b in found if not any(o.start < b.end and b.start < o.end for o in between)]
        found = sorted((*found, *between), key=lambda bound: bound.start)
    found = _share_units(_share_bounds(found, text), text)
    return tuple(_join_ranges(found, text))


_SIGNS = re.compile(
    rf"(?P<n1>\d+(?:\.\d+)?)(?P<s1>{_SCALE})(?P<u1>{_UNIT})?(?P<o1>≤|<=|<)(?P<word>[A-Za-z]{{1,4}}|(?:\d{{1,2}}(?:小时|天|日)内?)?[\u4e00-\u9fff]{{2,10}})"
    rf"(?:(?P<o2>≤|<=|<)(?P<n2>\d+(?:\.\d+)?)(?P<s2>{_SCALE})(?P<u2>{_UNIT})?)?"
)


_HEADER_UNIT = re.compile(rf"\((?:单位:)?(?P<scale>[万亿千]?)(?P<unit>{_UNIT})\)$")


def in_unit_of(header: str, bounds: tuple[Bound, ...]) -> tuple[Bound, ...]:
    """``bounds`` of a cell in the unit of the header of its row or column: 死亡(人), 损失(万元)."""
    found = _HEADER_UNIT.search(header)
    if found is None:
        return bounds
    unit, factor = FACTORS[found["unit"]]
    factor *= SCALES.get(found["scale"], 1)
    return tuple(bound if bound.unit else _scaled(bound, unit, factor) for bound in bounds)


def _scaled(bound: Bound, unit: str, factor: Decimal) -> Bound:
    low, high = bound.low, bound.high
    return replace(
        bound,
        unit=unit,
        low=None if low is None else low * factor,
        high=None if high is None else high * factor,
    )


def _between_signs(text: str) -> list[Bound]:
    """4.0级≤M<5.0级, 10人≤死亡人数<30人: a figure on each side of what is measured (or on its left only)."""
    bounds: list[Bound] = []
    for match in _SIGNS.finditer(text):
        low = _value(match["n1"], match["s1"])
        high = _value(match["n2"], match["s2"]) if match["n2"] else None
        magnitude = match["word"] in ("M", "Ms", "震级")
        printed = match["u2"] or match["u1"] or ("级" if magnitude else "")
        unit, factor = FACTORS.get(printed, ("", Decimal(1)))
        if low is None or (high is not None and high <= low):
            continue
        end = match.end() if high is not None else match.start("o1") + len(match["o1"])
        # The word between stays outside the span of a figure on its left only: it says what is measured.
        bounds.append(
            Bound(
                match.start(),
                end,
                unit,
                low * factor,
                None if high is None else high * factor,
                low_in=match["o1"] != "<",
                high_in=None if high is None else match["o2"] != "<",
            )
        )
    return bounds


def _read(match: re.Match[str], text: str) -> Bound | None:
    low = _value(match["n1"], match["s1"])
    if low is None or _is_label(match, text):
        return None
    printed = match["unit"] or match["u1"] or ""
    unit, factor = FACTORS.get(printed, ("", Decimal(1)))
    unit = unit or _unit_behind(match, text)
    spoken = not match["n1"][0].isdigit()
    if spoken and (not printed or (match["n1"] == "一" and not _bounded(match))):
        return None  # 一个, 一次: no figure
    if match["dash"]:
        return _dash(match, low, unit, factor)
    prefix = next((op for i, (op, _) in enumerate(_BEFORE) if match[f"b{i}"]), None)
    suffix = next((op for i, (op, _) in enumerate(_AFTER) if match[f"a{i}"]), None)
    if suffix and match[0].startswith("达"):
        prefix = None  # 达到3人以上: 以上 is the bound
    if prefix in (">", "<") and suffix:  # 超过3人以上: the suffix is only emphasis
        suffix = suffix if (prefix == ">") == (suffix == ">=") else None
        prefix = None if suffix else prefix
    sign = match["below_zero"]
    value = -low * factor if sign == "零下" or (sign and unit == "℃") else low * factor
    note = (match["note1"] or "") + (match["note2"] or "")
    stated = None if not note or ("本" not in note and "含" not in note) else not re.match(r"\(不", note)
    if stated is not None and _BOTH.search(note):
        stated = (prefix or suffix) in (">=", ">")  # 3人以上10人以下（含3人，不含10人）
    said = bool(match["said"])
    span = (match.start(), match.end())
    op = prefix or suffix
    if op is None:
        return Bound(*span, unit, value, value, True, True, bare=True)
    if op in (">=", ">"):
        included = True if prefix == ">=" or said else bool(stated) if prefix == ">" else stated
        return Bound(
            *span, unit, low=value, low_in=included, by_rule_low=suffix is not None and included is None
        )
    included = True if op == "<=" or said else bool(stated) if prefix == "<" else stated
    return Bound(*span, unit, high=value, high_in=included, by_rule_high=suffix is not None)


def _unit_behind(match: re.Match[str], text: str) -> str:
    """The unit of a figure that is printed without: 60万以上用户, 2万以上农村人口."""
    if _USERS.match(text, match.end()) or "用户" in match[0]:
        return "户"
    return "人" if match["s1"] and _PEOPLE.match(text, match.end()) else ""


_BOTH = re.compile(r"(?<!不)(?<!不包)[含括][^()不]*不包?[含括]|不包?[含括][^()]*(?<!不)(?<!不包)[含括]")
_PEOPLE = re.compile("[^,;。\\d]{0,4}(?:人口|群众|人员|师生|职工|学生|乘客|旅客)")
_USERS = re.compile("(?:居民|供电|燃气|供热|用水|通信|电力|宽带|手机)?用户")


def _bounded(match: re.Match[str]) -> bool:
    return bool(match["dash"]) or any(
        match[f"{side}{i}"] for side, words in (("b", _BEFORE), ("a", _AFTER)) for i in range(len(words))
    )


def _value(number: str, scale: str) -> Decimal | None:
    value = number_value(number)
    if value is None:
        return None
    return value * SCALES.get(scale, 1)


def _is_label(match: re.Match[str], text: str) -> bool:
    """Whether the number is part of a name or label (第3款, 3.1.4, GB18218) or a date."""
    before = text[: match.start("n1")]
    after = text[match.end() : match.end() + 1]
    if re.search(r"[第A-Za-z〕./年月]$", before) and not re.search(r"(?:mm|km|cm|MW)$", before):
        return True
    if not (match["unit"] or match["u1"]) and re.match(r"[年月号条款项章节个种类种]|\.\d|[A-Za-z]", after):
        return True
    return bool(match["unit"] == "级" and match["n1"][0] not in "0123456789")


def _dash(match: re.Match[str], low: Decimal, unit: str, factor: Decimal) -> Bound | None:
    high = _value(match["n2"], match["s2"])
    if high is None:
        return None
    if match["below_zero"] and unit == "℃":
        low = -low
        if match["below2"] or match["dash"] == "--" or match["below_zero"] == "零下":
            low, high = sorted((low, -high))
    if match["s2"] and not match["s1"] and not match["u1"] and low < high / SCALES[match["s2"]]:
        low *= SCALES[match["s2"]]  # 3-5万人
    if high < low:
        return None
    return Bound(
        match.start(),
        match.end(),
        unit,
        low * factor,
        high * factor,
        low_in=not (match["note0"] or "").startswith("(不"),
        high_in=not ((match["note1"] or match["note2"] or "").startswith("(不")),
    )


_OR = re.compile(r"^(?:\([^()]{0,12}\))?[、,]?(?:或者?|、)$")


def _share_bounds(found: list[Bound], text: str) -> list[Bound]:
    """100间或30户以上: a bare figure takes the bound of the one it is joined to by 或."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        here, after = result[i], result[i + 1]
        if not here.bare or after.bare or (after.low is not None and after.high is not None):
            continue
        if here.unit == after.unit or not _OR.match(text[here.end : after.start]):
            continue
        value = here.low
        result[i] = replace(
            here,
            low=value if after.low is not None else None,
            high=value if after.high is not None else None,
            low_in=after.low_in,
            high_in=after.high_in,
            by_rule_low=after.by_rule_low,
            by_rule_high=after.by_rule_high,
            bare=False,
        )
    return result


def _share_units(found: list[Bound], text: str) -> list[Bound]:
    """12以上、60人以下: the lower end has the unit that is printed at the upper one."""
    result = list(found)
    for i in range(len(result) - 1):
        low, high = result[i], result[i + 1]
        ends = low.high is None and high.low is None and not low.bare and not high.bare
        if ends and not low.unit and high.unit and _JOINT.match(text[low.end : high.start]):
            result[i] = replace(low, unit=high.unit)
    return result


_JOINT = re.compile(r"^[、,;]?(?:且|但|并且|至|到|-)?$")
_TURNED = re.compile(r"^[、,]?(?:且|但|并且|并)?$")
_SPLIT = re.compile(r"^[、,]?(?:或者?|、)$")


def _join_ranges(found: list[Bound], text: str) -> list[Bound]:
    """N以上 followed by M以下 of the same unit is one range, also crosswise over alternatives."""
    runs: list[list[Bound]] = []
    for bound in found:
        if runs and _belongs(runs[-1], bound, text):
            runs[-1].append(bound)
        else:
            runs.append([bound])
    result: list[Bound] = []
    for run in runs:
        result.extend(_pair(run))
    return result


def _belongs(run: list[Bound], bound: Bound, text: str) -> bool:
    last = run[-1]
    gap = text[last.end : bound.start]
    if last.bare or bound.bare or (bound.low is not None and bound.high is not None):
        return False
    if last.low is not None and last.high is not None:
        return False
    if last.high is None and bound.high is not None:  # from the lower ends to the upper ends
        lows = {b.unit: b.low for b in run if b.low is not None}
        low = lows.get(bound.unit)
        return bool(_JOINT.match(gap)) and low is not None
    if last.low is None and bound.low is not None:  # 小于500米、大于等于200米
        return (
            bool(_TURNED.match(gap))
            and last.unit == bound.unit
            and last.high is not None
            and bound.low <= last.high
        )
    same_side = (last.low is None) == (bound.low is None)
    return same_side and last.unit != bound.unit and bool(_SPLIT.match(gap))


def _pair(run: list[Bound]) -> list[Bound]:
    lows = [b for b in run if b.low is not None]
    highs = {b.unit: b for b in run if b.high is not None}
    if not lows or not highs:
        return run
    end = max(b.end for b in run)
    result = []
    for low in lows:
        high = highs.pop(low.unit, None)
        if high is None:
            result.append(low)
            continue
        if low.low is not None and high.high is not None and high.high < low.low:
            result.append(replace(low, end=end, broken=True))
            continue
        # Every alternative spans the whole run, so that words before and after it belong to all of them.
        result.append(
            replace(
                low,
                start=run[0].start,
                end=end,
                high=high.high,
                high_in=high.high_in,
                by_rule_high=high.by_rule_high,
            )
        )
    result.extend(highs.values())
    return result
