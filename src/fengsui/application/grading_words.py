"""The words of a grade: questions, remarks and levels as a person reads them (zh, en)."""

from __future__ import annotations

from fengsui.application.wording import word
from fengsui.core.fact import register
from fengsui.core.facts_input import spec_of, window_of
from fengsui.core.grading.ask import Question
from fengsui.core.grading.grade import Scheme
from fengsui.core.grading.remarks import Remark


def fact_words(name: str, language: str = "zh") -> str:
    """The name of a fact as people say it, with its period: 12小时降水量."""
    spec = spec_of(name, register())
    if spec is None:
        return name
    said = spec.zh if language == "zh" else spec.en
    window = None if name in register() else window_of(name)
    if window is None:
        return said
    return word("grading", "in_hours", language, fact=said, hours=window[1])


def question_words(question: Question, language: str = "zh") -> str:
    """The question to ask: the register's own, or one made from the fact's name or the plan's words."""
    spec = question.spec
    if not question.fact:
        return word("grading", "ask_judgement", language, text=question.text)
    if spec is not None and spec.question and language == "zh" and question.hours is None:
        return spec.question
    name = fact_words(question.fact, language)
    if spec is None or not spec.is_figure:
        return word("grading", "ask_yes_no", language, fact=name)
    return word("grading", "ask_figure", language, fact=name, unit=spec.unit)


def remark_words(remark: Remark, language: str = "zh") -> str:
    """The sentence of a remark; facts in it are named in words."""
    data = {
        key: fact_words(value, language) if key == "fact" else value for key, value in remark.data.items()
    }
    return word("grading_remark", remark.code, language, **data)


def scheme_words(scheme: Scheme, language: str = "zh") -> str:
    """The name of a ladder: 预警分级（干旱）."""
    kind, hazard, subtype = scheme
    name = word("grading", kind.value, language)
    parts = [part for part in (hazard, subtype) if part]
    if not parts:
        return name
    return word("grading", "of_scheme", language, name=name, of="、".join(parts))
