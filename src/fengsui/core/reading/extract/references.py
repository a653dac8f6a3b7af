"""What a plan refers to: laws, standards, other plans and documents, its own clauses and annexes (引用).

Titles are taken where book marks say so; without marks only where a verb of reliance and the whole name of
a plan leave no doubt. A thing named twice is one reference, cited where it stands first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fengsui.core.citation import Citation
from fengsui.core.plan.model import Statement
from fengsui.core.plan.surroundings import Reference, ReferenceKind
from fengsui.core.reading.blocks import Paragraph
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.attachments import (
    ANNEX_CITED,
    annex_numbers,
    annexes_said,
    has_annex,
    main_paragraphs,
)
from fengsui.core.reading.extract.cited_clauses import clause_references
from fengsui.core.reading.outline import Outline, Section

_TITLED = re.compile(
    r"《(?P<title>[^《》]{2,80}(?:《[^《》]{2,60}》[^《》]{0,30})?)》"
    r"(?P<notes>(?:\s*[（(〈<][^（）()〈〉<>《》]{2,60}[）)〉>]){0,2})"
    r"(?P<article>第[一二三四五六七八九十百零〇\d]{1,6}条(?:第?[一二三四五六七八九十\d]{1,3}款)?)?"
)
_STANDARD = r"(?:GBZ?|GA|AQ|TSG|DB\d{0,4}|HJ|JTG?|MT|QX|SL|CJJ?|WS|XF|LY|YY|NY|SY|DL)"
_STANDARD_NUMBER = re.compile(
    rf"(?<![A-Za-z])(?:{_STANDARD}(?:/[TZ])?\s*[A-Z]?\s?\d{{2,6}}(?:\.\d{{1,3}})?\s*(?:[—–\-]{{1,2}}\s*\d{{4}})?)(?!\d)"
)
_FILE_NUMBER = re.compile(
    r"[一-龥]{1,12}[〔\[【（(]\s*\d{4}\s*[〕\]】）)]\s*第?\s*\d{1,4}\s*号|[一-龥]{1,12}\d{4}年第\d{1,4}号"
)
_ORDER = re.compile(
    r"(?:[一-龥]{1,24}?(?:令|公告))\s*(?:[〔\[（(]?\d{4}[〕\]）)]?年?)?\s*(?:第\s*)?[一二三四五六七八九十百零〇\d]{1,6}\s*号"
)
_VERSION = re.compile(
    r"(?:\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{4})(?:第[一二三四五]次)?起?"
    r"(?:新)?(?:修订|修正|修改|版|施行|实施|起施行|公布|发布|颁布|通过|印发)(?:版|本)?|(?:最新|新)?(?:修订|修正)版?|试行"
)
_GENERIC = re.compile(r"^(?:本|该|总体|专项|应急)*(?:预案|方案|办法|规定|条例|通知|标准|意见)$")
_FORM = re.compile(
    r"(?:表|书|卡|单|记录|台账|日报|报告|简报|快报|专报|通告|公告|海报|手册|协议|日志|簿|登记)$"
)
_FILLED = re.compile(r"(?:填写|填报|填|形成|出具|提交|签订|签署|编制|报送|制作|发放|发布|报)$")
_PLAN = re.compile(
    r"(?:预案|行动方案|处置方案)(?:[（(〔][^（）()]{1,10}[）)〕])?$|印发.{0,60}预案.{0,8}通知$"
)
_LAW = re.compile(r"(?:法|条例|规定|办法|规则|细则|宪法|决定)(?:[（(][^（）()]{1,10}[）)])?$")
_NORM = re.compile(r"(?:规范|导则|标准|术语|规程)(?:[（(][^（）()]{1,10}[）)])?$")
_BARE_LAW = re.compile(
    r"(?:^|[、，和及与])(?:国家|我国|依据|根据|按照|依照)*"
    r"(?P<title>[一-龥]{3,24}?(?:法(?!律|规)|条例|应急预案|管理办法))(?=[、，。；和及等与]|$)"
)
_BARE_PLAN = re.compile(
    r"(?:根据|依据|按照|依照|参照|执行|启动|适用|衔接|服从)(?P<title>(?:国家|国务院|[一-龥]{0,7}?"
    r"(?:省|自治区|兵团|自治州|市|州|盟|县|区|旗|师市|镇|乡))"
    r"(?:人民政府)?[一-龥]{2,18}?(?:应急预案|总体预案))(?=[，。；、的》”）（]|$|开展|进行|执行|规定|组织|实施|启动|响应)"
)
_MAY_NAME = re.compile("《|应急预案|总体预案")
"""What every text that names a law or a plan holds."""
_AREA_WORD = re.compile(r"[国省市县区州盟旗师镇乡团]")
_RELIES = re.compile(r"[据照行动用接从]")
_VAGUE = re.compile(
    r"[的等或和及与各本该其]|有关|相关|其他|其它|部门|企业|单位|相应|专项应急预案$|各类|政府应急|级应急"
)


def extract_references(outline: Outline, legal_basis: tuple[Statement, ...] = ()) -> Extracted[Reference]:
    """Every law, standard, plan, document, clause and annex that the plan refers to, each once.

    ``legal_basis`` are the statements read as legal basis: what they name is marked as such.
    """
    basis_lines = {(statement.source.line, statement.text) for statement in legal_basis}
    found: dict[tuple[object, ...], Reference] = {}
    naming = {id(paragraph) for _, paragraph in outline.paragraphs_having(_MAY_NAME)}
    for section, paragraph in outline.paragraphs():
        basis = bool(basis_lines) and (paragraph.first_line, paragraph.text) in basis_lines
        if not basis and id(paragraph) not in naming:
            continue
        for reference in _of_paragraph(outline, section, paragraph, basis=basis):
            key = _key(reference)
            if key not in found:
                found[key] = reference
            elif reference.basis and not found[key].basis:
                found[key] = replace(found[key], basis=True)
    for reference in (*_annexes(outline), *clause_references(outline)):
        found.setdefault(_key(reference), reference)
    return Extracted(tuple(sorted(found.values(), key=lambda each: each.source.line)))


def _key(reference: Reference) -> tuple[object, ...]:
    place = reference.source.clause if reference.kind is ReferenceKind.CLAUSE else ""
    return reference.kind, reference.title, reference.number, reference.version, reference.article, place


def _of_paragraph(
    outline: Outline, section: Section, paragraph: Paragraph, *, basis: bool
) -> Iterator[Reference]:
    text = paragraph.text
    if "《" in text:
        yield from _titled(outline, section, paragraph, basis=basis)
    elif basis:
        for match in _BARE_LAW.finditer(text):
            yield _bare(outline.cite(section, paragraph, *match.span("title")), match["title"], basis=True)
    if "预案" in text and not basis:
        for start, end in _bare_plans(text):
            title = text[start:end]
            if not _is_own(title, outline.title):
                yield _bare(outline.cite(section, paragraph, start, end), title, basis=False)


def _bare_plans(text: str) -> Iterator[tuple[int, int]]:
    """Where whole names of other plans stand without book marks, after a verb of reliance."""
    for word in re.finditer("预案", text):
        begin = max(0, word.start() - 36)
        before = text[begin : word.start()]
        if _AREA_WORD.search(before) and _RELIES.search(before):
            match = _BARE_PLAN.search(text, begin, word.end() + 4)
            if match and match.end("title") == word.end() and not _VAGUE.search(match["title"]):
                yield match.span("title")


def _annexes(outline: Outline) -> Iterator[Reference]:
    present = annex_numbers(outline)
    for section, paragraph in main_paragraphs(outline.root):
        if "附" in paragraph.text:
            for match in ANNEX_CITED.finditer(paragraph.text):
                source = outline.cite(section, paragraph, *match.span())
                for number in annexes_said(match):
                    resolved = has_annex(number, present)
                    yield Reference(kind=ReferenceKind.ANNEX, title=number, resolved=resolved, source=source)


def _bare(source: Citation, title: str, *, basis: bool) -> Reference:
    return Reference(kind=kind_of(title, None), title=title, basis=basis, source=source)


def _titled(outline: Outline, section: Section, paragraph: Paragraph, *, basis: bool) -> Iterator[Reference]:
    text = paragraph.text
    for match in _TITLED.finditer(text):
        title = "".join(match["title"].split())
        if _left_out(title, text, match, outline.title, basis=basis):
            continue
        notes = match["notes"] or ""
        before = text[max(0, match.start() - 40) : match.start()]
        number = number_in(notes) or _number_before(before)
        version = _VERSION.search(_without(notes, number))
        yield Reference(
            kind=kind_of(title, number),
            title=title,
            number=number,
            version=version.group() if version else None,
            article=match["article"],
            basis=basis,
            source=outline.cite(section, paragraph, *match.span()),
        )


def _left_out(title: str, text: str, match: re.Match[str], own: str, *, basis: bool) -> bool:
    """Forms to fill in, the plan itself, and what is declared void are not relied on."""
    if _GENERIC.match(title) or title == own or (not basis and _is_own(title, own)):
        return True
    if _FORM.search(title) and not _NORM.search(title):
        return True
    if _FILLED.search(text[max(0, match.start() - 6) : match.start()]) and not _LAW.search(title):
        return True
    # One sentence may replace one plan and rely on another; what is void stands just before the word.
    return bool(re.match(r"[^《》。；]{0,40}废止", text[match.end() : match.end() + 60]))


def _is_own(title: str, own: str) -> bool:
    """Whether ``title`` is the plan's own with some words of its head left out."""
    rest = iter(own)
    return title[-8:] == own[-8:] and all(char in rest for char in title)


