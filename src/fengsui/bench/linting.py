"""Checking a whole library: every plan and all of them together; then again, then with a few changed.

The plans are the demo's, each copy of a place of its own with bounds of its own; reading them is not part of
the measurement, turning what is stored into what the rules look at is.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

from fengsui.adapters.lint_cache import LintCache
from fengsui.adapters.lint_pool import check_in
from fengsui.adapters.read_document import load_document
from fengsui.application.library_linting import PlanHead, StoredPlan, lint_library
from fengsui.bench.registry import Samples, Scale, bench, once
from fengsui.bench.varied import SEED, varied_plan
from fengsui.bench.world import demo_folder
from fengsui.core.plan.codec import from_data, to_data
from fengsui.core.plan.model import DraftPlan, Plan, PlanKind
from fengsui.core.reading.draft import read_plans

CHANGED = 20
"""Plans edited between two runs."""
JOBS = 2
_STEMS = "东南北云江河湖山林石柳沙泉松桃梅兰竹青白"
_UPPER = "云州"


class _MadeLibrary:
    """Port ``PlanSource`` over plans made here."""

    def __init__(self, plans: Sequence[StoredPlan]) -> None:
        self._plans = {each.head.plan_id: each for each in plans}

    def heads(self) -> tuple[PlanHead, ...]:
        return tuple(each.head for each in self._plans.values())

    def load(self, heads: Sequence[PlanHead]) -> Iterator[StoredPlan]:
        return (self._plans[head.plan_id] for head in heads)

    def change(self, count: int) -> None:
        """Some plans as if edited: the same text, another hash."""
        for key in list(self._plans)[:count]:
            plan = self._plans[key]
            head = replace(plan.head, content=plan.head.content[::-1])
            self._plans[key] = replace(plan, head=head)


@bench("lint-library", "s")
def lint_the_library(scale: Scale) -> Samples:
    """All plans and the rules between them on two cores; then nothing changed; then a few."""
    library = _MadeLibrary(made_plans(scale.plans))
    with tempfile.TemporaryDirectory(prefix="fengsui-bench-") as folder:
        kept = LintCache(Path(folder) / "kept.sqlite3")
        check = partial(lint_library, library, kept, partial(check_in, JOBS))
        before = os.times()
        first = once(check, "s")
        after = os.times()
        again = once(check, "s")
        library.change(CHANGED)
        changed = once(check, "s")
        result = check()
    findings = sum(map(len, result.findings.values()))
    between = sum(1 for found in result.findings.values() for each in found if each.rule.code == "X1")
    return Samples(
        [first],
        n=scale.plans,
        also=[
            # What the first run costs whatever else runs on the machine: both processes together.
            ("lint-library-cpu", sum(after[:4]) - sum(before[:4]), "s"),
            ("lint-library-again", again, "s"),
            (f"lint-library-{CHANGED}-changed", changed, "s"),
            ("lint-library-findings", float(findings), "findings"),
            ("lint-library-between-plans", float(between), "findings"),
        ],
    )


def made_plans(count: int) -> list[StoredPlan]:
    """``count`` plans of as many counties and towns as needed, each with the plans of the demo."""
    chance = Random(SEED)
    models = list(_models())
    return [
        _copy(models[number % len(models)], number // len(models), number, chance) for number in range(count)
    ]


def _models() -> Iterator[tuple[DraftPlan, str]]:
    for path in sorted((demo_folder() / "plans").glob("*.docx")):
        document = load_document(path)
        lines = json.dumps(to_data(document.lines), ensure_ascii=False)
        for draft in read_plans(document.lines, document.id):
            yield draft, lines


def _copy(model: tuple[DraftPlan, str], place: int, number: int, chance: Random) -> StoredPlan:
    draft, lines = model
    name, code = _place(place)
    text = _moved(json.dumps(to_data(draft), ensure_ascii=False), name)
    mine = from_data(DraftPlan, json.loads(text)).content
    mine = replace(mine, levels=varied_plan(mine.levels, chance, number), document=f"bench-{number}")
    plan = Plan(id=f"bench-{number}", version=1, kind=PlanKind.SPECIAL, jurisdiction=code, content=mine)
    stored = json.dumps(to_data(plan), ensure_ascii=False)
    head = PlanHead(
        plan_id=plan.id,
        version=1,
        title=mine.title,
        jurisdiction=code,
        content=hashlib.sha256(stored.encode()).hexdigest(),
    )
    return StoredPlan(head=head, document=mine.document, plan=stored, lines=_moved(lines, name), draft=text)


def _place(number: int) -> tuple[str, str]:
    """Name and division code: the prefecture first, then its counties and their towns."""
    if number == 0:
        return _UPPER, "990100"
    one, other = divmod(number, len(_STEMS))
    name = f"{_STEMS[one % len(_STEMS)]}{_STEMS[other]}"
    county, town = divmod(number - 1, 90)
    if county == 0:
        return f"{_UPPER}{name}县", f"9901{town + 1:02d}"
    return f"{_UPPER}{name}镇", f"9901{town + 1:02d}{county:03d}"


def _moved(text: str, place: str) -> str:
    """A text of the prefecture as one of another place: its name, and the sign of its level before bodies."""
    if place == _UPPER:
        return text
    level = place[-1]
    return re.sub(r"(?<![云一-龥])州(?=[\u4e00-\u9fff]{2})", level, text.replace(_UPPER, place))
