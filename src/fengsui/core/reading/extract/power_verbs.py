"""The sentence forms by which a plan gives somebody the power to start something.

``read_power(text)`` finds, in one sentence about one group of levels, who decides, who proposes and
who signs. The forms are grammar, not content: 由X决定启动, X决定启动, 报X批准后启动, 向X提出建议经同意后启动,
提请X启动, 经X批准由Y发布, X启动.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fengsui.core.reading.extract.power_forms import order_signed, rare_power
from fengsui.core.reading.extract.power_text import clean_body, last_part, subject

STARTING = r"(?:启动并实施|启动和发布|启动|发布|宣布启动|宣布进入)"
_DECIDES = r"(?:批示|拍板|决定|确定|批准|审批|宣布|下达|下令|签发|签署|研究决定|同意|审定|核准)"
_ADVERB = (
    r"(?:是否|宣布|决定|下达|命令|下令|正式|负责|统一|授权|立即|及时|即时|按[^，]{0,8}|依法|视情|并|"
    r"直接|迅速|的|，|确认|予以|"
    r"先行|先期|率先|自行|适时|即刻|随即|立刻|同步|当即|酌情|(?:面?向社会(?:公众|公开)?|对外|公开)|"
    r"将|可|应|要|须|在[^，]{1,16}领导下，?)*"
)
_NOT_A_POWER = re.compile(
    rf"{STARTING}的|{STARTING}(?:[^，。]{{0,14}}?(?:条件|标准|程序由|流程|按照以下|按以下|情况|记录|"
    rf"建议|准备|意见|的建议|原则|文件|通知)(?!.{{0,4}}批准)|[^，。]{{0,24}}(?:(?:时|后)(?:，|：|$|设立|"
    rf"成立)|(?:响应|预案)的(?:，|$)))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Who decides (``authority``), proposes, signs; ``strong``: the sentence says that it decides."""

    authority: str | None = None
    proposer: str | None = None
    approver: str | None = None
    report_to: tuple[str, ...] = ()
    delegated: bool = False
    strong: bool = True
    at: int = 0


