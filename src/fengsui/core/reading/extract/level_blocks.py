"""Blocks: each level found in the plan with the passages that are its criteria.

The stream of passages is walked once. A heading, a label, a lead sentence or a table cell opens a level; what
follows belongs to it until another opens, the section ends or the text turns to what is then done.
"""

from __future__ import annotations

import re
from itertools import groupby

from fengsui.core.plan.level import LadderKind
from fengsui.core.reading.extract.criteria_clauses import sentences
from fengsui.core.reading.extract.criteria_measure import POTENTIAL
from fengsui.core.reading.extract.criteria_words import MEASURE
from fengsui.core.reading.extract.level_columns import rows_of_lines
from fengsui.core.reading.extract.level_forms import (
    Lead,
    Opening,
    kind_of,
    label_of,
    lead_of,
    mapping_of,
    occurring,
    started_level,
    tail_of,
    triggers_of,
)
from fengsui.core.reading.extract.level_items import (
    CONDITIONAL,
    DEFINING,
    DOING,
    REMARK,
    Verdict,
    has_bound,
    is_criterion,
    verdict_on,
)
from fengsui.core.reading.extract.level_model import Block, How, ListingAt, Part, open_block
from fengsui.core.reading.extract.level_names import (
    LevelName,
    Listed,
    in_title,
    is_designation,
    level_name,
    listing,
    names_some_level,
    numerals_in,
    several_levels,
)
from fengsui.core.reading.extract.level_stream import Passage, passages
from fengsui.core.reading.extract.level_tables import table_blocks
from fengsui.core.reading.outline import Outline, Section

_EVERY = re.compile(r"(?:同时|均|全部|都)(?:满足|符合|具备|达到|出现|发生)(?!.{0,14}之一)")
"""同时满足以下条件: one criterion does not suffice."""
_STARTED_BY = re.compile(r"(?:当|若|凡)?(?:发生|出现|达到|初判).{2,60}启动(?:本?级?(?:应急)?响应)?[。;]?$")
"""发生场区应急时启动: under the heading of a level, what reaches it."""
_TITLED = re.compile(r"([^,;。:]{2,10})[。:]")
_RESIDUAL = re.compile(r"除(?:上述|以上|前述)[^,;。]{0,8}外,")
"""除上述情形外，…，为一般事件: what is left over is a level too."""


