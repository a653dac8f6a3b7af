"""What a sentence about starting speaks of: this plan or another, a criterion, a duty, who commands."""

from __future__ import annotations

import re

from fengsui.core.plan.level import LadderKind
from fengsui.core.reading.extract.power_levels import levels_in
from fengsui.core.reading.extract.power_text import Sentence, clean_body
from fengsui.core.reading.extract.power_verbs import RESPONDS, Power

_OBJECT = re.compile(r"启动(?:(?:并|和|及)(?:组织)?实施|和发布|了)?(?P<what>[^，。；]*)")
_OWN_PLAN = re.compile(
    r"^(?:[^，。]{0,6})?(?:相应|相关|有关|本单位|本部门|本级别|企业|各自|各单位|本企业|本系统|自身|"
    r"所属|上一?级|单位(?=预案|应急|响应)|部门|专项|现场|应急储备|应急机制|应急联动|联动|与(?!指挥|处置|终止|结束|实施|调整))"
)
_FITTING = re.compile(r"相应(?:级别)?的?(?:应急)?(?:预案|响应|预警)")
_TITLE_OF_LEVEL = re.compile(r"^(?:[ⅠⅡⅢⅣ一二三四]级|IV级|I{1,3}级|[红橙黄蓝]色)(?:应急|预警)?(?:响应|预警)")
_STARTED = re.compile(r"响应|预案|预警|应急程序|应急救援|应急处置|救援程序|应急机制|联动协调机制|应急状态")
_WARNING_SENT = re.compile(
    r"(?:负责|授权)?(?:发布|启动)[^，。；]{0,12}?预警|预警，?[^，。；]{0,8}(?:由[^，。；]+?)(?:发布|"
    r"启动|签发|审批|批准)"
)
_OF_LEVEL = re.compile(
    r"(?:其中，?)?(?:(?:[ⅠⅡⅢⅣ]|IV|I{1,3}|[一二三四])级|[红橙黄蓝]色)[^，。；]{0,14}，?(?:由|经|报)"
)
_TITLE_OF_POWERS = re.compile("响应|启动|预警")
_PUBLISHED = re.compile(r"发布|签发|批准")
_DUTY_TITLE = re.compile(r"职责|职能|任务")
_POST = re.compile("(?:组长|指挥长?|主任|[县市州镇乡校厂矿队站园局]长|经理|书记|负责人)$")
_ORGANISATION = re.compile("组织|机构|指挥部|领导小组|委员会")
_BARE_DUTY = re.compile("(?:主要)?(?:工作)?(?:职责|职能|任务)$")
# 负责四级响应的启动和处置 under the title of a body.
_IN_CHARGE = re.compile(
    "负责[^，。；]{0,12}响应的启动|(?:决定|批准|下达|宣布)启动[^，。；]{0,24}(?:响应|预案)[。；]?$"
)
_DUTY_START = re.compile(
    r"^(?:负责|决定|批准|宣布|下达|发布|指挥|承担|，|、|和)*(?:启动)(?:和|、|"
    r"或)?[^，。；]{0,24}?(?:预案|响应|程序|预警|命令)"
)
# 分析事态，决定启动应急程序: the decision may follow what leads up to it.
_DUTY_DECIDES = re.compile(
    r"，(?:负责)?(?:决定|批准|宣布|下达)(?:启动)(?:和|、|或)?[^，。；]{0,24}?(?:预案|响应|程序|预警|命令)"
)
_SIGNAL = re.compile(
    r"(?:气象|水文|海洋|预报|地震)[^，。；由]{0,10}发布[^，。；]{0,16}(?:预警信号|色预警|色警报|警报)"
)
_ANNOUNCES = re.compile(
    r"(?:下列|以下|下述|如下)[^，。；：]{0,10}(?:情形|情况|条件|标准|指标)|之一(?:的|时|者)?，"
)
# 出现下列情形之一时，市防指启动Ⅳ级响应: above a list of criteria, and yet it names who.
_WHO_STARTS_THEN = re.compile(
    r"，由?([^，。；]{2,24}?)(?:立即|视情|及时|可|应|宣布|决定)*启动[^，。；]{0,12}(?:响应|预案|应急状态)"
)
_ONLY_CRITERIA = re.compile(r"(?:启动|响应|预警)?(?:条件|标准)$")
_NOT_DUTY = re.compile(r"启动[^，。；]{0,16}(?:记录|建议|准备|时|后|请求|申请)")
_COMMANDS = re.compile(
    r"由([^，。]{2,40}?)(?:依[^，。]{1,6}?)?(?:负责|统筹)?(?:统一|同意)?(?:组织(?=，)|组织救援|组织实施救援|负责处置|组织(?:现场|先期)?处置|现场指挥|组织实施|组织指挥|负责(?=[，。；]|$)|组织(?=[^，。；]{0,6}(?:扑救|抢险|抢修|施救|救治|疏散|救助))|"
    r"领导(?=[，。；]|$|[^，。]{0,14}(?:工作|行动))|统一领导(?=，)|统一指挥(?=，)|负责(?=[^，。]{1,16}(?:应对|处置|救援|抢险|救灾)工作)|指挥协调应对|组织应对|负责应对|组织指挥应对)"
)


