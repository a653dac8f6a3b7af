"""Every body and office that a plan names, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.plan.model import PlanContent

_ALWAYS = re.compile(r"或者|或|、|，|,|；|;|以及")
_SOMETIMES = re.compile(r"及|和|与")
_ENDS = re.compile(
    r"(?:[局委办部厅处科所室站院校队会府司组长记任]|中心|公司|企业|单位|负责人|领导|民兵)(?:（[^（）]*）)?$"
)
# Offices held by a person: 局长, 副主任, 主要负责人.
TITLE = (
    r"(?:(?:第一|常务)?副?(?:总指挥长?|指挥长|组长|秘书长|主任|书记|主席|经理|政委|参谋长"
    r"|[省州市县区乡镇团师连村厅局处科所院校站队部]长))"
)
OFFICER = re.compile(
    rf"^(?P<body>.*?)(?P<title>{TITLE}"
    r"|(?:主要|分管|有关|相关|党政)*(?:负责人|负责同志|领导同志|领导))(?:同志)?$"
)
# The office of a headquarters, not of a government.
OFFICE = re.compile(r"(?:指挥部|领导小组|委员会|减灾委|安委会|防办)办公室$|^办公室$")


def parts_of(name: str) -> tuple[str, ...]:
    """The bodies of a phrase that names several; nothing for a single body (发展和改革委员会)."""
    parts: list[str] = []
    for part in _ALWAYS.split(name):
        parts.extend(_at_joints(part.strip()))
    parts = [part for part in parts if len(part) >= 2]
    return tuple(parts) if len(parts) > 1 else ()


def _at_joints(text: str) -> list[str]:
    if len(text) > 120:
        return [text]  # prose, not a list of bodies
    for joint in _SOMETIMES.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        if _ENDS.search(left) and _ENDS.search(right) and len(left) > 1 and "（" not in left:
            return [left, *_at_joints(right)]
    return [text]


def printed_names(content: PlanContent) -> Iterator[str]:
    """Every name of a body or office in ``content`` as printed; those who decide come first."""
    for power in content.activation:
        yield from given(power.authority, power.proposer, power.approver, *power.report_to)
    for change in content.level_changes:
        yield from given(change.authority, change.proposer)
    for end in content.termination:
        yield from given(end.authority, end.proposer)
    if content.command:
        hq = content.command
        yield from given(hq.name, *hq.aliases, hq.commander, *hq.deputies, hq.office, hq.office_director)
    for unit in content.units:
        yield from given(unit.name, *unit.aliases)
    for group in content.groups:
        yield from given(group.lead, group.coordinator, *group.members)
    for duty in content.duties:
        yield duty.unit
    for deadline in content.deadlines:
        yield from given(deadline.who, *deadline.to)
    for measure in content.measures:
        yield from given(measure.who)


def given(*names: str | None) -> Iterator[str]:
    """Those of ``names`` that the plan gives."""
    return (name for name in names if name)
