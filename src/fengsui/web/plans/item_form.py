"""An item of a plan as a form in plain words, and back. Made from the types of the items. Pure.

A form shows every field that a person may state, also those nothing was read for. What was typed comes
back as codec data, or as faults, each beside its field.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any

from fengsui.core.errors import InputError
from fengsui.core.plan.codec import to_data
from fengsui.core.plan.level import AnyLevel, LadderKind
from fengsui.core.plan.review import SECTIONS, SINGLES
from fengsui.core.reading.extract.clock_words import span_of
from fengsui.web import parse
from fengsui.web.plans import criteria_form
from fengsui.web.plans.criteria_form import Faults

STEPS = ("I", "II", "III", "IV", "V")
SCALE_OF = {
    LadderKind.EVENT_GRADE.value: "Grade",
    LadderKind.WARNING.value: "WarningLevel",
    LadderKind.RESPONSE.value: "ResponseLevel",
}
LONG = ("text", "what", "duties", "condition")
"""Fields that hold a sentence."""

DERIVED = ("source", "span", "criteria", "level_names", "modal", "resolved")
"""Not for typing: where the item stands, and what follows from other fields or is only kept."""

CLOCKS = ("within", "every", "by")
"""A deadline is told by exactly one of these."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field; ``group`` the table of its words ("" : shown as it is)."""

    value: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``kind`` text, long, lines, choice, level, levels, yesno, maybe or number."""

    name: str
    kind: str
    value: str = ""
    chosen: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    needed: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form for one item: plain fields, rows of criteria, and the clause it stands on."""

    section: str
    fields: tuple[Field, ...]
    groups: tuple[criteria_form.Group, ...] = ()
    condition: criteria_form.Row | None = None
    has_criteria: bool = False
    place: Mapping[str, str] = field(default_factory=dict)
    faults: Faults = field(default_factory=dict)


def kind_of(section: str) -> type:
    """The type of the items of ``section``. Raises InputError("item_malformed")."""
    kind = SECTIONS.get(section) or SINGLES.get(section)
    if kind is None:
        raise InputError("item_malformed", section=section)
    return kind


def form(
    section: str,
    data: Mapping[str, Any],
    typed: Mapping[str, Any] | None = None,
    faults: Faults | None = None,
) -> Form:
    """The form of an item in codec form; ``typed`` and ``faults`` show again what could not be saved."""
    kind, faults = kind_of(section), faults or {}
    hints = typing.get_type_hints(kind)
    fields = [
        _field(spec, hints[spec.name], data, typed, faults)
        for spec in dataclasses.fields(kind)
        if spec.name not in DERIVED and not _is_criterion(spec.name, hints[spec.name])
    ]
    has_criteria = "criteria" in hints
    source = data.get("source") or {}
    place = {name: str(source.get(name, "")) for name in ("clause", "line", "quote")}
    if typed is not None:
        place = {name: _text(typed, f"at.{name}") or place[name] for name in place}
    return Form(
        section=section,
        fields=tuple(one for one in fields if one is not None),
        groups=criteria_form.groups(data.get("criteria") or [], typed, faults) if has_criteria else (),
        condition=criteria_form.condition_row(data.get("condition"), typed, faults) if has_criteria else None,
        has_criteria=has_criteria,
        place=place,
        faults=faults,
    )


def read(
    section: str, data: Mapping[str, Any], typed: Mapping[str, Any], source: Mapping[str, Any]
) -> tuple[dict[str, Any], Faults]:
    """Codec data of the item as typed over ``data`` on the clause ``source``; and what is wrong with it."""
    kind = kind_of(section)
    hints = typing.get_type_hints(kind)
    faults: Faults = {}
    result: dict[str, Any] = {**data, "type": kind.__name__, "source": dict(source)}
    for spec in dataclasses.fields(kind):
        hint = hints[spec.name]
        if spec.name in DERIVED or _is_criterion(spec.name, hint):
            continue
        sent = f"f.{spec.name}" in typed or f"sent.{spec.name}" in typed
        value = _typed_value(spec, hint, data, typed, faults) if sent else data.get(spec.name)
        if value is None and isinstance(spec.default, bool | Enum):
            value = to_data(spec.default)  # the codec takes what is missing for unknown, not for the default
        if value in (None, "", []):
            result.pop(spec.name, None)
            if _needed(spec, hint):
                faults.setdefault(f"f.{spec.name}", "needed")
        else:
            result[spec.name] = value
    if "criteria" in hints and any(name.startswith(("c.", "x.")) for name in typed):
        _read_criteria(result, data, typed, source, faults)
    if "span" in hints:
        _one_clock(result, faults)
    if result.get("levels") != data.get("levels"):
        result.pop("level_names", None)
    return result, faults


def _read_criteria(
    result: dict[str, Any],
    data: Mapping[str, Any],
    typed: Mapping[str, Any],
    source: Mapping[str, Any],
    faults: Faults,
) -> None:
    result["criteria"] = criteria_form.read(data.get("criteria") or [], typed, source, faults)
    condition = criteria_form.read_condition(data.get("condition"), typed, source, faults)
    result.pop("condition", None)
    if condition is not None:
        result["condition"] = condition


