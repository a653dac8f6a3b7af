"""Rules on sentences (S5): what was cut off, doubled or mistyped, so that nobody knows what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules._bodies import is_annex
from fengsui.core.reading.labels import parse_label
from fengsui.core.reading.outline import Section

_CUT = re.compile(r"(?:^|[。；）)])\s*(?:承担|负责)[^。；：]{2,40}的[。]$")
_STUB = re.compile(r"^负责(?!人|同志)[\u4e00-\u9fff]{1,8}$")
_DOUBLED = re.compile(
    r"(?<!特别)(?P<w>[\u4e00-\u9fff]{4,12})(?:(?:及|和|与)(?P=w)(?!的)|(?P=w))|(?:^|[，；：。])(?P<v>[\u4e00-\u9fff"
    r"]{4,12})、(?P=v)(?=[、，。；])"
)
_SIGNS = re.compile(
    r"县市市|市县县|的的|和和|及及|将将|由由|或或|进进行|并并|了了(?!解)|、、"
    r"|，，|。。|；；|，。|、。|；。|。，"
)
_LOST = re.compile(r"(?:[红橙黄蓝]色、色|、色、|色、色、)|(?<=\d)m。")
_SIDE_BY_SIDE = re.compile(
    r"(?:地震|洪涝|干旱|气象|地质|风雹|生物|海洋)灾害(?:地震|洪涝|干旱|气象|地质|风雹|生物|海洋)灾害"
)
# What is printed: what was meant. Only words that mean nothing where they stand.
_SLIPS = {
    "结止": "终止",
    "辩识": "辨识",
    "同意部署": "统一部署",
    "各司其责": "各司其职",
    "处理于": "处理与",
    "快速反映": "快速反应",
    "人力、物理": "人力、物力",
    "指挥部报道、": "指挥部报到、",
    "即使上报": "及时上报",
    "即时上报告": "及时报告",
    "既时": "即时",
    "做为": "作为",
    "启动预按": "启动预案",
    "原纪录": "原始记录",
    "原始纪录": "原始记录",
    "指挥不": "指挥部",
    "响映": "响应",
    "预紧": "预警",
    "突发亊件": "突发事件",
    "Ш": "Ⅲ",
}
_LONG = 400
_LONGEST_TITLE = 9


@rule(code="S5", name="section-empty", severity=Severity.L)
def section_empty(context: PlanContext) -> Iterator[Hit]:
    """A heading with nothing below it, or whose text has taken the next number."""
    flat = list(context.outline.sections())
    for index, section in enumerate(flat):
        if is_annex(section):
            return  # what follows are the titles of annexes
        if section.children or section.title == "总则" or not 2 <= len(section.title) <= _LONGEST_TITLE:
            continue
        if re.match(r"[（(]\d", section.number):
            continue  # an item of a list that happens to be short
        after = flat[index + 1] if index + 1 < len(flat) else None
        if not any(paragraph.text.strip() for paragraph in section.paragraphs):
            if after is not None and not is_annex(after):
                yield Hit(at=context.heading(section), data={"title": section.title})
        elif _took_number(section):
            yield Hit(at=context.heading(section), say="heading-takes-number", data={"title": section.title})


def _took_number(section: Section) -> bool:
    own, first = parse_label(f"{section.number}、x"), parse_label(section.paragraphs[0].text)
    return bool(own and first and own.style is first.style and own.ordinal == 1 and first.ordinal == 2)


@rule(code="S5", name="sentence-cut", severity=Severity.L)
def sentence_cut(context: PlanContext) -> Iterator[Hit]:
    """A sentence ends before it says what is done."""
    for section, paragraph in context.paragraphs():
        text = paragraph.text.strip()
        if paragraph.cell is not None:
            continue
        if _CUT.search(text) or _STUB.match(text):
            yield Hit(at=context.outline.cite(section, paragraph))


@rule(code="S5", name="words-doubled", severity=Severity.L)
def words_doubled(context: PlanContext) -> Iterator[Hit]:
    """The same words twice in a row, or two marks where one belongs."""
    for section, paragraph in context.paragraphs():
        if paragraph.cell is not None or is_annex(section):
            continue
        for pattern in (_DOUBLED, _SIGNS):
            match = pattern.search(paragraph.text)
            if match:
                place = context.outline.cite(section, paragraph, match.start(), match.end())
                yield Hit(at=place, data={"words": match.group()})
                break


@rule(code="S5", name="words-lost", severity=Severity.L)
def words_lost(context: PlanContext) -> Iterator[Hit]:
    """A word or mark of a list is lost (红色、色、蓝色)."""
    for section, paragraph in context.paragraphs():
        for pattern in (_LOST, _SIDE_BY_SIDE):
            match = pattern.search(paragraph.text)
            if match:
                place = context.outline.cite(section, paragraph, match.start(), match.end())
                yield Hit(at=place, data={"words": match.group()})
                break


_ANY_SLIP = re.compile("|".join(map(re.escape, _SLIPS)))


@rule(code="S5", name="word-mistyped", severity=Severity.L)
def word_mistyped(context: PlanContext) -> Iterator[Hit]:
    """A word of the same sound that means nothing here."""
    for section in context.outline.sections():
        for wrong, right in _SLIPS.items():
            if right and wrong in section.title:
                yield Hit(at=context.heading(section), data={"wrong": wrong, "right": right})
    for section, paragraph in context.outline.paragraphs_having(_ANY_SLIP):
        for wrong, right in _SLIPS.items():
            at = paragraph.text.find(wrong)
            if right and at >= 0:
                place = context.outline.cite(section, paragraph, at, at + len(wrong))
                yield Hit(at=place, data={"wrong": wrong, "right": right})


@rule(code="S5", name="bracket-open", severity=Severity.L)
def bracket_open(context: PlanContext) -> Iterator[Hit]:
    """A bracket or book mark is opened and never closed."""
    for section, paragraph in context.paragraphs():
        text = paragraph.text
        if paragraph.cell is not None or is_annex(section) or len(text) > _LONG:
            continue
        for left, right in (("（", "）"), ("《", "》")):
            other = text.replace("(", "（").replace(")", "）")
            depth = other.count(left) - other.count(right)
            if depth > 0 and text.rstrip().endswith(("。", "；")):
                yield Hit(at=context.outline.cite(section, paragraph), data={"mark": left})


@rule(code="S5", name="annex-title-cut", severity=Severity.L)
def annex_title_cut(context: PlanContext) -> Iterator[Hit]:
    """The title of an annex stands twice, once without its first sign."""
    annexes = [
        section for section in context.outline.sections() if is_annex(section) and len(section.title) > 4
    ]
    for one in annexes:
        for other in annexes:
            lost = len(other.title) - len(one.title)
            if 1 <= lost <= 2 and other.title.endswith(one.title) and not re.match(r"\d", other.title):
                yield Hit(
                    at=context.heading(one), others=(context.heading(other),), data={"title": other.title}
                )
