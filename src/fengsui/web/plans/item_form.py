"""An item of a plan as a form of plain fields, and back. Knows the codec form only, not the items. Pure."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fengsui.core.errors import InputError
from fengsui.core.plan.review import SECTIONS, SINGLES

_KEPT = ("type", "source")
"""Not for typing: the kind of the item and the clause it stands on."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``path`` within the item ("criteria.0.low"), ``name`` its last word."""

    path: str
    name: str
    value: str
    kind: str

    @property
    def group(self) -> str:
        """Number of the list entry it belongs to, 1-based, "" outside lists."""
        numbers = [part for part in self.path.split(".") if part.isdigit()]
        return ".".join(str(int(number) + 1) for number in numbers)


def fields_of(data: Mapping[str, Any]) -> list[Field]:
    """The fields of an item in codec form, those that may be typed."""
    return list(_walk(data, ""))


def _walk(data: Any, path: str) -> typing.Iterator[Field]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key not in _KEPT:
                yield from _walk(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list):
        if all(isinstance(item, str) for item in data):
            yield Field(path, path.split(".")[-1], "\n".join(_bare(item) for item in data), "lines")
        else:
            for number, item in enumerate(data):
                yield from _walk(item, f"{path}.{number}")
    elif isinstance(data, bool):
        yield Field(path, path.split(".")[-1], "yes" if data else "no", "yesno")
    else:
        text = "" if data is None else str(data)
        yield Field(path, path.split(".")[-1], _bare(text), "long" if len(text) > 40 else "text")


def _bare(text: str) -> str:
    # "Grade.III" is how the codec tells scales apart; people read and write Ⅲ without it.
    scale, dot, step = text.partition(".")
    return step if dot and scale in ("Grade", "ResponseLevel", "WarningLevel") else text


def edited(data: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """``data`` with the fields typed; what was not typed stays."""
    result: dict[str, Any] = _apply(data, given, "")
    return result


def _apply(data: Any, given: Mapping[str, str], path: str) -> Any:
    if isinstance(data, Mapping):
        return {
            key: value if key in _KEPT else _apply(value, given, f"{path}.{key}" if path else key)
            for key, value in data.items()
        }
    if isinstance(data, list) and not all(isinstance(item, str) for item in data):
        return [_apply(item, given, f"{path}.{number}") for number, item in enumerate(data)]
    typed = given.get(f"f.{path}")
    return data if typed is None else _typed(data, typed)


def _typed(before: Any, typed: str) -> Any:
    text = typed.strip()
    if isinstance(before, list):
        scale = next((item.partition(".")[0] for item in before if _bare(item) != item), "")
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        return [f"{scale}.{line}" if scale else line for line in lines]
    if isinstance(before, bool):
        return text == "yes"
    if isinstance(before, int | float):
        try:
            return float(text)
        except ValueError as problem:
            raise InputError("typed_not_a_number", value=text[:40]) from problem
    if isinstance(before, str) and _bare(before) != before:
        return f"{before.partition('.')[0]}.{text.upper()}"
    return text


def blank_fields(section: str) -> list[Field]:
    """The fields for a new item of ``section``: those that are plain words."""
    kind = SECTIONS.get(section) or SINGLES.get(section)
    if kind is None:
        return []
    hints = typing.get_type_hints(kind)
    fields = []
    for spec in dataclasses.fields(kind):
        hint = hints[spec.name]
        options = typing.get_args(hint) or (hint,)
        if spec.name == "source" or (str not in options and hint is not str):
            continue
        many = typing.get_origin(hint) is tuple
        fields.append(Field(spec.name, spec.name, "", "lines" if many else "text"))
    return fields


def added(section: str, given: Mapping[str, str], source: dict[str, Any]) -> dict[str, Any]:
    """A new item of ``section`` from typed fields, on the clause ``source``."""
    kind = SECTIONS.get(section) or SINGLES.get(section)
    if kind is None:
        raise InputError("item_malformed", section=section)
    data: dict[str, Any] = {"type": kind.__name__, "source": source}
    for field in blank_fields(section):
        text = given.get(f"f.{field.path}", "").strip()
        if text:
            data[field.path] = [line.strip() for line in text.splitlines()] if field.kind == "lines" else text
    missing = [spec.name for spec in dataclasses.fields(kind) if _needed(spec) and spec.name not in data]
    if missing:
        raise InputError("item_malformed", section=section)
    return data


def _needed(spec: Any) -> bool:
    return spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING


def addable() -> tuple[str, ...]:
    """Sections to which one may add an item by typing words alone."""
    found = []
    for section, kind in SECTIONS.items():
        plain = {field.path for field in blank_fields(section)}
        if all(
            spec.name in plain or spec.name == "source" for spec in dataclasses.fields(kind) if _needed(spec)
        ):
            found.append(section)
    return tuple(found)
