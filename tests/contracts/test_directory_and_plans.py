"""What every directory and plan store promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from contract_stores import START
from fengsui.adapters import memory
from fengsui.application.plan_library_ports import DraftRecord, DraftState, PlanStep
from fengsui.application.ports import DirectoryStore, PlanStore
from fengsui.core.citation import Citation
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.errors import Conflict, InputError
from fengsui.core.plan.model import Doubt, DraftPlan, Numbering, Plan, PlanContent, PlanKind
from fengsui.core.plan.review import Settlement, Verdict, doubt_id
from fengsui.core.plan.surroundings import HazardClass, PlanIdentity
from fengsui.core.reading.blocks import TextLine

DIRECTORY = Directory(
    jurisdictions=(
        Jurisdiction(code="990100", name="云州"),
        Jurisdiction(code="990121", name="东河县"),
    ),
    units=(
        Unit(id="emb", name="云州应急管理局", jurisdiction="990100", aliases=("州应急局",)),
        Unit(id="fire", name="云州消防救援支队", jurisdiction="990100"),
    ),
    posts=(
        Post(
            id="director",
            title="局长",
            unit="emb",
            jurisdiction="990100",
            roles=frozenset({Role.OFFICE_DIRECTOR, Role.COMMANDER}),
            titles=("局长", "办公室主任"),
        ),
        Post(
            id="duty", title="值班员", unit="emb", jurisdiction="990121", roles=frozenset({Role.DUTY_OFFICER})
        ),
    ),
)

EVERY_STORE = ["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def content(title: str) -> PlanContent:
    return PlanContent(title=title, document="d1", first_line=1, last_line=9, numbering=Numbering.DECIMAL)


def plan(plan_id: str, jurisdiction: str = "990100", version: int = 1) -> Plan:
    return Plan(
        id=plan_id,
        version=version,
        kind=PlanKind.SPECIAL,
        jurisdiction=jurisdiction,
        content=content(f"{plan_id} 第{version}版"),
        hazards=("火灾",),
        bindings=(("指挥长", ("director",)),),
    )


def doubt() -> Doubt:
    source = Citation(document="d1", clause="2.1", line=3, quote="约三十人")
    return Doubt(about="criterion", why="no_fact_for_phrase", text="约三十人", source=source)


def draft(draft_id: str = "r1", plan_id: str | None = None) -> DraftRecord:
    return DraftRecord(
        draft_id=draft_id,
        document_id="d1",
        filename="火灾预案.docx",
        jurisdiction="990100",
        kind=PlanKind.SPECIAL,
        state=DraftState.DRAFT,
        revision=1,
        draft=DraftPlan(content=content("云州火灾预案"), doubts=(doubt(),)),
        bindings=(("指挥长", ("director",)), ("州应急局", ("emb",))),
        hazards=("火灾", "爆炸"),
        plan_id=plan_id,
        imported_at=START,
        imported_by="editor",
    )


LINES = (TextLine(number=1, text="云州火灾预案", heading=1), TextLine(number=2, text=""))


@pytest.fixture(params=EVERY_STORE)
def directory(request: pytest.FixtureRequest) -> DirectoryStore:
    if request.param == "memory":
        return memory.MemoryDirectory(DIRECTORY)
    request.getfixturevalue(f"database_{request.param}")
    from fengsui.store.people import DjangoDirectory, save_directory

    save_directory(DIRECTORY, by="test")
    save_directory(DIRECTORY, by="test")
    return DjangoDirectory()


def test_the_directory_comes_back_as_it_was_given(directory: DirectoryStore) -> None:
    found = directory.directory()
    assert set(found.jurisdictions) == set(DIRECTORY.jurisdictions)
    assert set(found.units) == set(DIRECTORY.units)
    assert set(found.posts) == set(DIRECTORY.posts)


@pytest.fixture(params=EVERY_STORE)
def plans(request: pytest.FixtureRequest) -> PlanStore:
    given = [plan("fire"), plan("fire", version=2), plan("flood", "990121"), plan("far", "990200")]
    if request.param == "memory":
        return memory.MemoryPlans(given)
    request.getfixturevalue(f"database_{request.param}")
    from fengsui.store.library import DjangoLibrary, DjangoPlans

    library = DjangoLibrary()
    for number, one in enumerate(given):
        record = draft(f"r{number}", plan_id=one.id)
        library.save_document("d1", "a.docx", b"bytes", LINES, (record,))
        library.put_in_force(replace(record, state=DraftState.IN_FORCE, revision=2), one, 1, START)
    return DjangoPlans()


def test_plans_in_force_are_those_of_the_area_and_of_the_areas_above(plans: PlanStore) -> None:
    assert {item.id for item in plans.in_force("990121101")} == {"fire", "flood"}
    assert {item.id for item in plans.in_force("990122")} == {"fire"}
    assert plans.in_force("880000") == ()


def test_the_version_in_force_is_the_latest_and_earlier_ones_can_still_be_read(plans: PlanStore) -> None:
    assert plans.plan("fire") == plan("fire", version=2)
    assert plans.plan("fire", 1) == plan("fire")
    for unknown in (("nothing", None), ("fire", 7)):
        with pytest.raises(InputError) as caught:
            plans.plan(*unknown)
        assert caught.value.code == "plan_unknown"


@pytest.fixture
def library(engine: str):
    from fengsui.store.library import DjangoLibrary

    store = DjangoLibrary()
    store.save_document("d1", "火灾预案.docx", b"\x00bytes", LINES, (draft(),))
    return store


def test_a_document_its_lines_and_its_drafts_come_back(library) -> None:
    assert library.document_lines("d1") == LINES
    assert library.document_data("d1") == ("火灾预案.docx", b"\x00bytes")
    assert library.drafts_of("d1") == (draft(),)
    assert library.draft("r1") == draft()
    assert library.draft("none") is None
    assert library.document_lines("none") == ()
    library.save_document("d1", "again.docx", b"\x00bytes", LINES, (draft(),))
    assert library.document_data("d1") == ("火灾预案.docx", b"\x00bytes")


def test_an_editor_who_saved_second_gets_a_conflict_and_changes_nothing(library) -> None:
    said = Settlement(
        target=doubt_id(doubt()),
        section="doubt",
        verdict=Verdict.EDIT,
        by="editor",
        at=START,
        data={"type": "Level", "name": "较大"},
        note="看过",
    )
    first = replace(draft(), settlements=(said,), revision=2)
    library.update_draft(first, 1)
    with pytest.raises(Conflict):
        library.update_draft(replace(draft(), hazards=(), revision=2), 1)
    assert library.draft("r1") == first


def test_a_new_version_supersedes_the_draft_of_the_old_one(library) -> None:
    old = replace(draft(), state=DraftState.IN_FORCE, plan_id="p", revision=2)
    library.put_in_force(old, plan("p"), 1, START)
    new = draft("r2", plan_id="p")
    library.save_document("d1", "a.docx", b"", LINES, (new,))
    later = START + timedelta(days=1)
    library.put_in_force(replace(new, state=DraftState.IN_FORCE, revision=2), plan("p", version=2), 1, later)
    assert library.latest_version("p") == 2
    assert library.draft("r1").state is DraftState.SUPERSEDED
    assert library.draft("r2").state is DraftState.IN_FORCE
    assert library.plan_named("p 第2版", "990100") == "p"
    assert library.plan_named("p 第1版", "990100") is None


def test_two_who_put_the_same_version_in_force_meet_a_conflict(library) -> None:
    library.save_document("d1", "a.docx", b"", LINES, (draft("r2"),))
    record = replace(draft(), state=DraftState.IN_FORCE, plan_id="p", revision=2)
    library.put_in_force(record, plan("p"), 1, START)
    with pytest.raises(Conflict):
        library.put_in_force(replace(record, draft_id="r2"), plan("p"), 1, START)
    assert library.draft("r2").state is DraftState.DRAFT
    assert library.latest_version("p") == 1


def test_a_plan_withdrawn_is_no_longer_in_force_but_can_still_be_read(library) -> None:
    from fengsui.store.library import DjangoPlans

    record = replace(draft(), state=DraftState.IN_FORCE, plan_id="p", revision=2)
    library.put_in_force(record, plan("p"), 1, START)
    library.withdraw(replace(record, state=DraftState.WITHDRAWN, revision=3), 2, datetime.now(UTC))
    assert DjangoPlans().in_force("990100") == ()
    assert DjangoPlans().plan("p", 1) == plan("p")
    assert library.draft("r1").state is DraftState.WITHDRAWN


def test_what_a_plan_says_of_itself_its_filing_and_its_history_come_back(library) -> None:
    said = PlanIdentity(
        number="云政办发〔2026〕3号",
        issuer="云州人民政府办公室",
        issued=date(2026, 4, 3),
        upper=("云州突发事件总体应急预案",),
        hazard_class=HazardClass.ACCIDENT,
    )
    record = replace(
        draft(),
        revision=2,
        state=DraftState.APPROVED,
        metadata=said,
        approved_at=START,
        approved_by="director",
        title_key="云州火灾预案",
        text_hash="ab" * 32,
        version_of="r0",
        filing_due=date(2026, 5, 1),
        filed_on=date(2026, 4, 30),
        filed_with="省应急管理主管部门",
        history=(PlanStep(what="approved", at=START, by="director", note="会议"),),
    )
    library.update_draft(record, 1)
    assert library.draft("r1") == record
    (known,) = library.with_text("ab" * 32)
    assert (known.draft_id, known.issuer, known.state) == ("r1", "云州人民政府办公室", DraftState.APPROVED)
    assert library.with_title("云州火灾预案", "990100") == (known,)
    assert library.with_title("云州火灾预案", "990200") == library.with_text("none") == ()
