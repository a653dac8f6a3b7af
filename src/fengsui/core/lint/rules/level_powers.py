"""Levels of the response that two posts decide, and levels that the plan names and never defines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.lint.bodies import plain
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules.authority import response_steps, starts
from fengsui.core.plan.authority import ActivationAuthority

_DECIDES = re.compile(r"决定|批准|审批|签发|同意|审定|下令")
_AT_WILL = re.compile(r"视情|必要时|授权|委托|或者|或|不在|缺席|代行|特殊情况")
_POST = re.compile(
    r"(?:常务|第一|执行)?副?(?:总指挥长?|指挥长|主任|组长|[省市县区镇乡州局厅]长|书记|秘书长|经理|校长)(?:（[^（）]*）)?$"
)
_SIGNS = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ")


@rule(code="A2", name="level-decided-by-two", severity=Severity.H)
def check_two_posts(context: PlanContext) -> Iterator[Hit]:
    """One level of the response given to one post in one sentence and to another post in the next."""
    first: dict[tuple[object, object], ActivationAuthority] = {}
    for power in starts(context.content):
        quote = power.source.quote
        if power.level is None or not _DECIDES.search(quote) or _AT_WILL.search(quote):
            continue
        known = first.setdefault((power.level, power.hazard), power)
        if known.source.clause == power.source.clause and _other_post(known, power):
            data = {
                "level": _SIGNS[power.level.rank - 1] + "级",
                "one": known.authority,
                "other": power.authority,
            }
            yield Hit(at=power.source, others=(known.source,), data=data)


def _other_post(one: ActivationAuthority, other: ActivationAuthority) -> bool:
    """Whether two powers name two posts; a post and its body may be one."""
    posts = [_POST.search(plain(power.authority)) for power in (one, other)]
    return all(posts) and len({post.group().split("（")[0] for post in posts if post}) > 1


_NAMED = re.compile(r"(?:启动|进入)(?:了)?([ⅠⅡⅢⅣ])级(?:应急)?响应(?=时|后|期间|的)")
_ROMAN = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV"}
_UPPER = re.compile(r"国家|国务院|省级?|自治区|兵团|上级|上一级|(?<!县级)(?<!本级)市级")


@rule(code="G3", name="level-named-never-defined", severity=Severity.M)
def check_undefined(context: PlanContext) -> Iterator[Hit]:
    """What is to be done at a level that the plan's own ladder does not have."""
    content = context.content
    steps = set(response_steps(content))
    steps |= {power.level.value for power in starts(content) if power.level is not None}
    steps |= _titled(context)
    if len(steps) < 2:
        return
    for section, paragraph in context.paragraphs():
        for found in _NAMED.finditer(paragraph.text):
            if _ROMAN[found[1]] in steps or _UPPER.search(paragraph.text[: found.start()][-24:]):
                continue
            at = context.outline.cite(section, paragraph, found.start(), found.end())
            yield Hit(at=at, data={"level": found[1] + "级"})
            return


def _titled(context: PlanContext) -> set[str]:
    """Levels that have a heading of their own (Ⅰ级响应措施)."""
    titles = "".join(section.title for section in context.outline.sections())
    return {roman for sign, roman in _ROMAN.items() if sign in titles}
