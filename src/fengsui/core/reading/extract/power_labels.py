"""Powers told by a label and no sentence: 启动人：县长; 一级响应——县长 under a line on who may start."""

from __future__ import annotations

import re

from fengsui.core.reading.extract.power_text import Sentence, clean_body
from fengsui.core.reading.extract.power_verbs import Power

_ROLE = r"(?:权限|主体|人|者|机关|机构|单位|部门|领导|权)"
_DEED = r"(?:启动|批准|审批|签发|发布|宣布|决定|决策)"
_LABELLED = re.compile(
    rf"^(?:(?:应急)?响应|预警)?(?:的)?{_DEED}(?:(?:应急)?响应|预警)?(?:的)?{_ROLE}(?:：|——|—|为(?!：)|是|由)(?P<who>[^，。；：]{{2,40}})[。；]?$"
)
_LEVEL_THEN = re.compile(
    r"^(?:[ⅠⅡⅢⅣⅤ一二三四五]|IV|I{1,3}|V)级(?:以[上下])?(?:（[^）]{1,8}）)?(?:[^，。；：—]{0,6}?(?:响应|预警))?(?:（[^）]{1,8}）)?"
    r"(?:：|——|—|－－|--)(?P<who>[^，。；：]{2,40})[。；]?$"
)
_THEN_LEVEL = re.compile(
    r"^(?P<who>[^，。；：]{2,40})(?:：|——|—)(?:负责|批准|启动)*(?:[ⅠⅡⅢⅣ一二三四]|IV|I{1,3})级[^，。；：]{0,16}?(?:响应|预警)?[。；]?$"
)
_ABOUT_WHO = re.compile(rf"{_DEED}[^，。；]{{0,6}}?{_ROLE}|由谁|{_DEED}(?:如下|的)?：$")
_AROUND = re.compile(rf"^由|(?:研究|负责)*(?:{_DEED}|同意|审定|签署)+(?:后?(?:启动|发布))?$")


def power_of_label(sentence: Sentence) -> Power | None:
    """The power of a labelled line, None where the sentence is no such line."""
    text = sentence.text
    if len(text) > 70:
        return None
    found = _LABELLED.match(text)
    if found is None and ("级" in text[:4] and ("：" in text or "—" in text or "-" in text)):
        led = _ABOUT_WHO.search(sentence.lead) or _ABOUT_WHO.search(sentence.titles[0])
        found = _LEVEL_THEN.match(text) if led else None
    elif found is None and "级" in text and ("：" in text or "—" in text):
        led = _ABOUT_WHO.search(sentence.lead) or _ABOUT_WHO.search(sentence.titles[0])
        found = _THEN_LEVEL.match(text) if led else None
    body = clean_body(_AROUND.sub("", found["who"])) if found else None
    return Power(authority=body) if body else None
