"""Who does what about a start, clause by clause: 甲提出建议，乙审核，丙批准，丁发布.

Read where no form of ``power_verbs`` fits. Of those that act, whoever approves or decides holds the power;
where nobody does, whoever signs; where nobody signs, whoever announces. The last of equals counts: it goes
upward.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from fengsui.core.reading.extract.power_text import clean_body
from fengsui.core.reading.extract.power_verbs import Power, proposer_in


class Deed(IntEnum):
    """What somebody does about a start; the higher holds the power."""

    ANNOUNCE = 1
    SIGN = 2
    DECIDE = 3


@dataclass(frozen=True, slots=True)
class _Act:
    who: str
    deed: Deed
    at: int


_DEEDS = (
    (
        Deed.DECIDE,
        re.compile(
            "批准|审批|审定|核准|核定|同意|批复|认可|决定|研究确定|确定(?=$|启动|是否|响应)|决策|定夺|拍板|批示|通过(?=$|后)|授权(?=$|后)|确认(?=$|后)"
        ),
    ),
    (Deed.SIGN, re.compile("签发|签署|签字|审签")),
    (Deed.ANNOUNCE, re.compile("宣布|下达|下令|发出|发布|作出|做出")),
)
# What is approved is the start: the clause ends there, or goes on to it.
_OF_START = re.compile(
    r"^(?:后|并|、|，|和|签发|审批|批准|同意|决定|宣布|可|方可|的|其|是否|立即)*"
    r"(?:$|以[^，]{2,16}名义|启动|实施|执行|成立|组建|进入(?=$|和|[^，]{0,12}(?:响应|状态))|响应|预警|令|命令|《|关于|[^，]{0,14}(?:响应|预警|预案|启动|令|指令|通知|通知书|公告)(?:$|》|后))"
)
_NOT_START = re.compile(
    "方案|资金|经费|征用|措施|计划|调用|支援|新闻|停课|停产|名单|调查|评估报告|终止|结束|解除|调整|降低|提升|提高"
)
_ROUTE = re.compile(
    r"报请|报经|呈报|呈请|提请|请示|报告|汇报|征得|取得|获得|得到|授权|由(?!于)|经(?!济|发|信|营|贸|开|理|办)|报(?!社|业|警)|待|向|须|需"
)
_ONLY_SOMETIMES = re.compile("^(?:必要时|特殊情况|紧急情况|情况紧急|如需|特别紧急)")
_PROPOSES = re.compile(r"(?:由|，|^)([^，。；]{2,30}?)(?:提出|拟定|起草|动议)(?=，)")
_LAST_WORDS = re.compile(
    r"(?:集体|共同|联合|主持|会商|研究|审核|审查|研判|评估|先行|分别|负责|统一|正式|及时|立即|亲自|最终|予以|给予|进行)+$"
)


def power_by_acts(text: str) -> Power | None:
    """The power that the clauses of ``text`` give, by the highest deed in them."""
    acts = [act for clause, at in _clauses(text) if (act := _act(clause, at)) is not None]
    if not acts:
        return None
    highest = max(act.deed for act in acts)
    holder = [act for act in acts if act.deed is highest][-1]
    proposer = proposer_in(text)[0] or _proposing(text)
    return Power(
        authority=holder.who,
        proposer=proposer if proposer != holder.who else None,
        strong=highest is not Deed.ANNOUNCE,
        at=holder.at,
    )


def _proposing(text: str) -> str | None:
    """Who proposes in a bare 由甲提出，."""
    found = _PROPOSES.search(text)
    return clean_body(found[1]) if found else None


def _clauses(text: str) -> list[tuple[str, int]]:
    """The clauses of ``text`` with where each begins; a comma in brackets parts nothing."""
    clauses, start, depth = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "（") - (char == "）")
        if char in "，；。：" and depth <= 0:
            clauses.append((text[start:at], start))
            start = at + 1
    return [*clauses, (text[start:], start)]


def _act(clause: str, at: int) -> _Act | None:
    """Who does the first deed of ``clause`` that is about the start."""
    if _ONLY_SOMETIMES.match(clause):
        return None
    if _NOT_START.search(clause) and "启动" not in clause and "进入" not in clause:
        return None
    for deed, verbs in _DEEDS:
        for verb in verbs.finditer(clause):
            if _OF_START.match(clause[verb.end() :]) and (who := _who(clause[: verb.start()])):
                return _Act(who, deed, at)
    return None


def _who(before: str) -> str | None:
    """The body right before a deed, behind the last word that leads to it (报甲, 经甲, 由甲)."""
    said = _LAST_WORDS.sub("", before)
    parts = _ROUTE.split(said) if "（" not in said else [said]
    return clean_body(parts[-1]) or clean_body(said)
