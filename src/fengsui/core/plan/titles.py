"""Titles of plans without what differs between versions of one plan."""

from __future__ import annotations

import re
import unicodedata

_EDITION = re.compile(
    r"[(\[〔【](?:[^()\[\]〔〕【】]{0,12})?(?:年|版|稿|试行|暂行|修订|修编|修改|简本|印发)[^()\[\]〔〕【】]{0,8}[)\]〕】]"
)
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:年度?)?(?:版|修订版|修订)?|[一二][〇零○0-9一二三四五六七八九]{3}年(?:版|修订版)?"
)
_WORN = re.compile(r"(?:试行|暂行|修订稿|修订版|征求意见稿|送审稿|报批稿|审定稿|定稿)$")


def title_key(title: str) -> str:
    """``title`` without what differs between versions: widths, blanks, marks, years, （试行）, （修订稿）."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
    text = _YEAR.sub("", _EDITION.sub("", text))
    return _WORN.sub("", "".join(char for char in text if char.isalnum()))[:300]
