"""Who raises, lowers or adapts a level, and when (响应调整、升级、降级、启动条件调整)."""

from __future__ import annotations

import re
from functools import lru_cache

from fengsui.core.plan.authority import Direction, LevelChange
from fengsui.core.plan.level import LadderKind, step
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.power_levels import LevelNames, levels_in
from fengsui.core.reading.extract.power_parts import level_parts
from fengsui.core.reading.extract.power_text import (
    Sentence,
    body_at_head,
    clean_body,
    sentences_having,
    subject,
)
from fengsui.core.reading.outline import Outline

_UP = r"提升|提高|升高|升级|上调|调高|提级|晋级|升格|扩大"
_DOWN = r"降低|降级|下调|调低|降格"
_ANY = rf"(?:{_UP}|{_DOWN}|调整|变更|升降)"
_HINT = re.compile(rf"{_UP}|{_DOWN}|调整|变更|升降")
_NUMERAL = r"(?:[ⅠⅡⅢⅣⅤ]|IV|I{1,3}|[一二三四])级"
_STEP = (
    r"(?:(?:响应|预警|应急)(?:的)?(?:级别|等级)|级别|等级|响应(?![能速效水机]|时间|及时)|"
    rf"预警(?![能水机信])|{_NUMERAL}|[红橙黄蓝]色)"
)
_WHAT_IT_TAKES = r"(?:启动|响应|预警|分级)[^，。；]{0,16}(?:条件|标准)"
_CHANGES = re.compile(
    rf"{_ANY}(?:[^，。；]{{0,4}}?[、和或及与]{{1,2}}(?:{_ANY}|终止|解除|终结|结束))?[^，。；]{{0,14}}?{_STEP}"
    rf"|{_STEP}[^，。；、]{{0,8}}?(?:的)?(?:可|应|要|须|予以|进行|适时|及时|相应|适当|作|做|做出|作出|酌情|可以|启动|终止|发布|[、和及])*{_ANY}"
    rf"|(?:{_UP}|{_DOWN})(?:为|至|到){_NUMERAL}"
)
_ADAPTS = re.compile(rf"{_WHAT_IT_TAKES}[^，。；]{{0,8}}{_ANY}|{_ANY}[^，。；]{{0,8}}{_WHAT_IT_TAKES}")
_TITLE = re.compile(
    rf"(?:响应|预警|级别|等级|条件|标准)[^，。；]{{0,10}}{_ANY}|{_ANY}[^，。；]{{0,10}}(?:响应|预警|级别|等级)"
)
_NO_TITLE = re.compile(r"演练|培训|保障|修订|预案管理|定义|术语")
# 调整之后要做的, 调整的记录, and what is no level (提高响应能力).
_NOT_CHANGING = re.compile(
    rf"{_ANY}[^，。；]{{0,8}}(?:后|之后|之前)(?:，|$|的?[^，。；]{{0,10}}(?:应|要|及时))|{_ANY}[^，。；]{{0,10}}(?:情况|记录|信息|通知)(?=[，。；、]|$)"
    r"|(?:能力|水平|速度|效率|装备|设备|软件|系统)[^，。；]{0,4}$|响应[^，。；]{0,6}(?:能力|速度|效率|水平)"
)
# 预警降级的情况下, 当Ⅰ级调整为Ⅱ级时: what follows is done then, nobody changes anything here.
_WHEN_CHANGED = re.compile(
    rf"^[^，。；]{{0,24}}{_ANY}[^，。；]{{0,20}}(?:时|情况下)，|^[^，。；]{{0,6}}(?:如|若|当)[^，。；]{{0,20}}{_ANY}[^，。；]{{0,14}}，"
)
_TO = re.compile(rf"(?:{_UP}|{_DOWN}|调整|变更|升|降|转)[^，。；]{{0,6}}[为至到成][^，。；]*")
_DECIDED = (
    re.compile(
        r"(?:报请?|报经|经|提请)([^，。；]{2,36}?)(?:主要领导|负责人)?(?:研究|审核)?(?:审批|批准|同意|审定|核准|决定)"
    ),
    re.compile(
        rf"由([^，。；]{{2,60}}?)(?:[，及]|研究|综合|综合研判|会商|研判)*(?:决定|宣布|批准|确认|下达|发布|作出|做出|负责|统一|适时|及时|根据[^，。；]*，?|依据[^，。；]*，?|按照?[^，。；]*，?|{_ANY})"
    ),
    re.compile(
        rf"([^，。；]{{2,40}}?)(?:研究|会商|研判|评估)?(?:决定|宣布|负责|批准)[^，。；]{{0,20}}?{_ANY}"
    ),
)
_REQUESTED = re.compile(
    rf"(?:提请|报请|请求|(?:上报|报告)(?=[^，。；]{{2,36}}，并?建议))([^，。；]{{2,36}}?)(?:决定|批准|，并?建议)?(?:{_ANY})"
)
_PROPOSED = re.compile(
    r"(?:由)?([^，。；]{2,40}?)(?:及时|，|应当?|可以?)*(?:向([^，。；]{2,30}?))?提出[^，。；]{0,30}?(?:建议|意见|申请|请求|报告)"
)
# Not a name but a pointer: whoever decided on the start decides on the change.
_STARTER = re.compile(
    r"原?(?:批准|决定|启动|发布|签发|宣布)(?:启动)?(?:预警信息|应急响应|响应|预警|信息)?的?(?:机关|机构|单位|部门|领导|人)"
)
_SAME_WAY = re.compile(
    r"(?:调整|变更|升级|降级)[^，。；]{0,10}程序与[^，。；]{0,10}程序(?:一致|相同)|(?:按照?|参照)[^，。；]{0,12}(?:启动|发布|响应|规定|同样|相同|上述)[^，。；]{0,6}程序"
    r"|谁(?:启动|发布|签发|批准)、?，?谁(?:调整|变更)"
)
_PREMISE_END = re.compile(r"(?:之?时|的|后|情况下|情形下|趋势|期间)$")
_PREMISE_HEAD = re.compile(
    r"(?:^|(?<=[一-龥]))(?:可|应|要)?(?:当|若|如果|如遇?|一旦|凡|但|对于?|在|根据|依据|按照|视)+"
)
_STEPS = re.compile(r"也?(?:应|要|须|可(?!能)|及时|逐级|适时|立即|经|相应)")
_ACTS = re.compile(r"提出|批准|决定|宣布|由(?!于)|报(?:请|经)|负责")
_DUTY = re.compile(r"职责|职能|任务")
_DUTY_TAIL = re.compile(r"(?:的|及|和)?(?:主要)?(?:工作)?(?:职责|职能|任务).*$")


