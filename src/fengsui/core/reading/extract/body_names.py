"""Names of bodies: what ends one, how a printed list of them is split.

A list is split at 、 and its relatives outside brackets, and at 和 or 及 only where both sides are
bodies of their own (应急局和能源局, not 发展和改革委员会).  What a list shares at its end
(…等部门组成, …主要负责人参加) belongs to no single name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fengsui.core.reading.extract.body_text import in_brackets
from fengsui.core.reading.memo import remembered

# Ordered by kind: organs, armed and rescue bodies, enterprises, grass-roots bodies, general words.
BODY_END = (
    r"(?:委员会|指挥部|领导小组|工作组|管委会|办事处|办公室|办公厅|政府|党委|纪委|政法委|团委|工委|监委"
    r"|委宣传部|[部委办局厅司署处科股室所院庭]|中心|机关|人武部|武装部"
    r"|军分区|军区|司令部|武警|支队|大队|总队|中队|部队|分队|救援队|救护队|医疗队|消防队|民兵|队伍|[队团师]"
    r"|公司|集团|企业|银行|保险机构|电视台|报社|工厂|[厂矿店站社港]|[林农牧渔机草垦]场"
    r"|医院|学校|校医院|幼儿园|连队|社区|街道|乡镇|村委会|居委会|园区|开发区|服务部"
    r"|部门|单位|机构|组织|协会|学会|红十字会|工会|总会|联合会|商会|妇联|残联|文联|科联|侨联|[会组校])"
)
# A person named by an office: 局长, 主要负责人 …
POST_END = (
    r"(?:(?:第一|常务)?(?:副)?(?:指挥长|总指挥|组长|秘书长|巡视员|[州省市县区镇乡村部厅局司处科股室所院校馆园会站场队团师军连排班]长"
    r"|主任|书记|主席|经理|董事长|支队长|大队长|中队长|总队长|参谋长|司令员|政委|总监|院长|专员|主管)"
    r"|负责人|负责同志|领导同志|领导|同志|人员|联络员|专家|代表|干部|干事|教师|裁判)"
)
_ENDS = re.compile(f"(?:{BODY_END}|{POST_END})(?:（[^（）]*）)?$")
_BODY_ENDS = re.compile(f"{BODY_END}(?:（[^（）]*）)?$")
# A run without 、 longer than this is prose: it is not searched for joints.
_LONGEST = 120
_JOINTS = ("以及", "和", "及", "与", "或")
_LEAD_IN = re.compile(
    r"^(?:分别)?(?:由|包括|有(?!关)|为|以及|和|及|与|：|主要|其他成员：|成员单位|成员|主要成员|会同|还有)+"
)
_OFFICERS = (
    r"(?:(?:的)?(?:主要|分管|有关|相关|党政|行政)*"
    r"(?:负责(?:人|同志)|领导(?:同志|干部)?|工作同志|同志|人员|处室人员|科室人员))"
)
_TAIL = re.compile(
    rf"(?:等(?:有关|相关|各|重点|行业|职能|成员|涉灾|\d+个|[一二三四五六七八九十]+个)*(?:部门|单位|机构|科室|处室)?"
    rf"(?:[和及、与]?(?:各|有关|相关|重点|行业)*(?:部门|单位|机构))*)?{_OFFICERS}*"
    r"(?:共同)?(?:组成|参加|参与|配合|协助|协办|构成|(?:为|担任|任)[^，。；：、]{0,16}?成员(?:单位)?的?|担任|负责|协同)?[。；，：、]*$"
)
# Left after the tail was cut: 等 alone, 等部门.
_ETC = re.compile(
    r"等(?:[^、，]{0,8}(?:部门|单位|机构|组织|处室|科室|人员))?(?:主要|分管|有关|相关)*(?:负责人|负责同志|领导)?$"
)
# 公安、民政等部门: the words before 等 need no ending of their own.
_SHARED_END = re.compile(r"等(?:[^、，。；]{0,6})(?:部门|单位|机构)")
# 水文、堤防等相关专家: one kind of people, not two bodies.
_KIND_OF_PEOPLE = re.compile(
    r"^[^，。；]*等(?:方面)?(?:的)?(?:有关|相关|各类)*(?:专家|专业(?:技术)?人员)(?:组成|参加)?。?$"
)
PERSON = re.compile(r"^(?:某某|某某某|[\u4e00-\u9fff]某{1,2})(?:同志)?$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One name of a list and where it stands in the text that was split."""

    name: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class BodyList:
    """The names of a list in order; ``sure`` False: some piece does not look like a body."""

    pieces: tuple[Piece, ...]
    sure: bool

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(piece.name for piece in self.pieces)


