"""Names of levels: Ⅰ级, 一级响应, 特别重大火灾, 红色预警, 轻度干旱 → which step of a ladder.

The numeral decides where there is one, then the names the plan itself lists (分为轻度、中度…), then the
statutory words, then the colour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fengsui.core.reading.memo import remembered

ROMANS = ("I", "II", "III", "IV", "V")
_CHINESE = dict(zip("一二三四五", ROMANS, strict=True))
_NUMERAL = re.compile(
    r"(?<![A-Za-z0-9])(IV|III|II|I|V)(?=级|\)|$|(?:级)?响应|[、,和及]?(?:IV|III|II|I|V)[、,和级])"
    r"|(?<![A-Za-z0-9省市县区乡镇村连团州国部上下各同高低逐两第十百初中])([一二三四五])级(?!甲|乙|医院|以[上下]?联动)"
)
_WORD = re.compile(
    r"特大型|[大中小]型(?=地质|突发地质|险情|灾情|\()|特别重大|特别严重|特大|重大|严重|较大|较严重|较重|一般|中度|轻度|轻微|特重|重度|关注(?=级)"
)
_WHERE = re.compile(r"^(?:城市|城镇|农村|农业|牧区|区域)(?=(?:特别|特大|重|严|较|中|轻|一般))")
_WORD_LEVEL = {
    "特大型": "I",
    "大型": "II",
    "中型": "III",
    "小型": "IV",
    "特别重大": "I",
    "特别严重": "I",
    "特大": "I",
    "特重": "I",
    "重大": "II",
    "严重": "II",
    "重度": "II",
    "较大": "III",
    "较重": "III",
    "较严重": "III",
    "中度": "III",
    "一般": "IV",
    "轻度": "IV",
    "轻微": "IV",
    "关注": "V",
}
_COLOUR = re.compile(r"(红|橙|黄|蓝)色?")
_COLOUR_LEVEL = {"红": "I", "橙": "II", "黄": "III", "蓝": "IV"}
_COLOUR_WORD = re.compile(r"(红|橙|黄|蓝)色")
_NOUN = (
    r"(?:事故|事件|灾害|灾难|险情|灾情|汛情|旱情|疫情|火灾|火情|干旱|洪水|地震|"
    r"响应|预警|情况|级|突发|污染|火险|涝|缺水|停水|停电|溢油|泄漏|危机|舆情|风险|雪灾|冰冻)"
)


_ANY_WORD = re.compile(
    # Spelt out, so that the engine looks for first characters only: this is asked of every passage.
    r"I|V|一级|二级|三级|四级|五级|特大|特别|特重|重大|重度|严重|较大|较重|较严|一般|中度|轻度|轻微|大型|中型|小型|红色|橙色|黄色|蓝色|关注级"
)


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level as named: Roman numeral of the step, colour if one was said."""

    level: str
    colour: str | None = None


@dataclass(slots=True)
class Listed:
    """Names that the plan lists for its levels (分为A、B和C), most specific first."""

    names: dict[str, str] = field(default_factory=dict)

    def level_of(self, text: str) -> str | None:
        fits = [name for name in self.names if text.startswith(name)]
        return self.names[max(fits, key=len)] if fits else None


def names_some_level(text: str, listed: Listed | None = None) -> bool:
    """Whether folded ``text`` holds a word that could name a level; without one no other form here fits."""
    if _ANY_WORD.search(text):
        return True
    return listed is not None and any(map(text.__contains__, listed.names))


_NUMERALS = re.compile(r"(?:IV|III|II|I|V)(?:级?[、,和及](?:IV|III|II|I|V))+(?=级|$|等)")