def extract_adjustment(outline: Outline) -> Extracted[LevelChange]:
    """Every sentence by which a level, or what it takes to reach one, is changed; each once."""
    names = LevelNames.of(outline)
    items: list[LevelChange] = []
    for sentence in sentences_having(outline, _HINT):
        if _speaks_of_change(sentence):
            for part in level_parts(sentence.text):
                if _HINT.search(part):
                    items += _read(sentence, part, names)
    return Extracted(tuple(_once(items)))


@lru_cache(maxsize=256)
def _titled(title: str) -> bool:
    return bool(_TITLE.search(title))


def _speaks_of_change(sentence: Sentence) -> bool:
    text = sentence.text
    if _NO_TITLE.search(sentence.section.title) or "流程图" in sentence.around:
        return False
    if not _CHANGES.search(text) and not _ADAPTS.search(text) and not _titled(sentence.section.title):
        return False
    return bool(_HINT.search(_WHEN_CHANGED.sub("", text))) and not _NOT_CHANGING.search(text)


def _read(sentence: Sentence, text: str, names: LevelNames) -> list[LevelChange]:
    adapts = bool(_ADAPTS.search(text)) and not _CHANGES.search(_ADAPTS.sub("", text))
    at = _changed_at(text, adapts)
    premise = _premise(text, at)
    authority, proposer = _who(sentence, text[len(premise) :] if premise else text)
    told = _TO.sub("", text[len(premise) :] if premise else text)
    levels = levels_in(told) or (names.around(sentence, lead=False) if not adapts else ())
    kind = _kind(sentence)
    return [
        LevelChange(
            direction=_direction(text[at:]),
            kind=kind,
            authority=sentence.printed(authority) if authority else None,
            proposer=sentence.printed(proposer) if proposer and proposer != authority else None,
            level=step(kind, level) if level else None,
            of_conditions=adapts,
            conditions=_conditions(sentence, premise),
            source=sentence.cite(),
        )
        for level in (levels if len(levels) < 4 else ()) or (None,)
    ]


