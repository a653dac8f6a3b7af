"""Rules on contacts (C1 … C3): whether the people who must act can be reached, and by which number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.law import hotlines
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules._bodies import body_paragraphs, is_general, members, same_body

_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—－]?\d{7,8}|[2-8]\d{6,7})(?!\d)")
_LIST_TITLE = re.compile(r"(?:联系|值班|应急)(?:方式|电话|人)|通讯录|通信录|联络表|联络方式")
_HEAD = re.compile(r"主要(?:领导|负责人)")
_NOT_HEAD = re.compile(r"副(?!书记)[\u4e00-\u9fff]{0,2}(?:长|主任|经理|书记)|分管|常务副")
_STOCK = re.compile(r"[\u4e00-\u9fff]{2,5}\s*\d{1,4}\s*(?:台|辆|眼|艘|部|架|套)(?![以次])")
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜"
    "叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方邹熊白孟秦邱江尹薛闫段雷侯龙史"
    "陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤阮温庞寇"
)
_PERSON = re.compile(
    rf"由(?P<a>[{_FAMILY}][\u4e00-\u9fff]{{1,2}})(?:同志)(?:兼任|担任|负责|任)?"
    rf"|(?:主任|组长|总指挥|指挥长|联系人)[：:]\s*(?P<b>[{_FAMILY}](?:某某|[\u4e00-\u9fff]{{1,2}}))("
    rf"?=$|[\s，。；、（(]|\d)"
    rf"|(?P<c>[{_FAMILY}]某某?)(?:同志)"
    rf"|[长任记](?P<d>[{_FAMILY}](?:某某|[\u4e00-\u9fff]{{1,2}}))(?:同志)?(?:兼任|担任|任)(?!务|期)"
)
_OFFICE = re.compile(
    r"[长任记员局办部处科室]$|负责|领导|主管|分管|有关|万元|方[案面]|金[属融]|石油|江[河]|任何|向"
)
_HOTLINE = re.compile(
    r"(?<![\d\-—.])(110|119|120|122|12345|12350|12119|12379|12395|96110)(?![\d\-—.%％]"
    r"|\s*(?:人|小时|万|元|米|mm|号))"
)
_CALLS = re.compile(r"电话|拨打|热线|报警|报告|求助|急救|火警")
_LABELS = (
    (re.compile(r"火警(?:电话)?[：:为]?\s*(?P<n>110|120|122)"), "119"),
    (re.compile(r"急救(?:电话|中心)?[：:为]?\s*(?P<n>110|119|122)"), "120"),
    (re.compile(r"匪警(?:电话)?[：:为]?\s*(?P<n>119|120|122)"), "110"),
)


def _member_place(context: PlanContext) -> Citation:
    return next(unit.source for unit in context.content.units if unit.member)


@rule(code="C1", name="contact-list-missing", severity=Severity.M)
def contact_list_missing(context: PlanContext) -> Iterator[Hit]:
    """Members are named and no telephone number stands for them."""
    listed = members(context.content)
    if not listed:
        return
    numbers = sum(1 for line in context.lines for _ in _PHONE.finditer(line.text))
    if numbers < max(2, len(listed) // 3):
        yield Hit(at=_member_place(context), data={"count": str(len(listed)), "numbers": str(numbers)})


@rule(code="C1", name="contact-list-incomplete", severity=Severity.H)
def contact_list_incomplete(context: PlanContext) -> Iterator[Hit]:
    """A list of contacts exists and leaves members out."""
    listed = members(context.content)
    rows = context.content.contacts
    if not listed or len(rows) < max(3, len(listed) // 2):
        return
    printed = "\n".join(row.source.quote for row in rows)
    without = [
        name
        for name in listed
        if not is_general(name)
        and name not in printed
        and not any(same_body(name, row.unit, context.content.title) for row in rows)
    ]
    if not without:
        return
    data = {"bodies": "、".join(without)}
    for section in context.outline.sections():
        if _LIST_TITLE.search(section.title) and section.paragraphs:
            first = context.outline.cite(section, section.paragraphs[0])
            yield Hit(at=context.heading(section), others=(first,), data=data)
            return
    yield Hit(at=rows[0].source, data=data)


@rule(code="C1", name="contact-below-head", severity=Severity.M)
def contact_below_head(context: PlanContext) -> Iterator[Hit]:
    """A column announces heads of bodies and holds deputies."""
    for section in context.outline.sections():
        head = next((p for p in section.paragraphs if _HEAD.search(p.text)), None)
        if head is None or not _LIST_TITLE.search(section.title):
            continue
        inside = [row for row in context.content.contacts if row.source.line >= head.first_line]
        inside = [row for row in inside if row.source.line <= section.last_line]
        low = [row for row in inside if row.post and _NOT_HEAD.search(row.post)]
        if low:
            places = tuple(row.source for row in low)
            data = {"bodies": "、".join(dict.fromkeys(row.unit for row in low))}
            yield Hit(at=context.outline.cite(section, head), others=places, data=data)


@rule(code="C1", name="resource-without-owner", severity=Severity.L)
def resource_without_owner(context: PlanContext) -> Iterator[Hit]:
    """Counts of machines stand in a sentence without anyone's number, in a plan without contacts."""
    if context.content.contacts:
        return
    for section, paragraph in body_paragraphs(context):
        found = list(_STOCK.finditer(paragraph.text))
        if paragraph.cell is None and len(found) >= 3 and not _PHONE.search(paragraph.text):
            place = context.outline.cite(section, paragraph, found[0].start(), found[-1].end())
            yield Hit(at=place, data={"stock": "、".join(each.group().strip() for each in found[:4])})


@rule(code="C2", name="wrong-hotline", severity=Severity.H)
def wrong_hotline(context: PlanContext) -> Iterator[Hit]:
    """A nationwide number printed for what it is not for."""
    for section, paragraph in context.paragraphs():
        text = paragraph.text
        for match in _HOTLINE.finditer(text):
            line = hotlines()[match[1]]
            around = text[max(0, match.start() - 24) : match.end() + 12]
            if match[1] == "96110" and _CALLS.search(around) and not any(w in around for w in line.words):
                place = context.outline.cite(section, paragraph, match.start(), match.end())
                yield Hit(
                    at=place,
                    evidence=around,
                    data={"number": match[1], "purpose": line.zh, "purpose_en": line.en},
                )
        for label, right in _LABELS:
            wrong = label.search(text)
            if wrong:
                place = context.outline.cite(section, paragraph, wrong.start(), wrong.end())
                meant = hotlines()[wrong["n"]]
                yield Hit(
                    at=place,
                    data={"number": wrong["n"], "purpose": meant.zh, "purpose_en": meant.en, "right": right},
                )


@rule(code="C3", name="person-named", severity=Severity.M)
def person_named(context: PlanContext) -> Iterator[Hit]:
    """An office is given to a person by name, who will change."""
    for section, paragraph in context.paragraphs():
        for match in _PERSON.finditer(paragraph.text):
            name = next(part for part in match.groups() if part)
            if not _OFFICE.search(name):
                yield Hit(at=context.outline.cite(section, paragraph, match.start(), match.end()))
                break
