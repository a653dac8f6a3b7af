"""The command body, on invented plans."""

from __future__ import annotations

from body_outline import outline, table

from fengsui.core.plan.authority import Headquarters
from fengsui.core.plan.export_bodies import command_to_json
from fengsui.core.reading.extract.command import extract_command


def first(*texts: str, title: str = "组织体系") -> Headquarters:
    return extract_command(outline(("2", title, list(texts)))).items[0]


def test_posts_are_read_from_labels() -> None:
    hq = first(
        "东河县人民政府成立东河县防汛指挥部（以下简称“县指挥部”）。",
        "指 挥 长：分管副县长",
        "副指挥长：县水利局局长",
        "县应急局负责人",
        "成员单位：县水利局、县应急局",
        "县指挥部下设办公室，办公室设在县水利局，办公室主任由县水利局局长担任。",
    )
    assert (hq.name, hq.aliases) == ("东河县防汛指挥部", ("县指挥部",))
    assert hq.commander == "分管副县长"
    assert hq.deputies == ("县水利局局长", "县应急局负责人")
    assert (hq.office, hq.office_director) == ("县水利局", "县水利局局长")


def test_posts_are_read_from_sentences() -> None:
    hq = first(
        "云州减灾委员会（以下简称州减灾委）是综合协调机构，主任由州长担任，副主任由分管副州长担任，负责救助工作。",
        "州减灾委员会办公室设在州应急管理局，办公室主任由州应急管理局局长兼任。",
    )
    assert (hq.name, hq.commander, hq.deputies) == ("云州减灾委员会", "州长", ("分管副州长",))
    assert (hq.office, hq.office_director) == ("州应急管理局", "州应急管理局局长")


def test_a_leading_group_whose_head_is_named_by_office() -> None:
    hq = first("防汛应急工作领导小组是指挥机构，由水利厅厅长任组长，分管副厅长任副组长。")
    assert (hq.name, hq.commander, hq.deputies) == ("防汛应急工作领导小组", "水利厅厅长", ("分管副厅长",))


def test_heads_of_several_bodies_are_several_deputies() -> None:
    hq = first("总指挥：县长", "副总指挥：县府办主任，县林草局、县水利局主要负责人。", title="县防汛指挥部")
    assert hq.deputies == ("县府办主任", "县林草局主要负责人", "县水利局主要负责人")


def test_one_person_with_two_titles_is_one_deputy() -> None:
    assert first("总指挥：镇长", "副总指挥：镇党委委员、副镇长", title="镇防汛指挥部").deputies == (
        "镇党委委员、副镇长",
    )


def test_the_headquarters_on_the_scene_comes_after_the_plans_own() -> None:
    plan = outline(
        ("2.1", "现场指挥部", ["成立东河县防汛现场指挥部，指挥长由分管副县长担任。"]),
        ("2.2", "县防汛指挥部", ["指挥长：县长"]),
    )
    assert [hq.commander for hq in extract_command(plan).items] == ["县长", "分管副县长"]


def test_the_head_of_a_work_group_is_no_commander() -> None:
    plan = outline(("2", "县防汛指挥部", ["总指挥：县长"]), ("3", "抢险组", ["组长：水利局局长"]))
    assert [hq.commander for hq in extract_command(plan).items] == ["县长"]


def test_a_plan_without_headquarters_leaves_a_doubt() -> None:
    found = extract_command(outline(("1", "总则", ["为做好防汛工作，制定本预案。"])))
    assert found.items == ()
    assert [doubt.why for doubt in found.doubts] == ["no_headquarters"]


def test_a_headquarters_without_commander_leaves_a_doubt() -> None:
    found = extract_command(outline(("2", "组织指挥", ["云州减灾委员会（以下简称州减灾委）为协调机构。"])))
    data = command_to_json(found.items[0])
    assert data is not None
    assert data["commander"] is None
    assert [doubt.why for doubt in found.doubts] == ["headquarters_without_commander"]
    assert command_to_json(None) is None


def test_the_head_of_an_office_may_follow_its_place() -> None:
    hq = first(
        "县政府成立东河县环境应急指挥部，由分管副县长担任总指挥，县生态环境局局长担任副总指挥。",
        "指挥部办公室设在县生态环境局，由县生态环境局局长兼任主任。",
    )
    assert (hq.office, hq.office_director) == ("县生态环境局", "县生态环境局局长")


def test_posts_are_read_from_a_table() -> None:
    rows = [["职务", "姓名", "单位及职务"], ["总指挥", "", "分管副县长"], ["副总指挥", "", "县应急局局长"]]
    (hq,) = extract_command(
        table(*rows, ["副总指挥", "", "县水利局局长"], ["成员", "", "县公安局副局长"])
    ).items
    assert (hq.commander, hq.deputies) == ("分管副县长", ("县应急局局长", "县水利局局长"))


def test_a_bare_commander_and_deputy_are_posts() -> None:
    hq = first("指挥：校长", "副指挥：分管副校长、总务主任", title="东河中学安全领导小组")
    assert (hq.commander, hq.deputies) == ("校长", ("分管副校长", "总务主任"))
