"""A plan from upload to in force, and everything that must stop it on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fengsui.adapters.memory import CountingIds, FixedClock, MemoryDirectory
from fengsui.adapters.read_document import read_document
from fengsui.application.desk import Actor
from fengsui.application.plan_library import (
    Library,
    import_document,
    progress,
    put_in_force,
    reviewed,
    withdraw,
)
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.application.plan_review import bind, confirm, settle, settle_all
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.model import Plan
from fengsui.core.plan.review import Verdict, item_data, items_of
from fengsui.core.reading.blocks import TextLine

PLAN = Path(__file__).resolve().parents[2] / "demo" / "yunzhou" / "plans" / "gas.docx"
DIRECTORY = Directory(
    jurisdictions=(Jurisdiction(code="990100", name="云州"),),
    units=(Unit(id="gas", name="云州燃气公司", jurisdiction="990100"),),
    posts=(
        Post(
            id="editor",
            title="预案管理员",
            unit="gas",
            jurisdiction="990100",
            roles=frozenset({Role.PLAN_EDITOR}),
        ),
    ),
)
EDITOR = Actor.of(DIRECTORY.posts[0])
DUTY = replace(EDITOR, post_id="duty", roles=frozenset({Role.DUTY_OFFICER}))
NEIGHBOUR = replace(EDITOR, jurisdiction=Jurisdiction(code="990200", name="邻州"))


class Shelf:
    """The store port on dictionaries."""

    def __init__(self) -> None:
        self.records: dict[str, DraftRecord] = {}
        self.plans: dict[str, list[Plan]] = {}
        self.lines: dict[str, tuple[TextLine, ...]] = {}

    def save_document(
        self,
        document_id: str,
        filename: str,
        data: bytes,
        lines: tuple[TextLine, ...],
        drafts: tuple[DraftRecord, ...],
    ) -> None:
        self.lines[document_id] = lines
        self.records |= {record.draft_id: record for record in drafts}

    def document_lines(self, document_id: str) -> tuple[TextLine, ...]:
        return self.lines.get(document_id, ())

    def drafts_of(self, document_id: str) -> tuple[DraftRecord, ...]:
        return tuple(one for one in self.records.values() if one.document_id == document_id)

    def draft(self, draft_id: str) -> DraftRecord | None:
        return self.records.get(draft_id)

    def update_draft(self, record: DraftRecord, expected_revision: int) -> None:
        if self.records[record.draft_id].revision != expected_revision:
            raise Conflict("changed_meanwhile")
        self.records[record.draft_id] = record

    def put_in_force(self, record: DraftRecord, plan: Plan, expected_revision: int, at: datetime) -> None:
        self.update_draft(record, expected_revision)
        self.plans.setdefault(plan.id, []).append(plan)

    def latest_version(self, plan_id: str) -> int:
        return len(self.plans.get(plan_id, ()))

    def plan_named(self, title: str, jurisdiction: str) -> str | None:
        return next((key for key, all_ in self.plans.items() if all_[-1].content.title == title), None)

    def withdraw(self, record: DraftRecord, expected_revision: int, at: datetime) -> None:
        self.update_draft(record, expected_revision)


@pytest.fixture
def library() -> Library:
    return Library(
        store=Shelf(),
        directory=MemoryDirectory(DIRECTORY),
        read=lambda filename, data: read_document(data, filename).lines,
        clock=FixedClock(datetime(2026, 5, 1, tzinfo=UTC)),
        ids=CountingIds(),
    )


def imported(library: Library) -> DraftRecord:
    (record,) = import_document(
        library, EDITOR, filename="gas.docx", data=PLAN.read_bytes(), jurisdiction="990100"
    )
    return record


def test_the_same_file_under_another_name_is_recognised(library: Library) -> None:
    first = imported(library)
    again = import_document(
        library, EDITOR, filename="副本.docx", data=PLAN.read_bytes(), jurisdiction="990100"
    )
    assert again == (first,)


def test_names_of_the_plan_are_tied_to_the_directory_on_import(library: Library) -> None:
    assert dict(imported(library).bindings)["云州燃气公司"] == ("gas",)


def test_only_an_editor_of_the_area_imports(library: Library) -> None:
    for actor in (DUTY, NEIGHBOUR):
        with pytest.raises(Refusal):
            import_document(library, actor, filename="g", data=PLAN.read_bytes(), jurisdiction="990100")
    assert library.store.records == {}  # type: ignore[attr-defined]


def test_a_draft_with_open_doubts_cannot_be_confirmed_nor_put_in_force(library: Library) -> None:
    record = imported(library)
    assert progress(record)[1] > 0
    with pytest.raises(Refusal, match="doubts_open"):
        confirm(library, EDITOR, draft_id=record.draft_id, revision=record.revision)
    with pytest.raises(Refusal, match="not_confirmed"):
        put_in_force(library, EDITOR, draft_id=record.draft_id, revision=record.revision)


def test_a_settled_draft_is_confirmed_put_in_force_and_withdrawn(library: Library) -> None:
    record = imported(library)
    record = settle_all(
        library, EDITOR, draft_id=record.draft_id, revision=record.revision, note="已逐条看过"
    )
    record = confirm(library, EDITOR, draft_id=record.draft_id, revision=record.revision)
    assert record.state is DraftState.CONFIRMED
    plan = put_in_force(library, EDITOR, draft_id=record.draft_id, revision=record.revision)
    assert plan.version == 1
    with pytest.raises(Refusal, match="draft_closed"):
        bind(library, EDITOR, draft_id=record.draft_id, revision=9, printed="x", ids=())
    gone = withdraw(library, EDITOR, draft_id=record.draft_id, revision=record.revision + 1)
    assert gone.state is DraftState.WITHDRAWN


def test_a_change_after_confirmation_makes_it_a_draft_again(library: Library) -> None:
    record = imported(library)
    record = settle_all(library, EDITOR, draft_id=record.draft_id, revision=1, note="看过")
    record = confirm(library, EDITOR, draft_id=record.draft_id, revision=record.revision)
    item = next(one for one in items_of(record.draft.content) if one.section == "groups")
    data = item_data(item) | {"lead": "州公安局"}
    record = settle(
        library,
        EDITOR,
        draft_id=record.draft_id,
        revision=record.revision,
        target=item.id,
        section="groups",
        verdict=Verdict.EDIT,
        data=data,
    )
    assert record.state is DraftState.DRAFT
    assert "州公安局" in {group.lead for group in reviewed(record).groups}


def test_two_editors_at_once_do_not_overwrite_each_other(library: Library) -> None:
    record = imported(library)
    settle_all(library, EDITOR, draft_id=record.draft_id, revision=1, note="甲")
    with pytest.raises(Conflict):
        settle_all(library, EDITOR, draft_id=record.draft_id, revision=1, note="乙")


def test_unknown_items_and_bodies_are_refused_in_words(library: Library) -> None:
    record = imported(library)
    with pytest.raises(InputError, match="no_such_item"):
        settle(
            library,
            EDITOR,
            draft_id=record.draft_id,
            revision=1,
            target="nothing",
            section="groups",
            verdict=Verdict.REJECT,
        )
    with pytest.raises(InputError, match="no_such_body"):
        bind(library, EDITOR, draft_id=record.draft_id, revision=1, printed="州公安局", ids=("nobody",))
    with pytest.raises(InputError, match="no_such_draft"):
        confirm(library, EDITOR, draft_id="none", revision=1)
