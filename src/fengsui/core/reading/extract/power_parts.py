"""A sentence cut into the parts that each give a power of their own."""

from __future__ import annotations

import re

_SPLIT = re.compile(
    r"，(?=(?:其中|而|初判发生)?[^，。由报经启]{0,14}?(?:[ⅠⅡⅢⅣ]|[一二三四]级|[红橙黄蓝]色|"
    r"特别重大|特大|重大|较大|较重|一般(?!由)|I|V)[^，。启]{0,12}?(?:响应|预警|事故|事件)?，?(?:报|由|经))"
    r"|，(?=启动(?:[ⅠⅡⅢⅣ]|[一二三四]|I{1,3}V?)级[^，。]{0,8}，?由)"
    r"|，(?=[^，。]{2,24}负责[ⅠⅡⅢⅣ一二三四][^，。]{0,24}的启动)"
    r"|，(?=[^，。]{2,16}(?:评估|会商|研判|分析)[^，。]{0,6}，?(?:确定|决定)是否启动)"
)


def level_parts(text: str) -> list[str]:
    """The sentence cut where it goes on to another level with its own decider."""
    return [part for part in _SPLIT.split(text) if part]
