"""Rules on copied text (T1, T2): what was taken from a plan of another place and left as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules._bodies import areas, body_paragraphs, core, is_township, members

_ZONE = re.compile(r"高新技术产业开发区|高新区|经开区|经济技术开发区|街道办(?:事处)?")
_OFFICE = re.compile(r"财务科|责任科室|有关科室|相关科室|各科室|局机关|股室")
_PROVINCE = re.compile(
    r"河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    r"|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    r"|内蒙古|广西|西藏|宁夏|新疆|北京市|天津市|上海市|重庆市"
)
_NEIGHBOUR = re.compile(r"毗邻|相邻|周边|交界|邻近|接壤|与|跨|流域|《[^》]*$|台网|大学|研究院|中心$")
_STABILITY = re.compile(r"(?P<name>[\u4e00-\u9fff]{0,6}维稳指挥部)")
_WRITES = r"(?:制定|修订|编制|制订|组织实施|协同实施)"
_UPPER = r"(?:省|自治区|兵团|师市|市|州|全省|全市)"
_ALL = re.compile(
    r"全(?P<body>[\u4e00-\u9fff]{2,6}?(?:中心|局|办|委员会))(?![\u4e00-\u9fff]{0,2}(?:员|干部|职工|人员))"
)


@rule(code="T1", name="foreign-place", severity=Severity.H)
def foreign_place(context: PlanContext) -> Iterator[Hit]:
    """A zone or sub-district that a plan of a township cannot have."""
    title = context.content.title
    if not is_township(title):
        return
    own = "".join((title, *(unit.name for unit in context.content.units)))
    for section, paragraph in body_paragraphs(context):
        for match in _ZONE.finditer(paragraph.text):
            if match.group() in own or (
                re.search(r"[（(乡、]+$", paragraph.text[: match.start()][-2:]) and "乡、" in paragraph.text
            ):
                continue
            place = context.outline.cite(section, paragraph, match.start(), match.end())
            # Where it commands or publishes, the wrong body would be asked to act.
            acts = re.search(r"指挥部|负责|发布|成立", paragraph.text[match.end() : match.end() + 24])
            severity = Severity.H if acts else Severity.M
            yield Hit(at=place, severity=severity, data={"place": match.group(), "title": title})
            break


@rule(code="T1", name="foreign-province", severity=Severity.H)
def foreign_province(context: PlanContext) -> Iterator[Hit]:
    """Another province than the one the plan speaks of, named once or twice."""
    counted: dict[str, int] = {}
    for _, paragraph in context.paragraphs():
        for match in _PROVINCE.finditer(paragraph.text):
            counted[match.group()] = counted.get(match.group(), 0) + 1
    named = [name for name in counted if name[:2] in context.content.title]
    home = named[0] if named else max(counted, key=lambda name: counted[name], default="")
    if not home or (not named and counted[home] < 3):
        return
    for section, paragraph in body_paragraphs(context):
        for match in _PROVINCE.finditer(paragraph.text):
            around = paragraph.text[max(0, match.start() - 8) : match.start()]
            after = paragraph.text[match.end() : match.end() + 10]
            if match.group() == home or counted[match.group()] > 2 or _NEIGHBOUR.search(around):
                continue
            if re.match(r"(?:省|自治区)?(?:人民政府|[\u4e00-\u9fff]{2,6}[厅局]|境内|范围内|行政区域)", after):
                place = context.outline.cite(section, paragraph, match.start(), match.end())
                yield Hit(at=place, data={"place": match.group(), "title": context.content.title})


@rule(code="T1", name="foreign-office", severity=Severity.M)
def foreign_office(context: PlanContext) -> Iterator[Hit]:
    """Divisions inside a bureau, in the plan of a township that has none."""
    listed = members(context.content)
    if (
        not is_township(context.content.title)
        or not listed
        or any(re.search(r"[科股]", name) for name in listed)
    ):
        return
    for section, paragraph in body_paragraphs(context):
        match = _OFFICE.search(paragraph.text)
        if match:
            place = context.outline.cite(section, paragraph, match.start(), match.end())
            yield Hit(at=place, data={"office": match.group()})


@rule(code="T1", name="unknown-headquarters", severity=Severity.M)
def unknown_headquarters(context: PlanContext) -> Iterator[Hit]:
    """A stability headquarters must be told that the plan neither forms nor lists."""
    content = context.content
    names = [unit.name for unit in content.units] + ([content.command.name] if content.command else [])
    if "维稳" in content.title or any("维稳" in name for name in names):
        return
    if any("维稳指挥部" in to for deadline in content.deadlines for to in deadline.to):
        return  # told by headquarters-told-but-unknown
    for section, paragraph in body_paragraphs(context):
        match = _STABILITY.search(paragraph.text)
        if match:
            at = paragraph.text.find("维稳指挥部")
            place = context.outline.cite(section, paragraph, at, at + 5)
            yield Hit(at=place, data={"body": "维稳指挥部"})
            return


@rule(code="T2", name="replaced-word", severity=Severity.M)
def replaced_word(context: PlanContext) -> Iterator[Hit]:
    """The name of a body stands where an area was meant (find and replace)."""
    title = context.content.title
    names = {core(unit.name, title) for unit in context.content.units}
    for section, paragraph in body_paragraphs(context):
        for match in _ALL.finditer(paragraph.text):
            if match["body"] in names:
                place = context.outline.cite(section, paragraph, match.start(), match.end())
                yield Hit(at=place, data={"words": match.group()})
    own = [area for area in areas(title) if len(area) >= 2]
    for section, paragraph in body_paragraphs(context):
        for area in own:
            if area not in paragraph.text:
                continue
            doubled = re.search(
                rf"{re.escape(area)}(?:地区|{re.escape(area[-1])}(?=人民政府|[各全]))", paragraph.text
            )
            if doubled and area[-1] in "州市县区":
                place = context.outline.cite(section, paragraph, doubled.start(), doubled.end())
                yield Hit(at=place, say="area-doubled", data={"words": doubled.group()})


@rule(code="T2", name="plan-of-other-level", severity=Severity.H)
def plan_of_other_level(context: PlanContext) -> Iterator[Hit]:
    """The duty to write or run the plan of the same name one level up, taken over with its text."""
    title = re.sub(r"\s|（[^（）]*）", "", context.content.title)
    own = areas(title)
    subject = title[len("".join(own)) :]
    if not own or not is_township(title) or len(subject) < 6:
        return
    pattern = re.compile(rf"{_WRITES}[^。；，]{{0,4}}?(?P<who>{_UPPER}){re.escape(subject)}")
    for section, paragraph in body_paragraphs(context):
        for match in pattern.finditer(paragraph.text):
            place = context.outline.cite(section, paragraph, match.start("who"), match.end())
            yield Hit(at=place, data={"plan": match["who"] + subject, "title": title})
