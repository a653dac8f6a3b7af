"""Comparing what is text in a plan: duties, measures, scope, supports, promises, references."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import Duty, Measure
from fengsui.core.plan.compare_alike import figures, likeness, match, plain
from fengsui.core.plan.compare_fields import Pair, alone
from fengsui.core.plan.compare_names import Bodies
from fengsui.core.plan.compare_types import Change, Difference, Weight
from fengsui.core.plan.model import PlanContent
from fengsui.core.plan.surroundings import PromisedResource, Reference, ReferenceKind

_TITLE = re.compile(r"《([^《》]{2,60})》(?:[（(]([^（）()]{2,40})[）)])?")
_OUTSIDE = {ReferenceKind.LAW, ReferenceKind.STANDARD, ReferenceKind.PLAN, ReferenceKind.DOCUMENT}
Text = tuple[str, str, Citation]
"""What it is about, what it says, where."""


def compare_duties(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """What each unit has to do; a duty that went to another unit is one change."""

    def key(duty: Duty) -> Hashable:
        return (bodies.key(duty.unit), plain(duty.text))

    def score(one: Duty, other: Duty) -> float:
        return likeness(one.text, other.text) + 0.5 * bodies.same(one.unit, other.unit)

    duties = match(before.duties, after.duties, key, score, least=0.85)
    for one, other in duties.pairs:
        about = one.unit if bodies.same(one.unit, other.unit) else ""
        pair = Pair(section="duties", about=about, before=one.source, after=other.source)
        yield from pair.who("duty_unit", one.unit, other.unit, bodies)
        yield from pair.words("duty_text", one.text, other.text)
    for change, items in ((Change.GONE, duties.gone), (Change.ADDED, duties.added)):
        for duty in items:
            yield alone("duties", change, duty.text, duty.source, about=duty.unit)


def compare_measures(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """Steps of the response: at which levels, who acts, what."""

    def key(step: Measure) -> Hashable:
        return (bodies.keys(step.who), step.levels, plain(step.text), plain(step.hazard or ""))

    def score(one: Measure, other: Measure) -> float:
        alike = likeness(one.text, other.text)
        if alike < 0.45:
            return 0.0
        return (
            alike
            + 0.2 * (one.levels == other.levels)
            + 0.1 * (bodies.keys(one.who) == bodies.keys(other.who))
        )

    steps = match(before.measures, after.measures, key, score, least=0.65)
    for one, other in steps.pairs:
        about = min((one.text, other.text), key=lambda text: (len(text), text))[:30]
        pair = Pair(section="measures", about=about, before=one.source, after=other.source)
        yield from pair.levels("measure_levels", one.levels, other.levels)
        yield from pair.who("measure_who", one.who, other.who, bodies)
        yield from pair.words("measure_text", one.text, other.text)
    for change, items in ((Change.GONE, steps.gone), (Change.ADDED, steps.added)):
        for step in items:
            levels = step.levels
            yield alone(
                "measures",
                change,
                step.text,
                step.source,
                about=step.who or "",
                kind="response" if levels else None,
                level=levels[0].value if len(levels) == 1 else None,
            )


def compare_statements(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    """Scope, principles, supports and training: texts with their places."""
    for section in ("scope", "principles", "supports", "trainings"):
        yield from _texts(section, _said(before, section), _said(after, section))


def _said(content: PlanContent, section: str) -> list[Text]:
    return [(getattr(item, "kind", ""), item.text, item.source) for item in getattr(content, section)]


def _texts(section: str, old: list[Text], new: list[Text]) -> Iterator[Difference]:
    texts = match(old, new, lambda text: plain(text[1]), lambda a, b: likeness(a[1], b[1]), least=0.4)
    for one, other in texts.pairs:
        pair = Pair(section=section, about=min(one[0], other[0]), before=one[2], after=other[2])
        yield from pair.words(f"{section}_text", one[1], other[1])
    for change, items in ((Change.GONE, texts.gone), (Change.ADDED, texts.added)):
        for about, text, source in items:
            yield alone(section, change, text, source, about=about, weight=Weight.WORDING)


def compare_resources(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    """What the plan promises with a figure."""

    def key(item: PromisedResource) -> Hashable:
        return (plain(item.name), item.quantity, item.unit, plain(item.holder or ""))

    def score(one: PromisedResource, other: PromisedResource) -> float:
        if plain(one.name) != plain(other.name):
            return 0.0
        return (
            0.6
            + 0.2 * (plain(one.holder or "") == plain(other.holder or ""))
            + 0.2 * (one.unit == other.unit)
        )

    items = match(before.resources, after.resources, key, score, least=0.6)
    for one, other in items.pairs:
        if key(one) != key(other):
            pair = Pair(section="resources", about=one.name, before=one.source, after=other.source)
            yield pair.differs("resource_quantity", _amount(one), _amount(other), Weight.FIGURE)
    for change, left in ((Change.GONE, items.gone), (Change.ADDED, items.added)):
        for item in left:
            yield alone(
                "resources", change, _amount(item), item.source, about=item.name, weight=Weight.FIGURE
            )


def _amount(item: PromisedResource) -> str:
    return f"{item.quantity:f}{item.unit}" + (f"（{item.holder}）" if item.holder else "")


def compare_references(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    """Laws, standards, plans and documents referred to, with the version that is meant."""
    # A draft read before references were extracted has only its legal basis to go by.
    full = bool(before.references) and bool(after.references)
    old, new = (_referred(content, full) for content in (before, after))
    for title in [*old, *(title for title in new if title not in old)]:
        one, other = old.get(title), new.get(title)
        if one is None or other is None:
            found, change = (other, Change.ADDED) if one is None else (one, Change.GONE)
            assert found is not None
            yield alone(
                "references", change, found.title, found.source, about=found.title, weight=Weight.WORDING
            )
            continue
        pair = Pair(section="references", about=one.title, before=one.source, after=other.source)
        if (was := _version(one)) != (now := _version(other)) and (was or now):
            weight = Weight.FIGURE if figures(was) != figures(now) else Weight.WORDING
            yield pair.differs("reference_version", was, now, weight)


def _version(reference: Reference) -> str:
    return " ".join(part for part in (reference.number, reference.version) if part)


def _referred(content: PlanContent, full: bool) -> dict[str, Reference]:
    found: dict[str, Reference] = {}
    items = [item for item in content.references if item.kind in _OUTSIDE] if full else _basis(content)
    for item in items:
        name = plain(item.title).removeprefix("中华人民共和国")
        # The mention that tells the version counts; others repeat the title.
        if name not in found or (_version(item) and not _version(found[name])):
            found[name] = item
    return found


def _basis(content: PlanContent) -> list[Reference]:
    return [
        Reference(
            kind=ReferenceKind.LAW, title=title[1], version=title[2], basis=True, source=statement.source
        )
        for statement in content.legal_basis
        for title in _TITLE.finditer(statement.text)
    ]
