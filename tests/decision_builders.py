"""The demo prefecture's plans bound to its posts, and a county bench whose proposals are passed on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml

from fengsui.application.desk import DecisionRules
from fengsui.bootstrap import load_document
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.plan.authority import Direction, Headquarters, LevelChange
from fengsui.core.plan.binding import suggest_bindings
from fengsui.core.plan.level import LadderKind
from fengsui.core.plan.model import Plan, PlanKind
from fengsui.core.reading.draft import read_plans
from response_builders import Bench, bench, cite, with_content

DEMO = Path(__file__).resolve().parents[1] / "demo" / "yunzhou"
LIMIT = timedelta(minutes=15)

HEADQUARTERS = Headquarters(
    name="县生产安全事故应急指挥部",
    commander="县长",
    deputies=("县应急管理局局长", "常务副县长"),
    source=cite("2.1", 18, "县长任总指挥，县应急管理局局长、常务副县长任副总指挥"),
)
RAISED = LevelChange(
    direction=Direction.UP,
    kind=LadderKind.RESPONSE,
    authority="原批准人",
    conditions=("敏感事件，发生在重点地区、重点时段",),
    source=cite("4.5", 55, "对于敏感事件，发生在重点地区、重点时段的，经原批准人同意提高级别"),
)
LOWERED = LevelChange(
    direction=Direction.DOWN,
    kind=LadderKind.RESPONSE,
    authority="按同样程序",
    source=cite("4.5", 56, "险情得到控制的，按同样程序降低"),
)


def timed_bench(**changes: object) -> Bench:
    """A county with a headquarters and clauses on adjusting, whose proposals wait fifteen minutes."""
    content: dict[str, object] = {"command": HEADQUARTERS, "level_changes": (RAISED, LOWERED), **changes}
    made = bench(with_content(**content))
    return replace(made, desk=replace(made.desk, rules=DecisionRules(answer_within=LIMIT)))


@cache
def demo_directory() -> Directory:
    """The posts of the invented prefecture."""
    script = yaml.safe_load((DEMO / "directory.yaml").read_text("utf-8"))
    return Directory(
        jurisdictions=tuple(Jurisdiction(**item) for item in script["jurisdictions"]),
        units=tuple(Unit(**{**item, "aliases": tuple(item["aliases"])}) for item in script["units"]),
        posts=tuple(
            Post(
                **{
                    **item,
                    "roles": frozenset(Role(role) for role in item["roles"]),
                    "titles": tuple(item["titles"]),
                }
            )
            for item in script["posts"]
        ),
    )


@cache
def demo_plans() -> dict[str, Plan]:
    """The five demo plans as read, bound as suggested; by the name of their file."""
    plans = {}
    for path in sorted((DEMO / "plans").glob("*.docx")):
        document = load_document(path)
        content = read_plans(document.lines, document.id)[0].content
        bound = suggest_bindings(content, demo_directory(), "990100")
        plans[path.stem] = Plan(
            id=path.stem,
            version=1,
            kind=PlanKind.SPECIAL,
            jurisdiction="990100",
            content=content,
            bindings=tuple((item.printed, item.ids) for item in bound if item.ids),
        )
    return plans
