"""What a clock leaves in doubt: nobody named, no interval, two bodies run together where a mark was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.plan.model import Doubt
from fengsui.core.plan.reporting import Deadline

_ENDS = r"(?:委员会|指挥部|办公室|人民政府|政府|[厅局委部办队])"
_AREA = r"(?:国家|国务院|自治区|[省市县州])"
# 省减灾委省应急厅: an end of a name, then the area of the next. 县委县政府 is one phrase of the trade.
_RUN_TOGETHER = re.compile(rf"{_ENDS}(?<!党委)(?<![省市县州区]委)(?={_AREA}[\u4e00-\u9fff]{{1,12}}?{_ENDS})")


def doubts_of(item: Deadline, text: str) -> Iterator[Doubt]:
    """The doubts about one clock read from the sentence ``text``."""
    if item.span is not None and item.who is None and not item.to:
        yield Doubt(about="deadline", why="deadline_without_body", text=text, source=item.source)
    if item.span is not None and item.who is None and item.to and not any(body in text for body in item.to):
        yield Doubt(about="deadline", why="receiver_said_before", text=text, source=item.source)
    if item.span is not None and item.after is not None and item.after not in text:
        yield Doubt(about="deadline", why="start_said_above", text=text, source=item.source)
    if item.every is not None and item.span is None:
        yield Doubt(about="deadline", why="interval_not_given", text=text, source=item.source)
    if any(_RUN_TOGETHER.search(body) for body in (item.who or "", *item.to)):
        yield Doubt(about="deadline", why="bodies_run_together", text=text, source=item.source)