# What begins like this is an act, whatever it ends with (承办, 组织工作组).
_ACT = re.compile(
    r"^(?:承办|督办|交办|主办|举办|协办|组织(?!部|人事)|负责|指导|协调|配合|协助|参与|参加|按照|根据|做好|收集|完成|保障|调动|及时|立即|统一|接到"
    r"|建立|制定|开展|加强|落实|提供|牵头|成立|设立|下设|派出(?!所)|报告|通知|向)"
)


@lru_cache(maxsize=4096)
def is_body(name: str) -> bool:
    """Whether ``name`` ends like a body (局, 委员会, 公司 …) and does not begin like an act."""
    return bool(_BODY_ENDS.search(name)) and not _ACT.match(name)


@lru_cache(maxsize=4096)
def is_body_or_post(name: str) -> bool:
    """Whether ``name`` ends like a body or like an office held by a person."""
    return bool(_ENDS.search(name)) and not _ACT.match(name)


def are_persons(bodies: BodyList) -> bool:
    """Whether a list names people rather than bodies: short names that end like no body."""
    names = bodies.names
    people = [
        name for name in names if PERSON.match(name) or (2 <= len(name) <= 3 and not is_body_or_post(name))
    ]
    return len(people) * 2 > len(names) and (not bodies.sure or any(PERSON.match(name) for name in people))


@remembered(1024)
def split_bodies(text: str) -> BodyList:
    """Split blank-free ``text``, a printed list of bodies, into its names."""
    lead = _LEAD_IN.match(text)
    begin = lead.end() if lead else 0
    if _KIND_OF_PEOPLE.search(text):
        end = len(text.rstrip("。；，：、"))
        return BodyList((Piece(text[begin:end], begin, end),), True)
    end = _cut_tail(text, begin)
    shared = bool(_SHARED_END.match(text, end))
    pieces: list[Piece] = []
    for first, last in _at_marks(text, begin, end):
        for low, high in _at_joints(text, first, last):
            piece = _trim(text, low, high)
            if piece.name:
                pieces.append(piece)
    sure = bool(pieces) and all(shared or _plausible(piece.name) for piece in pieces)
    return BodyList(tuple(pieces), sure)


def _cut_tail(text: str, begin: int) -> int:
    tail = _TAIL.search(text, begin)
    end = tail.start() if tail else len(text)
    # 部门 alone as the whole of the list is a name, not a tail.
    return end if end > begin else len(text.rstrip("。；，：、"))


def _at_marks(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    inside = in_brackets(text)
    spans, first = [], begin
    for index in range(begin, end):
        if text[index] in "、，；。;,/" and not inside[index]:
            spans.append((first, index))
            first = index + 1
    spans.append((first, end))
    return [(low, high) for low, high in spans if high > low]


def _at_joints(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    if end - begin > _LONGEST:
        return [(begin, end)]
    inside = in_brackets(text[begin:end])
    for joint in _JOINTS:
        at = text.find(joint, begin + 1, end)
        while at > 0:
            left, right = text[begin:at], text[at + len(joint) : end]
            if (
                not inside[at - begin]
                and _stands_alone(left)
                and _stands_alone(right)
                and not _one_thing(left, right)
            ):
                return [(begin, at), *_at_joints(text, at + len(joint), end)]
            at = text.find(joint, at + 1, end)
    return [(begin, end)]


def _stands_alone(name: str) -> bool:
    return len(name) >= 2 and (is_body_or_post(_ETC.sub("", name)) or bool(_SHARED_END.search(name)))


def _one_thing(left: str, right: str) -> bool:
    # 党委和政府, 部门和单位, 主要领导和分管领导 are one expression about one body.
    return (
        bool(re.match(r"(?:人民)?政府|(?:有关|相关)?(?:部门|单位|机构)$|分管|其", right)) and len(right) <= 8
    )


# 某局选派的专家: without what comes before, nothing is named.
_OF_A_KIND = re.compile(r"^(?:有关|相关)?(?:专家|人员|同志|干部|部门|单位|机构)$")


def _trim(text: str, begin: int, end: int) -> Piece:
    while begin < end and text[begin] in "（" and "）" not in text[begin:end]:
        begin += 1
    etc = _ETC.search(text, begin, end)
    if etc and etc.start() > begin:
        end = etc.start()
    # 担负防汛职责的水利局: the clause before is no part of the name.
    clause = text.rfind("的", begin, end)
    if (
        clause > begin
        and end - clause > 2
        and "（" not in text[begin:clause]
        and clause - begin > 5
        and not _OF_A_KIND.match(text[clause + 1 : end])
    ):
        begin = clause + 1
    lead = _LEAD_IN.match(text[begin:end])
    if lead and end - begin - lead.end() >= 2:
        begin += lead.end()
    return Piece(text[begin:end], begin, end)


def _plausible(name: str) -> bool:
    return len(name) <= 30 and (is_body_or_post(name) or bool(re.search(r"等|各|有关|相关", name)))
