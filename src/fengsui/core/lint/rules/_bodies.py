"""Whether two names printed in one plan mean one body; the places a plan governs, by its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from fengsui.core.lint.context import PlanContext
from fengsui.core.plan.model import PlanContent
from fengsui.core.reading.blocks import Paragraph
from fengsui.core.reading.outline import Outline, Section

_AREA = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?:自治区|自治州|自治县|省|州市|州|市|县|区|旗|街道|镇|乡|兵团|团|师)(?![室委队])"
)
_LEVEL = re.compile(
    r"^(?:自治区|自治州|师市|[省州市县区镇乡团师本我])(?=..)(?!市[场政容民]|区域|团委|州市|师[生范])"
)
_ENDS = (
    ("委员会", "委"),
    ("办公室", "办"),
    ("人民政府", "政府"),
    ("管理局", "局"),
    ("服务中心", "中心"),
    ("武装部", "武部"),
)
_GENERAL = re.compile(
    r"^(?:各|有关|相关|其他|事故?发|事件发|灾害发|受灾|当地|属地|涉|社区|基层|重点)|单位$|部门$"
)
_NO_DEPARTMENT = re.compile(r"党委$|政府$|军区$|分区$|[省州市县区师]$")
_POST = re.compile(r"(?:长|主任|书记|政委|经理|负责人|负责同志|领导)$")
_SHORT = 2
"""Signs of a stem that may stand for a longer name."""
_OTHER_AREA = re.compile(r"^[\u4e00-\u9fff]{2,4}[省州市县区](?=[\u4e00-\u9fff]{4})")
MEDICAL = re.compile(r"医|卫生|卫健|急救|疾控|红十字|120")


@lru_cache(maxsize=256)
def areas(title: str) -> tuple[str, ...]:
    """The areas a title begins with, widest first (A市B镇… → A市, B镇); nothing if it names none."""
    found: list[str] = []
    at = 0
    while (match := _AREA.match(title, at)) and len(found) < 4:
        if re.match(r"^.*(?:事故|灾害|事件|应急|自然|安全|防|水|地[震质])", match.group()):
            break
        found.append(match.group())
        at = match.end()
    return tuple(found)


def is_township(title: str) -> bool:
    """Whether the plan is one of a township, a town or a regiment."""
    own = areas(title)
    return bool(own) and own[-1][-1] in "镇乡团道"


@lru_cache(maxsize=4096)
def core(name: str, title: str) -> str:
    """``name`` without the areas of the title before it and without a bracket."""
    name = re.sub(r"\s|（[^（）]*）|\([^()]*\)", "", name)
    for area in areas(title):
        whole = re.sub(r"^(..+?)(?:[\u4e00-\u9fff]{1,3}族)+(?=自治)", r"\1", area)
        short = re.sub(r"(?:自治)?[省州市县区镇乡团师]$", "", whole)
        name = re.sub(rf"^(?:{re.escape(area)}|{re.escape(short)}[省州市县区]?)(?=..)", "", name)
    return _LEVEL.sub("", name)


def is_post(name: str) -> bool:
    """Whether a name is that of an office held by a person."""
    return bool(_POST.search(name))


def is_other_level(name: str, title: str) -> bool:
    """Whether a name begins with the word of a level that is not the plan's own (市… in a plan of a town)."""
    own = areas(title)
    if not own or any(name.startswith(area) for area in own[-1:]):
        return False
    level = _LEVEL.match(name)
    return bool(level and level.group()[-1] not in f"本我{own[-1][-1]}") or name.startswith(own[:-1] or "\0")


def is_general(name: str) -> bool:
    """Whether a name means a kind of body and no single one."""
    return bool(_GENERAL.search(re.sub(r"\s", "", name)))


@lru_cache(maxsize=16384)
def _even(name: str) -> str:
    for long, short in _ENDS:
        if name.endswith(long):
            return name[: -len(long)] + short
    return name


def shortens(short: str, full: str) -> bool:
    """Whether the signs of ``short`` stand in ``full`` in order, beginning and ending alike."""
    short, full = _even(short), _even(full)
    if len(short) < 3 or len(short) >= len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    signs = iter(full)
    return all(sign in signs for sign in short)


@lru_cache(maxsize=16384)
def same_body(one: str, other: str, title: str) -> bool:
    """Whether both names may mean one body; in doubt they do, so that no rule cries wolf."""
    a, b = core(one, title), core(other, title)
    if _even(a) == _even(b) or sorted(a) == sorted(b):
        return True
    if min(len(a), len(b)) >= 2 and (a.endswith(b) or b.endswith(a)):
        return True
    if min(len(_stem(a)), len(_stem(b))) >= 2 and (a.startswith(_stem(b)) or b.startswith(_stem(a))):
        return True
    return shortens(a, b) or shortens(b, a)


@lru_cache(maxsize=16384)
def _stem(name: str) -> str:
    return re.sub(r"(?:委员会|办公室|管理局|服务中心|中心|部门|支队|大队|中队|[局委办部厅所队会])$", "", name)


def members(content: PlanContent) -> tuple[str, ...]:
    """The member bodies as printed; nothing where the plan has no real list (fewer than three)."""
    names = tuple(unit.name for unit in content.units if unit.member)
    bodies = (name for name in names if not _NO_DEPARTMENT.search(name) and not is_post(name))
    return names if sum(1 for _ in bodies) >= 3 else ()


def mentions(name: str, text: str, title: str) -> bool:
    """Whether ``text`` speaks of the body, by name, by stem or by a longer form of it."""
    plain = _OTHER_AREA.sub("", core(name, title))
    if plain in text or (len(_stem(plain)) >= 2 and _stem(plain) in text):
        return True
    if len(plain) >= 3 and re.search(r"\w{0,3}".join(map(re.escape, plain)), text):
        return True
    return _spelled_out(_stem(plain), text)


def _spelled_out(stem: str, text: str) -> bool:
    """Whether a body of which ``stem`` is the short form (社事 → 社会事务办公室) stands in ``text``."""
    if len(stem) != _SHORT:
        return False
    first, second = map(re.escape, stem)
    longer = rf"{first}\w?{second}\w{{1,6}}(?:办公室|中心|局|委员会|站|所)"
    return bool(re.search(longer, text))


def is_annex(section: Section) -> bool:
    """Whether the section is an annex or a heading over annexes."""
    return section.number.startswith("附") or section.title in ("附件", "附录", "附表")


def body_paragraphs(context: PlanContext) -> Iterator[tuple[Section, Paragraph]]:
    """Every paragraph outside the annexes, in order."""
    return iter(_body_paragraphs(context.outline))


@lru_cache(maxsize=2)
def _body_paragraphs(outline: Outline) -> tuple[tuple[Section, Paragraph], ...]:
    """Found once for a plan: a score of rules look through them."""
    found: list[tuple[Section, Paragraph]] = []
    waiting = [outline.root]
    while waiting:
        section = waiting.pop()
        if not is_annex(section):
            found += [(section, paragraph) for paragraph in section.paragraphs]
            waiting += reversed(section.children)
    return tuple(found)
