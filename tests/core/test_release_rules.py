"""Who releases information and how soon, read off sentences of plans in words of our own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengsui.core.directory import Directory
from fengsui.core.plan.authority import Measure
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.core.response.release_rules import release_limits, release_power
from response_builders import cite, with_content


def saying(*sentences: str) -> object:
    return with_content(
        measures=tuple(
            Measure(text=text, source=cite("5", 60 + n, text)) for n, text in enumerate(sentences)
        ),
        duties=(),
        groups=(),
        deadlines=(),
        units=(),
    )


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("由州指挥部统一发布权威信息。", "州指挥部"),
        ("事故信息发布由州委宣传部负责。", "州委宣传部"),
        ("新闻稿经州长审定后向社会公布信息。", "州长"),
        ("由宣传组按规定及时发布灾情信息，接受监督。", "宣传组"),
        ("由州指挥部发布橙色预警信息。", None),
        ("由,按照有关规定及时发布灾情信息。", None),
        ("有关部门做好救助工作。", None),
    ],
)
def test_the_body_that_releases_is_read_from_its_sentence(sentence: str, who: str | None) -> None:
    power = release_power(saying(sentence), Directory())  # type: ignore[arg-type]
    assert (power.names[0] if power else None) == who


def test_the_shortest_limit_of_a_plan_stands_and_the_rest_is_assumed() -> None:
    plan = saying("24小时内举行首场新闻发布会。", "12小时内举行新闻发布会。", "2小时内到达现场。")
    limits = {item.kind: item for item in release_limits([plan])}  # type: ignore[list-item]
    assert limits[MatterKind.CONFERENCE].span == timedelta(hours=12)
    assert limits[MatterKind.CONFERENCE].source is not None
    first = limits[MatterKind.FIRST_STATEMENT]
    assert (first.span, first.source) == (timedelta(hours=5), None)
