"""Whether two plans are the same one: by text in any format, or by title as a later version."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from fengsui.application.plan_library_ports import KnownPlan
from fengsui.core.reading.blocks import TextLine

_EDITION = re.compile(
    r"[(\[〔【](?:[^()\[\]〔〕【】]{0,12})?(?:年|版|稿|试行|暂行|修订|修编|修改|简本|印发)[^()\[\]〔〕【】]{0,8}[)\]〕】]"
)
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:年度?)?(?:版|修订版|修订)?|[一二][〇零○0-9一二三四五六七八九]{3}年(?:版|修订版)?"
)
_WORN = re.compile(r"(?:试行|暂行|修订稿|修订版|征求意见稿|送审稿|报批稿|审定稿|定稿)$")
_LEAST_TITLE = 4
"""A shorter title (应急预案) names no plan."""


def title_key(title: str) -> str:
    """``title`` without what differs between versions: widths, blanks, marks, years, （试行）, （修订稿）."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
    text = _YEAR.sub("", _EDITION.sub("", text))
    return _WORN.sub("", "".join(char for char in text if char.isalnum()))[:300]


def text_hash(lines: Iterable[TextLine], first: int, last: int) -> str:
    """The identity of the text of lines ``first`` to ``last``, whatever format it came in.

    Only letters and figures count, but every figure: formats differ in blanks, marks and bullets.
    """
    digest = hashlib.sha256()
    for line in lines:
        if first <= line.number <= last:
            kept = "".join(char for char in unicodedata.normalize("NFKC", line.text) if char.isalnum())
            digest.update(kept.encode())
    return digest.hexdigest()


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
