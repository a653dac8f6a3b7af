"""Training, publicity and education that the plan asks for (培训、宣传、教育)."""

from __future__ import annotations

import re

from fengsui.core.plan.surroundings import Training
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.clock_words import NUMBER, number_of
from fengsui.core.reading.extract.power_text import (
    Sentence,
    body_at_head,
    clean_body,
    sentences_having,
    subject,
)
from fengsui.core.reading.outline import Outline

_TITLE = re.compile(r"宣传|培训|宣教|教育|科普")
_NOT_TITLE = re.compile(
    r"(?:组|部|小组)$|新闻|舆论|报道|发布|职责|引导|目的|原则|依据|责任|奖惩|演[练习](?:组织|评估|总结)$|^(?:应急|预案)?演[练习]$"
)
_FRAME = re.compile(r"原则|目的|依据|适用范围")
_UPKEEP = re.compile(r"预案管理|附则|监督管理|保障|应急准备|预防|准备")
_WORD = re.compile(r"培训|宣传|宣教|教育(?!局|部门|厅|部|委|行政|体育|系统)|科普|普及|告知公众|解读")
_TRAINING = re.compile(
    r"(?:组织|开展|进行|加强|做好|接受|参加|举办|制定|定期|实施)[^，。；]{0,40}(?:培训|宣教|宣传)|培训(?:一次|计划|\d次)|(?:进行|开展)[^，]{0,20}培训"
)
_NOT = re.compile(
    r"经费|预算|追究|处罚|考核结果|演练(?:结束|方案|脚本|总结)|培训(?:基地|中心|机构)建设|未经培训|"
    r"(?:新闻|舆情|正面)宣传|宣传报道|宣传部[^门]{0,8}(?:组长|成员)"
)
_EVERY = re.compile(rf"每(?P<n>{NUMBER})?个?(?P<u>年|半年|季度|季|学期|月)(?:度)?")
_PERSONS = (
    r"(?:人员|队伍|负责人|志愿者|工作者|干部|职工|群众|公众|居民|师生|学生|队员|成员|农户|住户|民兵|"
    r"机构|单位|部门|社会)"
)
_AUDIENCE = tuple(
    re.compile(pattern.replace("PERSONS", _PERSONS))
    for pattern in (
        r"(?:对|面向|针对)(?!性|本)(?P<a>[^，。；（]{0,60}?PERSONS)的[^，。；]{0,40}?(?:培训|宣传|教育)",
        r"(?:对|面向|针对)(?!性|本)(?P<a>[^，。；（]{0,60}?PERSONS)(?:进行|开展|实施|加强|提供)[^，。；]{0,30}"
        r"(?:培训|宣传|教育|宣教)(?!进行(?:指导|监督))",
        r"向(?P<a>[^，。；]{0,12}?(?:群众|居民|职工|师生|学生|公众|社会))[^，。；]{0,8}(?:宣传|普及)",
        r"组织(?!开展)(?P<a>[^，。；]{0,50}?PERSONS)(?:进行|开展|参加|接受)[^，。；]{0,20}培训",
        r"(?:^|，)(?P<a>[^，。；]{0,20}?(?:人员|干部|职工|队员))(?:应|要|须|必须|每)[^，。；]{0,20}接受[^，。；]{0,20}培训",
        r"组织开展(?!对)(?P<a>[^，。；]{0,60}?PERSONS)的?(?:业务|专业|专题|岗位)?培训",
    )
)


def extract_trainings(outline: Outline) -> Extracted[Training]:
    """Every sentence that orders training or publicity, with interval and audience where it gives them."""
    return Extracted(tuple(_training(each) for each in sentences_having(outline, _WORD) if _orders(each)))


def _orders(sentence: Sentence) -> bool:
    text = sentence.text
    if _NOT.search(text) or len(text) < 10:
        return False
    title, above = (*sentence.titles, "", "")[:2]
    # Only the nearest headings: with broken numbering a whole plan may hang below 编制依据.
    if sentence.section.number.startswith("附") or _FRAME.search(title) or "原则" in above:
        return False
    if _TITLE.search(title) and not _NOT_TITLE.search(title):
        return True
    if _NOT_TITLE.search(title):
        return False
    # Elsewhere only what orders a training, in a chapter on upkeep or support.
    return (
        bool(_TRAINING.search(text))
        and "培训" in text
        and any(_UPKEEP.search(each) for each in sentence.titles)
    )


def _training(sentence: Sentence) -> Training:
    text = sentence.text
    who, audience = _who(sentence), _audience(text)
    if who == audience:
        who = None
    return Training(
        text=text.rstrip("。；："),
        who=sentence.printed(who) if who else None,
        audience=sentence.printed(audience) if audience else None,
        every=_interval(text),
        source=sentence.cite(),
    )


def _who(sentence: Sentence) -> str | None:
    text = sentence.text
    by = re.search(r"由([^，。；]{2,30}?)(?:负责|组织|牵头)", text)
    head = text[: next(_WORD.finditer(text)).start()]
    who = (clean_body(by.group(1)) if by else None) or body_at_head(text) or subject(head.split("，")[0])
    # 企业与所在地政府: the word for a station may be the beginning of another.
    if who and (re.search(r"^(?:充分|利用|通过|广泛)", who) or re.match(r"[在需有]", text.partition(who)[2])):
        return None
    return who


def _audience(text: str) -> str | None:
    for pattern in _AUDIENCE:
        found = pattern.search(text)
        if found:
            return found["a"].strip("的")
    return None


def _interval(text: str) -> str | None:
    """The interval of the training nearest to its word; one that belongs to a drill is not taken."""
    for found in _EVERY.finditer(text):
        after = re.search(r"培训|宣传|教育|演练|演习", text[found.end() :])
        if after is None or after.group() in ("演练", "演习"):
            continue
        number, unit = found["n"] or "1", found["u"]
        if unit == "半年" or (number, unit) == ("半", "年"):
            return "半年"
        if unit in ("季度", "季"):
            return f"{3 * number_of(number):g}个月"
        return f"{number_of(number):g}{'个' if unit == '月' else ''}{unit}"
    return None
