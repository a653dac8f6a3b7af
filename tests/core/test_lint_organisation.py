"""Rules on organisation: members, duties, groups."""

from __future__ import annotations

from clean_plan import CLEAN, found, line_of, names, planted


def test_the_clean_plan_has_no_finding() -> None:
    assert names() == []


def test_a_body_with_a_task_outside_the_list_is_found_with_its_line() -> None:
    text = CLEAN.replace("负责堵口。", "负责堵口。\n物资由镇文化中心负责运送。")
    (finding,) = found(text)
    assert finding.rule.name == "duty-without-membership"
    assert line_of("文化中心", text) in finding.lines
    assert finding.data["body"] == "文化中心"


def test_a_body_of_another_level_is_no_missing_member() -> None:
    assert names(CLEAN.replace("负责堵口。", "负责堵口。\n必要时由县应急管理局负责增援。")) == []


def test_a_member_that_is_never_mentioned_again_has_no_duty() -> None:
    text = CLEAN.replace("镇财政所。", "镇财政所、镇文化站。")
    assert "member-without-duty" in names(text)
    (finding,) = [each for each in found(text) if each.rule.name == "member-without-duty"]
    assert finding.data["bodies"] == "镇文化站"


def test_care_for_the_injured_needs_a_medical_body() -> None:
    text = CLEAN.replace("、镇卫生院", "").replace("（3）镇卫生院：负责救治受伤人员。\n", "")
    text = text.replace("（3）医疗组：由镇卫生院牵头，镇民政所组成。负责急救。\n", "")
    text = text.replace("负责堵口。", "负责堵口，抢救受伤人员。").replace("镇卫生院 0000-2200003\n", "")
    assert "injured-without-medical-member" in names(text)


def test_a_group_that_acts_and_was_never_set_up_is_found() -> None:
    assert planted("由总指挥决定启动应急响应。", "启动应急响应，在通讯联络组统一安排下开展工作。") == [
        "group-never-defined"
    ]


def test_a_group_without_lead_is_found() -> None:
    assert "group-without-lead" in planted(
        "（3）医疗组：由镇卫生院牵头，镇民政所组成。负责急救。", "（3）医疗组：负责急救。"
    )


def test_a_body_listed_twice_is_found() -> None:
    assert "duty-listed-twice" in planted(
        "（5）镇财政所：负责经费。", "（5）镇财政所：负责经费。\n（6）镇派出所：负责交通。"
    )


def test_a_long_and_a_short_name_of_one_member_are_told() -> None:
    text = CLEAN.replace("镇民政所、镇财政所。", "镇民政所、镇财政所、镇经发办。")
    text = text.replace("负责堵口。", "负责堵口，镇经济发展办公室负责调车。")
    assert "body-with-several-names" in names(text)


def test_a_short_name_that_is_declared_is_no_fault() -> None:
    text = CLEAN.replace("镇民政所、镇财政所。", "镇民政所、镇财政所、镇经发办。")
    text = text.replace("负责堵口。", "负责堵口，镇经济发展办公室（以下简称经发办）负责调车。")
    assert "body-with-several-names" not in names(text)


def test_the_firm_concerned_may_not_judge_the_cause() -> None:
    assert "cause-judged-by-firm" in planted(
        "及时抢险，保护群众。", "由事故发生的企业写出经过，分析事故原因。"
    )
