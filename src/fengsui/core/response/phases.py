"""Which part of a plan a clause stands in: before, during or after the response.

A measure under 预警, 监测, 后期处置 or 保障 is not begun by starting the response, unless its sentence names
response levels itself.
"""

from __future__ import annotations

import re

from fengsui.core.plan.model import Heading, PlanContent

_OTHER_PHASE = re.compile(
    r"预警|监测|预防|后期|善后|恢复|重建|保障|总则|演练|培训|宣传教育|监督|奖惩|附则|修订"
)


def heading_over(content: PlanContent, clause: str) -> Heading | None:
    """The innermost listed heading that ``clause`` stands under."""
    over = [heading for heading in content.headings if heading.number and _under(clause, heading.number)]
    return max(over, key=lambda heading: len(heading.number), default=None)


def _under(clause: str, number: str) -> bool:
    if not clause.startswith(number):
        return False
    rest = clause[len(number) :]
    # 4.14 is not under 4.1.
    return not (rest[:1].isdigit() and number[-1].isdigit())


def is_of_response(content: PlanContent, clause: str) -> bool:
    """Whether what ``clause`` prescribes is done in a response."""
    heading = heading_over(content, clause)
    return heading is None or _OTHER_PHASE.search(heading.title) is None
