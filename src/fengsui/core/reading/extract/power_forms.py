"""Rarer forms by which a plan gives a power, and words of the trade said in those the others know.

甲主持会商，决定启动; 由甲提出，乙批准; 甲签发启动令; 经甲同意，由乙组织实施; 报告甲，由其决定启动.
"""

from __future__ import annotations

import re

from fengsui.core.reading.extract.power_text import clean_body, last_part, subject

# As long as what they stand for, so that places in the sentence stay true.
_ENTERING = re.compile(r"(?<=[定布准意令])进入(?=[^，。；的]{0,10}(?:响应|应急状态|紧急状态))")
_ARROW = re.compile("[→⇒➔➜]")
_SIGNING = re.compile("签批|签令|审签")


def in_common_words(text: str) -> str:
    """``text`` with 决定进入Ⅲ级响应 as 决定启动Ⅲ级响应, 签批 as 签发: same length."""
    if "进入" in text:
        text = _ENTERING.sub("启动", text)
    if "应急反应" in text:
        text = text.replace("应急反应", "应急响应")
    if "→" in text or "⇒" in text or "➔" in text or "➜" in text:
        text = _ARROW.sub("，", text)
    return _SIGNING.sub("签发", text) if "签" in text else text


_STARTING = r"(?:启动|宣布启动|发布)"
_APPROVES = r"(?:审批|批准|同意|审定|核准|签发|决定)"
_AFTER_MEETING = re.compile(
    rf"由([^，。]{{2,40}}?)(?:主持|组织|召集)[^，。]{{0,20}}(?:会商|会议|研判)[^，。]{{0,8}}，并?(?:研究)?(?:决定|确定)(?:是否)?{_STARTING}"
)
_HOLDS_MEETING = re.compile(
    r"(?:^|[：，])由?([^，。：]{2,40}?)(?:主持|组织|召集|召开)[^，。]{0,14}(?:会商|研判|会议|会)[^，。]{0,6}，并?"
    r"(?:(?:视情况?|根据[^，。]{0,10}|及时|研究|决定)*启动(?=$|[，。；]|[^，。；]{0,12}响应)|(?:作出|做出)[^，。]{0,6}启动[^，。]{0,10}决定)"
)
_TIER = re.compile(
    r"由((?:国家|省|自治区|州|市|县|区|镇|乡|街道|园区)级(?:层面)?)(?:负责|决定|组织|宣布)*启动"
)
_AFTER_ITS_MEETING = re.compile(
    r"响应的?启动，?由([^，。]{2,40}?)(?:主持|组织|召集|召开)[^，。]{0,12}后(?:研究)?(?:决定|确定)(?=$|[，。；])"
)
_ONLY_IF_AGREED = re.compile(
    rf"(?:响应|预警)[^，。]{{0,6}}?(?:须|需|应当?|必须)(?:经|由|报)?([^，。]{{2,30}}?){_APPROVES}后?(?:方可|方能|才可|才能|再)(?:宣布)?启动"
)
_GIVEN_AWAY = re.compile(r"(?:响应(?:可)?|^|，)(?:授权|委托)([^，。由]{2,30}?)(?:负责|决定)?启动")
_ONE_AFTER_OTHER = re.compile(
    rf"(?:启动[^，。]{{0,14}}|响应(?:的)?启动|响应)，?由([^，。]{{2,30}})提出(?:申请|建议|意见|请求)?，(?:报|经|由|报请)?([^，。]{{2,30}}?)"
    rf"{_APPROVES}(?:后?(?:实施|执行|启动))?(?=$|[，。；])"
)
_ORDER = r"(?:命令|令|指令|通知书|通知|决定|公告)"
_ORDER_SIGNED = re.compile(
    r"(?:签发|签署|下达|发布|印发)[《“]?(?:关于)?(?:启动(?:[^，。；]{0,14}(?:响应|预案)的?)?|[^，。；]{1,14}响应启动|启动)"
    rf"{_ORDER}"
)
_ORDER_OF = re.compile(
    rf"(?:启动[^，。；]{{0,16}}(?:响应|预案|预警)的?|响应的?(?:启动)?|启动){_ORDER}(?:均|应|须|统一)*由([^，。]{{2,40}}?)"
    r"(?:负责)?(?:统一)?(?:作出|做出|下达|发布|签发|签署|批准|宣布)(?=$|[，。；])"
)
_RESTS_WITH = re.compile(
    r"启动[^，。；]{0,12}?(?:权限?|决定权|审批权|批准权)(?:在|属于?|归|由)([^，。]{2,40}?)(?:所有|行使|负责|掌握)?(?=$|[，。；])"
)
_IN_ROLE = re.compile(
    r"(?:^|，|由)([^，。]{2,40}?)(?:作为|为|是|担任)[^，。为]{0,4}?(?:启动[^，。]{0,16}?(?:响应|预案)的?[^，。]{0,4}?(?:主体|责任人|机关|机构|单位)"
    r"|(?:第一|直接|主要)?责任人，(?:负责|有权|可)[^，。]{0,6}?(?:启动|决定)[^，。]{0,14}(?:响应|预案|程序))"
)
_ROLE_IS = re.compile(
    r"启动[^，。；]{0,14}?(?:响应|预案)?的?(?:批准|决定|审批|责任|决策)?(?:主体|责任人|批准人|决定人|人|机关|机构)(?:分别)?(?:为|是)([^，。]{2,40}?)(?=$|[，。；])"
)
_ORDER_BY = re.compile(
    r"响应的?启动[^，。]{0,4}由([^，。]{2,40}?)(?:签署|签发|下达|发布)(?:启动)?(?:命令|令|指令|文件|通知)(?=$|[，。；])"
)
_APPROVED_THEN_DONE = re.compile(
    rf"(?:响应|预警)[^，。]{{0,8}}，?(?:经|报请|报经|报)([^，。]{{2,40}}?){_APPROVES}后?，由[^，。]{{2,30}}?(?:负责)?(?:组织)?(?:实施|执行)"
)
_MUST_BE_APPROVED = re.compile(
    rf"启动[^，。]{{0,14}}(?:响应|预警|预案)(?:的|时)?，?(?:应当?|须|需|必须)?(?:经|报经|报请|报)([^，。]{{2,40}}?){_APPROVES}(?=$|[，。；])"
)
_BY_THEM = re.compile(
    rf"(?:报告|报请|汇报|上报|请示|报)([^，。；]{{2,24}}?)，并?由其(?:研究)?(?:决定|批准|宣布|签发|下令)(?:是否)?{_STARTING}"
)
_APPROVED_BEFORE = re.compile("(?:批准|同意|审批|审定|核准)后?，")
_APPROVED = re.compile("批准|同意|审批|审定|核准")
_HINT = re.compile(
    "级启动|级层面|级负责|级决定|级宣布|权|责任|主体|批准人|决定人|启动人|机关|方可|方能|才|授权|委托|会商|会议|研判|提出|令|通知|公告|决定|文件|由其|经|报"
)


