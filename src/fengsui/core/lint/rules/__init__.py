"""The rules, one module per family; importing this package registers them all."""

from fengsui.core.lint.rules import (
    authority,
    contacts,
    criteria,
    deadlines,
    ladder_form,
    law,
    law_figures,
    organisation,
    posts,
    privacy,
    sections,
    structure,
    text,
    thresholds,
    upkeep,
    wording_slips,
)

__all__ = [
    "authority",
    "contacts",
    "criteria",
    "deadlines",
    "ladder_form",
    "law",
    "law_figures",
    "organisation",
    "posts",
    "privacy",
    "sections",
    "structure",
    "text",
    "thresholds",
    "upkeep",
    "wording_slips",
]
