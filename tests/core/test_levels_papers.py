"""Levels of the source plans, counted against the hand-made answers (needs the papers).

Only counts are compared here; the sentences stay in the papers.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import pytest

from fengsui.core.plan.export_levels import level_to_json
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.extract.levels import extract_levels
from fengsui.core.reading.outline import Outline

SHARED = Path(os.environ.get("FENGSUI_SHARED", Path(__file__).parents[2] / ".." / "shared"))
pytestmark = [
    pytest.mark.papers,
    pytest.mark.skipif(
        not (SHARED / "sources").is_dir(), reason="the source papers are not beside the checkout"
    ),
]


def _outlines(path: Path) -> tuple[Outline, ...]:
    lines = path.read_text("utf-8").split("\n")
    return build_outlines([TextLine(number=i, text=text) for i, text in enumerate(lines, 1)], path.stem)


def _found() -> dict[str, dict[str, Any]]:
    (single,) = (SHARED / "sources").glob("001_*.txt")
    (bundle,) = (SHARED / "sources").glob("003_*.txt")
    with (SHARED / "sources" / "003_parts.tsv").open(encoding="utf-8") as table:
        first_line = {row["plan"]: int(row["first_line"]) for row in csv.DictReader(table, delimiter="\t")}
    by_line = {outline.first_line: outline for outline in _outlines(bundle)}
    plans = {"001": _outlines(single)[0]} | {plan: by_line[line] for plan, line in first_line.items()}
    return {
        plan: {"levels": [level_to_json(level) for level in extract_levels(outline).items]}
        for plan, outline in plans.items()
    }


def test_values_criteria_and_judgements_of_the_source_plans_are_found() -> None:
    spec = importlib.util.spec_from_file_location("score", SHARED / "scoring" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    found = _found()
    totals = {name: [0, 0] for name in ("values", "criteria", "judgements")}
    for path in (SHARED / "plans" / "gold-sources").glob("*.json"):
        got = found[path.stem.split("_")[0]]
        for name, gold, made, same in score.sections(json.loads(path.read_text("utf-8")), got):
            if name in totals:
                totals[name][0] += 2 * score.pair(gold, made, same)[0]
                totals[name][1] += len(gold) + len(made)
    f1 = {name: hits / size for name, (hits, size) in totals.items()}
    assert f1["values"] >= 0.97, f1
    assert f1["criteria"] >= 0.94, f1
    assert f1["judgements"] >= 0.85, f1
