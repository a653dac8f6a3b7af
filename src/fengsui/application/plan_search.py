"""The words of what the library is asked: values of filters and of statistics (检索与统计的用词)."""

from __future__ import annotations

from fengsui.application.wording import word

_GROUPS = {"state": "draft_state", "kind": "plan_kind", "hazard": "hazard_class"}


def value_words(dimension: str, value: str, language: str = "zh") -> str:
    """A value of a dimension of ``store.selectors.DIMENSIONS`` in words; areas and issuers as they are."""
    if not value:
        return word("statistics", "none", language)
    if dimension in _GROUPS:
        return word(_GROUPS[dimension], value, language)
    if dimension == "levels":
        return word("statistics", "levels" if value != "0" else "no_levels", language, n=value)
    if dimension in ("age", "drill"):
        return word("statistics", f"{dimension}_{value}", language)
    return value
