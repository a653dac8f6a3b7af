"""A plan of a hundred pages, read into a draft."""

from __future__ import annotations

from itertools import cycle

from fengsui.bench.registry import Samples, Scale, bench, timed
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans

CHARACTERS = 60_000
"""A hundred pages of a printed plan."""

_CHAPTERS = ("总则", "组织体系", "监测与预警", "信息报告", "应急响应", "后期处置", "保障措施", "预案管理")
_UNITS = ("云州应急局", "云州水利局", "云州交通局", "云州卫健委", "云州公安局", "东河县政府", "南岭县政府")
_SENTENCES = (
    "造成{a}人以上{b}人以下死亡，或者{c}人以上{d}人以下重伤，或者{a}000万元以上直接经济损失的，为较大级别。",
    "{unit}接到报告后应在{a}小时内核实情况，并向云州政府电话报告，{b}小时内补送书面材料。",
    "由{unit}牵头，会同{other}、{third}，负责物资调运、人员转移和现场秩序。",
    "符合Ⅲ级条件时，由云州应急指挥部副指挥长批准启动Ⅲ级响应，{unit}立即派出工作组。",
    "{unit}每{a}年至少组织一次演练，演练结束后{b}日内形成小结。",
    "险情消除、受影响群众得到安置后，由{unit}提出建议，经指挥部同意，结束响应。",
)


def long_plan(characters: int = CHARACTERS) -> tuple[TextLine, ...]:
    """A plan of about ``characters`` in the wording of nobody: chapters, sections and numbered items."""
    lines = ["云州综合应急预案"]
    sentences, units = cycle(_SENTENCES), cycle(_UNITS)
    size, number = 0, 0
    share = characters // len(_CHAPTERS)
    for chapter, title in enumerate(_CHAPTERS, start=1):
        lines.append(f"{chapter} {title}")
        section = 0
        while size < chapter * share:
            section += 1
            lines.append(f"{chapter}.{section} {title}之{section}")
            for item in range(1, 7):
                number += 1
                given = {"a": number % 7 + 1, "b": number % 7 + 9, "c": number % 9 + 1, "d": number % 9 + 20}
                names = {"unit": next(units), "other": next(units), "third": next(units)}
                lines.append(f"（{item}）{next(sentences).format(**given, **names)}")
                size += len(lines[-1])
    return tuple(TextLine(number=place, text=text) for place, text in enumerate(lines, start=1))


@bench("read-100-pages", "s")
def read_100_pages(scale: Scale) -> Samples:
    """From lines to a draft with every extractor."""
    lines = long_plan()
    size = sum(len(line.text) for line in lines)
    values = timed(lambda: read_plans(lines, "bench"), times=scale.times, unit="s")
    return Samples(values, also=[("read-100-pages-size", float(size), "characters")])