def numerals_in(text: str) -> list[str]:
    """Levels written as numerals, in order, each once ("Ⅰ、Ⅱ级" gives both)."""
    found: list[str] = []
    if "级" not in text and "I" not in text and "V" not in text:
        return found
    for run in _NUMERALS.finditer(text):
        if not (run.start() and text[run.start() - 1].isascii() and text[run.start() - 1].isalpha()):
            found += re.findall(r"IV|III|II|I|V", run[0])
    for match in _NUMERAL.finditer(text):
        level = match[1] or _CHINESE[match[2]]
        if level not in found:
            found.append(level)
    return found


def colour_in(text: str) -> str | None:
    """The colour said in ``text`` ("红色"); None for none or several."""
    found = list(dict.fromkeys(match[1] for match in _COLOUR_WORD.finditer(text)))
    return f"{found[0]}色" if len(found) == 1 else None


def level_name(text: str, listed: Listed | None = None) -> LevelName | None:
    """The one level that the name ``text`` (folded) stands for; None for none or for several."""
    if not names_some_level(text, listed):
        return None
    if listed is not None and listed.names and not numerals_in(text) and (known := listed.level_of(text)):
        return LevelName(known, colour_in(text))
    return _name_in(text)


@remembered(1024)
def _name_in(text: str) -> LevelName | None:
    """The level that the words themselves say; a plan says the same few names again and again."""
    colour = colour_in(text)
    numerals = numerals_in(text)
    if len(numerals) > 1:
        return None
    if numerals:
        return LevelName(numerals[0], colour)
    text = _WHERE.sub("", text)
    words = list(_WORD.finditer(text))
    if words and (words[0].start() == 0 or words[0][0].startswith("特")):
        levels = {_WORD_LEVEL[word[0]] for word in words if _leads(word, text)}
        if len(levels) == 1:
            return LevelName(levels.pop(), colour)
        if len(levels) > 1:
            return None
    if colour is not None:
        return LevelName(_COLOUR_LEVEL[colour[0]], colour)
    return None


def _leads(word: re.Match[str], text: str) -> bool:
    """Whether a word of degree grades the thing (重大事故) and is not part of its name (突发重大动物疫情)."""
    if word.start() == 0 or word[0].startswith("特"):
        return True
    before = text[: word.start()]
    return before[-1] in "、和及(与" or before.endswith("或者")


_DESIGNATION = re.compile(
    rf"^(?:第?(?:IV|III|II|I|V|[一二三四五])级|\((?:IV|III|II|I)级?\)|{_WORD.pattern}|(?:红|橙|黄|蓝)色|小|大(?=事故))"
)
_HAZARD_COLOUR = re.compile(r"^[\u4e00-\u9fff()]{1,10}[红橙黄蓝]色(?:预警|警报)(?:信号)?$")
"""暴雨红色预警: the hazard before the colour."""
_ALIAS = re.compile(r"\((?:(?:即|简称)[^()]*|[^()]{1,3}级(?:及以上|以上))\)")
_NAME_CHARS = re.compile(r"^[^,;。:!?\"]{1,32}$")
_NOT_A_NAME = re.compile(
    r"措施|程序|处置|行动|终止|结束|解除|调整|职责|流程|报告|善后|工作|负责|组织|发布|以上|以下|由|后$|时$|和.*响应$|"
    r"^实[行施]|对应|相当于|分为|划分|分级|等级$|其[他它]|需要|符合|认为|.启动"
)


def is_designation(text: str, listed: Listed | None = None) -> bool:
    """Whether the whole of ``text`` (folded, label and colon off) is the name of one level."""
    if listed is None or not listed.names:
        return _is_usual_designation(text)
    return _designates(text, listed)


def _designates(text: str, listed: Listed | None = None) -> bool:
    plain = _ALIAS.sub("", text) if "(" in text else text
    if not _NAME_CHARS.match(plain) or _NOT_A_NAME.search(plain) or level_name(plain, listed) is None:
        return False
    if "预警" in plain and "响应" in plain:
        return False
    plain = _WHERE.sub("", plain)
    if _DESIGNATION.match(plain):
        rest = _DESIGNATION.sub("", plain)
        return not rest or bool(re.search(_NOUN, rest)) or rest.startswith("(")
    if listed is not None and listed.level_of(plain):
        return True
    if _HAZARD_COLOUR.search(plain):
        return True
    return bool(numerals_in(plain)) and bool(
        re.search(r"(?:响应|预警|事故|事件|灾害|险情|灾情|级)(?:\([^()]*\))?$|\((?:IV|III|II|I)级?\)$", plain)
    )


