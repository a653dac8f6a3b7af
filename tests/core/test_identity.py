"""What a plan says of itself as a document."""

from __future__ import annotations

from datetime import date

import pytest

from fengsui.core.plan.surroundings import HazardClass, PlanIdentity, PlanKind
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.draft import read_plan
from fengsui.core.reading.extract.date_words import day_of
from fengsui.core.reading.extract.hazard_words import hazard_of, kind_of_plan

BODY = (
    "1 总则\n1.1 编制目的\n为做好应急工作，制定本预案。\n"
    "1.2 编制依据\n{basis}\n1.3 适用范围\n本预案适用于东河县。\n"
)
END = "2 附则\n2.1 解释\n本预案由县应急管理局负责解释。\n2.2 实施时间\n{force}\n"


def identity(
    head: str,
    *,
    basis: str = "依据有关规定，制定本预案。",
    force: str = "本预案自印发之日起施行。",
    title: str = "东河县防汛应急预案",
) -> PlanIdentity | None:
    text = f"{head}\n{title}\n{BODY.format(basis=basis)}{END.format(force=force)}".strip()
    lines = [TextLine(number=i, text=line) for i, line in enumerate(text.split("\n"), 1)]
    (outline,) = build_outlines(lines, "test")
    return read_plan(outline).content.identity


NOTICE = (
    "东河县人民政府办公室\n关于印发东河县防汛应急预案的通知\n东政办发〔2023〕18号\n各镇人民政府，县有关部门：\n"
    "《东河县防汛应急预案》已经县政府同意，现印发给你们。2019年印发的《东河县防汛预案》（东政发〔2019〕6号）"
    "同时废止。\n东河县人民政府办公室\n2023年5月9日"
)


def test_a_covering_notice_gives_number_issuer_day_and_what_is_repealed() -> None:
    found = identity(NOTICE)
    assert found is not None
    assert (found.number, found.issuer) == ("东政办发〔2023〕18号", "东河县人民政府办公室")
    assert (found.issued, found.in_force) == (date(2023, 5, 9), date(2023, 5, 9))
    assert found.repeals == ("东河县防汛预案（东政发〔2019〕6号）",)
    assert (found.kind, found.hazard_class, found.event_code) == (
        PlanKind.SPECIAL,
        HazardClass.NATURAL,
        "10100",
    )
    assert found.sources


@pytest.mark.parametrize(
    "number", ["东政办〔2020〕3号", "东政办[2020]3号", "东政办(2020)3号", "东应急发【2020】3号"]
)
def test_the_year_of_a_number_stands_in_any_brackets(number: str) -> None:
    found = identity(f"文号：{number}")
    assert found is not None
    assert found.number == number


def test_a_web_page_head_gives_labelled_fields() -> None:
    found = identity(
        "发文机关：东河县人民政府 成文日期：2022年3月4日 发布日期：2022-03-09\n发文字号：东政发〔2022〕9号"
    )
    assert found is not None
    assert (found.issuer, found.issued) == ("东河县人民政府", date(2022, 3, 4))
    assert found.number == "东政发〔2022〕9号"


def test_a_number_of_another_document_is_not_its_own() -> None:
    found = identity("", basis="依据《云州应急预案管理办法》（云政办发〔2021〕7号），制定本预案。")
    assert found is not None
    assert found.number is None


def test_a_day_set_for_its_coming_into_force_is_taken_as_printed() -> None:
    found = identity(NOTICE, force="本预案自2023年7月1日起施行，有效期五年。")
    assert found is not None
    assert found.in_force == date(2023, 7, 1)


def test_from_the_day_of_issue_says_nothing_where_no_day_of_issue_is_printed() -> None:
    found = identity("")
    assert found is not None
    assert (found.issued, found.in_force) == (None, None)


def test_plans_of_the_legal_basis_stand_above_it_and_the_plan_itself_does_not() -> None:
    found = identity("", basis="依据《云州防汛应急预案》《云州防汛条例》《东河县突发事件总体应急预案》制定。")
    assert found is not None
    assert found.upper == ("云州防汛应急预案", "东河县突发事件总体应急预案")


def test_a_month_alone_is_no_day() -> None:
    found = identity("东河县交通运输局\n二〇二三年五月")
    assert found is not None
    assert (found.issuer, found.issued) == ("东河县交通运输局", None)
    assert found.kind is PlanKind.DEPARTMENT


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二〇年七月一日", date(2020, 7, 1)),
        ("二○二一年十二月二十五日", date(2021, 12, 25)),
        ("二O一八年一月三十一日", date(2018, 1, 31)),
        ("2025-9-24", date(2025, 9, 24)),
        ("2024年12月16日", date(2024, 12, 16)),
        ("2023年2月30日", None),
        ("2023年5月", None),
    ],
)
def test_days_are_read_in_every_writing_and_only_if_the_calendar_has_them(
    text: str, day: date | None
) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("title", "kind", "code"),
    [
        ("东河县防汛抗旱应急预案", HazardClass.NATURAL, "10100"),
        ("云州煤矿生产安全事故应急预案", HazardClass.ACCIDENT, "20100"),
        ("云州非煤矿山事故应急预案", HazardClass.ACCIDENT, "20200"),
        ("云州森林火灾应急预案", HazardClass.NATURAL, "10600"),
        ("云州森林草原火灾应急预案", HazardClass.NATURAL, None),
        ("云州重大动物疫情应急预案", HazardClass.HEALTH, "30400"),
        ("云州网络安全事件应急预案", HazardClass.SOCIAL, "40200"),
        ("云州自然灾害救助应急预案", HazardClass.NATURAL, None),
        ("云州突发事件总体应急预案", None, None),
        ("云州地震火灾应急预案", None, None),
        ("云州节日值班方案", None, None),
    ],
)
def test_the_title_tells_the_hazard_where_it_names_one_alone(
    title: str, kind: HazardClass | None, code: str | None
) -> None:
    assert hazard_of(title) == (kind, code)


@pytest.mark.parametrize(
    ("title", "issuer", "kind"),
    [
        ("云州突发事件总体应急预案", None, PlanKind.OVERALL),
        ("云州地震专项应急预案", None, PlanKind.SPECIAL),
        ("东河县第二中学火灾应急预案", None, PlanKind.GRASS_ROOTS),
        ("云州中小学校安全事故应急预案", None, None),
        ("液氨泄漏现场处置方案", None, PlanKind.ON_SITE),
        ("云州地震应急预案", "云州人民政府", PlanKind.SPECIAL),
        ("云州公路保通应急预案", "云州交通运输局", PlanKind.DEPARTMENT),
        ("云州地震应急预案", None, None),
    ],
)
def test_the_kind_is_told_by_title_and_issuer_or_left_open(
    title: str, issuer: str | None, kind: PlanKind | None
) -> None:
    assert kind_of_plan(title, issuer) is kind
