from datetime import UTC, datetime, timedelta

from fengsui.core.citation import Citation
from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response.events import ReportClockStarted
from fengsui.core.response.incident import ClockState, Said

START = datetime(2026, 5, 1, 8, tzinfo=UTC)
HERE = Citation(document="d", clause="4.1", line=79, quote="每12小时续报一次")


def test_a_repeated_report_runs_from_the_last_one_sent() -> None:
    started = ReportClockStarted(
        clock_id="c1",
        plan_id="p",
        who="州指挥部办公室",
        to=("州人民政府",),
        what="续报",
        started_at=START,
        start=ClockStart.ACTIVATED,
        due=START + timedelta(hours=12),
        every=timedelta(hours=12),
        words="12小时",
        source=HERE,
    )
    fresh = ClockState(started=started, at=START, due=START + timedelta(hours=12))
    assert fresh.since == START
    later = START + timedelta(hours=11)
    sent = Said(kind="report", text="已续报", at=later, by="duty")
    assert ClockState(started=started, at=START, due=None, sent=(sent,)).since == later
