"""Drawings as SVG: well-formed whatever the text, readable aloud, every box with its clause."""

from __future__ import annotations

from lxml import etree

from fengsui.adapters.write_svg import write_svg
from fengsui.application.charts import CHARTS, draw, words_for
from fengsui.core.citation import Citation
from fengsui.core.plan.chart.shapes import Chart as Drawing
from fengsui.core.plan.chart.shapes import Content, place
from fengsui.core.plan.model import Numbering, PlanContent

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<script>alert(1)</script> & "甲" \x00\x1b\ufffe 应急'


def drawing(title: str = "州水利局", quote: str = "负责") -> Drawing:
    source = Citation(document="d", clause="2.3", line=7, quote=quote)
    box = place(Content(kind="unit", title=title, source=source), 10, 10, 300, clause="依据 2.3")
    return Drawing(name="flow", title=title, desc=quote, width=400, height=200, boxes=(box,))


def test_any_text_gives_a_well_formed_picture_without_script() -> None:
    text = write_svg(drawing(NASTY, NASTY), href=lambda source: f"/cite?q={source.quote}&n=1", mark=NASTY)
    root = etree.fromstring(text.encode())
    assert root.tag == f"{SVG}svg"
    assert not root.findall(f".//{SVG}script")
    assert "alert(1)" in "".join(root.itertext())


def test_a_picture_has_a_title_and_a_description_for_who_listens() -> None:
    root = etree.fromstring(write_svg(drawing()).encode())
    labelled = root.get("aria-labelledby", "").split()
    assert [element.get("id") for element in root[:2]] == labelled
    assert root.get("role") == "img"


def test_a_box_leads_to_its_clause_and_quotes_it() -> None:
    linked = etree.fromstring(write_svg(drawing(), href=lambda source: f"/cite?line={source.line}").encode())
    assert linked.find(f".//{SVG}a").get("href") == "/cite?line=7"
    plain = etree.fromstring(write_svg(drawing()).encode())
    assert plain.find(f".//{SVG}a") is None
    assert "依据 2.3" in "".join(plain.itertext())


def test_no_style_attribute_is_used_because_the_policy_forbids_it() -> None:
    assert "style" not in write_svg(drawing())


def test_every_drawing_of_an_empty_plan_says_in_both_languages_what_is_missing() -> None:
    plan = PlanContent(title="空", document="d", first_line=1, last_line=1, numbering=Numbering.NONE)
    for name in CHARTS:
        assert "没有写明" in write_svg(draw(plan, name, "zh"))
        assert "plan" in write_svg(draw(plan, name, "en"))


def test_all_words_of_drawings_exist() -> None:
    say = words_for("zh", "chart")
    for code in ("stage_report", "no_end", "level_IV", "of_warning", "more_criteria"):
        assert say(code) != code
