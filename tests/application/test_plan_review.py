"""Two editors at one draft, and a review that outlives another reading and a new version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from fengsui.adapters.memory import CountingIds, FixedClock, MemoryDirectory
from fengsui.adapters.read_document import read_document
from fengsui.application import plan_library, plan_reread, plan_review
from fengsui.application.desk import Actor
from fengsui.application.plan_library import Library
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.model import Doubt, PlanKind
from fengsui.core.plan.review import ReviewItem, Verdict, doubt_id, item_data, items_of, standing
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans

AREA = Jurisdiction(code="990100", name="云州")


def editor(name: str) -> Post:
    return Post(
        id=name, title="预案管理员", unit="emb", jurisdiction="990100", roles=frozenset({Role.PLAN_EDITOR})
    )


DIRECTORY = Directory(
    jurisdictions=(AREA,),
    units=(Unit(id="emb", name="云州应急管理局", jurisdiction="990100"),),
    posts=(editor("first"), editor("second")),
)
FIRST, SECOND = (Actor.of(post) for post in DIRECTORY.posts)

TEXT = """云州索道事故应急预案
1 总则
1.1 事件分级
（1）较大事故：造成3人以上10人以下死亡。
（2）一般事故：造成3人以下死亡。
2 组织体系
2.1 成员单位
成员单位包括云州应急管理局、云州公安局、云州气象局。
3 响应
3.1 报告
事故发生后，景区应当在30分钟内向云州应急管理局报告。
3.2 启动
较大事故由云州人民政府启动三级响应，一般事故由县人民政府启动四级响应。
本预案所称以上含本数，以下不含本数。
"""


class Shelf:
    """The store port on dictionaries; ``meanwhile`` happens once, just before the next save."""

    def __init__(self) -> None:
        self.records: dict[str, DraftRecord] = {}
        self.lines: dict[str, tuple[TextLine, ...]] = {}
        self.data: dict[str, tuple[str, bytes]] = {}
        self.meanwhile: Callable[[], object] | None = None

    def save_document(
        self,
        document_id: str,
        filename: str,
        data: bytes,
        lines: Any,
        drafts: tuple[DraftRecord, ...],
        clauses: Any = None,
    ) -> None:
        self.lines[document_id], self.data[document_id] = lines, (filename, data)
        self.records |= {record.draft_id: record for record in drafts}

    def document_lines(self, document_id: str) -> tuple[TextLine, ...]:
        return self.lines.get(document_id, ())

    def document_data(self, document_id: str) -> tuple[str, bytes] | None:
        return self.data.get(document_id)

    def drafts_of(self, document_id: str) -> tuple[DraftRecord, ...]:
        return tuple(one for one in self.records.values() if one.document_id == document_id)

    def draft(self, draft_id: str) -> DraftRecord | None:
        return self.records.get(draft_id)

    def update_draft(self, record: DraftRecord, expected_revision: int) -> None:
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            happens()
        if self.records[record.draft_id].revision != expected_revision:
            raise Conflict("changed_meanwhile")
        self.records[record.draft_id] = record

    def replace_reading(
        self, document_id: str, lines: Any, drafts: tuple[tuple[DraftRecord, int], ...]
    ) -> None:
        for record, revision in drafts:
            self.update_draft(record, revision)
        self.lines[document_id] = lines


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def library(shelf: Shelf) -> Library:
    return Library(
        store=shelf,  # type: ignore[arg-type]
        directory=MemoryDirectory(DIRECTORY),
        read=lambda filename, data: read_document(data, filename).lines,
        clock=FixedClock(datetime(2026, 5, 1, tzinfo=UTC)),
        ids=CountingIds(),
    )


def imported(library: Library, text: str = TEXT, name: str = "索道.txt") -> DraftRecord:
    lines = library.read(name, text.encode())
    document = plan_library.document_id(text.encode())
    (draft,) = read_plans(lines, document)
    record = DraftRecord(
        draft_id=library.ids.new(),
        document_id=document,
        filename=name,
        jurisdiction="990100",
        kind=PlanKind.SPECIAL,
        state=DraftState.DRAFT,
        revision=1,
        draft=draft,
        imported_at=library.clock.now(),
        imported_by="first",
    )
    library.store.save_document(document, name, text.encode(), lines, (record,))
    return record


def item(record: DraftRecord, section: str, which: int = 0) -> ReviewItem:
    return [one for one in items_of(record.draft.content) if one.section == section][which]


def say(
    library: Library, who: Actor, record: DraftRecord, one: ReviewItem, verdict: Verdict, **more: Any
) -> DraftRecord:
    return plan_review.settle(
        library,
        who,
        draft_id=record.draft_id,
        revision=record.revision,
        target=one.id,
        section=one.section,
        verdict=verdict,
        **more,
    )


def test_settlements_of_different_items_by_two_people_are_both_kept(library: Library) -> None:
    seen = imported(library)
    say(library, FIRST, seen, item(seen, "units", 0), Verdict.ACCEPT)
    after = say(library, SECOND, seen, item(seen, "units", 1), Verdict.REJECT)
    assert {one.by: one.verdict for one in after.settlements} == {
        "first": Verdict.ACCEPT,
        "second": Verdict.REJECT,
    }


def test_a_settlement_saved_in_the_same_moment_is_not_lost(library: Library, shelf: Shelf) -> None:
    seen = imported(library)
    shelf.meanwhile = lambda: say(library, SECOND, seen, item(seen, "units", 1), Verdict.ACCEPT)
    after = say(library, FIRST, seen, item(seen, "units", 0), Verdict.ACCEPT)
    assert [one.by for one in after.settlements] == ["second", "first"]


def test_of_the_same_item_the_second_learns_what_the_first_said(library: Library) -> None:
    seen = imported(library)
    one = item(seen, "units")
    now = say(library, FIRST, seen, one, Verdict.REJECT)
    with pytest.raises(Conflict) as told:
        say(library, SECOND, seen, one, Verdict.ACCEPT)
    assert told.value.code == "said_meanwhile"
    assert (told.value.data["by"], told.value.data["verdict"]) == ("first", "reject")
    # Having seen it, the second may still decide.
    after = say(library, SECOND, now, one, Verdict.ACCEPT)
    assert standing(after.settlements)[one.id].by == "second"


def test_nobody_undoes_a_confirmation_unseen(library: Library) -> None:
    seen = imported(library)
    now = plan_review.settle_all(library, FIRST, draft_id=seen.draft_id, revision=seen.revision, note="看过")
    plan_review.confirm(library, FIRST, draft_id=seen.draft_id, revision=now.revision)
    with pytest.raises(Conflict, match="confirmed_meanwhile"):
        say(library, SECOND, seen, item(seen, "units"), Verdict.REJECT)


def test_two_people_tie_different_bodies_at_once(library: Library) -> None:
    seen = imported(library)
    tie = {"draft_id": seen.draft_id, "revision": seen.revision, "seen": ()}
    plan_review.bind(library, FIRST, printed="云州公安局", ids=("emb",), **tie)
    after = plan_review.bind(library, SECOND, printed="云州气象局", ids=("emb",), **tie)
    assert {"云州公安局", "云州气象局"} <= set(dict(after.bindings))
    with pytest.raises(Conflict):
        plan_review.bind(library, SECOND, printed="云州公安局", ids=(), **tie)


def test_reading_again_keeps_the_review(library: Library) -> None:
    record = imported(library)
    one = item(record, "units")
    record = say(library, FIRST, record, one, Verdict.EDIT, data=item_data(one) | {"name": "云州局"})
    again = plan_reread.reread(library, SECOND, record.draft_id)
    assert (again.kept, again.lost, again.dissolved) == (1, 0, 0)
    assert again.record.settlements == record.settlements
    assert "云州局" in {unit.name for unit in plan_library.reviewed(again.record).units}


def as_read_worse(library: Library, shelf: Shelf, record: DraftRecord) -> DraftRecord:
    """The draft as an older grammar might have read it: one unit under another name."""
    content = record.draft.content
    wrong = replace(content.units[0], name="云州应急")
    worse = replace(content, units=(wrong, *content.units[1:]))
    shelf.records[record.draft_id] = replace(record, draft=replace(record.draft, content=worse))
    return shelf.records[record.draft_id]


def test_a_correction_the_grammar_has_learnt_dissolves(library: Library, shelf: Shelf) -> None:
    record = as_read_worse(library, shelf, imported(library))
    one = item(record, "units")
    say(library, FIRST, record, one, Verdict.EDIT, data=item_data(one) | {"name": "云州应急管理局"})
    again = plan_reread.reread(library, FIRST, record.draft_id)
    assert (again.dissolved, again.lost) == (1, 0)
    assert "云州应急管理局" in {unit.name for unit in plan_library.reviewed(again.record).units}


def test_what_is_not_read_again_must_be_looked_at_once(library: Library, shelf: Shelf) -> None:
    record = as_read_worse(library, shelf, imported(library))
    one = item(record, "units")
    say(library, FIRST, record, one, Verdict.EDIT, data=item_data(one) | {"name": "云州应急一局"})
    again = plan_reread.reread(library, FIRST, record.draft_id)
    assert again.lost == 1
    lost = [doubt for doubt in again.record.draft.doubts if doubt.why == "not_found_again"]
    assert len(lost) == 1
    # Unanswered it stays; answered it does not come back.
    assert plan_reread.reread(library, FIRST, record.draft_id).record.draft.doubts.count(lost[0]) == 1
    now = shelf.records[record.draft_id]
    plan_review.settle_all(library, FIRST, draft_id=now.draft_id, revision=now.revision, note="看过")
    done = plan_reread.reread(library, FIRST, record.draft_id)
    assert [doubt for doubt in done.record.draft.doubts if doubt.why == "not_found_again"] == []


def test_what_is_past_review_is_not_read_again(library: Library, shelf: Shelf) -> None:
    record = imported(library)
    shelf.records[record.draft_id] = replace(record, state=DraftState.IN_FORCE)
    with pytest.raises(Refusal, match="draft_closed"):
        plan_reread.reread(library, FIRST, record.draft_id)


def test_a_plan_that_is_gone_from_its_document_changes_nothing(library: Library, shelf: Shelf) -> None:
    record = imported(library)
    content = replace(record.draft.content, title="另一预案", first_line=900, last_line=999)
    shelf.records[record.draft_id] = replace(record, draft=replace(record.draft, content=content))
    with pytest.raises(InputError, match="reread_plan_gone"):
        plan_reread.reread(library, FIRST, record.draft_id)


def test_a_new_version_takes_over_what_was_said_of_unchanged_clauses(library: Library) -> None:
    old = imported(library)
    kept, gone = item(old, "units", 1), item(old, "deadlines")
    old = say(library, FIRST, old, kept, Verdict.EDIT, data=item_data(kept) | {"name": "云州公安局（新）"})
    old = say(library, FIRST, old, gone, Verdict.ACCEPT)
    new = imported(library, TEXT.replace("30分钟", "20分钟").replace("1 总则", "\n\n1 总则"), "索道新.txt")
    found = plan_reread.offer(library, FIRST, draft_id=new.draft_id, earlier_id=old.draft_id)
    assert found is not None
    assert (found.kept, found.lost) == (1, 1)
    after = plan_reread.take_over(
        library, FIRST, draft_id=new.draft_id, revision=new.revision, earlier_id=old.draft_id
    )
    changed = [unit for unit in plan_library.reviewed(after).units if unit.name == "云州公安局（新）"]
    assert [unit.source.document for unit in changed] == [new.document_id]
    assert plan_reread.offer(library, FIRST, draft_id=new.draft_id, earlier_id=old.draft_id) is None


def test_a_doubt_answered_at_once_by_two_people_is_told(library: Library, shelf: Shelf) -> None:
    record = imported(library)
    doubt = Doubt(about="unit", why="list_not_split", text="有关单位", source=item(record, "units").source)
    shelf.records[record.draft_id] = replace(record, draft=replace(record.draft, doubts=(doubt,)))
    answer = {"draft_id": record.draft_id, "revision": 1, "target": doubt_id(doubt), "section": "doubt"}
    plan_review.settle(library, FIRST, verdict=Verdict.ACCEPT, **answer)
    with pytest.raises(Conflict):
        plan_review.settle(library, SECOND, verdict=Verdict.ACCEPT, **answer)
