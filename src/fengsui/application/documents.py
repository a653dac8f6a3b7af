"""Writing a plan back as an official document (公文), with what the software compiled from it.

The text is that of the outline as read: hard wraps mended, numbers as printed, tables as far as they are
known. The compiled annex rests on the reviewed content; every row names its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise

from fengsui.application.charts import words_for
from fengsui.core.errors import InputError
from fengsui.core.plan.chart.flow import levels_words, limit_words
from fengsui.core.plan.chart.shapes import Say, em_width
from fengsui.core.plan.criterion import AllOf
from fengsui.core.plan.level import LadderKind, Level, Logic
from fengsui.core.plan.model import Numbering, PlanContent
from fengsui.core.plan.reporting import Deadline
from fengsui.core.plan.sheet import Block, HeadingBlock, OfficialDocument, TableBlock, TextBlock
from fengsui.core.reading.blocks import Paragraph, TextLine
from fengsui.core.reading.glyphs import key, squeeze
from fengsui.core.reading.outline import Outline, Section

FORMATS = ("docx", "pdf")
LONGEST_LINE = 30.0
"""A line before the first heading that is no longer than this (em) and no sentence is set in the middle."""
_CHINESE = re.compile(r"[一二三四五六七八九十百零〇]+")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,12}：")
_JOINTS = "。：:；;，,、．. 　"


def official_document(
    content: PlanContent,
    outline: Outline,
    lines: Sequence[TextLine],
    *,
    in_force: bool,
    exercise: bool = False,
    language: str = "zh",
    compiled: bool = True,
) -> OfficialDocument:
    """The plan as an official document.

    ``content`` as reviewed, ``outline`` and ``lines`` the text it was read from. What is not in force is
    marked as a draft on every page, what belongs to an exercise as that. ``compiled`` False leaves out the
    annex made from the data.
    """
    say = words_for(language, "document", "chart")
    identity = content.identity
    issued = identity.issued if identity else None
    issuer = identity.issuer if identity else None
    marks = ([] if in_force else [say("draft"), say("not_in_force")]) + (
        [say("exercise")] if exercise else []
    )
    annex = tuple(_compiled(content, say)) if compiled else ()
    body, attached = _text(outline, {line.number: line.text for line in lines})
    return OfficialDocument(
        title=content.title,
        body=body,
        attached=attached,
        issuer=issuer,
        number=identity.number if identity else None,
        date=_day(issued) if issued else "",
        imprint=(issuer, say("sign_off", date=_day(issued))) if issuer and issued else None,
        compiled_title=say("annex_title") if annex else "",
        compiled_label=say("annex_label") if annex else "",
        compiled=annex,
        marks=tuple(marks),
    )


def outline_of(outlines: Sequence[Outline], content: PlanContent) -> Outline:
    """The outline that ``content`` was read from. Raises InputError("no_plan") when none is at its place."""
    for outline in outlines:
        if outline.first_line == content.first_line:
            return outline
    raise InputError("no_plan")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _text(outline: Outline, lines: dict[int, str]) -> tuple[tuple[Block, ...], tuple[tuple[Block, ...], ...]]:
    """The text of the plan, and its annexes from the first on."""
    body = list(_front(outline))
    attached: list[tuple[Block, ...]] = []
    for top in outline.root.children:
        blocks = [block for section in top.walk() for block in _section(section, outline.numbering, lines)]
        if attached or top.number.startswith("附"):
            attached.append(tuple(blocks))
        else:
            body += blocks
    return tuple(body), tuple(attached)


def _front(outline: Outline) -> Iterator[Block]:
    """What stands before the first heading, the title itself left out."""
    whole = key(outline.title)
    for paragraph in outline.root.paragraphs:
        own = key(paragraph.text)
        if paragraph.cell is None and len(own) > 2 and whole and (own in whole or whole in own):
            continue
        short = em_width(paragraph.text) <= LONGEST_LINE and paragraph.text[-1:] not in "。；："
        yield TextBlock(text=paragraph.text, centred=short)


def _section(section: Section, numbering: Numbering, lines: dict[int, str]) -> Iterator[Block]:
    paragraphs = section.paragraphs
    head = heading_text(section.number, section.title, numbering)
    first = paragraphs[0] if paragraphs else None
    if first is not None and first.cell is None and first.first_line == section.line and head:
        joint = _joint(lines.get(section.line, ""), section.title)
        yield HeadingBlock(text=head + joint, depth=section.depth, rest=first.text)
        paragraphs = paragraphs[1:]
    elif section.number.startswith("附") and section.title:
        # The label of an annex stands by itself, its title below (GB/T 9704, 7.3.7).
        yield HeadingBlock(text=section.number, depth=section.depth)
        yield TextBlock(text=section.title, centred=True)
    elif head:
        yield HeadingBlock(text=head, depth=section.depth)
    yield from _blocks(paragraphs)


def _joint(line: str, title: str) -> str:
    """The mark between a heading and the sentence that goes on in its line, as it stands there."""
    text = squeeze(line)
    at = text.find(title) + len(title)
    if not title or at < len(title) or at >= len(text):
        return ""
    return text[at].strip() if text[at] in _JOINTS else ""


def heading_text(number: str, title: str, numbering: Numbering) -> str:
    """A heading as it is printed: 一、总则, （一）目的, 1.1 目的, 第一章 总则."""
    if not number or not title:
        return number or title
    if _CHINESE.fullmatch(number):
        return f"{number}、{title}"
    if number.isdigit():
        return f"{number} {title}" if numbering is Numbering.DECIMAL else f"{number}.{title}"
    if number[0] in "第附" or "." in number:
        return f"{number} {title}"
    return number + title


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    for table, items in groupby(paragraphs, key=lambda each: each.cell.table if each.cell else None):
        if table is None:
            yield from (TextBlock(text=text) for item in items for text in _as_printed(item))
        else:
            yield _table(list(items))


def _as_printed(paragraph: Paragraph) -> list[str]:
    """The paragraph, parted again where a line of the source began with a label (组长：, 成员：)."""
    cuts = [at for at, _ in paragraph.starts if at and _LABEL.match(paragraph.text, at)]
    return [paragraph.text[a:b].strip() for a, b in pairwise([0, *cuts, len(paragraph.text)])]


def _table(cells: Sequence[Paragraph]) -> TableBlock:
    """The cells of one table in their places; a place nothing is known of stays empty."""
    placed: dict[tuple[int, int], list[str]] = {}
    for paragraph in cells:
        if paragraph.cell is not None:
            placed.setdefault((paragraph.cell.row, paragraph.cell.column), []).append(paragraph.text)
    rows = sorted({row for row, _ in placed})
    columns = sorted({column for _, column in placed})
    table = tuple(tuple("\n".join(placed.get((row, column), ())) for column in columns) for row in rows)
    longest = [max(em_width(row[at]) for row in table) for at in range(len(columns))]
    # Neither a column of single numbers nor one of whole sentences may take all the room.
    return TableBlock(rows=table, widths=tuple(min(max(width, 4.0), 24.0) for width in longest))


def _compiled(content: PlanContent, say: Say) -> Iterator[Block]:
    yield TextBlock(text=say("annex_note"))
    if content.boundary_rule is not None:
        yield TextBlock(text=say("bounds", text=content.boundary_rule.text))
    yield HeadingBlock(text=say("annex_levels"), depth=1)
    levels = [_level_row(level, say) for level in content.levels]
    yield _listed((say("ladder"), say("level"), say("criteria"), say("clause")), levels, (2, 2, 8, 2), say)
    yield HeadingBlock(text=say("annex_powers"), depth=1)
    head = (say("ladder"), say("level"), say("proposer"), say("authority"), say("clause"))
    yield _listed(head, _power_rows(content, say), (2, 2, 4, 5, 2), say)
    yield HeadingBlock(text=say("annex_deadlines"), depth=1)
    head = (say("who"), say("to"), say("what"), say("when"), say("clause"))
    yield _listed(head, [_deadline_row(item, say) for item in content.deadlines], (3, 3, 5, 4, 2), say)


def _listed(
    head: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[float, ...], say: Say
) -> Block:
    return TableBlock(rows=(head, *rows), widths=widths) if rows else TextBlock(text=say("nothing"))


def _level_row(level: Level, say: Say) -> tuple[str, ...]:
    which = "、".join(part for part in (level.hazard, level.subtype) if part)
    texts = [item.text for item in level.criteria]
    if len(texts) > 1:
        lead = say("logic_all" if level.logic is Logic.ALL else "logic_any")
        texts = [lead, *(f"{at}. {text}" for at, text in enumerate(texts, 1))]
    if level.condition is not None and not isinstance(level.condition, AllOf):
        texts.append(say("condition_too", text=level.condition.text))
    ladder = say(f"ladder_{level.kind.value}") + (f"\n{which}" if which else "")
    named = "\n".join(dict.fromkeys(part for part in (say(f"level_{level.level.value}"), level.name) if part))
    return ladder, named, "\n".join(texts) or say("no_criteria"), level.source.clause


def _power_rows(content: PlanContent, say: Say) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for power in content.activation:
        level = say(f"level_{power.level.value}") if power.level else say("any_level")
        who = power.authority + (f"\n{say('approves', name=power.approver)}" if power.approver else "")
        starts = power.kind is LadderKind.RESPONSE
        kind = say(f"ladder_{power.kind.value}") + (f"\n{say('start')}" if starts else "")
        rows.append((kind, level, power.proposer or "—", who, power.source.clause))
    for end in content.termination:
        level = say(f"level_{end.level.value}") if end.level else say("any_level")
        rows.append((say("end"), level, end.proposer or "—", end.authority or "—", end.source.clause))
    return rows


def _deadline_row(item: Deadline, say: Say) -> tuple[str, ...]:
    when = limit_words(item, say)
    levels = "、".join(item.level_names) or levels_words(item.levels, say)
    if levels:
        when += "\n" + say("also_levels", levels=levels)
    return item.who or "—", "、".join(item.to) or "—", item.what, when, item.source.clause
