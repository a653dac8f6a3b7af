"""Posts and bodies that a plan relies on and does not define; commanders without substitute."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.bodies import inner_rank, organ, plain, rank
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule

_TITLE = re.compile(r"((?:第一|常务)?副?(?:总指挥长?|指挥长|组长|主任委员|主任))$")
_VAGUE_ROLE = re.compile(r"^(?:主要|主管|分管|有关|相关|上级|带班)(?:负责)?(?:领导|负责人|负责同志)$")


@rule(code="A3", name="post-not-in-organisation", severity=Severity.H)
def check_post(context: PlanContext) -> Iterator[Hit]:
    """A level is started by a post that the plan's organisation does not have."""
    seen: set[tuple[str, int]] = set()
    acting = {power.source.line for power in context.content.activation}
    text = "\n".join(p.text for _, p in context.paragraphs() if p.first_line not in acting)
    text = plain(text)
    for power in context.content.activation:
        name = plain(power.authority)
        found = _TITLE.search(name)
        if found is None or (name, power.source.line) in seen or organ(name) == "office":
            continue
        seen.add((name, power.source.line))
        title = found[1]
        if "副" not in title and not title.startswith(("总指挥", "指挥长")):
            continue  # 主任, 州长: heads whose body is named are known without a list
        if not re.search(rf"(?<!副){re.escape(title)}" if "副" not in title else re.escape(title), text):
            yield Hit(at=power.source, others=_command(context), data={"who": power.authority})


def _command(context: PlanContext) -> tuple[Citation, ...]:
    return (context.content.command.source,) if context.content.command else ()


@rule(code="A3", name="role-undefined", severity=Severity.M)
def check_role(context: PlanContext) -> Iterator[Hit]:
    """Somebody called only 主管领导 or 分管领导 decides or is to be told, and no clause says who that is."""
    content = context.content
    places = [
        (power.authority, power.source)
        for power in content.activation
        if _VAGUE_ROLE.match(plain(power.authority))
    ]
    told = [
        (to, deadline.source)
        for deadline in content.deadlines
        for to in deadline.to
        if _VAGUE_ROLE.match(plain(to))
    ]
    found = places + told
    if not found:
        return
    names = dict.fromkeys(plain(name) for name, _ in found)
    text = plain("".join(line.text for line in context.lines))
    undefined = [name for name in names if not re.search(rf"{name}(?:是指|指|为)|[(（]{name}", text)]
    lines = {source.line: source for name, source in found if plain(name) in undefined}
    if lines:
        first, *rest = [lines[line] for line in sorted(lines)]
        yield Hit(at=first, others=tuple(rest), data={"roles": "、".join(undefined)})


_COMMANDING = re.compile("指挥长")


@rule(code="A3", name="commander-called-differently", severity=Severity.M)
def check_commander(context: PlanContext) -> Iterator[Hit]:
    """The organisation has a 总指挥, and another clause gives a power to a 指挥长 whom it does not have."""
    text = plain("\n".join(p.text for _, p in context.paragraphs()))
    if not re.search(r"(?<!副)总指挥[:：由]", text):
        return
    if re.search(r"(?<!副)(?<!总)指挥长[:：由]|现场指挥长|担任.{0,6}指挥长", text):
        return
    for section, paragraph in context.outline.paragraphs_having(_COMMANDING):
        found = re.search(r"(?<![副总场])指挥长(?:签|批|决定|同意|审)", paragraph.text)
        if found:
            at = context.outline.cite(section, paragraph, found.start(), found.end())
            yield Hit(at=at, others=_command(context))
            return


@rule(code="A3", name="headquarters-told-but-unknown", severity=Severity.M)
def check_told(context: PlanContext) -> Iterator[Hit]:
    """A headquarters that must be told and that stands nowhere in the organisation or in a contact list."""
    content = context.content
    if content.command is None:
        return
    known = [content.command.name, *content.command.aliases]
    known += [unit.name for unit in content.units] + [line.unit for line in content.contacts]
    own = inner_rank(content.command.name)
    found: dict[str, list[Citation]] = {}
    for deadline in content.deadlines:
        for to in deadline.to:
            name = plain(to)
            core = re.search(r"([\u4e00-\u9fff]{2})(?:工作)?(?:指挥部|领导小组)$", name)
            if (
                core is None
                or re.match("现场|本|各|所在", name)
                or rank(name) > own
                or core[1] in ("应急", "救援", "工作", "前方")
            ):
                continue
            if not any(core[1] in plain(each) for each in known):
                found.setdefault(name, []).append(deadline.source)
    for name, places in found.items():
        yield Hit(at=places[0], others=tuple(places[1:]), data={"who": name})


@rule(code="A3", name="no-substitute", severity=Severity.L)
def check_substitute(context: PlanContext) -> Iterator[Hit]:
    """The commander has no substitute: nobody decides while he is away or commands elsewhere."""
    hq = context.content.command
    if hq is None or not hq.commander or re.search(r"授权|委托", hq.commander):
        return
    text = plain("".join(line.text for line in context.lines))
    if not re.search(
        r"因故|不在(?:位|岗)|代行|替补|AB角|A、B角|(?:授权|委托).{0,12}(?:指挥|行使|履行)|代为", text
    ):
        yield Hit(at=hq.source, data={"who": hq.commander})


_MAKES = re.compile(r"(?:成立|设立|组建|组成)([^，,。；;、（(]{2,14}指挥部)")
_HEADED = re.compile(r"总指挥|指挥长|指挥官|现场指挥员|负责人|(?:主要|分管)领导|组长|领导担任")


@rule(code="A3", name="headquarters-without-commander", severity=Severity.M)
def check_headless(context: PlanContext) -> Iterator[Hit]:
    """Another headquarters is set up and no clause says who commands it."""
    hq = context.content.command
    known = [plain(name) for name in (hq.name, *hq.aliases)] if hq else []
    for section, paragraph in context.paragraphs():
        for found in _MAKES.finditer("".join(paragraph.text.split())):
            name = plain(found[1])
            index = section.paragraphs.index(paragraph)
            near = "".join(each.text for each in section.paragraphs[index : index + 2])
            special = re.search(r"救灾|抢险|救援|救助|防控|处置", name)
            if (
                special is None
                or "现场" in name
                or any(name[-6:] in each for each in known)
                or _HEADED.search(near)
            ):
                continue
            if hq is not None and abs(paragraph.first_line - hq.source.line) > 8:  # not the plan's own
                yield Hit(at=context.outline.cite(section, paragraph), data={"name": found[1]})
                return
