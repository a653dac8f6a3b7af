"""Items: which passages after the opening of a level are its criteria, and where they end."""

from __future__ import annotations

import re
from enum import Enum

from fengsui.core.reading.extract.criteria_words import MEASURE
from fengsui.core.reading.extract.level_model import Block, How
from fengsui.core.reading.extract.level_stream import Passage
from fengsui.core.reading.phrases.figures import bounds_in

DOING = re.compile(
    r"措施|程序|行动|处置|终止|结束|解除|调整|职责|流程|报告|善后|保障|任务|发布|变更|主体|权限|指挥|机构|队伍|"
    r"要求|内容|先期|预防|监测"
)
"""A title with one of these is about what is done."""
DEFINING = re.compile(r"分级|等级|级别|标准|条件|划分|分类|情形|界定")
"""A title with one of these is about what the levels are."""
REMARK = re.compile(
    r"^(?:备注|注)[:：]|本(?:预案|方案|节|章|条).{0,14}(?:以上|数量)|[^\d]{0,24}\"以上\"[^\d]{0,8}(?:含|包括)本数"
)
"""A remark or the boundary rule: no criterion, and the end of a list."""
CONDITIONAL = re.compile(
    r"^(?:对?符合|发生|出现|造成|导致|超出|超过|达到|跨|因|死亡|受伤|可能|预计|研判|影响|危及|需要|涉及|其他|其它|位于|"
    r"正在|同时|未来|过去|一次|特殊情况|.{2,24}(?:认为|认定的|决定的|规定的)|.{0,60}(?:的|时|情形|情况)[;。]?$)"
)
"""How criteria without figures begin or end."""
_ORDERED = re.compile(
    r"负责|立即|应当|应及时|接到.{0,10}(?:报告|通知)|采取.{0,8}措施|由.{1,20}(?:提出|认定|确定|决定|宣布)|"
    r"提出.{0,14}建议|保证(?!水位|率)|保障(?!水位)|值守|确保|督促"
)
_OTHER = re.compile(r"其[他它]|认为|认定|决定|规定的|特殊情况")
_OCCURS = re.compile(r"(?:当|若|凡)?(?:发生|出现)")


class Verdict(Enum):
    """What becomes of a passage: a criterion, nothing, or the end of the criteria."""

    TAKE = "take"
    SKIP = "skip"
    END = "end"


def has_bound(text: str) -> bool:
    """Whether folded ``text`` holds a figure with a word of bound."""
    return any(not bound.bare for bound in bounds_in(text))


def is_criterion(title: str) -> bool:
    """Whether a heading is really an item of a list (（二）死亡3人以上)."""
    return has_bound(title) and not re.search(r"分级|响应|预警", title)


def verdict_on(block: Block, passage: Passage) -> Verdict:
    """Whether ``passage`` is a criterion of ``block``."""
    text = passage.text.text
    bound = has_bound(text)
    deed = block.how is How.HEADING and not block.stated and MEASURE.search(text)
    if deed and not CONDITIONAL.match(text):
        return Verdict.END
    if bound or _continues(block, passage):
        return Verdict.TAKE
    if text[-1] == ":" or (len(text) <= 10 and text[-1] not in "。;的时"):
        return Verdict.SKIP
    if text[-1] == ")" and not _OTHER.search(text):
        return Verdict.SKIP
    return Verdict.TAKE if _OCCURS.match(text) else _verdict_on_words(block, passage, text)


def _continues(block: Block, passage: Passage) -> bool:
    """Whether the passage is the next number of a list that was announced as the criteria (下列情形之一)."""
    before = block.parts[-1].passage if block.parts else None
    if before is None or block.how is not How.LEAD or not passage.ordinal:
        return False
    return (before.label, before.ordinal + 1) == (passage.label, passage.ordinal)


def _verdict_on_words(block: Block, passage: Passage, text: str) -> Verdict:
    if ((block.has_labelled() and not passage.label) or _ORDERED.search(text)) and not _OTHER.search(text):
        return Verdict.END
    if block.how is How.LEAD or CONDITIONAL.match(text):
        return Verdict.TAKE
    if MEASURE.search(text):
        return Verdict.END
    return Verdict.TAKE if text[-1] in "。;" else Verdict.SKIP
