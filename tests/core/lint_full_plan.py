"""A whole clean plan of invented places, into which tests plant one fault at a time.

``made()`` draws nothing: what is varied (level bounds, members, limits) is given by the caller, so that a
property test can plant the same fault into many plans.
"""

from __future__ import annotations

from collections.abc import Sequence

from lint_plans import read

from fengsui.core.lint.registry import all_rules
from fengsui.core.lint.run import run

MEMBERS = ("县应急局", "县公安局", "县卫健局", "县财政局", "县民政局", "县住建局")
BOUNDS = (1000, 5000, 20000, 100000)
"""Where Ⅳ, Ⅲ, Ⅱ and Ⅰ begin (persons to be moved)."""
PHONE = "0000-22000{number:02d}"


def made(
    members: Sequence[str] = MEMBERS,
    bounds: Sequence[int] = BOUNDS,
    hours: int = 1,
    drill: str = "每年",
) -> str:
    """The clean plan with these members (four or more, the third of health), bounds and limit."""
    fourth, third, second, first = bounds
    duties = "\n".join(
        f"（{n}）{name}：负责{name[1:]}职责内的抢险工作。" for n, name in enumerate(members, 1)
    )
    phones = "\n".join(f"{name} {PHONE.format(number=n)}" for n, name in enumerate(members, 1))
    return f"""东河县洪涝灾害应急预案
一、总则
（一）编制目的
及时抢险，保护群众。
（二）编制依据
依据《中华人民共和国突发事件应对法》（2024年修订）、《云州防汛应急预案》，编制本预案。
（三）适用范围
本预案适用于东河县行政区域内的洪涝灾害。
二、组织体系
（一）指挥机构
东河县人民政府设立东河县防汛指挥部（以下简称县防汛指挥部），办公室设在县应急局。
总指挥：分管应急工作的副县长
副总指挥：县应急局局长
总指挥因故不能履行职责时，由副总指挥代行职责。
成员单位：{"、".join(members)}。
（二）成员单位职责
{duties}
（三）工作组
县防汛指挥部下设以下工作组：
（1）抢险组：由{members[0]}牵头，{members[1]}组成。负责堵口。
（2）安置组：由{members[3]}牵头，{members[0]}组成。负责安置。
（3）医疗组：由{members[2]}牵头，{members[1]}组成。负责急救。
三、监测与报告
（一）监测
县应急局负责监测汛情。
（二）信息报告
洪涝灾害发生后，事发地乡镇人民政府应当在{hours}小时内向县人民政府报告。
四、应急响应
（一）响应分级
有下列情形之一的，为Ⅰ级响应：
紧急转移安置{first}人以上。
有下列情形之一的，为Ⅱ级响应：
紧急转移安置{second}人以上{first}人以下。
有下列情形之一的，为Ⅲ级响应：
紧急转移安置{third}人以上{second}人以下。
有下列情形之一的，为Ⅳ级响应：
紧急转移安置{fourth}人以上{third}人以下。
（二）响应启动
Ⅰ级响应由总指挥决定启动。
Ⅱ级响应由总指挥决定启动。
Ⅲ级响应由副总指挥决定启动。
Ⅳ级响应由副总指挥决定启动。
（三）响应措施
县公安局立即疏散群众，县应急局组织抢险。
（四）信息发布
县防汛指挥部统一发布汛情信息。
（五）响应终止
险情消除后，由原批准启动的人决定终止响应。
五、后期处置
县民政局负责善后工作，县应急局在响应终止后10日内向县人民政府提交总结报告。
六、应急保障
县财政局负责经费保障。
七、附则
（一）演练
县应急局{drill}组织一次演练。
（二）评估与修订
本预案每三年评估一次，情况变化时及时修订。
（三）含义
本预案所称“以上”含本数，“以下”不含本数。
（四）解释与实施
本预案由县应急局负责解释，自印发之日起施行。
八、附件
（一）值班电话
{phones}"""


def faults(text: str) -> list[tuple[str, int]]:
    """Name of the rule and line of every finding in a plan, by all rules."""
    return [(each.rule.name, each.line) for each in run(read(text), all_rules())]


def names_in(text: str) -> list[str]:
    """Names of the rules that find something, in order of line."""
    return [name for name, _ in faults(text)]


def with_edits(edits: Sequence[tuple[str, str]], text: str | None = None) -> str:
    """The clean plan after each ``old`` (which must stand in it) became ``new``."""
    text = text if text is not None else made()
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text
