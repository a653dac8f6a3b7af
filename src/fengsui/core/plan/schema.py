"""The published form of a plan: one JSON document, and the JSON Schema (draft 2020-12) it keeps to.

The schema is made from the types of the plan, in the form that ``codec`` writes, so it cannot fall behind
them: a field left out is empty (null, or no entries), and ``"type"`` names the class of every object.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from fengsui.core.plan.level import Grade, ResponseLevel, WarningLevel
from fengsui.core.plan.model import DraftPlan, PlanKind

FORMAT = "fengsui-plan"
FORMAT_VERSION = 1
SCHEMA_ID = f"urn:fengsui:plan:{FORMAT_VERSION}"

Schema = dict[str, Any]

_DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T"
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "string", "pattern": _DECIMAL},
    timedelta: {"type": "number", "description": "seconds"},
    date: {"type": "string", "format": "date", "pattern": _DAY},
    datetime: {"type": "string", "format": "date-time", "pattern": _INSTANT},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One line of the text the plan was read from; ``number`` is what citations mean by a line."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """A plan as it travels between libraries: what was read and corrected, and the doubts still open.

    ``lines`` is the text behind the citations, empty where it is not sent along. ``bindings`` as in
    ``Plan``. No settlements travel: corrections are part of the content.
    """

    draft: DraftPlan
    kind: PlanKind | None = None
    jurisdiction: str = ""
    hazards: tuple[str, ...] = ()
    bindings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lines: tuple[SourceLine, ...] = ()


def plan_schema() -> Schema:
    """The JSON Schema of a plan document."""
    definitions: dict[str, Schema] = {}
    _object(PlanDocument, definitions)
    top = definitions.pop("PlanDocument")
    head = {
        "$schema": {"type": "string"},
        "format": {"const": FORMAT},
        "version": {"const": FORMAT_VERSION},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Fengsui plan document",
        **top,
        "properties": head | top["properties"],
        "required": ["format", "version", *top["required"]],
        "$defs": dict(sorted(definitions.items())),
    }


def _schema_of(kind: Any, definitions: dict[str, Schema]) -> Schema:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(kind), definitions)
    if origin is tuple:
        return _array(typing.get_args(kind), definitions)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _object(kind, definitions)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [_member(kind, member) for member in kind]}
    return dict(_PLAIN[kind])


def _member(kind: type[Enum], member: Enum) -> str:
    # Levels of three scales share their numerals: the codec writes the scale before them.
    return f"{kind.__name__}.{member.value}" if kind in (Grade, WarningLevel, ResponseLevel) else member.value


def _union(options: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:
    parts = [
        {"type": "null"} if option is type(None) else _schema_of(option, definitions) for option in options
    ]
    return {"anyOf": parts}


def _array(parts: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return {"type": "array", "items": _schema_of(parts[0], definitions)}
    items = [_schema_of(part, definitions) for part in parts]
    return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}


def _object(kind: type, definitions: dict[str, Schema]) -> Schema:
    """A reference to the definition of ``kind``, which is made when it is first met."""
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}  # stands while the fields are made: criteria hold criteria
        hints = typing.get_type_hints(kind)
        properties = {
            spec.name: _schema_of(hints[spec.name], definitions) for spec in dataclasses.fields(kind)
        }
        needed = [spec.name for spec in dataclasses.fields(kind) if _is_needed(spec, hints[spec.name])]
        definitions[name] = {
            "description": (kind.__doc__ or name).split("\n")[0],
            "type": "object",
            "properties": {"type": {"const": name}, **properties},
            "required": ["type", *needed],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def _is_needed(spec: dataclasses.Field[Any], hint: Any) -> bool:
    has_default = spec.default is not dataclasses.MISSING or spec.default_factory is not dataclasses.MISSING
    may_be_empty = typing.get_origin(hint) is tuple or type(None) in typing.get_args(hint)
    return not has_default and not may_be_empty


def first_fault(schema: Mapping[str, Any], data: Any) -> str | None:
    """The path of the first value that breaks ``schema`` ("draft.content.levels.3"); None if none does.

    Knows the words of JSON Schema that ``plan_schema`` uses. Raises RecursionError for endless nesting.
    """
    return next(_faults(schema, data, schema.get("$defs", {}), ""), None)


def _faults(schema: Mapping[str, Any], data: Any, definitions: Mapping[str, Any], path: str) -> Iterator[str]:
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        yield from _faults_of_union(schema["anyOf"], data, definitions, path)
    elif "const" in schema or "enum" in schema:
        if data not in schema.get("enum", [schema.get("const")]) or isinstance(data, bool):
            yield path
    elif not _is_of_type(schema["type"], data) or not re.search(
        schema.get("pattern", ""), data if "pattern" in schema else ""
    ):
        yield path
    elif schema["type"] == "array":
        yield from _faults_of_array(schema, data, definitions, path)
    elif schema["type"] == "object":
        yield from _faults_of_object(schema, data, definitions, path)


def _faults_of_union(
    options: list[Mapping[str, Any]], data: Any, definitions: Mapping[str, Any], path: str
) -> Iterator[str]:
    """The fault of the option meant by its ``"type"``, so that the path leads to the value at fault."""
    meant = f"#/$defs/{data.get('type')}" if isinstance(data, dict) else None
    for option in options:
        if option.get("$ref") == meant and meant is not None:
            yield from _faults(option, data, definitions, path)
            return
    if all(next(_faults(option, data, definitions, path), None) is not None for option in options):
        yield path


def _faults_of_array(
    schema: Mapping[str, Any], data: list[Any], definitions: Mapping[str, Any], path: str
) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(data) <= schema.get("maxItems", len(data)):
        yield path
        return
    for place, item in enumerate(data):
        part = schema["items"] if "items" in schema else schema["prefixItems"][place]
        yield from _faults(part, item, definitions, _below(path, place))


def _faults_of_object(
    schema: Mapping[str, Any], data: dict[str, Any], definitions: Mapping[str, Any], path: str
) -> Iterator[str]:
    properties = schema["properties"]
    for name in schema["required"]:
        if name not in data:
            yield _below(path, name)
    for name, value in data.items():
        if name not in properties:
            yield _below(path, name)
        else:
            yield from _faults(properties[name], value, definitions, _below(path, name))


def _below(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


def _is_of_type(name: str, data: Any) -> bool:
    if isinstance(data, bool):
        return name == "boolean"
    kinds: dict[str, tuple[type, ...]] = {
        "string": (str,),
        "integer": (int,),
        "number": (int, float),
        "array": (list,),
        "object": (dict,),
        "null": (type(None),),
    }
    return isinstance(data, kinds.get(name, ()))
