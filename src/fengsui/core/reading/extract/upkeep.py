"""How a plan is kept alive: drills (演练) and revision (修订)."""

from __future__ import annotations

import re
from dataclasses import replace

from fengsui.core.plan.reporting import Drill, RevisionRule
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.clock_words import NUMBER, number_of
from fengsui.core.reading.extract.power_text import (
    LABEL,
    Sentence,
    body_at_head,
    clean_body,
    sentences,
    sentences_having,
    subject,
)
from fengsui.core.reading.outline import Outline

_DRILL = re.compile(r"演练|演习|应急拉动|拉练")
_EVERY = re.compile(rf"每(?P<n>{NUMBER})?个?(?P<u>年|半年|季度|季|学期|月)(?:度)?")
_LOOSE = re.compile(
    r"定期|适时|不定期|有计划|经常性|组织[^，。]{0,20}(?:演练|演习)|开展[^，。]{0,20}(?:演练|演习)|"
    r"负责[^，。]{0,10}(?:演练|演习)|做好[^，。]{0,16}(?:演练|演习)"
)
_KIND = re.compile(
    r"综合(?:性)?演练|实战演练|桌面(?:推演|演练)|专项演练|联合(?:应急)?演练|双盲演练|单项演练|专业性"
)
_UPKEEP = re.compile(r"演练|演习|培训|保障|附则|管理|宣传|教育|监督|准备")
_NOT_DRILL = re.compile(
    r"(?:演练|演习)(?:结束)?后，|经费|预算|追究|未按|演练(?:结束|费|经费|方案|计划|记录|"
    r"评估)[^，。]{0,6}(?:后|$)|在[^，。]{0,10}演练(?:中|或者?)"
)
_REVISE = re.compile(
    r"修订|修改完善|修改和完善|完善本预案|更新(?:一次|完善|本预案)?|作出相应修改|做出相应修改|评审|"
    r"组织[^，。]{0,8}评估"
)
_REVISE_WORD = re.compile("修订|修改|完善|更新|评审|评估")
_REVISE_TITLE = re.compile(r"修订|更新|预案管理|预案评估|附则|制[定订]|编制|解释|预案")
_REVISE_OBJECT = re.compile(r"预案|数据资料|名录|通讯录")
_NO_REVISION = re.compile(
    r"追究|未按|按照有关规定执行|演练(?:方案|脚本)|编制依据|《[^》]*修订[^》]*》|"
    r"\d{4}年[^，。]{0,8}修订"
)


_LISTS = re.compile(r"(?:情形|情况)之一|：$")
_PERIOD = re.compile(
    rf"每(?:隔)?(?P<n>{NUMBER})?(?P<u>年|月)|(?<![\d.])(?P<m>{NUMBER})年(?:内)?(?:至少)?(?:组织|进行|开展)?(?:评估|修订)?一次"
)


def extract_drills(outline: Outline) -> Extracted[Drill]:
    """Every sentence that orders drills, with its interval where it gives one."""
    items: list[Drill] = []
    for sentence in sentences_having(outline, _DRILL):
        if _NOT_DRILL.search(sentence.text):
            continue
        intervals = _intervals(sentence.text)
        if not intervals and not (_LOOSE.search(sentence.text) and _is_about(sentence, _UPKEEP)):
            continue
        if not intervals and re.search(r"目的|原则|依据|职责", "".join(sentence.titles[:2]) + sentence.lead):
            continue
        scope, source = _scope(sentence), sentence.cite()
        for every, about in intervals or ((None, sentence.text),):
            kind = _KIND.search(about)
            items.append(Drill(every=every, scope=scope, kind=kind.group() if kind else None, source=source))
    return Extracted(tuple(items))


def _intervals(text: str) -> list[tuple[str, str]]:
    """Each interval ("1年", "半年", "3个月") with the words that follow it as far as the next.

    每年演练综合预案，每半年演练现场处置方案: two drills, each by itself.
    """
    marks = list(_EVERY.finditer(text))
    if not marks:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    spans = [text[mark.start() : end] for mark, end in zip(marks, ends, strict=True)]
    found = [
        (_every(mark), span)
        for mark, span in zip(marks, spans, strict=True)
        if (drill := _DRILL.search(span)) and drill.start() < 60
    ]
    if found:
        return found
    # 应急演练每年一次: the interval may follow.
    first = next(_DRILL.finditer(text)).start()
    return [(_every(mark), text) for mark in marks if mark.start() > first][:1]


