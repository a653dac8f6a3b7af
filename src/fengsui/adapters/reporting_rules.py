"""The rules of reporting: the shipped ones, overridden by ``reporting.toml`` in the data folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from fengsui.application.copy_rules import CopyRule
from fengsui.application.reporting_ports import RELATIONS, Peer, ReportingRules
from fengsui.core.errors import InputError

FILE = "reporting.toml"
SHORTEST_KEY = 16
"""Signs of a key that is taken: a short one is guessed."""


def load_rules(folder: Path) -> ReportingRules:
    """The rules in force. Raises InputError("reporting_rules_wrong") for a file that does not read."""
    path = folder / FILE
    try:
        text = path.read_text("utf-8") if path.is_file() else ""
        return _read(text)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise InputError("reporting_rules_wrong", file=str(path), why=str(problem)) from problem


@lru_cache(maxsize=8)
def _read(text: str) -> ReportingRules:
    """The shipped rules with those of ``text`` over them; the same text is read once."""
    shipped = tomllib.loads(files("fengsui.application").joinpath(FILE).read_text("utf-8"))
    return _rules({**shipped, **tomllib.loads(text)})


def _rules(data: Mapping[str, Any]) -> ReportingRules:
    return ReportingRules(
        copies=tuple(
            CopyRule(
                name=rule["class"],
                zh=rule["zh"],
                en=rule.get("en", rule["zh"]),
                words=tuple(rule["words"]),
                bodies=tuple(rule["bodies"]),
            )
            for rule in data["copy"]
        ),
        unsigned_after=timedelta(minutes=float(data["unsigned_after_minutes"])),
        own_name=str(data.get("own_name", "")),
        peers={name: _peer(name, peer) for name, peer in data.get("peers", {}).items()},
    )


def _peer(name: str, data: Mapping[str, Any]) -> Peer:
    key = str(data["key"])
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"peers.{name}.key: fewer than {SHORTEST_KEY} signs")
    relation = str(data.get("relation", ""))
    if relation not in ("", *RELATIONS):
        raise ValueError(f"peers.{name}.relation: {'|'.join(RELATIONS)}")
    return Peer(
        name=name,
        title=data.get("title", name),
        key=key,
        url=str(data.get("url", "")),
        exercise=bool(data.get("exercise", False)),
        relation=relation,
    )
