"""Work groups, on invented plans."""

from __future__ import annotations

import pytest
from body_outline import outline, table

from fengsui.core.plan.authority import WorkGroup
from fengsui.core.plan.export_bodies import group_to_json
from fengsui.core.reading.extract.groups import extract_groups


def only(*texts: str, title: str = "工作组及职责") -> WorkGroup:
    groups = extract_groups(outline(("2.4", title, list(texts)))).items
    assert len(groups) == 1, [group.name for group in groups]
    return groups[0]


@pytest.mark.parametrize(
    ("text", "lead", "members"),
    [
        ("（1）医疗组由县卫健局牵头，县医院、疾控中心等单位组成。", "县卫健局", ("县医院", "疾控中心")),
        ("3.医疗组：由镇卫生院牵头，派出所配合。", "镇卫生院", ("派出所",)),
        ("（6）医疗组：由卫生院负责。", "卫生院", ()),
        (
            "（1）医疗组：由卫生处处长任组长，药政处副处长任副组长，卫生处、药政处人员组成。",
            "卫生处处长",
            ("卫生处", "药政处"),
        ),
        ("医疗组：组长由卫生局局长担任，成员由卫生局、红十字会组成。", "卫生局局长", ("卫生局", "红十字会")),
        ("医疗组：各村书记、村长负责救护。", "各村书记、村长", ()),
        ("医疗组：接到指令，卫生院、派出所组织救护。", "卫生院、派出所", ()),
        ("医疗组：接到指令后，组织救护。", None, ()),
        ("医疗组由卫生局负责，县医院、疾控中心配合。", "卫生局", ("县医院", "疾控中心")),
        ("医疗组，由卫生局、红十字会组成，卫生局牵头，负责救护。", "卫生局", ("卫生局", "红十字会")),
        ("医疗组组长由卫生局局长担任，成员由卫生局、红十字会组成。", "卫生局局长", ("卫生局", "红十字会")),
    ],
)
def test_lead_and_members_are_read_from_a_sentence(
    text: str, lead: str | None, members: tuple[str, ...]
) -> None:
    group = only(text)
    assert (group.name, group.lead, group.members) == ("医疗组", lead, members)


def test_lead_and_members_are_read_from_labels_under_a_heading() -> None:
    texts = ["组长：县水利局局长。", "成员单位：县水利局、县公安局。", "职责：抢修堤坝；转移群众。"]
    group = only(*texts, title="抢险组")
    assert group.lead == "县水利局局长"
    assert group.members == ("县水利局", "县公安局")
    assert group.duties == "抢修堤坝；转移群众。"


def test_members_told_after_the_duties_are_no_duty() -> None:
    group = only("主要职责：负责联络；", "负责记录。", "成员：镇党政办", title="通讯联络组")
    assert (group.members, group.duties) == (("镇党政办",), "负责联络；负责记录。")


def test_a_responsible_body_leads_and_the_coordinator_is_kept_apart() -> None:
    assert only("负责单位为水利所。主要职责是抢险。", title="抢险组").lead == "水利所"
    group = only("（2）抢险组由县指挥部办公室协调，东河县政府牵头，县水利局组成。")
    assert (group.coordinator, group.lead, group.members) == ("县指挥部办公室", "东河县政府", ("县水利局",))


def test_groups_that_are_only_listed_are_found_and_doubted() -> None:
    found = extract_groups(
        outline(("2", "现场指挥部", ["可根据需要设立综合协调、抢险救援、医疗救护等工作组。"]))
    )
    assert [group.name for group in found.items] == ["综合协调", "抢险救援", "医疗救护"]
    assert {doubt.why for doubt in found.doubts} == {"group_without_lead"}


def test_a_group_listed_and_described_is_one_group() -> None:
    texts = ["现场指挥部下设综合组、抢险组、医疗组等3个工作组。", "（1）抢险组由水利局牵头。"]
    names = [group.name for group in extract_groups(outline(("2", "工作组", texts))).items]
    assert names == ["抢险组", "综合组", "医疗组"]


def test_a_group_within_a_group_is_read() -> None:
    plan = outline(
        (
            "2",
            "保障组",
            ["组长：水利局局长。", "保障组下设运输组，组长由县交通局总工程师担任。主要任务：研判。"],
        )
    )
    groups = {group.name: group.lead for group in extract_groups(plan).items}
    assert groups == {"保障组": "水利局局长", "运输组": "县交通局总工程师"}


