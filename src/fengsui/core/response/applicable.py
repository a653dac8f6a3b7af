"""Which plans may apply to what was reported (适用预案), and why: suggestions, a person attaches.

A plan is offered when words of its hazards or title occur in the report; the overall plan (总体预案)
always, last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fengsui.core.citation import Citation
from fengsui.core.plan.model import Plan, PlanKind

_GENERAL = re.compile(
    r"突发事件|突发公共|突发|应急|预案|专项|总体|事故|事件|灾害|安全|生产|救援|处置|救助|工作|"
    r"人民政府|管理|办公室|自治[区州县]|地区|[省市县区州镇乡]"
)
_NEAR = {
    "火": ("火灾", "燃烧", "起火", "着火", "冒烟", "爆炸"),
    "燃气": ("燃气", "天然气", "液化气", "煤气", "爆燃", "爆炸"),
    "生产安全": (
        "坍塌",
        "爆炸",
        "中毒",
        "窒息",
        "透水",
        "冒顶",
        "工厂",
        "车间",
        "企业",
        "矿",
        "施工",
        "泄漏",
        "塌方",
    ),
    "防汛": ("暴雨", "洪水", "山洪", "内涝", "河水", "决口", "溃坝", "汛", "积水", "降雨"),
    "洪": ("暴雨", "洪水", "山洪", "内涝", "河水", "决口", "溃坝", "汛", "积水", "降雨"),
    "抗旱": ("干旱", "旱情", "缺水"),
    "自然灾害": (
        "地震",
        "洪水",
        "暴雨",
        "山洪",
        "滑坡",
        "泥石流",
        "雪灾",
        "大风",
        "冰雹",
        "干旱",
        "倒塌",
        "转移",
    ),
    "救助": (
        "地震",
        "洪水",
        "暴雨",
        "山洪",
        "滑坡",
        "泥石流",
        "雪灾",
        "冰雹",
        "倒塌",
        "转移",
        "安置",
        "受灾",
    ),
    "地震": ("地震", "震感"),
    "地质": ("滑坡", "泥石流", "崩塌", "塌陷"),
    "道路交通": ("车祸", "相撞", "翻车", "追尾", "客车", "货车", "交通"),
    "环境": ("污染", "泄漏", "排放", "异味", "危险化学品"),
    "食品": ("食物中毒", "食品"),
    "卫生": ("传染", "疫情", "发热", "中毒"),
    "建筑": ("工地", "脚手架", "塔吊", "坍塌", "施工"),
    "特种设备": ("电梯", "锅炉", "压力容器", "起重", "叉车"),
    "供热": ("供热", "供暖", "暖气"),
    "森林": ("森林", "林火", "山火", "草原"),
}
"""What people on the telephone say for what plans are called by. Extend freely: it only ranks suggestions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicable:
    """A plan that may apply. ``words``: what was found in the report (empty: an overall plan)."""

    plan: Plan
    words: tuple[str, ...]
    score: int
    source: Citation | None = None


def applicable(plans: Iterable[Plan], what: str) -> tuple[Applicable, ...]:
    """Plans that may apply to ``what``, the best match first."""
    found: list[Applicable] = []
    for plan in plans:
        words = matching_words(plan, what)
        if words or plan.kind is PlanKind.OVERALL:
            scope = plan.content.scope
            found.append(
                Applicable(
                    plan=plan,
                    words=words,
                    score=sum(len(word) for word in words),
                    source=scope[0].source if scope else None,
                )
            )
    return tuple(sorted(found, key=lambda item: (-item.score, item.plan.content.title)))


def matching_words(plan: Plan, what: str) -> tuple[str, ...]:
    """Words of the report that speak for ``plan``, the longest first."""
    title = plan.content.title
    subjects = " ".join((*plan.hazards, title))
    words = {word for word in _own_words(plan) if word in what}
    for subject, said in _NEAR.items():
        if subject in subjects:
            words |= {word for word in said if word in what}
    kept = [word for word in words if not any(word != other and word in other for other in words)]
    return tuple(sorted(kept, key=lambda word: (-len(word), word)))


def _own_words(plan: Plan) -> set[str]:
    words = {hazard for hazard in plan.hazards if len(hazard) >= 2}
    for rest in _GENERAL.split(plan.content.title):
        words |= {rest[start : start + 2] for start in range(len(rest) - 1)}
        if len(rest) > 2:
            words.add(rest)
    return words
