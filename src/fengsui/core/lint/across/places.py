"""Whose plan it is, and which plan a title means.

A title is an area and a subject: 云州东河县防汛应急预案 is 云州, 东河县 and 防汛. The same area is written in
several ways (云江回族自治州, 云江州), and so is the same plan (突发公共事件 → 突发事件).
"""

from __future__ import annotations

import re
from functools import lru_cache

from fengsui.core.lint.rules._bodies import areas as areas_of_title
from fengsui.core.plan.titles import title_key

_AUTONOMOUS = re.compile(r"^(..+?)(?:[\u4e00-\u9fff]{1,4}族)*自治(?=[州县旗]$)")
_AUTONOMOUS_BODY = re.compile(r"^(..+?)(?:[\u4e00-\u9fff]{1,4}族)*自治(?=[州县旗])")
_BRACKET = re.compile(r"\s|（[^（）]*）|\([^()]*\)")
_NO_AREA = frozenset(("城市", "城镇", "乡镇", "集团", "社团", "城市市", "县市", "省市", "各县", "全市"))
_STATE = re.compile(r"^(?:国家|全国|国务院|中华人民共和国|中央)")
_WRAPPED = re.compile(r"^.*?关于印发(.+?)(?:的通知)?$")
_PLAN_WORD = re.compile(
    r"(?:专项|综合|总体)?(?:应急)?(?:救援|处置|抢险|防控|响应|行动|保障|工作)*(?:预案|行动方案|应急方案|方案)$"
)
_OLD_WORDS = (("突发公共事件", "突发事件"), ("突发性", "突发"), ("灾难事故", "事故"))
_LEVEL = re.compile(
    r"^(?:本|我|全)?(?:自治区|自治州|自治县|[省州市县区旗乡镇团师])(?=..)(?![场政容民委体队生])"
)
_BODY = re.compile(
    r"^(.{1,16}?(?:中学|小学|学校|大学|学院|幼儿园|公司|集团|医院|酒店|商场|项目部|[^结格全布危]局|厅|委员会))(?=.{2})"
)
_OVERALL = re.compile(r"总体(?:应急)?预案")


@lru_cache(maxsize=16384)
def areas_of(title: str) -> tuple[str, ...]:
    """The areas a title begins with, widest first, in one spelling; "国家" for a plan of the state."""
    if _STATE.match(title):
        return ("国家",)
    return tuple(area_key(area) for area in areas_of_title(title) if area not in _NO_AREA)


def area_key(area: str) -> str:
    """One spelling of an area: 云江回族自治州 and 云江州 are one, 云江市 is another."""
    return _AUTONOMOUS.sub(r"\1", area)


def own_area(areas: tuple[str, ...]) -> str:
    """The area a plan governs: the innermost; a division that is a city (某师某市) goes by the division."""
    if len(areas) > 1 and areas[-1].endswith("市") and areas[-2].endswith("师"):
        return areas[-2]
    return areas[-1] if areas else ""


def bare_name(name: str, areas: tuple[str, ...]) -> str:
    """``name`` of a body without the areas of the plan before it, without a bracket."""
    text = _BRACKET.sub("", name)
    if "自治" in text:
        text = _AUTONOMOUS_BODY.sub(r"\1", text)
    for area in areas:
        for word in (area, area[:-1]):
            if len(word) > 1 and text.startswith(word) and len(text) > len(word) + 1:
                text = text[len(word) :]
                break
    return _LEVEL.sub("", text)


@lru_cache(maxsize=16384)
def subject_of(title: str) -> str:
    """What a plan is about: its title without areas, edition, and the words every plan has."""
    text = unwrapped(title)
    for area in () if _STATE.match(text) else areas_of_title(text):
        if area in _NO_AREA or not text.startswith(area):
            break
        text = text[len(area) :]
    text = _LEVEL.sub("", _STATE.sub("", title_key(text)))
    for old, new in _OLD_WORDS:
        text = text.replace(old, new)
    return ("总体" if _OVERALL.search(text) else "") + (_PLAN_WORD.sub("", text) or text)


def unwrapped(title: str) -> str:
    """``title`` out of the paper that carries it (关于印发…的通知), without book marks."""
    text = re.sub(r"[\s《》〈〉]", "", title)
    found = _WRAPPED.match(text)
    return found[1] if found else text


def worded(title: str) -> str:
    """The words of a title by which an old title differs from the present one; no area, no edition."""
    text = unwrapped(title)
    for area in areas_of_title(text):
        if area in _NO_AREA or not text.startswith(area):
            break
        text = text[len(area) :]
    return _LEVEL.sub("", title_key(text))


def body_of(title: str) -> str:
    """The school, firm or office whose own plan it is; "" where it is that of a government."""
    found = _BODY.match(subject_of(title))
    return found[1] if found else ""


def is_overall(title: str) -> bool:
    """Whether a title is that of an overall plan (总体应急预案)."""
    return bool(_OVERALL.search(title))