def test_a_group_for_the_control_of_opinion_is_out_of_scope() -> None:
    found = extract_groups(outline(("2", "工作组", ["舆情管控组：由文化局牵头，负责管控舆论。"])))
    assert group_to_json(found.items[0])["out_of_scope"] is True
    assert [doubt.why for doubt in found.doubts] == ["group_out_of_scope"]


@pytest.mark.parametrize(
    "text",
    ["防汛领导小组：由镇长任组长。", "各工作组负责人到位。", "抢险组、医疗组自动解散。", "成立事故调查组。"],
)
def test_speech_about_groups_defines_none(text: str) -> None:
    assert extract_groups(outline(("2", "其他", [text]))).items == ()


def test_people_listed_in_a_group_are_doubted_and_left_out() -> None:
    found = extract_groups(outline(("一", "后勤保障小组", ["组长：王某某", "组员：李某某、张某某"])))
    assert found.items[0].members == ()
    assert "members_are_persons" in [doubt.why for doubt in found.doubts]


def test_a_table_of_groups_is_read() -> None:
    plan = table(
        ["工作组", "牵头单位", "成员单位", "职责"],
        ["抢险组", "县水利局", "县公安局、县交通局", "抢修堤坝。"],
        ["医疗组", "县卫健局", "县医院", "救治伤员。"],
    )
    groups = extract_groups(plan).items
    assert [(group.name, group.lead, group.members) for group in groups] == [
        ("抢险组", "县水利局", ("县公安局", "县交通局")),
        ("医疗组", "县卫健局", ("县医院",)),
    ]


def test_a_list_whose_items_each_end_in_组_keeps_the_last_one_whole() -> None:
    plan = outline(("2", "组织", ["领导小组下设综合组、抢险组、通信保障组和后勤保障组。"]))
    names = [group.name for group in extract_groups(plan).items]
    assert names == ["综合组", "抢险组", "通信保障组", "后勤保障组"]


def test_members_may_be_appointed_rather_than_make_up_the_group() -> None:
    group = only("由厅办公室负责人任组长，水运处负责人任副组长，", title="综合协调组")
    assert group.lead == "厅办公室负责人"
    text = "（1）综合组由办公室负责人任组长，水运处负责人任副组长，办公室、水运处人员担任成员。"
    assert only(text).members == ("办公室", "水运处")


def test_a_full_stop_may_stand_after_the_name() -> None:
    group = only("2.抢险组。由县消防大队牵头，县公安局参加。负责抢险。")
    assert (group.lead, group.members, group.duties) == ("县消防大队", ("县公安局",), "负责抢险。")


def test_the_leading_division_of_a_body_is_not_that_body() -> None:
    text = "现场工作组由局牵头科室负责人带队，有关科室派员参加。"
    leads = [group.lead for group in extract_groups(outline(("2.4", "现场工作组", [text]))).items]
    assert "局" not in leads


def test_a_group_without_a_colon_does_not_swallow_the_next() -> None:
    texts = ["综合组：", "组长：县林业局局长", "职责：综合情况。", "扑救组组长由东河支队领导担任，负责扑火。"]
    groups = extract_groups(outline(("2.3", "前线指挥部", texts))).items
    assert [(group.name, group.lead) for group in groups] == [
        ("综合组", "县林业局局长"),
        ("扑救组", "东河支队领导"),
    ]
    assert groups[0].duties == "综合情况。"


def test_experts_called_together_by_a_body_are_led_by_it() -> None:
    group = only("（5）专家组由县三防办组织水利、气象等方面专家组成，提供技术支撑。")
    assert (group.lead, group.members) == ("县三防办", ("水利、气象等方面专家",))


def test_who_leads_and_takes_part_is_no_duty() -> None:
    group = only("牵头部门：县卫健局。", "配合部门：县红十字会、各医院。", title="医疗组")
    assert (group.lead, group.members, group.duties) == ("县卫健局", ("县红十字会", "各医院"), "")


def test_the_lead_marked_among_the_members_of_a_table_leads() -> None:
    rows = [
        ["小组名称", "组成单位", "工作职责"],
        ["救援组", "县应急局（牵头）、县消防大队", "救援"],
        ["保障组", "牵头：县财政局；成员：县发改委、县商务局", "保障"],
    ]
    first, second = extract_groups(table(*rows)).items
    assert (first.lead, first.members) == ("县应急局", ("县应急局", "县消防大队"))
    assert (second.lead, second.members) == ("县财政局", ("县财政局", "县发改委", "县商务局"))


