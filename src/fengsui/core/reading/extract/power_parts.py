"""A sentence cut into the parts that each give a power of their own."""

from __future__ import annotations

import re

from fengsui.core.reading.extract.power_levels import levels_in

_SPLIT = re.compile(
    r"，(?=(?:其中|而|初判发生)?[^，。由报经启]{0,14}?(?:[ⅠⅡⅢⅣ]|[一二三四]级|[红橙黄蓝]色|"
    r"特别重大|特大|重大|较大|较重|一般(?!由)|I|V)[^，。启]{0,12}?(?:响应|预警|事故|事件)?，?(?:报|由|经))"
    r"|，(?=启动(?:[ⅠⅡⅢⅣ]|[一二三四]|I{1,3}V?)级[^，。]{0,8}，?由)"
    r"|，(?=[^，。]{2,24}负责[ⅠⅡⅢⅣ一二三四][^，。]{0,24}的[^，。]{0,4}启动)"
    r"|，(?=[^，。]{2,16}(?:评估|会商|研判|分析)[^，。]{0,6}，?(?:确定|决定)是否启动)"
    r"|(?<=[动定准发署])、(?=(?:[ⅠⅡⅢⅣ一二三四]|I{1,3}|IV)级[^，。、]{0,8}由)"
    r"|，(?=(?:[ⅠⅡⅢⅣ一二三四]|I{1,3}|IV)级[^，。]{0,12}?启动(?:权限?|决定权|审批权)[^，。由]{0,2}(?:在|归|属|由))"
    r"|，(?=(?:[ⅠⅡⅢⅣ一二三四]|I{1,3}|IV)级(?:应急)?响应(?:为|是))"
    r"|，(?=(?:(?:[ⅠⅡⅢⅣ一二三四]|I{1,3}|IV)级、?){1,3}(?:应急)?响应的?启动，?(?:须|应|需|均|由|经|报))"
    r"|或者?(?=(?:提请|报请|请求)[^，。]{2,16}启动)"
)


def level_parts(text: str) -> list[str]:
    """The sentence cut where it goes on to another level with its own decider."""
    return [one for part in _SPLIT.split(text) if part for one in _by_starter(part)]


_EXCEPTION = re.compile(r"，(?:在)?(?:特殊|紧急|特别紧急|情况紧急|来不及)[^，。；]{0,10}，?[^；。]*")


def without_exception(part: str) -> str:
    """``part`` without what holds in a hurry only: 由甲决定，特殊情况下可由乙先行决定."""
    if "紧急" not in part and "特殊" not in part and "来不及" not in part:
        return part
    found = _EXCEPTION.search(part)
    if found is None or levels_in(found.group()) or not re.search("启动|决定|批准", part[: found.start()]):
        return part
    return part[: found.start()] + part[found.end() :]


_NEXT_STARTER = re.compile(
    r"，(?=(?:必要时|视情况?)，?(?:向|提请|报请|请求|由)[^，。；]{2,24}?启动(?:[ⅠⅡⅢⅣ一二三四]|I{1,3}|IV)级)"
    r"|，(?=[^，。；由报经向]{2,24}?(?:视情况?|可|应|适时|立即|决定|批准|宣布|下令|同意|签发|负责)*启动[^，。；]{0,4}?(?:[ⅠⅡⅢⅣ一二三四]|I{1,3}|IV)级)"
)
_NO_START = re.compile(r"(?:建议|意见|请求|申请|报告|时|后|的|情况|条件|标准)$|提出|建议|请示|请求|申请")


def _by_starter(part: str) -> list[str]:
    """企业启动本单位预案，县指挥部启动Ⅳ级响应: two that start, each with what it starts."""
    if part.count("启动") < 2:
        return [part]
    for found in _NEXT_STARTER.finditer(part):
        before = part[: found.start()]
        if "启动" in before and not _NO_START.search(before.split("，")[-1]):
            return [before, *_by_starter(part[found.end() :])]
    return [part]
