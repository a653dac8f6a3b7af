"""The source papers beside the checkout: found by FENGSUI_SHARED or ../shared, skipped when absent."""

from __future__ import annotations

import importlib.util
import json
import os
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fengsui.adapters.read_document import load_document
from fengsui.core.plan.export import extract_table
from fengsui.core.reading.draft import read_plans

SHARED = Path(os.environ.get("FENGSUI_SHARED", Path(__file__).resolve().parents[3] / "shared"))
needs_papers = pytest.mark.skipif(not (SHARED / "plans").is_dir(), reason="the source papers are not here")

Table = dict[str, Any]


@cache
def scorer() -> ModuleType:
    """The scorer that comes with the papers, as a module."""
    spec = importlib.util.spec_from_file_location("paper_scorer", SHARED / "scoring" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def extracted(path: Path) -> tuple[Table, ...]:
    """EXTRACT of every plan of a file."""
    document = load_document(path)
    return tuple(extract_table(draft) for draft in read_plans(document.lines, document.id))


def source(prefix: str) -> Path:
    """The source paper whose name begins so."""
    return next((SHARED / "sources").glob(f"{prefix}*.txt"))


def parts() -> list[tuple[str, str, int, int]]:
    """The plans of the bundle: id, title, first line, last line."""
    rows = (SHARED / "sources" / "003_parts.tsv").read_text("utf-8").splitlines()[1:]
    fields = (row.split("\t") for row in rows)
    return [(name, title, int(first), int(last)) for name, title, first, last in fields]


def gold(folder: str) -> dict[str, Table]:
    """The right answers by name."""
    return {
        path.stem: _one_level_each(json.loads(path.read_text("utf-8")))
        for path in sorted((SHARED / "plans" / folder).glob("*.json"))
    }


def _one_level_each(answer: Table) -> Table:
    """A power written down for two levels at once counts as two, as it is read."""
    powers: list[Table] = []
    for power in answer.get("activation") or []:
        levels = power.get("level")
        powers += [power | {"level": one} for one in levels] if isinstance(levels, list) else [power]
    return answer | ({"activation": powers} if powers else {})


def read_for(folder: str, name: str) -> Table | None:
    """What was read for one gold answer, None where its file is of a format not read yet."""
    if folder == "gold-sources":
        if not name.startswith("003-"):
            return extracted(source(name[:3]))[0]
        first = next(part[2] for part in parts() if part[0] == name[:6])
        return next((table for table in extracted(source("003")) if table["lines"][0] == first), {})
    for path in sorted((SHARED / "plans").glob(f"{name}.*")):
        if path.suffix in (".txt", ".md", ".docx"):
            return extracted(path)[0]
    return None


def pooled(folder: str) -> dict[str, tuple[int, int, int]]:
    """Hits, gold and found by section, over all answers of ``folder``."""
    total: dict[str, list[int]] = {}
    for name, answer in gold(folder).items():
        got = read_for(folder, name)
        if got is None:
            continue
        for section, wanted, found, same in scorer().sections(answer, got):
            hits, _, _ = scorer().pair(wanted, found, same)
            counts = total.setdefault(section, [0, 0, 0])
            counts[0] += hits
            counts[1] += len(wanted)
            counts[2] += len(found)
    return {section: (hits, wanted, found) for section, (hits, wanted, found) in total.items()}


def f1(counts: tuple[int, int, int]) -> float:
    hits, wanted, found = counts
    return 2 * hits / (wanted + found) if wanted + found else 0.0