def _every(mark: re.Match[str]) -> str:
    number, unit = mark.group("n") or "1", mark.group("u")
    if unit == "半年" or (number, unit) == ("半", "年"):
        return "半年"
    if unit in ("季度", "季"):
        return f"{3 * number_of(number):g}个月"
    return f"{number_of(number):g}{'个' if unit == '月' else ''}{unit}"


def _is_about(sentence: Sentence, title: re.Pattern[str]) -> bool:
    return any(title.search(text) for text in (*sentence.titles, sentence.lead))


def _scope(sentence: Sentence) -> str | None:
    """Who drills, as printed; None where the sentence names nobody."""
    text = sentence.text
    found = _EVERY.search(text)
    head = text[: found.start()] if found else text[: next(_DRILL.finditer(text)).start()]
    by = re.findall(r"由([^，。；]{2,30}?)(?:负责|组织|牵头)", head)
    body = (clean_body(by[-1]) if by else None) or body_at_head(text) or subject(head)
    if body is None and sentence.label:
        body = clean_body(sentence.label)
    return sentence.printed(body) if body else None


def extract_revision(outline: Outline) -> Extracted[RevisionRule]:
    """When the plan is to be revised: periods, occasions, and the circumstances listed under them.

    A listed circumstance is an item of its own and a trigger of the rule that announces the list.
    """
    items: list[RevisionRule] = []
    listed: Sentence | None = None
    lead = 0
    spoken = set(map(id, sentences_having(outline, _REVISE_WORD)))
    for sentence in sentences(outline):
        if listed is None and id(sentence) not in spoken:
            continue  # nearly every sentence of a plan
        text = sentence.text
        if listed is not None and sentence.section is not listed.section:
            listed = None
        entry = listed is not None and _is_entry(sentence)
        if _is_revision(sentence):
            items.append(_rule(sentence))
            if not entry:
                listed, lead = sentence if _LISTS.search(text) else None, len(items) - 1
        elif listed is not None and _is_list_item(sentence):
            items.append(RevisionRule(text=text.rstrip("。；"), every=None, who=None, source=sentence.cite()))
            entry = True
        if entry and items:
            items[lead] = replace(items[lead], triggers=(*items[lead].triggers, text.rstrip("。；")))
    return Extracted(tuple(items))


def _is_entry(sentence: Sentence) -> bool:
    """Whether the sentence is a numbered entry of a list: （1）…"""
    return sentence.start == 0 and LABEL.match(sentence.paragraph.text) is not None and len(sentence.text) > 4


def _inline_trigger(text: str) -> tuple[str, ...]:
    """The first circumstance where the list begins in the sentence that announces it."""
    found = re.search(r"(?:情形|情况)(?:之一)?[^：]{0,40}：(?P<first>[^：]{4,})$", text)
    return (LABEL.sub("", found["first"]).rstrip("。；"),) if found else ()


def _is_revision(sentence: Sentence) -> bool:
    text = sentence.text
    if (
        not _REVISE.search(text)
        or not re.search(r"，|[一-龥]{8}", text)
        or _NO_REVISION.search(text)
        or not _REVISE_OBJECT.search(text)
    ):
        return False
    if re.search(
        r"(?:发现|中的|需要)[^，。]{0,12}(?:修订|调整)[^，。]{0,8}(?:情况|问题|情形)$", text.rstrip("。；")
    ):
        return False
    return _is_about(sentence, _REVISE_TITLE) and not re.search(r"目的|原则", sentence.section.title)


def _is_list_item(sentence: Sentence) -> bool:
    return bool(re.search(r"变化|调整|问题|情[况形]|的[。；]?$", sentence.text))


def _rule(sentence: Sentence) -> RevisionRule:
    text = sentence.text
    found = _PERIOD.search(text)
    who = re.findall(r"由([^，。；]{2,30}?)(?:负责|会?根据|组织|适时)", text)
    ordered = _REVISE.search(text)
    head = text[: ordered.start()] if ordered else text
    body = (clean_body(who[-1]) if who else None) or body_at_head(text) or subject(head)
    return RevisionRule(
        text=text.rstrip("。；："),
        every=f"{number_of(found['n'] or found['m'] or '1'):g}{found['u'] or '年'}" if found else None,
        who=sentence.printed(body) if body else None,
        triggers=_inline_trigger(text),
        source=sentence.cite(),
    )
