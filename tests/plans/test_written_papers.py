"""Source papers written as documents and read again: how much of the meaning comes back, measured."""

from __future__ import annotations

import json
import re
from collections import Counter

import papers
import pytest

from fengsui.adapters.read_document import load_document, read_document
from fengsui.adapters.write_docx import write_docx
from fengsui.application.documents import official_document
from fengsui.core.plan.export import extract_table
from fengsui.core.reading.draft import plan_outlines, read_plan

SECTIONS = ("headings", "levels", "activation", "termination", "deadlines", "units", "groups", "measures")
PREFIXES = ("06_", "16_", "19_", "24_", "26_", "28_")
LEAST = 0.99
"""Share of items that come back the same; measured 1.00 on 2026-11-21."""


def bare(item: object) -> str:
    kept = {k: v for k, v in item.items() if k not in ("line", "quote")} if isinstance(item, dict) else item
    # A mark lost in the source (甲 乙) is found on the second reading (甲、乙): the same meaning.
    return re.sub(r"[\s、]", "", json.dumps(strip(kept), ensure_ascii=False, sort_keys=True))


def strip(value: object) -> object:
    if isinstance(value, dict):
        return {k: strip(v) for k, v in value.items() if k not in ("line", "quote")}
    return [strip(each) for each in value] if isinstance(value, list) else value


@pytest.mark.papers
def test_papers_written_and_read_again_keep_their_meaning() -> None:
    folder = papers.SHARED / "plans"
    found = [path for path in sorted(folder.glob("*")) if path.name.startswith(PREFIXES)]
    if not found:
        pytest.skip("the source papers are not beside this checkout")
    kept: Counter[str] = Counter()
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for path in found:
        document = load_document(path)
        for outline in plan_outlines(document.lines, document.id):
            draft = read_plan(outline)
            paper = official_document(draft.content, outline, document.lines, in_force=False)
            lines = read_document(write_docx(paper), "again.docx").lines
            again = extract_table(read_plan(plan_outlines(lines, "x")[0]))
            for section in SECTIONS:
                one = Counter(bare(item) for item in extract_table(draft)[section])
                other = Counter(bare(item) for item in again[section])
                kept[section] += sum((one & other).values())
                before[section] += sum(one.values())
                after[section] += sum(other.values())
    shares = {s: min(kept[s] / max(1, before[s]), kept[s] / max(1, after[s])) for s in SECTIONS if before[s]}
    print(shares)
    assert min(shares.values()) >= LEAST, shares
