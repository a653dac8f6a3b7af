"""Powers in tables: a level a row (or a column), with a column that says who approves or decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import ActivationAuthority
from fengsui.core.plan.level import LadderKind, step
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.extract.body_text import squeeze
from fengsui.core.reading.extract.clock_tables import Row, tables_of
from fengsui.core.reading.extract.power_levels import LevelNames
from fengsui.core.reading.extract.power_text import clean_body, widen
from fengsui.core.reading.extract.power_verbs import read_power
from fengsui.core.reading.outline import Outline


class Column(StrEnum):
    """What a column (or row) of such a table holds."""

    LEVEL = "level"
    DECIDER = "decider"
    PROPOSER = "proposer"


_WHO = r"(?:人|者|机关|机构|单位|部门|主体|领导|权限|层级)"
_HEADERS = (
    (Column.PROPOSER, re.compile(rf"(?:提出|建议|提请|申请){_WHO}?$")),
    (
        Column.DECIDER,
        re.compile(
            rf"(?:批准|审批|决定|决策|签发|启动|发布|宣布)(?:响应|预警|启动)?的?{_WHO}$|^(?:批准|审批|签发)(?:启动|发布|响应|预警)?$|^(?:响应|启动|决策)主体|启动方式$|^由谁(?:批准|决定|启动)$"
        ),
    ),
    (Column.LEVEL, re.compile(r"级别|等级|分级|^(?:应急)?(?:响应|预警)$")),
)
_LEAD = re.compile(r"^(?:由|报请?|经)|(?:研究)?(?:批准|同意|决定|签发|启动|审批|宣布|发布)*[。；]?$")


@dataclass(frozen=True, slots=True)
class TablePowers:
    """What tables of powers say, their doubts, and the numbers of the tables read."""

    items: tuple[ActivationAuthority, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    tables: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Line:
    """One level of a table: its name, and the cells that say who decides and proposes."""

    level: str
    decider: str
    proposer: str
    source: Citation


def powers_of_tables(outline: Outline, names: LevelNames) -> TablePowers:
    """Each power of a table that has levels and a column of deciders; a doubt where a cell names nobody."""
    items: list[ActivationAuthority] = []
    doubts: list[Doubt] = []
    read: set[int] = set()
    for number, rows in tables_of(outline):
        kind = _kind(rows)
        for line in (*_by_row(outline, rows), *_by_column(outline, rows)):
            levels = names.either(line.level)
            if not levels:
                continue
            read.add(number)
            body = _body(line.decider)
            if body is None:
                doubts.append(
                    Doubt(about="activation", why="decider_not_read", text=line.decider, source=line.source)
                )
                continue
            items += [
                ActivationAuthority(
                    kind=kind,
                    level=step(kind, level),
                    authority=body,
                    proposer=_body(line.proposer),
                    source=line.source,
                )
                for level in levels
            ]
    return TablePowers(tuple(items), tuple(doubts), frozenset(read))


def _by_row(outline: Outline, rows: list[Row]) -> Iterator[_Line]:
    columns = {kind: at for at, kind in ((at, _header(rows[0], at)) for at in reversed(rows[0])) if kind}
    if Column.DECIDER not in columns:
        return
    for row in rows[1:]:
        level = row.get(columns.get(Column.LEVEL, min(row)))
        decider = row.get(columns[Column.DECIDER])
        proposer = row.get(columns[Column.PROPOSER]) if Column.PROPOSER in columns else None
        if level is None or decider is None or level is decider:
            continue
        yield _Line(
            _text(level[1].text),
            _text(decider[1].text),
            _text(proposer[1].text) if proposer else "",
            outline.cite(*decider),
        )


def _by_column(outline: Outline, rows: list[Row]) -> Iterator[_Line]:
    """Levels across, and a row 批准人 below them."""
    heads = rows[0]
    lines = {kind: row for row in reversed(rows[1:]) if (kind := _header(row, min(row)))}
    if Column.DECIDER not in lines or any(_header(heads, at) is Column.DECIDER for at in heads):
        return
    deciders, proposers = lines[Column.DECIDER], lines.get(Column.PROPOSER, {})
    for at in sorted(heads)[1:]:
        if at in deciders:
            proposer = _text(proposers[at][1].text) if at in proposers else ""
            decider = deciders[at]
            yield _Line(_text(heads[at][1].text), _text(decider[1].text), proposer, outline.cite(*decider))


def _header(row: Row, at: int) -> Column | None:
    text = _text(row[at][1].text)
    return next((kind for kind, words in _HEADERS if len(text) <= 12 and words.search(text)), None)


def _text(text: str) -> str:
    return widen(squeeze(text)[0])


def _body(cell: str) -> str | None:
    """Who a cell names: a body, or the decider of a short sentence (由县长批准启动)."""
    if body := clean_body(_LEAD.sub("", cell)):
        return body
    power = read_power(cell)
    return power.authority if power is not None else None


def _kind(rows: list[Row]) -> LadderKind:
    heads = "".join(_text(paragraph.text) for _, paragraph in rows[0].values())
    title = next(iter(rows[0].values()))[0].title
    for text in (heads, title):
        if "响应" in text:
            return LadderKind.RESPONSE
        if "预警" in text:
            return LadderKind.WARNING
    return LadderKind.RESPONSE
