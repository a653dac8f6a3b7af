"""One fault for each rule, planted into the clean plan, and the same place mended.

``CASES`` {rule: (edits that plant it, edits of the mended place)}; an edit is (old words, new words).
"""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

START = "Ⅳ级响应由副总指挥决定启动。"
END = "险情消除后，由原批准启动的人决定终止响应。"
REPORT = "洪涝灾害发生后，事发地乡镇人民政府应当在1小时内向县人民政府报告。"
BASIS = "《中华人民共和国突发事件应对法》（2024年修订）"
MEASURE = "县公安局立即疏散群众，县应急局组织抢险。"
SCOPE = "本预案适用于东河县行政区域内的洪涝灾害。"
DRILL = "县应急局每年组织一次演练。"
REVISE = "本预案每三年评估一次，情况变化时及时修订。"
PHONES = "县应急局 0000-2200001"
TITLE = "东河县洪涝灾害应急预案"


def into(title: str) -> tuple[str, str]:
    """The plan as one of that title."""
    return TITLE, title


def after(old: str, *lines: str) -> tuple[str, str]:
    """``lines`` after ``old``."""
    return old, "\n".join((old, *lines))


def criteria(level: str, old: str, new: str) -> tuple[str, str]:
    """Criteria of one level of the ladder."""
    lead = f"有下列情形之一的，为{level}级响应：\n"
    return lead + old, lead + new


GRADES = (
    after(
        SCOPE,
        "（四）事故分级",
        "有下列情形之一的，为重大事故：\n紧急转移安置20000人以上。",
        "有下列情形之一的，为较大事故：\n紧急转移安置5000人以上20000人以下。",
        "有下列情形之一的，为一般事故：\n紧急转移安置1000人以上5000人以下。",
    ),
)
LEVEL_1, LEVEL_2, LEVEL_3, LEVEL_4 = (
    "紧急转移安置100000人以上。",
    "紧急转移安置20000人以上100000人以下。",
    "紧急转移安置5000人以上20000人以下。",
    "紧急转移安置1000人以上5000人以下。",
)

DEATHS: Edits = (
    (LEVEL_1, "死亡30人以上。"),
    (LEVEL_2, "死亡10人以上30人以下。"),
    (LEVEL_3, "死亡3人以上10人以下。"),
    (LEVEL_4, "死亡1人以上3人以下。"),
)
RAIN: Edits = (
    (LEVEL_1, "24小时降雨量200毫米以上。"),
    (LEVEL_2, "24小时降雨量100毫米以上200毫米以下。"),
    (LEVEL_3, "24小时降雨量50毫米以上100毫米以下。"),
    (LEVEL_4, "24小时降雨量25毫米以上50毫米以下。"),
)


def accident(harm: str, *, lift: bool = False) -> tuple[str, str]:
    """Grades of an accident by persons with that harm; ``lift``: and by lifts out of order."""
    more = "；电梯困人2小时以上" if lift else ""
    return after(
        SCOPE,
        "（四）事故分级",
        "有下列情形之一的，为重大事故：",
        f"{harm}50人以上{more}。" if harm != "死亡" else f"死亡10人以上{more}。",
        "有下列情形之一的，为较大事故：",
        f"{harm}10人以上50人以下。"
        if harm != "死亡"
        else "死亡3人以上10人以下；电梯困人1小时以上2小时以下。",
    )


