"""Reports and their clocks: no figure, nobody told, a clock that never starts, a gate before the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from fengsui.core.citation import Citation
from fengsui.core.lint.bodies import inner_rank, plain, rank
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule
from fengsui.core.plan.reporting import ClockStart, Deadline, Means
from fengsui.core.reading.phrases.folded import fold

_LATER = re.compile(
    r"续报|终报|核报|零报告|总结|评估|备案|调查|统计|汇总灾情|调整|恢复|补报|反馈|评审|修订|审计|冬春"
)
_WITNESS = re.compile(r"现场|目击|知情|发现|任何|个人|公民|群众|值班|项目经理")
_HAPPENED = (ClockStart.OCCURRED, ClockStart.LEARNED, ClockStart.RECEIVED, ClockStart.OTHER)


def first_reports(context: PlanContext) -> list[Deadline]:
    """The reports of an event that go up for the first time; follow-ups and paperwork left out."""
    return [
        each
        for each in context.content.deadlines
        if each.is_report
        and each.start in _HAPPENED
        and not each.every
        and not each.by
        and not _LATER.search(plain(each.what))
    ]


def _has_figure(deadline: Deadline) -> bool:
    return deadline.span is not None or bool(deadline.every or deadline.by)


def _timed(reports: list[Deadline]) -> list[Deadline]:
    """The reports of the event itself that have a figure; summaries and statistics left out."""
    return [
        each
        for each in reports
        if _has_figure(each) and (each.start is ClockStart.PREVIOUS or not _LATER.search(plain(each.what)))
    ]


_SMALL = re.compile(r"我校|本校|学校|中学|小学|学院|幼儿园|项目部|我司|本公司")


@rule(code="R1", name="no-report-deadline", severity=Severity.H, basis="response_law")
def check_none(context: PlanContext) -> Iterator[Hit]:
    """No report of the plan has a limit in hours or minutes: only 及时, 立即 or nothing."""
    reports = [each for each in context.content.deadlines if each.is_report]
    if _timed(reports):
        return
    # A school or a site tells its superior, who holds the clock of the law.
    head = context.content.title + "".join(line.text for line in context.lines[:12])
    small = _SMALL.search(context.content.title) or not inner_rank(context.content.title)
    severity = Severity.M if _SMALL.search(head) and small else None
    if not reports:
        spoken = _spoken(context)
        say = None if spoken else "no-report-at-all"
        yield Hit(at=spoken or _reporting(context), say=say, severity=severity)
        return
    first, *rest = sorted(reports, key=lambda each: each.source.line)
    yield Hit(at=first.source, others=tuple(each.source for each in rest), severity=severity)


_TOLD = re.compile(
    r"向[^，。；、]{2,20}(?:报告|汇报|上报)|(?:立即|及时|迅速|马上|随时)[^，。；]{0,6}(?:报告|上报|汇报)"
)


def _spoken(context: PlanContext) -> Citation | None:
    """A report that is spoken of, though not as a duty with a limit."""
    for section, paragraph in context.paragraphs():
        found = _TOLD.search(paragraph.text)
        if found and not re.search(r"隐患|演练", paragraph.text):
            return context.outline.cite(section, paragraph, found.start(), found.end())
    return None


def _reporting(context: PlanContext) -> Citation:
    title = re.compile(r"(?:信息|事故|灾情|险情|事件).{0,4}报告|报告(?:程序|制度|时限)|信息报送|响应程序")
    for section in context.outline.sections():
        if title.search(section.title):
            return context.heading(section)
    return context.whole()


@rule(code="R1", name="upward-report-without-figure", severity=Severity.M, basis="response_law")
def check_upward(context: PlanContext) -> Iterator[Hit]:
    """A report to a government or a higher body that is due 及时 only, while others have a figure."""
    reports = [each for each in context.content.deadlines if each.is_report]
    if not _timed(reports):
        return  # told once by no-report-deadline
    timed = {plain(each.who or "") for each in _timed(reports)}
    own = inner_rank(context.content.command.name) if context.content.command else 0
    found = [
        each
        for each in context.content.deadlines
        if each.is_report
        and not _has_figure(each)
        and each.start is not ClockStart.CHANGED
        and each.within != "同时"
        and not re.search(r"隐患|检验|监测|预测|相邻", each.source.quote)
        and not any(name and name in plain(each.who or "") for name in timed)
        and not _WITNESS.search(each.who or "")
        and any(re.search(r"政府|党委|[厅局]$", plain(to)) and rank(to) >= own for to in each.to)
    ]
    if found:
        data = {"who": found[0].who or "", "to": "、".join(found[0].to), "within": found[0].within or ""}
        yield Hit(at=found[0].source, others=tuple(each.source for each in found[1:]), data=data)


_GATE = re.compile(
    r"(?:经|由|(?<!接)(?<!上)报(?!告|送|灾|信))[^，,。；;]{0,24}(?:签字|签发|签署(?:意见)?|审核|审定|审签|同意|审批|批准|把关)"
    r"[^。；;]{0,6}[后，,再]+[^。；;]{0,24}(?:上报|报送|报告|报出)"
)
_UPWARD = re.compile(r"灾情|险情|汛情|事故|突发|信息|事件")
_NO_REPORT = re.compile(
    r"预案|方案|发布信息|对外|媒体|新闻|评估|总结|调查报告|预警信息|物资|资金|经费|终止|启动|建议"
)


@rule(code="R1", name="gate-before-report", severity=Severity.H)
def check_gate(context: PlanContext) -> Iterator[Hit]:
    """A report of the event that waits for a signature and has no limit of its own."""
    for at, timed in _gates(context):
        if not timed:
            yield Hit(at=at)


@rule(code="R2", name="gate-inside-clock", severity=Severity.M)
def check_gate_inside(context: PlanContext) -> Iterator[Hit]:
    """A report that must be consulted, checked and signed within the very time in which it is due."""
    for at, timed in _gates(context):
        if timed:
            yield Hit(at=at)


def _solid(text: str) -> str:
    return "".join(text.split())


def _gates(context: PlanContext) -> Iterator[tuple[Citation, bool]]:
    for section, paragraph in context.paragraphs():
        if not _GATE.search(_solid(paragraph.text)):
            continue
        offset = 0
        for sentence in re.split(r"(?<=[。；;])", paragraph.text):
            found = _GATE.search(_solid(sentence))
            wanted = found and _UPWARD.search(sentence + section.title) and not _NO_REPORT.search(sentence)
            if wanted:
                at = context.outline.cite(section, paragraph, offset, offset + len(sentence))
                yield at, bool(re.search(r"\d+\s*(?:个)?(?:小时|分钟)|半(?:个)?小时", fold(sentence).text))
            offset += len(sentence)


@rule(code="R2", name="clock-hangs-on-untimed-report", severity=Severity.M)
def check_hanging(context: PlanContext) -> Iterator[Hit]:
    """A written report counted from a telephone report that has no limit: the clock may never start."""
    deadlines = context.content.deadlines
    for each in deadlines:
        if each.start is not ClockStart.PREVIOUS or each.span is None or each.form is not Means.WRITTEN:
            continue
        before = [
            other
            for other in deadlines
            if other is not each and other.who == each.who and other.source.line == each.source.line
        ]
        if not any(other.span is not None and other.start is not ClockStart.PREVIOUS for other in before):
            data = {"within": each.within or "", "who": each.who or ""}
            yield Hit(at=each.source, data=data)


@rule(code="R2", name="clock-without-event", severity=Severity.M)
def check_event(context: PlanContext) -> Iterator[Hit]:
    """A limit in hours that says from which event nobody counts."""
    seen: set[int] = set()
    for each in first_reports(context):
        counted = each.after or each.levels or each.condition or each.start is not ClockStart.OTHER
        counted = counted or each.source.line in seen
        if each.span is None or each.span > timedelta(hours=24) or counted:
            continue
        before = plain(each.source.quote).split(each.within or " ")[0]
        if not re.search(r"后|起|时[，,]|之日|发生|发现|造成|出现|接|获|得", before):
            seen.add(each.source.line)
            yield Hit(at=each.source, data={"within": each.within or "", "who": each.who or ""})


@rule(code="R1", name="report-without-receiver", severity=Severity.L)
def check_receiver(context: PlanContext) -> Iterator[Hit]:
    """A report that must be made and that nobody is named to receive."""
    reports = first_reports(context)
    told = {plain(each.who or "") for each in reports if each.to}
    for each in reports:
        if plain(each.who or "") in told:
            continue  # another clause says to whom this body reports
        named = each.to or re.search(
            r"\d{3,}|电话|向|(?:报告|上报|报送)(?!结果|情况|信息)[\u4e00-\u9fff]{2}", each.source.quote
        )
        if (
            not named
            and each.who
            and not _WITNESS.search(each.who)
            and re.search(r"报告|上报|报送", each.what)
        ):
            yield Hit(at=each.source, data={"who": each.who})


_SUMMARY = re.compile(
    r"(?:总结|评估)报告|(?:进行|开展|做好|作出)[^，。]{0,10}总结|(?:写出|形成|提出|提交)[^，。]{0,12}总结"
)
_SUMMARY_DUE = re.compile(r"\d+\s*(?:个)?(?:工作)?[日天月]|[一二三]个月|及时|尽快|每年|每半年|季度")
_AFTER = re.compile(r"后期|善后|总结|评估|恢复|终止|结束")


@rule(code="R1", name="summary-without-deadline", severity=Severity.L)
def check_summary(context: PlanContext) -> Iterator[Hit]:
    """A summary of the response that is due to nobody at no time."""
    timed = {each.source.line for each in context.content.deadlines if _has_figure(each)}
    for section, paragraph in context.paragraphs():
        found = _SUMMARY.search(_solid(paragraph.text))
        if not found:
            continue
        path = "".join(each.title for each in context.outline.path_to(section))
        if not _AFTER.search(path) or re.search("演练|预案管理|附则", path):
            continue
        text = fold(paragraph.text).text
        lines = range(paragraph.first_line, paragraph.last_line + 1)
        before = text[max(0, found.start() - 6) : found.start()]
        if timed & set(lines) or _SUMMARY_DUE.search(text) or re.search(r"根据|依据|按照?|参照", before):
            continue
        yield Hit(at=context.outline.cite(section, paragraph), data={"words": found[0]})
        return


@rule(code="G5", name="duty-worded-as-option", severity=Severity.M)
def check_option(context: PlanContext) -> Iterator[Hit]:
    """A timed report of the gravest events worded 可: may is no duty."""
    for each in context.content.deadlines:
        quote = re.sub(r"\s", "", each.source.quote)
        optional = re.match(r"可(?:以)?(?:直接|越级|先行)?(?:上报|报告|报送)", plain(each.what))
        if each.is_report and each.span is not None and optional and "必要时" not in quote:
            yield Hit(at=each.source, data={"within": each.within or ""})


_QUALIFIED = re.compile(
    r"续报|书面|电话|口头|初报|首报|终报|核实|特别重大|重大|较大|一般|[ⅠⅡⅢⅣ一二三四]级|夜间|节假日|值班|死亡"
)


@rule(code="R2", name="deadlines-contradict", severity=Severity.M)
def check_contradiction(context: PlanContext) -> Iterator[Hit]:
    """The same report of the same body to the same receiver, due in one time here and another there."""
    found: dict[tuple[str, tuple[str, ...], str], list[Deadline]] = {}
    for each in first_reports(context):
        plain_one = not (each.levels or each.condition or each.form) and each.span is not None
        if plain_one and each.who and each.to and not _QUALIFIED.search(plain(each.source.quote)):
            key = (plain(each.who), tuple(sorted(map(plain, each.to))), each.start.value)
            found.setdefault(key, []).append(each)
    for same in found.values():
        spans = {each.span for each in same}
        lines = {each.source.line for each in same}
        if len(spans) > 1 and len(lines) > 1:
            first, *rest = sorted(same, key=lambda each: each.source.line)
            data = {
                "who": first.who or "",
                "to": "、".join(first.to),
                "spans": "、".join(dict.fromkeys(each.within or "" for each in (first, *rest))),
            }
            yield Hit(at=first.source, others=tuple(each.source for each in rest), data=data)
