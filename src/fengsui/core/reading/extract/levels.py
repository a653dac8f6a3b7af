"""Levels of a plan with their criteria (分级标准)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from fengsui.core.citation import Citation
from fengsui.core.plan.criterion import AllOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import BoundaryRule, LadderKind, Level, Logic, step
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.boundary import extract_boundary_rule
from fengsui.core.reading.extract.criteria_make import Cite, Item
from fengsui.core.reading.extract.criteria_parse import parse_item
from fengsui.core.reading.extract.criteria_words import is_delegated
from fengsui.core.reading.extract.level_blocks import find_blocks
from fengsui.core.reading.extract.level_ladders import conflicts_by_place, tell_ladders_apart
from fengsui.core.reading.extract.level_model import Block, How, ListingAt
from fengsui.core.reading.extract.level_names import level_name
from fengsui.core.reading.extract.level_subtypes import by_subtype
from fengsui.core.reading.outline import Outline
from fengsui.core.reading.phrases.folded import Folded, fold


def extract_levels(outline: Outline) -> Extracted[Level]:
    """Every level of every ladder the plan states, and what was not understood in their criteria."""
    rule = next(iter(extract_boundary_rule(outline).items), None)
    found, listings = find_blocks(outline)
    blocks = [one for block in found for one in by_subtype(block)]
    meant = _meanings(outline)
    read = [made for block in blocks if (made := _read(block, rule, meant)) is not None]
    read += [(_alike(level, roman), block, []) for level, block, _ in read for roman in block.also]
    levels = [level for level, _, _ in read]
    doubts = [doubt for _, _, found in read for doubt in found]
    levels = tell_ladders_apart(_without_premises(levels), [block for _, block, _ in read])
    levels = conflicts_by_place(levels, [block for _, block, _ in read])
    merged, more = _merged(levels)
    merged += _corresponding(outline, merged)
    bare = _only_listed(merged, listings)
    more += _without_criteria(bare)
    merged += bare
    merged = [_coloured(level, listings, blocks) for level in merged]
    merged.sort(key=lambda level: level.source.line)
    return Extracted(tuple(merged), tuple(dict.fromkeys([*doubts, *more])))


_DECLARED = {
    r"死亡(?:人数)?\([^()]*失踪[^()]*下同\)": ("deaths", "deaths_or_missing"),
    r"重伤(?:人数)?\([^()]*中毒[^()]*下同\)": ("injured_serious", "injured_serious_or_poisoned"),
}
"""死亡（含失踪，下同）: from there on 死亡 alone means both."""


def _meanings(outline: Outline) -> dict[str, str]:
    texts = [paragraph.text for _, paragraph in outline.paragraphs()]
    text = fold("".join(text for text in texts if "下" in text and "同" in text)).text
    return dict(meaning for pattern, meaning in _DECLARED.items() if re.search(pattern, text))


def _read(
    block: Block, rule: BoundaryRule | None, meant: Mapping[str, str]
) -> tuple[Level, Block, list[Doubt]] | None:
    criteria: list[Criterion] = []
    doubts: list[Doubt] = []
    figures = 0
    for part in block.parts:
        if part.said:
            cited = part.passage.cite(*part.passage.text.original(part.start, part.end))
            criteria.append(Condition(text=part.said, source=cited))
    for item in _items(block, meant):
        parsed = parse_item(item, rule)
        criteria += parsed.criteria
        doubts += parsed.doubts
        figures += parsed.thresholds
    if not figures and not (block.stated and (criteria or block.how is not How.HEADING)):
        return None
    if not criteria:
        if block.how is not How.LEAD and not any(is_delegated(part.text) for part in block.parts):
            return None
        doubts.append(
            Doubt(about="level", why="level_without_criteria", text=block.source.quote, source=block.source)
        )
    logic = Logic.ALL if block.every and len(criteria) > 1 else Logic.ANY
    if len(criteria) == 1 and isinstance(criteria[0], AllOf):
        criteria, logic = list(criteria[0].parts), Logic.ALL
    level = Level(
        kind=block.kind,
        level=step(block.kind, block.level),
        name=block.name,
        color=block.colour,
        logic=logic,
        criteria=tuple(criteria),
        source=block.source,
    )
    return level, block, doubts


def _alike(level: Level, roman: str) -> Level:
    """The level of another step that the same heading names."""
    return replace(level, level=step(level.kind, roman))


_BROKEN = re.compile(r"[^。;:!?)的时]$")
_GOES_ON = re.compile(r"^[\d,;。%、)]|^(?:以上|以下|人|元|级)")


def _items(block: Block, meant: Mapping[str, str]) -> list[Item]:
    """The parts of a block as items; a sentence that a page break cut in two is one."""
    items: list[Item] = []
    for part in block.parts:
        if part.said:
            continue
        folded = part.passage.text.part(part.start, part.end)
        before = items[-1] if items else None
        plain = not part.passage.label and part.passage.cell is None and not part.prefix
        cut = before is not None and plain and _BROKEN.search(before.folded.text)
        if before is not None and cut and _GOES_ON.match(folded.text):
            items[-1] = _joined(before, folded, part.passage.cite)
            continue
        items.append(Item(folded, part.passage.cite, part.prefix, block.potential, meant))
    return items


def _joined(first: Item, second: Folded, cite: Cite) -> Item:
    size = first.folded.size
    whole = Folded(
        first.folded.text + second.text,
        (*first.folded.at, *(size + offset for offset in second.at)),
        size + second.size,
    )

    def cite_whole(start: int, end: int) -> Citation:
        if start >= size:
            return cite(start - size, end - size)
        head = first.cite(start, min(end, size))
        if end <= size:
            return head
        return replace(head, quote=head.quote + cite(0, end - size).quote)

    return replace(first, folded=whole, cite=cite_whole)


def _without_premises(levels: list[Level]) -> list[Level]:
    """Drop a head clause that all levels of a ladder share: it says what the ladder is about."""
    heads = [_head(level) for level in levels]
    times = Counter((level.kind, head.text) for level, head in zip(levels, heads, strict=True) if head)
    return [
        replace(level, criteria=level.criteria[1:])
        if head and head.fact is None and len(level.criteria) > 1 and times[level.kind, head.text] > 1
        else level
        for level, head in zip(levels, heads, strict=True)
    ]


def _head(level: Level) -> Condition | None:
    """The first clause of a level that needs every one of its clauses, where it is in words."""
    head = level.criteria[0] if level.criteria and level.logic is Logic.ALL else None
    return head if isinstance(head, Condition) else None


def _merged(levels: list[Level]) -> tuple[list[Level], list[Doubt]]:
    """One level a step of a ladder: what is said twice once, what differs together and with a doubt."""
    merged: dict[tuple[object, object], _Merged] = {}
    doubts: list[Doubt] = []
    for level in levels:
        place = (level.scheme, level.level)
        known = merged.get(place)
        if known is None:
            merged[place] = _Merged(level)
            continue
        figures = _figures(level)
        if known.says(level) or (not figures and known.figures):
            continue
        if figures and not known.figures:
            merged[place] = _Merged(level)
            continue
        if known.level.logic is Logic.ANY and level.logic is Logic.ANY:
            known.add(level.criteria)
        if known.figures:
            doubts.append(
                Doubt(about="level", why="level_stated_twice", text=level.name, source=level.source)
            )
    return [known.whole() for known in merged.values()], doubts


class _Merged:
    """A step of a ladder while what is said of it comes together."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.figures = _figures(level)
        self._keys = {_key(criterion) for criterion in level.criteria}
        self._more: list[Criterion] = []

    def says(self, level: Level) -> bool:
        """Whether ``level`` says just the same."""
        return self.level.logic is level.logic and self._keys == {_key(c) for c in level.criteria}

    def add(self, criteria: Iterable[Criterion]) -> None:
        """Take those not said yet."""
        fresh = [c for c in criteria if _key(c) not in self._keys]
        self._more += fresh
        self._keys.update(map(_key, fresh))
        self.figures = self.figures or any(map(_has_threshold, fresh))

    def whole(self) -> Level:
        """The level with everything said of it."""
        return replace(self.level, criteria=(*self.level.criteria, *self._more)) if self._more else self.level


