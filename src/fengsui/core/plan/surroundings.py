"""What surrounds the running parts of a plan: its identity, what it refers to, encloses and promises.

Nothing here is executed; it is found, compared, checked and printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from fengsui.core.citation import Citation


class HazardClass(StrEnum):
    """The four classes of emergencies (四大类), Emergency Response Law (突发事件应对法)."""

    NATURAL = "natural"  # 自然灾害
    ACCIDENT = "accident"  # 事故灾难
    HEALTH = "health"  # 公共卫生事件
    SOCIAL = "social"  # 社会安全事件


class PlanKind(StrEnum):
    """Kind of plan (总体/专项/部门/基层/现场处置/企业)."""

    OVERALL = "overall"
    SPECIAL = "special"
    DEPARTMENT = "department"
    GRASS_ROOTS = "grass_roots"
    ON_SITE = "on_site"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIdentity:
    """What a plan says of itself as a document (文号、发文机关、日期): read where printed, else empty.

    ``number`` the document number (文号) as printed, ``issuer`` the body that issued it, ``issued`` and
    ``in_force`` days (not words), ``repeals`` titles or numbers of what it replaces, ``upper`` titles of the
    plans above it that it names, ``event_code`` a code of GB/T 35561 (five digits), ``kind`` what title and
    issuer settle. ``repeals`` carries the number in brackets after the title where both are printed.
    """

    number: str | None = None
    issuer: str | None = None
    issued: date | None = None
    in_force: date | None = None
    repeals: tuple[str, ...] = ()
    upper: tuple[str, ...] = ()
    hazard_class: HazardClass | None = None
    event_code: str | None = None
    kind: PlanKind | None = None
    sources: tuple[Citation, ...] = ()


class ReferenceKind(StrEnum):
    """What a reference points to."""

    LAW = "law"  # 法律、法规、规章
    STANDARD = "standard"  # 标准
    PLAN = "plan"  # 其他预案
    DOCUMENT = "document"  # 其他文件、办法
    CLAUSE = "clause"  # 本预案条款
    ANNEX = "annex"  # 本预案附件


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A law, plan, document, clause or annex that the text refers to (引用).

    ``title`` as printed without its marks, ``number`` its document number (国令第493号), ``version`` the
    words that say which version (2021年修订), ``article`` the article meant, ``basis``: listed as legal
    basis (编制依据), ``resolved``: for CLAUSE and ANNEX, whether the plan has it.
    """

    kind: ReferenceKind
    title: str
    number: str | None = None
    version: str | None = None
    article: str | None = None
    basis: bool = False
    resolved: bool | None = None
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An annex (附件): ``present`` False where it is listed or cited and its text is not in the document."""

    number: str
    title: str
    present: bool
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedResource:
    """Something the plan promises with a figure (4台铲车, 20天用煤).

    ``unit`` the counting word as printed, ``holder`` who keeps it, as printed.
    """

    name: str
    quantity: Decimal
    unit: str
    holder: str | None = None
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One support of the plan (应急保障): its heading or kind as printed, who provides it, the text."""

    kind: str
    who: tuple[str, ...] = ()
    text: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """Training or publicity (培训、宣传) asked by the plan; ``every`` as words or None."""

    text: str
    who: str | None = None
    audience: str | None = None
    every: str | None = None
    source: Citation
