"""The whole reading: lines → draft plans with doubts (预案草稿)."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from fengsui.core.errors import InputError
from fengsui.core.plan.model import DraftPlan, Heading, PlanContent
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.bundle import is_plan
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.outline import Outline, Section

LEAST_CHINESE = 0.2
"""Share of Chinese characters among the letters of a Chinese text, names and tables included."""


def read_plans(lines: Sequence[TextLine], document: str) -> tuple[DraftPlan, ...]:
    """Every emergency plan of the document as a draft, in order.

    Raises InputError: ``empty_file``, ``not_chinese``, ``no_plan``.
    """
    return tuple(read_plan(outline) for outline in plan_outlines(lines, document))


def plan_outlines(lines: Sequence[TextLine], document: str) -> tuple[Outline, ...]:
    """The outlines of the emergency plans in the document; raises as ``read_plans`` does."""
    letters = [char for line in lines for char in line.text if char.isalpha()]
    if not letters:
        raise InputError("empty_file")
    if sum(1 for char in letters if "\u4e00" <= char <= "\u9fff") < LEAST_CHINESE * len(letters):
        raise InputError("not_chinese")
    outlines = build_outlines(lines, document)
    plans = tuple(o for o in outlines if is_plan(o.title, (p.text for _, p in o.root.all_paragraphs())))
    if not plans:
        raise InputError("no_plan")
    return plans


def _call(module: str, function: str, outline: Outline) -> Extracted[Any]:
    # While the extractors are being written: one that is missing finds nothing.
    try:
        found = importlib.import_module(f"fengsui.core.reading.extract.{module}")
        result: Extracted[Any] = getattr(found, function)(outline)
        return result
    except (ImportError, AttributeError, SyntaxError, NotImplementedError):
        return Extracted()


def read_plan(outline: Outline) -> DraftPlan:
    """One plan as a draft: what every extractor found, and all that was unsure."""
    found = {
        "scope": _call("framing", "extract_scope", outline),
        "legal_basis": _call("framing", "extract_legal_basis", outline),
        "levels": _call("levels", "extract_levels", outline),
        "boundary_rule": _call("boundary", "extract_boundary_rule", outline),
        "activation": _call("activation", "extract_activation", outline),
        "termination": _call("termination", "extract_termination", outline),
        "deadlines": _call("deadlines", "extract_deadlines", outline),
        "measures": _call("measures", "extract_measures", outline),
        "drills": _call("upkeep", "extract_drills", outline),
        "revision": _call("upkeep", "extract_revision", outline),
        "command": _call("command", "extract_command", outline),
        "units": _call("units", "extract_units", outline),
        "duties": _call("units", "extract_duties", outline),
        "groups": _call("groups", "extract_groups", outline),
        "contacts": _call("contacts", "extract_contacts", outline),
    }
    doubts = [doubt for part in found.values() for doubt in part.doubts]
    content = PlanContent(
        title=outline.title,
        document=outline.document,
        first_line=outline.first_line,
        last_line=outline.last_line,
        numbering=outline.numbering,
        headings=headings_of(outline),
        scope=found["scope"].items,
        legal_basis=found["legal_basis"].items,
        levels=found["levels"].items,
        boundary_rule=next(iter(found["boundary_rule"].items), None),
        activation=found["activation"].items,
        termination=found["termination"].items,
        deadlines=found["deadlines"].items,
        measures=found["measures"].items,
        drills=found["drills"].items,
        revision=found["revision"].items,
        command=next(iter(found["command"].items), None),
        units=found["units"].items,
        duties=found["duties"].items,
        groups=found["groups"].items,
        contacts=found["contacts"].items,
    )
    return DraftPlan(content=content, doubts=tuple(sorted(doubts, key=lambda doubt: doubt.source.line)))


def headings_of(outline: Outline) -> tuple[Heading, ...]:
    """The two top levels of headings, as printed; those without number only where none has one."""
    return tuple(
        Heading(
            number=section.clause if section.number else "",
            title=section.title,
            depth=depth,
            line=section.line,
        )
        for section, depth in _two_levels(outline.root)
    )


def _two_levels(root: Section) -> list[tuple[Section, int]]:
    numbered = any(top.number for top in root.children)
    # Where （一） is the second level, a figure right below 一、 is an item that happens to have text.
    paren = any(child.number.startswith("（") for top in root.children for child in top.children)
    result: list[tuple[Section, int]] = []
    for top in root.children:
        if not _is_listed(top, numbered) or top.number.startswith("附"):
            continue
        result.append((top, 1))
        result.extend(
            (child, 2)
            for child in top.children
            if _is_listed(child, numbered) and not (paren and child.number.isdigit())
        )
    return result


def _is_listed(section: Section, numbered: bool) -> bool:
    return bool(section.title) and (bool(section.number) or not numbered)
