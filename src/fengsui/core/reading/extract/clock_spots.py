"""Clock words with the texts around them: which clause each governs, and what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from fengsui.core.reading.extract.clock_words import Mark, marks_in

_STOP = re.compile(r"[，。；]")


@dataclass(slots=True, eq=False)
class Spot:
    """A clock word with the texts around it: before, in its clause (``rest``: to its comma), after.

    Never changed once read; not frozen, as ``Sentence`` is not.
    """

    mark: Mark
    head: str
    clause_head: str
    clause_tail: str
    action: str
    rest: str

    @property
    def clause(self) -> str:
        return self.clause_head + self.mark.words + self.clause_tail


def spots_in(text: str, *, words_alone: bool = True) -> list[Spot]:
    """Every clock word of a sentence with its surroundings; a length hides the words beside it.

    ``words_alone`` as in ``marks_in``.
    """
    marks = marks_in(text, words_alone=words_alone)
    if not marks:
        return []
    lengths = [mark for mark in marks if not mark.instant]
    spots: list[Spot] = []
    for place, mark in enumerate(marks):
        comma, right = _comma_before(text, mark.start), _comma_after(text, _begin_after(text, mark))
        if mark.instant and any(comma <= other.start < right for other in lengths):
            continue
        left = max([comma] + [other.end for other in lengths if other.end <= mark.start])
        near = min([right] + [other.start for other in lengths if other.start >= mark.end])
        # Marks stand in order, so the first of those that follow has the first comma before it.
        later = islice(marks, place + 1, None)
        following = (other.start for other in later if other.start > right and other.words != "同时")
        stop = next((_comma_before(text, at) for at in following), len(text))
        spots.append(
            Spot(
                mark=mark,
                head=text[: mark.start],
                clause_head=text[left : mark.start],
                clause_tail=text[_begin_after(text, mark) : near].rstrip("、和"),
                action=text[mark.end : max(stop, right)].rstrip("，。；"),
                rest=text[near:right],
            )
        )
    return spots


def _begin_after(text: str, mark: Mark) -> int:
    # 同时，要向X报告: the comma parts nothing.
    return mark.end + bool(mark.words == "同时" and text.startswith("，", mark.end))


def _comma_before(text: str, at: int) -> int:
    return (
        max(
            text.rfind("，", 0, at), text.rfind("：", 0, at), text.rfind("。", 0, at), text.rfind("；", 0, at)
        )
        + 1
    )


def _comma_after(text: str, at: int) -> int:
    found = _STOP.search(text, at)
    return found.start() if found else len(text)
