"""Who ends a response, on whose proposal, and when it may end (响应终止)."""

from __future__ import annotations

import re
from functools import lru_cache

from fengsui.core.plan.authority import Termination
from fengsui.core.plan.level import LadderKind, step
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.power_levels import LevelNames, levels_in
from fengsui.core.reading.extract.power_text import (
    Sentence,
    clean_body,
    sentences,
    sentences_having,
    subject,
)
from fengsui.core.reading.outline import Outline

_END = r"(?:终止|终结|解除|结束|撤销|停止|暂停)"
_OBJECT = r"(?:响应|应急|预警|救援|处置|预案|紧急状态|救灾)"
_ENDS = re.compile(rf"{_END}[^，。]{{0,14}}?{_OBJECT}|{_OBJECT}[^，。]{{0,10}}?{_END}|启动、谁终止")
_SOME_END = re.compile("终止|终结|解除|结束|撤销|停止|暂停")
_TITLE = re.compile(r"终止|结束|解除|终结")
_TITLE_OF_START = re.compile(r"发布|启动|响应分级")
_PROPOSED = re.compile(
    r"(?:由)?([^，。]{2,40}?)(?:及时|，)?(?:(?:向([^，。]{2,30}?))?提出[^，。]{0,24}?(?:建议|意见|"
    r"申请|请求)?|提出)(?=，|。|$|；)"
)
_DECIDED = (
    re.compile(r"(?:报请?|报经|经)([^，。]{2,36}?)(?:审批|批准|同意|审定|核准)"),
    re.compile(
        rf"由([^，。]{{2,60}}?)(?:研究|综合研判)?(?:决定|宣布|批准|确认|下达|发布|作出|做出|"
        rf"负责)[^，。]{{0,20}}?(?:{_END}|命令|(?=[。；]|$))"
    ),
    re.compile(
        rf"由([^，。]{{2,60}}?)(?:根据|综合|依据|按照?)[^，。]*，(?:决定|宣布|批准|"
        rf"确认)[^，。]{{0,12}}?{_END}"
    ),
    re.compile(rf"由([^，。]{{2,40}}?)(?:及时)?{_END}"),
    re.compile(rf"([^，。]{{2,40}}?)(?:研究)?(?:决定|宣布)(?:是否)?[^，。]{{0,16}}?{_END}"),
    re.compile(r"([^，。]{2,40}?)(?:研究)?决定并?(?:下达|宣布|执行)(?=[。；]|$)"),
    re.compile(rf"([^，。]{{2,40}}?)(?:应当|应)?(?:作出|做出)[^，。]{{0,8}}?{_END}"),
    re.compile(rf"([^，。]{{2,40}}?)(?:及时|可以?|应当?|适时)*(?:{_END})(?:预警|应急)?(?:响应|状态)"),
)
_SAME_WAY = re.compile(
    r"(?:(?:解除|终止)程序与[^，。]{0,8}程序一致|按照?启动[^，。]{0,12}程序|"
    r"[“\"]?谁(?:启动|发布|签发|批准)、?，?谁(?:终止|结束|解除|撤销)[”\"]?)"
)
# Not a name but a pointer: whoever decided on the start decides on the end.
_STARTER = re.compile(
    r"原?(?:批准|决定|启动|发布|签发)(?:启动)?(?:应急)?(?:响应|预警)?(?:信息)?的?(?:人|领导|机关|机构|单位|部门)"
)
_NOT_ENDING = re.compile(
    r"(?:终止|结束|解除|撤销|停止)[^，。]{0,6}(?:后|之后|之前|前)(?:，|。|、|$|"
    r"[^，。]{0,20}(?:应|要|及时|组织|报|作|写|予以|开展|进行|指导|对))|启动(?:和|、|及|"
    r"或)(?:终止|结束)|是否终止的"
)
_CONDITION = re.compile(
    r"结束|消除|完成|控制|排除|得到|稳定|降至|全部|无生还|恢复|妥善|平息|救治|安置|扑灭|合格|确认完毕|"
    r"解除|脱险"
)
_NO_CONDITION = re.compile(r"提出|向[^，]+报|负责|谁")
_ITEM_MARK = re.compile(r"^[^：]*(?:条件|标准|情形|情况|要求)：(?=.)[①-⑳]?|^[①-⑳]")
_LIST_LEAD = re.compile(r"条件|标准|情形|(?:下列|以下|如下)(?:情况|要求|条件|规定)")
_LEADING = re.compile(r"^(?:[^，。：]*(?:后|时|的|完成|消除)，)+")


