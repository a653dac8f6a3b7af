"""When a plan without levels is started (启动条件): kept, as printed, with the power to start it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fengsui.core.plan.authority import ActivationAuthority
from fengsui.core.plan.level import LadderKind
from fengsui.core.reading.extract.power_levels import LevelNames
from fengsui.core.reading.extract.power_text import Sentence, sentences
from fengsui.core.reading.outline import Outline

_PLAN = r"启动(?:实施)?(?:本|应急|现场|该)?(?:应急|处置)*(?:预案|响应|方案|程序)"
_LEAD = re.compile(
    rf"(?:(?:下列|以下|下述|如下)[^，。；：]{{0,12}}(?:情形|情况|条件|标准)|之一)[^。；]{{0,12}}{_PLAN}"
    rf"|{_PLAN}(?:的)?(?:条件|标准)"
)
_TITLE = re.compile(r"启动(?:的)?(?:条件|标准|时机|情形)$|^响应条件$")
_ALONE = re.compile(
    rf"^(?:当|凡|若|如|一旦)?((?:发生|出现|发现|接到|达到|可能发生).{{2,60}}?)(?:时|后|的)，.{{0,30}}{_PLAN}"
)
_DEED = re.compile(r"^由|负责|决定|批准|立即(?!威胁)|报告|应当|组织(?!机构)")


def with_conditions(
    items: tuple[ActivationAuthority, ...], outline: Outline, names: LevelNames
) -> tuple[ActivationAuthority, ...]:
    """``items`` with the conditions on those that speak of no level; unchanged where the plan has levels."""
    starts = [item for item in items if item.kind is LadderKind.RESPONSE]
    if not starts or any(item.level is not None for item in starts):
        return items
    found = tuple(dict.fromkeys(_conditions(outline, names)))
    if not found:
        return items
    return tuple(replace(i, conditions=found) if i.kind is LadderKind.RESPONSE else i for i in items)


def _conditions(outline: Outline, names: LevelNames) -> Iterator[str]:
    for sentence in sentences(outline):
        listed = sentence.listed
        if listed and _is_listed(sentence) and not names.around(sentence):
            yield sentence.printed(sentence.text.rstrip("。；"))
            continue
        alone = _ALONE.match(sentence.text)
        if alone and not _LEAD.search(sentence.text) and not names.either(sentence.text):
            yield sentence.printed(alone[1])


def _is_listed(sentence: Sentence) -> bool:
    """Whether the sentence is an item of the list that says when to start."""
    if _DEED.search(sentence.text):
        return False
    return bool(_LEAD.search(sentence.lead)) or bool(_TITLE.search(sentence.section.title))
