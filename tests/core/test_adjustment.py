"""Who raises, lowers or adapts a level, and when."""

from __future__ import annotations

from clock_outline import plan

from fengsui.core.plan.authority import Direction, LevelChange
from fengsui.core.plan.level import LadderKind, ResponseLevel
from fengsui.core.reading.extract.adjustment import extract_adjustment


def read(*texts: str, title: str = "响应调整") -> tuple[LevelChange, ...]:
    return extract_adjustment(plan(("5", title, list(texts)))).items


def test_who_proposes_and_who_approves_a_change_are_told_apart() -> None:
    (item,) = read("东河县减灾办根据灾情发展提出调整响应级别的建议，报县减灾委主任批准后实施。")
    assert (item.authority, item.proposer, item.direction) == (
        "县减灾委主任",
        "东河县减灾办",
        Direction.EITHER,
    )


def test_raising_is_told_from_lowering_and_its_premise_is_kept() -> None:
    (up,) = read("当险情继续加重，难以控制时，县指挥部应当及时提升响应级别。")
    (down,) = read("险情缓解后，由北沙镇镇长决定降低响应级别。")
    assert (up.direction, up.authority, up.conditions) == (
        Direction.UP,
        "县指挥部",
        ("险情继续加重，难以控制",),
    )
    assert (down.direction, down.authority, down.conditions) == (Direction.DOWN, "北沙镇镇长", ("险情缓解",))


def test_each_level_has_its_own_decider() -> None:
    found = read("Ⅰ级、Ⅱ级响应的调整由云州市人民政府决定，Ⅲ级响应的调整由市应急局决定。")
    assert [(item.level, item.authority) for item in found] == [
        (ResponseLevel.I, "云州市人民政府"),
        (ResponseLevel.II, "云州市人民政府"),
        (ResponseLevel.III, "市应急局"),
    ]


def test_the_level_in_force_is_meant_and_not_the_one_it_becomes() -> None:
    (item,) = read("由Ⅲ级响应提升为Ⅱ级响应的，由县长决定。")
    assert (item.level, item.direction, item.authority) == (ResponseLevel.III, Direction.UP, "县长")


def test_whoever_is_asked_to_raise_the_level_decides() -> None:
    (item,) = read("灾情加重，市应急局应立即报请市人民政府提升响应级别。", title="应急响应")
    assert (item.authority, item.proposer) == ("市人民政府", "市应急局")


def test_relaxed_conditions_of_starting_are_no_change_of_a_level() -> None:
    (item,) = read("对灾害发生在边远牧区等特殊情况，启动县级救助响应的标准可酌情调整。", title="启动条件调整")
    assert item.of_conditions
    assert item.authority is None
    assert item.conditions == ("灾害发生在边远牧区等特殊情况",)


def test_a_pointer_to_whoever_published_is_kept_as_printed() -> None:
    (item,) = read("预警信息的调整由原发布机关负责。", title="预警调整")
    assert (item.authority, item.kind) == ("原发布机关", LadderKind.WARNING)


def test_a_line_of_duties_gives_the_power_to_the_body_above_it() -> None:
    (item,) = read("（1）决定启动、调整和终止应急响应；", "（2）及时更新设备。", title="县指挥部职责")
    assert item.authority == "县指挥部"


def test_what_is_done_once_a_level_was_changed_changes_none() -> None:
    assert read("响应级别调整后，各单位应及时落实。") == ()
    assert read("如预警降级为Ⅱ级，值班室负责在1小时内通知各镇。") == ()


def test_raising_a_capability_or_renewing_software_is_no_change_of_a_level() -> None:
    assert read("及时提高应急响应能力。", title="信息") == ()
    assert read("加强装备储备，及时调整、升级软硬件工具。", title="物资保障") == ()


def test_the_same_way_as_before_is_kept_as_printed() -> None:
    found = read(
        "险情加重时，由县防办提出建议，经县长同意后提高响应级别；险情缓解的，按同样程序降低响应级别。"
    )
    assert [(item.direction, item.authority, item.proposer) for item in found] == [
        (Direction.UP, "县长", "县防办"),
        (Direction.DOWN, "按同样程序", None),
    ]
