"""Finding clauses and counting plans, on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.core.plan.model import PlanKind
from fengsui.core.plan.surroundings import HazardClass, PlanIdentity
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.clauses import PlacedClause
from fengsui.core.reading.draft import read_plans
from fengsui.store import selectors
from fengsui.store.library import DjangoLibrary
from fengsui.store.models import PlanDraft
from fengsui.store.rebuild import rebuild

TEXT = """{place}防汛应急预案
一、总则
（一）编制目的
为了在洪水来临时及时抢险，保护群众，制定本预案。
二、组织体系
总指挥：分管副职
成员单位：{unit}、{place}派出所、{place}卫生院。
三、信息报告
发现险情后，{unit}在30分钟内报告{place}人民政府，水位超过1.5米时加报。
四、应急响应
启动Ⅲ级响应后，{place}派出所转移低洼地带群众。
五、附则
{unit}每年至少组织一次演练。本预案每两年评估一次。"""


def kept(number: int, place: str, unit: str, **changes: object) -> DraftRecord:
    text = TEXT.format(place=place, unit=unit)
    lines = tuple(TextLine(number=n, text=line) for n, line in enumerate(text.split("\n"), 1))
    (draft,) = read_plans(lines, f"doc{number}")
    record = DraftRecord(
        draft_id=f"draft{number}",
        document_id=f"doc{number}",
        filename=f"{number}.txt",
        jurisdiction=f"9901{number:02}",
        kind=PlanKind.SPECIAL,
        state=DraftState.DRAFT,
        revision=1,
        draft=draft,
        imported_at=datetime(2026, 5, number, tzinfo=UTC),
        imported_by="editor",
    )
    record = replace(record, **changes)  # type: ignore[arg-type]
    DjangoLibrary().save_document(record.document_id, record.filename, text.encode(), lines, (record,))
    return record


def ids(asked: str, **wanted: str) -> list[str]:
    found = selectors.find_clauses(asked, selectors.PlanFilter(**wanted))
    return [plan.draft_id for plan in found.plans]


def two_plans() -> None:
    kept(1, "北沙镇", "北沙水利站")
    kept(2, "柳湾镇", "柳湾农业站", state=DraftState.IN_FORCE)


def test_words_of_one_two_and_many_signs_are_found(engine: str) -> None:
    two_plans()
    for asked in ("站", "抢险", "水利站", "III级", "1.5米", "转移低洼地带群众", "30"):
        assert "draft1" in ids(asked), asked
    assert ids("地震") == []
    assert ids("15米") == []
    assert ids("") == []


def test_a_hit_has_its_line_and_its_mark(engine: str) -> None:
    two_plans()
    (plan,) = selectors.find_clauses("水利站 报告").plans
    (hit,) = plan.hits
    assert hit.line == 9
    assert [piece.text for piece in hit.pieces if piece.marked][:2] == ["水利站", "报告"]


def test_plans_in_force_come_first_and_filters_narrow(engine: str) -> None:
    two_plans()
    assert ids("转移") == ["draft2", "draft1"]
    assert ids("转移", state="draft") == ["draft1"]
    assert ids("转移", jurisdiction="990102") == ["draft2"]
    assert ids("报告", unit="农业站") == ["draft2"]
    assert ids("转移", section="reporting") == []
    assert ids("转移", section="response") == ["draft2", "draft1"]


def test_words_must_stand_in_one_clause(engine: str) -> None:
    two_plans()
    assert ids("转移 演练") == []


def test_a_new_reading_replaces_what_was_found(engine: str) -> None:
    record = kept(1, "北沙镇", "北沙水利站")
    text = TEXT.format(place="北沙镇", unit="北沙水利站").replace("转移", "疏散")
    lines = tuple(TextLine(number=n, text=line) for n, line in enumerate(text.split("\n"), 1))
    DjangoLibrary().replace_reading("doc1", lines, ((replace(record, revision=2), 1),))
    assert ids("转移") == []
    assert ids("疏散") == ["draft1"]


def test_the_index_can_be_made_anew(engine: str) -> None:
    two_plans()
    assert list(rebuild()) == [(1, 2), (2, 2)]
    assert ids("转移") == ["draft2", "draft1"]


def test_plans_are_counted_and_each_number_leads_to_them(engine: str) -> None:
    old = PlanIdentity(issued=date(2023, 1, 5), hazard_class=HazardClass.NATURAL, issuer="柳湾镇人民政府")
    kept(1, "北沙镇", "北沙水利站")
    kept(2, "柳湾镇", "柳湾农业站", state=DraftState.IN_FORCE, metadata=old)
    PlanDraft.objects.filter(pk="draft2").update(filing_due=date(2026, 1, 1))
    today = date(2026, 6, 1)
    found = selectors.statistics(today)
    assert (found.total, found.in_force) == (2, 1)
    assert found.counts["state"] == {"draft": 1, "in_force": 1}
    assert found.counts["age"]["3"] == 1
    assert found.attention["overdue_evaluation"] == 1
    assert found.attention["overdue_filing"] == 1
    for dimension, counts in {**found.counts, "attention": found.attention}.items():
        for value, number in counts.items():
            assert selectors.plans_counted(today, dimension, value)[1] == number
    assert selectors.plans_counted(today, "nothing", "x") == ([], 0)
    assert selectors.statistics(today, "990101").total == 1


def test_other_versions_come_before_the_plans_above(engine: str) -> None:
    kept(1, "北沙镇", "北沙水利站", plan_id="p")
    kept(2, "北沙镇", "北沙水利二站", plan_id="p")
    kept(3, "东河县", "东河水利局", jurisdiction="9901", state=DraftState.IN_FORCE)
    assert [(each.draft_id, each.why) for each in selectors.others_of("draft1")] == [
        ("draft2", "version"),
        ("draft3", "upper"),
    ]
    assert selectors.others_of("none") == []


def test_clauses_cut_by_the_reader_are_indexed_under_their_own_draft(engine: str) -> None:
    record = kept(1, "北沙镇", "北沙水利站")
    clause = PlacedClause(number="1", title="转移", line=3, text="南坡渠口由村民值守。", chapter="总则")
    DjangoLibrary().save_document("doc1", "1.txt", b"", (), (record,), ((clause,),))
    assert ids("南坡渠口") == [record.draft_id]
    assert ids("北沙水利站") == []
