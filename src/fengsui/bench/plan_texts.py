"""Texts of whole plans in words of their own, each unlike the others: for reading thousands of them.

A plan is put together from a seed: places, bodies, figures, clocks, the order and the joining of half
sentences, the way of numbering, hard line ends. About an eighth is shared word for word, as plans of a
prefecture share what they copied from the plan above; the benchmark measures it and tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

CHARACTERS = 25_000
"""Characters of a plan, blanks and line ends left out of account."""

_FIRST = "云东南北西青白金石龙安清河山林泉沙柳桥塘湾溪坡岭湖"
_SECOND = "州山河川林湖江水原阳平宁安台口溪岭桥塘湾"
_HAZARDS = (
    *(
        "防汛抗旱",
        "森林火灾",
        "危险化学品事故",
        "道路交通事故",
        "自然灾害救助",
        "突发环境事件",
        "燃气泄漏事故",
    ),
    *("生产安全事故", "低温雨雪冰冻灾害", "地质灾害", "食品安全事故", "大面积停电事件", "水上交通事故"),
)
_TASKS = (
    *(
        "应急管理局",
        "水利局",
        "公安局",
        "交通运输局",
        "卫生健康局",
        "气象局",
        "民政局",
        "财政局",
        "自然资源局",
    ),
    *(
        "住房和城乡建设局",
        "农业农村局",
        "生态环境局",
        "教育局",
        "市场监督管理局",
        "发展和改革局",
        "融媒体中心",
    ),
    *("供电公司", "消防救援大队", "林业局", "商务局", "文化和旅游局", "退役军人事务局", "通信管理办公室"),
)
_DEEDS = (
    *("组织转移受威胁区域的群众", "调拨帐篷和棉被", "封闭受损的路段", "抢修中断的供水管线", "核对受灾人口"),
    *(
        "加密巡查险工险段",
        "派出工作组赶赴现场",
        "协调专业队伍进场排险",
        "对周边水源进行监测",
        "开设临时安置点",
    ),
    *(
        "保障救援车辆优先通行",
        "恢复重要用户的供电",
        "组织医疗队救治伤员",
        "统计损失并逐级汇总",
        "安抚遇难人员家属",
    ),
    *("检查在建工地的基坑", "关闭景区并劝返游客", "清点仓库的储备", "向公众说明避险路线", "划定警戒范围"),
    *("组织专家会商研判", "调集水泵排除积水", "疏通河道内的阻水物", "核查沿线的危旧房屋", "安排人员值守"),
)
_AIMS = (
    *("防止次生灾害", "确保群众有饭吃、有水喝", "减少财产损失", "维护现场秩序", "尽快恢复正常秩序"),
    *("掌握事态的发展", "避免人员再次进入危险区", "为指挥决策提供依据", "保证重点部位不断电"),
)
_WHEN = (
    *(
        "接到通知后",
        "险情发生后",
        "根据指挥部的安排",
        "在确保安全的前提下",
        "必要时",
        "视事态发展",
        "会商研判后",
    ),
    *("转入夜间后", "现场条件允许时", "首批队伍到达后", "出现人员被困时"),
)
_SHARED = (
    "应急救援工作坚持人民至上、生命至上，统一领导、分级负责，属地为主、协同应对，科学施救、依法处置。",
    "任何单位和个人都有义务报告险情，不得迟报、谎报、瞒报、漏报，对举报属实的按照有关规定给予奖励。",
    "信息报告的内容包括时间、地点、信息来源、起因和性质、基本过程、已造成的后果、影响范围、发展趋势和处置情况。",
    "有关部门应当将储备物资的名称、数量、存放地点和联系方式登记造册，并及时更新。",
    "参加抢险救援的人员应当佩戴相应的防护用品，遵守现场的安全管理规定，服从现场指挥部的统一调度。",
    "应急结束后，有关部门应当对处置过程进行总结，查找不足，提出改进措施，形成书面报告。",
    "对在工作中作出突出贡献的集体和个人给予表扬；对失职、渎职的有关责任人员依法追究责任。",
    "新闻发布由指挥部统一组织，做到及时、准确、客观、全面，回应社会关切。",
)
_GRADES = (("特别重大", "Ⅰ", 30), ("重大", "Ⅱ", 10), ("较大", "Ⅲ", 3), ("一般", "Ⅳ", 1))
_CHAPTERS = (
    *("总则", "组织指挥体系", "风险分级", "监测预警", "信息报告", "应急响应", "应急保障", "后期处置", "附则"),
)
_SECTIONS = ("要求", "安排", "分工", "规定")
_NUMERALS = "一二三四五六七八九十"


class _Writer:
    """One plan while it is being written."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        pick = self.chance.choice
        self.place = f"{pick(_FIRST)}{pick(_SECOND)}{pick('县市区')}"
        self.hazard = pick(_HAZARDS)
        self.bodies = [
            f"{pick((self.place[-1], self.place))}{task}" for task in self.chance.sample(_TASKS, 14)
        ]
        self.lead = f"{self.place}{self.hazard}应急指挥部"
        self.decimal = self.chance.random() < 0.6
        self.wrap = self.chance.random() < 0.25
        self.lines: list[str] = [f"{self.place}{self.hazard}应急预案", ""]
        self.size = 0

    def add(self, line: str) -> None:
        self.size += len(line)
        if self.wrap and len(line) > 38:
            self.lines.extend(line[at : at + 38] for at in range(0, len(line), 38))
        else:
            self.lines.append(line)

    def heading(self, chapter: int, section: int = 0) -> str:
        if self.decimal:
            return f"{chapter}.{section} " if section else f"{chapter} "
        return f"（{_NUMERALS[section - 1]}）" if section else f"{_NUMERALS[chapter - 1]}、"

    def clock(self) -> str:
        pick = self.chance.choice
        return pick((f"{pick((15, 20, 30, 40))}分钟", f"{pick((1, 2, 3, 4, 6, 12, 24))}小时"))

    def sentence(self) -> str:
        """What a body does, why, and now and then by when."""
        chance, pick = self.chance, self.chance.choice
        parts = [f"{pick(_WHEN)}，"] if chance.random() < 0.5 else []
        parts.append(f"{pick(self.bodies)}{pick(('负责', '应当', '立即', '牵头', '及时'))}{pick(_DEEDS)}")
        if chance.random() < 0.5:
            parts.append(f"，{pick(_DEEDS)}")
        if chance.random() < 0.4:
            parts.append(f"，会同{pick(self.bodies)}、{pick(self.bodies)}{pick(_DEEDS)}")
        if chance.random() < 0.08:
            parts.append(f"，{self.clock()}内向{pick((self.lead, pick(self.bodies)))}报告进展")
        if chance.random() < 0.4:
            parts.append(f"，{pick(_AIMS)}")
        return f"{''.join(parts)}。"

    def text(self, until: int) -> Iterator[str]:
        """Paragraphs until the plan has ``until`` characters."""
        item = 0
        while self.size < until:
            item += 1
            if self.chance.random() < 0.25:
                yield self.chance.choice(_SHARED)
                continue
            label = f"（{item}）" if self.decimal and self.chance.random() < 0.5 else ""
            yield label + "".join(self.sentence() for _ in range(self.chance.randint(1, 4)))

    def once(self, chapter: int) -> Iterator[str]:
        """What a chapter says in one place only."""
        pick, number = self.chance.choice, self.chance.randint
        if chapter == 2:
            yield f"{self.lead}总指挥由{self.place[-1]}政府分管副职担任，副总指挥由{self.bodies[0]}局长担任。"
            yield f"成员单位：{'、'.join(self.bodies)}。"
            yield f"指挥部办公室设在{self.bodies[0]}。"
            for body in self.bodies:
                yield f"{body}：负责{pick(_DEEDS)}，{pick(_DEEDS)}；配合{pick(self.bodies)}{pick(_DEEDS)}。"
            for name in ("综合协调组", "抢险救援组", "医疗救治组", "后勤保障组"):
                one, other, third = self.chance.sample(self.bodies, 3)
                yield f"{name}：由{one}牵头，{other}、{third}参加。{self.sentence()}"
        elif chapter == 3:
            factor = number(1, 3)
            for name, _, low in _GRADES:
                dead, moved = low * factor, low * factor * 500
                yield f"{name}事件：造成{dead}人以上死亡，或者{moved}人以上紧急转移的。"
        elif chapter == 5:
            first, then = self.clock(), self.clock()
            yield f"{pick(self.bodies)}接到报告后应当在{first}内电话报告{self.lead}，{then}内书面报告。"
        elif chapter == 6:
            for name, roman, _ in _GRADES:
                yield f"达到{name}标准的，由{self.lead}{pick(('总指挥', '副总指挥'))}决定启动{roman}级响应。"
            yield f"险情排除后，由{self.lead}决定终止响应。"
        elif chapter == 9:
            yield f"{self.bodies[0]}每{number(1, 3)}年至少组织一次演练，每{pick('三五')}年修订一次本预案。"
            yield f"值班电话：{self.bodies[0]} 0{number(310, 990)}-{number(2000000, 8999999)}。"


def plan_text(seed: int, characters: int = CHARACTERS) -> str:
    """A plan of about ``characters`` characters; the same seed gives the same plan."""
    writer = _Writer(seed)
    for chapter, title in enumerate(_CHAPTERS, start=1):
        writer.add(writer.heading(chapter) + title)
        until = chapter * characters // len(_CHAPTERS)
        for section in range(1, 5):
            start = writer.size
            writer.add(f"{writer.heading(chapter, section)}{title}{_SECTIONS[section - 1]}")
            if section == 1:
                for line in writer.once(chapter):
                    writer.add(line)
            for line in writer.text(start + (until - start) * section // 4):
                writer.add(line)
    return "\n".join(writer.lines)
