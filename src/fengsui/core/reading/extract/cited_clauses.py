"""References of a plan to its own clauses (本预案第3.2条, 见1.5, 依照本预案第五章)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.plan.surroundings import Reference, ReferenceKind
from fengsui.core.reading.outline import Outline

_DECIMAL = r"\d{1,2}(?:\.\d{1,2}){1,4}"
_CLAUSE = re.compile(
    rf"(?:本(?:应急)?预案|本(?:应急|工作)?方案|[详参]?见|按照?|依据|根据|依照|参照|执行|符合|达到)(?:的)?第?\s*"
    rf"(?P<list>{_DECIMAL}\.?(?:[条款项节]?(?:、|和|及|或|至)第?{_DECIMAL}\.?)*)"
    r"(?=[条款项节]|部分|规定|所列|所述|的|执行|要求|标准|条件|[，。；）)]|$)"
)
_WORDED = re.compile(
    r"(?:本(?:应急)?预案|本(?:应急|工作)?方案|(?<!法)(?<!条例)(?<!办法)[详参]?见)(?:的)?"
    r"(?P<n>第[一二三四五六七八九十百]{1,4}(?P<u>章|条|部分|节))(?P<t>[一-龥]{2,6}?(?=\d))?(?P<sub>\d{1,2}(?:\.\d{1,2})+(?:、\d{1,2}(?:\.\d{1,2})+)*)?"
)
_DOTTED = re.compile(r"(?:[案见照据行合到的第])\s*\d{1,2}\.\d")
_ORDINAL = re.compile(r"[案见的]第[一二三四五六七八九十百]")
_NOT_A_CLAUSE = re.compile(r"[级倍米%％万亿元]")


def clause_references(outline: Outline) -> Iterator[Reference]:
    """Every clause the text sends its reader to; ``resolved`` says whether the plan has it."""
    clauses: frozenset[str] | None = None
    for section, paragraph in outline.paragraphs():
        text = paragraph.text
        for pattern in _possible(text):
            for match in pattern.finditer(text):
                if _NOT_A_CLAUSE.match(text[match.end() : match.end() + 1]):
                    continue
                clauses = clauses if clauses is not None else _clauses(outline)
                source = outline.cite(section, paragraph, *match.span())
                for title in _named(match):
                    yield Reference(
                        kind=ReferenceKind.CLAUSE,
                        title=title,
                        resolved=_stands(title, clauses),
                        source=source,
                    )


def _possible(text: str) -> Iterator[re.Pattern[str]]:
    """The patterns worth trying: a cheap look first, because few paragraphs name a clause."""
    if "." in text and _DOTTED.search(text):
        yield _CLAUSE
    if "第" in text and _ORDINAL.search(text):
        yield _WORDED


def _named(match: re.Match[str]) -> list[str]:
    groups = match.groupdict()
    if groups.get("list") is not None:
        return re.findall(_DECIMAL, groups["list"])
    if groups["sub"]:
        return groups["sub"].split("、")
    return [groups["n"]]


def _clauses(outline: Outline) -> frozenset[str]:
    """The numbers of all sections, and of paragraphs that carry a clause number of their own."""
    found: set[str] = set()
    for section in outline.sections():
        found |= {section.clause, section.number}
        for paragraph in section.paragraphs:
            own = re.match(rf"\s*({_DECIMAL})", paragraph.text)
            if own:
                found.add(own[1])
    return frozenset(found)


def _stands(title: str, clauses: frozenset[str]) -> bool:
    if title in clauses:
        return True
    worded = re.fullmatch(r"第([一二三四五六七八九十百]+)(?:章|条|部分|节)", title)
    return worded is not None and worded[1] in clauses
