from datetime import timedelta
from decimal import Decimal

import pytest

from fengsui.core.citation import Citation
from fengsui.core.plan.codec import from_data, to_data
from fengsui.core.plan.criterion import AnyOf, Condition, Threshold
from fengsui.core.plan.level import Grade, LadderKind, Level, WarningLevel
from fengsui.core.plan.model import DraftPlan, Numbering, PlanContent
from fengsui.core.plan.reporting import ClockStart, Deadline, Means

HERE = Citation(document="d", clause="1.5", line=7, quote="造成3人以上死亡")


def example() -> DraftPlan:
    threshold = Threshold(
        fact="deaths", unit="人", low=Decimal(3), low_included=None, text="造成3人以上死亡", source=HERE
    )
    either = AnyOf(parts=(Condition(text="超出处置能力", source=HERE), threshold), text="其一", source=HERE)
    level = Level(
        kind=LadderKind.EVENT_GRADE, level=Grade.II, name="重大", criteria=(threshold, either), source=HERE
    )
    clock = Deadline(
        what="报告",
        within="1小时",
        span=timedelta(hours=1),
        form=Means.PHONE,
        start=ClockStart.LEARNED,
        levels=(WarningLevel.I,),
        source=HERE,
    )
    content = PlanContent(
        title="云州预案",
        document="d",
        first_line=1,
        last_line=9,
        numbering=Numbering.DECIMAL,
        levels=(level,),
        deadlines=(clock,),
    )
    return DraftPlan(content=content)


def test_a_plan_survives_the_way_to_json_and_back() -> None:
    draft = example()
    assert from_data(DraftPlan, to_data(draft)) == draft


def test_an_undecided_bound_is_not_read_back_as_decided() -> None:
    data = to_data(example())
    again = from_data(DraftPlan, data)
    criterion = again.content.levels[0].criteria[0]
    assert isinstance(criterion, Threshold)
    assert criterion.low_included is None


def test_levels_of_different_scales_cannot_be_compared() -> None:
    with pytest.raises(TypeError):
        Grade.I.is_at_least(WarningLevel.II)