_FORM = re.compile("流程图|年月日")


def is_aside(sentence: Sentence, part: str) -> bool:
    """Places that speak of starting without giving anybody the power to."""
    if _FORM.search(sentence.around):
        return True
    title = sentence.section.title
    if re.search(r"终止|解除|结束", title) and not re.search(r"发布|启动", title):
        return True
    return bool(re.search(r"目的|依据|适用范围|演练|演习|培训|保障|附件|附图", title))


def is_condition(sentence: Sentence, part: str) -> bool:
    """Whether the sentence is a criterion (气象台发布暴雨红色预警信号) or the lead above a list of them."""
    if _SIGNAL.search(part):
        return True
    if _ANNOUNCES.search(part):
        starter = _WHO_STARTS_THEN.search(part)
        return starter is None or clean_body(starter[1]) is None
    titled = _ONLY_CRITERIA.search(sentence.section.title)
    if titled and "由" not in part and "启动条件" in sentence.section.title:
        return True  # 启动条件: 或县防指启动二级响应
    return sentence.listed and bool(_ANNOUNCES.search(sentence.lead) or titled)


def target_of(part: str) -> str:
    """The words after the last 启动: what is started."""
    return part.rsplit("启动", 1)[-1].split("，")[0] if "启动" in part else ""


def names_own_ladder(part: str) -> bool:
    # 启动重大事件应急程序: the object names its step in words; if no level of this plan, none is meant.
    return bool(re.search(r"启动(?:特别重大|特大|重大|较大|重要|一般)", part))


def is_own_plan(part: str) -> bool:
    found = _OBJECT.search(part)
    return bool(found and _OWN_PLAN.search(found.group("what")))


_FITTING_LEVEL = re.compile(
    r"^(?:并实施)?(?:与之)?(?:相应|对应|相当|相适应)(?:的)?(?:级别|等级)的?[^，。；]{0,10}响应"
)
_COMMANDING = re.compile(
    r"(?:指挥部|防[汛指]|[防森]指|领导小组|委员会|指挥长|总指挥|组长|主任|[省州市县区旗镇乡校厂矿]长|总经理|办公室|书记|政府)(?:（[^）]*）)?$"
)
_SOMEBODY = re.compile(
    "^(?:各|有关|相关|事发|事故|当地|地方|下级|上级|上一级|成员|责任|属地|所在|基层|本级|同级|灾区|受影响)"
)


def is_fitting_level(part: str, body: str) -> bool:
    """Whether ``body`` of this plan starts whatever level fits: 指挥部启动相应级别响应."""
    fits = any(_FITTING_LEVEL.match(found["what"]) for found in _OBJECT.finditer(part))
    return fits and _COMMANDING.search(body) is not None and _SOMEBODY.match(body) is None


def is_of_this_level(sentence: Sentence, part: str) -> bool:
    """Whether 相应预案 is that of the one level the heading speaks of (红色预警响应 … 启动相应预案)."""
    title = sentence.titles[0] if sentence.titles else ""
    found = _OBJECT.search(part)
    fitting = found is not None and _FITTING.match(found["what"]) is not None
    return fitting and bool(_TITLE_OF_LEVEL.search(title))


