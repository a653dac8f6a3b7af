"""Bodies and offices as plans print them, as far as rules must tell one from another."""

from __future__ import annotations

import re

from fengsui.core.reading.memo import remembered
from fengsui.core.reading.phrases.folded import folded_text

_RANKS = (
    (5, r"国务院|国家|全国"),
    (4, r"自治区|兵团|[^市州县区]{0,3}省"),
    (3, r"自治州|师市|师|[^本]州|地区|[^都城]市|州"),
    (2, r"自治县|县|区|旗|团"),
    (1, r"乡|镇|街道|苏木|连"),
)
POINTER = re.compile(
    r"^启动.{0,6}的|按照?.{0,8}程序|履行|^各级|原(?:批准|启动|决定|发布)|启动(?:机关|部门|单位|者)|(?:批准|决定|宣布|发布).{0,4}启动.{0,6}的"
)
"""Whoever started it (原批准人): a pointer, no name."""
VAGUE = re.compile(r"(?:相应|有关|相关)的?(?:机构|部门|单位|机关)$")
UNDIVIDED = r"启动预警响应|预警响应|预警预报信息"
"""A sentence on answering warnings, as against issuing them."""


_BESIDE = re.compile(r"\(.*?\)|[《》“”\"\s]")


@remembered(4096)
def plain(name: str) -> str:
    """``name`` without blanks, brackets and width."""
    return _BESIDE.sub("", folded_text(name))


def rank(name: str) -> int:
    """The rank of the place a body carries first in its name: 5 the state … 1 a township; 0 for none."""
    text = plain(name)[:12]
    found = [(match.start(), value) for value, words in _RANKS if (match := re.search(words, text))]
    return min(found)[1] if found else 0


def inner_rank(name: str) -> int:
    """The rank of the innermost place in the name of a headquarters (某师某市某团…指挥部 → 2)."""
    text = plain(name)[:14]
    return min((value for value, words in _RANKS if re.search(words, text)), default=0)


def organ(name: str) -> str:
    """What kind of organ decides: "hq" the headquarters or its commander, "office", "government", …"""
    text = plain(name)
    if re.search(r"(?:指挥部|委员会|减灾委|安委会|领导小组|组|应急)办公室|办公室(?:主任|副主任)?$", text):
        return "office"
    if re.search(r"现场.{0,6}指挥", text):
        return "on-site"
    if re.search(r"指挥部|指挥机构|领导小组|总指挥|指挥长|减灾委|安委会|委员会(?:主任)?$|组长", text):
        return "hq"
    if re.search(r"人民政府|政府|[州省市县区]长$|管委会|党委", text):
        return "government"
    return "other"
