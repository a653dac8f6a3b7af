"""One suite for every archive of cases and every yearly list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fengsui.adapters.memory_aftermath import MemoryCases, MemoryYearList
from fengsui.application.aftermath_ports import CaseQuery, CaseStore, ReviewFinding, YearList, YearTask
from fengsui.core.casefile.case import CaseFile
from fengsui.core.casefile.figures import CaseFigures, Share
from fengsui.core.citation import Citation
from fengsui.core.fact import Figure
from fengsui.core.plan.level import Grade, ResponseLevel

START = datetime(2026, 5, 1, 14, 3, tzinfo=UTC)
HERE = Citation(document="d", clause="4.1", line=7, quote="一小时内报告")
NONE = Share(part=0, whole=0)
FIGURES = CaseFigures(
    first_report=timedelta(minutes=9),
    first_grade=None,
    activation=timedelta(minutes=20),
    first_statement=None,
    length=timedelta(days=1),
    answer=timedelta(minutes=3),
    level=ResponseLevel.III,
    grade=Grade.III,
    reports=Share(part=1, whole=2),
    directives=NONE,
    matters=NONE,
    done=NONE,
    facts=(("deaths", Figure.at_least(Decimal(4))), ("snow_cover", True)),
)
CASE = CaseFile(
    incident_id="i1",
    title="矿山透水",
    what="井下透水",
    place="北沙镇",
    place_code="990121101",
    learned_at=START,
    archived_at=START + timedelta(days=9),
    hazards=("矿山", "透水"),
    plans=("生产安全事故应急预案",),
    figures=FIGURES,
    measures=("消防：排水",),
    lessons="专线有用",
)
FINDING = ReviewFinding(
    incident_id="i1",
    matter_id="m1",
    incident_title="矿山透水",
    plan_id="p",
    source=HERE,
    text="增设专线",
    owner="州应急管理局",
    due=START,
    opened_at=START,
)


def _kinds() -> list[object]:
    return ["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=_kinds())
def cases(request: pytest.FixtureRequest) -> Iterator[CaseStore]:
    if request.param == "memory":
        yield MemoryCases()
        return
    request.getfixturevalue("database_" + request.param)
    from fengsui.store import models
    from fengsui.store.aftermath import DjangoCases

    models.IncidentRow.objects.bulk_create([models.IncidentRow(id=key) for key in ("i1", "i2")])
    yield DjangoCases()


@pytest.fixture(params=_kinds())
def years(request: pytest.FixtureRequest) -> Iterator[YearList]:
    if request.param == "memory":
        yield MemoryYearList()
        return
    request.getfixturevalue("database_" + request.param)
    from fengsui.store.aftermath import DjangoYearList

    yield DjangoYearList()


def test_a_case_is_kept_whole_and_replaced_when_archived_again(cases: CaseStore) -> None:
    cases.archive(CASE)
    assert cases.case("i1") == CASE
    cases.archive(replace(CASE, lessons="再想想"))
    found, total = cases.find(CaseQuery())
    assert (total, found[0].lessons) == (1, "再想想")
    assert cases.case("i2") is None


@pytest.mark.parametrize(
    ("query", "total"),
    [
        (CaseQuery(text="专线"), 1),
        (CaseQuery(text="专线 排水"), 1),
        (CaseQuery(text="专线 下雪"), 0),
        (CaseQuery(hazard="透水"), 1),
        (CaseQuery(level="III"), 1),
        (CaseQuery(level="I"), 0),
        (CaseQuery(year=2026), 1),
        (CaseQuery(year=2025), 0),
        (CaseQuery(area="990121"), 1),
        (CaseQuery(area="990100"), 1),
        (CaseQuery(area="990122"), 0),
    ],
)
def test_everything_asked_for_must_hold(cases: CaseStore, query: CaseQuery, total: int) -> None:
    cases.archive(CASE)
    assert cases.find(query)[1] == total


def test_pages_of_cases_begin_with_the_latest(cases: CaseStore) -> None:
    cases.archive(CASE)
    cases.archive(replace(CASE, incident_id="i2", learned_at=START + timedelta(days=1)))
    first, total = cases.find(CaseQuery(), 1, 0)
    rest, _ = cases.find(CaseQuery(), 1, 1)
    assert ([case.incident_id for case in (*first, *rest)], total) == (["i2", "i1"], 2)


def test_a_finding_of_a_review_stands_until_it_is_closed_once(cases: CaseStore) -> None:
    cases.open_finding(FINDING)
    assert cases.findings("p") == (FINDING,)
    assert cases.findings("other") == ()
    cases.close_finding("i1", "m1", START, "已开通")
    cases.close_finding("i1", "m1", START + timedelta(days=1), "再说一次")
    cases.close_finding("i1", "m9", START, "没有这项")
    assert cases.findings("p") == ()
    assert cases.findings("p", open_only=False) == (replace(FINDING, closed_at=START, evidence="已开通"),)


def test_the_list_of_a_year_is_made_once_and_each_task_is_done_once(years: YearList) -> None:
    task = YearTask(task_id=0, year=2026, text="摸排", who="", due=date(2026, 9, 30), source=HERE)
    later = YearTask(task_id=0, year=2026, text="x", who="", due=date(2026, 9, 1), usual="winter_survey")
    years.make("990100", 2026, (task, later), "director")
    years.make("990100", 2026, (task,), "director")
    made = years.tasks("990100", 2026)
    assert [(each.text, each.source) for each in made] == [("x", None), ("摸排", HERE)]
    assert years.tasks("990100", 2025) == years.tasks("990200", 2026) == ()
    assert not years.done("990200", made[0].task_id, START, "other", "不是我们的")
    assert years.done("990100", made[0].task_id, START, "director", "核定")
    assert not years.done("990100", made[0].task_id, START, "director", "再核定")
    assert years.tasks("990100", 2026)[0].result == "核定"