def _one_clock(result: dict[str, Any], faults: Faults) -> None:
    given = [name for name in CLOCKS if result.get(name)]
    if not given:
        faults.setdefault("f.within", "no_clock")
    for name in given[1:]:
        faults.setdefault(f"f.{name}", "two_clocks")
    span = span_of(result.get("within") or result.get("every") or "")
    result.pop("span", None)
    if span is not None:
        result["span"] = span.total_seconds()


def _field(
    spec: Any, hint: Any, data: Mapping[str, Any], typed: Mapping[str, Any] | None, faults: Faults
) -> Field | None:
    name = spec.name
    widget = _widget(name, hint)
    if widget == "":
        return None
    value = data.get(name)
    if value is None and widget == "yesno":
        value = bool(spec.default) if spec.default is not dataclasses.MISSING else False
    chosen = _chosen(widget, value) if typed is None else _all(typed, f"f.{name}")
    shown = "\n".join(chosen) if widget == "lines" else (chosen[0] if chosen else "")
    return Field(
        name=name,
        kind=widget,
        value=shown,
        chosen=tuple(chosen),
        choices=_choices(hint),
        needed=_needed(spec, hint),
        fault=faults.get(f"f.{name}", ""),
    )


def _widget(name: str, hint: Any) -> str:
    options = _options(hint)
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        return "levels" if inner == AnyLevel else ("lines" if inner is str else "")
    if bool in options:
        return "maybe" if type(None) in options else "yesno"
    if all(one in typing.get_args(AnyLevel) for one in options if one is not type(None)):
        return "level"
    if any(isinstance(one, type) and issubclass(one, Enum) for one in options):
        return "choice"
    if Decimal in options or int in options:
        return "number"
    return ("long" if name in LONG else "text") if str in options else ""


def _options(hint: Any) -> tuple[Any, ...]:
    is_union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    return typing.get_args(hint) if is_union else (hint,)


def _choices(hint: Any) -> tuple[Choice, ...]:
    inner = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint
    options = _options(inner)
    if any(one in typing.get_args(AnyLevel) for one in options):
        return tuple(Choice(step, "review_step") for step in STEPS)
    for one in options:
        if isinstance(one, type) and issubclass(one, Enum):
            return tuple(Choice(str(item.value), f"choice_{one.__name__}") for item in one)
    return ()


def _chosen(widget: str, value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list | tuple):
        return [_bare(str(item)) if widget == "levels" else str(item) for item in value]
    return [_bare(str(value)) if widget == "level" else str(value)]


def _bare(text: str) -> str:
    # "Grade.III" is how the codec tells scales apart; people read and write Ⅲ without it.
    scale, dot, step = text.partition(".")
    return step if dot and scale in SCALE_OF.values() else text


def _typed_value(
    spec: Any, hint: Any, data: Mapping[str, Any], typed: Mapping[str, Any], faults: Faults
) -> Any:
    name, widget = spec.name, _widget(spec.name, hint)
    given = _all(typed, f"f.{name}")
    text = given[0].strip() if given else ""
    if widget == "":
        return data.get(name)
    if widget in ("yesno", "maybe"):
        return {"yes": True, "no": False}.get(text)
    if widget == "lines":
        return [line.strip() for line in text.replace("、", "\n").splitlines() if line.strip()]
    if widget in ("level", "levels"):
        scale = _scale(typed, data, name)
        steps = [f"{scale}.{step}" for step in given if step in STEPS]
        return steps if widget == "levels" else (steps[0] if steps else None)
    if widget == "choice":
        return text if text in {choice.value for choice in _choices(hint)} else None
    if widget == "number" and text:
        try:
            return format(parse.number(text), "f")
        except InputError as problem:
            faults[f"f.{name}"] = problem.code
            return None
    return text


def _scale(typed: Mapping[str, Any], data: Mapping[str, Any], name: str) -> str:
    """The scale of a level: by the kind chosen in the form, else as it was, else that of responses."""
    chosen = SCALE_OF.get(_text(typed, "f.kind"))
    if chosen:
        return chosen
    before = data.get(name)
    first = (before[0] if before else "") if isinstance(before, list | tuple) else (before or "")
    scale = str(first).partition(".")[0]
    return scale if scale in SCALE_OF.values() else "ResponseLevel"


def _needed(spec: Any, hint: Any) -> bool:
    optional = type(None) in _options(hint)
    has_default = spec.default is not dataclasses.MISSING or spec.default_factory is not dataclasses.MISSING
    return not optional and not has_default


def _is_criterion(name: str, hint: Any) -> bool:
    return name == "condition" and hint != (str | None)


def _text(typed: Mapping[str, Any], name: str) -> str:
    given = _all(typed, name)
    return given[0].strip() if given else ""


def _all(typed: Mapping[str, Any], name: str) -> list[str]:
    return criteria_form.values(typed, name)