def _key(criterion: Criterion) -> object:
    if isinstance(criterion, Threshold):
        return criterion.fact, criterion.low, criterion.high, criterion.window_h, criterion.window_d
    if isinstance(criterion, Condition):
        return criterion.text
    return type(criterion).__name__, tuple(_key(part) for part in criterion.parts)


def _figures(level: Level) -> bool:
    return any(_has_threshold(criterion) for criterion in level.criteria)


def _has_threshold(criterion: Criterion) -> bool:
    if isinstance(criterion, Threshold):
        return True
    return not isinstance(criterion, Condition) and any(_has_threshold(part) for part in criterion.parts)


_CORRESPONDS = re.compile(r"响应(?:等级|级别|分级)?与[^,;。]{0,16}(?:级别|等级|分级)(?:相|一一)?对应")


def _corresponding(outline: Outline, levels: list[Level]) -> list[Level]:
    """响应等级与事件级别相对应: each response level has the grade of the same step as its criterion."""
    grades = [level for level in levels if level.kind is LadderKind.EVENT_GRADE]
    if not grades or any(level.kind is LadderKind.RESPONSE for level in levels):
        return []
    for section, paragraph in outline.paragraphs():
        folded = fold(paragraph.text) if "对应" in paragraph.text else None
        match = _CORRESPONDS.search(folded.text) if folded else None
        if folded is None or match is None:
            continue
        source = outline.cite(section, paragraph, *folded.original(*match.span()))
        return [
            Level(
                kind=LadderKind.RESPONSE,
                level=step(LadderKind.RESPONSE, grade.level.value),
                name=f"{_SIGNS[grade.level.value]}级响应",
                criteria=(Condition(text=f"达到{grade.name}", source=source),),
                source=source,
            )
            for grade in grades
            if grade.hazard is None and grade.subtype is None
        ]
    return []


