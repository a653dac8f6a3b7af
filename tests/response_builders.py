"""An invented county, 东河县, with one plan, its posts and a desk in memory, for tests of the response."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from fengsui.adapters.memory import (
    CountingIds,
    FixedClock,
    MemoryChannel,
    MemoryDirectory,
    MemoryDrafts,
    MemoryOutbox,
    MemoryPersonal,
    MemoryPlans,
    MemoryStore,
    MemoryTimers,
)
from fengsui.application.desk import Actor, Desk
from fengsui.application.incidents import open_incident
from fengsui.application.proposals import Answer, answer_proposal, propose
from fengsui.core.citation import Citation
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.fact import Figure
from fengsui.core.plan.authority import (
    ActivationAuthority,
    Duty,
    Measure,
    PlanUnit,
    Termination,
    WorkGroup,
)
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import Grade, LadderKind, Level, ResponseLevel
from fengsui.core.plan.model import Numbering, Plan, PlanContent, PlanKind
from fengsui.core.plan.reporting import ClockStart, Deadline, Means
from fengsui.core.response.decisions.record import Call, Reported

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
COUNTY = "990103000"
ELSEWHERE = "990200000"


def cite(clause: str, line: int, quote: str = "…") -> Citation:
    return Citation(document="东河", clause=clause, line=line, quote=quote)


def deaths(low: int | None, high: int | None, clause: str, line: int) -> Threshold:
    return Threshold(
        fact="deaths",
        unit="人",
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        positive=low is None,
        text=f"{low}-{high}",
        source=cite(clause, line),
    )


def levels(kind: LadderKind = LadderKind.EVENT_GRADE) -> tuple[Level, ...]:
    bands = (("I", 30, None), ("II", 10, 30), ("III", 3, 10), ("IV", None, 3))
    step = Grade if kind is LadderKind.EVENT_GRADE else ResponseLevel
    return tuple(
        Level(
            kind=kind,
            level=step(roman),
            name=roman,
            criteria=(deaths(low, high, "1.4", 10 + place),),
            source=cite("1.4", 10 + place),
        )
        for place, (roman, low, high) in enumerate(bands)
    )


def starts(roman: str, authority: str, line: int, quote: str, **more: object) -> ActivationAuthority:
    return ActivationAuthority(
        kind=LadderKind.RESPONSE,
        level=ResponseLevel(roman),
        authority=authority,
        source=cite("4.2", line, quote),
        **more,  # type: ignore[arg-type]
    )


ACTIVATION = (
    starts("I", "云州指挥部", 40, "特别重大、重大事故由云州指挥部启动Ⅰ级、Ⅱ级响应"),
    starts("II", "云州指挥部", 40, "特别重大、重大事故由云州指挥部启动Ⅰ级、Ⅱ级响应"),
    starts("III", "县长或者常务副县长", 41, "较大事故由县长或者常务副县长启动Ⅲ级响应"),
    starts("IV", "县应急管理局局长", 42, "一般事故由县应急管理局局长启动Ⅳ级响应"),
)
HOUR = timedelta(hours=1)
EDGES = (
    Deadline(
        what="报告事故",
        who="县应急管理局",
        to=("县人民政府",),
        within="1小时",
        span=HOUR,
        start=ClockStart.LEARNED,
        form=Means.PHONE,
        source=cite("4.1", 30),
    ),
    Deadline(
        what="书面补报",
        who="县应急管理局",
        to=("县人民政府",),
        within="15分钟",
        span=timedelta(minutes=15),
        start=ClockStart.PREVIOUS,
        form=Means.WRITTEN,
        source=cite("4.1", 31),
    ),
    Deadline(
        what="续报进展",
        who="县应急管理局",
        to=("云州指挥部",),
        every="2小时",
        span=2 * HOUR,
        start=ClockStart.ACTIVATED,
        source=cite("4.1", 32),
    ),
    Deadline(
        what="报告较大以上事故",
        who="县人民政府",
        to=("云州人民政府",),
        within="立即",
        start=ClockStart.RECEIVED,
        condition="较大及以上",
        source=cite("4.1", 33),
    ),
    Deadline(
        what="报送总结",
        who="县应急管理局",
        to=("县人民政府",),
        within="5日",
        span=timedelta(days=5),
        start=ClockStart.STABLE,
        source=cite("6.2", 60),
    ),
    Deadline(
        what="制定年度计划",
        who="县应急管理局",
        by="10月15日前",
        source=cite("7", 70),
    ),
)
CONTENT = PlanContent(
    title="东河县生产安全事故应急预案",
    document="东河",
    first_line=1,
    last_line=90,
    numbering=Numbering.DECIMAL,
    levels=levels(),
    activation=ACTIVATION,
    termination=(
        Termination(authority="县长", proposer="县应急管理局", source=cite("4.6", 50, "由县长宣布终止")),
    ),
    deadlines=EDGES,
    units=(
        PlanUnit(name="县应急管理局", source=cite("2.2", 20)),
        PlanUnit(name="县公安局", source=cite("2.2", 21)),
        PlanUnit(name="县卫生健康委", source=cite("2.2", 22)),
    ),
    groups=(
        WorkGroup(name="医疗救护组", lead="县卫生健康委", source=cite("2.3", 25)),
        WorkGroup(name="舆情组", lead="县公安局", out_of_scope=True, source=cite("2.3", 26)),
    ),
    duties=(
        Duty(unit="县公安局", text="维护现场秩序", source=cite("2.2", 21)),
        Duty(unit="县公安局", text="管控言论", out_of_scope=True, source=cite("2.2", 21)),
        Duty(unit="县卫生健康委", text="组织医疗队", source=cite("2.2", 22)),
    ),
    measures=(
        Measure(
            text="组织医疗救护",
            who="县卫生健康委",
            levels=(ResponseLevel("III"), ResponseLevel("IV")),
            source=cite("4.4", 45),
        ),
        Measure(
            text="请求云州支援",
            who="县应急管理局",
            levels=(ResponseLevel("III"),),
            source=cite("4.4", 46),
        ),
        Measure(text="派员到场", who="县应急管理局", source=cite("4.4", 47)),
        Measure(text="派兵支援", who="驻军", source=cite("4.4", 48)),
        Measure(text="封锁消息", who="县公安局", out_of_scope=True, source=cite("4.4", 49)),
    ),
)
BINDINGS = (
    ("县长", ("mayor",)),
    ("常务副县长", ("vice-mayor",)),
    ("县应急管理局局长", ("chief",)),
    ("县应急管理局", ("yjj",)),
    ("县公安局", ("gaj",)),
    ("县卫生健康委", ("wjw",)),
    ("县人民政府", ("zf",)),
)
PLAN = Plan(
    id="plan-a",
    version=1,
    kind=PlanKind.SPECIAL,
    jurisdiction=COUNTY,
    content=CONTENT,
    hazards=("生产安全",),
    bindings=BINDINGS,
)


def post(post_id: str, title: str, unit: str, *roles: Role, area: str = COUNTY) -> Post:
    return Post(id=post_id, title=title, unit=unit, jurisdiction=area, roles=frozenset(roles))


DIRECTORY = Directory(
    jurisdictions=(Jurisdiction(code=COUNTY, name="东河县"), Jurisdiction(code=ELSEWHERE, name="西岭县")),
    units=(
        Unit(id="yjj", name="县应急管理局", jurisdiction=COUNTY),
        Unit(id="gaj", name="县公安局", jurisdiction=COUNTY),
        Unit(id="wjw", name="县卫生健康委", jurisdiction=COUNTY),
        Unit(id="zf", name="县人民政府", jurisdiction=COUNTY),
    ),
    posts=(
        post("duty", "值班员", "yjj", Role.DUTY_OFFICER),
        post("chief", "县应急管理局局长", "yjj", Role.OFFICE_DIRECTOR),
        post("mayor", "县长", "zf", Role.COMMANDER),
        post("vice-mayor", "常务副县长", "zf", Role.COMMANDER),
        post("police", "公安局联络员", "gaj", Role.LIAISON),
        post("health", "卫健委联络员", "wjw", Role.LIAISON),
        post("auditor", "审计员", "zf", Role.AUDITOR),
        post("stranger", "西岭值班员", "x", Role.DUTY_OFFICER, area=ELSEWHERE),
    ),
)


def actor(post_id: str) -> Actor:
    found = DIRECTORY.post(post_id)
    assert found is not None
    return Actor.of(found)


@dataclass
class Bench:
    """A desk in memory with its parts at hand."""

    desk: Desk
    store: MemoryStore
    clock: FixedClock
    channel: MemoryChannel


def bench(*plans: Plan, exercise: bool = False) -> Bench:
    store, clock, channel = MemoryStore(), FixedClock(NOW), MemoryChannel()
    desk = Desk(
        incidents=store,
        plans=MemoryPlans(plans or (PLAN,)),
        directory=MemoryDirectory(DIRECTORY),
        personal=MemoryPersonal(),
        drafts=MemoryDrafts(),
        timers=MemoryTimers(store),
        outbox=MemoryOutbox(store),
        channels={"internal": channel},
        clock=clock,
        ids=CountingIds(),
        transactions=store,
        exercise=exercise,
    )
    return Bench(desk=desk, store=store, clock=clock, channel=channel)


def with_content(**changes: object) -> Plan:
    """The plan with parts of its content exchanged."""
    return replace(PLAN, content=replace(CONTENT, **changes))  # type: ignore[arg-type]


CALL = Call(what="矿井透水，有人被困", place="北沙镇", place_code=COUNTY)
III, IV, II = ResponseLevel.III, ResponseLevel.IV, ResponseLevel.II


def opened(at: Bench, deaths: int | None = None) -> str:
    """An incident with the plan attached; its id."""
    facts = [] if deaths is None else [Reported(fact="deaths", value=Figure.exact(deaths), said_by="矿长")]
    done = open_incident(at.desk, actor("duty"), CALL, plans=[(PLAN.id, "电话")], facts=facts)
    return done.incident_id


def running(at: Bench, level: ResponseLevel = III, deaths: int = 4) -> str:
    """An incident whose response was started by the post the plan names; its id."""
    incident = opened(at, deaths)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=level, reason="按预案")
    by = {III: "mayor", IV: "chief"}[level]
    answer_proposal(at.desk, actor(by), incident, "p1", Answer.APPROVE)
    return incident
