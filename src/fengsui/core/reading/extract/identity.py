"""What a plan says of itself as a document: number, issuer, dates, what it replaces, what stands above it.

Read from the covering notice and the title page before the first heading, from the closing chapter and the
signature. What is not certain stays empty: an editor fills it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise

from fengsui.core.citation import Citation
from fengsui.core.plan.surroundings import PlanIdentity, Reference, ReferenceKind
from fengsui.core.reading.blocks import Paragraph
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.date_words import DAY, day_of
from fengsui.core.reading.extract.hazard_words import hazard_of, kind_of_plan
from fengsui.core.reading.outline import Outline, Section

_NUMBER = re.compile(
    r"(?P<head>[一-龥]{2,16}?)(?P<year>[〔\[【（(［]\s*(?:19|20)\d\d\s*[〕\]】）)］])\s*(?:第\s*)?(?P<n>\d{1,4})\s*号"
)
_NUMBER_LABEL = re.compile(r"(?:发文字号|发文文号|文\s*号|公文文号|文件编号|发文号)\s*[：:]?\s*$")
_NOT_OF_NUMBER = re.compile(r".*(?:通知|预案|意见|方案|决定|办法|公告|函告|发文字号|文号|字号|印发|关于)")
_NUMBER_HEAD = re.compile(r"(?:[发办字函规令通政府委应急厅局团指]|[^的和与等]{2,8})$")
_ISSUER_LABEL = re.compile(
    r"(?:发文机关|发布机构|发布机关|发文单位|制发机关|印发机关|发布单位|颁布单位|制定机关)\s*[：:]\s*(?P<name>[一-龥（）]{2,30}?)"
    r"(?=网|\s|主题|成文|文号|发文|发布|公开|索引|名称|标题|$)"
)
_BODY = re.compile(
    r"^[一-龥]{2,28}(?:人民政府|政府|办公[室厅]|委员会|指挥部|管委会|局|厅|部|委|公司|集团|学校|中学|小学|大学|学院|幼儿园|医院|"
    r"街道办事处|办事处|中心|团|师)$"
)
_NOTICE_TITLE = re.compile(
    r"^(?P<name>[一-龥]{3,30}?(?:人民政府|政府|办公[室厅]|委员会|指挥部|局|厅|委))关于(?:印发|发布|公布|修订)"
)
_LABELLED_DAY = tuple(
    re.compile(rf"(?:{label})\s*[：:]?\s*(?P<day>{DAY})")
    for label in (
        r"成文(?:日期|时间)",
        r"印发(?:日期|时间)",
        r"发文(?:日期|时间)",
        r"签发日期",
        r"发布(?:日期|时间)",
    )
)
_ONLY_DAY = re.compile(rf"^[（(]?\s*(?P<day>{DAY})\s*(?P<verb>发布|印发|颁布|施行|实施)?\s*[）)]?$")
_FORCE = re.compile(
    rf"(?:自|从|于)\s*(?:(?P<day>{DAY})|(?P<issue>(?:印发|发布|公布|下发|颁布|颁发|发文|签发|批准)之日))\s*(?:起|后)?"
    r"(?:正式)?(?:开始)?(?:施行|实施|生效|执行|试行)"
)
_VOID = re.compile(r"废止|停止(?:执行|使用)|不再(?:执行|施行)|失效")
_PRINTED = re.compile(r"^[一-龥（）]{3,24}办公[室厅](?:秘书[科处])?\s*(?P<day>\S{8,12}?)印发$")
_OLD = re.compile(r"《(?P<title>[^《》]{3,60})》\s*(?:[（(](?P<note>[^（）]{2,40}?)[）)])?")


@dataclass(slots=True)
class _Found:
    """What is known so far, with the places that say so."""

    values: dict[str, object] = field(default_factory=dict)
    sources: list[Citation] = field(default_factory=list)

    def take(self, name: str, value: object, source: Citation | None) -> None:
        """Keep the first answer to each question."""
        if name not in self.values and value is not None:
            self.values[name] = value
            if source is not None and source not in self.sources:
                self.sources.append(source)


_Line = tuple[Section, Paragraph]


def extract_identity(outline: Outline, references: Sequence[Reference] = ()) -> Extracted[PlanIdentity]:
    """The identity of the plan; none where nothing of it is printed.

    ``references`` are those of the plan: the plans listed as its basis stand above it.
    """
    found = _Found()
    head, tail, closing = _head(outline), _tail(outline), _closing(outline)
    _read_number(outline, head, found)
    _read_labels(outline, head, found)
    _read_signature(outline, head, found)
    _read_days_of_title_page(outline, head, found)
    _read_signature(outline, tail, found)
    _read_notice_title(outline, head, found)
    _read_force(outline, (*closing, *head), found)
    _read_repeals(outline, (*closing, *head), found)
    upper = tuple(dict.fromkeys(_upper(references, outline.title, found)))
    hazard_class, code = hazard_of(outline.title)
    issuer = found.values.get("issuer")
    kind = kind_of_plan(outline.title, issuer if isinstance(issuer, str) else None)
    if (hazard_class or kind) and outline.title:
        found.sources.append(_title_source(outline))
    for name, value in (
        ("upper", upper),
        ("hazard_class", hazard_class),
        ("event_code", code),
        ("kind", kind),
    ):
        if value:
            found.values[name] = value
    if not found.values:
        return Extracted()
    identity = PlanIdentity(**found.values, sources=tuple(found.sources))  # type: ignore[arg-type]
    return Extracted((identity,))


MOST_ABOVE_TITLE = 200
"""Paragraphs among which the title is looked for where it stands below a heading."""


def _title_source(outline: Outline) -> Citation:
    """Where the title stands: a paragraph of the title page, a part of one, or a heading by its style."""
    head = _head(outline)
    for section, paragraph in head:
        if paragraph.text and paragraph.text in outline.title:
            return outline.cite(section, paragraph)
        # A title that wrapping joined to the lines around it begins within the paragraph.
        if (at := paragraph.text.find(outline.title)) >= 0:
            return outline.cite(section, paragraph, at, at + len(outline.title))
    for section in outline.sections():
        if len(section.title) > 3 and section.title in outline.title:
            return Citation(
                document=outline.document, clause=section.clause, line=section.line, quote=section.title
            )
    for section, paragraph in islice(outline.root.all_paragraphs(), MOST_ABOVE_TITLE):
        if paragraph.text == outline.title:
            return outline.cite(section, paragraph)
    if head:
        return outline.cite(*head[0])
    return Citation(document=outline.document, clause="", line=outline.first_line, quote=outline.title)


def _head(outline: Outline) -> tuple[_Line, ...]:
    """What stands before the first numbered heading."""
    lines = [(outline.root, paragraph) for paragraph in outline.root.paragraphs]
    for section in outline.root.children:
        if section.number:
            break
        lines.extend(section.all_paragraphs())
    return tuple(lines[:60])


def _tail(outline: Outline) -> tuple[_Line, ...]:
    """The last paragraphs before the annexes, where a signature stands."""
    chapters = [each for each in outline.root.children if not each.number.startswith("附")]
    return tuple(list(chapters[-1].all_paragraphs())[-4:]) if chapters else ()


def _closing(outline: Outline) -> tuple[_Line, ...]:
    """The clauses that say when the plan holds: they speak of a day and of force."""
    chapters = [each for each in outline.root.children if not each.number.startswith("附")]
    lines = (line for chapter in (chapters[-3:] or []) for line in chapter.all_paragraphs())
    return tuple(line for line in lines if _speaks_of_force(line[1].text))


def _speaks_of_force(text: str) -> bool:
    """A cheap look before every pattern: most paragraphs have neither 起/后…行/效 nor 止."""
    if "日" in text and _FORCE.search(text):
        return True
    return ("止" in text or "再" in text or "失效" in text) and _VOID.search(text) is not None


def _read_number(outline: Outline, lines: Sequence[_Line], found: _Found) -> None:
    """The number after its label, else the one that stands alone on its line."""
    alone: list[tuple[str, Citation]] = []
    for section, paragraph in lines:
        text = paragraph.text
        for match in _NUMBER.finditer(text):
            number = _bare_number(match)
            source = outline.cite(section, paragraph, *match.span())
            if number is None:
                continue
            if _NUMBER_LABEL.search(text[: match.start()] or match["head"]) or "字号" in match["head"]:
                found.take("number", number, source)
                return
            rest = text[: match.start()] + text[match.end() :]
            if not re.search(r"[《》，。；]", rest) and len(rest) <= 60:
                alone.append((number, source))
    if alone and len({number for number, _ in alone}) == 1:
        found.take("number", *alone[0])


def _bare_number(match: re.Match[str]) -> str | None:
    head = _NOT_OF_NUMBER.sub("", match["head"])
    if not head or not _NUMBER_HEAD.search(head):
        return None
    year = "".join(match["year"].split())
    return f"{head}{year}{match['n']}号"


def _read_labels(outline: Outline, lines: Sequence[_Line], found: _Found) -> None:
    for section, paragraph in lines:
        issuer = _ISSUER_LABEL.search(paragraph.text)
        if issuer:
            found.take("issuer", issuer["name"], outline.cite(section, paragraph, *issuer.span()))
    for pattern in _LABELLED_DAY:
        for section, paragraph in lines:
            match = pattern.search(paragraph.text)
            day = day_of(match["day"]) if match else None
            if match and day:
                found.take("issued", day, outline.cite(section, paragraph, *match.span()))


def _read_signature(outline: Outline, lines: Sequence[_Line], found: _Found) -> None:
    """A body alone on its line and a day alone on the next."""
    for (one_section, one), (section, other) in pairwise(lines):
        name = "".join(one.text.split()) if len(one.text) < 60 else ""
        if not _BODY.match(name) or name == outline.title:
            continue
        day = _ONLY_DAY.match(other.text.strip())
        month = re.fullmatch(
            r"[二〇○零ОO一三四五六七八九十\d]{4}\s*年\s*[一二三四五六七八九十\d]{1,3}\s*月",
            other.text.strip(),
        )
        if not day and not month:
            continue
        found.take("issuer", name, outline.cite(one_section, one))
        value = day_of(day["day"]) if day else None
        if value:
            found.take("issued", value, outline.cite(section, other))
        return


def _read_days_of_title_page(outline: Outline, lines: Sequence[_Line], found: _Found) -> None:
    """2025-9-24发布 and 2025-9-24实施, each on its line; a day alone in brackets under the title."""
    for section, paragraph in lines:
        match = _ONLY_DAY.match(paragraph.text.strip())
        day = day_of(match["day"]) if match else None
        if match is None or day is None:
            continue
        if match["verb"] in ("施行", "实施"):
            found.take("in_force", day, outline.cite(section, paragraph))
        elif match["verb"] or paragraph.text.strip()[:1] in "（(":
            found.take("issued", day, outline.cite(section, paragraph))


def _read_notice_title(outline: Outline, lines: Sequence[_Line], found: _Found) -> None:
    """…人民政府办公室关于印发…的通知: who gives the notice has issued the plan."""
    for section, paragraph in lines:
        for text in (paragraph.text, re.sub(r"^标题\s*[：:]\s*", "", paragraph.text)):
            match = _NOTICE_TITLE.match(text)
            if match and not re.search(r"根据|按照|依据|《", match["name"]):
                found.take("issuer", match["name"], outline.cite(section, paragraph))
                return


def _read_force(outline: Outline, lines: Sequence[_Line], found: _Found) -> None:
    for section, paragraph in lines:
        for match in _FORCE.finditer(paragraph.text):
            before = paragraph.text[max(0, match.start() - 30) : match.start()]
            if re.search(r"《[^》]*》[^，。；]*$", before) and not re.search(r"本[预方]案", before):
                continue
            day = day_of(match["day"]) if match["day"] else found.values.get("issued")
            if isinstance(day, date):
                found.take("in_force", day, outline.cite(section, paragraph, *match.span()))
                return


def _read_repeals(outline: Outline, lines: Sequence[_Line], found: _Found) -> None:
    old: dict[str, None] = {}
    for section, paragraph in lines:
        for match in re.finditer(r"[^。；]+", paragraph.text):
            void = _VOID.search(match.group())
            if not void:
                continue
            names = list(_repealed(match.group()[: void.start()]))
            if names:
                old.update(dict.fromkeys(names))
                found.sources.append(outline.cite(section, paragraph, *match.span()))
    if old:
        found.values["repeals"] = tuple(old)


def _repealed(sentence: str) -> Iterator[str]:
    """The titles before the word that makes them void; 现印发《…》 in the same sentence is the new plan."""
    clauses = re.split(
        r"(?<=施行)，|(?<=实施)，|(?<=执行)，|，(?=原|旧|《)|，(?=[^《，]*(?:印发|发布)的)", sentence
    )
    for match in _OLD.finditer(clauses[-1] if "《" in clauses[-1] else sentence):
        note = match["note"] or ""
        number = _NUMBER.search(note)
        yield f"{match['title']}（{note}）" if number else match["title"]


def _upper(references: Sequence[Reference], own: str, found: _Found) -> Iterator[str]:
    for reference in references:
        is_plan = reference.kind is ReferenceKind.PLAN and "印发" not in reference.title
        if is_plan and reference.basis and reference.title != own:
            if reference.source not in found.sources:
                found.sources.append(reference.source)
            yield reference.title
