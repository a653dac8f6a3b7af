"""Words of criteria that carry no criterion, and those that say none or some."""

from __future__ import annotations

import re

from fengsui.core.reading.phrases.facts import mentions

_JOINT = re.compile(r"^(?:[,、;:]|[一二三四五六]是|或者?|或是|以及|并且|而且|同时|且|并(?!发|列)|其中)+")
_ACTION = re.compile(
    r"^(?:时|的)?,?(?:"
    r"(?:[^,;。由]{0,6}响应|预警)?(?:分别|依次|并|都)?由.{1,30}?(?:发布|启动|决定|负责|组织|指挥|确认|签发|应对|批准|宣布|确定)"
    r"|由.{2,40}?(?:领导下|牵头|统一|下达(?!的))"
    r"|(?:及时|同时|立即|并)*(?:上报|报告|报送|报请?(?!警|道|刊))[^,]{2,24}?(?:备案|审批|批准|审定|同意|报告)?$"
    r"|(?:应当?|须|需|可|可以|立即|及时|同时|要|并|分别)*(?:发布|发出|启动|采取|进入|宣布|报送|实施).{0,24}?"
    r"(?:预警|响应|信号|备案|措施|信息|状态|级)"
    r"|(?:应当?|须|初判|初步判断|判定|认定)?(?:为|属于?|定为|列为|构成|视为|划为).{0,24}?(?:事故|事件|灾害|火灾|疫情|险情|灾情|汛情|干旱|地震|级|预警)"
    r"(?:\([^()]*\))?"
    r")"
)
MEASURE = re.compile(
    r"负责|组织|指挥|立即|报告|派出|协调|部署|成立|采取|做好|落实|通知|开展|加强|提醒|赶赴|指导|召开|安排|实施|救援|"
    r"上报|予以|处理(?!能力)"
)
"""Words of what is done at a level, not of what reaches it."""
_NAMING_END = re.compile(
    r"^(?:应当?|须)?(?:为|属于?|定为|列为|构成|视为|划为).*(?:事故|事件|灾害|火灾|疫情|险情|灾情|汛情|干旱|地震|级|预警|\))$"
)
_FRAME = re.compile(
    r"^(?:一次灾害过程|1次灾害过程|其中|凡|初判|初步判断|经.{0,8}(?:预测|研判|分析|评估|会商|核实)|(?:未来|在)?\d+(?:个)?(?:天|日|小时|周|月|平均潜伏期)之?内?|"
    r"在?.{0,12}(?:行政区域|辖区|区域|范围|境|期|期间|时间)内|(?:尚)?未达到[^\d,;。]{1,20}(?:标准|条件|级别|等级|程度)?的?|因灾|受(?:地质)?灾害威胁|发生下列情况|即|\(?\d+\)?)$"
)
_DELEGATED = re.compile(
    r"(?:条件|标准|等级|级别).{0,6}由.{2,40}(?:确定|制定|规定|负责)|另行(?:制定|规定)|以.{2,12}(?:界定|规定)为准"
)
_CONDUCT = re.compile(
    r"闹事|上访|聚众|集会|上街|游行|示威|静坐|围堵|罢工|罢课|罢市|请愿|信访|谣言|舆情|舆论|炒作|煽动|言论|串联|滋事|"
    r"群体性事件|冲击.{0,6}机关|堵塞.{0,6}机关"
)
_NONE = re.compile(
    r"(?:没有|无|未(?:造成|出现|发生|有|导致)?|没有?造成|不(?:造成|出现))(?:人员|任何|人)?"
    r"((?:死亡(?:病例)?|重伤|严重伤害|伤亡|受伤|失踪)(?:、(?:失踪|重伤|受伤))?)"
)
_SOME = re.compile(
    r"^(?:并|且|,|已)*(?:出现|造成|有|发生|伴有)(?:了|人员)?(死亡病例|死亡|人员死亡|重伤)(?:病例|人员|的)?$"
)


def without_joint(text: str) -> tuple[int, str]:
    """``text`` without the joining words it begins with, and how many characters were taken off."""
    match = _JOINT.match(text)
    skipped = match.end() if match else 0
    return skipped, text[skipped:].rstrip(",、")


def is_action(text: str) -> bool:
    """Whether the clause says what is then done or named (由…发布预警信息, 为较大事故), not when."""
    plain = without_joint(text)[1]
    match = _ACTION.match(plain)
    if match is None:
        return False
    return not plain.startswith(("为", "属")) or bool(_NAMING_END.match(plain))


_SIGNAL = re.compile(
    r"(?:气象|水文|水利|海洋|自然资源|预报)[^,;。]{0,20}?(?:发布|发出|继续发布)[^,;。]{0,20}?(红|橙|黄|蓝)色(?:以上)?[^,;。]{0,6}?(?:预警|警报|信号)"
    r"|(?:发布|发出)[^,;。]{0,16}?(红|橙|黄|蓝)色(?:以上)?(?:预警信号|警报)"
)


def signal_in(text: str) -> str | None:
    """The colour of the warning signal that a criterion asks for (气象台发布暴雨红色预警); None for none."""
    match = _SIGNAL.search(text)
    return f"{match[1] or match[2]}色" if match else None


def without_signals(text: str) -> str:
    """``text`` without the signals it asks for, which say nothing of what is itself published."""
    return _SIGNAL.sub("", text) if "色" in text else text


def is_delegated(text: str) -> bool:
    """Whether the sentence leaves the criteria to somebody else (分级条件由…确定)."""
    return bool(_DELEGATED.search(text))


def is_deed(text: str) -> bool:
    """Whether what follows an occurrence says what is then done."""
    return bool(MEASURE.search(text)) and not re.match(r"超|并|且|造成|导致|影响|严重|可能|威胁|危", text)


_OCCURRENCE = re.compile(r"^(?:当|若|凡)?(?:发生|出现|初判).{2,48}?(?:时|后|的)?$")


def is_occurrence(text: str) -> bool:
    """Whether the clause says that something happens (发生重大事故时)."""
    return bool(_OCCURRENCE.match(text))


def is_frame(text: str) -> bool:
    """Whether the clause only sets the scene (一次灾害过程, 经监测预测) or leaves the matter to others."""
    plain = without_joint(text)[1].rstrip(":")
    return bool(_FRAME.match(plain)) or bool(_DELEGATED.search(plain))


def is_out_of_scope(text: str) -> bool:
    """Whether the criterion is on people's conduct or speech: shown, never evaluated."""
    return bool(_CONDUCT.search(text))


def none_of(text: str) -> tuple[int, int] | None:
    """The span of the harm that the clause denies (没有人员死亡); None if it denies none."""
    match = _NONE.search(text)
    return _harm_span(match, text)


def some_of(text: str) -> tuple[int, int] | None:
    """The span of the harm that the clause says there is (并出现死亡病例), if that is all it says."""
    return _harm_span(_SOME.match(text), text)


def _harm_span(match: re.Match[str] | None, text: str) -> tuple[int, int] | None:
    if match is None or not mentions(match[1], "人", text):
        return None
    return match.span(1)
