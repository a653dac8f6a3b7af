"""Who is who (机构通讯录): jurisdictions, units and posts.

People and telephone numbers are not here: they live in tables that can be sealed or erased. The core
knows only ids, titles and codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a post may do in the software; what the plan lets it decide is read from the plan."""

    DUTY_OFFICER = "duty_officer"  # 值班员
    OFFICE_DIRECTOR = "office_director"  # 办公室主任
    COMMANDER = "commander"  # 指挥长及各级批准人
    LIAISON = "liaison"  # 成员单位联络员
    PLAN_EDITOR = "plan_editor"  # 预案管理员
    AUDITOR = "auditor"  # 审计、上级检查
    ADMINISTRATOR = "administrator"  # 系统管理员


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """An area of government: ``code`` is a division code, its prefix that of the area above."""

    code: str
    name: str

    def covers(self, code: str) -> bool:
        """Whether ``code`` lies within this area: trailing pairs of zeros mean "all below"."""
        return code.startswith(significant(self.code))


def significant(code: str) -> str:
    """The part of a division code that says where.

    Codes are built of groups of 2, 2, 2, 3 and 3 digits (province, prefecture, county, township,
    village; GB/T 2260, GB/T 10114); trailing groups of zeros mean "all of it": "990100" → "9901".
    """
    ends = [end for end in (2, 4, 6, 9, 12) if end <= len(code)] or [len(code)]
    kept = code[: ends[-1]]
    for start, end in zip([0, *ends][-2::-1], reversed(ends), strict=False):
        if start == 0 or kept[start:end].strip("0"):
            break
        kept = kept[:start]
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A body that acts (单位): bureau, township, team, company. ``aliases`` are its other names."""

    id: str
    name: str
    jurisdiction: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post (岗位) in a unit. ``titles`` are the names by which plans speak of it (指挥长, 局长, …)."""

    id: str
    title: str
    unit: str
    jurisdiction: str
    roles: frozenset[Role]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The units and posts of one installation."""

    jurisdictions: tuple[Jurisdiction, ...] = ()
    units: tuple[Unit, ...] = ()
    posts: tuple[Post, ...] = ()

    _units: dict[str, Unit] = field(init=False, repr=False, compare=False)
    _posts: dict[str, Post] = field(init=False, repr=False, compare=False)
    _by_unit: dict[str, tuple[Post, ...]] = field(init=False, repr=False, compare=False)
    bodies: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """Names of units and titles of posts by id."""

    def __post_init__(self) -> None:
        by_unit: dict[str, tuple[Post, ...]] = {}
        for post in self.posts:
            by_unit[post.unit] = (*by_unit.get(post.unit, ()), post)
        # The first of an id counts.
        object.__setattr__(self, "_units", {unit.id: unit for unit in reversed(self.units)})
        object.__setattr__(self, "_posts", {post.id: post for post in reversed(self.posts)})
        object.__setattr__(self, "_by_unit", by_unit)
        bodies = {unit.id: unit.name for unit in self.units}
        bodies.update((post.id, post.title) for post in self.posts)
        object.__setattr__(self, "bodies", bodies)

    def unit(self, unit_id: str) -> Unit | None:
        return self._units.get(unit_id)

    def post(self, post_id: str) -> Post | None:
        return self._posts.get(post_id)

    def posts_of(self, unit_id: str) -> tuple[Post, ...]:
        return self._by_unit.get(unit_id, ())
