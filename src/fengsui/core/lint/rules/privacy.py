"""Rules on privacy (P1) and on what the software refuses to run (V1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?![\dA-Za-z])")
_HEALTH = re.compile(r"疫|传染|公共卫生|肺炎")
_CONDUCT = re.compile(r"聚众|闹事|上访|串联|非法集会|静坐")
_GRADED = re.compile(
    r"(?:一般|重要|重大|较大|特别重大|特大|[Ⅰ-ⅣIV]{1,3}级)(?:事件|突发事件)?[^。；]{0,3}[：:]"
)


@rule(code="P1", name="personal-mobile", severity=Severity.M)
def personal_mobile(context: PlanContext) -> Iterator[Hit]:
    """Personal mobile or identity numbers in a document that anybody may read."""
    places: list[Citation] = []
    numbers: set[str] = set()
    for line in context.lines:
        found = [*_MOBILE.findall(line.text), *_IDENTITY.findall(line.text)]
        if found:
            numbers.update(found)
            place = Citation(document=context.outline.document, clause="", line=line.number, quote="")
            places.append(place)
    if places:
        # The numbers themselves are not repeated in a report.
        data = {"count": str(len(numbers))}
        yield Hit(at=places[0], others=tuple(places[1:]), evidence="", data=data)


@rule(code="V1", name="watching-people", severity=Severity.L)
def watching_people(context: PlanContext) -> Iterator[Hit]:
    """Duties of watching people or speech: shown as text, never run."""
    seen: set[int] = set()
    content = context.content
    head = content.title + "".join(line.text for line in context.lines[:6])
    infectious = _HEALTH.search(head) is not None
    places = [group.source for group in content.groups if group.out_of_scope]
    places += [duty.source for duty in content.duties if duty.out_of_scope]
    places += [measure.source for measure in content.measures if measure.out_of_scope]
    for place in places:
        screened = infectious and "排查" in place.quote  # persons at risk of infection
        if place.line not in seen and not screened:
            seen.add(place.line)
            yield Hit(at=place)
    for section, paragraph in context.paragraphs():
        flat = "".join(paragraph.text.split())
        if _CONDUCT.search(flat) and _GRADED.match(flat):
            yield Hit(at=context.outline.cite(section, paragraph), say="conduct-as-criterion")
