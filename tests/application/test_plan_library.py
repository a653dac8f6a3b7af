"""A plan from upload to in force, and everything that must stop it on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from fengsui.adapters.memory import CountingIds, FixedClock, MemoryDirectory
from fengsui.adapters.read_document import read_document
from fengsui.application.desk import Actor
from fengsui.application.plan_filing import FilingState, filing
from fengsui.application.plan_library import (
    Library,
    approve,
    file_plan,
    import_document,
    progress,
    put_in_force,
    reviewed,
    withdraw,
)
from fengsui.application.plan_library_ports import DraftRecord, DraftState, KnownPlan
from fengsui.application.plan_metadata import edit_metadata, not_a_version
from fengsui.application.plan_review import bind, confirm, settle, settle_all
from fengsui.application.plan_sameness import earlier_version, title_key
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.model import Plan, PlanKind
from fengsui.core.plan.review import Verdict, item_data, items_of
from fengsui.core.plan.surroundings import PlanIdentity
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
COMMANDER = replace(EDITOR, post_id="commander", roles=frozenset({Role.COMMANDER}))
DUTY = replace(EDITOR, post_id="duty", roles=frozenset({Role.DUTY_OFFICER}))
NOTHING = PlanIdentity()
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
        clauses: Any = None,
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

    def with_text(self, text_hash: str) -> tuple[KnownPlan, ...]:
        return tuple(known(one) for one in self.records.values() if one.text_hash == text_hash)

    def with_title(self, title_key: str, jurisdiction: str) -> tuple[KnownPlan, ...]:
        same = (one for one in self.records.values() if one.title_key == title_key)
        return tuple(known(one) for one in reversed(list(same)) if one.jurisdiction == jurisdiction)

    def withdraw(self, record: DraftRecord, expected_revision: int, at: datetime) -> None:
        self.update_draft(record, expected_revision)


def known(record: DraftRecord) -> KnownPlan:
    return KnownPlan(
        draft_id=record.draft_id,
        document_id=record.document_id,
        title=record.draft.content.title,
        filename=record.filename,
        issuer=record.metadata.issuer or "",
        state=record.state,
        plan_id=record.plan_id,
    )


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


def confirmed(library: Library, record: DraftRecord) -> DraftRecord:
    record = settle_all(
        library, EDITOR, draft_id=record.draft_id, revision=record.revision, note="已逐条看过"
    )
    return confirm(library, EDITOR, draft_id=record.draft_id, revision=record.revision)


def approved(library: Library, record: DraftRecord) -> DraftRecord:
    record = confirmed(library, record)
    return approve(library, COMMANDER, draft_id=record.draft_id, revision=record.revision)


def test_a_settled_draft_is_confirmed_approved_put_in_force_and_withdrawn(library: Library) -> None:
    record = confirmed(library, imported(library))
    assert record.state is DraftState.CONFIRMED
    with pytest.raises(Refusal, match="not_approved"):
        put_in_force(library, EDITOR, draft_id=record.draft_id, revision=record.revision)
    record = approve(
        library, COMMANDER, draft_id=record.draft_id, revision=record.revision, note="第3次常务会议"
    )
    assert (record.state, record.approved_by) == (DraftState.APPROVED, "commander")
    plan = put_in_force(library, EDITOR, draft_id=record.draft_id, revision=record.revision)
    assert plan.version == 1
    with pytest.raises(Refusal, match="draft_closed"):
        bind(library, EDITOR, draft_id=record.draft_id, revision=9, printed="x", ids=())
    gone = withdraw(library, EDITOR, draft_id=record.draft_id, revision=record.revision + 1)
    assert gone.state is DraftState.WITHDRAWN
    assert [step.what for step in gone.history] == [
        "imported",
        "confirmed",
        "approved",
        "in_force",
        "withdrawn",
    ]


def test_two_people_confirm_and_approve(library: Library) -> None:
    both = replace(EDITOR, roles=frozenset({Role.OFFICE_DIRECTOR}))
    record = confirmed(library, imported(library))
    with pytest.raises(Refusal, match="confirmer_approves"):
        approve(library, both, draft_id=record.draft_id, revision=record.revision)
    with pytest.raises(Refusal, match="role_may_not"):
        approve(library, replace(EDITOR, post_id="other"), draft_id=record.draft_id, revision=record.revision)
    with pytest.raises(Refusal, match="outside_jurisdiction"):
        approve(
            library,
            replace(COMMANDER, jurisdiction=NEIGHBOUR.jurisdiction),
            draft_id=record.draft_id,
            revision=record.revision,
        )


def test_a_change_after_approval_asks_for_confirmation_and_approval_again(library: Library) -> None:
    record = approved(library, imported(library))
    record = bind(
        library, EDITOR, draft_id=record.draft_id, revision=record.revision, printed="州公安局", ids=("gas",)
    )
    assert (record.state, record.approved_by) == (DraftState.DRAFT, None)


def test_a_plan_is_not_in_force_before_the_day_it_names(library: Library) -> None:
    record = imported(library)
    record = edit_metadata(
        library,
        EDITOR,
        draft_id=record.draft_id,
        revision=record.revision,
        metadata=PlanIdentity(in_force=date(2026, 6, 1)),
    )
    record = approved(library, record)
    with pytest.raises(Refusal, match="in_force_later"):
        put_in_force(library, EDITOR, draft_id=record.draft_id, revision=record.revision)


def bare(library: Library) -> DraftRecord:
    """A plan that says nothing of itself."""
    data = text_plan("云州燃气事故应急预案")
    (record,) = import_document(library, EDITOR, filename="a.txt", data=data, jurisdiction="990100")
    return record


def in_force(library: Library, record: DraftRecord) -> DraftRecord:
    record = approved(library, record)
    put_in_force(library, EDITOR, draft_id=record.draft_id, revision=record.revision)
    after = library.store.draft(record.draft_id)
    assert after is not None
    return after


def test_filing_runs_twenty_working_days_from_the_day_of_issue(library: Library) -> None:
    record = in_force(library, bare(library))
    # Friday 1 May 2026 by the plain week: four weeks of five days.
    assert (record.metadata.issued, record.filing_due) == (date(2026, 5, 1), date(2026, 5, 29))
    assert filing(record.filing_due, None, date(2026, 5, 1), library.workdays).state is FilingState.RUNNING
    assert filing(record.filing_due, None, date(2026, 5, 25), library.workdays).state is FilingState.SOON
    late = filing(record.filing_due, None, date(2026, 6, 2), library.workdays)
    assert (late.state, late.days) == (FilingState.OVERDUE, -2)
    for body, day, wrong in (
        (" ", date(2026, 5, 1), "filing_needs_body"),
        ("州人民政府", date(2026, 5, 2), "filing_day_wrong"),
        ("州人民政府", date(2026, 4, 1), "filing_day_wrong"),
    ):
        with pytest.raises(InputError, match=wrong):
            file_plan(
                library,
                EDITOR,
                draft_id=record.draft_id,
                revision=record.revision,
                filed_with=body,
                filed_on=day,
            )
    record = file_plan(
        library,
        EDITOR,
        draft_id=record.draft_id,
        revision=record.revision,
        filed_with="州人民政府",
        filed_on=date(2026, 5, 1),
    )
    assert (
        filing(record.filing_due, record.filed_on, date(2027, 1, 1), library.workdays).state
        is FilingState.FILED
    )


def test_the_day_of_issue_entered_later_moves_the_filing_clock(library: Library) -> None:
    record = in_force(library, bare(library))
    record = edit_metadata(
        library,
        EDITOR,
        draft_id=record.draft_id,
        revision=record.revision,
        metadata=replace(record.metadata, number="云政办发〔2026〕3号", issued=date(2026, 4, 3)),
    )
    assert record.state is DraftState.IN_FORCE
    assert record.filing_due == date(2026, 5, 1)


def test_metadata_that_cannot_be_is_refused_and_the_kind_of_a_plan_in_force_stays(library: Library) -> None:
    record = bare(library)

    def edit(**what: Any) -> DraftRecord:
        return edit_metadata(
            library,
            EDITOR,
            draft_id=record.draft_id,
            revision=record.revision,
            **{"metadata": NOTHING, **what},
        )

    with pytest.raises(InputError, match="event_code_wrong"):
        edit(metadata=PlanIdentity(event_code="A1"))
    with pytest.raises(InputError, match="dates_wrong"):
        edit(metadata=PlanIdentity(issued=date(2026, 2, 1), in_force=date(2026, 1, 1)))
    record = in_force(library, record)
    with pytest.raises(Refusal, match="kind_in_force"):
        edit(kind=PlanKind.DEPARTMENT)


def test_a_changed_kind_makes_a_confirmed_plan_a_draft_again(library: Library) -> None:
    record = confirmed(library, bare(library))
    record = edit_metadata(
        library,
        EDITOR,
        draft_id=record.draft_id,
        revision=record.revision,
        metadata=NOTHING,
        kind=PlanKind.ENTERPRISE,
    )
    assert (record.state, record.kind) == (DraftState.DRAFT, PlanKind.ENTERPRISE)


def text_plan(title: str, hours: int = 2) -> bytes:
    return (
        f"{title}\n1 总则\n1.1 适用范围\n本预案适用于云州境内的燃气事故。\n2 组织指挥\n2.1 指挥部\n"
        f"州人民政府设立燃气事故应急指挥部，由副州长任指挥长。\n3 信息报告\n3.1 时限\n"
        f"事发单位应当在事故发生后{hours}小时内向州应急管理局报告。\n"
    ).encode()


def test_the_same_text_in_another_format_is_not_kept_twice(library: Library) -> None:
    title = "云州燃气事故应急预案"
    (first,) = import_document(
        library, EDITOR, filename="a.txt", data=text_plan(title), jurisdiction="990100"
    )
    other = text_plan(title).decode().replace("，", ",  ").encode("gb18030")
    assert import_document(library, EDITOR, filename="b.txt", data=other, jurisdiction="990100") == (first,)


def test_another_text_under_the_same_title_is_a_new_version_of_the_plan(library: Library) -> None:
    (old,) = import_document(
        library,
        EDITOR,
        filename="a.txt",
        data=text_plan("云州燃气事故应急预案（试行）"),
        jurisdiction="990100",
    )
    newer = text_plan("云州燃气事故应急预案（2026年修订版）", hours=1)
    (new,) = import_document(library, EDITOR, filename="b.txt", data=newer, jurisdiction="990100")
    assert new.version_of == old.draft_id
    old = in_force(library, old)
    new = in_force(library, new)
    assert new.plan_id == old.plan_id
    assert [plan.version for plan in library.store.plans[old.plan_id]] == [1, 2]  # type: ignore[attr-defined]


def test_a_plan_said_to_be_its_own_does_not_supersede_its_namesake(library: Library) -> None:
    title = "云州燃气事故应急预案"
    (one,) = import_document(library, EDITOR, filename="a", data=text_plan(title), jurisdiction="990100")
    (two,) = import_document(library, EDITOR, filename="b", data=text_plan(title, 1), jurisdiction="990100")
    two = not_a_version(library, EDITOR, draft_id=two.draft_id, revision=1)
    assert in_force(library, one).plan_id != in_force(library, two).plan_id


@pytest.mark.parametrize(
    "title",
    [
        "《云州 防汛应急预案》",
        "云州防汛应急预案（试行）",
        "云州防汛应急预案(2024年修订)",
        "２０２３年云州防汛应急预案",
        "云州防汛应急预案〔送审稿〕",
    ],
)
def test_editions_of_one_title_have_one_key(title: str) -> None:
    assert title_key(title) == title_key("云州防汛应急预案")


def test_plans_of_two_bodies_under_one_title_are_no_versions_of_each_other() -> None:
    mine = KnownPlan(
        draft_id="d",
        document_id="x",
        title="生产安全事故应急预案",
        filename="a",
        issuer="北沙煤业公司",
        state=DraftState.IN_FORCE,
        plan_id="p",
    )
    key = title_key(mine.title)
    assert earlier_version((mine,), key, "柳湾化工公司") is None
    assert earlier_version((mine,), key, "北沙煤业公司") == mine
    assert earlier_version((mine,), "应急预案", "") is None


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
