from fengsui.core.directory import Jurisdiction, significant


def test_a_prefecture_covers_its_counties_and_townships_but_no_other_prefecture() -> None:
    yunzhou = Jurisdiction(code="990100", name="云州")
    assert yunzhou.covers("990121")
    assert yunzhou.covers("990121101")
    assert not yunzhou.covers("990200")


def test_a_county_covers_its_townships_only() -> None:
    county = Jurisdiction(code="990120", name="某县")
    assert significant("990120") == "990120"
    assert county.covers("990120110")
    assert not county.covers("990121110")


def test_a_township_whose_code_ends_in_zero_covers_itself_only() -> None:
    assert significant("990121110") == "990121110"
    assert significant("990121000000") == "990121"
    assert significant("99") == "99"
