"""The rules between plans; importing this package registers them all."""

from fengsui.core.lint.across.rules import bodies, citations, clocks, events, figures, powers, promises

__all__ = ["bodies", "citations", "clocks", "events", "figures", "powers", "promises"]
