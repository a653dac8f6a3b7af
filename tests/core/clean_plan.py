"""A small clean plan for tests of lint rules, into which one fault at a time is planted."""

from __future__ import annotations

from importlib import import_module

from fengsui.application.lint_words import message, suggestion
from fengsui.application.linting import lint_lines
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.registry import all_rules
from fengsui.core.reading.blocks import TextLine

MODULES = (
    *("organisation", "contacts", "structure", "sections", "text"),
    *("wording_slips", "law", "privacy", "upkeep"),
)

CLEAN = """北沙镇防汛应急预案
一、总则
（一）编制目的
及时抢险，保护群众。
（二）编制依据
依据《中华人民共和国突发事件应对法》（2024年修订）、《东河县防汛应急预案》，编制本预案。
（三）适用范围
本预案适用于北沙镇行政区域内的洪水。
二、组织体系
（一）指挥机构
北沙镇人民政府设立北沙镇防汛指挥部。
总指挥：镇长
副总指挥：分管水利工作的副镇长
成员单位：镇水利站、镇派出所、镇卫生院、镇民政所、镇财政所。
（二）成员单位职责
（1）镇水利站：负责巡查堤防，提出预警建议。
（2）镇派出所：负责警戒和疏散。
（3）镇卫生院：负责救治受伤人员。
（4）镇民政所：负责安置群众。
（5）镇财政所：负责经费。
（三）工作组
镇防汛指挥部下设以下工作组：
（1）抢险组：由镇水利站牵头，镇派出所组成。负责堵口。
（2）安置组：由镇民政所牵头，镇财政所组成。负责安置。
（3）医疗组：由镇卫生院牵头，镇民政所组成。负责急救。
三、应急响应
（一）响应启动
发生洪水时，由总指挥决定启动应急响应。
（二）信息发布
镇防汛指挥部统一发布汛情信息。
（三）响应终止
险情消除后，由总指挥决定终止响应。
四、附则
（一）演练
镇水利站每年至少组织一次演练。
（二）评估与修订
本预案每三年评估一次，情况变化时及时修订。
（三）解释与实施
本预案由镇水利站负责解释，自印发之日起施行。
五、附件
（一）值班电话
镇水利站 0000-2200001
镇派出所 0000-2200002
镇卫生院 0000-2200003
镇民政所 0000-2200004
镇财政所 0000-2200005"""


def found(text: str = CLEAN) -> tuple[Finding, ...]:
    """What the rules of these modules find; that every finding has its words is checked on the way."""
    for module in MODULES:
        import_module(f"fengsui.core.lint.rules.{module}")
    lines = [TextLine(number=i, text=line) for i, line in enumerate(text.split("\n"), 1)]
    mine = [item for item in all_rules() if item.check.__module__.rsplit(".", 1)[1] in MODULES]
    findings = lint_lines(lines, "test", mine)
    for finding in findings:
        for language in ("zh", "en"):
            # Words are missing where the name of the rule comes back.
            assert message(finding, language) not in ("", finding.say), finding.rule.name
            assert suggestion(finding, language) != finding.suggestion, finding.rule.name
    return findings


def names(text: str = CLEAN) -> list[str]:
    """The names of the rules that find something, in order of line."""
    return [finding.rule.name for finding in found(text)]


def planted(old: str, new: str) -> list[str]:
    """The names found once ``old`` of the clean plan reads ``new``."""
    assert CLEAN.count(old) >= 1, old
    return names(CLEAN.replace(old, new))


def line_of(words: str, text: str) -> int:
    """The number of the first line that holds ``words``."""
    return next(i for i, line in enumerate(text.split("\n"), 1) if words in line)
