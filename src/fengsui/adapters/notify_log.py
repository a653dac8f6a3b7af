"""A channel that writes messages to a file, one JSON line each: for trying out and for the record.

Delivery is at least once: after a crash a line may stand twice, with the same ``message_id``.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from fengsui.application.ports import Clock, OutboxRow
from fengsui.core.errors import Retryable


class LogChannel:
    """Appends to ``path``; the line is on disk when ``send`` returns."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def send(self, message: OutboxRow) -> None:
        """Write one line. Raises Retryable("channel_failed") when the file cannot be written."""
        line = {"at": self._clock.now().isoformat(), **asdict(message)}
        text = json.dumps(line, ensure_ascii=False) + "\n"
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                # One write to an O_APPEND file: lines of several runners never mix.
                os.write(handle, text.encode("utf-8"))
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as problem:
            raise Retryable("channel_failed", channel=message.channel, detail=str(problem)) from problem
