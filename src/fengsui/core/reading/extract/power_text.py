"""Sentences with their context, and the bodies and levels named in them.

Shared by the extractors of powers and clocks (activation, termination, deadlines, measures, upkeep).
Parsing works on ``Sentence.text``: the words of the plan with punctuation brought to full width and
look-alike letters mended, one character for one, so that offsets into the paragraph stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fengsui.core.citation import Citation
from fengsui.core.reading.at_once import at_once
from fengsui.core.reading.blocks import Paragraph
from fengsui.core.reading.memo import remembered
from fengsui.core.reading.outline import Outline, Section
from fengsui.core.reading.sought import Sought

_WIDTH = tuple(zip(",;:()．ШІ﹑", "，；：（）.ⅢI、", strict=True))
LABEL = re.compile(
    r"^[\s\-—*#•]*(?:\d{1,2}(?:\.\s?\d{1,2}){1,4}(?![\d.%])|（[一二三四五六七八九十\d]{1,3}）|"
    r"\d{1,2}[.、）](?!\d)(?:\d{1,2}[.、）]?(?!\d))*|"
    r"[一二三四五六七八九十]{1,3}、|[①-⑳⑴-⒇⒈-⒛]|第[一二三四五六七八九十]+条)\s*"
)
LONGEST_SENTENCE = 2_000
"""A longer one has lost its stops: it is cut at a comma, lest every pattern runs over all of it."""
_UNTIL_END = re.compile(r"[^。！？；!?]*[。！？；!?]|[^。！？；!?]+")
_ENDS = "。！？；!?"
_HEAD_LABEL = re.compile(
    r"^(?:([^，。；：]{1,32})：|([^，。；：（）]{2,14}（[^）]{1,6}级）)|([^，。；：]{1,16}(?:响应|预警)|[ⅠⅡⅢⅣⅤ一二三四]级(?:（[^）]{1,8}）)?)。(?=.))"
)


def _widened(text: str) -> str:
    """``text`` with full-width punctuation and mended look-alikes, same length."""
    for narrow, wide in _WIDTH:  # several times as quick as str.translate, which looks at every character
        text = text.replace(narrow, wide)
    return text


widen = remembered(2048)(_widened)
_MENDED = re.compile(f"[{''.join(wide for _, wide in _WIDTH)}]")


def may_be_mended(text: str) -> bool:
    """Whether widened ``text`` holds a sign that the document may print otherwise."""
    return _MENDED.search(text) is not None


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence (up to 。 or ；) with where it stands.

    Never changed once cut; not frozen, because thousands are made for each plan and that costs thrice.
    ``label`` is what stands before a colon at the head of its paragraph ("一般汛情"), ``lead`` the
    last short or colon-ended paragraph above it in the section, ``path`` the sections down to it,
    ``titles`` their titles from the innermost outward (full width).
    ``order`` counts the sentences of the section from 0.
    """

    outline: Outline
    section: Section
    path: tuple[Section, ...]
    paragraph: Paragraph
    start: int
    end: int
    text: str
    label: str
    lead: str
    order: int
    titles: tuple[str, ...]

    def cite(self) -> Citation:
        return self.outline.cite(self.section, self.paragraph, self.start, self.end)

    @property
    def around(self) -> str:
        """The paragraph; of one that is longer than any should be, what stands near."""
        whole = self.paragraph.text
        if len(whole) <= LONGEST_SENTENCE:
            return whole
        return whole[max(0, self.start - LONGEST_SENTENCE) : self.end + LONGEST_SENTENCE]

    @property
    def listed(self) -> bool:
        """Whether the paragraph begins with the number of a list."""
        return LABEL.match(self.paragraph.text[:LONGEST_SENTENCE].strip()) is not None

    def printed(self, value: str) -> str:
        """``value`` (found in ``text``) with the characters of the document."""
        if not may_be_mended(value):
            return value
        for text in (self.paragraph.text[self.start : self.end], self.around):
            at = widen(text).find(value)
            if at >= 0:
                return text[at : at + len(value)]
        return value


_Said = tuple[str, int]
"""A sentence without the blanks before it, and where it ends."""


def _said(text: str) -> list[_Said]:
    """The sentences of ``text`` in order, one that is too long in parts."""
    said: list[_Said] = []
    end = 0
    for cut in _UNTIL_END.findall(text):
        start, end = end, end + len(cut)
        if end - start > LONGEST_SENTENCE:
            said += _parts(text, start, end)
        elif cut not in _ENDS and (words := cut.lstrip()):
            said.append((words, end))
    return said


