"""In which case a clock applies, and what starts it where its own sentence does not say."""

from __future__ import annotations

import pytest
from clock_outline import plan

from fengsui.core.plan.reporting import ClockStart, Deadline
from fengsui.core.reading.extract.deadlines import extract_deadlines


def read(*lines: str, title: str = "信息报告") -> list[Deadline]:
    return list(extract_deadlines(plan(("4.1", title, list(lines)))).items)


@pytest.mark.parametrize(
    ("text", "within", "condition"),
    [
        ("发生较大以上事故的，事发单位应当在1小时内向县应急局报告。", "1小时", "发生较大以上事故"),
        ("出现新的伤亡或者险情扩大的，事发单位应及时续报。", "及时", "出现新的伤亡或者险情扩大"),
        (
            "供热单位抢修时间预计超过8小时的，应在1小时内报告县住建局。",
            "1小时",
            "抢修时间预计超过8小时",
        ),
        ("涉及港澳台同胞的，还应及时通报县委统战部。", "及时", "涉及港澳台同胞"),
        ("对于较大以上突发事件，镇政府应在30分钟内报县政府。", "30分钟", "较大以上突发事件"),
        ("若险情可能危及下游群众，水库管理单位须10分钟内通知镇政府。", "10分钟", "险情可能危及下游群众"),
    ],
)
def test_the_case_in_which_a_clock_applies_is_kept_with_it(text: str, within: str, condition: str) -> None:
    (edge,) = read(text)
    assert (edge.within, edge.condition) == (within, condition)


@pytest.mark.parametrize(
    "text",
    [
        "接到报告的部门，应当在1小时内向县政府报告。",
        "负有监管职责的单位应在2小时内向县应急局报告。",
        "事故单位应当在1小时内向县应急局报告。",
    ],
)
def test_who_a_sentence_is_about_is_no_case(text: str) -> None:
    assert [edge.condition for edge in read(text)] == [None]


def test_a_repeated_report_of_the_same_sentence_has_the_same_case() -> None:
    edges = read("达到较大以上级别的，县指挥部办公室须在1小时内报市指挥部办公室，并每2小时续报一次。")
    assert [edge.condition for edge in edges] == ["达到较大以上级别", "达到较大以上级别"]


def test_what_happens_in_the_case_starts_the_clock_that_names_nothing_else() -> None:
    (edge,) = read("发生较大以上事故的，事发单位应当在1小时内向县应急局报告。")
    assert (edge.after, edge.start) == ("发生较大以上事故", ClockStart.OCCURRED)
    (edge,) = read("任何单位和个人发现疑似疫情，应当立即向当地畜牧兽医部门报告。")
    assert (edge.after, edge.start) == ("发现疑似疫情", ClockStart.LEARNED)


def test_the_end_of_the_response_may_stand_in_the_line_above_or_in_the_heading() -> None:
    above = read(
        "应急响应结束后，组成调查组：", "一般事故由县安委会组织调查，在20日之内形成报告。", title="调查"
    )
    headed = read("县应急局在30日内完成评估报告。", title="响应结束后的评估")
    assert [(edge.start, edge.after) for edge in above + headed] == [
        (ClockStart.STABLE, "应急响应结束后"),
        (ClockStart.STABLE, "响应结束后"),
    ]


def test_a_start_said_above_is_in_doubt() -> None:
    found = extract_deadlines(
        plan(("4.1", "响应结束后的评估", ["县应急局在30日内完成评估报告。"])),
    )
    assert "start_said_above" in [doubt.why for doubt in found.doubts]


def test_an_alarm_passed_on_to_a_list_has_its_receivers() -> None:
    (edge,) = read("气象台应在预警信号发布后10分钟内传递到县防指成员单位。", title="预警发布")
    assert edge.to == ("县防指成员单位",)


def test_an_event_may_stand_in_the_limit_or_before_whoever_acts() -> None:
    (late,) = read("信息报送时间不得迟于事发后1小时。")
    (school,) = read("发布红色预警后，各学校应于2小时内落实停课措施，并向县教育局报告。")
    assert (late.within, late.after, late.start) == ("1小时", "事发后", ClockStart.OCCURRED)
    assert (school.after, school.to) == ("发布红色预警后", ("县教育局",))


