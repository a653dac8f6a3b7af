"""Plan values ⇄ JSON-ready data, for storing; versioned.

Works on the frozen dataclasses of the core by their type hints, so a new field needs no code here.
Union members are told apart by a ``"type"`` key holding the class name.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

VERSION = 1

T = TypeVar("T")


def to_data(value: Any) -> Any:
    """Return ``value`` as JSON-ready data; dataclasses carry their class name under ``"type"``."""
    return value if type(value) in _AS_IS else _writers[type(value)](value)


_AS_IS = frozenset({str, int, float, bool, type(None)})


class _Writers(dict[type, Callable[[Any], Any]]):
    """What makes data of values of a type, found once: every plan that is kept is written by it."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        self[kind] = _writer(kind)
        return self[kind]


_writers = _Writers()


def _writer(kind: type) -> Callable[[Any], Any]:
    if dataclasses.is_dataclass(kind):
        return _dataclass_writer(kind)
    if issubclass(kind, tuple | list | frozenset):
        return lambda value: [to_data(item) for item in value]
    if issubclass(kind, dict):
        return lambda value: {str(key): to_data(item) for key, item in value.items()}
    if issubclass(kind, Enum):
        before = f"{kind.__name__}." if _is_step(kind) else None
        members = {each: each.value if before is None else f"{before}{each.value}" for each in kind}
        return members.__getitem__
    if issubclass(kind, Decimal):
        return lambda value: format(value, "f")
    if issubclass(kind, timedelta):
        return lambda value: value.total_seconds()
    if issubclass(kind, datetime | date):
        return lambda value: value.isoformat()
    return lambda value: value


def _dataclass_writer(kind: type) -> Callable[[Any], Any]:
    name = kind.__name__
    fields = tuple(spec.name for spec in dataclasses.fields(kind))

    def write(value: Any) -> dict[str, Any]:
        body: dict[str, Any] = {"type": name}
        for field in fields:
            item = getattr(value, field)
            if type(item) in _AS_IS:
                if item is not None:
                    body[field] = item
            elif item != ():
                body[field] = _writers[type(item)](item)
        return body

    return write


def _is_step(kind: type) -> bool:
    # Levels of three scales share their values, so a union of them needs the name of the scale.
    return kind.__name__ in ("Grade", "WarningLevel", "ResponseLevel")


def from_data(kind: type[T], data: Any) -> T:
    """Rebuild a value of ``kind`` from ``to_data`` output. Raises ValueError when it does not fit."""
    return typing.cast(T, _builder(typing.cast(Hashable, kind))(data))


Build = Callable[[Any], Any]
_Field = tuple[str, Build, bool, Any]


@cache
def _builder(kind: Any) -> Build:
    """What rebuilds values of ``kind``, made once: a library of plans is decoded thousands of times."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union_builder(typing.get_args(kind))
    if origin is tuple:
        return _tuple_builder(typing.get_args(kind))
    if origin is frozenset:
        of_item = _builder(typing.get_args(kind)[0])
        return lambda data: frozenset(map(of_item, data))
    if origin is dict:
        of_key, of_value = map(_builder, typing.get_args(kind))
        return lambda data: {of_key(key): of_value(item) for key, item in data.items()}
    if dataclasses.is_dataclass(kind):
        return _dataclass_builder(typing.cast(type, kind))
    return _plain_builder(kind)


def _tuple_builder(parts: tuple[Any, ...]) -> Build:
    if len(parts) == 2 and parts[1] is Ellipsis:
        if parts[0] is str:
            return tuple
        of_item = _builder(parts[0])
        return lambda data: tuple(map(of_item, data))
    builders = tuple(map(_builder, parts))
    return lambda data: tuple(build(item) for build, item in zip(builders, data, strict=True))


def _union_builder(options: tuple[Any, ...]) -> Build:
    # Looked up when first needed: a criterion is made of criteria.
    named = {option.__name__: option for option in options if isinstance(option, type)}
    rest = [option for option in options if option is not type(None)]
    plain = [option for option in rest if not dataclasses.is_dataclass(option)]

    def build(data: Any) -> Any:
        if data is None:
            return None
        if isinstance(data, dict) and data.get("type") in named:
            return _builder(named[data["type"]])(data)
        if isinstance(data, str) and (step := data.split(".")[0]) in named:
            return _builder(named[step])(data)
        for option in plain:
            if _fits(option, data):
                return _builder(option)(data)
        if len(rest) == 1:
            return _builder(rest[0])(data)
        raise ValueError(f"none of {options} fits {data!r}")

    return build


def _fits(option: Any, data: Any) -> bool:
    if option is bool:
        return isinstance(data, bool)
    if option in (int, float):
        return isinstance(data, int | float) and not isinstance(data, bool)
    return option is str and isinstance(data, str)


def _dataclass_builder(kind: type) -> Build:
    fields: tuple[_Field, ...] = ()

    def build(data: Any) -> Any:
        nonlocal fields
        if not fields:
            fields = tuple(_fields(kind))
        given: dict[str, Any] = {}
        for name, build_field, filled, empty in fields:
            if name in data:
                given[name] = build_field(data[name])
            elif filled:
                given[name] = empty
        return kind(**given)

    return build


def _fields(kind: type) -> Iterator[_Field]:
    """Name, builder, whether it is given when the data lacks it, and as what.

    Empty values are left out when written; a required field comes back empty.
    """
    hints = typing.get_type_hints(kind)
    for spec in dataclasses.fields(kind):
        required = spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING
        filled = required or (spec.default is not None and spec.default != ())
        empty: Any = () if typing.get_origin(hints[spec.name]) is tuple else None
        yield spec.name, _builder(hints[spec.name]), filled, empty


def _plain_builder(kind: Any) -> Build:
    if kind is Decimal:
        return Decimal
    if kind is timedelta:
        return lambda data: timedelta(seconds=data)
    if kind in (datetime, date):
        return typing.cast(Build, kind.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, Enum):
        members = {member.value: member for member in kind}
        if _is_step(kind):
            return lambda data: kind(data.split(".")[1])
        return lambda data: members[data] if data in members else kind(data)
    return lambda data: data