# Ⅰ级响应：发生特别重大事件，由省政府启动: the label says what is started.
_LABELLED_LEVEL = re.compile(
    r"(?:[ⅠⅡⅢⅣ一二三四]|IV|I{1,3})级(?:应急)?响应(?:（[^）]{1,10}）)?[：。].*(?:启动|批准|签发)"
)
_DECISION_MADE = re.compile(
    r"[作做]出[^，。]{0,4}(?:(?:响应|预警|预案)启动的?(?:决策|决定)|[^，。]{0,2}启动[^，。]{0,6}决定)"
)


def speaks_of_plan(sentence: Sentence, part: str) -> bool:
    """Whether what is started is a response, a plan or a warning (not a pump, not a meeting)."""
    for found in _OBJECT.finditer(part):
        if _STARTED.search(found.group("what")):
            return True
        if re.match("命令|令", found.group("what")) and _STARTED.search(part):
            return True
        # 报县长批准后启动。under a title that says what: a whole sentence, not a box of a flow chart.
        title = sentence.section.title if part.endswith(("。", "；")) else ""
        if not found.group("what") and _STARTED.search(part + title):
            return True
    if re.search(r"(?:预警|响应|预案)的(?:启动|发布)", part) or RESPONDS.search(part):
        return True
    if re.search(r"启动[^，。]{0,20}(?:响应|预案|预警)[^，。]{0,6}(?:建议|意见|请求)，", part):
        return True
    if _DECISION_MADE.search(part) or _LABELLED_LEVEL.match(part):
        return True
    if _OF_LEVEL.match(part) and _TITLE_OF_POWERS.search("".join(sentence.titles[:2])):
        return True
    if _PUBLISHED.search(part):
        titled = "预警" in "".join(sentence.titles[:2])
        return bool(_WARNING_SENT.search(part)) or (
            titled and (bool(levels_in(part)) or ("预警" in part and "发布" in part))
        )
    return bool(re.search(r"响应[^，。；]*，?由[^，。]+(?:建议，由[^，。]+)?决定", part))


def kind_of(sentence: Sentence, part: str) -> LadderKind:
    if "预警" in part and not re.search(r"启动[^，。；预]*(?:响应|预案)", part):
        return LadderKind.WARNING
    if is_of_this_level(sentence, part) and "预警" in sentence.titles[0]:
        return LadderKind.WARNING
    if re.search(r"响应|预案|程序", part):
        return LadderKind.RESPONSE
    return LadderKind.WARNING if "预警" in "".join(sentence.titles[:2]) else LadderKind.RESPONSE


def power_of_duty(sentence: Sentence, part: str) -> Power | None:
    """A line of duties (职责) that includes starting the response: the power of the body above it."""
    inner = sentence.titles[0] if sentence.titles else ""
    if "启动" not in part or not (
        _DUTY_TITLE.search(inner)
        or _DUTY_TITLE.search(sentence.lead)
        or _DUTY_TITLE.search(sentence.label)
        or (_IN_CHARGE.match(part) and _ORGANISATION.search("".join(sentence.titles)) and clean_body(inner))
        or (_POST.search(sentence.label) and _ORGANISATION.search("".join(sentence.titles)))
    ):
        return None
    text = part.split("：", 1)[-1]
    if (
        not (_DUTY_START.search(text) or _DUTY_DECIDES.search(text) or _IN_CHARGE.match(text))
        or _NOT_DUTY.search(text)
        or is_own_plan(text)
    ):
        return None
    # 总指挥：某局长 above the duties names a post's holder, not whose duties they are.
    lead = sentence.lead if "：" not in sentence.lead.rstrip("：") else ""
    outer = sentence.titles[1] if _BARE_DUTY.match(inner) and len(sentence.titles) > 1 else ""
    for place in (sentence.label, lead, inner, outer):
        bare = re.sub(r"(?:的|及|和)?(?:主要)?(?:工作)?(?:职责|职能|任务).*$", "", place)
        body = clean_body(bare)
        if body:
            return Power(authority=body, strong=bool(re.search(r"决定|下达|批准|命令|宣布", text)))
    return None


