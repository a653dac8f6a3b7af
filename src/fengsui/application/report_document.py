"""A report as an official document (GB/T 9704-2012): head, number, title, receiver, body, copies."""

from __future__ import annotations

from datetime import datetime

from fengsui.application.messages import BEIJING
from fengsui.application.wording import word
from fengsui.core.plan.sheet import Block, HeadingBlock, OfficialDocument, TextBlock
from fengsui.core.response.events_reporting import ReportKind
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_reporting import SentReport

_NUMERALS = "一二三四五六七八九十"
_UPWARD = (ReportKind.FIRST, ReportKind.FOLLOW_UP, ReportKind.FINAL)


def official_report(
    incident: Incident,
    report: SentReport,
    *,
    issuer: str,
    number: str = "",
    exercise: bool = False,
    language: str = "zh",
) -> OfficialDocument:
    """The sheet of ``report``. ``issuer`` is the body that reports, ``number`` its document number.

    A report that was corrected is marked so on every page, and so is one of an exercise.
    """
    marks = [word("report", "exercise_paper", language)] if exercise else []
    if report.amended_by is not None:
        marks.append(word("report", "amended_paper", language))
    clock = incident.clocks[report.clock_id].started
    day = _day(report.at)
    return OfficialDocument(
        title=report.title or word("report", "untitled", language, incident=incident.opened.title),
        body=tuple(_body(incident, report, language)),
        issuer=issuer or None,
        number=number or None,
        signer=word("report", "signer", language) if report.kind in _UPWARD else "",
        addressed_to="、".join(clock.to),
        date=day,
        copied_to="，".join(report.copied),
        imprint=(issuer, word("report", "printed", language, date=day)) if issuer else None,
        marks=tuple(marks),
    )


def _day(at: datetime) -> str:
    here = at.astimezone(BEIJING)
    return f"{here.year}年{here.month}月{here.day}日"


def _body(incident: Incident, report: SentReport, language: str) -> list[Block]:
    mark = word("report", "checking", language)
    blocks: list[Block] = []
    if report.amends is not None:
        blocks.append(TextBlock(text=word("report", "amends_line", language, reason=report.reason)))
    if not report.fields:
        return [*blocks, *(TextBlock(text=line) for line in report.text.split("\n") if line.strip())]
    for place, item in enumerate(report.fields):
        head = f"{_numeral(place + 1)}、{item.label}"
        blocks.append(HeadingBlock(text=head, depth=1))
        blocks.append(TextBlock(text=f"{item.text}{mark if item.checking else ''}"))
    here = report.at.astimezone(BEIJING)
    as_of = f"{_day(report.at)}{here.hour}时{here.minute:02}分"
    blocks.append(TextBlock(text=word("report", "as_of", language, time=as_of)))
    return blocks


def _numeral(number: int) -> str:
    """一 … 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return head + (_NUMERALS[ones - 1] if ones else "")