def _only_listed(levels: list[Level], listings: list[ListingAt]) -> list[Level]:
    """Levels that the plan names without saying what reaches them.

    A level named after an event grade (Ⅰ级（特别重大）) has that grade as its criterion.
    """
    result: list[Level] = []
    kinds = {level.kind for level in levels}
    names = {level.name for level in levels}
    for at in listings:
        if at.kind in kinds or any(
            len(printed) > 1 and any(name.startswith(printed) for name in names)
            for _, printed in at.listing.entries
            if at.kind is not LadderKind.WARNING and "响应" not in at.listing.subject
        ):
            continue
        grades = {level.level.value: level for level in levels if level.kind is LadderKind.EVENT_GRADE}
        for roman, printed in at.listing.entries:
            source = at.passage.cite_all()
            grade = grades.get(roman)
            criteria: tuple[Criterion, ...] = ()
            if said := _corresponding_event(source.quote, len(at.listing.entries)).get(roman):
                criteria = (Condition(text=said, source=source),)
            elif grade is not None and len(printed) > 1 and printed in grade.name and printed not in _SIGNS:
                criteria = (Condition(text=_printed(source.quote, printed), source=source),)
            result.append(
                Level(
                    kind=at.kind,
                    level=step(at.kind, roman),
                    name=_listed_name(at.kind, roman, printed),
                    color=dict(at.listing.colours).get(roman),
                    criteria=criteria,
                    source=source,
                )
            )
        kinds.add(at.kind)
    return result


_DEGREES = r"(?:特别重大|特别严重|特大|重大|较大|较重|严重|一般)(?:[（(][^（）()]{1,8}[）)])?"
_EVENTS = re.compile(
    rf"分别?(?:对应于?|代表|针对)(?P<head>[^，。；,;]{{0,16}}?)(?P<run>{_DEGREES}(?:[、和及,]{_DEGREES})+)(?P<noun>[^，。；,;、]{{2,16}})"
)


def _corresponding_event(sentence: str, count: int) -> dict[str, str]:
    """What reaches each level of a listing that goes on 分别对应发生特别重大、重大…和一般事件, by numeral."""
    found = _EVENTS.search("".join(sentence.split()))
    degrees = re.findall(_DEGREES, found["run"]) if found else []
    if found is None or len(degrees) != count:
        return {}
    names = [level_name(fold(degree).text) for degree in degrees]
    said = {
        name.level: f"{found['head']}{degree}{found['noun']}"
        for name, degree in zip(names, degrees, strict=True)
        if name is not None
    }
    return said if len(said) == count else {}


def _without_criteria(levels: list[Level]) -> list[Doubt]:
    """One doubt a ladder whose levels the plan names without saying what reaches them."""
    first = {level.kind: level for level in reversed(levels) if not level.criteria}
    return [
        Doubt(about="level", why="level_without_criteria", text=level.source.quote, source=level.source)
        for level in first.values()
    ]


_SIGNS = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}


def _listed_name(kind: LadderKind, roman: str, printed: str) -> str:
    if printed.removesuffix("级") in _SIGNS:
        return f"{_SIGNS[roman]}级"
    return f"{printed}预警" if kind is LadderKind.WARNING and printed.endswith("色") else printed


def _printed(sentence: str, name: str) -> str:
    """The piece of the listing that names the level, as printed (Ⅱ级（二级重大）)."""
    level = r"[ⅠⅡⅢⅣⅤIV一二三四五]+\s*级?"
    plain = re.escape(name)
    pattern = rf"{level}(?:预警|响应)?[（(]\s*{plain}\s*[）)]|(?<![特\w]){plain}[（(]{level}[）)]|{plain}"
    match = re.search(pattern, sentence)
    return match[0].strip() if match else name


def _coloured(level: Level, listings: list[ListingAt], blocks: list[Block]) -> Level:
    """Give a level the colour that a listing around it names."""
    if level.color is not None:
        return level
    block = next((b for b in blocks if b.source == level.source and b.level == level.level.value), None)
    if block is None:
        return level
    for at in reversed(listings):
        above = at.passage.section is block.section or at.passage.section.title in block.titles
        colour = dict(at.listing.colours).get(level.level.value)
        if above and colour:
            return replace(level, color=colour)
    return level