_BY_APPROVAL = re.compile(
    r"(?:报请|报经|呈报|呈请|提请|报|经)([^，。]{2,40}?)(?:批示同意|审批同意|审核批准|研究同意|审批|"
    r"批准|同意|审定|核准|审核|签发|签字|批复)+[^，。]{0,4}?后?，?"
    rf"(?:(?:由|(?<=，))([^，。由]{{2,30}}?))?{_ADVERB}{STARTING}"
)
_REQUESTED = re.compile(
    rf"(?:提请|报请|请求|请示)([^，。]{{2,40}}?)(?:决定|批准)?{STARTING}|向([^，。]{{2,40}}?)(?:申请|请求|请示|建议){STARTING}"
)
_BY = re.compile(rf"由([^，。]{{2,60}}?)(?:{_DECIDES}后?|{_ADVERB})*{STARTING}")
_BY_CONFIRM = re.compile(rf"由([^，。]{{2,60}}?)(?:予以确认|确认|决定)，{_ADVERB}{STARTING}")
_BY_FAR = re.compile(rf"由([^，。]{{2,40}}?)(?:在([^，。]{{2,16}})领导下)[^，。]{{0,6}}，{_ADVERB}{STARTING}")
_SOME_DECISION = re.compile("批示|拍板|决定|确定|批准|审批|宣布|下达|下令|签发|签署|同意|审定|核准")
_DECISION = re.compile(rf"([^，。]{{2,60}}?)(?:研究)?{_DECIDES}(?:是否)?(?:下达)?{STARTING}")
_SIGNED = re.compile(
    r"(?:预警|响应)[^，。]{0,8}由([^，。]{2,40}?)(?:负责)?(?:批准|签发|审批|审定|"
    r"核准)(?:后?发布)?(?=$|，|。|；)"
)
_STARTING_SIGNED = re.compile(
    r"启动[^，。]{0,14}(?:响应|预警|预案)(?:的|时)?，(?:应当?)?(?:须)?由([^，。]{2,40}?)"
    r"(?:任[^，。]{2,8}，并?)?(?:负责)?(?:批准|签发|审批|决定|下达|签署)"
)
_LEVEL_BY = re.compile(
    r"^(?:其中，?)?(?:(?:[ⅠⅡⅢⅣ]|IV|I{1,3}|[一二三四])级?|[红橙黄蓝]色)(?:[、和及]?(?:(?:[ⅠⅡⅢⅣ]|IV|I{1,3}|[一二三四])级|[红橙黄蓝]色))*"
    r"级?(?:及?以[上下])?(?:（[^（）]*）)?(?:应急)?(?:响应|预警)?(?:信息|命令|令)?，?(?:须|应当?|均|需)?(?:由|经|报请?)([^，。；]{2,40}?)"
    r"(?:共同|集体|研究)*(?:批准|决定|签发|审批|签署|同意|审定|核准|研究确定|授权(?=$|[，。；]))"
)
_APPROVED_LAST = re.compile(
    r"(?:报请|报经|报|经|由)([^，。]{2,36}?)(?:审批|批准|同意|审定|决定|核准|签发)(?:实施|执行|"
    r"后实施)?(?=$|。|；|，)"
)
_WHEN = re.compile(r"^[^，。]{0,30}?(?:时|后)(?:，|$|自动|设立|成立)")
_BY_DECISION = re.compile(r"由([^，。]{2,60}?)(?:研究)?决定(?=$|。|；|，)")
# 由甲提请乙决定, 由甲授权乙启动: the last named decides; 甲或其授权的乙 are one.
_PASSED_ON = re.compile(r"提请|报请|报经|请示|(?<![其所被])授权(?!的)")
_RESPONSIBLE = re.compile(
    r"([^，。]{2,40}?)负责([^，。]{1,24}?)(?:预警|响应|预案)的(?:[^，。；启]{1,4}[和与及、])?(?:启动|发布)"
)
_AGREED = re.compile(
    rf"(?:经|待|得到|获得|获)(?:其)?(?:研究)?(?:同意|批准|审批|审定|批复|许可|授权)后?，?[^，。]{{0,6}}{STARTING}"
)


_SOME_PROPOSAL = re.compile(r"提出|报告|按程序报请|建议|向[^，。]{2,30}(?:请示|申请|请求)")
_PROPOSES = re.compile(
    r"(?:(?:及时)?向([^，。]{2,30}?))(?:提出[^，。]{0,40}(?:建议|意见|请求)|报告|请示|申请|请求)|"
    r"提出[^，。]{0,40}(?:建议|意见|申请|请求)|按程序报请|建议" + STARTING
)


def proposer_in(text: str) -> tuple[str | None, str | None]:
    """(who proposes, to whom) where the sentence holds a proposal."""
    found = _PROPOSES.search(text) if _SOME_PROPOSAL.search(text) else None
    started = text.find("启动")
    if found is None or (found.group().endswith("报告") and not found.start() < started):
        return None, None
    before = re.sub(r"(?:按程序|及时)$", "", text[: found.start()])
    to = clean_body(found.group(1)) if found.group(1) else None
    who = subject(before)
    by = re.findall(r"由([^，。]{2,30})$", before)
    return (clean_body(by[-1]) if by else who), to


def _report_to(text: str, after: int) -> tuple[str, ...]:
    found = re.search(
        r"(?:并|同时)，?(?:及时)?(?:向([^，。]{2,40}?)报告|报告([^，。]{2,20})|"
        r"报送?([^，。]{2,20}?)备案)",
        text[after:],
    )
    if found is None:
        return ()
    named = next(group for group in found.groups() if group)
    return tuple(part for part in re.split(r"、|和", named.rstrip("；。")) if part)


# 指挥长批准后，某局下达启动指令: he who approves decides, whoever passes it on.
_APPROVED_AND_PASSED_ON = re.compile(
    r"(?:^|，)([^，。；]{2,30}?)(?:批准|同意|审批|审定|签发)后，[^，。；]{2,24}?(?:下达|发布|发出|传达|印发|通知)[^，。；]{0,16}(?:启动|响应)"
)


