"""Silent errors: figures of criteria that were read wrongly, or not at all, and that no doubt points to.

What is in doubt is looked at by a person before the plan counts; a wrong figure without one is the worst that
can happen. ``python tests/plans/silent_errors.py`` prints them for every shared answer, or for the answers in
one folder and the tables in another (``… ANSWERS TABLES``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from papers import gold, read_for, scorer

NEAR = 1
"""Lines to either side of a figure in which a doubt is seen together with it."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SilentError:
    """A figure of one plan: ``what`` is "wrong" (read, but no answer has it) or "missed"."""

    plan: str
    what: str
    level: str
    fact: str
    bounds: object
    text: str

    def __str__(self) -> str:
        return f"{self.plan}: {self.what} {self.level} {self.fact} {self.bounds} {self.text}"


def silent_errors(plan: str, answer: Row, table: Row) -> list[SilentError]:
    """Every silent error of one plan: ``answer`` is the right one, ``table`` what was read (EXTRACT)."""
    wanted, found = list(_figures(answer)), list(_figures(table))
    _, missed, wrong = scorer().pair(wanted, found, lambda a, b: a[:4] == b[:4])
    doubts = table.get("doubts") or []
    lines = {doubt["line"] for doubt in doubts}
    errors = [
        SilentError(plan, "wrong", f"{kind} {level}", fact, bounds, item["text"])
        for kind, level, bounds, fact, item in wrong
        if not any(abs(item["line"] - line) <= NEAR for line in lines)
    ]
    errors += [
        SilentError(plan, "missed", f"{kind} {level}", fact, bounds, item.get("text") or "")
        for kind, level, bounds, fact, item in missed
        if not _doubted(kind, level, item.get("text") or "", table)
    ]
    return errors


def _figures(table: Row) -> Iterator[tuple[Any, ...]]:
    for kind, level, item in scorer().flat(table.get("levels")):
        bounds = scorer().bounds(item)
        if bounds:
            yield kind, level, bounds, item.get("metric"), item


def _doubted(kind: str, level: str, text: str, table: Row) -> bool:
    """Whether a doubt stands at the level a missed figure belongs to, or speaks of its words."""
    near: set[int] = set()
    for row in table.get("levels") or []:
        if (row["kind"], scorer().level(row["level"])) == (kind, level):
            places = [row["line"], *(item["line"] for _, _, item in scorer().flat([row]))]
            near |= set(range(min(places) - NEAR, max(places) + NEAR + 1))
    doubts = table.get("doubts") or []
    if any(doubt["line"] in near for doubt in doubts if doubt["about"] in ("level", "criterion")):
        return True
    return bool(text) and any(scorer().overlap(text, doubt["text"]) >= 0.5 for doubt in doubts)


def of_answers(answers: Path, tables: Path) -> list[SilentError]:
    """The silent errors of every answer in a folder for which the other folder holds a table."""
    found: list[SilentError] = []
    for path in sorted(answers.glob("*.json")):
        table = tables / path.name
        if table.exists():
            found += silent_errors(
                path.stem, json.loads(path.read_text("utf-8")), json.loads(table.read_text("utf-8"))
            )
    return found


def of_shared_answers() -> tuple[int, list[SilentError]]:
    """(figures in the shared answers, silent errors over all of them)."""
    figures, found = 0, []
    for folder in ("gold-sources", "gold"):
        for name, answer in gold(folder).items():
            table = read_for(folder, name)
            if table is not None:
                figures += sum(1 for _ in _figures(answer))
                found += silent_errors(name, answer, table)
    return figures, found


def _print(errors: Iterable[SilentError], figures: int | None = None) -> None:
    listed = list(errors)
    of = "" if figures is None else f" of {figures} figures"
    sys.stdout.write("".join(f"{error}\n" for error in listed) + f"silent errors: {len(listed)}{of}\n")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _print(of_answers(Path(sys.argv[1]), Path(sys.argv[2])))
    else:
        count, shared = of_shared_answers()
        _print(shared, count)