_is_usual_designation = remembered(1024)(_designates)
"""By the words that every plan uses: the same few names come again and again."""
_SEVERAL = re.compile(
    r"^(?:启动)?((?:IV|III|II|I|[一二三四])级?(?:[、,和及与](?:IV|III|II|I|[一二三四])级?)+)(?:应急)?(响应|预警|级响应|级预警)?$"
)


def several_levels(title: str) -> tuple[str, ...]:
    """The levels that one heading names together (Ⅰ、Ⅱ级响应); empty for one or none."""
    match = _SEVERAL.match(title) if "级" in title else None
    return tuple(numerals_in(match[1].removesuffix("级") + "级")) if match else ()


_LISTING = re.compile(
    r"分为|分成|划分为?|设定为?|设为|分别为|由[高低]到[高低]|分(?:[一二三四五\d]个?)?(?:等级|级别|级)[::,]?|等级[::]|依次为"
)
_PAIR = re.compile(r"((?:IV|III|II|I|V)级?|[一二三四五]级)(?:预警|响应)?\(([^()]{1,12})\)")
_COUNT = re.compile(
    r"^(?:为|成)?[二两三四五2345]个?(?:等级|级别|级|类)(?!、|和|及)(?:预警|响应)?(?:[:,]|,?(?:即|分别[为是]))*"
)
_NUMERAL_RUN = re.compile(
    r"(?<![\w])?((?:[一二三四五]级?|IV级?|III级?|II级?|I级?)(?:[、,和及](?:[一二三四五]级|IV级?|III级?|II级?|I级?))+)"
)
_PAIR_BACK = re.compile(r"([^,、;。:()]{1,16})\(((?:IV|III|II|I|V)级?|[一二三四五]级)\)")
_ITEM_SPLIT = re.compile(r"[、,]|和|以及|及")


@dataclass(frozen=True, slots=True)
class Listing:
    """A sentence that lists the levels: (level, name) in the order printed, with their colours."""

    entries: tuple[tuple[str, str], ...]
    colours: tuple[tuple[str, str], ...] = ()
    subject: str = ""


def listing(text: str) -> Listing | None:
    """Read folded ``text`` as a listing of levels (分为…四级，依次用…色表示); None if it is none."""
    for match in _LISTING.finditer(text):
        tail = text[match.start() :]
        entries = _paired(tail) or _plain_items(re.split(r"[;。]", text[match.end() :])[0])
        distinct = {level for level, _ in entries}
        if len(distinct) >= 2 and len(distinct) == len(entries):
            begin = max(text.rfind(sign, 0, match.start()) for sign in "。;") + 1
            after = re.match(r"[^,;。:(]{0,10}", text[match.end() :])
            subject = text[begin : match.start()] + (after[0] if after else "")
            return Listing(tuple(entries), _colours(tail, entries), subject)
    return _by_colours(text)


_COLOUR_RUN = re.compile(r"[用为以]((?:[红橙黄蓝]色?[、,和]?){3,5})(?:来?表示|标[示识])")


def _by_colours(text: str) -> Listing | None:
    """分三级，用红色、橙色、黄色表示: the colours alone tell the levels."""
    match = _COLOUR_RUN.search(text) if "示" in text or "识" in text else None
    colours = re.findall(r"[红橙黄蓝]", match[1]) if match else []
    if match is None or len(set(colours)) != len(colours):
        return None
    begin = max(text.rfind(sign, 0, match.start()) for sign in "。;") + 1
    subject = text[begin : match.start()]
    if not _LISTING.search(subject):
        return None
    entries = tuple((_COLOUR_LEVEL[colour], f"{colour}色") for colour in colours)
    return Listing(entries, tuple((level, name) for level, name in entries), subject)


