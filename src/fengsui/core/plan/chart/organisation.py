"""Charts of bodies: the headquarters with all below it, and the command on the scene (组织体系图).

What the plan does not name is said in the drawing, in words; nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fengsui.core.plan.authority import Duty, Headquarters, Measure, PlanUnit, WorkGroup
from fengsui.core.plan.chart.shapes import (
    Box,
    Chart,
    Content,
    Frame,
    Line,
    Say,
    clause_mark,
    grid,
    heading_citation,
    place,
    stretch,
)
from fengsui.core.plan.model import PlanContent

WIDTH = 1120.0
MARGIN, SPINE, INSET = 16.0, 30.0, 52.0
"""Edge of the drawing, where the line to the frames runs down, and where frames begin."""
CAPTION = 34.0
STEP = 40.0
"""Room between two rows for the lines that join them."""
GROUP_COLUMNS, UNIT_COLUMNS = 4, 6
_ON_SCENE = re.compile(
    r"现场(?:应急|抢险|救援|处置|联合|应急救援|工作|前线)*指挥(?:部|机构|所|中心)?|前线指挥部?|前方指挥部?"
)


@dataclass(slots=True)
class _Sheet:
    """A chart of bodies while it is being laid out, from the top down."""

    say: Say
    y: float = MARGIN
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    def head(self, content: Content, width: float = 420.0) -> Box:
        """The body that stands above all."""
        mark = clause_mark(content.source, self.say)
        box = place(content, (WIDTH - width) / 2, self.y, width, clause=mark)
        self.boxes.append(box)
        self.y = box.bottom
        return box

    def row(self, above: Box, contents: Sequence[Content]) -> None:
        """Boxes side by side below ``above``, each joined to it by a line through the gap."""
        if not contents:
            return
        width = min(420.0, (WIDTH - 2 * INSET - 28.0 * (len(contents) - 1)) / len(contents))
        left = (WIDTH - width * len(contents) - 28.0 * (len(contents) - 1)) / 2
        row = stretch(
            [
                place(
                    item,
                    left + at * (width + 28.0),
                    self.y + STEP,
                    width,
                    lines=8,
                    clause=clause_mark(item.source, self.say),
                )
                for at, item in enumerate(contents)
            ]
        )
        turn = self.y + STEP / 2
        for box in row:
            points = (
                (above.middle, above.bottom),
                (above.middle, turn),
                (box.middle, turn),
                (box.middle, box.y),
            )
            self.lines.append(Line(points=points))
        self.boxes.extend(row)
        self.y = row[0].bottom

    def framed(self, head: Box, caption: str, contents: Sequence[Content], columns: int, lines: int) -> None:
        """A frame with boxes in rows, joined to ``head`` by the line that runs down at the left."""
        top = self.y + STEP
        left, width = INSET, WIDTH - INSET - MARGIN
        inner = width - 2 * MARGIN
        found, bottom = grid(contents, left + MARGIN, top + CAPTION, inner, columns, self.say, lines=lines)
        height = bottom - top + MARGIN
        self.frames.append(Frame(x=left, y=top, width=width, height=height, caption=caption))
        turn, entry = head.bottom + STEP / 2, top + CAPTION / 2
        points = (
            (head.middle, head.bottom),
            (head.middle, turn),
            (SPINE, turn),
            (SPINE, entry),
            (left, entry),
        )
        self.lines.append(Line(points=points))
        self.boxes.extend(found)
        self.y = top + height

    def missing(self, code: str) -> Content:
        """A box that says what the plan does not name."""
        return Content(kind="missing", title=self.say(code))

    def chart(self, name: str, title: str, desc: str) -> Chart:
        """The finished drawing."""
        return Chart(
            name=name,
            title=title,
            desc=desc,
            width=WIDTH,
            height=self.y + MARGIN,
            boxes=tuple(self.boxes),
            lines=tuple(self.lines),
            frames=tuple(self.frames),
        )


def headquarters_chart(content: PlanContent, say: Say) -> Chart:
    """The headquarters, who heads it, its office, its groups and its member bodies."""
    sheet = _Sheet(say)
    command = content.command
    if command is None:
        head = sheet.head(sheet.missing("no_command"))
    else:
        head = sheet.head(_command(command, say))
        sheet.row(head, _beside(command, say))
    groups = [_group(group, say) for group in content.groups] or [sheet.missing("no_groups")]
    sheet.framed(head, say("groups", count=len(content.groups)), groups, GROUP_COLUMNS, 5)
    members = _members(content.units)
    boxes = [Content(kind="unit", title=unit.name, source=unit.source) for unit in members]
    sheet.framed(
        head, say("members", count=len(members)), boxes or [sheet.missing("no_members")], UNIT_COLUMNS, 2
    )
    desc = say(
        "headquarters_desc",
        name=command.name if command else say("no_command"),
        head=(command.commander if command else None) or say("unnamed"),
        groups=len(content.groups),
        members=len(members),
    )
    return sheet.chart("headquarters", say("headquarters_title", title=content.title), desc)


def _members(units: tuple[PlanUnit, ...]) -> list[PlanUnit]:
    return [unit for unit in units if unit.member] or list(units)


def _command(command: Headquarters, say: Say) -> Content:
    head = say("commander", name=command.commander) if command.commander else say("no_commander")
    return Content(kind="command", title=command.name, body=(head,), source=command.source)


def _beside(command: Headquarters, say: Say) -> list[Content]:
    found = []
    if command.deputies:
        found.append(
            Content(kind="post", title=say("deputies"), body=command.deputies, source=command.source)
        )
    if command.office or command.office_director:
        director = (say("director", name=command.office_director),) if command.office_director else ()
        seat = (say("office_at", name=command.office),) if command.office else ()
        found.append(
            Content(kind="office", title=say("office"), body=(*seat, *director), source=command.source)
        )
    return found


def _group(group: WorkGroup, say: Say) -> Content:
    lead = say("lead", name=group.lead) if group.lead else say("no_lead")
    members = (say("group_members", names="、".join(group.members)),) if group.members else ()
    coordinator = (say("coordinator", name=group.coordinator),) if group.coordinator else ()
    title = say("shown_only", name=group.name) if group.out_of_scope else group.name
    return Content(kind="group", title=title, body=(lead, *coordinator, *members), source=group.source)


def scene_chart(content: PlanContent, say: Say) -> Chart:
    """The command on the scene with its groups: those the plan sets there, else those of the plan."""
    sheet = _Sheet(say)
    found = _scene_command(content, say)
    head = sheet.head(found or sheet.missing("no_scene"))
    if content.command is not None:
        above = say("under", name=content.command.name)
        sheet.row(head, [Content(kind="command", title=above, source=content.command.source)])
    groups = groups_on_scene(content)
    own = groups != content.groups
    boxes = [_group(group, say) for group in groups] or [sheet.missing("no_groups")]
    caption = say("scene_groups" if own or found is None else "plan_groups", count=len(groups))
    sheet.framed(head, caption, boxes, GROUP_COLUMNS, 5)
    desc = say("scene_desc", name=found.title if found else say("no_scene"), groups=len(groups))
    return sheet.chart("scene", say("scene_title", title=content.title), desc)


def groups_on_scene(content: PlanContent) -> tuple[WorkGroup, ...]:
    """The groups that stand under a heading of the command on the scene; all groups where none does."""
    lines = [heading.line for heading in content.headings]
    scene = [at for at, heading in enumerate(content.headings) if _ON_SCENE.search(heading.title)]
    spans = [(lines[at], lines[at + 1] if at + 1 < len(lines) else content.last_line + 1) for at in scene]
    there = tuple(
        group for group in content.groups if any(first <= group.source.line < after for first, after in spans)
    )
    return there or content.groups


def _scene_command(content: PlanContent, say: Say) -> Content | None:
    """The command on the scene as far as the plan speaks of it, with the sentence that sets it up."""
    for heading in content.headings:
        if _ON_SCENE.search(heading.title):
            own = f"{heading.number} {heading.title}".strip()
            return Content(
                kind="command",
                title=say("scene"),
                body=(say("set_up_in", clause=own),),
                source=heading_citation(content, heading),
            )
    spoken: tuple[Measure | Duty, ...] = (*content.measures, *content.duties)
    for item in spoken:
        named = _ON_SCENE.search(item.text)
        if named is not None:
            return Content(kind="command", title=named[0], body=(item.text,), source=item.source)
    for group in content.groups:
        named = _ON_SCENE.search(group.source.quote)
        if named is not None:
            return Content(kind="command", title=named[0], source=group.source)
    return None
