"""Plans as JSON: out of a library, and into one again without loss."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

from fengsui.adapters.memory import CountingIds, FixedClock, MemoryDirectory
from fengsui.adapters.read_document import load_document, read_document
from fengsui.application.desk import Actor
from fengsui.application.plan_exchange import (
    import_plan_document,
    looks_like_plan_document,
    plan_document,
    plan_document_text,
    read_plan_document,
)
from fengsui.application.plan_library import Library
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.core.directory import Directory, Jurisdiction, Post, Role
from fengsui.core.errors import InputError, Refusal
from fengsui.core.plan.model import DraftPlan, Plan, PlanKind
from fengsui.core.plan.review import Settlement, Verdict, doubt_id, items_of
from fengsui.core.plan.schema import first_fault, plan_schema
from fengsui.core.plan.surroundings import PlanIdentity
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans

DEMO = sorted((Path(__file__).resolve().parents[2] / "demo" / "yunzhou" / "plans").glob("*.docx"))
NOW = datetime(2026, 5, 1, tzinfo=UTC)
BINDINGS = (("州应急管理局", ("emergency", "chief")), ("州气象局", ("weather",)))
EDITOR = Actor.of(
    Post(
        id="editor",
        title="预案管理员",
        unit="office",
        jurisdiction="990100",
        roles=frozenset({Role.PLAN_EDITOR}),
    )
)
DIRECTORY = Directory(jurisdictions=(Jurisdiction(code="990100", name="云州"),))


@cache
def demo(path: Path) -> tuple[tuple[TextLine, ...], DraftPlan]:
    document = load_document(path)
    return tuple(document.lines), read_plans(document.lines, document.id)[0]


def record_of(draft: DraftPlan) -> DraftRecord:
    return DraftRecord(
        draft_id="1",
        document_id="d",
        filename="gas.docx",
        jurisdiction="990100",
        kind=PlanKind.DEPARTMENT,
        state=DraftState.DRAFT,
        revision=3,
        draft=draft,
        bindings=BINDINGS,
        hazards=("燃气",),
        imported_at=NOW,
        imported_by="editor",
    )


class Shelf:
    """As much of a library store as an import asks for."""

    def __init__(self) -> None:
        self.lines: tuple[TextLine, ...] = ()
        self.kept: tuple[DraftRecord, ...] = ()

    def drafts_of(self, document_id: str) -> tuple[DraftRecord, ...]:
        return tuple(record for record in self.kept if record.document_id == document_id)

    def with_title(self, title_key: str, jurisdiction: str) -> tuple[Any, ...]:
        return ()

    def save_document(
        self,
        document_id: str,
        filename: str,
        data: bytes,
        lines: tuple[TextLine, ...],
        drafts: Any,
        clauses: Any = None,
    ) -> None:
        self.lines, self.kept = lines, (*self.kept, *drafts)


def a_library(shelf: Shelf) -> Library:
    return Library(
        store=cast(Any, shelf),
        directory=MemoryDirectory(DIRECTORY),
        read=lambda filename, data: read_document(data, filename).lines,
        clock=FixedClock(NOW),
        ids=CountingIds(),
    )


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_every_demo_plan_keeps_to_the_schema_and_comes_back_as_it_was(path: Path) -> None:
    lines, draft = demo(path)
    text = plan_document_text(plan_document(draft, lines))
    assert first_fault(plan_schema(), json.loads(text)) is None
    came = read_plan_document(text.encode())
    assert came.draft == draft
    assert [line.text for line in came.lines] == [line.text for line in lines]


def test_what_the_reviewers_said_travels_as_content_and_open_doubts_stay_open() -> None:
    _, draft = demo(DEMO[0])
    gone = items_of(draft.content)[0]
    settled = [Settlement(target=gone.id, section=gone.section, verdict=Verdict.REJECT, by="editor", at=NOW)]
    if draft.doubts:
        first = doubt_id(draft.doubts[0])
        settled.append(Settlement(target=first, section="doubt", verdict=Verdict.ACCEPT, by="editor", at=NOW))
    record = replace(
        record_of(draft), settlements=tuple(settled), metadata=PlanIdentity(issued=date(2026, 1, 5))
    )
    came = read_plan_document(plan_document(record))
    assert gone.id not in {item.id for item in items_of(came.draft.content)}
    assert came.draft.doubts == draft.doubts[1:]
    assert came.draft.content.identity == PlanIdentity(issued=date(2026, 1, 5))
    assert (came.kind, came.jurisdiction, came.hazards) == (PlanKind.DEPARTMENT, "990100", ("燃气",))


def test_an_import_gives_a_draft_with_the_same_content_bindings_and_text() -> None:
    lines, draft = demo(DEMO[0])
    data = plan_document_text(plan_document(record_of(draft), lines)).encode()
    shelf = Shelf()
    library = a_library(shelf)
    came = import_plan_document(library, EDITOR, filename="gas.json", data=data, jurisdiction="990100")
    assert (came.draft, came.bindings, came.hazards) == (draft, BINDINGS, ("燃气",))
    assert (came.state, came.settlements, came.kind) == (DraftState.DRAFT, (), PlanKind.DEPARTMENT)
    assert [(line.number, line.text) for line in shelf.lines] == [(line.number, line.text) for line in lines]
    again = import_plan_document(library, EDITOR, filename="copy.json", data=data, jurisdiction="990100")
    assert again.draft_id == came.draft_id


def test_a_plan_in_force_travels_too_and_lines_keep_their_numbers() -> None:
    lines, draft = demo(DEMO[0])
    content = replace(draft.content, first_line=3)
    plan = Plan(
        id="p", version=2, kind=PlanKind.SPECIAL, jurisdiction="990100", content=content, bindings=BINDINGS
    )
    data = plan_document_text(plan_document(plan, lines)).encode()
    shelf = Shelf()
    came = import_plan_document(a_library(shelf), EDITOR, filename="p.json", data=data, jurisdiction="990100")
    assert (came.draft.content, came.draft.doubts) == (content, ())
    assert [line.text for line in shelf.lines[:4]] == ["", "", lines[2].text, lines[3].text]


def test_only_who_may_import_plans_imports_one() -> None:
    data = plan_document_text(plan_document(demo(DEMO[0])[1])).encode()
    with pytest.raises(Refusal):
        import_plan_document(
            a_library(Shelf()),
            replace(EDITOR, roles=frozenset()),
            filename="x",
            data=data,
            jurisdiction="990100",
        )


def with_changes(**changes: Any) -> bytes:
    return json.dumps(plan_document(demo(DEMO[0])[1]) | changes).encode()


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"", "plan_json_malformed", "L1"),
        (b"{", "plan_json_malformed", "L1"),
        (b"\xff\xfe", "plan_json_malformed", "UTF-8"),
        (b"[" * 100_000, "plan_json_malformed", "UTF-8"),
        (b"[]", "plan_json_other", None),
        (b'{"plans": []}', "plan_json_other", None),
        (with_changes(version=9), "plan_json_version", None),
        (with_changes(version=True), "plan_json_version", None),
        (with_changes(draft=None), "plan_json_malformed", "draft"),
        (with_changes(bindings=[["a", 1]]), "plan_json_malformed", "bindings.0.1"),
        (with_changes(extra=1), "plan_json_malformed", "extra"),
    ],
    ids=range(11),
)
def test_json_that_is_no_plan_is_refused_with_the_place_of_the_fault(
    data: bytes, code: str, where: str | None
) -> None:
    with pytest.raises(InputError) as caught:
        read_plan_document(data)
    assert (caught.value.code, caught.value.data.get("where")) == (code, where)


def test_a_day_in_no_calendar_is_refused_and_not_a_crash() -> None:
    data = plan_document(record_of(demo(DEMO[0])[1]))
    data["draft"]["content"]["identity"] = {"type": "PlanIdentity", "issued": "2026-02-31"}
    with pytest.raises(InputError, match="plan_json_malformed"):
        read_plan_document(data)


def test_plan_data_is_told_from_other_files_by_its_beginning() -> None:
    text = plan_document_text(plan_document(demo(DEMO[0])[1])).encode()
    assert looks_like_plan_document(text)
    assert looks_like_plan_document(b"\xef\xbb\xbf" + text)
    assert not looks_like_plan_document(b'{"plans": []}')
    assert not looks_like_plan_document("云州应急预案".encode())
