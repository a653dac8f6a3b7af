"""The rules, one module per family; importing this package registers them all."""

from fengsui.core.lint.rules import authority, criteria, deadlines, thresholds

__all__ = ["authority", "criteria", "deadlines", "thresholds"]
