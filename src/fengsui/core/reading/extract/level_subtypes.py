"""Danger and damage graded side by side (险情、灾情): one heading, two ladders."""

from __future__ import annotations

import re
from dataclasses import replace

from fengsui.core.plan.level import LadderKind
from fengsui.core.reading.extract.criteria_clauses import sentences
from fengsui.core.reading.extract.level_model import Block, Part

_ENDS = re.compile(r"(险情|灾情)(?:\([^()]*\))?(?:的)?$")


def by_subtype(block: Block) -> list[Block]:
    """``block`` cut in two where its sentences define a danger and a damage (…为小型险情。…为小型灾情。)."""
    if block.kind is not LadderKind.EVENT_GRADE or block.also:
        return [block]
    if not all(any(word in part.text for part in block.parts) for word in ("险情", "灾情")):
        return [block]
    pieces = [piece for part in block.parts for piece in _pieces(part)]
    if {word for word, _ in pieces} != {"险情", "灾情"} or any(part.said for part in block.parts):
        return [block]
    return [
        replace(block, subtype=word, parts=[part for own, part in pieces if own == word])
        for word in dict.fromkeys(word for word, _ in pieces)
    ]


def _pieces(part: Part) -> list[tuple[str, Part]]:
    """The sentences of ``part`` with the word each ends in, or the next one ends in (甲；乙；丙的险情)."""
    text = part.passage.text.text
    found: list[tuple[str, Part]] = []
    word = ""
    for start, end in reversed(sentences(text[: part.end], part.start)):
        ends = _ENDS.search(text[start:end])
        word = ends[1] if ends else word
        found.insert(0, (word, replace(part, start=start, end=end)))
    return found
