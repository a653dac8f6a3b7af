"""Rules on contacts and privacy: numbers, hotlines, persons."""

from __future__ import annotations

from clean_plan import CLEAN, found, names, planted


def without_list() -> str:
    return CLEAN[: CLEAN.index("\n五、附件")]


def test_members_without_any_number_are_found() -> None:
    assert names(without_list()) == ["contact-list-missing"]


def test_a_member_left_out_of_the_list_is_named() -> None:
    (finding,) = found(CLEAN.replace("\n镇民政所 0000-2200004", ""))
    assert finding.rule.name == "contact-list-incomplete"
    assert finding.data["bodies"] == "镇民政所"


def test_the_anti_fraud_line_is_no_emergency_number() -> None:
    assert planted("由总指挥决定启动应急响应。", "拨打96110报告，由总指挥决定启动应急响应。") == [
        "wrong-hotline"
    ]


def test_a_hotline_used_for_what_it_is_for_is_no_fault() -> None:
    assert planted("由总指挥决定启动应急响应。", "拨打火警119、急救120，由总指挥决定启动应急响应。") == []


def test_the_fire_number_printed_for_the_ambulance_is_found() -> None:
    assert planted("由总指挥决定启动应急响应。", "拨打急救电话119，由总指挥决定启动应急响应。") == [
        "wrong-hotline"
    ]


def test_an_office_given_to_a_person_is_found() -> None:
    assert planted("总指挥：镇长", "总指挥：镇长\n办公室主任由王某某同志兼任。") == ["person-named"]


def test_an_office_given_to_a_post_is_no_fault() -> None:
    assert planted("总指挥：镇长", "总指挥：镇长\n办公室主任由镇水利站站长兼任。") == []


def test_a_personal_mobile_is_counted_and_not_repeated() -> None:
    text = CLEAN.replace("0000-2200004", "19900000004")
    (finding,) = [each for each in found(text) if each.rule.code == "P1"]
    assert finding.data["count"] == "1"
    assert "19900000004" not in finding.evidence


def test_machines_without_a_number_to_call_are_found() -> None:
    text = without_list().replace("负责堵口。", "负责堵口，有水泵6台、货车3辆、发电机2台。")
    assert "resource-without-owner" in names(text)


def test_a_person_named_behind_a_post_is_found() -> None:
    assert planted("总指挥：镇长", "总指挥：镇长\n现场由副镇长张某某任组长。") == ["person-named"]
    assert planted("总指挥：镇长", "总指挥：镇长\n现场由派出所所长任组长。") == []
