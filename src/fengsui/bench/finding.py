"""Finding words in the clauses of a full library: 2,090 plans of 25,000 signs, each with words of its own."""

from __future__ import annotations

from functools import cache
from random import Random

from fengsui.bench.registry import Samples, Scale, bench, once, quantile
from fengsui.bench.varied import SEED
from fengsui.bench.world import loaded
from fengsui.core.reading.clauses import PlacedClause

SIGNS = 25_000
"""Length of a plan."""
_CHAPTERS = ("总则", "组织体系", "监测预警", "信息报告", "应急响应", "后期处置", "应急保障", "附则")
_BODIES = (
    *("应急局", "水利局", "公安局", "卫健委", "气象局", "消防队", "民政局", "交通局", "住建局"),
    *("财政局", "指挥部", "供电公司"),
)
_VERBS = (
    *("负责", "组织", "协调", "监督", "发布", "核实", "调运", "巡查", "疏散"),
    *("安置", "救治", "抢修", "封闭", "启动", "终止", "报告", "统计", "保障"),
)
_THINGS = (
    *("物资", "堤防", "水库", "群众", "道路", "通信", "电力", "燃气", "药品"),
    *("队伍", "车辆", "预警", "灾情", "现场", "学校", "医院", "桥梁", "隧道"),
)
_HAZARDS = (
    *("洪水", "干旱", "地震", "火灾", "爆炸", "中毒", "冰冻", "暴雨", "山洪"),
    *("泥石流", "危险化学品泄漏", "透水"),
)
_SHARES = {1: ("水", "急", "震", "桥"), 2: ("应急", "堤防", "中毒", "119"), 3: ("水利局", "Ⅲ级", "泥石流")}
_LONG = ("危险化学品泄漏", "应急局负责组织", "供电公司抢修电力", "暴雨期间巡查堤防")


def _sentence(chance: Random, place: str) -> str:
    words = [chance.choice(pool) for pool in (_BODIES, _VERBS, _THINGS, _VERBS, _THINGS, _HAZARDS)]
    figure = f"{chance.randint(1, 40)}{chance.choice(('小时', '分钟', '人', '万元'))}"
    return f"{place}{words[0]}{words[1]}{words[2]}，{words[5]}期间{words[3]}{words[4]}，{figure}内完成。"


def _plan(chance: Random, number: int) -> list[PlacedClause]:
    """One plan: eight chapters of a dozen clauses, with the name of its own place in every sentence."""
    stems = "东西南北云江河湖山林石柳沙泉"
    place = chance.choice(stems) + chance.choice(stems) + chance.choice("县市镇乡")
    clauses = []
    each = SIGNS // 96
    for chapter, title in enumerate(_CHAPTERS, 1):
        for item in range(1, 13):
            text = f"{number}号。" if item == 1 else ""
            while len(text) < each:
                text += _sentence(chance, place)
            name = chance.choice(_THINGS) + chance.choice(_VERBS)
            line = 100 * chapter + item
            clauses.append(
                PlacedClause(number=f"{chapter}.{item}", title=name, line=line, text=text, chapter=title)
            )
    return clauses


@cache
def _filled(scale: Scale) -> float:
    """Fill the library of the stored prefecture; how long writing and indexing took, in seconds."""
    loaded(scale)
    from django.db import transaction

    from fengsui.store.clauses import keep
    from fengsui.store.models import PlanDraft, PlanPart

    chance = Random(SEED)
    full = set(PlanPart.objects.values_list("draft_id", flat=True))
    drafts = [draft for draft in PlanDraft.objects.values_list("id", flat=True) if draft not in full]

    def fill() -> None:
        for begin in range(0, len(drafts), 50):
            with transaction.atomic():
                for number, draft_id in enumerate(drafts[begin : begin + 50], begin):
                    keep(draft_id, _plan(chance, number))

    return once(fill, "s")


@bench("find-in-clauses-p95", "ms", at=0.95)
def find_in_clauses(scale: Scale) -> Samples:
    """One page of hits with excerpts, for words of one, two, three and about eight signs."""
    filled = _filled(scale)
    from fengsui.store import selectors

    values: list[float] = []
    also: list[tuple[str, float, str]] = []
    for size, asked in (*_SHARES.items(), (8, _LONG)):
        took = []
        for word in asked * max(2, scale.times):
            took.append(once(lambda word=word: selectors.find_clauses(word), "ms"))  # type: ignore[misc]
        values += took
        also.append((f"find-{size}-signs-p50", quantile(took, 0.5), "ms"))
        also.append((f"find-{size}-signs-p95", quantile(took, 0.95), "ms"))
    also.append(("find-fill-index", filled, "s"))
    return Samples(values, also=also)