def _parts(text: str, start: int, end: int) -> Iterator[_Said]:
    while end - start > LONGEST_SENTENCE:
        comma = text.rfind("，", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = comma + 1 if comma >= 0 else start + LONGEST_SENTENCE
        yield text[start:cut].lstrip(), cut
        start = cut
    if words := text[start:end].lstrip():
        yield words, end


_MARK = re.compile(r"[。；，！]")
_LABEL_WORDS = "一二三四五六七八九十第"


def _is_lead(text: str) -> bool:
    return text.endswith("：") or (len(text) <= 30 and not _MARK.search(text))


def unlabelled(text: str) -> str:
    """``text`` without the number of a list at its head."""
    if "\u4e00" <= text[:1] <= "\u9fff" and text[0] not in _LABEL_WORDS:
        return text
    label = LABEL.match(text)
    return text[label.end() :] if label else text


def _of_section(
    outline: Outline, path: tuple[Section, ...], titles: tuple[str, ...], texts: Iterator[str]
) -> list[Sentence]:
    """The sentences of the innermost section; ``texts`` gives its paragraphs, widened."""
    section, lead, cut = path[-1], "", list[Sentence]()
    for paragraph, wide in zip(section.paragraphs, texts, strict=False):
        solid = wide.strip()
        bare = unlabelled(solid)
        found = _HEAD_LABEL.match(bare)
        label = found[found.lastindex or 0] if found else ""
        for said, end in _said(wide):
            cut.append(
                Sentence(  # by place: by name it takes three times as long
                    outline,
                    section,
                    path,
                    paragraph,
                    end - len(said),
                    end,
                    unlabelled(said.rstrip()),
                    label,
                    lead,
                    len(cut),
                    titles,
                )
            )
        if _is_lead(solid):
            lead = bare
    return cut


@lru_cache(maxsize=2)
def _all_sentences(outline: Outline) -> tuple[Sentence, ...]:
    cut: list[Sentence] = []
    texts = iter(at_once(_widened, [paragraph.text for _, paragraph in outline.paragraphs()]))

    def walk(section: Section, above: tuple[Section, ...], titles_above: tuple[str, ...]) -> None:
        path, titles = (*above, section), (widen(section.title), *titles_above)
        cut.extend(_of_section(outline, path, titles, texts))
        for child in section.children:
            walk(child, path, titles)

    walk(outline.root, (), ())
    return tuple(cut)


def sentences(outline: Outline) -> tuple[Sentence, ...]:
    """All sentences of the plan in document order; six extractors ask for them, they are cut once."""
    return _all_sentences(outline)


@lru_cache(maxsize=2)
def _sought(outline: Outline) -> Sought[Sentence]:
    cut = _all_sentences(outline)
    return Sought(cut, [sentence.text for sentence in cut])


def sentences_having(outline: Outline, words: re.Pattern[str]) -> Iterator[Sentence]:
    """The sentences in which ``words`` stands (see ``Sought``), in document order."""
    return _sought(outline).having(words)


# --- bodies -------------------------------------------------------------------------------------

_ENDINGS = (
    "[防森]指|防总|级平台|实验室|化验室|(?:值班|调度|监控|广播)室|指挥部|指挥中心|指挥机构|办公室|政府|委员会|管委会|党委|党工委|常委会|常务会|办公会|局|厅|部|署|"
    "办|委|中心|公司|集团|"
    "企业|单位|部门|机构|"
    "小组|组|组长|主任|指挥长|总指挥长?|指挥官|指挥|领导|同志|[局市县省州区镇乡团校厅处队站院所科部厂矿园馆台盟旗场班社段]长|书记|"
    "(?:气象|电视|广播|地震|监测)台|台网|教职员?工|员工|秘书长|董事长|参谋长|调度长|司令员|政委|总监|总工(?:程师)?|专员|安全员|网格员|"
    "经理|主席|负责人|"
    "人员|责任人|报告人|当事人|家长|老师|教师|校医|裁判员|现场人|个人|目击者|站|所(?!在)|院|支队|大队|队伍|队|学校|街道|社区|连队|团场?|"
    "师市?|兵团|自治区|自治州|"
    "镇街|中学|小学|大学|幼儿园|托育园|[居村业]委会|理事会|董事会|煤矿|矿山|[农牧林]场|(?<!出)厂|宾馆|商场|景区|水库|"
    "(?:经营|生产|使用|所有|管理|运营|承包|监护)[者人]|"
    "[省市县州区镇乡]|科室?|成员|(?:信息|联络|护林|巡查|监测|观测|预报|调度|管理|指挥|值班|巡护|巡线|报告|检查|保管|看护|防疫|检疫|服务|工作)员|国务院|中央|处|会议|医院|工会|部队|物业|班子|媒体|住户|村|"
    "企事业|班主任|医师|科|户|机关|红十字会|妇联|协会|总会|大副|船长|轮机长|驾驶员|值班员|发现者|"
    "(?:应急|救援|社会|群众|志愿|基层|救助)组织"
)
BODY_END = re.compile(rf"(?:{_ENDINGS})(?:（[^（）]{{1,40}}）)?$")
_HEAD_WORDS = re.compile(
    r"^(?:在?[^，应须在由]{0,8}(?:发生|出现)后|其中|同时|并且?|则|再|可以?(?!克)|应当|应(?!急)|须|"
    r"必须|要|将|也|"
    r"均|都|首先|先|立即|必要时|然后|最后|及时|视情|经(?!济|发|信|营|贸|开|理|办)|"
    r"报请|报(?!社|业|送|告)|由|请示|请|授权|委托(?!人)|拟|原则上|分别|如果|如遇|若|按照?[^，]{0,12}?规定|按程序|逐级|对|"
    r"和(?!田|静|硕|布)|及|与|或者?|、|，|：|事后|随后|迅速|直接|"
    r"紧急情况下|如有需要|负责(?!牵头|[^，]{1,16}的))+"
)
_TAIL_WORDS = re.compile(
    r"(?:应当?|应该|须|必须|需要?|要|将|可以?|有权|方可|立即|立刻|及时|迅速|马上|即时|即|即刻|按程序|"
    r"视情况?|(?<![电监重巡忽])视[^，视频]{1,12}|根据[^，]*|依据[^，]*|按照?[^，]*|依(?:法|制|规|授权|职责|权限|层级|程序)[^，]*|"
    r"至少|原则上|针对[^，]*|负责|统一|(?<!应急|救援|社会|群众|志愿|基层|救助)组织|直接|正式|分别|"
    r"研究|讨论|会商后?|研判后?|"
    r"同意后?|批准后?|确认后?|在[^，]{0,16}情况下|在[^，]{0,30}领导下|在[^，]{0,14}内|"
    r"授权|作出|做出|同步|自动|予以|进行|来|也|均|再|同时|会同[^，]*|联合[^，]*|结合[^，]*|接到[^，]*|经(?!济|"
    r"发|信|营|贸|开|理|办)[^，]*|通过[^，]*|逐级|后|，|有责任及义务|应该|随时|(?<=[\u4e00-\u9fff]{2})现场|坐镇[^，]*|(?:组织|统一|负责|担任)(?:现场|总)?指挥|于[^，]*前?)+$"
)


_GIVEN_BY = re.compile(r"(?<!理)由(?!于)")
_GIVEN_BY_OUTSIDE = re.compile(r"(?<!理)由(?!于|[^（）]*）)")
# 启动响应的单位, 负责决定、发布或执行的机构: a body told by what it does.
_TOLD_BY_DEED = re.compile(r"^(?:启动|发布|负责|决定|履行|作出|执行)[^，]{1,18}的(?=[^的]{2,12}$)")


@lru_cache(maxsize=4096)
def clean_body(text: str) -> str | None:
    """The body or post in ``text`` once connecting words are taken off, or None if it names none."""
    body = text.strip(" ，、：")
    for _ in range(3):
        before = body
        body = _TAIL_WORDS.sub("", _HEAD_WORDS.sub("", body)).strip(" ，、：")
        if body == before:
            break
    if "由" in body:
        body = _GIVEN_BY.split(body)[-1] if "（" not in body else _GIVEN_BY_OUTSIDE.split(body)[-1]
    core = _TOLD_BY_DEED.sub("", body) if "的" in body else body
    if body == "指挥" or len(body) < 2 or len(body) > 60 or _CLAUSE.search(core) or not BODY_END.search(body):
        return None
    return body


def last_part(text: str) -> str:
    """What follows the last comma of ``text``, brackets kept whole."""
    if "（" not in text and "）" not in text:
        return text[max(map(text.rfind, "，：。；")) + 1 :]
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        char = text[index]
        if char == "）":
            depth += 1
        elif char == "（":
            depth -= 1
        elif depth == 0 and char in "，：。；":
            return text[index + 1 :]
    return text


@lru_cache(maxsize=1024)
def subject(text: str) -> str | None:
    """The body a clause begins with: the nearest one before its verb, looking back over the commas."""
    rest = text
    while rest:
        part = last_part(rest)
        found = None if _WITH_OTHERS.match(part) else body_at_head(part) or clean_body(part)
        if found:
            return found
        rest = rest[: max(len(rest) - len(part) - 1, 0)]
    return None


# 同时与同级部门配合进行调查: whom somebody works with, not who acts.
_WITH_OTHERS = re.compile(
    r"(?:同时|并且?)*(?:与|会同|协同)[^，]{2,30}?(?:配合|协同|合作|共同|联合|一起)(?!.*局$)"
)
_CLAUSE = re.compile(
    r"核实|(?<!责任)报告(?!员|人$)|并|启动|开展|采取|建立|加强|协助|做好|进行|评估(?!组|小组|专家)|认为|按规定|"
    r"得到|是否|发生(?!地|单位|的|事故|汛|企业)|提出|"
    r"^(?:组织(?!部)|成立|派(?!出所|出机构|驻)|指导(?!组|小组|委)|监督(?!管理|检查|组)|指定|启用|调集|调度(?!室|中心|员|所|台|长|值班)|协调(?!组|"
    r"小组)|配合|督促|准确|动员|召开|疏散(?!组)|营救|会商(?!组)|统筹|单位为|"
    r"主要职责|负责单位|对于)|力争|安排|(?:分钟|小时|日)内|赴灾|赶赴|前往|应当|上报|报送|汇报|告知|"
    r"通知|通报|抄送|发布(?!组|中心|机构)|转诊|率领|响应行动|"
    r"(?<!主)任(?:总|副|现场)|为第|^当(?!班|地|日|值)|^[向在因]|^(?!1(?:10|19|20|22)[^\d])\d|情况"
)

_VERB_AFTER = (
    r"(?=应当|应(?!急)|须|必须|需|要|将|可|立即|立刻|及时|迅速|马上|负责(?!人)|统一|组织(?!部|局|处|委|机构)|"
    r"根据|接到|接报|在|按照?|对|会同|牵头|"
    r"召开|协调(?!组|小组|机构|办|中心)|启动|发布(?!中心|组)|报告|上报|报送|报出|填报|提交|完成|反馈|逐级|汛期|平时|节假日|响应期间|向|于|每|提出|执行(?!局|组)|"
    r"经(?!济|发|信|营|贸|开|理|办)|通知|随时|"
    r"第一时间|做好|派出(?!所|机构)|汇总|同时|指导(?!组|小组|委|中心)|收到|获悉|获取|发现|\d|分析|认为|判断|判定|初判|确认|"
    r"决定|如|视情|收集|利用|"
    r"掌握|核实|审核|研究(?!院|所|中心|会|室)|派(?!出所|出机构)|调集|赶赴|协助|履行|汇报|有责任|承担|"
    r"采取|初步|针对|协同|制[定订]|定期|"
    r"参照|宣布|监督(?!管理|局|所|检|站|组)|率|前往|实行|指派|递交|坚守|召集|指挥(?!部|长|中心|机构|"
    r"员|组|所)|控制(?!中心|组|所)|任总|要求|共同|至少|原则上|力争|争取|"
    r"尽快|安排|研判(?!组|小组)|会商(?!组|小组|室)|参加|加强|确保|维护|抢救|抢修|封锁|转移|保障|配合|落实)"
)
_HEAD_BODY = re.compile(rf"^([^，。；：]{{0,48}}?(?:{_ENDINGS})(?:（[^（）]{{1,40}}）)?){_VERB_AFTER}")


@lru_cache(maxsize=4096)
def body_at_head(text: str) -> str | None:
    """The body at the very beginning of a clause, followed by what it is to do."""
    bare = _HEAD_WORDS.sub("", text.strip(" ，"))
    found = _HEAD_BODY.match(bare)
    return clean_body(found.group(1)) if found else None
