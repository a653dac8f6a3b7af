"""The plan's own rule on 以上 and 以下 (含本数, 不含本数)."""

from __future__ import annotations

import re
from itertools import pairwise

from fengsui.core.plan.level import BoundaryRule
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.outline import Outline
from fengsui.core.reading.phrases.folded import fold

_NO = r"(?:不包?含|不包括|不含|均不含|不在内)"
_YES = r"(?:均?包?含|均?包括|均含)"
_QUOTED = r"[\"”'’」]?"
_ABOVE = re.compile(
    rf"以上{_QUOTED}(?:的表述|一词|、[\"“]?以内{_QUOTED})?,?(?:均|都|应|皆)?({_NO}|{_YES})本?(?:数|级|身)?"
)
_BELOW = re.compile(rf"以下{_QUOTED}(?:的表述|一词)?,?(?:均|都|应|皆)?({_NO}|{_YES})本?(?:数|级|身)?")
_BOTH = re.compile(
    rf"以上{_QUOTED}[、和,与及]?{_QUOTED}[\"“]?以下{_QUOTED}(?:的表述|一词)?,?(?:均|都)?({_NO}|{_YES})本?数?"
)
_INLINE_ABOVE = re.compile(rf"以上\(({_NO}|{_YES})本?数?,?(?:以?下同|余?同)")
_INLINE_BELOW = re.compile(rf"以下\(({_NO}|{_YES})本?数?,?(?:以?下同|余?同)")
_SPEAKS = re.compile(r"本数|本级|包括本|含本")


def extract_boundary_rule(outline: Outline) -> Extracted[BoundaryRule]:
    """The rule as the plan states it: a closing clause, or a remark at the first figure (含本数，下同)."""
    closing: BoundaryRule | None = None
    above: bool | None = None
    below: bool | None = None
    inline: BoundaryRule | None = None
    for section, paragraph in outline.paragraphs():
        if "本" not in paragraph.text or "以" not in paragraph.text:
            continue
        folded = fold(paragraph.text)
        text = folded.text
        if ("以上" not in text and "以下" not in text) or not _SPEAKS.search(text):
            continue
        for start, end in _sentences(text):
            found = _closing(text[start:end])
            if found is not None and closing is None:
                source = outline.cite(section, paragraph, *folded.original(start, end))
                closing = BoundaryRule(
                    text=source.quote, above_included=found[0], below_included=found[1], source=source
                )
        for pattern, side in ((_INLINE_ABOVE, "above"), (_INLINE_BELOW, "below")):
            match = pattern.search(text)
            if match is None:
                continue
            if side == "above" and above is None:
                above = _says(match[1])
            if side == "below" and below is None:
                below = _says(match[1])
            source = outline.cite(section, paragraph, *folded.original(match.start(), match.end()))
            quote = source.quote if inline is None else f"{inline.text}；{source.quote}"
            inline = BoundaryRule(
                text=quote,
                above_included=above,
                below_included=below,
                source=inline.source if inline else source,
            )
    rule = closing or inline
    return Extracted((rule,) if rule else ())


def _sentences(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in re.finditer(r"[。;]", text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def _closing(sentence: str) -> tuple[bool | None, bool | None] | None:
    """(以上 includes, 以下 includes) of a closing clause; None where the sentence is none."""
    if "(" in sentence and not re.search(r"[\"“”'‘’]?以[上下]", re.sub(r"\([^()]*\)", "", sentence)):
        return None
    both = _BOTH.search(sentence)
    if both:
        return _says(both[1]), _says(both[1])
    above, below = _ABOVE.search(sentence), _BELOW.search(sentence)
    if (above is None and below is None) or ("本数" not in sentence and "本级" not in sentence):
        return None
    return (_says(above[1]) if above else None), (_says(below[1]) if below else None)


def _says(word: str) -> bool:
    return not word.lstrip("均都应皆").startswith("不")
