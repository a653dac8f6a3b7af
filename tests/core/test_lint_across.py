"""Rules between plans: a fault planted between clean plans is found, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lint_plans import read

from fengsui.application.lint_words import finding_table, see_also
from fengsui.core.lint.across import digest as flat
from fengsui.core.lint.across.context import AcrossContext, place_of
from fengsui.core.lint.across.digest import PlanDigest, from_row, to_row
from fengsui.core.lint.across.digesting import digest_of
from fengsui.core.lint.across.places import area_key, areas_of, body_of, own_area, subject_of
from fengsui.core.lint.across.run import run_across
from fengsui.core.lint.finding import Finding, Rule, Severity
from fengsui.core.lint.registry import Registered, all_rules

GRADE, RESPONSE = "event_grade", "response"
Plans = dict[str, PlanDigest]
Plant = Callable[[Plans], Plans]


def at(line: int, quote: str = "某句") -> flat.Spot:
    return flat.Spot("一", line, quote)


def plan(key: str, title: str, hazard_class: str = "accident", **given: object) -> PlanDigest:
    """A plan of 云州 with the legal ladder, a commander with a substitute, and one quick report."""
    deaths = (("III", "较大事故", "3"), ("II", "重大事故", "10"), ("I", "特别重大事故", "30"))
    base = PlanDigest(
        key=key,
        document="made",
        title=title,
        line=1,
        areas=areas_of(title),
        subject=subject_of(title),
        hazard_class=hazard_class,
        overall="总体" in title,
        gives_way=True,
        command=flat.Command("云州指挥部", (), "副州长", ("局长",), "云州应急局", True, at(5)),
        bounding=flat.Bounding(True, False, at(90)),
        bounds=tuple(
            flat.Bound(GRADE, step, name, "", "deaths", "deaths/", low, at(20 + place))
            for place, (step, name, low) in enumerate(deaths)
        ),
        powers=tuple(
            flat.Power(RESPONSE, step, "云州指挥部", False, at(30 + place))
            for place, step in enumerate(("I", "II", "III", "IV"))
        ),
        edges=(edge("云州应急局", "云州人民政府", 3600, "1小时"),),
        units=tuple(flat.Body(name, (), True, at(10)) for name in ("云州应急局", "云州公安局", "云州水利局")),
        teams=(flat.Team("医疗救护组", "云州卫健委", ("云州医院",), at(12)),),
        phones=(flat.Phone("云州应急局", "值班室", "000-1000", at(95)),),
        turns=(flat.Turn("drill", 365, "每年", None, at(80)),),
    )
    return replace(base, **given)  # type: ignore[arg-type]


def edge(who: str, to: str, seconds: float, words: str) -> flat.Edge:
    return flat.Edge(who, (to,), "报告", seconds, words, None, "received", None, (), True, at(40))


def clean() -> Plans:
    """The overall plan and two special ones, in order."""
    return {
        "all": plan("all", "云州突发事件总体应急预案"),
        "gas": plan("gas", "云州燃气事故应急预案"),
        "work": plan("work", "云州生产安全事故应急预案"),
    }


def found(plans: Plans, *, complete: bool = True) -> list[tuple[str, Finding]]:
    result = run_across(plans.values(), all_rules(), complete=complete)
    return [(key, finding) for key, each in result.items() for finding in each]


def cites(title: str, number: str | None = None, basis: bool = True) -> tuple[flat.Cited, ...]:
    return (flat.Cited(title, number, basis, at(3, title)),)


def with_one(plans: Plans, key: str, **changed: object) -> Plans:
    return {**plans, key: replace(plans[key], **changed)}  # type: ignore[arg-type]


def one_event(plans: Plans) -> Plans:
    return with_one(with_one(plans, "gas", gives_way=False), "work", gives_way=False)


def two_in_force(plans: Plans) -> Plans:
    old = replace(plans["gas"], key="old", title="云州燃气事故应急预案（2019年修订）", issued="2019-01-01")
    return {**with_one(plans, "gas", issued="2024-01-01"), "old": old}


def other_numbers(plans: Plans) -> Plans:
    bounds = plans["gas"].bounds
    return with_one(plans, "gas", bounds=(*bounds[:2], bounds[2]._replace(low="20")))


def later_below(plans: Plans) -> Plans:
    bounds = tuple(bound._replace(kind=RESPONSE, low="2") for bound in plans["gas"].bounds[:1])
    above = tuple(bound._replace(kind=RESPONSE, low="1") for bound in plans["all"].bounds[:1])
    gas = (*plans["gas"].bounds, *bounds)
    return with_one(with_one(plans, "gas", bounds=gas), "all", bounds=(*plans["all"].bounds, *above))


def bounds_inverted(plans: Plans) -> Plans:
    return with_one(plans, "gas", bounding=flat.Bounding(True, True, at(90)))


def label_clash(plans: Plans) -> Plans:
    first, *rest = plans["gas"].powers
    return with_one(plans, "gas", powers=(first._replace(who="省人民政府"), *rest))


def other_organ(plans: Plans) -> Plans:
    above = tuple(power._replace(who="专项指挥部副指挥长") for power in plans["all"].powers)
    gas = tuple(
        power._replace(who="云州人民政府") if power.step == "III" else power for power in plans["gas"].powers
    )
    return with_one(with_one(plans, "all", powers=above), "gas", powers=gas)


def same_commander(plans: Plans) -> Plans:
    return {
        key: replace(each, command=each.command and each.command._replace(commander="州长", substitute=False))
        for key, each in plans.items()
    }


def slower(plans: Plans) -> Plans:
    return with_one(plans, "gas", edges=(edge("云州应急局", "云州人民政府", 7200, "2小时"),))


def rarer(plans: Plans) -> Plans:
    return with_one(plans, "gas", turns=(flat.Turn("drill", 1095, "每三年", None, at(80)),))


def other_lead(plans: Plans) -> Plans:
    return with_one(plans, "gas", teams=(flat.Team("医疗救护组", "云州红十字会", (), at(12)),))


def other_number(plans: Plans) -> Plans:
    return with_one(plans, "gas", phones=(flat.Phone("云州应急局", "值班室", "000-2000", at(95)),))


def promised_twice(plans: Plans) -> Plans:
    loader = (flat.Promise("铲车", "4", "台", "云州城管局", at(60)),)
    return with_one(with_one(plans, "gas", promises=loader), "work", promises=loader)


def missing_plan(plans: Plans) -> Plans:
    return with_one(plans, "gas", cited=cites("云州地震应急预案"))


def old_title(plans: Plans) -> Plans:
    return with_one(plans, "gas", cited=cites("云州突发公共事件总体应急预案"))


def old_version(plans: Plans) -> Plans:
    new = with_one(plans, "all", number="云政发〔2024〕3号")
    return with_one(new, "gas", cited=cites("云州突发事件总体应急预案", "云政发〔2019〕5号"))


def two_titles(plans: Plans) -> Plans:
    one = with_one(plans, "gas", cited=cites("北省突发公共事件总体应急预案"))
    return with_one(one, "work", cited=cites("北省突发事件总体应急预案"))


def circle(plans: Plans) -> Plans:
    one = with_one(plans, "gas", cited=cites("云州生产安全事故应急预案"))
    return with_one(one, "work", cited=cites("云州燃气事故应急预案"))


def own_figure(plans: Plans) -> Plans:
    quake = flat.Bound(
        RESPONSE, "IV", "Ⅳ级", "", "earthquake_magnitude", "earthquake_magnitude/", "4", at(50)
    )
    relief = plan("relief", "云州自然灾害救助应急预案", "natural", bounds=(quake,))
    return {**plans, "relief": relief, "quake": plan("quake", "云州地震应急预案", "natural", bounds=())}


def five_plans(plans: Plans) -> Plans:
    more = {name: plan(name, f"云州{name}应急预案", "natural") for name in ("防汛", "地震")}
    return {**plans, **more}


def unknown_unit(plans: Plans) -> Plans:
    team = flat.Team("供水组", "云州水管所", (), at(13))
    return with_one(five_plans(plans), "gas", teams=(*plans["gas"].teams, team))


def one_force(plans: Plans) -> Plans:
    team = flat.Team("警戒组", "云州派出所", (), at(14))
    return {key: replace(each, teams=(*each.teams, team)) for key, each in five_plans(plans).items()}


PLANTS: dict[str, Plant] = {
    "two-plans-one-event": one_event,
    "two-plans-in-force": two_in_force,
    "same-grade-other-numbers": other_numbers,
    "threshold-looser-than-upper": later_below,
    "bounds-read-otherwise-than-upper": bounds_inverted,
    "level-label-clash": label_clash,
    "decides-otherwise-than-upper": other_organ,
    "commander-of-many": same_commander,
    "report-slower-than-upper": slower,
    "drills-rarer-than-upper": rarer,
    "group-led-by-another": other_lead,
    "post-with-two-numbers": other_number,
    "resource-promised-twice": promised_twice,
    "cited-plan-missing": missing_plan,
    "cited-under-old-title": old_title,
    "cited-version-replaced": old_version,
    "one-plan-two-titles": two_titles,
    "plans-rest-on-each-other": circle,
    "figure-only-in-another-plan": own_figure,
    "unit-known-nowhere-else": unknown_unit,
    "force-in-many-plans": one_force,
}


def test_every_rule_between_plans_has_a_planted_fault() -> None:
    assert set(PLANTS) == {item.rule.name for item in all_rules() if item.across}


def test_clean_plans_have_no_fault_between_them() -> None:
    assert found(clean()) == []
    assert found(five_plans(clean())) == []


@pytest.mark.parametrize("name", PLANTS)
def test_exactly_the_planted_fault_is_found(name: str) -> None:
    findings = found(PLANTS[name](clean()))
    assert {finding.rule.name for _, finding in findings} == {name}
    for _, finding in findings:
        table = finding_table(finding, "某.txt")
        assert "{" not in table["message"]
        assert "{" not in (table["suggestion"] or "")
        if finding.elsewhere:
            assert table["others"]
            assert see_also(finding)


PLACES = st.sampled_from(["云州", "北江省", "东河县", "云江回族自治州", "南岭县", "松江市"])


@given(
    name=st.sampled_from(sorted(PLANTS)),
    place=PLACES,
    order=st.permutations(range(6)),
)
def test_neither_the_place_nor_the_order_of_the_files_changes_what_is_found(
    name: str, place: str, order: list[int]
) -> None:
    plans = list(PLANTS[name](clean()).values())
    ranked = [plans[index] for index in order if index < len(plans)]
    ranked += [each for each in plans if each not in ranked]
    once = {(key, x.rule.name) for key, x in found({each.key: each for each in ranked})}
    assert once == {(key, x.rule.name) for key, x in found(PLANTS[name](clean()))}
    text = json.dumps([to_row(each) for each in ranked], ensure_ascii=False).replace("云州", place)
    moved = {row["key"]: _placed(from_row(row)) for row in json.loads(text)}
    if place != "北江省":  # nobody above a province is named in the planted clash
        assert {x.rule.name for _, x in found(moved)} == {name}


def _placed(digest: PlanDigest) -> PlanDigest:
    return replace(digest, areas=areas_of(digest.title), subject=subject_of(digest.title))


def test_a_plan_alone_has_nothing_between_plans() -> None:
    assert found({"gas": clean()["gas"]}) == []


def test_plans_of_another_place_are_not_held_against_each_other() -> None:
    other = {
        f"{key}2": replace(
            each, key=f"{key}2", title=each.title.replace("云州", "南州"), areas=("南州",), phones=()
        )
        for key, each in slower(clean()).items()
    }
    names = {(key, x.rule.name) for key, x in found({**clean(), **other})}
    assert names == {("gas2", "report-slower-than-upper")}


def test_few_files_are_no_library_and_nothing_is_called_missing() -> None:
    assert found(missing_plan(clean()), complete=False) == []


def test_the_overall_plan_may_name_the_substitute_for_all() -> None:
    plans = same_commander(clean())
    command = plans["all"].command
    assert command is not None
    assert found(with_one(plans, "all", command=command._replace(substitute=True))) == []


def test_a_unit_of_the_directory_is_known() -> None:
    plans = unknown_unit(clean())
    assert run_across(plans.values(), all_rules(), units=("云州水管所",)) == {}


def test_a_rule_that_breaks_is_reported_and_stops_no_other() -> None:
    def broken(across):
        raise KeyError("x")
        yield

    bad = Registered(Rule(code="X1", name="broken", severity=Severity.H), lambda context: iter(()), broken)
    result = run_across(slower(clean()).values(), (bad, *all_rules()))
    names = {finding.rule.name for each in result.values() for finding in each}
    assert names == {"rule-failed", "report-slower-than-upper"}


@pytest.mark.parametrize(
    ("title", "areas", "subject"),
    [
        ("云州防汛应急预案", ("云州",), "防汛"),
        ("云江回族自治州突发公共事件总体应急预案", ("云江州",), "总体突发事件"),
        ("国家自然灾害救助应急预案", ("国家",), "自然灾害救助"),
        ("关于印发《云州东河县地震应急预案（试行）》的通知", (), "地震"),
        ("城市供水应急预案", (), "城市供水"),
    ],
)
def test_a_title_is_an_area_and_a_subject(title: str, areas: tuple[str, ...], subject: str) -> None:
    assert areas_of(title) == areas
    assert subject_of(title) == subject


def test_one_area_written_in_two_ways_is_one_and_a_city_is_not_its_prefecture() -> None:
    assert area_key("云江回族自治州") == area_key("云江州") != area_key("云江市")
    assert own_area(("第九师", "云江市")) == "第九师"


def test_the_plan_of_a_school_is_not_that_of_its_county() -> None:
    assert body_of("东河县第一中学防汛应急预案") == "第一中学"
    school = plan("school", "东河县第一中学防汛应急预案", body="第一中学")
    assert place_of(school) != place_of(plan("county", "东河县防汛应急预案"))


def test_a_digest_survives_being_kept() -> None:
    context = read(TEXT)
    made = digest_of(context, "a#1", "990101")
    assert from_row(json.loads(json.dumps(to_row(made)))) == made
    assert made.areas == ("云州",)
    assert made.subject == "防汛"
    assert made.command is not None
    assert made.command.substitute
    assert [bound.low for bound in made.bounds] == ["10000", "3000"]


def test_plans_above_are_those_named_as_basis_those_of_the_subject_above_and_the_overall_plan() -> None:
    upper = plan("upper", "北江省云州防汛应急预案", jurisdiction="990100")
    lower = plan("lower", "北江省云州东河县防汛应急预案", jurisdiction="990101")
    across = AcrossContext([upper, lower, plan("other", "北江省南州防汛应急预案", jurisdiction="990200")])
    assert [(pair.upper.key, pair.lower.key) for pair in across.linked] == [("upper", "lower")]


TEXT = """云州防汛应急预案
一、总则
本预案适用于云州行政区域内的洪涝灾害。
二、组织体系
州人民政府设立云州防汛指挥部。总指挥因故不在时，由第一副总指挥代行职责。
总指挥：州长
三、响应分级
（一）Ⅰ级响应
紧急转移安置人口1万人以上。
（二）Ⅱ级响应
紧急转移安置人口3000人以上1万人以下。
四、附则
本预案所称“以上”含本数，“以下”不含本数。
"""