def _paired(text: str) -> list[tuple[str, str]]:
    forward = [(_roman(m[1]), m[2]) for m in _PAIR.finditer(text) if not _COLOUR.fullmatch(m[2])]
    if len(forward) >= 2:
        return list(dict.fromkeys(forward))
    return list(
        dict.fromkeys(
            (_roman(m[2]), re.sub(r"^(?:和|及|分别?为?|.*?(?:分为|划分为))(?:对应于?)?", "", m[1]))
            for m in _PAIR_BACK.finditer(text)
        )
    )


def _roman(printed: str) -> str:
    plain = printed.removesuffix("级")
    return _CHINESE.get(plain, plain)


def _plain_items(text: str) -> list[tuple[str, str]]:
    text = _COUNT.sub("", re.sub(r"^(?:分为|划分为|分成)", "", text))
    run = _NUMERAL_RUN.match(text)
    if run:
        numerals = numerals_in(run[1] + "级")
        return [(level, level) for level in numerals]
    head = re.split(
        r"[,;。:]?(?:依次|分别|共?[一二三四五\d]个?(?:等级|级别|级|类)|等[一二三四五\d]?个?(?:等级|级别|级))",
        text,
    )[0]
    items = [item for item in _ITEM_SPLIT.split(head.strip(",:")) if item]
    if not 2 <= len(items) <= 5 or any(len(item) > 16 for item in items):
        return []
    named = [level_name(item) for item in items]
    levels = [name.level for name in named if name is not None]
    if len(levels) == len(items) and len(set(levels)) == len(items):
        return list(zip(levels, items, strict=True))
    if not levels and not all(re.match(r"小|大|重|特|一般|较", item) for item in items):
        return []
    return _by_position(items)


def _by_position(items: list[str]) -> list[tuple[str, str]]:
    """Names outside the statutory words (小事故、一般事故、大事故、特大事故): the order gives the rank."""
    grave = re.compile(r"特|重大")
    mild = re.compile(r"小|一般|轻")
    ascending = bool(mild.match(items[0])) or bool(grave.match(items[-1]))
    descending = bool(grave.match(items[0])) or bool(mild.match(items[-1]))
    if ascending == descending:
        return []
    ordered = list(reversed(items)) if ascending else items
    ranked = {item: ROMANS[index] for index, item in enumerate(ordered)}
    return [(ranked[item], item) for item in items]


def _colours(text: str, entries: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    if all(_COLOUR_WORD.fullmatch(name) for _, name in entries):
        return tuple(entries)
    beside = re.findall(r"((?:IV|III|II|I|V)级?|[一二三四五]级)\((红|橙|黄|蓝)色?\)", text)
    if beside:
        return tuple((_roman(level), f"{colour}色") for level, colour in beside)
    match = re.search(
        r"(?:依次|分别)?(?:用|为|以)?((?:[红橙黄蓝]?色?[、,和]?){2,6})(?:来?表示|标[示识]|进行|预警|$)", text
    )
    found = re.findall(r"[红橙黄蓝](?=色)", match[1]) if match else []
    levels = [level for level, _ in entries]
    if len(found) != len(levels):
        return ()  # a colour was lost: better none than a wrong one
    return tuple((level, f"{colour}色") for level, colour in zip(levels, found, strict=True))


def in_title(name: str, title: str) -> bool:
    """Whether the word of degree in ``name`` is part of what the plan is about (农业重大病虫害)."""
    if numerals_in(name):
        return False
    around = (name[max(w.start() - 2, 0) : w.end()] for w in re.finditer("特别重大|重大|严重", name))
    return any(len(words) > 3 and words in title for words in around)
