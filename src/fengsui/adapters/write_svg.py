"""A drawing as SVG (``Chart`` → text): presentation attributes only, so that it shows under a strict CSP.

Kinds differ by border and by words as well as by colour. Every text is escaped; characters that XML does not
allow are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from fengsui.core.citation import Citation
from fengsui.core.plan.chart.shapes import (
    BODY_SIZE,
    BODY_STEP,
    PAD,
    TITLE_SIZE,
    TITLE_STEP,
    Box,
    Chart,
    Frame,
    Line,
)

FONTS = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, SimHei, sans-serif"
INK, MUTED, EDGE = "#16212c", "#55626f", "#55626f"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS = {
    "command": ("#e8f0fd", "#12324c", "2.5", ""),
    "post": ("#ffffff", "#12324c", "1.5", ""),
    "office": ("#ffffff", "#12324c", "1.5", ""),
    "group": ("#ffffff", "#55626f", "1.5", ""),
    "unit": ("#f5f8fa", "#8e9aa6", "1", ""),
    "stage": ("#12324c", "#12324c", "1.5", ""),
    "missing": ("#fff1e3", "#b54708", "1.5", "6 4"),
    "more": ("#ffffff", "#55626f", "1", "2 3"),
    "level-I": ("#ffffff", "#b3261e", "3", ""),
    "level-II": ("#ffffff", "#b54708", "3", ""),
    "level-III": ("#fffbe0", "#8a6d00", "3", ""),
    "level-IV": ("#ffffff", "#175cd3", "3", ""),
}
_PLAIN = ("#ffffff", "#55626f", "1.5", "")
"""Fill, border, width of the border and its dashes for each kind of box."""


def write_svg(chart: Chart, *, href: Callable[[Citation], str] | None = None, mark: str = "") -> str:
    """The drawing as an SVG document.

    ``href`` gives the address of a clause, for a box to lead to; None: no links. ``mark``: words to be seen
    on the drawing (演练, 草稿).
    """
    top = 26.0 if mark else 0.0
    name = chart.name
    arrow = _tag("path", d="M0 0L8 4L0 8z", fill=EDGE)
    head = {"viewBox": "0 0 8 8", "refX": 7, "refY": 4, "markerWidth": 8, "markerHeight": 8}
    parts = [
        _tag("title", _text(chart.title), id=f"t-{name}"),
        _tag("desc", _text(chart.desc), id=f"d-{name}"),
        _tag("defs", _tag("marker", arrow, id=f"arrow-{name}", orient="auto", **head)),
        _tag("rect", x=0, y=-top, width=chart.width, height=chart.height + top, fill="#ffffff"),
    ]
    if mark:
        place = {"x": chart.width - PAD, "y": -8, "text-anchor": "end"}
        parts.append(_tag("text", _text(mark), font_size=14, font_weight=700, fill="#6d28d9", **place))
    parts += [_frame(frame) for frame in chart.frames]
    parts += [_line(line, name) for line in chart.lines]
    parts += [_box(box, href) for box in chart.boxes]
    box = " ".join(_number(value) for value in (0, -top, chart.width, chart.height + top))
    return _tag(
        "svg",
        "\n" + "\n".join(parts) + "\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        width=chart.width,
        height=chart.height + top,
        role="img",
        aria_labelledby=f"t-{name} d-{name}",
        font_family=FONTS,
    )


def _tag(name: str, inside: str | None = None, /, **attributes: Any) -> str:
    """An element; ``inside`` is escaped already, attributes are escaped here (``_`` stands for ``-``)."""
    given = "".join(
        f" {key.replace('_', '-')}={_attribute(value if isinstance(value, str) else _number(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{given}/>" if inside is None else f"<{name}{given}>{inside}</{name}>"


def _frame(frame: Frame) -> str:
    look = {"fill": "#fbfcfd", "stroke": "#aab5c0", "stroke-width": 1, "rx": 8}
    border = _tag("rect", x=frame.x, y=frame.y, width=frame.width, height=frame.height, **look)
    return border + _words(frame.caption, frame.x + PAD + 6, frame.y + 23, 14, INK, bold=True)


def _line(line: Line, name: str) -> str:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in line.points)
    head = {"marker-end": f"url(#arrow-{name})"} if line.arrow else {}
    return _tag("polyline", points=points, fill="none", stroke=EDGE, stroke_width=1.5, **head)


def _box(box: Box, href: Callable[[Citation], str] | None) -> str:
    fill, edge, thick, dashes = _LOOKS.get(box.kind, _PLAIN)
    look = {"fill": fill, "stroke": edge, "stroke-width": thick}
    if dashes:
        look["stroke-dasharray"] = dashes
    ink = "#ffffff" if box.kind == "stage" else INK
    drawn = [
        _tag("title", _text(_told(box))),
        _tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=5, **look),
    ]
    x, y = box.x + PAD, box.y + PAD
    for line in box.title:
        drawn.append(_words(line, x, y + TITLE_SIZE, TITLE_SIZE, ink, bold=True))
        y += TITLE_STEP
    for line in box.body:
        drawn.append(_words(line, x, y + BODY_SIZE, BODY_SIZE, ink))
        y += BODY_STEP
    if box.clause:
        drawn.append(_words(box.clause, x, y + BODY_SIZE, BODY_SIZE, MUTED))
    inside = "".join(drawn)
    if href is None or box.source is None:
        return _tag("g", inside)
    return _tag("a", inside, href=href(box.source))


def _told(box: Box) -> str:
    quote = f"\n“{box.source.quote}”" if box.source is not None and box.source.quote else ""
    return f"{box.full}\n{box.clause}{quote}".strip()


def _words(text: str, x: float, y: float, size: float, ink: str, *, bold: bool = False) -> str:
    weight = {"font-weight": 700} if bold else {}
    return _tag("text", _text(text), x=x, y=y, font_size=size, fill=ink, **weight)


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


def _number(value: float) -> str:
    """A length with a tenth at most."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
