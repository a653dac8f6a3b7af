"""How the use cases judge: the one grader of the house."""

from __future__ import annotations

from fengsui.core.response.standing import grade_by_plan as grade_plan

__all__ = ["grade_plan"]