def _strong(text: str) -> Power | None:
    approval = _last_approval(text)
    if approval and (signer := clean_body(approval.group(1))):
        actor = clean_body(approval.group(2)) if approval.group(2) else None
        if actor and (_CARRIES.search(actor) or ("预警" not in text and _ADMINISTERS.search(actor))):
            actor = None  # 报总指挥同意后，由办公室发布启动通知: an office makes known what another decided
        proposer = None if actor else proposer_in(text)[0] or subject(text[: approval.start()])
        return Power(
            authority=actor or signer,
            approver=signer if actor else None,
            proposer=proposer,
            at=approval.start(),
        )
    passed_on = _APPROVED_AND_PASSED_ON.search(text) if "后，" in text else None
    if passed_on and (body := clean_body(passed_on.group(1))):
        return Power(authority=body, proposer=proposer_in(text)[0], at=passed_on.start())
    if agreed := _AGREED.search(text):
        proposer, to = proposer_in(text)
        return Power(authority=to, proposer=proposer, at=agreed.start()) if to else None
    requested = None if order_signed(text) else _REQUESTED.search(text)
    if requested and (body := clean_body(requested.group(1) or requested.group(2))):
        asker = subject(re.sub("由", "，", text[: requested.start()]))
        return Power(authority=body, proposer=asker, at=requested.start())
    signed = _SIGNED.search(text)
    if signed and (body := clean_body(signed.group(1))):
        return Power(authority=body, at=signed.start())
    for form in (_STARTING_SIGNED, _LEVEL_BY):
        told = form.search(text)
        if told and (body := clean_body(told.group(1))) and not _BY_FAR.search(text):
            decided = _decided(text)
            return decided or Power(authority=body, at=told.start(), report_to=_report_to(text, told.end()))
    if rare := rare_power(text):
        body, proposer, at = rare
        return Power(authority=body, proposer=proposer, at=at, report_to=_report_to(text, at))
    return _decided(text) or _approved_last(text)


_ADMINISTERS = re.compile("(?:办公室|应急办|[汛防森灾震急]办|值班室|值班员|秘书处)$")
_CARRIES = re.compile("(?:融媒体(?:中心)?|电视台|广播|媒体|平台|电信|移动|联通|运营商|报社|网站)$")
_GOING_ON = re.compile("，(?:再|并)?(?=报|呈|提请|经)")


def _last_approval(text: str) -> re.Match[str] | None:
    """The last approval of a chain: 经甲审核，报乙签发后启动 is approved by 乙."""
    found = _BY_APPROVAL.search(text)
    if found is None:
        return None
    for step in _GOING_ON.finditer(text, found.start()):
        later = _BY_APPROVAL.match(text, step.end())
        if later and clean_body(later.group(1)):
            found = later
    return found


def _approved_last(text: str) -> Power | None:
    """甲提出启动…的建议，报乙批准: the start is named in the proposal only."""
    proposer, _ = proposer_in(text)
    found = _APPROVED_LAST.search(text)
    if proposer is None or found is None or "启动" not in text[: found.start()]:
        return None
    body = clean_body(found.group(1))
    return Power(authority=body, proposer=proposer, at=found.start()) if body else None


def _decided(text: str) -> Power | None:
    """由X决定启动, X决定启动 and the like."""
    by = "由" in text
    for form in (_BY_FAR, _BY_CONFIRM, _BY, _DECISION, _BY_DECISION):
        if not (_SOME_DECISION.search(text) if form is _DECISION else by):
            continue
        for found in form.finditer(text):
            if form is not _BY_DECISION and _WHEN.search(text[found.end() :]):
                continue
            told = _PASSED_ON.split(found.group(1))[-1] if form is not _DECISION else found.group(1)
            told = last_part(told) if "：" in told else told
            body = (
                "指挥"
                if told == "指挥"
                else clean_body(told) or clean_body(last_part(told)) or clean_body(found.group(1))
            )
            if body is None and form is _DECISION:
                body = subject(found.group(1))
            if body is None:
                continue
            declares = "宣布" in found.group() and "决定" not in found.group()
            return Power(
                authority=body, report_to=_report_to(text, found.end()), at=found.start(), strong=not declares
            )
    return None