class _Finder:
    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.paths = {id(s): outline.path_to(s) for s in outline.sections()}
        self.blocks: list[Block] = []
        self.listings: list[ListingAt] = []
        self.listed_at: dict[int, Listed] = {}
        self.known: dict[int, Listed] = {}  # what _listed answered; emptied when a listing is found
        self.block: Block | None = None
        self.doing = False
        self.pending: Lead | None = None

    def run(self) -> None:
        for table, group in groupby(passages(self.outline), key=_table_of):
            if table is not None:
                cells = list(group)
                self.blocks += table_blocks(
                    cells, self._titles(cells[0].section), self._listed(cells[0].section)
                )
                self.block = None
                continue
            self._lines(list(group))

    def _lines(self, group: list[Passage]) -> None:
        """Headings and running text; of a table whose cells stand one a line each row is one level."""
        rows = rows_of_lines(group, self._listed(group[0].section))
        headers: list[Passage] = []
        for passage in group:
            if id(passage) in rows:
                headers = list(rows[id(passage)])
                named = level_name(passage.text.text.rstrip(":"), self._listed(passage.section))
                if named is not None:
                    opening = Opening(named, passage.text.text, len(passage.text.text))
                    self.block = self._open(opening, How.LABEL, passage, self._titles(passage.section), "")
                    self.block.stated = True
            elif headers and self.block is not None:
                self._add(passage, 0, prefix=headers.pop(0).text.text)
                self.block = self.block if headers else None
            elif passage.heading:
                self._heading(passage)
            else:
                self._text(passage)

    # --- place ----------------------------------------------------------------------------------------------

    def _titles(self, section: Section) -> tuple[str, ...]:
        """Titles from the section outward."""
        return tuple(reversed([s.title for s in self.paths.get(id(section), ())]))

    def _listed(self, section: Section) -> Listed:
        """Names listed for levels in this section or around it, the nearest last."""
        result = self.known.get(id(section))
        if result is None:
            result = self.known[id(section)] = Listed()
            for outer in self.paths.get(id(section), ()):
                known = self.listed_at.get(id(outer))
                if known is not None:
                    result.names |= known.names
        return result

    def _within(self, section: Section, block: Block) -> bool:
        return any(s is block.section for s in self.paths.get(id(section), ()))

    # --- headings -------------------------------------------------------------------------------------------

    def _heading(self, passage: Passage) -> None:
        section, title = passage.section, passage.text.text
        self.pending = None
        listed = self._listed(section)
        block = self.block
        if block is not None and not (
            self._within(section, block) and (block.how is How.HEADING or is_criterion(title))
        ):
            self.block = block = None
        if is_designation(title, listed):
            parent = self._titles(section)[1:2]
            self.doing = any(DOING.search(t) and not DEFINING.search(t) and "响应" in t for t in parent)
            name = level_name(title, listed)
            if name is not None and not self.doing:
                opening = Opening(name, title, len(title))
                titles = self._titles(section)
                self.block = self._open(opening, How.HEADING, passage, titles[1:], "")
                self.block.stated = any(DEFINING.search(t) and not DOING.search(t) for t in titles[1:2])
            return
        if self._lead_in_heading(passage, listed) or self._several(passage):
            return
        if block is not None and is_criterion(title):
            self._add(passage, 0)
            return
        self.doing = bool(DOING.search(title)) and not DEFINING.search(title)
        if block is not None and DEFINING.search(title):
            block.stated = True
        openings = occurring(title, lambda: self._outer_listed(section))
        for opening in openings:
            if any("响应" in t for t in self._titles(section)[1:]):
                made = self._open(opening, How.TRIGGER, passage, self._titles(section), "")
                made.kind, made.stated = LadderKind.RESPONSE, True
                said = f"发生{opening.name}" if len(openings) > 1 else ""
                made.parts.append(Part(passage, 0, len(title), said=said))
                self.doing = True

    def _lead_in_heading(self, passage: Passage, listed: Listed) -> bool:
        """4.1.1 出现下列情况之一者，为Ⅰ级响应: a heading that is a lead sentence."""
        lead = lead_of(passage.text.text, listed)
        if not isinstance(lead, Opening):
            return False
        block = self.block
        self.doing = False
        if block is None or block.level != lead.level.level:
            titles = self._titles(passage.section)
            block = self.block = self._open(lead, How.LEAD, passage, titles, passage.text.text)
        block.stated, block.how, block.section = True, How.LEAD, passage.section
        return True

    def _several(self, passage: Passage) -> bool:
        """4.2 Ⅰ、Ⅱ级响应: what stands under the heading reaches each of the levels."""
        title = passage.text.text
        levels = several_levels(title)
        if len(levels) < 2:
            return False
        titles = self._titles(passage.section)
        first = Opening(LevelName(levels[0]), title, len(title))
        self.block = self._open(first, How.HEADING, passage, titles[1:], "")
        self.block.also = levels[1:]
        self.block.stated = any(DEFINING.search(t) and not DOING.search(t) for t in titles[1:2])
        self.doing = False
        return True

    def _outer_listed(self, section: Section) -> Listed:
        result = Listed(dict(self._listed(section).names))
        for outer in self.paths.get(id(section), ())[:-1]:
            for known in (self.listed_at.get(id(s)) for s in outer.walk()):
                if known is not None:
                    for name, level in known.names.items():
                        result.names.setdefault(name, level)
        return result

    # --- running text ---------------------------------------------------------------------------------------

    def _text(self, passage: Passage) -> None:
        text = passage.text.text
        if REMARK.match(text):
            self._close_list()
            return
        listed = self._listed(passage.section)
        if self._is_listing(passage):
            self._sentences(passage, listed, triggers_only=True)
            return
        if len(text) <= 12 and not re.search(r"[,;。:]", text) and DOING.search(text):
            self.block, self.doing = None, True
            return
        speaks = names_some_level(text, listed)
        if speaks and len(text) <= 24 and len(numerals_in(text)) > 1 and not has_bound(text):
            self.block = None  # Ⅱ级、Ⅲ级响应: of several levels at once, so of none here
            return
        titled = _TITLED.match(text)
        if titled and not has_bound(titled[1]) and not is_designation(titled[1], listed):
            if DEFINING.search(titled[1]):
                self.doing = False
            elif DOING.search(titled[1]):
                self.block, self.doing = None, True
                return
        if self._opened_by_lead(passage, listed, 0):
            return
        if speaks and (self._opened_by_label(passage, listed) or self._sentences(passage, listed)):
            return
        self._item(passage)

    def _is_listing(self, passage: Passage) -> bool:
        text = passage.text.text
        found = listing(text)
        if found is None:
            return False
        kind = kind_of("", "", [found.subject, *self._titles(passage.section)])
        self.listings.append(ListingAt(found, passage, kind))
        names = self.listed_at.setdefault(id(passage.section), Listed())
        self.known.clear()
        names.names |= {name: level for level, name in found.entries if len(name) > 1}
        return True

    def _opened_by_lead(self, passage: Passage, listed: Listed, start: int) -> bool:
        text = passage.text.text[start:]
        lead = lead_of(text, listed)
        if lead is None:
            return False
        potential = bool(POTENTIAL.search(text[: lead.rest]))
        every = bool(_EVERY.search(text[: lead.rest]))
        if isinstance(lead, Opening):
            titles = self._titles(passage.section)
            self.doing = False
            self.block = self._open(lead, How.LEAD, passage, titles, text[: lead.rest])
            self.block.stated, self.block.potential, self.block.every = True, potential, every
            self._rest(passage, start + lead.rest)
            return True
        if lead.closes:
            if self.block is not None:
                self.block.stated, self.block = True, None
            return False
        if self.block is not None and not self.doing:
            self.block.stated = True
            self.block.potential = self.block.potential or potential
            self.block.every = every
            self._rest(passage, start + lead.rest)
            return True
        self.pending = lead if not self.doing else None
        return self.pending is not None and lead.rest >= len(text)

    def _opened_by_label(self, passage: Passage, listed: Listed) -> bool:
        text = passage.text.text
        opening = label_of(text, listed)
        if opening is None or in_title(opening.name, self.outline.title):
            return False
        rest = text[opening.rest :]
        alone = not rest.strip(":。;")
        if self.doing and (alone or not has_bound(rest)):
            return alone
        if not alone and MEASURE.search(rest) and not has_bound(rest) and not CONDITIONAL.match(rest):
            self.block = None
            self._started_under(passage, opening)
            return True
        titles = self._titles(passage.section)
        self.block = self._open(opening, How.LABEL, passage, titles, rest)
        defined = any(DEFINING.search(t) or "预警" in t for t in titles)
        self.block.stated = self.pending is not None or defined or not alone
        if self.pending is not None:
            self.block.how = How.LEAD
        self.pending = None
        if not alone and not self._opened_again(passage, listed, opening):
            self._rest(passage, opening.rest)
        return True

    def _started_under(self, passage: Passage, opening: Opening) -> None:
        """较大事件。…，提请县政府启动Ⅲ级响应: the grade that a paragraph is titled with reaches the level."""
        if started_level(passage.text.text[opening.rest :]) != opening.level.level:
            return
        made = self._open(opening, How.TRIGGER, passage, (), "")
        made.kind, made.stated = LadderKind.RESPONSE, True
        made.parts.append(Part(passage, 0, opening.rest, said=made.name))

    def _opened_again(self, passage: Passage, listed: Listed, opening: Opening) -> bool:
        """Ⅰ级响应：符合下列条件之一的…, or several definitions in one paragraph."""
        text = passage.text.text
        if (lead := lead_of(text[opening.rest :], listed)) is not None and not (
            isinstance(lead, Lead) and lead.closes
        ):
            return self._opened_by_lead(passage, listed, opening.rest)
        spans = sentences(text, opening.rest)
        later = [span for span in spans[1:] if label_of(text[span[0] : span[1]], listed)]
        if not later:
            return False
        self._rest(passage, opening.rest, later[0][0])
        for index, span in enumerate(later):
            end = later[index + 1][0] if index + 1 < len(later) else len(text)
            following = label_of(text[span[0] : span[1]], listed)
            if following is not None:
                rest = span[0] + following.rest
                titles = self._titles(passage.section)
                self.block = self._open(following, How.LABEL, passage, titles, text[rest:end])
                self.block.stated = True
                self._rest(passage, rest, end)
        return True

    def _sentences(self, passage: Passage, listed: Listed, triggers_only: bool = False) -> bool:
        """Forms that a single sentence has; True when the passage was used up by them."""
        text = passage.text.text
        used = False
        for start, end in sentences(text):
            words = text[start:end]
            started = triggers_of(words, listed)
            for opening, stop, said in started:
                made = self._open(opening, How.TRIGGER, passage, (), "")
                made.kind, made.stated = LadderKind.RESPONSE, True
                made.parts.append(Part(passage, start, start + stop, said=said))
            mapped = None if started or triggers_only else mapping_of(words, listed)
            if mapped is not None:
                titles = self._titles(passage.section)
                made = self._open(mapped, How.MAPPING, passage, titles, "")
                made.stated = True
                made.parts.append(Part(passage, start, end))
            named = None if started or mapped or triggers_only else tail_of(words, listed)
            if named is not None and (self.block is None or self.block.level != named.level.level):
                if not has_bound(words) and not _RESIDUAL.match(words):
                    continue
                made = self._open(named, How.LABEL, passage, self._titles(passage.section), "")
                made.stated = True
                made.parts.append(Part(passage, start, start + named.rest))
            used = used or bool(started or mapped or (named and self.block is None))
        if used:
            self.block = None
        return used

    # --- items ----------------------------------------------------------------------------------------------

    def _item(self, passage: Passage) -> None:
        if self.block is None or self.doing or not passage.text.text:
            return
        verdict = verdict_on(self.block, passage)
        if verdict is Verdict.TAKE:
            self._add(passage, 0)
            self.block.stated = self.block.stated or bool(_STARTED_BY.match(passage.text.text))
        elif verdict is Verdict.END:
            self._close_list()

    def _rest(self, passage: Passage, start: int, end: int | None = None) -> None:
        text = passage.text.text[start:end]
        if self.block is not None and text.strip(" :。;,"):
            self._add(passage, start, end)

    def _add(self, passage: Passage, start: int, end: int | None = None, prefix: str = "") -> None:
        if self.block is not None:
            stop = len(passage.text.text) if end is None else end
            self.block.parts.append(Part(passage, start, stop, prefix))

    def _close_list(self) -> None:
        if self.block is not None and self.block.how is not How.HEADING:
            self.block = None
        elif self.block is not None:
            self.doing = True

    def _open(
        self, opening: Opening, how: How, passage: Passage, titles: tuple[str, ...], context: str
    ) -> Block:
        block = open_block(opening, how, passage, titles, context)
        self.blocks.append(block)
        return block


def _table_of(passage: Passage) -> int | None:
    cell = passage.cell
    return None if cell is None else cell.table


def find_blocks(outline: Outline) -> tuple[list[Block], list[ListingAt]]:
    """All levels of the plan with their passages, and the sentences that list levels."""
    finder = _Finder(outline)
    finder.run()
    return finder.blocks, finder.listings