def number_in(notes: str) -> str | None:
    """The document number, order or standard number among the brackets after a title, as printed."""
    for pattern in (_STANDARD_NUMBER, _FILE_NUMBER, _ORDER):
        found = pattern.search(notes)
        if found:
            return found.group().strip()
    return None


def _number_before(before: str) -> str | None:
    """A standard or an order is often named by number first: GB/T …《…》, 国务院令第…号《…》."""
    found = re.search(rf"(?:{_STANDARD_NUMBER.pattern})\s*$", before)
    if found:
        return found.group().strip()
    found = re.search(r"((?:中华人民共和国|国务院|主席)[一-龥]{0,10}令第?\d{1,4}号)\s*$", before)
    return found.group(1) if found else None


def _without(notes: str, number: str | None) -> str:
    return notes.replace(number, "") if number else notes


def kind_of(title: str, number: str | None) -> ReferenceKind:
    """What a title is, by its number where it has one, else by its last word.

    办法 and 规定 are rules (规章) unless they bear the number of an ordinary document (〔2024〕5号).
    """
    if number and re.match(rf"{_STANDARD}(?![A-Za-z])", number):
        return ReferenceKind.STANDARD
    if _PLAN.search(title):
        return ReferenceKind.PLAN
    if number and re.search(r"[〔\[【（(]\s*\d{4}\s*[〕\]】）)]", number):
        return ReferenceKind.DOCUMENT
    if number and "令" in number:
        return ReferenceKind.LAW
    if _LAW.search(title) and not title.startswith("关于"):
        return ReferenceKind.LAW
    return ReferenceKind.STANDARD if _NORM.search(title) else ReferenceKind.DOCUMENT
