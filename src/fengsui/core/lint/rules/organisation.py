"""Rules on organisation (O1 … O4): who is a member, who has a duty, which groups there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules._bodies import (
    MEDICAL,
    body_paragraphs,
    core,
    is_general,
    is_other_level,
    is_post,
    members,
    mentions,
    same_body,
    shortens,
)

_ACTOR = re.compile(
    r"(?:^|[。；，：、]|由|和|(?:启动)?与|\d[.、])"
    r"(?P<name>(?:(?!由)[\u4e00-\u9fff]){0,6}?(?:派出所|财政所|司法所|医院|卫生院"
    r"|人武部|武装部|安委会|安办|安监站|交警中队"
    r"|(?:(?!由)[\u4e00-\u9fff]){1,6}(?:局|办|委员会|中心|支队|大队)))"
    r"(?P<act>负责|牵头|按规定|按照|组织(?!部)|协调|承担|的应急联动|[^，。；、]{0,10}进行)"
)
_OTHER_LEVEL = re.compile(
    r"^(?:国家|国务院|中央|省|自治区|自治州|兵团|师市|师|上级|上一级|县|市|州"
    r"|区|镇|乡|街道|所在|属地|当地|本|该|其|并|及|各|有关"
    r"|相关|事|现场|指挥|应急|领导|项目|施工|企业|公司|会同|配合|必要|可|应|要"
    r"|须|同时|主要|具体|统一|根据|通过|同级|"
    r"对|在|将|向|并由|分别|进行)|指挥部|领导小组|应急办|工作组|专家|联席|按照|根据|要求"
)
_FORMED = re.compile(r"成立(?P<name>[^。；，：（）]{2,24}?(?:小组|组))(?![织长成建])")
_USED = re.compile(
    r"(?:在|接到|协调|通知|听从|报告?给?|由|移交)(?P<names>[\u4e00-\u9fff]{2,7}组(?:、[\u4e00-\u9fff"
    r"]{2,7}组)*)(?![织长成建员])"
)
_FORMED_PLAIN = re.compile(
    r"其他|工作小?组|小?组$|事故|现场|应急|工作|救援|处置|保障|指挥部|有关|相关"
    r"|专项|联合|临时|各|专业|突发事件|本|该|以下|职能|相应|若干"
)
_NO_GROUP = re.compile(r"专家|调查|工作$|领导$|巡[查视]|督[导查]|班|检查|抢修|抢险队|[几两]个|多个|^$")
_DUTIES_APART = re.compile(r"职责[^。；]{0,8}(?:见|列于|附于)[^。；]{0,4}附")
"""The duties of members stand in an annex, which may not be in the document."""
_OWN_CAUSE = re.compile(
    r"(?:事发|事故发生)(?:的)?[\u4e00-\u9fff]{0,4}(?:单位|企业|公司)[^。；]{0,24}分析[^。；]{0,4}原因"
)
_RESCUE = re.compile(r"(?:抢救|救治|救护|医治)[^，。；]{0,4}(?:受伤|伤员|伤病|伤亡)|受伤人员")


def _list_place(context: PlanContext) -> Citation:
    return next(unit.source for unit in context.content.units if unit.member)


def _bearers(context: PlanContext) -> Iterator[tuple[str, Citation]]:
    """Bodies with a task in the plan: by duty, as lead of a group, as subject of a sentence."""
    title = context.content.title
    for duty in context.content.duties:
        yield duty.unit, duty.source
    for group in context.content.groups:
        for name in re.split(r"[、和]", group.lead or ""):
            if len(name) >= 2:
                yield name, group.source
    for section, paragraph in body_paragraphs(context):
        for match in _ACTOR.finditer(paragraph.text):
            name = core(match["name"], title)
            if is_other_level(match["name"], title):
                continue
            if len(name) >= 2 and not _OTHER_LEVEL.search(name):
                yield name, context.outline.cite(section, paragraph, match.start("name"), match.end())


def _stands_outside(name: str, known: list[str], title: str) -> bool:
    """Whether ``name`` is a body of its own that none of ``known`` may mean."""
    plain = core(name, title)
    if (
        is_general(name)
        or is_post(name)
        or len(plain) < 2
        or re.search(r"[企事]业$|企业|政府|指挥部", name)
        or _OTHER_LEVEL.search(plain)
    ):
        return False
    return not any(same_body(name, other, title) for other in known if other)


@rule(code="O1", name="duty-without-membership", severity=Severity.M)
def duty_without_membership(context: PlanContext) -> Iterator[Hit]:
    """A body that is given a task and stands in no list of members."""
    content = context.content
    listed = members(content)
    if not listed:
        return
    hq = content.command
    known = [
        *listed,
        *((hq.name, hq.office or "", *hq.aliases) if hq else ()),
        *(g.name for g in content.groups),
    ]
    known += [alias for unit in content.units if unit.member for alias in unit.aliases]
    found: dict[str, list[Citation]] = {}
    passed: dict[str, bool] = {}  # a body is named in many sentences
    for name, place in _bearers(context):
        if name not in passed:
            passed[name] = _stands_outside(name, known, content.title)
        if passed[name]:
            found.setdefault(core(name, content.title), []).append(place)
    for name, places in found.items():
        yield Hit(at=places[0], others=(*places[1:], _list_place(context)), data={"body": name})


@rule(code="O1", name="injured-without-medical-member", severity=Severity.M)
def injured_without_medical_member(context: PlanContext) -> Iterator[Hit]:
    """The plan promises to save the injured and no medical body belongs to it."""
    content = context.content
    listed = members(content)
    names = [
        *(unit.name for unit in content.units),
        *(n for g in content.groups for n in (g.lead or "", *g.members)),
    ]
    if not listed or any(MEDICAL.search(name) for name in names):
        return
    for section, paragraph in body_paragraphs(context):
        match = _RESCUE.search(paragraph.text)
        if match:
            place = context.outline.cite(section, paragraph, match.start(), match.end())
            yield Hit(at=place, others=(_list_place(context),))
            return


@rule(code="O2", name="member-without-duty", severity=Severity.M)
def member_without_duty(context: PlanContext) -> Iterator[Hit]:
    """A member that the plan never mentions again outside the list."""
    content = context.content
    listed = members(content)
    if not listed:
        return
    lines = {unit.source.line for unit in content.units if unit.member}
    texts = [
        paragraph.text
        for _, paragraph in body_paragraphs(context)
        if not any(paragraph.first_line <= line <= paragraph.last_line for line in lines)
    ]
    rest = "\n".join(texts)
    busy = [duty.unit for duty in content.duties]
    busy += [name for group in content.groups for name in (group.lead or "", *group.members) if name]
    idle = [
        name
        for name in listed
        if not is_general(name)
        and not is_post(name)
        and not re.search(r"中心(?=[\u4e00-\u9fff]{2})", name)  # two names that lost the mark between them
        and not mentions(name, rest, content.title)
        and not any(same_body(name, other, content.title) for other in busy)
    ]
    if _DUTIES_APART.search(rest):
        return
    if idle and len(idle) < len(listed):
        yield Hit(at=_list_place(context), data={"bodies": "、".join(idle)})


@rule(code="O3", name="group-without-lead", severity=Severity.M)
def group_without_lead(context: PlanContext) -> Iterator[Hit]:
    """A group with neither lead nor members, while other groups of the plan have a lead."""
    groups = context.content.groups
    if not any(group.lead for group in groups):
        return
    by_line: dict[int, list[str]] = {}
    places: dict[int, Citation] = {}
    for group in groups:
        if (
            not group.name.endswith("组")
            or group.lead
            or group.coordinator
            or group.members
            or _NO_GROUP.search(re.sub(r"组$", "", group.name))
            or "组" in group.name[:-1]  # two names that lost the mark between them
        ):
            continue
        by_line.setdefault(group.source.line, []).append(group.name)
        places[group.source.line] = group.source
    for line, names in by_line.items():
        yield Hit(at=places[line], data={"groups": "、".join(names)})


@rule(code="O3", name="duty-listed-twice", severity=Severity.M)
def duty_listed_twice(context: PlanContext) -> Iterator[Hit]:
    """One body with two entries in the list of duties, others between them."""
    order: list[tuple[str, Citation]] = []
    for duty in context.content.duties:
        if not order or order[-1][0] != duty.unit:
            order.append((duty.unit, duty.source))
    seen: dict[str, Citation] = {}
    for name, place in order:
        if name in seen and seen[name].line != place.line and seen[name].clause == place.clause:
            yield Hit(at=place, others=(seen[name],), data={"body": name})
        seen.setdefault(name, place)


def _parts(name: str) -> set[str]:
    plain = re.sub(r"[、和与及]", "", _FORMED_PLAIN.sub("", name))
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


@rule(code="O3", name="group-never-defined", severity=Severity.M)
def group_never_defined(context: PlanContext) -> Iterator[Hit]:
    """A group that is formed or told to act and stands in no list of groups."""
    groups = context.content.groups
    if len(groups) < 3:
        return
    known = [_parts(group.name) | {group.name} for group in groups]
    found: dict[str, list[Citation]] = {}
    for section, paragraph in body_paragraphs(context):
        matches = [(m["name"], m.start("name")) for m in _FORMED.finditer(paragraph.text)]
        for used in _USED.finditer(paragraph.text):
            matches += [(name, used.start("names")) for name in used["names"].split("、")]
        for name, begin in matches:
            plain = _FORMED_PLAIN.sub("", name)
            parts = _parts(name)
            if not parts or _NO_GROUP.search(plain) or any(parts & other for other in known):
                continue
            found.setdefault(name, []).append(
                context.outline.cite(section, paragraph, begin, begin + len(name))
            )
    for name, places in found.items():
        yield Hit(at=places[0], others=tuple(places[1:]), data={"team": name})


@rule(code="O3", name="cause-judged-by-firm", severity=Severity.L)
def cause_judged_by_firm(context: PlanContext) -> Iterator[Hit]:
    """The cause of an accident is analysed by the firm that had it."""
    for section, paragraph in body_paragraphs(context):
        match = _OWN_CAUSE.search(paragraph.text)
        if match:
            yield Hit(at=context.outline.cite(section, paragraph, match.start(), match.end()))


@rule(code="O4", name="body-with-several-names", severity=Severity.L)
def body_with_several_names(context: PlanContext) -> Iterator[Hit]:
    """A member that the plan also calls by another name without saying so."""
    title = context.content.title
    whole = "\n".join(paragraph.text for _, paragraph in context.paragraphs())
    for unit in context.content.units:
        name = core(unit.name, title)
        if not unit.member or not 3 <= len(name) <= 6 or is_general(name):
            continue
        ends = "办公室" if name.endswith("办") else name[-2:] if name.endswith("中心") else name[-1]
        stem = name[: -len("中心")] if name.endswith("中心") else name[:-1]
        if len(stem) < 2:
            continue
        # \w instead of the range of the signs: it is compiled for every member.
        longer = re.compile(r"\w{0,2}".join(map(re.escape, stem)) + rf"\w{{0,4}}?(?:{ends}|办)")
        if not longer.search(whole):
            continue
        for section, paragraph in body_paragraphs(context):
            match = longer.search(paragraph.text)
            if not match or match.group().startswith(name) or not shortens(name, match.group()):
                continue
            if re.search(rf"简称[“\"]?[^”\"）]{{0,4}}{re.escape(name)}", whole) or f"（{name}）" in whole:
                break
            place = context.outline.cite(section, paragraph, match.start(), match.end())
            yield Hit(at=place, others=(unit.source,), data={"name": unit.name, "other": match.group()})
            break