CASES: dict[str, tuple[Edits, Edits]] = {
    # thresholds
    "threshold-gap": ((criteria("Ⅲ", LEVEL_3, "紧急转移安置8000人以上20000人以下。"),), ()),
    "threshold-overlap": ((criteria("Ⅳ", LEVEL_4, "紧急转移安置1000人以上9000人以下。"),), ()),
    "threshold-inverted": ((criteria("Ⅱ", LEVEL_2, "紧急转移安置2000人以上100000人以下。"),), ()),
    "threshold-no-lower-bound": ((criteria("Ⅳ", LEVEL_4, "紧急转移安置5000人以下。"),), ()),
    "level-missing-in-ladder": (
        (
            ("有下列情形之一的，为Ⅲ级响应：\n" + LEVEL_3 + "\n", ""),
            (LEVEL_2, "紧急转移安置5000人以上100000人以下。"),
            ("Ⅲ级响应由副总指挥决定启动。\n", ""),
        ),
        (),
    ),
    "level-unmeasurable": (
        (criteria("Ⅳ", LEVEL_4, "造成较大影响。"),),
        (criteria("Ⅳ", LEVEL_4, "造成道路中断1000人以上5000人以下紧急转移安置。"),),
    ),
    "boundary-undeclared": ((("本预案所称“以上”含本数，“以下”不含本数。", "本预案用词从通行解释。"),), ()),
    "any-all-mixed": (
        (
            (LEVEL_1, LEVEL_1 + "\n死亡30人以上。"),
            (LEVEL_2, LEVEL_2 + "\n死亡10人以上30人以下。"),
            (LEVEL_3, LEVEL_3 + "\n死亡3人以上10人以下。"),
            ("有下列情形之一的，为Ⅱ级响应", "同时符合下列条件的，为Ⅱ级响应"),
        ),
        (
            (LEVEL_1, LEVEL_1 + "\n死亡30人以上。"),
            (LEVEL_2, LEVEL_2 + "\n死亡10人以上30人以下。"),
            (LEVEL_3, LEVEL_3 + "\n死亡3人以上10人以下。"),
        ),
    ),
    "scope-and-levels-differ": (
        ((SCOPE, "本预案适用于需要紧急转移安置3000人以上的洪涝灾害。"),),
        ((SCOPE, "本预案适用于需要紧急转移安置1000人以上的洪涝灾害。"),),
    ),
    # authority
    "level-nobody-may-start": (((START + "\n", ""),), ()),
    "level-nobody-may-end": (
        ((END, "Ⅰ级响应由总指挥决定终止。"),),
        ((END, "各级响应由总指挥决定终止。"), ("由副总指挥决定启动", "由总指挥决定启动")),
    ),
    "two-who-may-start": ((("Ⅰ级响应由总指挥", "Ⅰ级响应由县人民政府或者州应急局"),), ()),
    "level-decided-by-two": (
        (
            (
                "Ⅲ级响应由副总指挥决定启动。",
                "Ⅲ级响应由副总指挥决定启动。\n需要时，由总指挥批准后启动Ⅲ级响应。",
            ),
        ),
        (),
    ),
    "level-named-never-defined": (
        (
            ("有下列情形之一的，为Ⅰ级响应：\n" + LEVEL_1 + "\n", ""),
            (LEVEL_2, "紧急转移安置20000人以上。"),
            ("Ⅰ级响应由总指挥决定启动。\n", ""),
            (MEASURE, MEASURE + "启动Ⅰ级响应时，县应急局每2小时汇总一次灾情。"),
        ),
        (
            ("有下列情形之一的，为Ⅰ级响应：\n" + LEVEL_1 + "\n", ""),
            (LEVEL_2, "紧急转移安置20000人以上。"),
            ("Ⅰ级响应由总指挥决定启动。\n", ""),
            (MEASURE, MEASURE + "启动Ⅱ级响应时，县应急局每2小时汇总一次灾情。"),
        ),
    ),
    "post-not-in-organisation": ((("Ⅳ级响应由副总指挥", "Ⅳ级响应由常务副指挥长"),), ()),
    "started-and-ended-by-others": (((END, "险情消除后，由县财政局决定终止响应。"),), ()),
    "role-undefined": (
        ((REPORT, REPORT + "县应急局接到报告后30分钟内向分管领导报告。"),),
        ((REPORT, REPORT + "县应急局接到报告后30分钟内向总指挥报告。"),),
    ),
    "no-substitute": ((("总指挥因故不能履行职责时，由副总指挥代行职责。\n", ""),), ()),
    # deadlines
    "no-report-deadline": (
        ((REPORT, "洪涝灾害发生后，事发地乡镇人民政府应当立即向县人民政府报告。"),),
        (),
    ),
    "report-slower-than-law": ((("在1小时内向", "在6小时内向"),), ()),
    "deadlines-contradict": (
        (after(MEASURE, "洪涝灾害发生后，事发地乡镇人民政府应当在3小时内向县人民政府报告。"),),
        (after(MEASURE, "洪涝灾害发生后，事发地乡镇人民政府应当在1小时内向县人民政府报告。"),),
    ),
    "gate-before-report": (
        (after(REPORT, "灾情信息由总指挥签字后上报州人民政府。"),),
        (after(REPORT, "灾情信息在上报州人民政府的同时报总指挥。"),),
    ),
    "summary-without-deadline": (
        (("在响应终止后10日内向县人民政府提交总结报告", "在响应终止后写出总结报告"),),
        (),
    ),
    # organisation
    "duty-without-membership": (
        (("（6）县住建局：", "（6）县水务局：负责巡堤。\n（7）县住建局："),),
        (
            ("（6）县住建局：", "（6）县水务局：负责巡堤。\n（7）县住建局："),
            ("县民政局、县住建局。", "县民政局、县住建局、县水务局。"),
            (PHONES, PHONES + "\n县水务局 0000-2200009"),
        ),
    ),
    "member-without-duty": (
        (
            ("县民政局、县住建局。", "县民政局、县住建局、县水利局。"),
            (PHONES, PHONES + "\n县水利局 0000-2200009"),
        ),
        (
            ("县民政局、县住建局。", "县民政局、县住建局、县水利局。"),
            ("县应急局负责监测汛情。", "县水利局负责预报。"),
            (PHONES, PHONES + "\n县水利局 0000-2200009"),
        ),
    ),
    "group-without-lead": (
        (("堵口。\n", "堵口。\n（2）运输组：负责运输。\n"),),
        (("堵口。\n", "堵口。\n（2）运输组：由县公安局牵头。负责运输。\n"),),
    ),
    "started-by-different-bodies": (
        (after("（一）指挥机构", "云州人民政府决定启动本预案应急响应。"),),
        (after("（一）指挥机构", "云州人民政府指导应急响应。"),),
    ),
    "own-headquarters-starts-nothing": (
        (
            ("由总指挥决定启动", "由云州人民政府决定启动"),
            ("由副总指挥决定启动", "由云州人民政府决定启动"),
        ),
        (("由总指挥决定启动", "由云州人民政府决定启动"),),
    ),
    "report-without-receiver": (
        (after(REPORT, "县应急局在接到报告后30分钟内报告结果。"),),
        (after(REPORT, "县应急局在接到报告后30分钟内向县人民政府报告结果。"),),
    ),
    "upward-report-without-figure": (
        (after(REPORT, "县应急局接报后立即向云州人民政府报告。"),),
        (after(REPORT, "县应急局接报后30分钟内向云州人民政府报告。"),),
    ),
    # criteria
    "deaths-only-above": (
        (
            (LEVEL_1, f"（1）{LEVEL_1}\n（2）死亡30人以上。\n（3）直接经济损失1亿元以上。"),
            (
                LEVEL_2,
                f"（1）{LEVEL_2}\n（2）死亡10人以上30人以下。\n（3）直接经济损失5000万元以上1亿元以下。",
            ),
            (LEVEL_3, f"（1）{LEVEL_3}\n（2）直接经济损失1000万元以上5000万元以下。"),
            (LEVEL_4, f"（1）{LEVEL_4}\n（2）直接经济损失500万元以上1000万元以下。"),
        ),
        (),
    ),
    "level-without-response": (
        (
            (
                "县应急局负责监测汛情。",
                "县应急局负责监测汛情。\n（二）预警分级\n蓝色预警：24小时降雨量达到50毫米以上100毫米以下。由副总指挥签发。"
                "\n黄色预警：24小时降雨量达到100毫米以上。由副总指挥签发。",
            ),
            ("有下列情形之一的，为Ⅳ级响应：\n" + LEVEL_4 + "\n", ""),
            (LEVEL_3, "紧急转移安置1000人以上20000人以下。"),
            (START + "\n", ""),
        ),
        (),
    ),
    "levels-without-criteria": (
        (after("县应急局负责监测汛情。", "预警由高到低分为红色、橙色、黄色、蓝色四级，由总指挥签发。"),),
        (
            after(
                "县应急局负责监测汛情。",
                "预警由高到低分为红色、橙色、黄色、蓝色四级，由总指挥签发。",
                "预警级别按照气象部门的标准执行。",
            ),
        ),
    ),
    "outage-without-criterion": (
        (into("东河县燃气事故应急预案"), *DEATHS, after(MEASURE, "大面积停气时，县住建局组织供气。")),
        (into("东河县燃气事故应急预案"), *DEATHS),
    ),
    "poisoning-not-counted": (
        (into("东河县燃气事故应急预案"), accident("重伤")),
        (into("东河县燃气事故应急预案"), accident("重伤（包括急性工业中毒）")),
    ),
    "equipment-without-criterion": (
        (
            into("东河县特种设备事故应急预案"),
            accident("死亡", lift=True),
            after(MEASURE, "客运索道停运时，转移乘客。"),
        ),
        (into("东河县特种设备事故应急预案"), accident("死亡", lift=True)),
    ),
    "hazard-without-criterion": (
        (*RAIN, (SCOPE, "本预案适用于东河县行政区域内的暴雨、水库溃坝和融雪性洪水。")),
        RAIN,
    ),
    "area-differs": (
        (
            (LEVEL_1, "我县及周边地区" + LEVEL_1),
            (LEVEL_2, "我县及周边地区" + LEVEL_2),
            (LEVEL_3, "我县及周边地区" + LEVEL_3),
            (LEVEL_4, "我县" + LEVEL_4),
        ),
        (),
    ),
    "level-names-alike": (
        (
            after(
                SCOPE,
                "（四）事故分级",
                "一级重大事故：死亡30人以上。",
                "二级重大事故：死亡10人以上30人以下。",
                "三级重大事故：死亡3人以上10人以下。",
            ),
        ),
        GRADES,
    ),
    "annex-title-cut": (
        (
            (
                "八、附件",
                "八、附件\n附件1 抗旱应急处置流程\n报告、核实、处置。\n"
                "附件2 旱应急处置流程\n报告、核实、处置。\n附件3 电话",
            ),
        ),
        (),
    ),
    "chapters-below-one": (
        (
            ("四、应急响应\n（一）响应分级", "（三）应急响应"),
            ("（二）响应启动\n", ""),
            ("（三）响应措施\n", ""),
            ("（四）信息发布\n", ""),
            ("（五）响应终止\n", ""),
            ("五、后期处置", "（四）后期处置"),
            (
                "六、应急保障",
                "（五）应急保障\n（六）储备\n县财政局负责储备。\n（七）通信\n县公安局负责通信。\n（八）适用范围",
            ),
        ),
        (),
    ),
    "contact-below-head": (
        (("（一）值班电话\n", "（一）值班电话\n单位 主要领导 电话\n县水利局 副局长 0000-2200011\n"),),
        (),
    ),
    # law
    "drill-interval-too-long": (((DRILL, "县应急局每五年组织一次演练。"),), ()),
    "evaluation-interval-too-long": (((REVISE, "本预案每五年评估一次，情况变化时及时修订。"),), ()),
    "law-repealed": (
        ((BASIS, BASIS + "、《突发事件应急预案管理办法》（国办发〔2013〕101号）"),),
        ((BASIS, BASIS + "、《突发事件应急预案管理办法》（国办发〔2024〕5号）"),),
    ),
    "law-undated": (((BASIS, "《中华人民共和国突发事件应对法》"),), ()),
    "law-article-wrong": (
        (after(MEASURE, "按照《生产安全事故报告和调查处理条例》第九十条报告。"),),
        (after(MEASURE, "按照《生产安全事故报告和调查处理条例》第九条报告。"),),
    ),
    # contacts, privacy, structure, text
    "wrong-hotline": ((after(MEASURE, "拨打报警电话96110。"),), (after(MEASURE, "拨打报警电话110。"),)),
    "personal-mobile": (((PHONES, "县应急局 13800000000"),), ()),
    "contact-list-incomplete": ((("\n县住建局 0000-2200006", ""),), ()),
    "dangling-reference": (
        (after(MEASURE, "按照本预案第九章第三节的规定处理。"),),
        (after(MEASURE, "按照本预案第七章的规定处理。"),),
    ),
    "foreign-province": (
        (
            (BASIS, BASIS + "、《云南省防汛条例》"),
            after(MEASURE, "云南省境内的江河由云南省统一调度，云南省应急厅指导。", "报山西省应急厅备案。"),
        ),
        (
            (BASIS, BASIS + "、《云南省防汛条例》"),
            after(MEASURE, "云南省境内的江河由云南省统一调度，云南省应急厅指导。"),
        ),
    ),
    "general-chapter-empty": (
        (
            (
                "一、总则\n（一）编制目的\n及时抢险，保护群众。\n（二）编制依据",
                "一、总则\n二、编制目的\n及时抢险，保护群众。\n三、编制依据",
            ),
        ),
        (),
    ),
    "duties-without-duty": (
        (("三、监测与报告", "（四）工作职责\n坚持以人为本。\n坚持预防为主。\n三、监测与报告"),),
        (("三、监测与报告", "（四）工作原则\n坚持以人为本。\n坚持预防为主。\n三、监测与报告"),),
    ),
    "topic-missing": (
        (("六、应急保障\n县财政局负责经费保障。", "六、经费\n县财政局负责经费。"), ("七、附则", "七、附则")),
        (),
    ),
    "ending-missing": ((("（五）响应终止\n" + END + "\n", ""), ("在响应终止后10日内", "在10日内")), ()),
    "drill-missing": ((("（一）演练\n" + DRILL + "\n", ""),), ()),
    "revision-missing": (((REVISE, "本预案印发各单位。"), ("（二）评估与修订", "（二）印发")), ()),
}
