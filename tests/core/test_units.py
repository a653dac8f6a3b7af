"""Member bodies and duties, on invented plans."""

from __future__ import annotations

import pytest
from body_outline import outline, table
from clock_outline import plan as nested_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.core.plan.export_bodies import duty_to_json, units_to_json
from fengsui.core.reading.extract.body_names import split_bodies
from fengsui.core.reading.extract.body_scope import split_by_scope, watches_people
from fengsui.core.reading.extract.command import extract_command
from fengsui.core.reading.extract.contacts import extract_contacts
from fengsui.core.reading.extract.groups import extract_groups
from fengsui.core.reading.extract.units import extract_duties, extract_units


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("水利局、公安局、各连队", ("水利局", "公安局", "各连队")),
        ("由水利局和公安局组成", ("水利局", "公安局")),
        ("发展和改革委员会、住房和城乡建设局", ("发展和改革委员会", "住房和城乡建设局")),
        ("团办（团委）、医院等单位主要负责人", ("团办（团委）", "医院")),
        ("县公安、民政等部门及事发单位组成", ("县公安", "民政", "事发单位")),
        ("乡（镇）政府及相关部门", ("乡（镇）政府及相关部门",)),
        ("水文、堤防等相关专家组成", ("水文、堤防等相关专家组成",)),
        ("派出所和东河公司应急分队", ("派出所", "东河公司应急分队")),
    ],
)
def test_a_printed_list_is_split_into_the_names_it_holds(printed: str, names: tuple[str, ...]) -> None:
    assert split_bodies(printed).names == names


def test_a_piece_that_is_no_body_makes_the_list_unsure() -> None:
    assert not split_bodies("水利局、连").sure


def test_members_are_read_after_their_label_and_cited_one_by_one() -> None:
    plan = outline(("2", "组织体系", ["成员单位：云州水利局、云州公安局。"]))
    units = extract_units(plan).items
    assert [unit.name for unit in units] == ["云州水利局", "云州公安局"]
    assert units[1].source.quote == "云州公安局"
    assert units[1].source.line == 2


def test_members_are_read_from_a_sentence() -> None:
    plan = outline(("2", "组织体系", ["委员会成员由水利局、公安局、医院等单位主要负责人组成。"]))
    assert units_to_json(extract_units(plan).items) == ["水利局", "公安局", "医院"]


def test_a_name_in_brackets_is_an_alias() -> None:
    plan = outline(("2", "组织体系", ["成员：工会办（妇联）、水利局"]))
    assert extract_units(plan).items[0].aliases == ("工会办", "妇联")


def test_a_list_cut_by_a_page_break_is_mended() -> None:
    plan = outline(("2", "组织体系", ["成员单位：水利局、公安局、", "财政局"]))
    assert units_to_json(extract_units(plan).items) == ["水利局", "公安局", "财政局"]


def test_bodies_with_duties_only_are_told_apart_from_members() -> None:
    plan = outline(
        ("2", "组织体系", ["成员单位：水利局、公安局"]),
        ("3", "成员单位职责", ["（1）水利局：负责水情监测。", "（2）气象局：负责预报。"]),
    )
    units = extract_units(plan).items
    assert [(unit.name, unit.member) for unit in units] == [
        ("水利局", True),
        ("公安局", True),
        ("气象局", False),
    ]
    assert units_to_json(units) == ["水利局", "公安局"]


def test_a_plan_without_members_gives_the_bodies_with_duties() -> None:
    plan = outline(("一", "部门分工", ["保卫处：校门值守", "音乐组：合唱排练的调整"]))
    assert units_to_json(extract_units(plan).items) == ["保卫处", "音乐组"]


def test_a_plan_without_members_and_duties_gives_the_bodies_that_act() -> None:
    plan = outline(("5", "响应措施", ["1．市应急管理局组织转移。2．市公安局、市水务局按规定巡查。"]))
    found = extract_units(plan)
    assert units_to_json(found.items) == ["市应急管理局", "市公安局", "市水务局"]
    assert [doubt.why for doubt in found.doubts] == ["no_member_list"]


