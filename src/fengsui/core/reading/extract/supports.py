"""Supports of a plan (应急保障): one for each kind the plan heads, with who provides it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.plan.surroundings import Support
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.power_text import body_at_head, clean_body, may_be_mended, unlabelled, widen
from fengsui.core.reading.outline import Outline, Section

_CHAPTER = re.compile(
    r"^(?:[和与及、]|(?:应急|综合|后勤|救援|救助|应对|工作|准备))*保障(?:措施|工作|机制|体系|与准备|和准备)?$|^应急(?:准备)?(?:与|和)保障$"
)
_KIND = re.compile(
    r"保障|队伍|人力|资金|经费|财力|物资|装备|医疗|卫生|医学|交通|运输|通信|通讯|信息|治安|社会(?:动员|秩序|稳定)|技术|科技|"
    r"避难|避险|场所|防护|公共设施|基础设施|能源|电力|供电|供水|气象|法制|法治|生活|专家|力量|资源|储备|捐赠|保险"
)
_NOT_KIND = re.compile(r"(?:小组|组|部|中心)$|宣传|培训|演练|演习|教育|目的|原则|职责")
_BY = re.compile(r"由([^，。；：]{2,40}?)(?:负责|牵头|组织|统筹|提供|承担)")
_LABELLED = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[.、．]?\s*)?([^，。；：]{2,14}保障)\s*[。：]?\s*(?=\S|$)"
)
_SENTENCE = re.compile(r"[^。；]+[。；]?")
LONGEST_HEAD = 72
"""Characters of a sentence within which its body and verb stand."""

MOST_NAMES = 8
"""More names than this in one support are an enumeration of bodies, not of providers."""


def extract_supports(outline: Outline) -> Extracted[Support]:
    """The sections of the chapters on support; a section on one support that stands elsewhere counts too."""
    items: list[Support] = []
    for section in outline.root.children:
        items.extend(_of(outline, section))
    return Extracted(tuple(items))


def _of(outline: Outline, section: Section) -> Iterator[Support]:
    if section.number.startswith("附"):
        return
    title = "".join(section.title.split()) if "障" in section.title else ""
    if title and _CHAPTER.match(title):
        kinds = [child for child in section.children if _is_kind(child.title)]
        if kinds:
            yield from (support for child in kinds if (support := _support(outline, child)))
            return
        if not section.children:
            yield from _without_headings(outline, section)
            return
    elif title.endswith("保障") and _is_kind(title):
        support = _support(outline, section)
        if support:
            yield support
        return
    for child in section.children:
        yield from _of(outline, child)


def _is_kind(title: str) -> bool:
    return bool(_KIND.search(title)) and not _NOT_KIND.search(title)


def _support(outline: Outline, section: Section) -> Support | None:
    texts = [paragraph.text for _, paragraph in section.all_paragraphs()]
    if not texts:
        return None
    where, first = next(section.all_paragraphs())
    return _item(section.title, texts, outline.cite(where, first))


def _item(kind: str, texts: list[str], source: Citation) -> Support:
    return Support(kind=kind.strip(), who=_providers(texts), text="\n".join(texts), source=source)


def _without_headings(outline: Outline, section: Section) -> Iterator[Support]:
    """A chapter without sections: a line that is only the name of a support heads what follows."""
    label, texts, source = "", list[str](), None
    for paragraph in section.paragraphs:
        text = paragraph.text.strip()
        found = _LABELLED.match(text)
        if found and (text[found.end() :] == "" or "：" in found.group() or "。" in found.group()):
            if label and texts and source:
                yield _item(label, texts, source)
            rest = text[found.end() :].strip()
            label, texts, source = found[1], [rest] if rest else [], None
            source = outline.cite(section, paragraph) if rest else None
            continue
        texts.append(text)
        source = source or outline.cite(section, paragraph)
    if texts and source:
        yield _item(label or section.title, texts, source)


def _providers(texts: list[str]) -> tuple[str, ...]:
    """Who acts in the sentences: the body at the head of each, or the one named with 由…负责."""
    names: dict[str, None] = {}
    for text in texts:
        for match in _SENTENCE.finditer(widen(text)):
            sentence = unlabelled(match.group().strip())
            by = _BY.search(sentence)
            name = (clean_body(by.group(1)) if by else None) or body_at_head(sentence[:LONGEST_HEAD])
            after = sentence[len(name) : len(name) + 1] if name and sentence.startswith(name) else ""
            if name and _is_provider(name) and not (name.endswith("所") and after and after in "需在有"):
                names.setdefault(_printed(text, name), None)
    return tuple(names) if len(names) <= MOST_NAMES else ()


def _is_provider(name: str) -> bool:
    return not re.search(
        r"^(?:突发|事故|灾害|灾情|发生|救灾物资|其他|有关方面|人员|个人|鼓励|支持)|[的]|(?:人员|(?:避难|活动)场所|地区)$",
        name,
    )


def _printed(text: str, name: str) -> str:
    at = widen(text).find(name) if may_be_mended(name) else -1
    return text[at : at + len(name)] if at >= 0 else name
