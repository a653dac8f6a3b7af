"""Who reports to whom, from which event: the parts of a clause that set an edge of the report chain."""

from __future__ import annotations

import re
from functools import lru_cache

from fengsui.core.plan.reporting import Means
from fengsui.core.reading.extract.clock_words import REPORT
from fengsui.core.reading.extract.power_text import BODY_END, body_at_head, clean_body, last_part

_GENERIC = re.compile(
    r"^(?:上级|上一级)(?:部门|机关|单位|政府)?$|^(?:逐级|社会|公众|群众|职工群众|周边群众|"
    r"媒体|下级|各方|外界|基本情况|情况|信息(?!员))|^(?:有关|相关)?(?:部门|单位|人员|方面|机构|地区)$|"
    r"社会公?[众布]?$|^主管部门$|部署$"
)
_OTHERS = re.compile(r"(?:其[他它])?(?:有关|相关|主管)(?:部门|单位)$")
_TOWARDS = re.compile(
    rf"(?:向|给|至)([^，。；]{{2,60}}?)(?:(?:进行)?(?:{REPORT}|报告|通报|通知|下发|发送|提出|提交|提供|递交|申请|请求|报警|"
    rf"说明|备案|上传)|续报|补报|书面|电话|直接|立即|及时|$)"
)
_DIRECT = re.compile(
    rf"(?:{REPORT}|通知|通报|抄送|抄报|发送给?|反馈给?|(?:传递|传达|推送|转达|告知)(?=[到给至]))(?:了|给|到|至|是)?([^，。；]{{2,80}})"
)
_STOP = re.compile(
    r"(?:和|并|及|、|，)?(?:报告|通报|通知|接受|说明|请求|根据|进行|组织|传达|核实|关于|有关情况|"
    r"事故情况|事故信息|相关情况|救援|情况|基本情况|工作情况|信息|书面报告|灾情|的事故|备案|并将|并|"
    r"以及时)"
)


# 发生网络安全事件的单位应立即启动…
_STRUCK = re.compile(r"(?:发生|出现)[^，。；]{2,20}的(?:单位|部门|企业|学校|场所)(?=应|须|必须|要|在|负责)")
# 当地人民政府: the place stands for a name.
_LOCAL = re.compile(r"^(?:当|属|所在|事发)地[^，。；的]{0,12}(?:政府|部门|机关|机构|单位|局|办|所)$")
# 发现险情或者接到报告的单位: told by what befell them.
_TOLD_BY_ACT = re.compile(
    r"^(?:最先|首先|率先)?(?:发现|接到|获悉|收到|知悉|发生|出现)[^，。；]{2,30}的(?:有关|相关|部门|单位|人员|个人|和|或者?|、)+$"
)


# A joint of two bodies, not 政府及其部门, 部门和有关单位.
_JOINT = re.compile(r"和|[及与](?![其有相各负])(?=[^，。；、]{2,20})")


_MAY_PART = re.compile("[（）、和及与]")


@lru_cache(maxsize=2048)
def split_bodies(text: str) -> tuple[str, ...]:
    """The bodies listed in ``text``, as far as they are bodies; brackets stay with their name."""
    parts: list[str] = []
    depth, start = 0, 0
    for mark in _MAY_PART.finditer(text):
        index, char = mark.start(), mark[0]
        if char in "（）":
            depth += 1 if char == "（" else -1
        elif depth == 0 and (
            char == "、"
            or (
                (char in "和及与" and _JOINT.match(text, index) and BODY_END.search(text[start:index]))
                and "的" not in text[start:index]
            )
        ):
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    bodies: list[str] = []
    for place, part in enumerate(parts):
        body = part if _LOCAL.match(part) else clean_body(part) or clean_body(_STOP.split(part)[0])
        if body is None and bodies and _listed(part, parts[place + 1 :]):
            body = part
        if body is None:
            if not bodies:
                continue
            break
        bodies.append(body)
    return tuple(bodies)