def test_a_daily_report_said_twice_is_one() -> None:
    (daily,) = read("对特别重大、重大事件实行日报告制度，每日8时、20时各报一次。")
    assert (daily.every, daily.at) == ("1日", ("8时", "20时"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县消防救援大队白天1分钟、夜间3分钟内出动。", ["县消防救援大队", "县消防救援大队"]),
        ("启动Ⅱ级响应后30分钟内，各成员单位负责人到达县指挥部。", ["各成员单位负责人"]),
        ("每天17时前各乡镇汇总上报当日旱情。", ["各乡镇"]),
        ("企业发生泄漏事故，应当在事故发生后半小时内报告园区管委会。", ["企业"]),
    ],
)
def test_who_acts_is_found_after_the_limit_and_by_what_befell_it(text: str, expected: list[str]) -> None:
    assert [edge.who for edge in read(text)] == expected


def test_other_departments_count_beside_one_that_is_named() -> None:
    (edge,) = read("涉事单位必须立即向当地生态环境部门和相关部门报告。")
    assert edge.to == ("当地生态环境部门", "相关部门")


def test_a_limit_right_after_the_happening_starts_with_it() -> None:
    (edge,) = read("特种设备使用单位应于事故发生1小时内向县市场监管局报告。")
    assert (edge.after, edge.start) == ("事故发生", ClockStart.OCCURRED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "社区居委会10分钟内报街道办事处，街道办事处在20分钟内报区应急局。",
            [("10分钟", "社区居委会", ("街道办事处",)), ("20分钟", "街道办事处", ("区应急局",))],
        ),
        (
            "县森防办应在核实火情后20分钟内报告市森防办，并同时通报毗邻县。",
            [("20分钟", "县森防办", ("市森防办", "毗邻县"))],
        ),
        ("省级平台收到预警后，应于5分钟内推送至市级平台。", [("5分钟", "省级平台", ("市级平台",))]),
        ("遇重大汛情，实行每日两报，即8时、17时前分别报县防指。", [("1日", None, ("县防指",))]),
        ("重大舆情3小时内提出应对方案，12小时内组织发布。", [("3小时", None, ()), ("12小时", None, ())]),
        (
            "辖区派出所接警后应5分钟内到达现场，并视情及时向分局指挥中心报告。",
            [("5分钟", "辖区派出所", ()), ("及时", "辖区派出所", ("分局指挥中心",))],
        ),
        ("续报应根据事态发展随时报送。", [("随时", None, ())]),
    ],
)
def test_chains_of_all_kinds_of_bodies_are_read(text: str, expected: list[object]) -> None:
    assert [(edge.within or edge.every, edge.who, edge.to) for edge in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("应急通信保障队接令后1小时内开通现场卫星通信。", "接令后"),
        ("收到上级要求核实的通知，事发地应在30分钟内反馈。", "收到上级要求核实的通知"),
    ],
)
def test_an_order_or_a_notice_starts_a_clock(text: str, after: str) -> None:
    (edge,) = read(text)
    assert (edge.after, edge.start) == (after, ClockStart.RECEIVED)


@pytest.mark.parametrize(
    ("text", "who", "after"),
    [
        ("水库管理单位巡查发现险情，应立即报告镇政府。", "水库管理单位", "发现险情"),
        ("120指挥中心接到呼救后应在1分钟内派车。", "120指挥中心", "接到呼救后"),
        ("初次报告应在事发30分钟内完成。", None, "事发"),
        ("预警解除24小时内，恢复正常供气。", None, "预警解除"),
        ("实验室应在收到样本后24小时内出具检测结果。", "实验室", "收到样本后"),
        (
            "发生网络安全事件的单位应立即启动本单位预案，并在1小时内向县委网信办报告。",
            "发生网络安全事件的单位",
            None,
        ),
        ("县气象局应在启动响应后每1小时提供一次气象信息。", "县气象局", "启动响应后"),
    ],
)
def test_who_acts_and_what_starts_it_in_more_of_the_trades_words(
    text: str, who: str | None, after: str | None
) -> None:
    (edge,) = read(text)
    assert (edge.who, edge.after) == (who, after)


def test_a_case_may_stand_after_the_event() -> None:
    (edge,) = read("书面信息报送后如有新情况，应在1小时内续报。")
    assert edge.condition == "有新情况"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "各嘎查村发现雪灾险情，应在20分钟内报苏木镇人民政府。",
            [("20分钟", "各嘎查村", "发现雪灾险情")],
        ),
        ("首报时限为事件发生后30分钟。", [("30分钟", None, "事件发生后")]),
        ("重大以上事故30分钟内由事发单位报县安委办。", [("30分钟", "事发单位", None)]),
        ("新闻发布组要在事发后2小时内发布简要信息。", [("2小时", "新闻发布组", "事发后")]),
        ("抢修队伍到场后2小时内查明原因。", [("2小时", "抢修队伍", "到场后")]),
    ],
)
def test_limits_of_a_sixth_draw_are_read(text: str, expected: list[object]) -> None:
    assert [(edge.within, edge.who, edge.after) for edge in read(text)] == expected
