"""Which kind of emergency and which kind of plan a title speaks of (灾种、预案类别)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from fengsui.core.plan.surroundings import HazardClass, PlanKind

_OVERALL = re.compile(r"总体|(?:突发事件|突发公共事件)综合应急预案")
_ON_SITE = re.compile(r"现场(?:应急)?处置(?:方案|预案)|应急处置卡")
_GRASS_ROOTS = re.compile(
    r"学校$|(?<!中)(?:中学|小学|大学|学院|幼儿园)|医院$|公司|集团|社区|居委会|村委会|(?<!农)村(?=[一-龥]{2,}预案)|项目部|养老院|敬老院"
)
_DEPARTMENT = re.compile(r"部门(?:应急)?预案")
_DEPARTMENT_BODY = re.compile(r"(?:局|厅|部|委|委员会|总队|支队)$")
_GOVERNMENT_BODY = re.compile(r"(?:人民政府|政府)(?:办公[室厅])?$|(?:州|市|县|区|省|地)委(?:办公[室厅])?$")
_TALKS_OF_SCHOOLS = re.compile(r"(?:中小学|校园|大学生|社区矫正)")
_NO_CLASS = re.compile(r"总体|综合应急|重污染")


@cache
def _table() -> tuple[tuple[re.Pattern[str], HazardClass, str | None], ...]:
    data = tomllib.loads(files(__package__).joinpath("hazards.toml").read_text("utf-8"))
    return tuple(
        (re.compile(each["words"]), HazardClass(each["class"]), each.get("code")) for each in data["hazard"]
    )


@cache
def _any_hazard() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words.pattern})" for words, _, _ in _table()))


def hazard_of(title: str) -> tuple[HazardClass | None, str | None]:
    """Class and code of GB/T 35561 of the emergency a title names; None for what it does not settle.

    Two kinds of different class in one title settle no class, two of different code no code.
    """
    if _NO_CLASS.search(title) or not _any_hazard().search(title):
        return None, None
    found = [(kind, code, match.span()) for words, kind, code in _table() if (match := words.search(title))]
    if not found:
        return None, None
    kind, code, span = found[0]
    others = [each for each in found[1:] if each[2][0] >= span[1] or each[2][1] <= span[0]]
    # The general word beside the special one (煤矿 生产安全) says nothing else; another hazard does.
    for other_kind, other_code, _ in others:
        if other_kind is not kind:
            return None, None
        if other_code is not None and other_code != code:
            code = None
    return kind, code


def kind_of_plan(title: str, issuer: str | None) -> PlanKind | None:
    """The kind a title and an issuer settle; None where they do not."""
    if _ON_SITE.search(title):
        return PlanKind.ON_SITE
    if _OVERALL.search(title):
        return PlanKind.OVERALL
    owner = issuer or ""
    if _GRASS_ROOTS.search(owner) or (_GRASS_ROOTS.search(title) and not _TALKS_OF_SCHOOLS.search(title)):
        return PlanKind.GRASS_ROOTS
    if _DEPARTMENT.search(title):
        return PlanKind.DEPARTMENT
    if "专项" in title or _GOVERNMENT_BODY.search(owner):
        return PlanKind.SPECIAL
    return PlanKind.DEPARTMENT if _DEPARTMENT_BODY.search(owner) else None
