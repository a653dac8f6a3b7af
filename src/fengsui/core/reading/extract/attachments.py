"""Annexes (附件): those in the document, those only listed, those only cited.

"Present" means that something stands under the heading of the annex: text, a table, a picture. A chart
that the text format lost is not present.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fengsui.core.citation import Citation
from fengsui.core.plan.surroundings import Attachment
from fengsui.core.reading.blocks import Paragraph
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.outline import Outline, Section

ANNEX_CITED = re.compile(
    r"(?P<word>附[件录表图])\s*(?P<numbers>\d{1,2}(?:[.\-]\d{1,2})?(?!\d)"
    r"(?:\s*(?:[、，和及]|[-—~至])\s*\d{1,2}(?![\d.、]))*|[一二三四五六七八九十]{1,3}(?![、，]))"
)
_HEADING = re.compile(r"^附[件录表图]\s*(?:清单|目录|名录)?$|^(?:附件|附录)?(?:清单|目录)$")
_ENTRY = re.compile(r"^\s*(?:附[件录表图])?\s*(\d{1,2}(?:[.\-]\d{1,2})?)\s*[.、．:：]?\s*(?=\D)")
_LIST = re.compile(r"^附\s*[件录表]\s*[:：]\s*(?=\S)")
_SPLIT = re.compile(r"(?:(?<=^)|(?<=[\s；;。]))(?=\d{1,2}[.、．](?!\d))")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class _Found:
    number: str
    title: str
    present: bool
    source: Citation


MOST_COMPARED = 200
"""Annexes that a further one is compared with; no plan has as many, a broken text may."""


def extract_attachments(outline: Outline) -> Extracted[Attachment]:
    """Every annex once, in the order of first mention; the same one listed and then given is one."""
    return _extracted(outline)


@lru_cache(maxsize=2)
def _extracted(outline: Outline) -> Extracted[Attachment]:
    # References ask which annexes are there, so the work is shared.
    merged: list[_Found] = []
    for each in _all(outline):
        if _is_plan_itself(each.title, outline.title):
            continue
        near = merged if len(merged) <= MOST_COMPARED else merged[-MOST_COMPARED:]
        first = len(merged) - len(near)
        at = next((index for index, known in enumerate(near, first) if _same(known, each)), None)
        if at is None:
            merged.append(each)
        else:
            merged[at] = _joined(merged[at], each)
    return Extracted(
        tuple(
            Attachment(number=each.number, title=each.title, present=each.present, source=each.source)
            for each in merged
        )
    )


def _is_plan_itself(title: str, own: str) -> bool:
    """A covering notice encloses the plan as its annex: that is no annex of the plan."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", title)
    return bool(own) and bare == re.sub(r"[（(][^（）()]*[）)]", "", own)


def _all(outline: Outline) -> Iterator[_Found]:
    yield from _given(outline)
    for section, paragraph in main_paragraphs(outline.root):
        text = paragraph.text
        if "附" in text:
            listed = _LIST.match(text)
            if listed:
                source = outline.cite(section, paragraph)
                yield from (_entry(part, source) for part in _entries(text[listed.end() :]))
            else:
                for match in ANNEX_CITED.finditer(text):
                    place = outline.cite(section, paragraph, *match.span())
                    yield from (_Found(number, "", False, place) for number in annexes_said(match))


def main_paragraphs(section: Section) -> Iterator[tuple[Section, Paragraph]]:
    """Every paragraph outside the annexes, with the section it stands in."""
    waiting = [section]
    while waiting:
        section = waiting.pop()
        for paragraph in section.paragraphs:
            yield section, paragraph
        if section.children:
            waiting += [child for child in reversed(section.children) if not child.number.startswith("附")]


def annexes_said(match: re.Match[str]) -> Iterator[str]:
    """What a match of ANNEX_CITED names: "附件4、5" is 附件4 and 附件5, "附件1至3" is three annexes."""
    word, numbers = match["word"], match["numbers"]
    span = re.fullmatch(r"(\d{1,2})\s*[-—~至]\s*(\d{1,2})", numbers)
    if span and int(span[1]) < int(span[2]) <= int(span[1]) + 20:
        yield from (f"{word}{number}" for number in range(int(span[1]), int(span[2]) + 1))
        return
    yield from (f"{word}{number.strip()}" for number in re.split(r"[、，和及]", numbers) if number.strip())


def _entries(text: str) -> list[str]:
    parts = [part.strip(" ；;。") for part in _SPLIT.split(text)]
    return [part for part in parts if part]


def _entry(text: str, source: Citation) -> _Found:
    match = _ENTRY.match(text)
    number = f"附件{match[1]}" if match else "附件"
    return _Found(number, _clean(text[match.end() :] if match else text), False, source)