_AREA_BODY = re.compile(r"^(?:[国省市县州区旗镇乡]|自治[区州县]|兵团)[\u4e00-\u9fff]{1,7}$")


def _listed(part: str, rest: list[str]) -> bool:
    """Whether a name of no known ending stands in a list of bodies: 市委、市人大、市政府."""
    if len(part) < 2 or len(part) > 10 or _STOP.search(part) or _GENERIC.search(part):
        return False
    return bool(_AREA_BODY.match(part)) or any(clean_body(other) for other in rest)


@lru_cache(maxsize=2048)
def receivers(action: str) -> tuple[str, ...]:
    """To whom the report in ``action`` goes: 向X、Y报告, 报告X和Y, 上报至X."""
    told = [found for form in (_TOWARDS, _DIRECT) for found in form.finditer(action)]
    for found in sorted(told, key=re.Match.start):  # stable: of two at one place the first form
        bodies = split_bodies(found.group(1))
        named = tuple(body for body in bodies if not _GENERIC.search(body))
        if named:
            # 向县应急局和有关部门报告: beside one that is named the others count as well.
            return tuple(body for body in bodies if body in named or _OTHERS.match(body))
    return ()


_ALSO = re.compile(
    rf"，(?:同时|并同时|并且?|同步)?(?:应|要|可)?((?:{REPORT}|抄送|抄报|通报(?!批评)|向)[^，。；]*)"
)


def also_receivers(text: str) -> tuple[str, ...]:
    """Further receivers in what follows a report: …，同时报告X / 并上报Y / 抄送Z."""
    found: tuple[str, ...] = ()
    for more in _ALSO.finditer(text):
        found += tuple(body for body in receivers(more.group(1)) if body not in found)
    return found


_AFTER = re.compile(
    r"((?:在|自|当|从)?[^，。；：]{0,30}?(?:接到|收到|接报|接警|接令|受领|获悉|发现|得知|知悉|发生|出现|稳定|结束|解除|"
    r"签发|报告|初判|研判|认定|判断|变化|下发|启动|完成|终止|降级[^，]{0,4}|撤销|确认|核实|先报|"
    r"提出[^，]{0,8}建议|事发|下达[^，。]{0,12})"
    r"[^，。；：]{0,16}?(?:后|(?<![及同随届临即按实定适准小])时(?!段|候|期|间|刻|机|限|效)|起|之日起|之后))"
)


FURTHEST_BACK = 300
"""Characters before a clock within which its event stands."""
JUST_LEARNED = 40
"""Characters before a clock within which everything stands that was learned just before it."""
# 发布红色预警后，各学校应于…: whatever ends right before whoever acts.
_AND_THEN = re.compile(r"(?:^|[，；])([^，。；：、]{3,24}(?<![之以最然随事今])后)，[^，。；：]{0,30}$")
_AFTER_HINT = re.compile("后|起|(?<![及同随届临即按实定适准小])时")
"""How every match ends; 及时 and its like stand in most sentences with a clock, and are no end."""


def event_before(head: str, clause_head: str) -> str | None:
    """The event the clock starts from: the nearest …后/…时 before the clock word."""
    if head.endswith("电话先报，", 0, len(head) - len(clause_head)):
        return "电话先报"
    near = head[-FURTHEST_BACK:]
    for text in (clause_head[-FURTHEST_BACK:], near):
        if not _AFTER_HINT.search(text):
            continue
        found = [match.group(1) for match in _AFTER.finditer(text)]
        if found:
            return _trim(found[-1])
    just = _JUST_AFTER.search(clause_head)
    if just:
        return _trim(just.group(1))
    loose = _BEFALLS.search(clause_head) or _LEARNED.search(_OUGHT_END.sub("", near[-JUST_LEARNED:]))
    if loose:
        # 接到报告的部门应当在…: the event without whom it befell.
        said = _OF_WHOM.sub("", loose.group())
        return said.lstrip("，").removeprefix("一旦").removesuffix("的")
    vague = re.search(
        r"(?:随|根据)([^，。；]{2,20}(?:变化|判断|进展))[^，。；]{0,6}$", clause_head.rstrip("，")
    )
    if vague:
        return vague.group(1)
    over = _AND_THEN.search(near) if "后，" in near else None
    return _trim(over[1]) if over else None


