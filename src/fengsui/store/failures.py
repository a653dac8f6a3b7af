"""Failures of the database, told in the project's own errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError, InterfaceError

from fengsui.core.errors import Retryable


@contextmanager
def told_plainly() -> Iterator[None]:
    """Raise Retryable("store_busy") or Retryable("store_failed") for what the database reports.

    A violated constraint passes through: it is a fault of ours, not of the machine.
    """
    try:
        yield
    except IntegrityError:
        raise
    except (DatabaseError, InterfaceError) as problem:
        busy = "locked" in str(problem) or "deadlock" in str(problem)
        raise Retryable("store_busy" if busy else "store_failed", detail=str(problem)) from problem
