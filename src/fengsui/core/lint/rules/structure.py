"""Rules on the tree of a plan (S1 … S4): numbering, missing sections, annexes, references."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules._bodies import body_paragraphs, is_annex
from fengsui.core.plan.surroundings import ReferenceKind
from fengsui.core.reading.labels import Label, parse_label
from fengsui.core.reading.outline import Section

_LIST_LEAD = re.compile(
    r"(?:以下|如下|下列)\s*(?:\d+|[一二三四五六七八九十]+)\s*个?[\u4e00-\u9fff]{0,8}[：:。]?$"
)
_CHAPTER_TITLE = re.compile(
    r"^(?:总则|组织(?:指挥)?(?:机构|体系)[\u4e00-\u9fff]{0,8}|(?:应急)?响应(?:机制)?"
    r"|应急处置|后期处置|(?:应急)?保障(?:措施)?|应急保障"
    r"|附则|预案管理|适用范围|工作原则|(?:监测)?预[警防][\u4e00-\u9fff]{0,6})$"
)
_CLOSING = re.compile(r"^附\s*则$")
_PURPOSE = re.compile(r"编制目的|目的")
_DUTY_WORDS = re.compile(r"负责|承担|牵头|主管|履行")
_FIGURE = re.compile(r"(?:流程|组织|机构|体系|框架|设置|结构|示意|分布|程序|指挥)[\u4e00-\u9fff]{0,6}图$")
_ANNEX_SAID = re.compile(
    r"(?:见|详见|参见|按照?|填写)[^。；，]{0,4}?(?P<name>附[件录表]\s*(?P<n>\d{1,2}"
    r"|[一二三四五六七八九十]))(?![.\d])"
)
_CLAUSE_SAID = re.compile(
    r"(?:本预案|见|按照?|依据|根据)(?:第)?(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})(?:条|款|项|节|部分|规定|所|的|$)"
)


def _label(section: Section) -> Label | None:
    return parse_label(f"{section.number} 、") if section.number else None


@rule(code="S1", name="numbering-broken", severity=Severity.M)
def numbering_broken(context: PlanContext) -> Iterator[Hit]:
    """Headings of one list skip a number, repeat one or begin again."""
    for parent in context.outline.root.walk():
        before: tuple[Section, Label] | None = None
        for child in parent.children:
            label = None if is_annex(child) else _label(child)
            if label is None or not label.parts:
                continue
            if before is not None and before[1].style is label.style:
                was, now = before[1].ordinal, label.ordinal
                if now <= was:
                    yield Hit(at=context.heading(child), data={"was": str(was), "now": str(now)})
                elif now > was + 1 and not _has_item(before[0], label, was + 1):
                    say = "numbering-skips"
                    yield Hit(at=context.heading(child), say=say, data={"was": str(was), "now": str(now)})
            before = child, label


def _has_item(section: Section, like: Label, ordinal: int) -> bool:
    """Whether an item with that number stands below ``section``: then nothing was skipped."""
    for _, paragraph in section.all_paragraphs():
        label = parse_label(paragraph.text)
        if label is not None and label.style is like.style and label.ordinal == ordinal:
            return True
        if re.search(rf"[。；：]\s*[（(]{ordinal}[）)]", paragraph.text):
            return True  # lines that were run together
    return False


@rule(code="S1", name="heading-repeated", severity=Severity.M)
def heading_repeated(context: PlanContext) -> Iterator[Hit]:
    """Two neighbouring headings with the same words."""
    for parent in context.outline.root.walk():
        for one, other in zip(parent.children, parent.children[1:], strict=False):
            if one.title and one.title == other.title and not is_annex(one):
                yield Hit(
                    at=context.heading(other), others=(context.heading(one),), data={"title": one.title}
                )


@rule(code="S1", name="chapter-after-closing", severity=Severity.M)
def chapter_after_closing(context: PlanContext) -> Iterator[Hit]:
    """A chapter of its own follows the closing chapter, where it belongs."""
    chapters = [child for child in context.outline.root.children if not is_annex(child)]
    for index, chapter in enumerate(chapters[:-1]):
        if _CLOSING.match(chapter.title):
            after = chapters[index + 1]
            yield Hit(
                at=context.heading(after), others=(context.heading(chapter),), data={"title": after.title}
            )
            return


@rule(code="S1", name="list-starts-late", severity=Severity.M)
def list_starts_late(context: PlanContext) -> Iterator[Hit]:
    """The first item after a sentence that announces a list is not number one."""
    for section in context.outline.root.walk():
        for one, other in zip(section.paragraphs, section.paragraphs[1:], strict=False):
            label = parse_label(other.text)
            if label is None or label.ordinal < 2 or not _LIST_LEAD.search(one.text):
                continue
            lead = context.outline.cite(section, one)
            yield Hit(at=context.outline.cite(section, other), others=(lead,), data={"number": label.printed})


@rule(code="S1", name="chapters-below-one", severity=Severity.M)
def chapters_below_one(context: PlanContext) -> Iterator[Hit]:
    """Three or more usual chapters stand as sections of one chapter on something else."""
    for chapter in context.outline.root.children:
        inside = [child for child in chapter.children if _CHAPTER_TITLE.match(child.title)]
        if len(inside) >= 3 and len(chapter.children) >= 8:
            places = tuple(context.heading(child) for child in inside[1:])
            titles = "、".join(child.title for child in inside[:4])
            yield Hit(
                at=context.heading(inside[0]),
                others=places,
                data={"chapter": chapter.title, "titles": titles},
            )


@rule(code="S1", name="general-chapter-empty", severity=Severity.L)
def general_chapter_empty(context: PlanContext) -> Iterator[Hit]:
    """The chapter of general provisions is empty and its first section has become a chapter."""
    chapters = context.outline.root.children
    for one, other in itertools.pairwise(chapters):
        if re.match(r"^总\s*则$", one.title) and _empty(one) and _PURPOSE.search(other.title):
            yield Hit(at=context.heading(one), data={"next": other.title})


def _empty(section: Section) -> bool:
    return not section.children and not any(p.text.strip() for p in section.paragraphs)


@rule(code="S1", name="duties-without-duty", severity=Severity.L)
def duties_without_duty(context: PlanContext) -> Iterator[Hit]:
    """A section called duties states principles and nobody's duty."""
    for section in context.outline.sections():
        if not section.title.endswith("职责") or section.children or is_annex(section):
            continue
        texts = [paragraph.text for paragraph in section.paragraphs]
        principles = sum("坚持" in text for text in texts)
        if texts and principles * 2 > len(texts) and not any(_DUTY_WORDS.search(text) for text in texts):
            yield Hit(at=context.heading(section))