# 任何人发现火情，应当立即…: said without 后, and a comma before the clock.
_LEARNED = re.compile(
    r"(?:一经|一旦)[^，。；]{2,10}$|(?:(?:接到|获悉|收到|知悉|得知)|(?<!未)发现(?![者人的]))[^，。；]{2,16}$"
    r"|(?:^|，)(?:接到|收到)[^，。；]{2,16}(?=，[^，。；]{2,12}$)"
)
_OUGHT_END = re.compile("，?(?:应当?|须|必须|要)?(?:在|于)?$")
_OF_WHOM = re.compile(
    r"(?<=报告|通知|通报|信息|情况|指令|线索)的[^，。；]*$|的[^，。；]*(?:应当?|须|要)[^，。；]*$"
)
# 发生意外及时报告校长: what befalls, said without 后 right before the clock.
_BEFALLS = re.compile(
    r"(?:事发|(?:事故|事件|灾害|火灾|灾情|险情|疫情)发生|(?:预警|响应|警报|险情|疫情)(?:解除|结束|终止|启动))$|(?:如果?|若|一旦|凡)?(?:发生(?!地)|出现|发现|遇到?)(?![^，。；]{0,16}的)[^，。；应须要]{2,16}(?=(?:应当?|须|要)?$)"
)
# 火灾扑灭后15日内: whatever ends right before the clock.
_JUST_AFTER = re.compile(r"([^，。；：、]{2,24}(?<![之以最然])后)(?:的|在|于)?$")


_IN_WHICH = re.compile(r"^([^，。；]{2,16})在[^，。；]{1,10}后$")


def _trim(event: str) -> str | None:
    """The event without the body it happens to: 某单位接到报告后 → 接到报告后."""
    told = re.search(r"(?:接到|收到|接报|接警|接令|受领|获悉|得知|知悉|获知|发现)[^，]*$", event)
    if told:
        return told.group()
    event = re.sub(
        r"^.*(?:(?:应当|应|须|要|可|原则上|一般|力争|争取|最[迟晚])[在自于]|工作(?=在))", "", event
    )
    # 县地震局在震后: whom it befell stands before it.
    befell = _IN_WHICH.match(event)
    if befell and clean_body(befell[1]):
        event = event[befell.end(1) :]
    # 续报在查清情况后: which report it is, is no part of the event.
    event = re.sub(r"^[^，。；]{0,6}报告?(?:应当?|须|要)?[在从于]", "", event)
    return re.sub(r"^(?:在|自|当|从|于)+", "", event) or None


def means_of(clause: str) -> Means | None:
    """电话 or 书面, where the clause says how."""
    if re.search(r"书面|文字|书面材料", clause):
        return Means.WRITTEN
    return Means.PHONE if re.search(r"电话(?!报告后|先报，\d|会议|或视频|确认)", clause) else None


# 宣传部门最迟在, 各镇一般应于: how strict the limit is, no part of the name.
_MANNER = re.compile(
    r"(?:最[迟晚]|一般|白天|夜间|冬季|夏季|工作日|节假日|工作时间|务必|力争|争取|确保|原则上)+(?:应当?|须|要)?(?:在|于)?$"
)


# 接到报告的县卫健局应当在: told by what befell it.
_BEFELL = re.compile(
    r"^(?:接到|收到|发现)[^，。；]{0,10}的(?P<who>[^，。；]{2,30}?)(?:应当?|须|必须|要|需)?(?:在|于)?$"
)


_BY = re.compile(r"由([^，。；]{2,30}?)(?:负责|统一|牵头)?(?:向|在|于|发布|组织|承担|$)")


