"""Items of a plan as forms and back: what is not touched stays, what is wrong is told beside its field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import Measure
from fengsui.core.plan.codec import to_data
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Threshold
from fengsui.core.plan.level import Grade, LadderKind, Level, ResponseLevel
from fengsui.core.plan.reporting import ClockStart, Deadline
from fengsui.core.plan.review import SECTIONS, SINGLES, parse_item
from fengsui.web.plans import item_form

HERE = Citation(document="d", clause="1.3", line=7, quote="死亡3人以上10人以下，或者直接经济损失1000万元以上")
DEATHS = Threshold(
    fact="deaths",
    unit="人",
    low=Decimal(3),
    high=Decimal(10),
    low_included=None,
    text="死亡3人以上10人以下",
    source=HERE,
)
LOSS = Threshold(
    fact="direct_loss_cny", unit="元", low=Decimal("10000000"), text="损失1000万元以上", source=HERE
)
BEYOND = Condition(text="超出县里处置能力", source=HERE)
LEVEL = Level(
    kind=LadderKind.EVENT_GRADE,
    level=Grade.III,
    name="较大",
    criteria=(
        DEATHS,
        AllOf(
            parts=(LOSS, AnyOf(parts=(BEYOND, DEATHS), text="二者之一", source=HERE)),
            text="同时",
            source=HERE,
        ),
        BEYOND,
    ),
    source=HERE,
)
DEADLINE = Deadline(
    what="报告", who="县应急局", to=("州应急局",), within="2小时", start=ClockStart.LEARNED, source=HERE
)


def typed_from(form: item_form.Form) -> dict[str, Any]:
    """What a browser sends when nothing is touched."""
    sent: dict[str, Any] = {}
    for field in form.fields:
        sent[f"sent.{field.name}"] = "yes"
        sent[f"f.{field.name}"] = [field.value] if field.kind == "lines" else list(field.chosen)
    rows = [row for group in form.groups for row in group.rows]
    for group in form.groups:
        sent[f"{group.at}.join"] = group.join
    for row in [*rows, *([form.condition] if form.condition else [])]:
        for name in ("was", "fact", "low", "low_in", "high", "high_in", "window_h", "window_d", "text"):
            sent[f"{row.at}.{name}"] = getattr(row, name)
        sent[f"{row.at}.potential"] = "yes" if row.potential else ""
        if row.nested:
            sent[f"{row.at}.keep"] = "yes"
    return sent


@pytest.mark.parametrize(
    ("section", "item"),
    [
        ("levels", LEVEL),
        ("deadlines", DEADLINE),
        ("measures", Measure(text="转移群众", levels=(ResponseLevel.II, ResponseLevel.I), source=HERE)),
    ],
)
def test_a_form_sent_back_untouched_changes_nothing(section: str, item: Any) -> None:
    data = to_data(item)
    read, faults = item_form.read(section, data, typed_from(item_form.form(section, data)), data["source"])
    assert faults == {}
    expected = parse_item(section, data)
    if section == "deadlines":
        assert parse_item(section, read).within == expected.within
    else:
        assert parse_item(section, read) == expected


def test_a_figure_is_corrected_with_its_bound() -> None:
    data = to_data(LEVEL)
    typed = typed_from(item_form.form("levels", data))
    typed |= {"c.0.0.low": "5", "c.0.0.low_in": "yes", "c.1.0.low": "2000万"}
    read, faults = item_form.read("levels", data, typed, data["source"])
    assert faults == {}
    level = parse_item("levels", read)
    assert (level.criteria[0].low, level.criteria[0].low_included) == (Decimal(5), True)
    assert level.criteria[1].parts[0].low == Decimal(20_000_000)
    assert isinstance(level.criteria[1].parts[1], AnyOf)


def test_a_criterion_is_added_and_another_cleared() -> None:
    data = to_data(LEVEL)
    typed = typed_from(item_form.form("levels", data))
    typed |= {"c.2.0.text": "", "c.3.0.fact": "受伤人数", "c.3.0.low": "50", "c.3.0.text": "50人以上受伤"}
    read, faults = item_form.read("levels", data, typed, data["source"])
    level = parse_item("levels", read)
    assert faults in ({}, {"c.3.0.fact": "no_such_fact"})
    assert BEYOND not in level.criteria


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"c.0.0.low": "三个"}, "c.0.0.low", "not_a_number"),
        ({"c.0.0.fact": "没有的事"}, "c.0.0.fact", "no_such_fact"),
        ({"c.0.0.low": "20"}, "c.0.0.high", "bounds_crossed"),
        ({"c.0.0.fact": ""}, "c.0.0.fact", "no_fact"),
        ({"f.name": ""}, "f.name", "needed"),
        ({"c.1.join": "one"}, "c.1.join", "no_join"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(change: dict[str, str], field: str, fault: str) -> None:
    data = to_data(LEVEL)
    typed = typed_from(item_form.form("levels", data)) | change
    _, faults = item_form.read("levels", data, typed, data["source"])
    assert faults == {field: fault}
    again = item_form.form("levels", data, typed, faults)
    assert fault in {one.fault for one in again.fields} | {
        code for group in again.groups for row in group.rows for code in row.faults
    } | set(faults.values())


def test_a_deadline_has_one_clock_and_its_length_follows() -> None:
    data = to_data(DEADLINE)
    typed = typed_from(item_form.form("deadlines", data)) | {"f.within": "30分钟"}
    read, faults = item_form.read("deadlines", data, typed, data["source"])
    assert faults == {}
    assert read["span"] == 1800
    _, faults = item_form.read("deadlines", data, typed | {"f.every": "1天"}, data["source"])
    assert faults == {"f.every": "two_clocks"}
    _, faults = item_form.read("deadlines", data, typed | {"f.within": ""}, data["source"])
    assert faults == {"f.within": "no_clock"}


@pytest.mark.parametrize("section", [*SECTIONS, *SINGLES])
def test_every_section_has_a_form_and_an_empty_one_is_refused_in_words(section: str) -> None:
    form = item_form.form(section, {})
    assert form.fields
    _, faults = item_form.read(section, {}, {}, to_data(HERE))
    needed = {f"f.{field.name}" for field in form.fields if field.needed and field.kind != "yesno"}
    assert needed <= set(faults)
