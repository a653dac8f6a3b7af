"""What was read, as the flat table of the command contract (EXTRACT).

A derived form for people and other programs; ``codec`` is the form that is read back. The rows of levels,
clocks and bodies are made in ``export_levels``, ``export_clocks`` and ``export_bodies``.
"""

from __future__ import annotations

from typing import Any

from fengsui.core.plan.export_bodies import (
    command_to_json,
    contact_to_json,
    duty_to_json,
    group_to_json,
    units_to_json,
)
from fengsui.core.plan.export_clocks import (
    activation_to_json,
    change_to_json,
    deadlines_to_json,
    drill_to_json,
    measure_to_json,
    revision_to_json,
    termination_to_json,
)
from fengsui.core.plan.export_levels import boundary_to_text, level_to_json
from fengsui.core.plan.export_surroundings import statement_to_json, surroundings_to_json
from fengsui.core.plan.model import Doubt, DraftPlan

Table = dict[str, Any]


def extract_table(draft: DraftPlan) -> Table:
    """EXTRACT of one draft, JSON-ready; every item carries clause, line and quote."""
    content = draft.content
    return {
        "title": content.title,
        "lines": [content.first_line, content.last_line],
        "numbering": content.numbering.value,
        "boundary_rule": boundary_to_text(content.boundary_rule),
        "headings": [[heading.number, heading.title] for heading in content.headings],
        "levels": [level_to_json(level) for level in content.levels],
        "activation": [activation_to_json(item) for item in content.activation],
        "adjustment": [change_to_json(item) for item in content.level_changes],
        "termination": [termination_to_json(item) for item in content.termination],
        "deadlines": deadlines_to_json(content.deadlines),
        "command": command_to_json(content.command),
        "units": units_to_json(content.units),
        "groups": [group_to_json(group) for group in content.groups],
        "drills": [drill_to_json(drill) for drill in content.drills],
        "revision": [revision_to_json(rule) for rule in content.revision],
        "contacts": [contact_to_json(contact) for contact in content.contacts],
        "scope": [statement_to_json(item) for item in content.scope],
        "legal_basis": [statement_to_json(item) for item in content.legal_basis],
        "measures": [measure_to_json(item) for item in content.measures],
        "duties": [duty_to_json(duty) for duty in content.duties],
        **surroundings_to_json(content),
        "doubts": [_doubt(doubt) for doubt in draft.doubts],
    }


def _doubt(doubt: Doubt) -> Table:
    return {
        "about": doubt.about,
        "clause": doubt.source.clause,
        "line": doubt.source.line,
        "text": doubt.text,
        "why": doubt.why,
    }
