"""Time limits: the report chain, other work, and lengths that set no clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from body_outline import table
from clock_outline import plan

from fengsui.core.plan.level import Grade, ResponseLevel
from fengsui.core.plan.reporting import ClockStart, Deadline, Means
from fengsui.core.reading.extract.clock_words import span_of
from fengsui.core.reading.extract.deadlines import extract_deadlines


def read(*texts: str, title: str = "信息报告") -> tuple[Deadline, ...]:
    return extract_deadlines(plan(("3.2", title, list(texts)))).items


def test_an_edge_names_who_whom_limit_and_the_event_it_runs_from() -> None:
    (edge,) = read("县应急局应在灾害发生后2小时内向县人民政府和云州应急局报告。")
    assert (edge.who, edge.to) == ("县应急局", ("县人民政府", "云州应急局"))
    assert (edge.within, edge.span) == ("2小时", timedelta(hours=2))
    assert (edge.after, edge.start) == ("灾害发生后", ClockStart.OCCURRED)
    assert edge.is_report


def test_phone_first_and_writing_later_are_two_edges_to_the_same_receiver() -> None:
    first, second = read("县应急局接到报告后，应立即上报云州应急局，可电话先报，15分钟内补报文字报告。")
    assert (first.within, first.start) == ("立即", ClockStart.RECEIVED)
    assert (second.within, second.form, second.start) == ("15分钟", Means.WRITTEN, ClockStart.PREVIOUS)
    assert second.to == first.to == ("云州应急局",)


def test_a_second_receiver_with_tongshi_joins_the_edge() -> None:
    (edge,) = read("镇政府接到报告后，应当立即报告县应急局，同时报告县人民政府。")
    assert edge.to == ("县应急局", "县人民政府")


def test_tongshi_alone_is_an_edge_of_its_own() -> None:
    (edge,) = read("项目经理组织自救，同时向县指挥部办公室报告。", title="响应程序")
    assert (edge.within, edge.who, edge.to) == ("同时", "项目经理", ("县指挥部办公室",))


def test_repeated_reports_keep_their_interval_and_end() -> None:
    (edge,) = read("灾情稳定前，各镇执行24小时零报告制度，逐级上报县应急局。")
    assert (edge.every, edge.span, edge.until) == ("24小时", timedelta(hours=24), "灾情稳定")


def test_two_lengths_of_one_clause_are_two_edges_to_the_same_receiver() -> None:
    phone, written = read("镇政府应在事件发生后30分钟内电话报告、1小时内书面报告县政府值班室。")
    assert (phone.within, phone.form, phone.to) == ("30分钟", Means.PHONE, ("县政府值班室",))
    assert (written.within, written.form, written.to) == ("1小时", Means.WRITTEN, ("县政府值班室",))


def test_a_ceiling_counts_as_a_limit() -> None:
    (edge,) = read("每级上报的时间不得超过2小时。")
    assert (edge.within, edge.is_report) == ("2小时", True)


def test_a_date_is_a_deadline_for_work() -> None:
    (work,) = read("县应急局应当在每年10月15日前统计受灾人员的需求。", title="冬春救助")
    assert (work.by, work.is_report, work.who) == ("每年10月15日前", False, "县应急局")


def test_repair_within_hours_is_work_and_keeps_the_name_of_its_level() -> None:
    (work,) = read("小事故：立即组织抢修；并在4小时内抢修完毕，通知北沙公司。", title="抢修措施")
    assert (work.within, work.is_report, work.level_names) == ("4小时", False, ("小事故",))
    assert work.to == ("北沙公司",)


def test_the_level_of_the_section_goes_with_the_edge() -> None:
    found = extract_deadlines(
        plan(("4", "响应措施", [("4.1", "Ⅰ级响应", ["县减灾办立即向云州减灾办报告情况。"])]))
    )
    assert found.items[0].levels == (ResponseLevel.I,)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("24小时内降水量50毫米以上的，为较大汛情。", "预警"),
        ("县指挥部实行24小时值班制度。", "应急值守"),
        ("负责人须有三年以上工作年限。", "队伍建设"),
        ("救援队伍要及时赶赴现场。", "应急响应"),
        ("及时准确向社会发布信息。", "信息发布"),
        ("县公安局负责及时报告现场情况。", "成员单位职责"),
        ("超出能力时，及时向上级报告。", "分级响应"),
        ("停热12小时以上的为重大事故。", "事故分级"),
    ],
)
def test_words_and_lengths_that_set_no_clock_are_left_alone(text: str, title: str) -> None:
    assert read(text, title=title) == ()


def test_a_length_without_anybody_named_is_kept_and_doubted() -> None:
    found = extract_deadlines(plan(("3", "信息传递", ["必须在15分钟内完成传递。"])))
    assert [item.within for item in found.items] == ["15分钟"]
    assert [doubt.why for doubt in found.doubts] == ["deadline_without_body"]


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("半小时", 30), ("2小时", 120), ("两天", 2880), ("5个工作日", 7200), ("十五分钟", 15), ("1周", 10080)],
)
def test_lengths_are_read_in_digits_and_in_words(words: str, minutes: int) -> None:
    assert span_of(words) == timedelta(minutes=minutes)


def test_a_limit_nobody_can_keep_is_a_condition_and_no_clock() -> None:
    assert read("确实难以在事发后2小时内报告的，应说明理由。") == ()


def test_a_report_is_told_exactly_and_at_once_to_whom_it_goes() -> None:
    (edge,) = read("北沙镇指挥部立即准确、规范向东河县指挥部办公室报送险情信息。")
    assert (edge.who, edge.to) == ("北沙镇指挥部", ("东河县指挥部办公室",))


def test_swiftly_sets_a_clock_only_on_a_report() -> None:
    (edge,) = read("应急指挥部接到报告后，迅速上报指挥长。")
    assert (edge.who, edge.to, edge.within) == ("应急指挥部", ("指挥长",), "迅速")
    assert read("县公安局迅速疏散群众。") == ()


def test_people_who_are_sent_are_not_those_who_report() -> None:
    (edge,) = read("县农牧局接到险情报告后，迅速派技术人员赶赴现场，并及时向云州指挥部报告。")
    assert edge.who == "县农牧局"


def test_a_daily_report_names_what_is_reported() -> None:
    (edge,) = read("县指挥部确认险情后，实行险情每日报告制度。")
    assert (edge.every, edge.what) == ("1日", "险情每日报告制度")


def test_whoever_acts_in_the_sentence_before_keeps_the_clock() -> None:
    first = "重大险情发生后，由云州指挥部统一发布信息。"
    (edge,) = read(first + "涉及群众生活的，在24小时内举行发布会。")
    assert edge.who == "云州指挥部"


def test_an_alarm_to_a_body_is_a_report_and_an_alarm_device_is_not() -> None:
    (edge,) = read("事故单位应立即向北沙镇派出所报警。", title="应急响应")
    assert (edge.who, edge.to) == ("事故单位", ("北沙镇派出所",))
    assert read("立即利用报警装置报警。", title="应急响应") == ()


def test_two_bodies_run_together_are_a_doubt_and_one_phrase_is_none() -> None:
    def whys(text: str) -> list[str]:
        return [doubt.why for doubt in extract_deadlines(plan(("3", "信息报告", [text]))).doubts]

    assert whys("县应急管理局应在2小时内向州减灾委州应急厅报告。") == ["bodies_run_together"]
    assert whys("县应急管理局应在2小时内向县委县政府报告。") == []
    assert whys("县应急管理局应在2小时内向州应急管理局、州人民政府报告。") == []


@pytest.mark.parametrize(
    ("text", "every", "at"),
    [
        ("各县每日9时、16时向云州防汛办报告抢险情况。", "1日", ("9时", "16时")),
        ("每天下午5点前，各成员单位将进展报云州防汛办。", "1天", ("下午5点",)),
        ("东河县水利局每周一向云州水利局报送墒情。", "1周", ("周一",)),
        ("各镇实行日报告制度。", "1日", ()),
        ("各镇每2小时向东河县应急局报告一次。", "2小时", ()),
    ],
)
def test_repeated_reports_tell_their_hours_and_days(text: str, every: str, at: tuple[str, ...]) -> None:
    (edge,) = read(text)
    assert (edge.every, edge.at, edge.is_report) == (every, at, True)


def test_a_zero_report_without_an_interval_is_read_and_doubted() -> None:
    found = extract_deadlines(plan(("3", "信息报告", ["各镇对疫情实行零报告制度。"])))
    (edge,) = found.items
    assert (edge.every, edge.span, edge.is_report) == ("零报告", None, True)
    assert [doubt.why for doubt in found.doubts] == ["interval_not_given"]


def test_what_is_done_at_once_and_then_reported_is_an_edge() -> None:
    (edge,) = read("东河县疾控中心应立即派人到现场核实，并用电话上报云州卫健委。", title="疫情确认")
    assert (edge.who, edge.to, edge.within) == ("东河县疾控中心", ("云州卫健委",), "立即")


def test_a_call_for_help_to_a_named_body_is_an_edge() -> None:
    (edge,) = read("确定为重大疫情后，东河县指挥部立即向云州指挥部申请启动预案。", title="应急响应")
    assert (edge.who, edge.to) == ("东河县指挥部", ("云州指挥部",))


@pytest.mark.parametrize(
    ("text", "who", "within"),
    [
        ("云州物资储备中心应在12小时内将帐篷运抵灾区。", "云州物资储备中心", "12小时"),
        ("宣传部门最迟在5小时内发布权威信息。", "宣传部门", "5小时"),
        ("东河县疾控中心须在2小时内采样送检。", "东河县疾控中心", "2小时"),
        ("抢险队伍力争15分钟内集结。", "抢险队伍", "15分钟"),
    ],
)
def test_work_bound_by_a_length_is_a_clock_whatever_the_verb(text: str, who: str, within: str) -> None:
    (work,) = read(text, title="应急处置")
    assert (work.who, work.within, work.is_report) == (who, within, False)


@pytest.mark.parametrize(
    "text",
    [
        "各单位实行24小时值班制度，电力公司组织抢修24小时。",
        "停水24小时以上的，应当供应桶装水。",
        "要抓住黄金72小时内的救援时机，全力搜救。",
        "火势持续2小时仍未控制的，提请增援。",
        "本预警有效期24小时。",
        "24小时内无新增病例的，可以降级。",
        "确保24小时内通信畅通。",
    ],
)
def test_lengths_that_last_or_measure_set_no_clock(text: str) -> None:
    assert read(text, title="应急处置") == ()


def test_the_receiver_printed_with_the_written_report_is_told_by_phone_too() -> None:
    phone, written = read("北沙镇政府15分钟内电话报告，30分钟内书面报告东河县总值班室。")
    assert phone.to == written.to == ("东河县总值班室",)


def test_the_contents_of_first_and_later_reports_go_with_their_edges() -> None:
    first, again = extract_deadlines(
        plan(
            (
                "4",
                "信息报告",
                [
                    ("4.1", "时限", ["东河县应急局应在1小时内向云州应急局报告，此后每4小时续报一次。"]),
                    (
                        "4.2",
                        "报告内容",
                        [
                            "初报内容包括：时间、地点、影响范围（含水质）、处置情况等。",
                            "续报应包括伤亡变化、救援进展和所需支援、下一步安排。",
                        ],
                    ),
                ],
            )
        )
    ).items
    assert first.contents == ("时间", "地点", "影响范围（含水质）", "处置情况")
    assert again.contents == ("伤亡变化", "救援进展和所需支援", "下一步安排")


def test_contents_may_be_listed_a_line_each() -> None:
    (edge,) = read(
        "使用单位应在30分钟内向监管局报告。", "报告应包括以下内容：", "（1）时间、地点；", "（2）伤亡情况。"
    )
    assert edge.contents == ("时间、地点", "伤亡情况")


def test_what_the_public_is_told_is_not_the_contents_of_a_report() -> None:
    (edge,) = read("县应急局应在2小时内报告县政府。", "信息发布内容包括：起因、进展、防范常识等。")
    assert edge.contents == ()


def test_the_outer_limit_of_a_report_at_once_is_a_second_edge() -> None:
    soon, limit = read("东河县三防办核实后立即报云州三防办，最迟不得超过1小时。")
    assert (soon.within, limit.within) == ("立即", "1小时")
    assert limit.to == soon.to == ("云州三防办",)


def test_a_length_in_which_something_may_change_is_no_limit() -> None:
    (edge,) = read("自事故发生之日起30日内，伤亡人数发生变化的，县应急局应于当日续报。")
    assert (edge.by, edge.within, edge.start) == ("当日", None, ClockStart.CHANGED)
    assert edge.condition == "伤亡人数发生变化"


def test_two_lengths_with_one_verb_are_two_clocks() -> None:
    day, night = read("东河扑火队接到命令后，白天10分钟、夜间15分钟内出动。", title="队伍调动")
    assert [item.within for item in (day, night)] == ["10分钟", "15分钟"]


def test_a_level_that_is_built_upon_is_not_the_level_spoken_of() -> None:
    found = extract_deadlines(
        plan(("4", "Ⅲ级响应", ["在Ⅳ级响应的基础上，采取以下措施：", "县森防指每4小时向云州森防指报告火情。"]))
    )
    assert found.items[0].levels == (ResponseLevel.III,)


def test_the_body_may_stand_after_the_limit() -> None:
    (work,) = read("火灾扑灭后15日内由东河县林业局组织评估。", title="火灾评估")
    assert (work.who, work.within, work.after) == ("东河县林业局", "15日", "火灾扑灭后")


def test_a_body_of_unknown_ending_stays_in_a_list_of_receivers() -> None:
    (edge,) = read("县市监局接报后2小时内向县委、县人大、县政府报告。")
    assert edge.to == ("县委", "县人大", "县政府")


def test_what_is_completed_may_stand_before_the_clock() -> None:
    (work,) = read("总结评估报告应于响应终止之日起30个工作日内完成。", title="总结评估")
    assert (work.what, work.after) == ("总结评估报告完成", "响应终止之日起")


def test_whoever_finds_a_danger_reports_to_the_government_of_the_place() -> None:
    (edge,) = read("发现险情或者接到报告的单位，要在20分钟内向当地人民政府报告。")
    assert (edge.who, edge.to) == ("发现险情或者接到报告的单位", ("当地人民政府",))


def test_a_table_of_limits_is_read_a_row_at_a_time() -> None:
    rows = [
        ["事件级别", "报告时限", "报告对象"],
        ["特别重大（Ⅰ级）", "15分钟内", "州委、州政府"],
        ["一般（Ⅳ级）", "事发后2小时", "县政府"],
    ]
    first, second = extract_deadlines(table(*rows)).items
    assert (first.within, first.to, first.levels) == ("15分钟", ("州委", "州政府"), (Grade.I,))
    assert (second.within, second.after, second.levels) == ("2小时", "事发后", (Grade.IV,))


def test_a_limit_of_a_table_that_is_not_read_is_doubted() -> None:
    found = extract_deadlines(table(["报告单位", "报告时限"], ["县应急局", "2个时辰"]))
    assert found.items == ()
    assert [doubt.why for doubt in found.doubts] == ["limit_not_read"]


def test_whoever_is_told_reports_on_and_not_whoever_told_them() -> None:
    first, second = read(
        "东河医院应当在2小时内向县卫健局报告；接到报告的县卫健局应当在1小时内向县人民政府报告。"
    )
    assert (first.who, second.who, second.after) == ("东河医院", "县卫健局", "接到报告")


def test_a_progress_report_once_a_day_is_repeated() -> None:
    (edge,) = read("疾控中心的进程报告每日一次。")
    assert (edge.every, edge.what, edge.is_report) == ("1日", "疾控中心的进程报告", True)


def test_hours_with_a_colon_are_hours() -> None:
    (edge,) = read("东河供电公司每日8:00、17:00分别报送停电情况。")
    assert (edge.at, edge.what) == (("8：00", "17：00"), "分别报送停电情况")


def test_limits_a_level_in_a_section_on_reporting_are_of_the_report() -> None:
    found = read("运营单位发现后应报告县交通局。", "较大以上的，不得迟于30分钟。")
    assert [(item.within, item.what, item.is_report) for item in found] == [("30分钟", "报告", True)]


def test_receivers_are_parted_at_every_joint() -> None:
    (edge,) = read("运营单位应在1小时内向县交通局、镇政府及县公安局报告。")
    assert edge.to == ("县交通局", "镇政府", "县公安局")


@pytest.mark.parametrize(
    ("text", "within", "who", "to"),
    [
        ("活动中发生意外事故及时报告安全领导小组，确保学生安全。", "及时", None, ("安全领导小组",)),
        ("如医生认为需要送医的，应迅速通知家长，并派人陪同。", "迅速", None, ("家长",)),
        ("接到云州卫健委的疫情通报后，要及时通知有关医院。", "及时", None, ("有关医院",)),
        (
            "门口值班人员为第一责任人，应迅速进行劝阻并报告学校办公室。",
            "迅速",
            "门口值班人员",
            ("学校办公室",),
        ),
        ("发现学生受伤，应当立即向班主任和校医报告。", "立即", None, ("班主任", "校医")),
    ],
)
def test_ordinary_sentences_of_short_plans_tell_whom_to_report_to(
    text: str, within: str, who: str | None, to: tuple[str, ...]
) -> None:
    (edge,) = read(text, title="应急处理")
    assert (edge.within, edge.who, edge.to, edge.is_report) == (within, who, to, True)


@pytest.mark.parametrize(
    "text",
    [
        "县卫健局应迅速通知有关单位做好准备。",
        "县应急局及时向县水利局通报预报信息。",
        "发现隐患及时整改。",
        "接到各方反映后，立即通知抢修队。",
        "信息报告应坚持及时、准确的原则。",
    ],
)
def test_telling_others_in_the_course_of_work_is_no_edge(text: str) -> None:
    assert read(text, title="应急处理") == ()


def test_in_a_section_on_reports_progress_and_manner_are_edges_without_a_receiver() -> None:
    (progress,) = read("要根据事态发展和控制情况及时报告事件进程。")
    assert (progress.within, progress.what) == ("及时", "报告事件进程")
    (duty,) = read("责任报告单位要按照规定及时、准确地报告疫情及其处置情况。")
    assert (duty.within, duty.who) == ("及时", "责任报告单位")
    assert read("要根据事态发展及时报告事件进程。", title="应急处理") == ()


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("每年入汛前要及时补充救灾帐篷。", "每年入汛前"),
        ("各镇应在每年主汛期来临前完成抢险队伍集结。", "每年主汛期来临前"),
        ("每年防火期前，县林业局组织巡护人员到位。", "每年防火期前"),
    ],
)
def test_a_season_sets_a_day_to_be_ready_by(text: str, by: str) -> None:
    (work,) = read(text, title="物资")
    assert work.by == by


def test_tongshi_before_a_comma_goes_on_with_whoever_acted() -> None:
    text = "北沙镇政府接到报告后，应立即组织先期处置。同时，要按规定向东河县应急局报告。"
    (edge,) = read(text, title="应急响应")
    assert (edge.within, edge.who, edge.to) == ("同时", "北沙镇政府", ("东河县应急局",))
