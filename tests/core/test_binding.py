"""Which units and posts of an invented prefecture a plan's names mean."""

from __future__ import annotations

import pytest

from fengsui.core.citation import Citation
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.plan.authority import ActivationAuthority, Headquarters, PlanUnit
from fengsui.core.plan.binding import (
    DRY_RUN_CODE,
    Binding,
    Sureness,
    directory_from_plan,
    suggest_bindings,
)
from fengsui.core.plan.level import LadderKind, ResponseLevel
from fengsui.core.plan.model import Numbering, PlanContent
from fengsui.core.plan.named_bodies import parts_of, printed_names

HERE = Citation(document="测试", clause="2.1", line=1, quote="")
PREFECTURE, COUNTY = "990100", "990101"


def unit(unit_id: str, name: str, *aliases: str, code: str = PREFECTURE) -> Unit:
    return Unit(id=unit_id, name=name, jurisdiction=code, aliases=aliases)


def post(post_id: str, title: str, unit_id: str, *titles: str, code: str = PREFECTURE) -> Post:
    return Post(
        id=post_id,
        title=title,
        unit=unit_id,
        jurisdiction=code,
        roles=frozenset({Role.COMMANDER}),
        titles=titles,
    )


DIRECTORY = Directory(
    jurisdictions=(
        Jurisdiction(code=PREFECTURE, name="云州回族自治州"),
        Jurisdiction(code=COUNTY, name="东河县"),
    ),
    units=(
        unit("gov", "云州回族自治州人民政府", "州政府"),
        unit("emergency", "云州应急管理局", "应急局"),
        unit("police", "云州公安局"),
        unit("economy", "云州经济发展办公室"),
        unit("reform", "云州发展和改革委员会"),
        unit("market", "云州市场监督管理局"),
        unit("east", "东河县应急管理局", code=COUNTY),
        unit("east-water", "东河县水利局", code=COUNTY),
        unit("east-market", "东河县市场监督管理局", code=COUNTY),
    ),
    posts=(
        post("vice", "副州长", "gov", "分管应急管理副州长", "指挥长"),
        post("vice-farm", "副州长", "gov", "分管农业农村副州长"),
        post("head", "局长", "emergency"),
        post("deputy", "副局长", "emergency"),
        post("east-head", "局长", "east", "指挥长", code=COUNTY),
    ),
)


def plan(*units: str, hq: Headquarters | None = None, authorities: tuple[str, ...] = ()) -> PlanContent:
    return PlanContent(
        title="云州防汛应急预案",
        document="测试",
        first_line=1,
        last_line=9,
        numbering=Numbering.DECIMAL,
        command=hq,
        units=tuple(PlanUnit(name=name, source=HERE) for name in units),
        activation=tuple(
            ActivationAuthority(kind=LadderKind.RESPONSE, level=ResponseLevel.II, authority=name, source=HERE)
            for name in authorities
        ),
    )


def one(name: str, code: str = PREFECTURE, hq: Headquarters | None = None) -> Binding:
    found = suggest_bindings(plan(name, hq=hq), DIRECTORY, code)
    return next(binding for binding in found if binding.printed == name)


HQ = Headquarters(
    name="云州防汛指挥部",
    aliases=("州指挥部",),
    commander="云州分管应急管理工作的副州长",
    office="州应急管理局",
    office_director="州应急管理局局长",
    source=HERE,
)


@pytest.mark.parametrize(
    ("name", "ids", "why", "sure"),
    [
        ("云州公安局", ("police",), "exact", Sureness.CERTAIN),
        ("应急局", ("emergency",), "alias", Sureness.CERTAIN),
        ("州公安局", ("police",), "suffix", Sureness.LIKELY),
        ("公安局", ("police",), "suffix", Sureness.LIKELY),
        ("州人民政府", ("gov",), "suffix", Sureness.LIKELY),
        ("经发办", ("economy",), "short", Sureness.LIKELY),
        ("州发改委", ("reform",), "short", Sureness.LIKELY),
        ("州市场监督管理局", ("market",), "suffix", Sureness.LIKELY),
        ("州应急管理局局长", ("head",), "office_of", Sureness.CERTAIN),
        ("州应急管理局主要负责人", ("head",), "head_of", Sureness.LIKELY),
        ("州应急管理局副局长", ("deputy",), "office_of", Sureness.CERTAIN),
        ("指挥长", ("vice",), "title", Sureness.CERTAIN),
        ("分管应急管理工作的副州长", ("vice",), "title", Sureness.LIKELY),
    ],
)
def test_a_name_is_bound_with_the_reason(name: str, ids: tuple[str, ...], why: str, sure: Sureness) -> None:
    binding = one(name)
    assert (binding.ids, binding.why, binding.sure) == (ids, why, sure)


@pytest.mark.parametrize("name", ["自治区应急管理厅", "国务院", "省人民政府"])
def test_a_body_above_the_prefecture_is_external(name: str) -> None:
    binding = one(name)
    assert binding.external
    assert binding.ids == ()


def test_the_prefecture_is_external_to_a_county_and_a_market_bureau_is_not() -> None:
    assert one("州农业农村局", COUNTY).external
    assert one("云州回族自治州水利局", COUNTY).external
    assert one("市场监督管理局", COUNTY).ids == ("east-market",)


