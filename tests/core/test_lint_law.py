"""Law as data, and the rules that resolve citations against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from clean_plan import CLEAN, found, names, planted
from lint_full_plan import names_in, with_edits

from fengsui.application.wording import LANGUAGES, _table
from fengsui.core.lint import law as law_data
from fengsui.core.lint.law import by_title, hotlines, laws, merged, statements

LAW = "《中华人民共和国突发事件应对法》（2024年修订）"


def test_every_replacement_is_an_entry_of_its_own() -> None:
    for law in laws().values():
        assert law.sure in ("verified", "memory")
        assert law.repealed_by is None or law.repealed_by in laws()


def test_an_article_is_given_only_where_the_entry_was_verified() -> None:
    for law in laws().values():
        assert law.verified or not any(each.article for each in law.sets), law.id


def test_both_versions_of_a_law_stand_under_one_title() -> None:
    assert [law.id for law in by_title()["突发事件应对法"]] == [
        "emergency-response-2007",
        "emergency-response",
    ]


def test_hotlines_are_numbers() -> None:
    assert all(number.isdigit() for number in hotlines())


def test_a_law_without_its_version_is_found() -> None:
    assert planted(LAW, "《中华人民共和国突发事件应对法》") == ["law-undated"]


def test_a_repealed_number_is_found_and_the_new_one_named() -> None:
    text = CLEAN.replace(LAW, "《突发事件应急预案管理办法》（国办发〔2013〕101号）")
    (finding,) = found(text)
    assert finding.rule.name == "law-repealed"
    assert "国办发〔2024〕5号" in finding.data["new"]


def test_the_number_in_force_is_no_fault() -> None:
    assert planted(LAW, "《突发事件应急预案管理办法》（国办发〔2024〕5号）") == []


def test_a_number_of_no_version_is_found() -> None:
    assert planted(LAW, "《生产安全事故报告和调查处理条例》（国务院令第439号）") == ["law-number-wrong"]


def test_what_is_known_from_memory_is_said_to_be_unchecked() -> None:
    (finding,) = found(CLEAN.replace(LAW, "《取水许可制度实施办法》"))
    assert finding.severity.value == "M"
    assert finding.data["sure"] != ""


def test_no_finding_prints_an_article_number() -> None:
    text = CLEAN.replace(
        LAW, "《突发事件应急预案管理办法》（国办发〔2013〕101号）、《信访条例》、《突发事件应对法》"
    )
    assert not any(re.search(r"第\s*\d+\s*条", value) for each in found(text) for value in each.data.values())


def test_a_basis_without_a_name_is_found() -> None:
    assert planted(f"依据{LAW}、《东河县防汛应急预案》，编制本预案。", "依据有关法律、法规制定。") == [
        "no-law-named"
    ]


def test_supervision_by_a_body_without_that_power_is_found() -> None:
    words = "镇服务中心依照《中华人民共和国特种设备安全法》进行监督检查。"
    assert planted("及时抢险，保护群众。", words) == ["supervision-by-other-body"]


def test_an_old_name_of_an_agency_is_found() -> None:
    assert planted("本预案适用于北沙镇", "报告县安监局。本预案适用于北沙镇") == ["agency-renamed"]


def test_figures_of_a_repealed_order_are_found_as_a_set() -> None:
    grades = (
        "（四）事故分级\n有下列情形之一的，为特别重大事故：\n（1）造成30人以上死亡；\n（2）造成直接经济损失300万元以上。\n"
        "有下列情形之一的，为重大事故：\n（1）造成10人以上30人以下死亡；\n（2）造成直接经济损失100万元以上300万元以下。\n"
        "有下列情形之一的，为较大事故：\n（1）造成3人以上10人以下死亡；\n（2）造成直接经济损失30万元以上100万元以下。\n"
        "二、组织体系"
    )
    assert "grades-of-repealed-law" in planted("二、组织体系", grades)
    assert "grades-of-repealed-law" not in names(CLEAN)


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data files, read instead of the package's own."""
    for each in law_data.FOLDER.iterdir():
        if each.name.endswith(".toml"):
            (tmp_path / each.name).write_text(each.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(law_data, "FOLDER", tmp_path)
    law_data.forget()
    yield tmp_path
    monkeypatch.undo()
    law_data.forget()


def test_a_law_file_alone_makes_a_rule_find_its_repeal(data_folder: Path) -> None:
    cited = with_edits([(LAW, f"{LAW}、《云州堤防管理条例》（云政令第7号）")])
    assert names_in(cited) == []
    (data_folder / "new.toml").write_text(
        '[law.dykes-old]\ntitle = "云州堤防管理条例"\nnumbers = ["云政令第7号"]\n'
        'repealed_by = "dykes"\nsure = "verified"\n'
        '[law.dykes]\ntitle = "云州堤防条例"\nnumbers = ["云政令第9号"]\nsure = "verified"\n',
        "utf-8",
    )
    law_data.forget()
    assert names_in(cited) == ["law-repealed"]


def test_a_law_file_alone_sets_grades_and_intervals(data_folder: Path) -> None:
    graded = with_edits(
        [
            (
                "本预案适用于东河县行政区域内的洪涝灾害。",
                "本预案适用于东河县行政区域内的洪涝灾害。\n（四）灾害分级\n"
                "有下列情形之一的，为重大洪涝灾害：\n死亡8人以上。\n有下列情形之一的，为较大洪涝灾害：\n死亡2人以上8人以下。",
            )
        ]
    )
    assert names_in(graded) == []
    (data_folder / "flood.toml").write_text(
        '[law.flood-grades]\ntitle = "洪涝灾害分级办法"\napplies = "洪涝灾害"\nsure = "verified"\nsets = [\n'
        '{ about = "重大：死亡", value = "10", unit = "人", grade = "II", facts = ["deaths"],'
        ' article = "4" },\n'
        '{ about = "演练", value = "6", unit = "月", kind = "drill", who = "government" },\n]\n',
        "utf-8",
    )
    law_data.forget()
    assert set(names_in(graded)) == {"accident-grade-against-law", "drill-interval-too-long"}


def test_one_law_in_two_files_is_refused() -> None:
    entry = '[law.a]\ntitle = "甲"\n'
    with pytest.raises(ValueError, match=r"two\.toml: \[law\] a"):
        merged([("one.toml", entry), ("two.toml", entry)])


def test_an_article_from_memory_is_dropped_when_the_file_is_read(data_folder: Path) -> None:
    (data_folder / "memory.toml").write_text(
        '[law.vague]\ntitle = "某某条例"\nsets = [\n'
        '{ about = "报告", value = "3", unit = "小时", kind = "first-report",'
        ' who = "政府", article = "17" }]\n',
        "utf-8",
    )
    law_data.forget()
    (statement,) = laws()["vague"].sets
    assert statement.article is None
    assert "17" not in laws()["vague"].cited(statement)


def test_what_the_law_sets_has_a_figure_that_rules_can_read() -> None:
    for law, each in statements("first-report"):
        assert each.span, law.id
    for kind in ("drill", "evaluation"):
        for law, each in statements(kind):
            assert each.months > 0, law.id
            assert each.who in ("government", "enterprise"), law.id
    for law in laws().values():
        assert all(each.facts for each in law.sets if each.grade), law.id


def test_no_words_of_the_check_hold_an_article_number() -> None:
    article = re.compile(r"第\s*[\d一二三四五六七八九十百]+\s*条|\bart(?:icle|\.)\s*\d+", re.IGNORECASE)
    examples = ("lint_bad", "lint_good")  # invented plans may cite what they like
    for language in LANGUAGES:
        for group, entries in _table(language).items():
            if group.startswith("lint") and group not in examples:
                for key, text in entries.items():
                    assert not article.search(text), (group, key)