@rule(code="S3", name="figure-missing", severity=Severity.M)
def figure_missing(context: PlanContext) -> Iterator[Hit]:
    """A chart is announced and only loose words or nothing can be read in its place."""
    seen: set[str] = set()
    for section in context.outline.sections():
        title = re.sub(r"\s|^\d+[.、]", "", section.title)
        if not is_annex(section) or not _FIGURE.search(title):
            continue
        texts = [paragraph.text.strip() for paragraph in section.paragraphs]
        if any(title.endswith(other) or other.endswith(title) for other in seen):
            continue
        if any(len(text) > 40 for text in texts) or any(re.search(r"→|↓|─|──", text) for text in texts):
            continue
        seen.add(title)
        yield Hit(at=context.heading(section), data={"title": title})


@rule(code="S3", name="annex-missing", severity=Severity.M)
def annex_missing(context: PlanContext) -> Iterator[Hit]:
    """An annex is referred to by a number under which nothing follows."""
    there = {re.sub(r"\s", "", section.number) for section in context.outline.sections() if is_annex(section)}
    there |= {
        re.sub(r"\s", "", m[0])
        for line in context.lines
        if "附" in line.text and (m := re.match(r"\s*附[件录表]\s*[\d一二三四五六七八九十]+", line.text))
    }
    plain = {_digits(number) for number in there}
    seen: set[str] = set()
    found: dict[int, list[tuple[str, Citation]]] = {}
    for section, paragraph in body_paragraphs(context):
        for match in _ANNEX_SAID.finditer(paragraph.text):
            name = _digits(re.sub(r"\s", "", match["name"]))
            if name not in plain and name not in seen and not any(n.endswith(f".{name[2:]}") for n in plain):
                seen.add(name)
                place = context.outline.cite(section, paragraph, match.start("name"), match.end("name"))
                found.setdefault(place.line, []).append((match["name"], place))
    for name, place in _absent_annexes(context):
        if _digits(name) not in seen:
            seen.add(_digits(name))
            found.setdefault(place.line, []).append((name, place))
    for here in found.values():
        yield Hit(at=here[0][1], data={"annex": "、".join(name for name, _ in here)})


def _absent_annexes(context: PlanContext) -> Iterator[tuple[str, Citation]]:
    """Annexes that the reader found cited or listed and whose text is not in the document."""
    for reference in context.content.references:
        if reference.kind is ReferenceKind.ANNEX and reference.resolved is False:
            yield re.sub(r"\s", "", reference.title), reference.source
    for annex in context.content.attachments:
        if not annex.present and annex.number and not _FIGURE.search(re.sub(r"\s", "", annex.title)):
            yield re.sub(r"\s", "", annex.number), annex.source


def _digits(name: str) -> str:
    return name.translate(str.maketrans("一二三四五六七八九", "123456789"))


@rule(code="S4", name="dangling-reference", severity=Severity.M)
def dangling_reference(context: PlanContext) -> Iterator[Hit]:
    """A clause of this plan is referred to that does not exist."""
    read = [
        each
        for each in context.content.references
        if each.kind is ReferenceKind.CLAUSE and each.resolved is False
    ]
    told = {each.title for each in read}
    if read:
        data = {"clause": "、".join(dict.fromkeys(each.title for each in read))}
        yield Hit(at=read[0].source, others=tuple(each.source for each in read[1:]), data=data)
    clauses = {section.clause for section in context.outline.sections()}
    if not any(re.fullmatch(r"\d+\.\d+", clause) for clause in clauses):
        return
    for section, paragraph in body_paragraphs(context):
        for match in _CLAUSE_SAID.finditer(paragraph.text):
            number = match["n"]
            if (
                number in clauses
                or number in told
                or any(paragraph_has(other.text, number) for _, other in context.paragraphs())
            ):
                continue
            place = context.outline.cite(section, paragraph, match.start(), match.end())
            yield Hit(at=place, data={"clause": number})


def paragraph_has(text: str, number: str) -> bool:
    """Whether a paragraph carries that clause number itself (7.7.2 组织…)."""
    return text.startswith(number) and not text[len(number) : len(number) + 2].strip(".").isdigit()