def test_bureaus_of_the_same_name_are_kept_apart_by_jurisdiction() -> None:
    assert one("县应急管理局", COUNTY).ids == ("east",)
    assert one("应急管理局", PREFECTURE).ids == ("emergency",)


def test_what_is_ambiguous_binds_to_nothing_and_lists_its_candidates() -> None:
    binding = one("副州长")
    assert binding.ids == ("vice", "vice-farm")
    assert binding.sure is Sureness.LIKELY
    charge = one("分管林业的副州长")
    assert charge.ids == ()
    assert set(charge.candidates) == {"vice", "vice-farm"}


def test_what_the_plan_leaves_to_its_headquarters_the_commander_decides() -> None:
    assert one("云州防汛指挥部", hq=HQ).ids == ("vice",)
    assert one("州指挥部", hq=HQ).ids == ("vice",)
    assert one("指挥部总指挥", hq=HQ).ids == ("vice",)
    assert one("州指挥部", hq=HQ).why == "headquarters"


def test_the_office_of_the_headquarters_is_the_body_that_holds_it() -> None:
    assert one("州指挥部办公室", hq=HQ).ids == ("emergency",)
    assert one("指挥部办公室主任", hq=HQ).ids == ("head",)


def test_a_headquarters_on_the_scene_is_not_the_plans_own() -> None:
    assert one("现场指挥部", hq=HQ).ids == ()


def test_two_commanders_of_one_area_are_told_apart_by_the_plan() -> None:
    both = Directory(
        jurisdictions=DIRECTORY.jurisdictions,
        units=DIRECTORY.units,
        posts=(*DIRECTORY.posts, post("forest", "副秘书长", "gov", "指挥长")),
    )
    found = suggest_bindings(plan("指挥长", hq=HQ), both, PREFECTURE)
    assert next(item for item in found if item.printed == "指挥长").ids == ("vice",)
    unsure = suggest_bindings(plan("指挥长"), both, PREFECTURE)[0]
    assert (unsure.ids, unsure.candidates) == ((), ("vice", "forest"))


def test_a_phrase_of_several_bodies_binds_to_all_and_to_each() -> None:
    found = {
        binding.printed: binding.ids
        for binding in suggest_bindings(plan(authorities=("州政府或者州公安局",)), DIRECTORY, PREFECTURE)
    }
    assert found == {
        "州政府或者州公安局": ("gov", "police"),
        "州政府": ("gov",),
        "州公安局": ("police",),
    }


def test_a_phrase_with_an_external_body_is_not_bound_as_a_whole() -> None:
    found = {b.printed: b for b in suggest_bindings(plan("州政府或者自治区水利厅"), DIRECTORY, PREFECTURE)}
    assert found["州政府或者自治区水利厅"].ids == ()
    assert found["州政府"].ids == ("gov",)
    assert found["自治区水利厅"].external


def test_a_body_of_the_place_where_it_happens_stays_open() -> None:
    assert (one("事发地县人民政府").why, one("事发地县人民政府").ids) == ("by_place", ())
    assert one("有关部门").why == "general"
    assert one("州有关部门").why == "general"
    assert one("本级人民政府").ids == ("gov",)
    assert one("云州歌舞团").why == "unknown"


def test_one_body_with_和_in_its_name_is_not_split() -> None:
    assert parts_of("发展和改革委员会") == ()
    assert parts_of("县水利局和县公安局") == ("县水利局", "县公安局")


def test_a_plan_that_names_its_commander_by_himself_does_not_go_round() -> None:
    loop = Headquarters(name="州指挥部", commander="指挥部总指挥", office="办公室", source=HERE)
    assert one("办公室", hq=loop).ids == ()
    assert one("州指挥部", hq=loop).ids == ()


def test_every_name_is_suggested_once_with_those_who_decide_first() -> None:
    content = plan("州公安局", "州政府", hq=HQ, authorities=("州政府",))
    names = [binding.printed for binding in suggest_bindings(content, DIRECTORY, PREFECTURE)]
    assert names[0] == "州政府"
    assert len(names) == len(set(names))


def test_a_directory_made_of_the_plan_binds_every_name_of_it() -> None:
    content = plan("州公安局", "自治区水利厅", hq=HQ, authorities=("州指挥部", "州政府或者州公安局"))
    dry = directory_from_plan(content)
    found = suggest_bindings(content, dry, DRY_RUN_CODE)
    assert [binding.printed for binding in found if not binding.ids] == []
    assert set(printed_names(content)) <= {binding.printed for binding in found}


def test_in_a_dry_directory_those_who_decide_are_commanders() -> None:
    content = plan("州公安局", hq=HQ, authorities=("州政府",))
    dry = directory_from_plan(content)
    roles = {dry.unit(item.unit).name: item.roles for item in dry.posts if dry.unit(item.unit)}  # type: ignore[union-attr]
    assert Role.COMMANDER in roles["州政府"]
    assert Role.COMMANDER in roles["云州防汛指挥部"]
    assert roles["州公安局"] == frozenset({Role.LIAISON})
    director = next(item for item in dry.posts if "州应急管理局局长" in item.titles)
    assert Role.OFFICE_DIRECTOR in director.roles
    assert dry.unit(director.unit) is not None
