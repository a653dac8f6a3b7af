"""Failures of the database, told in the project's own errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError, InterfaceError

from fengsui.core.errors import Retryable


@contextmanager
def told_plainly() -> Iterator[None]:
    """Raise Retryable for what the database reports: ``store_busy``, ``store_not_ready``, ``store_failed``.

    A violated constraint passes through: it is a fault of ours, not of the machine.
    """
    try:
        yield
    except IntegrityError:
        raise
    except (DatabaseError, InterfaceError) as problem:
        raise Retryable(_code(str(problem)), detail=str(problem)) from problem


def _code(said: str) -> str:
    if "locked" in said or "deadlock" in said:
        return "store_busy"
    if "no such table" in said or "no such column" in said or "does not exist" in said:
        return "store_not_ready"
    return "store_failed"
