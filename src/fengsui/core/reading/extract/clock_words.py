"""The words in which plans set clocks: 2小时内, 每日, 10月15日前, 立即."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import lru_cache

from fengsui.core.plan.reporting import ClockStart
from fengsui.core.reading.numerals import chinese_integer

NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3}|半)"
UNIT = r"(?:个?(?:工作日|小时|星期|月)|分钟|日|天|周|年)"
REPORT = (
    r"(?:直接|书面|电话|逐级|迅速|如实|口头)*(?:上报至?|报告(?!制度|程序|内容|人(?:[，、：（]|$)|"
    r"单位(?:和|、|：|名称))|报送(?!工作|制度)|汇报|续报|补报|核报|初报|首报|速报|终报|详报|直报|转报|呈报|"
    r"报到|报至|备案|反馈|零报告|(?<![警预申填通呈简快])报(?!道)(?=[^，。；告警名警刊纸到销废批请》”]{1,24}(?:部"
    r"|局|厅|委|府|室|中心|组|领导|办|市|处|院|机构|公司|集团|书记|主任|[市县区镇乡校局厅]长|[防森]指|防总)))"
)
WORK = (
    r"(?:抢修|完成|完毕|到场|查明|归还|提出(?!的)|开通|到位|送达|到达|赶到|赶赴|抵达|集结|下发|发送|通知|决定|启动|签发|召集|召开|"
    r"举行|反馈|形成|提交|汇总|审核|核定|传递|传达|"
    r"组织|发布|恢复|评估|调运|调拨|联系|处置|公布|撤离|转移|拨付|下达|上传|办结|答复|制定|修订|调查|"
    r"统计|开始|发运|救援|运抵|运达|抵运|派人|派员|派出|出动|出具|提供|确认|核实|检测|送检|抢通|疏通|"
    r"修复|安置|发放|解决|登记|移交|补充|隔离|封锁|扑杀|搜救|关闭|停运|复核|总结|上报|报|装车|装运|起运|发车|发出|出发|开拔|启程|到岗|就位|集合|"
    r"补齐|补足|入库|投入|启用|接通|兑付|赔付|公示|更新|录入|建档|交付|送至)"
)
_NOT_A_LIMIT = re.compile(
    r"降[水雨雪]|雨量|雪量|气温|预报|风力|水位|实况|值班(?!人员|室|员|领导|长|电话|主任)|值守|工作年限|病例|平均|最大|最低|死亡|发病|"
    r"未(?:得到|能|来|再|发现|出现|发生)|无新|没有|黄金|畅通|不间断|有人|轮班|待命|持续|连续|"
    r"累计|以上[，。；]?$|及以上的|停(?:水|电|热|气|运)|滞留|中断|预计|可能|感染|潜伏期|保存|有效期|"
    r"恢复运行及|处置时间"
)

# 进程报告每日一次, 续报原则上每4小时一次
ONCE_EACH = re.compile(
    r"报[告送]?(?:频次|频率|次数)?[^，。；\d]{0,6}(?:每隔?)?\d{1,2}个?[^，。；\d]{1,4}(?:至少|不少于)?[一二两三\d]次"
)
# 每3小时向指挥部提供一次滚动预报: what is given to a body is no measure of the weather.
GIVEN_TO = re.compile(
    r"向(?!社会|公众)[^，。；]{2,20}(?:提供|报送)|^(?:至少)?(?:更新|滚动|通报|提供|报[一1两2])"
)
# 进程报告按日进行
GOES_ON = re.compile("报告?(?:应当?|须)?(?:按|每|逐)?[^，。；报]{0,4}进行$")

_BASED_ON = re.compile(r"在?[^，。；]{0,16}响应[^，。；]{0,10}基础上")


def without_basis(text: str) -> str:
    """``text`` without 在Ⅳ级响应的基础上: it names the level that is built upon, not the one spoken of."""
    return _BASED_ON.sub("", text) if "基础上" in text else text


def names_basis(text: str) -> bool:
    """Whether ``text`` says 在Ⅳ级响应的基础上."""
    return "基础上" in text and _BASED_ON.search(text) is not None


class When(Enum):
    """Which of the three ways a clock is set."""

    WITHIN = "within"
    EVERY = "every"
    BY = "by"


@dataclass(slots=True, kw_only=True, eq=False)
class Mark:
    """A clock word in a sentence: its way, the words, the length if it has one, its place.

    Never changed once read; not frozen, as ``Sentence`` is not.
    ``instant`` marks words without a length (立即, 及时), ``ceiling`` a length that closes (不得超过2小时);
    ``at`` the times of a repeated report within its interval (每日9时、16时 → 9时, 16时); ``event`` what
    stands in it (不得迟于事发后1小时).
    """

    when: When
    words: str
    span: timedelta | None
    start: int
    end: int
    instant: bool = False
    ceiling: bool = False
    at: tuple[str, ...] = ()
    event: str | None = None


_WITHIN = re.compile(
    rf"(?P<a>{NUMBER}\s*{UNIT})(?:之内|以内|内)|(?:不(?:得|应|能)?(?:超过|晚于|迟于)|最迟|最晚|限时|时限(?:为|是)|"
    rf"控制在)(?P<from>[^，。；、\d]{{1,8}}后)?(?P<b>{NUMBER}\s*{UNIT})(?:之内|以内|内)?|"
    rf"(?P<d>{NUMBER}\s*{UNIT})(?=、[^，。；、]{{0,6}}?{NUMBER}{UNIT}(?:之|以)?内)|"
    rf"(?P<c>{NUMBER}\s*(?:分钟|小时))(?=(?:电话|书面|口头)(?:首?报|上报|速报))"
)
_WITHIN_STARTS = re.compile(r"[\d一二两三四五六七八九十半不最限控时]")
_TIME = (
    r"(?:[上下]午|早晨?上?|晚上?|中午|凌晨)?\d{1,2}(?:[时点]半?|：(?=\d\d))(?:\d{1,2}(?:分(?!别|钟))?)?整?"
)
_AT = (
    rf"(?:(?P<at>{_TIME}(?:[、和及]{_TIME})*|(?<=周)[一二三四五六日天](?![次报般名个])|"
    r"(?<=星期)[一二三四五六日天](?![次报般名个])|(?<=月)(?:\d{1,2}日|[底末初]))(?:之前|以前|前)?)?"
)
_EVERY = re.compile(
    rf"每(?:间?隔)?(?P<n>{NUMBER})?个?(?P<u>分钟|小时|工作日|日|天|周|星期|旬|月|季度)(?!均){_AT}|"
    rf"(?P<z>{NUMBER}小时)(?=“?零报告)|(?<![每\d隔])(?P<o>{NUMBER}个?(?:分钟|小时|日|天|周|旬))(?=(?:[一两二三1-3]报|报[告送]?[一1]次)(?!告))|"
    r"(?P<e>按[日天](?=进行|报|续|上|汇|通))|(?P<d>逐日|(?<![\d一二三四五六七八九十当今次同近翌即])日)"
    r"(?=报告?”?(?:制度|制(?!作)|[和及、]“?零)|(?<=逐日)[上续]?报)"
)
# 执行零报告制度: repeated, but how often is not said.
_ZERO = re.compile(r"“?零报告”?(?=制|，|。|$)")
_BY = re.compile(
    r"(?<![年\d])(?:每年)?(?:的)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|末)?(?:之前|以前|前)|"
    r"每年(?:的)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|末)?(?![\d日]*至)|"
    r"每年(?:的)?(?:入[春夏秋冬汛]|(?:主?汛|防火|雨|冬|旱)[期季]?|冬春|开学|春节)(?:来临|到来|开始)?(?:之前|以前|前)|"
    rf"(?:当|次|翌|第二)[日天](?:{_TIME}|[上下]午|晚|下班)?(?:之前|以前|前|之内|内)|"
    r"(?<=于)当[日天]|当[日天](?=[续补上]报|报告)"
)
_TELLS = r"(?=上报|报告|汇报|通知|[^，。；]{0,12}向[^，。；]{2,24}报告|[^，。；]{2,20}并(?:上报|报告))"
WORDS = re.compile(
    # Every word is spelt out at the head of its branch: the engine then looks for first characters only.
    rf"立即|立刻|第一时间内?|及时|随时|同时|即时|马上|即刻|当即|迅即|迅速{_TELLS}|尽快{_TELLS}"
)
"""The words without a length."""
# Each pattern only where one of these stands: most sentences of a plan set no clock.
_LIMITS = re.compile("内|超|晚|迟|限|控|时电|时书|时口|钟电|钟书|钟口")
_EVERY_HINT = re.compile("每|零报告|逐日|日报|按日|按天|一报|两报|二报|三报|1报|2报|3报|一次|1次")
_BY_HINT = re.compile("月|每年|当日|当天|次日|次天|翌日|翌天|二日|二天")
LENGTH = re.compile(f"{_LIMITS.pattern}|{_EVERY_HINT.pattern}|{_BY_HINT.pattern}")
"""One of these stands in every sentence with a length or a day."""
_MINUTES = {
    "分钟": 1,
    "小时": 60,
    "工作日": 1440,
    "日": 1440,
    "天": 1440,
    "周": 10080,
    "星期": 10080,
    "旬": 14400,
    "月": 43200,
}
_MINUTES |= {"季度": 129600, "年": 525600}


def number_of(text: str) -> float:
    """The value of digits or a Chinese numeral; 半 is a half. Raises ValueError otherwise."""
    if text == "半":
        return 0.5
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    value = chinese_integer(text)
    if value is None:
        raise ValueError(text)
    return float(value)


@lru_cache(maxsize=512)
def span_of(text: str) -> timedelta | None:
    """The length of "2小时", "5个工作日", "半小时"; working days count as days (the person may lengthen)."""
    found = re.match(rf"({NUMBER})\s*个?(分钟|小时|工作日|星期|日|天|周|旬|季度|月|年)", text)
    if found is None:
        return None
    try:
        return timedelta(minutes=number_of(found.group(1)) * _MINUTES[found.group(2)])
    except (ValueError, KeyError, OverflowError):  # a figure of forty digits is no length of time
        return None


def _tidy(words: str) -> str:
    return re.sub(r"\s", "", words)


def marks_in(text: str, *, words_alone: bool = True) -> list[Mark]:
    """All clock words of a sentence in order; a length hides the words inside it.

    ``words_alone`` False: words without a length (立即) are wanted only beside a length.
    """
    marks = _lengths_in(text) if LENGTH.search(text) else []
    for found in WORDS.finditer(text) if words_alone or marks else ():
        marks.append(
            Mark(
                when=When.WITHIN,
                words=found.group().removesuffix("内"),
                span=None,
                start=found.start(),
                end=found.end(),
                instant=True,
            )
        )
    if len(marks) > 1:
        marks.sort(key=lambda mark: mark.start)
    return marks


def _lengths_in(text: str) -> list[Mark]:
    """The clock words that have a length, or a day."""
    marks: list[Mark] = []
    for found in _limits_in(text) if _LIMITS.search(text) else ():
        words = _tidy(found.group("a") or found.group("b") or found.group("c") or found.group("d"))
        at, closes = found.span(), found.group("b") is not None
        marks.append(
            Mark(
                when=When.WITHIN,
                words=words,
                span=span_of(words),
                start=at[0],
                end=at[1],
                ceiling=closes,
                event=found["from"],
            )
        )
    marks += _repeated(text) if _EVERY_HINT.search(text) else []
    for found in _BY.finditer(text) if _BY_HINT.search(text) else ():
        marks.append(
            Mark(when=When.BY, words=_tidy(found.group()), span=None, start=found.start(), end=found.end())
        )
    return marks


def _limits_in(text: str) -> Iterator[re.Match[str]]:
    """All matches of ``_WITHIN``, tried only where one can begin."""
    end = 0
    for start in _WITHIN_STARTS.finditer(text):
        if start.start() >= end and (found := _WITHIN.match(text, start.start())):
            end = found.end()
            yield found


def _repeated(text: str) -> list[Mark]:
    marks: list[Mark] = []
    for found in _EVERY.finditer(text):
        words = _tidy(
            found["z"]
            or found["o"]
            or ("1日" if found["d"] or found["e"] else f"{found['n'] or '1'}{found['u']}")
        )
        times = tuple(re.split("[、和及]", found["at"])) if found["at"] else ()
        if times and found["u"] in ("周", "星期"):
            times = (found["u"] + times[0],)
        begin, end = found.span()
        marks.append(Mark(when=When.EVERY, words=words, span=span_of(words), start=begin, end=end, at=times))
    if not marks and (zero := _ZERO.search(text)):
        begin = zero.start()
        marks.append(Mark(when=When.EVERY, words="零报告", span=None, start=begin, end=begin))
    return marks


def measures_something(clause: str) -> bool:
    """Whether a length in ``clause`` belongs to a quantity (24小时内降水量) rather than to a duty."""
    return bool(_NOT_A_LIMIT.search(clause))


_STARTS: tuple[tuple[ClockStart, str], ...] = (
    (ClockStart.PREVIOUS, r"电话(?:先)?报|先报|初报|首报|首次报告|签发"),
    (ClockStart.RECEIVED, r"接到|收到|接报|接警|接获|接令|受领"),
    (ClockStart.LEARNED, r"获悉|知悉|得知|获知|知情|发现"),
    (ClockStart.GRADED, r"初判|研判|认定|判断|核实|确认|定级"),
    (ClockStart.ACTIVATED, r"启动"),
    (ClockStart.CHANGED, r"变化|变动|升级|进展"),
    (ClockStart.STABLE, r"稳定|结束|解除|终止|完成|完毕"),
    (ClockStart.OCCURRED, r"发生|事发|出现|突发|^(?:震|灾|事)后"),
)


def start_of(after: str | None) -> ClockStart:
    """Which event of an incident ``after`` speaks of."""
    for start, words in _STARTS:
        if after and re.search(words, after):
            return start
    return ClockStart.OTHER
