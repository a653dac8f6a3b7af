"""What a plan promises with a figure (4台铲车, 20天用煤, 2支队伍30人): held ready, not suffered.

A figure of harm, a threshold, a deadline or a number of meetings is no resource; only sentences that hold
something ready, sections on support, and tables of stores are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from fengsui.core.plan.surroundings import PromisedResource
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.power_text import Sentence, body_at_head, sentences_having
from fengsui.core.reading.extract.resource_tables import resources_in_tables
from fengsui.core.reading.numerals import chinese_integer
from fengsui.core.reading.outline import Outline

_NUMBER = r"(?<![\d.])(?:\d+(?:\.\d+)?|[两一二三四五六七八九十]{1,3})\s*(?P<scale>余|多|万余|万|千|百)?"
_COUNTED = (
    "台套|台件|台|辆|艘|架|套|吨|公斤|千克|立方米|m³|升|顶|床|件|把|具|双|眼|盏|卷|桶|袋|箱|瓶|副|块|根|条|只|部|张|座|处|"
    "间|所|支(?![持援撑付出])|部(?![门分署])|个|名|人(?![民员口次])|万元|亿元|米"
)
_NAME = r"[一-龥A-Za-z][一-龥A-Za-z\-]{0,13}[一-龥A-Za-z]"
_COUNT = re.compile(rf"(?P<n>{_NUMBER})\s*(?P<unit>{_COUNTED})")
_NAME_BEFORE = re.compile(
    rf"(?P<name>{_NAME}(?:（[^（）]{{1,12}}）)?)(?:各|共|约|共计|合计|不少于|至少|数量)?\s*$"
)
_ENDS = re.compile(r"(?:以上)?(?=[，、。；）：]|和|及|以及|等|$)")
_NAME_AFTER = re.compile(
    r"(?:以上)?的?(?P<name>[一-龥A-Za-z][一-龥A-Za-z\-]{0,13}?[一-龥A-Za-z])"
    r"(?=[，、。；（）]|和|及|以及|等|待命|备用|投入|参与|用于|赶赴|$)"
)
_NUMERAL = re.compile(r"[\d两二三四五六七八九十]")
"""What every figure has; a cheap look before ``_FIGURE``."""
_FIGURE = re.compile(r"\d\s*[余多万]*(?:[天日]|" + _COUNTED + r")|[两二三四五六七八九十][支台辆艘套座]")
_DAYS = re.compile(
    r"(?P<head>[一-龥]{0,16}?)(?:应急)?(?:储备|库存|备用|储存)?量?(?:应|须|要)?(?:不得?(?:少|低)于|满足|维持|保证|至少)?"
    r"(?P<n>\d+)(?P<unit>天|日)(?:以上)?的?(?P<what>用煤|用水|用油|用粮|用气|口粮|用量|使用量|消耗量|需求量?|储备)"
)
_TEAM = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?P<unit>支)的?(?P<name>[一-龥]{{0,14}}?(?:队伍|队))?[，、（]?(?:共|共计|计|合计|约)?\s*"
    rf"(?P<people>\d+)\s*余?(?P<each>名|人)"
)
_HELD = re.compile(
    r"储备|配备|备有|备足|备齐|现有|拥有|建有|设有|常备|储存|存放|库存|集结|调集|出动|落实|准备|预置|预备|启动|启用|组建|"
    r"购置|保有|配置|安排|可用|备用|建成|调用|待命"
)
_HELD_TITLE = re.compile(r"保障|物资|装备|设备|储备|队伍|力量|资源|避难|车辆|器材")
_HARM = re.compile(
    r"死亡|失踪|受伤|重伤|轻伤|伤亡|中毒|被困|受灾|倒塌|损坏|损失|发生|造成|以下|超过|感染|病例|疫点|罚款|处以|以上响应|"
    r"危及|威胁|受害|停电|中断|滞留|事故[，、]|人口|常住|面积|修复费|补助|补贴|奖励|过火|转移"
)
_PLACE_TITLE = re.compile(
    r"分级|标准|级别|等级|概况|基本情况|风险|危险源|适用范围|术语|报告|责任|奖惩|联系|通讯录|目的"
)
_PEOPLE = re.compile(
    r"(?:队员|人员|民兵|专家|医生|护士|医护|志愿者|干部|职工|预备役|官兵|技工|驾驶员|队伍|突击队|分队|大队|中队|小组)$"
)
_SEVERAL = re.compile(
    r"(?:避难|避险|安置|集结|储备|供水|取水|加油|供应|救助|物资|医疗|急救)[一-龥]{0,4}$|(?:仓库|帐篷|机|泵|库|站|点|灯|器|箱|罐)$"
)
_VERBS = re.compile(
    r".*(?:启动|启用|出动|调集|储备|配备|配置|备有|备足|准备|现有|拥有|建有|设有|设置|落实|组建|集结|购置|储存|存放|预留|安排|建成|"
    r"保证|共有|包括|其中|以及|至少|不少于|各类|常备|库存|组织|抽调|提供|动用|调用)(?:了|有)?(?=[一-龥A-Za-z]{2})"
)
_NOT_NAMES = re.compile(
    r"^(?:小时|分钟|以上|以下|以内|左右|内|级|工作|方面|阶段|条件|情形|第|每|共|按|为|是|在|由|一|次|年|月|日|天)|"
    r"(?:的|了|为|是|在|由|按|于|或|第|每|近|达|约|共|向|至|从|有|各|高度|长度|宽度|间距|半径|距离|水位|深度|厚度|级|"
    r"电话|网站|方面|要素|阶段|方式|成员|副职|环节|类别|会议|报告|演练|活动|事件|事故|部门|单位|岗位|单位名|信息)$"
)


def extract_resources(outline: Outline) -> Extracted[PromisedResource]:
    """Every figure of something held ready, in the order of the text."""
    found = [*resources_in_tables(outline)]
    for sentence in sentences_having(outline, _NUMERAL):
        if sentence.paragraph.cell is None and _may_promise(sentence):
            found.extend(_of_sentence(sentence))
    return Extracted(tuple(sorted(found, key=lambda each: each.source.line)))


def _may_promise(sentence: Sentence) -> bool:
    text = sentence.text
    if not _FIGURE.search(text) or _HARM.search(text):
        return False
    title = sentence.titles[0] if sentence.titles else ""
    if _PLACE_TITLE.search(title):
        return False
    return bool(_HELD.search(text) or _HELD_TITLE.search(title))


def _of_sentence(sentence: Sentence) -> Iterator[PromisedResource]:
    text = sentence.text
    taken: list[tuple[int, int]] = []
    for match in _DAYS.finditer(text) if re.search(r"\d[天日]", text) else ():
        what = match["what"]
        named = what in ("用煤", "用水", "用油", "用粮", "用气", "口粮")
        name = what if named else re.sub(r"^.*其中|(?:应急)?(?:储备|库存)$", "", match["head"])
        if name:
            taken.append(match.span())
            unit = match["unit"] if named else f"{match['unit']}{what}"
            yield _resource(sentence, name, match["n"], unit, match)
    for match in _TEAM.finditer(text) if "支" in text else ():
        taken.append(match.span())
        name = match["name"] or "队伍"
        yield _resource(sentence, name, match["n"], match["unit"], match)
        yield _resource(sentence, f"{name}人员", match["people"], match["each"], match)
    for match in _COUNT.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        words = _name_of(text, match)
        thing = _thing(words, match["unit"]) if words else None
        if thing:
            yield _resource(sentence, thing, match["n"], match["unit"], match)


def _name_of(text: str, count: re.Match[str]) -> str | None:
    """The words counted: right before the figure where a mark follows it, else right after it."""
    if _ENDS.match(text, count.end()):
        before = _NAME_BEFORE.search(text, max(0, count.start() - 32), count.start())
        if before:
            return before["name"]
    after = _NAME_AFTER.match(text, count.end())
    return after["name"] if after else None


def _thing(words: str, unit: str) -> str | None:
    """The name of the thing without the verb before it; None where it is no thing of that unit."""
    name = _VERBS.sub("", words)
    if len(name) < 2 or _NOT_NAMES.search(name) or re.search(r"小时|分钟|[年月日]内|不得|应当", name):
        return None
    if unit in ("名", "人") and not _PEOPLE.search(name):
        return None
    if unit in ("个", "处", "座", "所", "部", "间", "张", "米") and not _SEVERAL.search(name):
        return None
    if unit == "条" and re.search(r"(?:规定|意见|措施|标准|通道|道|线|路|河|款|要求)$", name):
        return None
    if unit in ("万元", "亿元") and not re.search(r"资金|经费|预备费|储备金", name):
        return None
    return name


def _resource(
    sentence: Sentence, name: str, number: str, unit: str, match: re.Match[str]
) -> PromisedResource:
    return PromisedResource(
        name=sentence.printed(name),
        quantity=quantity_of(number),
        unit=unit,
        holder=_holder(sentence, match.start()),
        source=sentence.cite(),
    )


def quantity_of(number: str) -> Decimal:
    """ "4", "1.5万", "两", "300余" as a number; raises ValueError where it is none."""
    bare = re.sub(r"[余多\s]", "", number)
    factor = Decimal(1)
    for word, times in (("万", 10_000), ("千", 1_000), ("百", 100)):
        if bare.endswith(word) and len(bare) > 1:
            bare, factor = bare[:-1], Decimal(times)
            break
    try:
        return Decimal(bare) * factor
    except InvalidOperation:
        value = chinese_integer(bare)
        if value is None:
            raise ValueError(number) from None
        return Decimal(value) * factor


_KEEPS = re.compile(r"储备|配备|备有|备足|备齐|储存|存放|拥有|现有|组建|建立|设有|常备|落实|配置|建有|库存")


def _holder(sentence: Sentence, at: int) -> str | None:
    """Who keeps it: the body the sentence begins with, where the sentence says that it keeps."""
    if not _KEEPS.search(sentence.text):
        return None
    name = body_at_head(sentence.text)
    if name is None:
        head = re.match(
            r"(各?[一-龥]{2,16}?(?:单位|企业|公司|部门|站|队|中心))(?:其中|应|要|须|共)", sentence.text
        )
        name = head.group(1) if head and head.end() <= at + 2 else None
    return sentence.printed(name) if name else None