_BY_GRADE = re.compile(
    r"(?:特别重大|重大|较大|一般)[^，。；]{0,14}(?:事件|事故|灾害|疫情|险情|灾情)[^，。；]{0,20}(?:，(?:原则上)?)?由"
)


def power_of_commander(sentence: Sentence, part: str, *, started: bool = False) -> Power | None:
    """Who commands at a level (``started`` just before), taken for the decider if nothing better is said."""
    if "由" not in part or not re.search(r"响应|处置|反应|分级", "".join(sentence.titles[:2])):
        return None
    found = _COMMANDS.search(part)
    body = clean_body(found.group(1)) if found else None
    near = "".join((sentence.label, sentence.lead, *sentence.titles[:1]))
    if body is None or not (
        started
        or levels_in(part)
        or _BY_GRADE.search(part)
        or re.search("[ⅠⅡⅢⅣ]|(?<![A-Z])I(?![A-Z])|[一二三四]级响应", near)
    ):
        return None
    return Power(authority=body, strong=False)


_START_NAMED = re.compile(
    r"(?:启动|进入|宣布|发布|发出|签发)(?!后|时|期间|条件|标准)[^，。；后时]{0,18}(?:响应|预案|预警)(?!后|时|期间|状态后)"
    r"|(?:响应|预警|启动)[^，。；]{0,6}?(?:命令|令|指令|通知书?)|启动(?:的)?(?:建议|意见|申请)|启动(?:流程|程序)(?:：|为)|启动(?:响应)?(?:的)?(?:级别|等级)|响应(?:状态)?由[^，。；]{2,30}(?:宣布|决定|批准)(?:进入|启动)|(?:响应|预案)的?启动(?!后|时|期间|条件|标准|流程图)"
)
_TITLE_OF_START = re.compile(
    r"启动(?:权限|程序|主体|决定|审批|方式|与|和|及|$)|响应启动|(?:批准|审批|发布|签发|决策)(?:权限|程序|主体)|预警(?:信息)?(?:的)?发布|发布预警"
)
_BARE_DECISION = re.compile(
    r"^(?:[^，。；]{0,24}，)?(?:由|经|报请?)[^，。；]{2,40}(?:批准|决定|签发|签署|同意|审批|审定|确定|宣布)(?:后?(?:启动|实施|执行|发布))?[。；]?$"
)


def names_start(part: str) -> bool:
    """Whether ``part`` itself names a start of a response, plan or warning."""
    return _START_NAMED.search(part) is not None


_MEANWHILE = re.compile("[^，。；]{0,20}响应(?:期间|过程中|状态下|行动中)，")


def is_about_start(sentence: Sentence, part: str) -> bool:
    """Whether whoever approves, signs or announces in ``part`` does so for a start."""
    if _MEANWHILE.match(part):
        return False
    if names_start(part):
        return True
    titled = any(_TITLE_OF_START.search(title) for title in sentence.titles[:1])
    return titled and (bool(_BARE_DECISION.match(part)) or bool(levels_in(part)) or "色预警" in part)


_SOMEBODY_DECIDES = re.compile(
    r"(?:由(?!于)|经(?!济|发|信|营|贸|开|理|办)|报(?!告|社|警)|征得|呈|提请|请示)[^，。；]{2,40}(?:批准|审批|决定|同意|审定|核准|签发|签署|下令|拍板|定夺|研究|拟定|裁定|首肯|点头|定)"
)
_LOOKS_BACK = re.compile(
    r"启动[^，。；]{0,20}(?:后|时|期间|过程中|情况|以来)|(?:方案|措施|资金|信息|新闻|终止|结束|解除|调整)"
)


def is_unread(sentence: Sentence, part: str) -> bool:
    """Whether ``part`` seems to say who decides on a start: nothing read of it is worth a doubt."""
    if not ("响应" in part or "预警" in part or "预案" in part) or not _SOMEBODY_DECIDES.search(part):
        return False
    return is_about_start(sentence, part) and _LOOKS_BACK.search(part) is None
