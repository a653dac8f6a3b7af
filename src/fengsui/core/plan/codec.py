"""Plan values ⇄ JSON-ready data, for storing; versioned.

Works on the frozen dataclasses of the core by their type hints, so a new field needs no code here.
Union members are told apart by a ``"type"`` key holding the class name.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

VERSION = 1

T = TypeVar("T")


def to_data(value: Any) -> Any:
    """Return ``value`` as JSON-ready data; dataclasses carry their class name under ``"type"``."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        body: dict[str, Any] = {"type": type(value).__name__}
        for spec in dataclasses.fields(value):
            item = getattr(value, spec.name)
            if item is not None and item != ():
                body[spec.name] = to_data(item)
        return body
    if isinstance(value, tuple | list | frozenset):
        return [to_data(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_data(item) for key, item in value.items()}
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.value}" if _is_step(type(value)) else value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _is_step(kind: type) -> bool:
    # Levels of three scales share their values, so a union of them needs the name of the scale.
    return kind.__name__ in ("Grade", "WarningLevel", "ResponseLevel")


def from_data(kind: type[T], data: Any) -> T:
    """Rebuild a value of ``kind`` from ``to_data`` output. Raises ValueError when it does not fit."""
    return typing.cast(T, _build(kind, data))


def _build(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _build_union(typing.get_args(kind), data)
    if origin is tuple:
        return _build_tuple(typing.get_args(kind), data)
    if origin is frozenset:
        return frozenset(_build(typing.get_args(kind)[0], item) for item in data)
    if origin is dict:
        of_key, of_value = typing.get_args(kind)
        return {_build(of_key, key): _build(of_value, item) for key, item in data.items()}
    if dataclasses.is_dataclass(kind):
        return _build_dataclass(typing.cast(type, kind), data)
    return _build_plain(kind, data)


def _build_tuple(parts: tuple[Any, ...], data: Any) -> Any:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_build(parts[0], item) for item in data)
    return tuple(_build(part, item) for part, item in zip(parts, data, strict=True))


def _build_union(options: tuple[Any, ...], data: Any) -> Any:
    if data is None:
        return None
    named = {option.__name__: option for option in options if isinstance(option, type)}
    if isinstance(data, dict) and data.get("type") in named:
        return _build(named[data["type"]], data)
    if isinstance(data, str) and data.split(".")[0] in named:
        return _build(named[data.split(".")[0]], data)
    rest = [option for option in options if option is not type(None)]
    for option in rest:
        if not dataclasses.is_dataclass(option) and _fits(option, data):
            return _build(option, data)
    if len(rest) == 1:
        return _build(rest[0], data)
    raise ValueError(f"none of {options} fits {data!r}")


def _fits(option: Any, data: Any) -> bool:
    if option is bool:
        return isinstance(data, bool)
    if option in (int, float):
        return isinstance(data, int | float) and not isinstance(data, bool)
    return option is str and isinstance(data, str)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _build_dataclass(kind: type, data: Any) -> Any:
    hints = _hints(kind)
    given: dict[str, Any] = {}
    for spec in dataclasses.fields(kind):
        if spec.name in data:
            given[spec.name] = _build(hints[spec.name], data[spec.name])
        elif spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING:
            # Empty values are left out when written; a required field comes back empty.
            given[spec.name] = () if typing.get_origin(hints[spec.name]) is tuple else None
        elif spec.default is not None and spec.default != ():
            given[spec.name] = () if typing.get_origin(hints[spec.name]) is tuple else None
    return kind(**given)


def _build_plain(kind: Any, data: Any) -> Any:
    if kind is Decimal:
        return Decimal(data)
    if kind is timedelta:
        return timedelta(seconds=data)
    if kind in (datetime, date):
        return kind.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data.split(".")[1]) if _is_step(kind) else kind(data)
    return data