def _clean(title: str) -> str:
    return re.sub(r"^[\s.、．:：]+|(?:附件)?[\s。；;]*$", "", title)


def _given(outline: Outline) -> Iterator[_Found]:
    """Annexes that are sections; a section that only lists others gives one entry each."""
    for section in _tops(outline.root):
        source = Citation(
            document=outline.document,
            clause=section.clause,
            line=section.line,
            # What stands between number and title (附件：, 附件2 —) is not kept, so they are not one quote.
            quote=section.title or section.number,
        )
        first = _ENTRY.match(section.title) if section.number in ("附件", "附录", "附表") else None
        if first or (not section.title and section.children):
            yield from _listed(section, source, outline)
        elif not _HEADING.match(section.title) or not section.children:
            yield _Found(section.number, _clean(section.title), _has_content(section), source)


def _tops(section: Section) -> Iterator[Section]:
    """Annex sections that stand in no other annex section."""
    for child in section.children:
        if child.number.startswith("附"):
            yield child
        else:
            yield from _tops(child)


def _listed(section: Section, source: Citation, outline: Outline) -> Iterator[_Found]:
    if section.title:
        yield _entry(section.title, source)
    for paragraph in section.paragraphs:
        if _ENTRY.match(paragraph.text) and len(paragraph.text) < 200:
            place = outline.cite(section, paragraph)
            yield from (_entry(part, place) for part in _entries(paragraph.text))
    for child in section.children:
        number = re.sub(r"\D", "", child.number)
        place = Citation(
            document=outline.document, clause=child.clause, line=child.line, quote=child.title or child.number
        )
        yield _Found(f"附件{number}" if number else "附件", _clean(child.title), False, place)


def _has_content(section: Section) -> bool:
    """Whether a picture or words other than the title itself stand under the heading; stops at the first."""
    title = _squeezed(section.title)
    for _, paragraph in section.all_paragraphs():
        text = _squeezed(paragraph.text)
        if "![" in text and _PICTURE.search(text):
            return True
        if text and text not in title and title not in text[: len(title) + 4]:
            return True
    return False


def _squeezed(text: str) -> str:
    return "".join(text.split())


_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_ANNEX_WORD = re.compile(r"^附[件录表图]\s*")


@lru_cache(maxsize=1024)
def plain_number(number: str) -> str:
    """ "附件一" and "附件1" are one number: digits, without the word."""
    return _ANNEX_WORD.sub("", number.translate(_DIGITS)).strip()


def _same(one: _Found, other: _Found) -> bool:
    if one.title and other.title:
        if _alike(one.title, other.title):
            return not (plain_number(one.number) and plain_number(other.number)) or (
                plain_number(one.number) == plain_number(other.number)
            )
        if plain_number(one.number) != plain_number(other.number) or not plain_number(one.number):
            return False
        return one.present != other.present
    return bool(plain_number(one.number)) and plain_number(one.number) == plain_number(other.number)


@lru_cache(maxsize=1024)
def _words_of(title: str) -> str:
    return _NO_WORD.sub("", title)


_NO_WORD = re.compile(r"\W|附件$")


def _alike(one: str, other: str) -> bool:
    short, long = sorted((_words_of(one), _words_of(other)), key=len)
    return len(short) >= 4 and (short in long or _tail(short, long))


def _tail(short: str, long: str) -> bool:
    """Titles that differ only in whose annex it is (团…流程图, 第一师团…流程图)."""
    common = 0
    while common < len(short) and short[-1 - common] == long[-1 - common]:
        common += 1
    return common >= 8 and common >= 0.7 * len(short)


def _joined(one: _Found, other: _Found) -> _Found:
    better = other if (other.present and not one.present) else one
    number = one.number if plain_number(one.number) else other.number
    title = better.title or one.title or other.title
    return _Found(number, title, one.present or other.present, better.source)


def annex_numbers(outline: Outline) -> frozenset[str]:
    """The numbers of the annexes whose text is in the document, without the word 附件.

    Below a chapter of annexes 附件8.2 goes by "2" as well.
    """
    return _numbers(outline)


@lru_cache(maxsize=2)
def _numbers(outline: Outline) -> frozenset[str]:
    present = (plain_number(each.number) for each in _extracted(outline).items if each.present)
    parts = (number.split(".") for number in present)
    return frozenset(".".join(part[at:]) for part in parts for at in range(len(part)))


def has_annex(number: str, present: frozenset[str]) -> bool:
    """Whether "附件2" is there: as 附件2 or, below a chapter of annexes, as 附件8.2."""
    return plain_number(number) in present
