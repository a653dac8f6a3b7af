"""What the commands that write a file share: which plan, which format, and the file itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fengsui.core.errors import InputError
from fengsui.core.plan.model import PlanContent


def chosen(contents: Sequence[PlanContent], part: str | None) -> PlanContent:
    """The one plan whose title has ``part``. Raises InputError when there is none, or more than one."""
    wanted = "".join((part or "").split())
    found = [content for content in contents if wanted in "".join(content.title.split())]
    titles = "、".join(f"《{content.title}》" for content in (found or contents)[:8])
    if not found:
        raise InputError("plan_not_found", title=part, titles=titles)
    if len(found) > 1:
        raise InputError("plan_not_written", count=len(found), titles=titles)
    return found[0]


def format_of(path: Path, formats: tuple[str, ...]) -> str:
    """The format that the name of ``path`` asks for. Raises InputError("format_not_written")."""
    kind = path.suffix.lstrip(".").lower()
    if kind not in formats:
        raise InputError("format_not_written", format=kind or path.name, formats="、".join(formats))
    return kind


def write_file(path: Path, data: bytes) -> None:
    """Write the file. Raises InputError("cannot_write_file")."""
    try:
        path.write_bytes(data)
    except OSError:
        raise InputError("cannot_write_file", path=path) from None
