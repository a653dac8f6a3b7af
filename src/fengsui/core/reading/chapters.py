"""What a chapter of a plan is about, by its title: the sections people search in."""

from __future__ import annotations

import re

_KINDS = (
    ("annex", r"^附(?!则)|附件|附录|附表|附图"),
    ("general", r"总则|总述|概述|编制"),
    ("organisation", r"组织|指挥|机构|职责|体系|领导"),
    ("warning", r"预警|监测|预防|预报|风险|隐患"),
    ("reporting", r"报告|报送|信息(?!发布|公开)"),
    ("recovery", r"后期|灾后|善后|恢复|重建|调查|总结|评估|终止|结束"),
    ("response", r"响应|运行机制|处置|救援|启动|行动|抢险"),
    ("support", r"保障|物资|队伍|资源|准备"),
    ("upkeep", r"演练|培训|宣传|管理|修订|监督|奖|责任"),
    ("closing", r"附则|解释|实施|施行"),
)
CHAPTERS = tuple(kind for kind, _ in _KINDS)
"""Kinds of chapters, by code."""


def chapter_kind(title: str) -> str:
    """The kind of a chapter; "" where the title tells none."""
    return next((kind for kind, words in _KINDS if re.search(words, title)), "")
