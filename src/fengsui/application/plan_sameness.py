"""Whether two plans are the same one: by text in any format, or by title as a later version."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from fengsui.application.plan_library_ports import KnownPlan
from fengsui.core.plan.titles import title_key as title_key
from fengsui.core.reading.blocks import TextLine

_NO_SIGN = re.compile(r"[\W_]+")
_LEAST_TITLE = 4
"""A shorter title (应急预案) names no plan."""


def text_hash(lines: Iterable[TextLine], first: int, last: int) -> str:
    """The identity of the text of lines ``first`` to ``last``, whatever format it came in.

    Only letters and figures count, but every figure: formats differ in blanks, marks and bullets.
    """
    # Nothing is composed over the end of a line, so all lines are folded in one go.
    text = "\n".join(line.text for line in lines if first <= line.number <= last)
    kept = _NO_SIGN.sub("", unicodedata.normalize("NFKC", text))
    return hashlib.sha256(kept.encode()).hexdigest()


def earlier_version(candidates: tuple[KnownPlan, ...], key: str, issuer: str) -> KnownPlan | None:
    """The plan of the same title that a new text is a later version of.

    Two bodies may each have a plan of one title (every mine has its own): where both names are known and
    differ, neither is a version of the other.
    """
    if len(key) < _LEAST_TITLE or key == "应急预案":
        return None
    mine = _plain(issuer)
    fits = [one for one in candidates if not mine or not one.issuer or _plain(one.issuer) == mine]
    return fits[0] if fits else None


def _plain(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", name) if char.isalnum())
