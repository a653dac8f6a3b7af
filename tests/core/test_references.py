"""What a plan refers to: laws, standards, other plans, its own clauses and annexes."""

from __future__ import annotations

import pytest
from clock_outline import plan

from fengsui.core.plan.surroundings import Reference, ReferenceKind
from fengsui.core.reading.extract.framing import extract_legal_basis
from fengsui.core.reading.extract.references import extract_references


def references(*sections: object) -> tuple[Reference, ...]:
    outline = plan(*sections)
    return extract_references(outline, extract_legal_basis(outline).items).items


def basis(text: str) -> tuple[Reference, ...]:
    return references(("1.2", "编制依据", [text]))


def test_a_title_with_its_number_version_and_kind_is_a_legal_basis() -> None:
    law, rule, plan_above, guide = basis(
        "依据《云州防汛条例》（2021年修订）、《云州应急预案管理办法》（云政办发〔2022〕7号）、"
        "《云州突发事件总体应急预案》和《应急预案编写导则》（GB/T 99999—2020）等，制定本预案。"
    )
    assert (law.kind, law.version, law.basis) == (ReferenceKind.LAW, "2021年修订", True)
    assert (rule.kind, rule.number) == (ReferenceKind.DOCUMENT, "云政办发〔2022〕7号")
    assert plan_above.kind is ReferenceKind.PLAN
    assert (guide.kind, guide.number) == (ReferenceKind.STANDARD, "GB/T 99999—2020")


@pytest.mark.parametrize(
    ("printed", "number", "version"),
    [
        ("（国务院令第999号）", "国务院令第999号", None),
        ("（国令第999号，2019年4月1日起施行）", "国令第999号", "2019年4月1日起施行"),
        ("（2018年第二次修正）", None, "2018年第二次修正"),
        ("（应急管理部令第9号）（2020年修正）", "应急管理部令第9号", "2020年修正"),
        ("", None, None),
    ],
)
def test_the_bracket_after_a_title_gives_number_and_version(
    printed: str, number: str | None, version: str | None
) -> None:
    (law,) = basis(f"根据《云州事故处理条例》{printed}，制定本预案。")
    assert (law.number, law.version) == (number, version)


def test_a_standard_may_be_named_by_its_number_first() -> None:
    (rule,) = references(("5", "检验", ["按照TSG 99-2017《起重设备使用规则》的要求检验。"]))
    assert (rule.kind, rule.number) == (ReferenceKind.STANDARD, "TSG 99-2017")


def test_the_article_of_a_law_is_read() -> None:
    (law,) = references(("7", "责任", ["依照《云州防汛条例》第四十二条第二款处理。"]))
    assert law.article == "第四十二条第二款"


def test_laws_without_book_marks_are_read_only_in_the_legal_basis() -> None:
    titles = [
        each.title for each in basis("依据突发事件应对法、云州防汛条例和云州气象灾害应急预案，制定本预案。")
    ]
    assert titles == ["突发事件应对法", "云州防汛条例", "云州气象灾害应急预案"]
    assert references(("5", "处置", ["有关单位按照应急预案和救助办法开展工作。"])) == ()


def test_a_form_to_fill_in_and_a_repealed_plan_are_no_references() -> None:
    told = references(
        (
            "6",
            "附则",
            ["填写《险情报告》。", "2019年印发的《云州防汛应急预案》同时废止。", "见《值班日志》。"],
        )
    )
    assert told == ()


def test_a_thing_named_twice_is_one_reference_cited_where_it_first_stands() -> None:
    (law,) = references(
        ("1.2", "编制依据", ["根据《云州防汛条例》制定。"]), ("5", "处置", ["依照《云州防汛条例》征用。"])
    )
    assert (law.basis, law.source.clause) == (True, "1.2")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("必要时，按照省自然灾害救助应急预案开展救助。", "省自然灾害救助应急预案"),
        ("由县指挥部启动东河县地质灾害应急预案。", "东河县地质灾害应急预案"),
        ("按照国家防汛抗旱应急预案执行。", "国家防汛抗旱应急预案"),
    ],
)
def test_another_plan_is_told_without_book_marks_where_its_whole_name_stands(text: str, title: str) -> None:
    (other,) = references(("5", "处置", [text]))
    assert (other.kind, other.title, other.basis) == (ReferenceKind.PLAN, title, False)


@pytest.mark.parametrize(
    "text",
    [
        "各有关部门按照本部门应急预案开展工作。",
        "立即启动县级应急预案。",
        "有关单位启动相关专项应急预案。",
        "企业按照本企业应急预案处置。",
    ],
)
def test_a_plan_that_is_not_named_is_no_reference(text: str) -> None:
    assert references(("5", "处置", [text])) == ()


def test_clauses_are_found_or_not_found_in_the_plan() -> None:
    told = references(
        ("3", "响应", [("3.2", "启动", ["符合本预案1.5规定的，按照3.2.1、3.9条执行。", "3.2.1 县长启动。"])]),
    )
    assert [(each.title, each.resolved) for each in told] == [("1.5", False), ("3.2.1", True), ("3.9", False)]
    assert {each.kind for each in told} == {ReferenceKind.CLAUSE}


def test_chapters_and_articles_are_clauses_too() -> None:
    told = references(
        ("第一章", "总则", ["响应见第三章。"]), ("第三章", "响应", ["本预案第九条另有规定的除外。"])
    )
    assert [(each.title, each.resolved) for each in told] == [("第三章", True), ("第九条", False)]


@pytest.mark.parametrize(
    "text", ["按照1.5倍支付。", "根据2.3万元的标准。", "水位见0.5米刻度。", "按照3.5级地震处置。"]
)
def test_a_figure_is_no_clause(text: str) -> None:
    assert references(("5", "处置", [text])) == ()


def test_annexes_that_are_cited_are_resolved_against_those_whose_text_is_there() -> None:
    told = references(
        ("4", "响应", ["流程见附件1，名单见附件2、3。"]),
        ("附件1", "响应流程", ["接报后三十分钟内会商。"]),
        ("附件2", "名单", []),
    )
    assert [(each.title, each.resolved) for each in told] == [
        ("附件1", True),
        ("附件2", False),
        ("附件3", False),
    ]
