"""Steps a plan prescribes for a response (响应措施), one sentence each.

A section belongs to the response if the nearest title that says so, from itself outward, speaks of
response, handling or measures; start conditions, gradings, reports and duties are told apart by their own
titles. Steps that watch people or what they say are kept as text (``out_of_scope``), never executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from fengsui.core.plan.authority import Measure
from fengsui.core.plan.level import AnyLevel, LadderKind, step
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.activation import hazard_of
from fengsui.core.reading.extract.body_names import BODY_END, POST_END, is_body_or_post
from fengsui.core.reading.extract.body_scope import watches_people
from fengsui.core.reading.extract.clock_words import names_basis
from fengsui.core.reading.extract.power_levels import LevelNames, levels_in
from fengsui.core.reading.extract.power_text import (
    LABEL,
    Sentence,
    body_at_head,
    clean_body,
    sentences,
    subject,
)
from fengsui.core.reading.outline import Outline

_RESPONSE = re.compile(
    r"响应(?!分级|级别|等级|条件|启动|终止|结束|调整|准备)|(?:应急|处置|工作|防护|抢险|救援|"
    r"救助)措施|应急处置|先期处置|紧急处置|现场处置|处置程序|处置方案|应急行动|"
    r"预警行动|现场救援|应急救援$|抢险救援|人员(?:搜救|疏散|转移)|医疗救[治护]|安全防护|事故的?应急|"
    r"抢修|应急反应|发生[^，。]{0,12}(?:汛情|险情|灾情|事故|事件)"
)
_OTHER = re.compile(
    r"条件|启动程序|启动标准|分级(?!响应)|级别|等级|标准|终止|结束|解除|报告|报送|上报|速报|发布|调整|善后|保障|"
    r"职责|组织(?:机构|体系|指挥)|指挥体系|职能|总则|目的|依据|"
    r"原则|范围|附则|评估|调查|演练|培训|宣传|修订|监测|预测|划分|流程图|恢复重建|后期|奖|责任|准备$|"
    r"信息|审批|定义|案例|风险"
)
_WORK_TITLE = re.compile(r"措施|安排|处理|处置|应对|防控|预防|做好|办法|流程|应急|安全管理")
_LEAD_ONLY = re.compile(
    r"^[^。；]{0,60}(?:以下|下列|如下|相应)[^。；]{0,20}[：:]?$|：$|之一的|^(?:发生|"
    r"符合)[^，。]{0,40}(?:时|的)[，：]?$"
)
_STARTING = re.compile(
    r"(?:决定|提出|审批|批准|同意)[^，。；]{0,16}启动|启动[^，。；]{0,20}(?:建议|响应[：:。]?$)|"
    r"由[^，。；]{2,20}发布预警|报请启动|终止[^，。；]{0,8}响应"
)
_STEP = re.compile(
    r"应|要|须|必须|立即|立刻|及时|迅速|负责|组织|开展|做好|协调|指导|派|赶赴|通知|报告|通报|发布|"
    r"召开|加强|实施|采取|启动|调集|调拨|调度|转移|疏散|撤离|"
    r"救|抢|设置|封|停|监测|检查|落实|公布|指挥|保障|确保|成立|配合|联系|提供|安排|维护|督促|了解|"
    r"慰问|监督|关闭|切断|控制|会商|下拨|申请|提醒|避免|实行|划定|限制|暂停|开启|推广|慰问|疏导|前往"
)
_NO_STEP = re.compile(
    r"^(?:成员|副?组长|副?总指挥|副?指挥长)：|：[一-龥]{2,3}(?:、[一-龥]{2,3})*$|某某|"
    r"^[^，]{2,14}机制是|是指|是对|^法律、?法规|(?:分为|划分为)[^，。]{0,40}(?:级|个等级)|"
    r"^[^，。]{0,20}人以上|(?:间|户|人)以[上下]$|^[ⅠⅡⅢⅣIV一二三四、级和及]+(?:应急)?响应$|"
    r"(?:^|，)(?:需要?|由|因|按照)[^，]{2,24}的(?:突发)?[^，的]{0,6}(?:事件|事故)$|(?:设定|划分|分)为[^，。]{0,30}级别?$"
)
# What the forms above need: a cheap look before the dear ones.
_MAY_LEAD = re.compile("下|：|相应|之一的|发生|符合")
_MAY_START = re.compile(r"启动|由|终止")
_MAY_BE_NO_STEP = re.compile("：|某|是|分|设|以|法|响应$|事件$|事故$")
_MORE_SCOPE = re.compile(
    r"闹事|聚众|上访|信访稳|稳控|集访|串联|(?:重点|特殊)人群[^，。；]{0,8}(?:监控|管控|防范)|删帖|"
    # 封堵 of a leak is a rescue; of speech, none of ours.
    r"(?:网络|言论|账号|谣言|信息|网页|网站)[^，。；]{0,6}封堵|封堵[^，。；]{0,6}(?:言论|账号|谣言|信息|网页|网站)"
)
# 启动Ⅱ级响应时，…: the sentence names its own level.
_WHEN_LEVEL = re.compile(
    r"^对于?[^，。；]{1,12}响应，|^(?:当|在|如)?(?:市|县|州|省|区|指挥部|预案)?(?:启动|进入|实施|达到|宣布启动)[^，。；]{1,14}?响应(?:级别|状态|条件|标准)?(?:时|后|的|期间|以后)(?=，)"
)
_ON_INFORMING = re.compile("(?:信息|新闻)(?:公开|发布|报道)|舆[论情]引导|新闻宣传")
_INFORMS = re.compile(
    r"由[^，。；由]{2,30}?(?:统一|负责|归口|会同[^，。；]{2,16}|授权|及时|依法|对外|向社会|，)*发布[^，。；预]{0,10}(?:信息|新闻|消息|情况)"
    r"|(?:信息|新闻|消息)(?:的)?(?:统一)?发布(?:工作)?[^，。；]{0,6}由[^，。；]{2,40}?(?:负责|统一|归口|组织|发布|实施)"
)
_HEADING_BODY = re.compile(r"^([^，。：]{2,30}?)的?(?:响应|行动|措施|处置)")
# 某指挥部进入应急状态, 某局长主持会商: verbs that open a step of a response and no other sentence.
_ACTING = re.compile(
    rf"^(?!召开|责令|全面|动员|要求|安排|根据|按照|及时|立即)(?P<who>[^，。；：]{{2,24}}?(?:{BODY_END}|{POST_END}|[防森]指))(?=进入|主持|密切|适时|宣布|全面|迅即|会商|滚动|加密|继续|每|24小时|分别)"
)
_DEGREE = re.compile("突发|特别重大|重大|较大|一般")
_STOP = re.compile("[。；]")
_MAY_ACT = re.compile("进入|主持|密切|适时|宣布|全面|迅即|会商|滚动|加密|继续|每|24小时|分别")
_GROUP = re.compile(r"^[^，。：]{2,16}组$")


def extract_measures(outline: Outline) -> Extracted[Measure]:
    """The steps of the response in order; ``levels`` empty where the plan does not tie them to any."""
    names = LevelNames.of(outline)
    told = _collect(outline, names, _in_response)
    return Extracted(tuple(told or _collect(outline, names, _in_work)))


def _collect(outline: Outline, names: LevelNames, within: Callable[[Sentence], bool]) -> list[Measure]:
    items: list[Measure] = []
    levels = _LevelsAround(names)
    last: tuple[Sentence, str | None] | None = None
    section, inside, informs = None, False, False
    for sentence in sentences(outline):
        if sentence.section is not section:
            section, inside = sentence.section, within(sentence)
            informs = not inside and _ON_INFORMING.search(sentence.section.title) is not None
        if not (inside or (informs and _says_who_informs(sentence.text))):
            continue
        same = last is not None and last[0].paragraph is sentence.paragraph
        who = _who(sentence) or (last[1] if last is not None and same else None)
        if _is_step(sentence.text):
            items.append(_item(sentence, levels, who))
        last = (sentence, who)
    return items


def _in_work(sentence: Sentence) -> bool:
    """For short plans without a word of response: what their sections on work to be done say."""
    titles = "".join(sentence.titles[:2])
    return bool(_WORK_TITLE.search(titles)) and not _OTHER.search(titles)


def _in_response(sentence: Sentence) -> bool:
    """Whether the innermost title that tells speaks of what is done in a response."""
    return _titles_respond(sentence.titles)


def _says_who_informs(text: str) -> bool:
    # Of a section on informing the public only this is a step with somebody to take it.
    return "由" in text and "发布" in text and _INFORMS.search(text) is not None


@lru_cache(maxsize=2048)
def _titles_respond(titles: tuple[str, ...]) -> bool:
    bare_level = False
    for title in titles:
        if _GROUP.match(title):
            continue
        if _OTHER.search(_DEGREE.sub("", title)):
            return False
        if levels_in(title) and len(title) <= 8:
            # "Ⅰ级响应" stands under start conditions as well as under measures: the title above tells.
            bare_level = True
        elif _RESPONSE.search(title) or (levels_in(title) and "预警" not in title):
            return True
    return bare_level


def _is_step(text: str) -> bool:
    bare = text.strip("。；： ")
    if len(bare) < 6 or not _STEP.search(bare):
        return False
    if _MAY_LEAD.search(text) and _LEAD_ONLY.search(text.strip("。；")):
        return False
    if _MAY_START.search(text) and _STARTING.search(text):
        return False
    return not (_MAY_BE_NO_STEP.search(bare) and _NO_STEP.search(bare))


def _who(sentence: Sentence) -> str | None:
    """Who acts: the body the sentence begins with, else the label's, else the heading's."""
    text = sentence.text
    if sentence.label and text.startswith(sentence.label):
        named = clean_body(sentence.label)
        if named and not levels_in(sentence.label):
            return sentence.printed(named)
        text = LABEL.sub("", text[len(sentence.label) + 1 :])
    first = text.split("，")[0]
    # Without a colon there is one part to look at.
    body = body_at_head(first) or (subject(first) if "：" in first else clean_body(first))
    if body is None and first.endswith(("后", "时", "下", "中", "内", "响应", "的")):
        rest = text[len(first) + 1 :].split("，")[0]
        body = body_at_head(rest)
    if body:
        return sentence.printed(body)
    acting = _ACTING.match(first) if _MAY_ACT.search(first) else None
    if acting and is_body_or_post(acting["who"]):
        return sentence.printed(acting["who"])
    if sentence.lead.endswith("：") and (body := body_at_head(_STOP.split(sentence.lead)[-1])):
        return sentence.printed(body)
    for title in sentence.titles[:2]:
        if _GROUP.match(title):
            return title
        found = _HEADING_BODY.match(title)
        named = clean_body(found.group(1)) if found and not levels_in(title) else None
        if named:
            return named
    return None


def _item(sentence: Sentence, levels: _LevelsAround, who: str | None) -> Measure:
    return Measure(
        text=sentence.printed(sentence.text).strip(" ；;"),
        who=who,
        levels=levels.of(sentence),
        hazard=hazard_of(sentence),
        out_of_scope=watches_people(sentence.text)
        or bool(_MORE_SCOPE.search(sentence.text + sentence.section.title)),
        source=sentence.cite(),
    )


class _LevelsAround:
    """The levels of the place a sentence stands in, worked out once for a place."""

    def __init__(self, names: LevelNames) -> None:
        self._names = names
        self._seen: dict[tuple[str, str, tuple[str, ...]], tuple[AnyLevel, ...]] = {}

    def of(self, sentence: Sentence) -> tuple[AnyLevel, ...]:
        when = _WHEN_LEVEL.match(sentence.text)
        if when and (told := self._names.either(when.group())) and len(told) < 4:
            return tuple(step(LadderKind.RESPONSE, roman) for roman in told)
        place = (sentence.label, sentence.lead, sentence.titles)
        if place not in self._seen:
            warns = any("预警" in title for title in sentence.titles[:2])
            lead = not names_basis(sentence.lead)
            kind = LadderKind.WARNING if warns else LadderKind.RESPONSE
            self._seen[place] = tuple(step(kind, roman) for roman in self._names.around(sentence, lead=lead))
        return self._seen[place]