_OWNER = re.compile(
    r"启动((?:[^，。]{0,6}?)(?:师市|师|市|县|省|州|自治区|兵团|国家))级?(?:[^，。级]{0,12})预案"
)
# 甲会商研判，按程序报批后启动: whoever has it approved does not decide.
_NOT_ITS_SUBJECT = re.compile(
    r"(?:报批|送审|(?<!未)请示|[经获]批准?|"
    r"(?:按|依)[^，。]{0,8}(?:程序|权限)[^，。]{0,6}(?:批准|审批|报批))后?，?[^，。]{0,4}$"
)
_WEAK = re.compile(rf"(?:下达|，|立即|迅速|及时)*{STARTING}")
RESPONDS = re.compile(
    r"(?:，|立即|迅速|及时)*[作做]出(?:相应|相关|对应)(?:级别|等级)?的?(?:应急)?(?:反应|响应)|"
    r"(?:，|立即|迅速|及时|适时)+[作做]出(?:相应(?:级别|等级)?的?)?预警(?=$|[，。；])"
)
"""作出相应级别应急反应, 及时作出预警: starting said by what is done."""


_LEADS_UP = re.compile(
    "^(?:在|根据|按|依|经|接|当|遇|凡|一旦|如|若|达到|符合|视|对|为|并|应|可|立即|及时|同时)"
)
_SOMEBODY_ELSE = re.compile("[长局府委办组部会]|主任|中心|领导|书记|经理|负责人|单位|[站所]")


def _starter(before: str) -> str | None:
    """The subject of a start; nobody where its own clause names one that is not understood."""
    near = last_part(before)
    if subject(near) is None and not _LEADS_UP.match(near) and _SOMEBODY_ELSE.search(near):
        return None
    return subject(before)


def _weak(text: str) -> Power | None:
    if found := _RESPONSIBLE.search(text):
        return Power(authority=clean_body(found.group(1)), strong=False, at=found.start())
    found = _WEAK.search(text) or RESPONDS.search(text)
    if found is None:
        return None
    before = text[: found.start()]
    body = None if _NOT_ITS_SUBJECT.search(before) else _starter(before)
    if body is None and (owner := _OWNER.search(text)):
        # 应启动师市应急预案: nobody is named, but a plan is started by the government that issued it.
        body = None if re.search("国家|[和及、]", owner.group(1)) else owner.group(1)
    return Power(authority=body, strong=False, at=found.start(), report_to=_report_to(text, found.end()))


# 市级启动响应后，县指挥部启动…: what was started before is no power given here.
_WHEN_STARTED = re.compile(r"^[^，。；]{0,30}启动[^，。；]{0,20}(?:时|后|的)，")


_ONCE_DECIDED = re.compile(
    r"^([^，。；]{2,30}?)(?:决定|批准)启动[^，。；]{0,12}级[^，。；]{0,6}响应(?:后|时)，"
)


def read_power(text: str) -> Power | None:
    """Who may start what ``text`` speaks of; ``authority`` None where it names nobody.

    Returns None where the sentence does not start anything (a condition, a proposal, a record).
    """
    power = _strong(text)
    if power is None and (when := _WHEN_STARTED.match(text)) and "启动" in text[when.end() :]:
        return read_power(text[when.end() :])
    if power is None and (decided := _ONCE_DECIDED.match(text)) and (body := clean_body(decided[1])):
        return Power(
            authority=body, strong=False
        )  # 省政府决定启动Ⅱ级响应后，…: tells who, if nothing else does
    if power is None:
        starts = RESPONDS.search(text) or re.search(rf"{STARTING}|的启动", text)
        if _NOT_A_POWER.search(text) or not starts:
            return None
        power = _weak(text)
    return power