def test_names_of_people_are_not_taken_for_bodies() -> None:
    found = extract_units(outline(("一", "领导小组", ["成员：张某某、李某某、王某某"])))
    assert found.items == ()
    assert [doubt.why for doubt in found.doubts] == ["members_are_persons"]


def test_an_unsure_list_is_kept_and_doubted() -> None:
    found = extract_units(outline(("2", "组织体系", ["成员：水利局、公安局、老街、连"])))
    # 连 is what a broken line left of a name: the doubt shows it, no body is made of it.
    assert units_to_json(found.items) == ["水利局", "公安局", "老街"]
    assert [doubt.why for doubt in found.doubts] == ["unit_list_unsplit"]


def test_a_form_whose_labels_and_values_are_columns_is_put_together() -> None:
    plan = outline(("六", "组织机构", ["总 指 挥 副总指挥", "成员单位", "镇长", "副镇长", "水利所、派出所"]))
    assert units_to_json(extract_units(plan).items) == ["水利所", "派出所"]


def test_a_shared_line_gives_each_body_its_duty() -> None:
    plan = outline(("3", "成员单位职责", ["（1）东河电信、东河移动公司：负责通信。"]))
    assert [duty.unit for duty in extract_duties(plan).items] == ["东河电信", "东河移动公司"]


def test_a_duty_goes_on_in_the_next_paragraph_until_another_body_begins() -> None:
    texts = ["文化局：负责宣传。", "指导广播播出。", "派出所：负责警戒。"]
    duties = extract_duties(outline(("3", "成员单位职责", texts))).items
    assert [(duty.unit, duty.text) for duty in duties] == [
        ("文化局", "负责宣传。"),
        ("文化局", "指导广播播出。"),
        ("派出所", "负责警戒。"),
    ]


def test_a_duty_without_a_colon_is_read() -> None:
    duty = extract_duties(outline(("3", "成员部门职责", ["2.气象管理部门负责提供资料。"]))).items[0]
    assert (duty.unit, duty.text) == ("气象管理部门", "负责提供资料。")


def test_only_the_clause_about_watching_people_is_out_of_scope() -> None:
    plan = outline(("3", "成员单位职责", ["公安局：负责警戒；监控肇事人员；疏导交通。"]))
    duties = [duty_to_json(duty) for duty in extract_duties(plan).items]
    assert [(duty["text"], duty.get("out_of_scope", False)) for duty in duties] == [
        ("负责警戒；", False),
        ("监控肇事人员；", True),
        ("疏导交通。", False),
    ]


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("负责网络舆情管控", True),
        ("加强舆情收集", True),
        ("排查重点人员", True),
        ("及时发布权威信息", False),
        ("保护重点人群", False),
        ("做好新闻发布和舆论引导", False),
    ],
)
def test_watching_people_is_recognised(text: str, out: bool) -> None:
    assert watches_people(text) is out


def test_scope_runs_cover_the_text_once() -> None:
    text = "负责警戒；管控舆情；疏导交通。"
    runs = split_by_scope(text)
    assert "".join(text[begin:end] for begin, end, _ in runs) == text


def test_a_table_of_duties_is_read_with_its_merged_cells() -> None:
    plan = table(
        ["序号", "成员单位", "主要职责"],
        ["1", "县水利局", "监测水情。"],
        ["", "", "抢修堤坝。"],
        ["2", "县公安局", "维护秩序。"],
    )
    assert [(duty.unit, duty.text) for duty in extract_duties(plan).items] == [
        ("县水利局", "监测水情。"),
        ("县水利局", "抢修堤坝。"),
        ("县公安局", "维护秩序。"),
    ]
    assert units_to_json(extract_units(plan).items) == ["县水利局", "县公安局"]


PIECES = st.sampled_from(
    [
        "成立",
        "下设",
        "指挥部",
        "领导小组",
        "组",
        "综合组",
        "由",
        "牵头",
        "负责",
        "任组长",
        "总指挥",
        "副总指挥",
        "成员单位",
        "：",
        "，",
        "、",
        "。",
        "；",
        "水利局",
        "公安局",
        "和",
        "等部门",
        "组成",
        "职责",
        "（",
        "）",
        "1.",
        "（1）",
        "办公室",
        "设在",
        "电话",
        "19900000001",
        "的",
        "某某",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=14).map("".join), max_size=8))