def _changed_at(text: str, adapts: bool) -> int:
    """Where the words about the change begin: at its clause."""
    found = (_ADAPTS if adapts else _CHANGES).search(text) or _HINT.search(text)
    start = found.start() if found else 0
    return max(text.rfind(sign, 0, start) for sign in "，。；：") + 1


def _premise(text: str, at: int) -> str:
    """What must be so before a level is changed, with its comma; "" where the sentence says nothing."""
    clauses = text[:at].split("，")[:-1]
    while clauses and (_ACTS.search(clauses[-1]) or _STEPS.match(clauses[-1])):
        clauses.pop()  # …时，由甲提出建议，: who acts is no part of the premise
    said = "，".join(clauses)
    if not clauses or not (_PREMISE_HEAD.search(said) or _PREMISE_END.search(said)):
        return ""
    return said + "，"


def _conditions(sentence: Sentence, premise: str) -> tuple[str, ...]:
    bare = _unlabelled(premise.rstrip("，"))
    body = _leading_body(bare)
    if body and bare.startswith(body):
        bare = bare[len(body) :]
    bare = re.sub(rf"^{_PREMISE_HEAD.pattern}", "", bare)
    bare = re.sub(r"(?:之?时|的情况下|的|后)$", "", bare)
    return (sentence.printed(bare),) if len(bare) >= 4 else ()


def _leading_body(text: str) -> str | None:
    """The body a sentence begins with: 县指挥部依据灾情变化，…."""
    first = text.split("，")[0]
    return body_at_head(first) or (None if _PREMISE_HEAD.match(first) else clean_body(first))


def _unlabelled(text: str) -> str:
    return re.sub(r"^[^，。；：]{1,16}：", "", text)


def _who(sentence: Sentence, text: str) -> tuple[str | None, str | None]:
    """(who decides, who proposes)."""
    proposer, to = None, None
    if proposed := _PROPOSED.search(text):
        proposer = clean_body(proposed[1]) or subject(text[: proposed.end(1)])
        to = clean_body(proposed[2]) if proposed[2] else None
    if same := _SAME_WAY.search(text):
        return same.group(), proposer
    asked = _REQUESTED.search(text)
    if asked and (body := clean_body(asked[1])):
        return body, proposer or subject(text[: asked.start()])
    for found in (match for form in _DECIDED for match in form.finditer(text)):
        pointer = _STARTER.search(found[1])
        body = pointer.group() if pointer else clean_body(found[1]) or subject(found[1])
        if body and body != proposer and not levels_in(body):
            return body, proposer
    if to:
        return to, proposer
    if proposer is None and (actor := _acting(sentence, text)):
        return actor, None
    return None, proposer


def _acting(sentence: Sentence, text: str) -> str | None:
    """Who changes the level where nobody is said to decide: the subject, or whose duty the line is."""
    if pointer := _STARTER.search(text[: _changed_at(text, False) + 24]):
        return pointer.group()
    found = _HINT.search(text)
    said = subject(text[: found.start()] if found else text)
    if body := said or _leading_body(_unlabelled(sentence.text)):
        return body
    for place in (sentence.label, sentence.lead, *sentence.titles[:1]):
        if _DUTY.search(place) and (body := clean_body(_DUTY_TAIL.sub("", place))):
            return body
    return None


def _direction(text: str) -> Direction:
    up, down = re.search(_UP, text), re.search(_DOWN, text)
    if up and not down and not re.search("调整|变更|升降", text):
        return Direction.UP
    if down and not up and not re.search("调整|变更|升降", text):
        return Direction.DOWN
    return Direction.EITHER


def _kind(sentence: Sentence) -> LadderKind:
    for text in (sentence.text, *sentence.titles[:2]):
        if "响应" in text:
            return LadderKind.RESPONSE
        if "预警" in text:
            return LadderKind.WARNING
    return LadderKind.RESPONSE


def _once(items: list[LevelChange]) -> list[LevelChange]:
    """The same said twice is one; a sentence that names nobody adds nothing to one that does unless it
    says when."""
    told: dict[tuple[object, ...], LevelChange] = {}
    for item in items:
        key = (item.direction, item.kind, item.level, item.of_conditions, item.authority, item.proposer)
        if key not in told or (item.conditions and item.conditions != told[key].conditions):
            told[(*key, item.conditions) if key in told else key] = item
    return list(told.values())