def actor(head: str, clause_head: str) -> str | None:
    """Who acts: the body before the clock word in its clause, else looking back over the commas."""
    clause_head = _MANNER.sub("", clause_head)
    said = _MANNER.sub("", clause_head)
    from_clause = body_at_head(said) or _before_event(said) or clean_body(said)
    befell = _BEFELL.match(said)
    if befell and (body := clean_body(befell["who"])):
        return body
    if from_clause and not _TELLS.match(from_clause) and not _GENERIC.search(from_clause):
        return from_clause
    by = _BY.findall(clause_head) if "由" in clause_head else None
    if by and (body := clean_body(by[-1])):
        return body
    return _acting_before(head[: len(head) - len(clause_head)].rstrip("，"))


# 电话报县文旅局、(30分钟内…): what was just done, and whom it was told; not who acts next.
_TELLS = re.compile(
    r"^(?:同时|可以?|直接|并|再|电话|书面|口头|及时|立即|应当?|须)*(?:[速上续呈转通]报|报(?!警|社|刊))"
)


# 发现人为第一责任人，应…: told by what it is held to be.
_IS_HELD = re.compile(r"为[^，。；]{0,12}责任人$")


@lru_cache(maxsize=512)
def _acting_before(rest: str) -> str | None:
    """The nearest body that acts, looking back over the commas."""
    while rest:
        part = last_part(rest)
        held = _IS_HELD.sub("", part)
        if _TOLD_BY_ACT.match(part):
            return part
        if struck := _STRUCK.match(part):
            return struck[0]
        found = body_at_head(part) or _before_event(part) or clean_body(held)
        if found and not _TELLS.match(part) and not _TELLS.match(found) and not _GENERIC.search(found):
            return found
        rest = rest[: max(len(rest) - len(part) - 1, 0)]
    return None


# 企业发生泄漏事故，应当…: whom it befell acts, where nobody else is named.
_BEFALLEN = re.compile(
    r"(?:^|，)(?P<who>[^，。；]{2,24}?)(?:一旦)?发生[^，。；]{0,12}(?:事故|事件|灾害|险情|泄漏|火灾|爆炸|中毒|疫情)(?:时|后|的)?，[^，。；]{0,20}$"
)


def actor_befallen(head: str) -> str | None:
    """The body to which something happened right before the clock's clause."""
    found = _BEFALLEN.search(head) if "发生" in head else None
    return clean_body(found["who"]) if found else None


def actor_after(action: str) -> str | None:
    """Who acts where the body follows the limit: "…后1小时内，由X负责…", "…内，X应…"."""
    if not action.startswith(("，", "由")):
        return None
    clause = action.lstrip("，").split("，")[0]
    by = re.match(r"由([^，。；]{2,30}?)(?:负责|向|统一|组织|上?报|通知|在|于)", clause)
    come = _COMES.match(clause)
    return (
        (clean_body(by.group(1)) if by else None)
        or body_at_head(clause)
        or (clean_body(come[1]) if come else None)
    )


# 各成员单位负责人到达县指挥部
_COMES = re.compile(r"([^，。；]{2,24}?)(?:全部|全员)?(?:到达|赶到|抵达|集结|到岗|到位|就位|出动)")


_LATER = re.compile(
    r"，[^，。；由]{0,12}由([^，。；]{2,20}?)(?:负责)?(?:将|把|汇总|统一|向)[^，。；]{0,24}报"
)


def named_later(rest: str) -> str | None:
    """Who reports where a later clause of the sentence says it: 实行每日零报告制度，…由X将情况报Y."""
    found = _LATER.search(rest) if "由" in rest else None
    return clean_body(found[1]) if found else None


_BEFORE_EVENT = re.compile(
    r"^([^，。；]{2,40}?)(?:巡查|巡检|检查|排查|监测|巡护)?(?:在|于|自)?(?:接到|收到|接报|接警|接令|受领|获悉|获取|发现|得知|根据|按照|获知|到达|到场|抵达|赶到|经)"
)


def _before_event(part: str) -> str | None:
    """X in "X接到报告后", "X在接到…后", "X根据…"."""
    found = _BEFORE_EVENT.match(part)
    return clean_body(found.group(1)) if found else None