def test_any_text_is_read_without_failing_and_every_item_stands_in_it(texts: list[str]) -> None:
    plan = outline(("2", "组织机构及职责", [text for text in texts if text]))
    whole = "".join(texts) + "组织机构及职责"
    for found in (
        *extract_units(plan).items,
        *extract_duties(plan).items,
        *extract_groups(plan).items,
        *extract_command(plan).items,
        *extract_contacts(plan).items,
    ):
        assert found.source.quote.replace("\t", "") in whole
    assert all(unit.name in whole for unit in extract_units(plan).items)


def test_a_full_stop_may_stand_between_a_body_and_its_duty() -> None:
    plan = outline(("2.2", "成员单位职责", ["（1）县委宣传部。负责新闻报道。", "（2）县公安局。保障治安。"]))
    assert [duty.unit for duty in extract_duties(plan).items] == ["县委宣传部", "县公安局"]


def test_staff_of_member_bodies_are_no_list_of_members() -> None:
    text = "救援队由县农牧局、公安局等成员单位有关人员和专家组成。"
    names = units_to_json(extract_units(outline(("2", "队伍建设", [text]))).items)
    assert "关人员" not in names


def test_heads_of_bodies_who_are_members_name_the_bodies() -> None:
    text = "县水利局、县公安局、东河供电公司等单位负责人为县三防指挥部成员。"
    units = extract_units(outline(("2.1", "组织体系", [text]))).items
    assert [(unit.name, unit.member) for unit in units] == [
        ("县水利局", True),
        ("县公安局", True),
        ("东河供电公司", True),
    ]


def test_a_dash_parts_a_body_from_its_duty_like_a_colon() -> None:
    duties = extract_duties(
        outline(("2.2", "成员单位职责", ["县发改委：负责项目审批。", "县民政局——负责救助。"]))
    ).items
    assert [(duty.unit, duty.text) for duty in duties] == [
        ("县发改委", "负责项目审批。"),
        ("县民政局", "负责救助。"),
    ]


def test_bodies_that_share_a_line_keep_their_own_duties() -> None:
    duties = extract_duties(
        outline(("2.2", "成员单位职责", ["县水利局负责水情监测；县气象局负责降雨预报。2.县民政局负责救助。"]))
    ).items
    assert [(duty.unit, duty.text) for duty in duties] == [
        ("县水利局", "负责水情监测；"),
        ("县气象局", "负责降雨预报。"),
        ("县民政局", "负责救助。"),
    ]


def test_a_duty_of_nobody_known_is_doubted_and_not_given_to_the_body_before() -> None:
    texts = ["县海关：负责检疫。", "各乡镇要落实责任。", "铁塔东河公司及三大运营商保障通信。"]
    found = extract_duties(outline(("2.2", "成员单位职责", texts)))
    assert [duty.unit for duty in found.items] == ["县海关", "各乡镇"]
    assert [doubt.why for doubt in found.doubts] == ["duty_without_body"]


def test_the_members_of_a_group_in_a_table_are_not_the_members_of_the_headquarters() -> None:
    header = ["小组名称", "组成单位", "工作职责"]
    assert (
        extract_units(table(header, ["保障组", "牵头：县财政局；成员：县发改委、县商务局", "保障"])).items
        == ()
    )
    assert (
        extract_units(
            table(["组别", "组长", "成员", "职责"], ["抢险组", "县住建局", "县公安局", "抢险"])
        ).items
        == ()
    )


def test_bodies_that_are_headings_under_the_title_of_members_are_units() -> None:
    sections = (
        "2",
        "组织体系",
        [
            (
                "2.2",
                "成员单位",
                [
                    ("2.2.1", "县公安局", ["负责现场警戒。"]),
                    ("2.2.2", "县卫健局", ["负责医疗救治。"]),
                ],
            )
        ],
    )
    assert [unit.name for unit in extract_units(nested_plan(sections)).items] == ["县公安局", "县卫健局"]
