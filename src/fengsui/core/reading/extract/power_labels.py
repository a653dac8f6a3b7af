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
_STEP = (
    r"(?:(?:[ⅠⅡⅢⅣⅤ一二三四五]|IV|I{1,3}|V)级?(?:、(?:[ⅠⅡⅢⅣⅤ一二三四五]|IV|I{1,3}))*级?|"
    r"[红橙黄蓝]色(?:[、和及][红橙黄蓝]色)*)(?:以[上下])?"
)
_LEVEL_THEN = re.compile(
    rf"^{_STEP}(?:（[^）]{{1,8}}）)?(?:[^，。；：—]{{0,6}}?(?:响应|预警))?(?:（[^）]{{1,8}}）)?"
    r"(?:：|——|—|－－|--|，|为|是)(?P<who>[^，。；：]{2,40})[。；]?$"
)
_THEN_LEVEL = re.compile(
    rf"^(?P<who>[^，。；：]{{2,40}})(?:：|——|—)(?:负责|批准|启动)*{_STEP}[^，。；：]{{0,16}}?(?:响应|预警)?[。；]?$"
)
_ABOUT_WHO = re.compile(rf"{_DEED}[^，。；]{{0,6}}?{_ROLE}|由谁|{_DEED}(?:如下：?|的?：)$")
_AROUND = re.compile(rf"^由|(?:研究|负责)*(?:{_DEED}|同意|审定|签署)+(?:后?(?:启动|发布))?$")


def power_of_label(sentence: Sentence, part: str) -> Power | None:
    """The power of a labelled line or item, None where ``part`` is no such line."""
    if len(part) > 70:
        return None
    found = _LABELLED.match(part)
    if found is not None and ("级响应" in found["who"] or "色预警" in found["who"]):
        found = None  # 批准权限：Ⅱ级响应为县长
    if found is None and ("级" in part or "色" in part):
        found = _item(sentence, part)
    if found is not None and re.search("授权|提请|报请|报经", found["who"]):
        return None  # a sentence, and read as one
    body = clean_body(_AROUND.sub("", found["who"])) if found else None
    return Power(authority=body) if body else None


def _item(sentence: Sentence, part: str) -> re.Match[str] | None:
    """一级响应——县长, 红色预警，省政府, where the line above, the label or the title asks who."""
    head, mark, rest = part.partition("：")
    asked = bool(mark) and _ABOUT_WHO.search(head) is not None
    places = (sentence.lead, sentence.label, sentence.titles[0], sentence.text.partition("：")[0])
    if not asked and not any(_ABOUT_WHO.search(place) for place in places):
        return None
    text = rest if asked else part
    return _LEVEL_THEN.match(text) or _THEN_LEVEL.match(text)