def rare_power(text: str) -> tuple[str, str | None, int] | None:
    """(who decides, who proposes, where) by one of the rarer forms."""
    if not _HINT.search(text):
        return None
    if (found := _BY_THEM.search(text)) and (body := clean_body(found[1])):
        return body, subject(text[: found.start()]), found.start()
    if (found := _ONE_AFTER_OTHER.search(text)) and (body := clean_body(found[2])):
        return body, clean_body(found[1]), found.start()
    for form in (
        _ORDER_OF,
        _RESTS_WITH,
        _IN_ROLE,
        _ROLE_IS,
        _ONLY_IF_AGREED,
        _GIVEN_AWAY,
        _AFTER_MEETING,
        _HOLDS_MEETING,
        _AFTER_ITS_MEETING,
        _ORDER_BY,
        _APPROVED_THEN_DONE,
        _MUST_BE_APPROVED,
    ):
        if (found := form.search(text)) and (body := clean_body(found[1])):
            return body, None, found.start()
    if found := _TIER.search(text):
        return found[1], None, found.start()
    return order_signed(text)


def order_signed(text: str) -> tuple[str, str | None, int] | None:
    """甲签发启动令, 甲下达启动命令: (who, nobody, where)."""
    if "令" not in text and "通知" not in text and "决定" not in text and "公告" not in text:
        return None
    if found := _ORDER_SIGNED.search(text):
        if _APPROVED_BEFORE.search(text[: found.start()]):
            return None  # 指挥长批准后，某局下达启动指令: he who approves decides
        before = last_part(text[: found.start()])
        body = clean_body(before.rsplit("由", 1)[-1]) or (
            None if _APPROVED.search(text) else subject(text[: found.start()])
        )
        return (body, None, found.start()) if body else None
    return None
