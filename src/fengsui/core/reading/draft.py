"""The whole reading: lines → draft plans with doubts (预案草稿)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from fengsui.core.errors import InputError
from fengsui.core.plan.model import Doubt, DraftPlan, Heading, Numbering, PlanContent
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.bundle import is_plan
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.activation import extract_activation
from fengsui.core.reading.extract.adjustment import extract_adjustment
from fengsui.core.reading.extract.boundary import extract_boundary_rule
from fengsui.core.reading.extract.command import extract_command
from fengsui.core.reading.extract.contacts import extract_contacts
from fengsui.core.reading.extract.deadlines import extract_deadlines
from fengsui.core.reading.extract.framing import extract_legal_basis, extract_scope
from fengsui.core.reading.extract.groups import extract_groups
from fengsui.core.reading.extract.levels import extract_levels
from fengsui.core.reading.extract.measures import extract_measures
from fengsui.core.reading.extract.surroundings import read_surroundings
from fengsui.core.reading.extract.termination import extract_termination
from fengsui.core.reading.extract.units import extract_duties, extract_units
from fengsui.core.reading.extract.upkeep import extract_drills, extract_revision
from fengsui.core.reading.outline import Outline, Section
from fengsui.core.reading.script import as_printed

LEAST_CHINESE = 0.2
"""Share of Chinese characters among the letters of a Chinese text, names and tables included."""

_NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]+")


def read_plans(lines: Sequence[TextLine], document: str) -> tuple[DraftPlan, ...]:
    """Every emergency plan of the document as a draft, in order.

    Raises InputError: ``empty_file``, ``not_chinese``, ``no_plan``.
    """
    return tuple(read_plan(outline) for outline in plan_outlines(lines, document))


def plan_outlines(lines: Sequence[TextLine], document: str) -> tuple[Outline, ...]:
    """The outlines of the emergency plans in the document; raises as ``read_plans`` does."""
    _check_language(lines)
    outlines = build_outlines(lines, document)
    plans = tuple(o for o in outlines if is_plan(o.title, (p.text for _, p in o.paragraphs())))
    if not plans:
        raise InputError("no_plan")
    return plans


def _check_language(lines: Sequence[TextLine]) -> None:
    """Raise InputError ``empty_file`` or ``not_chinese`` unless enough of the letters are Chinese."""
    enough = LEAST_CHINESE * sum([len(line.text) for line in lines])
    chinese = 0
    for line in lines:
        chinese += len(_NOT_CHINESE.sub("", line.text))
        if chinese and chinese >= enough:
            return  # enough among all characters is enough among the letters
    letters = sum(sum(map(str.isalpha, line.text)) for line in lines)
    if not letters:
        raise InputError("empty_file")
    if chinese < LEAST_CHINESE * letters:
        raise InputError("not_chinese")


def read_plan(outline: Outline) -> DraftPlan:
    """One plan as a draft: what every extractor found, and all that was unsure."""
    scope, legal_basis = extract_scope(outline), extract_legal_basis(outline)
    levels, boundary = extract_levels(outline), extract_boundary_rule(outline)
    activation, termination = extract_activation(outline), extract_termination(outline)
    deadlines, measures = extract_deadlines(outline), extract_measures(outline)
    drills, revision = extract_drills(outline), extract_revision(outline)
    command, groups = extract_command(outline), extract_groups(outline)
    units, duties = extract_units(outline), extract_duties(outline)
    contacts = extract_contacts(outline)
    content = PlanContent(
        title=outline.title,
        document=outline.document,
        first_line=outline.first_line,
        last_line=outline.last_line,
        numbering=outline.numbering,
        headings=headings_of(outline),
        scope=scope.items,
        legal_basis=legal_basis.items,
        levels=levels.items,
        boundary_rule=next(iter(boundary.items), None),
        activation=activation.items,
        termination=termination.items,
        level_changes=extract_adjustment(outline).items,
        deadlines=deadlines.items,
        measures=measures.items,
        drills=drills.items,
        revision=revision.items,
        command=next(iter(command.items), None),
        units=units.items,
        duties=duties.items,
        groups=groups.items,
        contacts=contacts.items,
        **read_surroundings(outline, legal_basis.items),
    )
    found: tuple[Extracted[Any], ...] = (
        *(scope, legal_basis, levels, boundary, activation, termination, deadlines, measures),
        *(drills, revision, command, groups, units, duties, contacts),
    )
    doubts = _by_line(found, outline)
    draft = DraftPlan(content=content, doubts=doubts)
    return draft if outline.printed is None else cast(DraftPlan, as_printed(draft, outline.printed))


def _by_line(found: Iterable[Extracted[Any]], outline: Outline) -> tuple[Doubt, ...]:
    doubts = [doubt for part in found for doubt in part.doubts]
    for notice, place in outline.notices:
        doubts.append(Doubt(about="source", why=notice.code, text=notice.text, source=place))
    return tuple(sorted(dict.fromkeys(doubts), key=lambda doubt: doubt.source.line))


def headings_of(outline: Outline) -> tuple[Heading, ...]:
    """The two top levels of headings, as printed; those without number only where none has one."""
    return tuple(
        Heading(
            number=section.clause if section.number else "",
            title=section.title,
            depth=depth,
            line=section.line,
        )
        for section, depth in _two_levels(outline)
    )


def _two_levels(outline: Outline) -> list[tuple[Section, int]]:
    tops = [top for top in outline.root.children if not top.number.startswith("附")]
    numbered = any(top.number for top in tops)
    # A chapter taken out of a larger plan keeps its numbers: 3.2, then 3.2.1.
    base = min((top.number.count(".") for top in tops if top.number), default=0)
    kinds = {_kind(child.number, base) for top in tops for child in top.children if child.title}
    second = _second_level(kinds, outline.numbering)
    result: list[tuple[Section, int]] = []
    for top in tops:
        if not top.title or (numbered and not top.number):
            continue
        result.append((top, 1))
        result.extend(
            (child, 2) for child in top.children if child.title and _kind(child.number, base) in second
        )
    return result


def _kind(number: str, base: int = 0) -> str:
    """The way a number is written, as far as it tells the second level from items.

    ``base`` is how many dots the numbers of the first level have.
    """
    if not number:
        return "none"
    if number.isdigit():
        return "digit"
    if number.startswith("（"):
        return "item" if number[1:2].isascii() else "bracket"
    if number.startswith("附"):
        return "annex"
    if "." in number:
        return "decimal" if number.count(".") == base + 1 else "deeper"
    return "item" if len(number) == 1 and not number.isalpha() else "word"


def _second_level(kinds: set[str], numbering: Numbering) -> set[str]:
    """Which kinds of number head the second level: the highest there is; what is below are items."""
    if numbering is Numbering.DECIMAL and "decimal" in kinds:
        return {"decimal", "annex"}
    if kinds & {"decimal", "bracket", "word"}:
        return {"decimal", "bracket", "word", "annex"}
    for kind in ("digit", "item", "none"):
        if kind in kinds:
            return {kind}
    return set()
