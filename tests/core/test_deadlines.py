"""Time limits: the report chain, other work, and lengths that set no clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from clock_outline import plan

from fengsui.core.plan.level import ResponseLevel
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
    assert (edge.every, edge.what) == ("1日", "险情报告制度")


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
