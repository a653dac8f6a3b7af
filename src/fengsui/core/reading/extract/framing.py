"""Scope (适用范围) and legal basis (编制依据), kept as text with their place."""

from __future__ import annotations

import re

from fengsui.core.plan.model import Statement
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.outline import Outline

_SCOPE = re.compile(r"适用范围|适用情形|^适用$")
_BASIS = re.compile(r"编制依据|制定依据|法律依据|^依据$")
_SCOPE_SENTENCE = re.compile(r"本(?:预案|方案|办法)[^。]{0,8}适用于")
_BASIS_SENTENCE = re.compile(r"(?:根据|依据|依照|按照)[^。]{0,20}《")


def extract_scope(outline: Outline) -> Extracted[Statement]:
    """Every paragraph under a heading on scope; else the sentence that says to what the plan applies."""
    return _extract(outline, _SCOPE, _SCOPE_SENTENCE)


def extract_legal_basis(outline: Outline) -> Extracted[Statement]:
    """Every paragraph under a heading on legal basis; else the sentence that names the laws."""
    return _extract(outline, _BASIS, _BASIS_SENTENCE)


def _extract(outline: Outline, title: re.Pattern[str], sentence: re.Pattern[str]) -> Extracted[Statement]:
    under = [
        (section, paragraph)
        for section in outline.sections()
        if title.search(section.title)
        for paragraph in section.paragraphs
    ]
    if not under:
        under = [
            (section, paragraph)
            for section, paragraph in outline.root.all_paragraphs()
            if sentence.search(paragraph.text)
        ][:1]
    cited = ((paragraph.text, outline.cite(section, paragraph)) for section, paragraph in under)
    return Extracted(items=tuple(Statement(text=text, source=source) for text, source in cited))
