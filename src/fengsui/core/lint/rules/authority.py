"""Who may start and end: nobody, two, a post that does not exist, one who starts and another who ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.bodies import POINTER, UNDIVIDED, VAGUE, inner_rank, organ, plain, rank
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.ladders import ladders
from fengsui.core.lint.registry import rule
from fengsui.core.plan.authority import ActivationAuthority
from fengsui.core.plan.level import AnyLevel, LadderKind, Level, ResponseLevel
from fengsui.core.plan.model import PlanContent
from fengsui.core.reading.outline import Section


def starts(content: PlanContent) -> list[ActivationAuthority]:
    """The powers to start a response."""
    return [power for power in content.activation if power.kind is LadderKind.RESPONSE]


def response_steps(content: PlanContent) -> dict[str, Level]:
    """The steps of a response: of its own ladder, else of the grades of the event (one to one)."""
    own = [level for level in content.levels if level.kind is LadderKind.RESPONSE]
    grades = [level for level in content.levels if level.kind is LadderKind.EVENT_GRADE]
    return {level.level.value: level for level in reversed(own or grades)}


_STARTING = re.compile(
    r"响应(?:的)?启动|启动(?:响应|程序|条件)|分级响应|响应(?:分级|级别|程序|措施|行动)|应急(?:启动|响应)"
)


@rule(code="A1", name="level-nobody-may-start", severity=Severity.H, basis="response_law")
def check_nobody(context: PlanContext) -> Iterator[Hit]:
    """A level of the response that nobody is empowered to start."""
    content = context.content
    named = response_steps(content)
    powers = starts(content)
    held = {power.level.value for power in powers if power.level is not None}
    missing = [level for step, level in sorted(named.items()) if step not in held]
    if any(power.level is None for power in powers) and not held:
        missing = []  # one sentence for all levels
    open_ = [doubt for doubt in context.doubts if doubt.why == "no_authority"]
    for doubt in open_:
        grave = re.search(r"启动.*(?:响应|预案)", re.sub(r"\s", "", doubt.source.quote))
        severity = Severity.H if grave else Severity.M
        yield Hit(at=doubt.source, say="level-nobody-named", mend="level-nobody-named", severity=severity)
    missing = [level for level in missing if level.source.line not in {x.source.line for x in open_}]
    if len(named) < 2 or not missing:
        return
    names = "、".join(level.name for level in missing)
    if held:
        yield Hit(at=missing[0].source, others=tuple(x.source for x in missing[1:]), data={"levels": names})
        return
    at, places = starting_place(context)
    say = None if powers else "no-level-may-be-started"
    yield Hit(at=at, others=places, say=say, data={"levels": names})


def starting_place(context: PlanContext) -> tuple[Citation, tuple[Citation, ...]]:
    """Where the sentence on who starts a level is looked for and missing; the measures it would govern."""
    heading = next(iter(_headings(context, _STARTING)), None)
    places = _measures(context)
    return context.heading(heading) if heading else next(iter(places), context.whole()), places


def _headings(context: PlanContext, title: re.Pattern[str]) -> Iterator[Section]:
    return (section for section in context.outline.sections() if title.search(section.title))


def _measures(context: PlanContext) -> tuple[Citation, ...]:
    """Where the measures of each level begin: there the sentence on who decides is missing."""
    first: dict[AnyLevel, Citation] = {}
    for measure in context.content.measures:
        for level in measure.levels:
            first.setdefault(level, measure.source)
    return tuple(first.values())


@rule(code="G3", name="level-without-response", severity=Severity.H)
def check_level_missing(context: PlanContext) -> Iterator[Hit]:
    """A level of warning or grade to which no level of the response answers."""
    content = context.content
    for ladder in ladders(content):
        if ladder.kind is not LadderKind.RESPONSE or len(ladder.levels) < 2:
            continue
        steps = {level.level.value for level in ladder.levels}
        for power in starts(content):
            if power.level is not None and power.hazard in (None, ladder.hazard):
                steps.add(power.level.value)
        for measure in content.measures:
            if measure.hazard in (None, ladder.hazard):
                steps |= {level.value for level in measure.levels if isinstance(level, ResponseLevel)}
        other = [
            level
            for level in content.levels
            if level.kind is not LadderKind.RESPONSE and level.hazard == ladder.hazard
        ]
        missing = [level for level in other if level.level.value not in steps]
        top = ladder.levels[-1]
        if missing and len({level.kind for level in missing}) == len({level.kind for level in other}):
            data = {"levels": "、".join(level.name for level in missing)}
            yield Hit(at=top.source, others=tuple(level.source for level in missing), data=data)


@rule(code="G3", name="level-missing-in-ladder", severity=Severity.H)
def check_hole(context: PlanContext) -> Iterator[Hit]:
    """A ladder that jumps over a level (Ⅰ, Ⅱ, Ⅳ)."""
    for ladder in ladders(context.content):
        ranks = sorted({level.level.rank for level in ladder.levels})
        holes = [step for step in range(ranks[0], ranks[-1]) if step not in ranks]
        if holes:
            names = "、".join(("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ")[step - 1] + "级" for step in holes)
            yield Hit(at=ladder.levels[0].source, data={"levels": names})


@rule(code="A1", name="warning-nobody-may-issue", severity=Severity.M)
def check_warning(context: PlanContext) -> Iterator[Hit]:
    """Levels of a warning that nobody may issue, though another level has its issuer."""
    powers = [power for power in context.content.activation if power.kind is LadderKind.WARNING]
    held = {power.level.value for power in powers if power.level is not None}
    general = any(
        power.level is None or re.search(r"[红橙黄蓝]色.*[红橙黄蓝]色", power.source.quote)
        for power in powers
    )
    for ladder in ladders(context.content):
        if ladder.kind is not LadderKind.WARNING or general or not held:
            continue
        missing = [level for level in ladder.levels if level.level.value not in held]
        if missing:
            data = {"levels": "、".join(dict.fromkeys(level.name for level in missing))}
            yield Hit(at=powers[0].source, others=(missing[-1].source,), severity=Severity.H, data=data)


@rule(code="A1", name="own-headquarters-starts-nothing", severity=Severity.H)
def check_own(context: PlanContext) -> Iterator[Hit]:
    """Every level is started by a higher government: those whom the plan commands may start nothing."""
    hq = context.content.command
    powers = [power for power in starts(context.content) if power.level is not None]
    if hq is None or len({power.level for power in powers}) < 3 or len(powers) < len(starts(context.content)):
        return
    own = inner_rank(hq.name)
    if own and all(rank(power.authority) > own for power in powers):
        last = max(powers, key=lambda power: power.level.rank if power.level else 0)
        data = {"hq": hq.name, "who": last.authority}
        yield Hit(at=last.source, others=tuple(x.source for x in powers if x is not last), data=data)


_OR = re.compile(r"或者|或")


@rule(code="A2", name="two-who-may-start", severity=Severity.H)
def check_two(context: PlanContext) -> Iterator[Hit]:
    """One level, started by one body or another, so that each may wait for the other."""
    for power in starts(context.content):
        text = plain(power.authority)
        halves = [half for half in _OR.split(text) if len(half) > 1]
        # 指挥长或其授权的副指挥长 is one power with a substitute, not two.
        if len(halves) > 1 and not re.search(r"授权|委托|副|第一", text):
            yield Hit(at=power.source, data={"who": power.authority, "level": _level(power)})


@rule(code="A2", name="started-by-different-bodies", severity=Severity.H)
def check_general(context: PlanContext) -> Iterator[Hit]:
    """One clause gives the start to one body for all levels, another clause to others level by level."""
    powers = starts(context.content)
    each = [power for power in powers if power.level is not None]
    for general in powers:
        name = plain(general.authority)
        several = len({power.level for power in each}) > 1  # one level given to the upper body is no ladder
        if general.level is not None or not several or POINTER.search(name) or organ(name) == "office":
            continue
        if not re.search(r"指挥|政府|委员会|领导小组", name) or general.source.line == each[0].source.line:
            continue
        if not any(_same_body(name, plain(power.authority)) for power in each):
            places = tuple({power.source.line: power.source for power in each}.values())
            data = {"who": general.authority, "others": "、".join(dict.fromkeys(x.authority for x in each))}
            yield Hit(at=general.source, others=places, data=data)


def _same_body(one: str, other: str) -> bool:
    """Whether two names may mean one body: one holds the other, or a commander and a headquarters."""
    if one in other or other in one:
        return True
    if organ(one) != organ(other):
        return False
    return organ(one) == "hq" and (rank(one) == rank(other) or 0 in (rank(one), rank(other)))


def _level(power: ActivationAuthority) -> str:
    return f"{power.level.value}" if power.level else ""


@rule(code="A4", name="started-and-ended-by-others", severity=Severity.M)
def check_end(context: PlanContext) -> Iterator[Hit]:
    """The body that ends the response is none of those that start it."""
    powers = starts(context.content)
    told: set[tuple[str, int]] = set()
    for end in context.content.termination:
        name = plain(end.authority or "")
        if (name, end.source.line) in told:
            continue
        told.add((name, end.source.line))
        if not name or POINTER.search(name) or "预警" in end.source.quote:
            continue
        if VAGUE.search(name):
            yield Hit(at=end.source, say="ended-by-vague-body", data={"who": end.authority or ""})
            continue
        wanted = [x for x in powers if x.level is not None and end.level in (None, x.level)]
        other = [x for x in wanted if not _may_end(name, plain(x.authority))]
        if other:
            data = {
                "who": end.authority or "",
                "others": "、".join(dict.fromkeys(x.authority for x in other)),
            }
            yield Hit(
                at=end.source, others=tuple({x.source.line: x.source for x in other}.values()), data=data
            )


def _may_end(ender: str, starter: str) -> bool:
    if organ(starter) == "office" and organ(ender) != "office":
        return False  # 减灾委 is not 减灾委办公室, though the one name holds the other
    return _same_body(ender, starter)


@rule(code="A1", name="level-nobody-may-end", severity=Severity.H)
def check_nobody_ends(context: PlanContext) -> Iterator[Hit]:
    """The plan says who ends some levels and is silent on the others."""
    ends = [x for x in context.content.termination if x.authority and "预警" not in x.source.quote]
    held = {end.level.value for end in ends if end.level is not None}
    if not ends or any(end.level is None for end in ends):
        return
    held |= ended_elsewhere(context)
    missing = [level for step, level in sorted(response_steps(context.content).items()) if step not in held]
    if missing:
        data = {"levels": "、".join(level.name for level in missing)}
        yield Hit(at=ends[0].source, data=data)


_ROMAN = {"Ⅰ": "I", "一": "I", "Ⅱ": "II", "二": "II", "Ⅲ": "III", "三": "III", "Ⅳ": "IV", "四": "IV"}


def ended_elsewhere(context: PlanContext) -> set[str]:
    """Levels of whose end another sentence speaks (Ⅱ、Ⅲ、Ⅳ级响应的终止由各级机构自定)."""
    found: set[str] = set()
    for _, paragraph in context.paragraphs():
        for sentence in re.split(r"[。；;]", paragraph.text):
            ends = re.search(r"响应[^，]{0,8}(?:终止|结束|解除)|(?:终止|结束|解除)[^，]{0,8}响应", sentence)
            if ends and re.search(r"由|经|自行", sentence):
                found |= {_ROMAN[sign] for sign in re.findall(r"[ⅠⅡⅢⅣ一二三四](?=[、和及级ⅠⅡⅢⅣ])", sentence)}
    return found


@rule(code="A2", name="proposal-without-approval", severity=Severity.M)
def check_proposal(context: PlanContext) -> Iterator[Hit]:
    """Somebody proposes the start and nobody is named who approves it."""
    for power in starts(context.content):
        if power.proposer and not power.approver and plain(power.proposer) == plain(power.authority):
            yield Hit(at=power.source, data={"who": power.proposer})


@rule(code="A1", name="warning-response-undivided", severity=Severity.M)
def check_undivided(context: PlanContext) -> Iterator[Hit]:
    """A response to warnings without levels: one office starts it, whatever is coming."""
    content = context.content
    if any(level.kind is LadderKind.WARNING for level in content.levels):
        return
    for power in content.activation:
        quote = re.sub(r"\s", "", power.source.quote)
        if power.kind is LadderKind.WARNING and power.level is None and re.search(UNDIVIDED, quote):
            yield Hit(at=power.source, data={"who": power.authority})
            return