def test_lead_and_members_may_stand_in_a_bracket_behind_the_name() -> None:
    group = only("3.疏散组（组长：政教主任，成员：各班班主任）负责疏散学生。")
    assert (group.lead, group.members, group.duties) == ("政教主任", ("各班班主任",), "负责疏散学生。")


def test_a_liaison_officer_is_no_member() -> None:
    text = "1.综合组：由教务处、政教处有关负责人组成。指挥部指挥兼任组长，办公室主任为联络员。"
    group = only(text)
    assert (group.lead, group.members) == ("指挥部指挥", ("教务处", "政教处"))


def test_a_bracket_behind_the_name_may_tell_who_leads() -> None:
    group = only("2.医疗组（县卫健委牵头，县政府、县红十字会配合）：负责救治。")
    assert (group.lead, group.members, group.duties) == ("县卫健委", ("县政府", "县红十字会"), "负责救治。")


def test_a_label_may_follow_the_name_of_the_group_without_a_mark() -> None:
    group = only("3.治安组组长单位：县公安局成员单位：东河公司、镇政府职责：维护秩序。")
    assert (group.lead, group.duties) == ("县公安局", "维护秩序。")


def test_who_takes_a_group_to_the_scene_leads_it() -> None:
    text = "由厅牵头处室、单位负责人带队，有关处室派员参加，必要时可由厅领导带队。"
    assert only(text, title="现场工作组").lead == "厅牵头处室、单位负责人"


def test_groups_with_their_leads_in_brackets_are_read_from_one_sentence() -> None:
    found = extract_groups(
        outline(
            (
                "2.3",
                "现场指挥部",
                [
                    "现场指挥部设抢险救援组（县水利局牵头，县消防救援大队、县应急局配合）、"
                    "人员转移组（县民政局牵头）。"
                ],
            )
        )
    ).items
    assert [(group.name, group.lead) for group in found] == [
        ("抢险救援组", "县水利局"),
        ("人员转移组", "县民政局"),
    ]
    assert found[0].members == ("县消防救援大队", "县应急局")


def test_the_title_above_the_groups_is_no_group_and_a_lead_may_follow_its_post() -> None:
    found = extract_groups(
        outline(
            (
                "2.3",
                "现场工作组",
                [
                    "（1）医疗救护组：组长单位县卫健局，负责救治。",
                    "（2）治安警戒组：组长单位县公安局，负责警戒。",
                    "（3）物资保障组：组长单位县发改局，负责供应。",
                ],
            )
        )
    ).items
    assert [(group.name, group.lead) for group in found] == [
        ("医疗救护组", "县卫健局"),
        ("治安警戒组", "县公安局"),
        ("物资保障组", "县发改局"),
    ]


def test_who_leads_may_follow_the_list_of_groups_or_stand_as_a_post_in_its_bracket() -> None:
    after = "指挥部下设扑火组、警戒组、救护组。扑火组由应急办负责，警戒组由派出所负责，救护组由卫生院负责。"
    inside = "下设抢修组（组长：维修队队长）、物资组（组长：物资科科长）。"
    found = extract_groups(outline(("二", "指挥体系", [after]))).items
    assert [group.lead for group in found] == ["应急办", "派出所", "卫生院"]
    found = extract_groups(outline(("二", "指挥体系", [inside]))).items
    assert [group.lead for group in found] == ["维修队队长", "物资科科长"]


def test_each_group_told_after_the_list_has_its_own_lead_and_no_other_group_for_a_member() -> None:
    lines = [
        "指挥部下设综合组、救治组、流调组。",
        "综合组由县卫健局牵头，救治组由县医院牵头，流调组由县疾控中心牵头。",
    ]
    found = extract_groups(outline(("二", "指挥体系", lines))).items
    assert [(group.name, group.lead, group.members) for group in found] == [
        ("综合组", "县卫健局", ()),
        ("救治组", "县医院", ()),
        ("流调组", "县疾控中心", ()),
    ]


def test_a_group_with_a_comma_before_its_lead_is_a_group() -> None:
    lines = ["（一）警戒组，牵头单位：县公安局；配合单位：镇政府。", "（二）监测组，牵头单位：县环境局。"]
    found = extract_groups(outline(("2.3", "现场工作组", lines))).items
    assert [(group.name, group.lead) for group in found] == [("警戒组", "县公安局"), ("监测组", "县环境局")]
