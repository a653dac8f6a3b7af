"""Frozen values on their way from one process to another, in a part of the time that pickle takes.

The standard library pickles a frozen dataclass with slots through two functions of Python that look at
its fields anew for each value; a plan as read is a thousand values. Here a value is written as an empty one
of its class, and what fills it follows by columns: the first field of all values of the class, then the
second. Whoever reads them back, one process for all readers, takes no step of Python for a single value.
"""

from __future__ import annotations

import copyreg
import dataclasses
import gc
import io
import pickle
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from fengsui.core.by_columns import fill

_Columns = tuple[type, list[Any], list[list[Any]]]
"""A class, values of it still empty, and what each of its fields holds in each of them."""


def packed(value: Any) -> bytes:
    """``value`` as bytes, for ``unpacked`` in a process of the same program.

    No frozen dataclass in it may be an element of a set or a key of a mapping: it has no hash while empty.
    """
    file = io.BytesIO()
    packer = _Packer(file)
    packer.dump(value)
    while columns := packer.columns():
        packer.dump(columns)  # may meet further values within these
    packer.dump([])
    return file.getvalue()


def unpacked(data: bytes) -> Any:
    """What was packed. Only for bytes of this program: unpickling runs what it is told.

    The collector of garbage rests meanwhile: everything made here is kept, and it would look through it again
    and again while a plan of a thousand values comes to be.
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        unpickler = pickle.Unpickler(io.BytesIO(data))
        value = unpickler.load()
        while filled := unpickler.load():
            for kind, values, columns in filled:  # as they had them: nothing is checked or worked out again
                fill(kind, values, columns)
        return value
    finally:
        if resting:
            gc.enable()


class _Packer(pickle.Pickler):
    """Writes a frozen dataclass with slots as an empty value, and keeps it until its fields are asked for."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._met: dict[type, list[Any]] = {}
        self.dispatch_table = _Table(self._met)

    def columns(self) -> list[_Columns]:
        """The fields of the values met since it was asked last."""
        met = {kind: values.copy() for kind, values in self._met.items() if values}
        for kind in met:
            self._met[kind].clear()
        return [
            (kind, values, [list(map(get, values)) for get in _getters(kind)]) for kind, values in met.items()
        ]


class _Table(dict[type, Callable[[Any], Any]]):
    """How each class is written, found out when its first value is met."""

    def __init__(self, met: dict[type, list[Any]]) -> None:
        self._met = met

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if not _goes_by_columns(kind):
            return copyreg.dispatch_table[kind]  # raises KeyError: the class tells how it is written
        keep, empty = self._met.setdefault(kind, []).append, (copyreg.__newobj__, (kind,))  # type: ignore[attr-defined]

        def as_empty(value: Any) -> Any:
            keep(value)
            return empty

        self[kind] = as_empty
        return as_empty


@cache
def _goes_by_columns(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) and "__slots__" in vars(kind)


@cache
def _getters(kind: type) -> tuple[Callable[[Any], Any], ...]:
    return tuple(attrgetter(field.name) for field in dataclasses.fields(kind))
