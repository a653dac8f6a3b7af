from __future__ import annotations

import re
from pathlib import Path

import fengsui
from fengsui.application.wording import sentence, word
from fengsui.core.citation import Citation
from fengsui.core.errors import InputError, Refusal

HERE = Citation(document="d", clause="4.2", line=7, quote="由副州长批准后启动")


def test_data_of_any_name_fills_a_sentence() -> None:
    assert word("error", "no_such_code", "zh", group="g", code="c", language="l") == "no_such_code"


def test_a_refusal_names_the_clause_and_who_could_do_it() -> None:
    told = sentence(Refusal("doubts_open", source=HERE, allowed=("州长",), count=3))
    assert "4.2" in told
    assert "由副州长批准后启动" in told
    assert "州长" in told


def test_a_language_that_is_not_there_falls_back_to_chinese() -> None:
    assert sentence(InputError("file_missing", path="a.docx"), "fr") == sentence(
        InputError("file_missing", path="a.docx"), "zh"
    )


def test_a_field_that_is_empty_is_told_by_its_name_for_people_and_never_by_a_code() -> None:
    assert sentence(InputError("text_missing", field="reason")) == "“原因”不能为空，请填写。"
    said = re.compile(r"""check_text\([^\n]*"([a-z_]+)"\)|"text_missing", field="([a-z_]+)\"""")
    sources = (path.read_text("utf-8") for path in Path(fengsui.__file__).parent.rglob("*.py"))
    codes = {code for text in sources for pair in said.findall(text) for code in pair if code}
    assert "told_by" in codes
    assert sorted(code for code in codes if word("field", code) == code) == []
