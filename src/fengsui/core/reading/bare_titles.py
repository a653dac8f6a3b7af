"""Titles without number or style in a plain text: known by the words of the trade and by where they stand.

Only a text that numbers nothing is read this way, as in any other the numbers say what is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fengsui.core.reading.glyphs import TERMINAL, width
from fengsui.core.reading.mend import Piece

LONGEST = 14.0
"""Width of a title, in Chinese characters."""
SHORTEST_TEXT = 18.0
"""Width from which an unfinished line below a title is its text."""
_CHAPTER = re.compile(
    r"总则|总体要求|附则|附件|名词术语|(?:应急)?组织(?:指挥)?(?:体系|机构|领导)(?:(?:与|和|及其?)?职责)?|机构(?:设置|与职责|职责|和职责)"
    r"|(?:预防|监测)?(?:与|和|、)?(?:监测)?预警(?:机制|和预防)?|运行机制|(?:信息|事故)报告|应急响应|(?:应急)?处置(?:程序|措施)?"
    r"|(?:后期|善后)处置|恢复(?:与|和)?重建|(?:应急)?保障(?:措施)?|(?:监督|预案)管理|宣传(?:、|和|与)?培训(?:和|与|、)?演练"
    r"|(?:事故|事件)?风险(?:分析|描述|评估)"
)
_ENDS = re.compile(
    r"[\u4e00-\u9fff、]{0,10}(?:目的|依据|范围|原则|分级|等级|体系|职责|机构|机制|报告|响应|保障|处置|终止|预警|监测|评估|演练|培训"
    r"|宣传|措施|程序|启动|调整|修订|奖惩|奖励|责任追究|善后|条件|标准|发布|结束|救援|总结|解释|实施|施行|构成|组成)"
)


def bare_title_rank(pieces: Sequence[Piece], index: int) -> int | None:
    """1 for the title of a chapter, 2 for one below it, None for a line that is no title."""
    text = pieces[index].text
    if len(text) > LONGEST or index + 1 >= len(pieces):
        return None
    chapter = _CHAPTER.fullmatch(text) is not None
    if not chapter and _ENDS.fullmatch(text) is None:
        return None
    found = _stands_alone(pieces, index) and _has_text(pieces, index, chapter)
    return (1 if chapter else 2) if found else None


def _stands_alone(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the line goes on with nothing: what is above has ended, or is a title too."""
    if index == 0 or pieces[index].blank_before:
        return True
    above = pieces[index - 1].text
    return above[-1] in TERMINAL or (width(above) <= 2 * LONGEST and "，" not in above)


def _has_text(pieces: Sequence[Piece], index: int, chapter: bool) -> bool:
    """Whether text follows: a sentence, or below the title of a chapter another title with one."""
    below = pieces[index + 1]
    if below.cell is not None:
        return False
    if below.text[-1] in TERMINAL or width(below.text) >= SHORTEST_TEXT:
        return True
    if not chapter or _CHAPTER.fullmatch(below.text):
        return False
    return bare_title_rank(pieces, index + 1) is not None
