"""The entries of a review: doubts first, then what was read, then what people added. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fengsui.application.plan_library_ports import DraftRecord
from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.plan.model import Doubt
from fengsui.core.plan.review import Settlement, Verdict, doubt_id, items_of, parse_item, standing
from fengsui.web.plans.source_text import Anchor

NEAR = 5
"""Items named beside a doubt that rests on the same line."""

ADDED = "a-"
"""Before the name of what a person added: it may be that of the doubt it answers."""

SECTION_OF = {
    "criterion": "levels",
    "level": "levels",
    "deadline": "deadlines",
    "unit": "units",
    "measure": "measures",
    "group": "groups",
    "duty": "duties",
    "contact": "contacts",
    "drill": "drills",
    "reference": "references",
    "attachment": "attachments",
    "resource": "resources",
    "support": "supports",
    "training": "trainings",
}
"""The section an item made of a doubt most likely belongs to, by what the doubt is about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to look at. ``value`` as it stands now (None for a doubt), ``read`` as it was read.

    ``near``: for a doubt, the items on the same line. ``settlement`` what stands of it.
    """

    id: str
    section: str
    source: Citation
    value: Any = None
    read: Any = None
    doubt: Doubt | None = None
    settlement: Settlement | None = None
    near: tuple[tuple[str, str], ...] = ()

    @property
    def target(self) -> str:
        """The name by which it is settled."""
        return self.id.removeprefix(ADDED)

    @property
    def added(self) -> bool:
        """Whether a person added it."""
        return self.read is None and self.doubt is None

    @property
    def edited(self) -> bool:
        """Whether a person corrected it."""
        return self.settlement is not None and self.settlement.verdict is Verdict.EDIT

    @property
    def add_section(self) -> str:
        """Where an item made of this doubt would go."""
        about = self.doubt.about if self.doubt else ""
        return SECTION_OF.get(about, about)

    @property
    def words(self) -> str:
        """What a filter looks in."""
        return self.source.quote + (self.doubt.text if self.doubt else "") + self.source.clause


def entries_of(record: DraftRecord) -> list[Entry]:
    """Every entry of the review of a draft."""
    said = standing(record.settlements)
    items = items_of(record.draft.content)
    on_line: dict[int, list[tuple[str, str]]] = {}
    for item in items:
        on_line.setdefault(item.source.line, []).append((item.id, item.section))
    doubts = [
        Entry(
            id=doubt_id(doubt),
            section="doubt",
            source=doubt.source,
            doubt=doubt,
            settlement=said.get(doubt_id(doubt)),
            near=tuple(on_line.get(doubt.source.line, ())[:NEAR]),
        )
        for doubt in record.draft.doubts
    ]
    read = [
        Entry(
            id=item.id,
            section=item.section,
            source=item.source,
            value=_value(item.section, item.value, said.get(item.id)),
            read=item.value,
            settlement=said.get(item.id),
        )
        for item in items
    ]
    return [*doubts, *read, *_added(said)]


def _value(section: str, read: Any, settlement: Settlement | None) -> Any:
    if settlement is None or settlement.verdict is not Verdict.EDIT:
        return read
    try:
        return parse_item(section, settlement.data)
    except InputError:
        return read


def _added(said: dict[str, Settlement]) -> list[Entry]:
    found = []
    for settlement in said.values():
        if settlement.verdict is not Verdict.ADD:
            continue
        try:
            value = parse_item(settlement.section, settlement.data)
        except InputError:
            continue
        # An item made of a doubt bears the doubt's name; on the page it needs one of its own.
        found.append(
            Entry(
                id=ADDED + settlement.target,
                section=settlement.section,
                source=value.source,
                value=value,
                settlement=settlement,
            )
        )
    return found


def anchors_of(entries: list[Entry]) -> list[Anchor]:
    """What rests on which words of the text."""
    return [Anchor(entry.id, entry.section, entry.source) for entry in entries]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review is: doubts settled of all, and everything looked at of all."""

    doubts_done: int
    doubts: int
    done: int
    all: int


def progress_of(entries: list[Entry]) -> Progress:
    """Count what was looked at; what people added themselves does not count."""
    doubts = [entry for entry in entries if entry.doubt is not None]
    given = [entry for entry in entries if not entry.added]
    return Progress(
        doubts_done=sum(entry.settlement is not None for entry in doubts),
        doubts=len(doubts),
        done=sum(entry.settlement is not None for entry in given),
        all=len(given),
    )