def extract_termination(outline: Outline) -> Extracted[Termination]:
    """Who ends which response, with the conditions; a doubt where a section on ending names nobody."""
    names = LevelNames.of(outline)
    items: list[Termination] = []
    open_conditions: list[tuple[Sentence, str]] = []
    spoken = set(map(id, sentences_having(outline, _SOME_END)))
    for sentence in sentences(outline):
        titled = _titled(sentence.section.title)
        if not titled and id(sentence) not in spoken:
            continue  # nearly every sentence of a plan
        conditions = _conditions(sentence) if titled else ()
        found = _read(sentence, titled, names, conditions)
        items += found
        if not found:
            open_conditions += [(sentence, condition) for condition in conditions]
    settled = _with_lists(items, open_conditions)
    doubts = [
        Doubt(about="termination", why="no_authority", text=item.source.quote, source=item.source)
        for item in settled
        if item.authority is None and not items
    ]
    return Extracted(tuple(settled), tuple(doubts))


@lru_cache(maxsize=256)
def _titled(title: str) -> bool:
    return bool(_TITLE.search(title)) and not _TITLE_OF_START.search(title)


def _read(
    sentence: Sentence, titled: bool, names: LevelNames, conditions: tuple[str, ...]
) -> list[Termination]:
    text = _LEADING.sub("", sentence.text)
    if (
        not (titled or _ENDS.search(text))
        or _NOT_ENDING.search(text)
        or re.search(r"向社会(?:宣布|公布)|时自动|年月日|自行(?:编制|制定)|参照", text)
    ):
        return []
    if not titled and not re.search(r"响应|应急状态|预警|救援", text):
        return []
    authority, proposer = _who(text, titled)
    if authority is None:
        return []
    levels = (
        levels_in(text.split("，")[0])
        or levels_in(text)
        or names.find(sentence.text.split("，")[0])
        or names.around(sentence, lead=False)
    )
    kind = LadderKind.WARNING if "预警" in text and "应急响应" not in text else LadderKind.RESPONSE
    return [
        Termination(
            authority=sentence.printed(authority),
            proposer=sentence.printed(proposer) if proposer and proposer != authority else None,
            level=step(kind, level) if level else None,
            conditions=conditions,
            source=sentence.cite(),
        )
        for level in levels or (None,)
    ]


def _who(text: str, titled: bool) -> tuple[str | None, str | None]:
    """(who ends, who proposes)."""
    proposer, to = None, None
    proposed = _PROPOSED.search(text)
    if proposed and (_ENDS.search(text) or titled):
        proposer = clean_body(proposed.group(1)) or subject(text[: proposed.end(1)])
        to = clean_body(proposed.group(2)) if proposed.group(2) else None
    same = _SAME_WAY.search(text)
    for form in _DECIDED:
        found = form.search(text)
        if found is None or not (_ENDS.search(text) or titled):
            continue
        pointer = _STARTER.search(found.group(1))
        told = found.group(1).removesuffix("层面")
        body = pointer.group() if pointer else clean_body(told) or subject(told)
        if body and body != proposer:
            return body, proposer
    if same:
        return same.group(), proposer
    return (to, proposer) if to and titled else (None, proposer)


def _conditions(sentence: Sentence) -> tuple[str, ...]:
    """The circumstances named in a sentence of a section on ending."""
    listed = _LIST_LEAD.search(sentence.lead) or _LIST_LEAD.search(sentence.label)
    if (
        listed
        and _CONDITION.search(sentence.text)
        and not re.search(r"由(?!于)|宣布|批准|决定|负责|提出", sentence.text)
    ):
        return (_ITEM_MARK.sub("", sentence.text.rstrip("。；")),)
    head = re.split(
        r"，(?=经|由|报|可|应急处置工作|应急响应|[^，]{0,14}(?:宣布|决定|终止|提出))", sentence.text
    )[0]
    if _NOT_ENDING.search(head) or (head == sentence.text and not re.match(r"当|在|待|（\d", sentence.text)):
        return ()
    parts = [
        re.sub(r"^(?:当|在|待|若|如)|(?:后|时|，)+$", "", part)
        for part in re.split(r"，|(?<!次生)、(?=[^、]{6,})", head)
    ]
    return tuple(
        part.strip("。；")
        for part in parts
        if 4 <= len(part) <= 60 and _CONDITION.search(part) and not _NO_CONDITION.search(part)
    )


def _with_lists(items: list[Termination], loose: list[tuple[Sentence, str]]) -> list[Termination]:
    """Conditions listed apart from the deciding sentence go to it, else stand for themselves."""
    result = list(items)
    for section in dict.fromkeys(id(sentence.section) for sentence, _ in loose):
        mine = [(sentence, text) for sentence, text in loose if id(sentence.section) == section]
        texts = tuple(text for _, text in mine)
        first = mine[0][0]
        clause = first.section.clause
        at = next(
            (i for i, item in enumerate(result) if item.source.clause == clause and not item.conditions), None
        )
        if at is None:
            result.append(Termination(authority=None, conditions=texts, source=first.cite()))
        else:
            item = result[at]
            result[at] = Termination(
                authority=item.authority,
                proposer=item.proposer,
                level=item.level,
                conditions=texts,
                source=item.source,
            )
    return sorted(result, key=lambda item: item.source.line)
