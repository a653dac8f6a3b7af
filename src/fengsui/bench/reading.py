"""A plan of a hundred pages, read into a draft."""

from __future__ import annotations

from itertools import cycle

from fengsui.bench.registry import Samples, Scale, bench, timed
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans

CHARACTERS = 60_000
"""A hundred pages of a printed plan."""

_UNITS = ("云州应急局", "云州水利局", "云州交通局", "云州卫健委", "云州公安局", "东河县政府", "南岭县政府")
_BANDS = (("Ⅳ", "一般", 1, 3), ("Ⅲ", "较大", 3, 10), ("Ⅱ", "重大", 10, 30), ("Ⅰ", "特别重大", 30, 90))
_CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("总则", ("本预案适用于云州范围内事故的应对，{unit}和{other}按各自职责开展工作。",)),
    ("组织体系", ("{unit}：负责物资调运和人员转移，会同{other}、{third}维护现场秩序。",)),
    ("监测与预警", ("{unit}负责监测辖区内的隐患，发现险情时向{other}通报，并提醒群众避让。",)),
    ("信息报告", ("{unit}接到报告后应在{a}小时内核实情况，并向{other}电话报告，{b}小时内补送书面材料。",)),
    ("应急响应", ("{unit}立即派出工作组赶赴现场，协助{other}组织救援，必要时请求{third}支援。",)),
    ("后期处置", ("{unit}对损失进行核查，{b}日内提出重建意见，由{other}组织实施。",)),
    ("保障措施", ("{unit}储备{b}0件救生衣和{a}台水泵，每{a}年更新一次，{other}负责调拨。",)),
    ("预案管理", ("{unit}每{a}年至少组织一次演练，演练结束后{b}日内形成小结，报{other}备案。",)),
)


def long_plan(characters: int = CHARACTERS) -> tuple[TextLine, ...]:
    """A plan of about ``characters`` in words of its own: chapters, sections, items, one ladder of levels."""
    lines = ["云州综合应急预案"]
    units = cycle(_UNITS)
    size, number = 0, 0
    for chapter, (title, sentences) in enumerate(_CHAPTERS, start=1):
        lines += [f"{chapter} {title}", *_once(chapter)]
        section = 1
        while size < chapter * characters // len(_CHAPTERS):
            section += 1
            lines.append(f"{chapter}.{section} {title}之{section}")
            for item, sentence in zip(range(1, 7), cycle(sentences), strict=False):
                number += 1
                given = {"unit": next(units), "other": next(units), "third": next(units)}
                said = sentence.format(a=number % 7 + 1, b=number % 7 + 9, **given)
                lines.append(f"（{item}）{said}")
                size += len(lines[-1])
    return tuple(TextLine(number=place, text=text) for place, text in enumerate(lines, start=1))


def _once(chapter: int) -> list[str]:
    """What a plan says in one place only: grades in the first chapter, who starts what in the fifth."""
    if chapter == 1:
        bands = [
            f"{name}事故：造成{low}人以上{high}人以下死亡，或者{low}0人以上{high}0人以下重伤的。"
            for _, name, low, high in _BANDS
        ]
        return ["1.1 事故分级", *bands]
    if chapter == 5:
        starts = [
            f"达到{name}事故标准时，由云州应急指挥部启动{roman}级响应。" for roman, name, _, _ in _BANDS
        ]
        return ["5.1 响应启动", *starts]
    return [f"{chapter}.1 一般要求"]


@bench("read-100-pages", "s")
def read_100_pages(scale: Scale) -> Samples:
    """From lines to a draft with every extractor."""
    lines = long_plan()
    size = sum(len(line.text) for line in lines)
    values = timed(lambda: read_plans(lines, "bench"), times=scale.times, unit="s")
    return Samples(values, also=[("read-100-pages-size", float(size), "characters")])
