"""The telephone list as PDF: large type, boxes to tick, a field for the code; no person cut by a page."""

from __future__ import annotations

from dataclasses import asdict

from fengsui.adapters.write_pdf import FACES, set_pages
from fengsui.application.call_list import CallSheet

PAGE = (
    FACES
    + r"""
#let d = json(bytes(sys.inputs.data))
#let marks = d.marks.join("　")
#set document(title: d.title)
#set page(paper: "a4", margin: (x: 14mm, top: 14mm, bottom: 16mm), footer-descent: 5mm,
  footer: context { set text(font: hei, size: 9pt, fill: luma(30%)); grid(columns: (1fr, auto), d.made,
    [#counter(page).display() / #counter(page).final().first()]) },
  background: if d.marks.len() > 0 {
    rotate(-35deg, text(font: hei, size: 80pt, fill: rgb("#f0ebfb"), marks)) })
#set text(font: hei, size: 12pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set par(leading: 5pt, spacing: 6pt, justify: false)
#let box-of(label) = [#box(width: 11pt, height: 11pt, stroke: 0.9pt, baseline: 1.5pt) #label]
#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  text(size: 22pt, weight: "bold",
    d.title + if d.marks.len() > 0 { "（" + marks + "）" }),
  text(size: 11pt, d.labels.page))
#line(length: 100%, stroke: 2pt)
#text(size: 13pt, weight: "bold", d.incident) #h(8pt) #text(size: 11pt, d.place)
#par(d.opening)
#for c in d.lines {
  block(width: 100%, breakable: false, above: 7pt, below: 0pt, inset: (x: 0pt, top: 7pt),
    stroke: (top: 0.7pt + luma(40%)), {
    grid(columns: (24pt, 1fr, auto), gutter: 6pt, align: (left + top, left + top, right + top),
      text(size: 16pt, weight: "bold", str(c.number)),
      [#text(size: 14pt, weight: "bold", c.who) #h(6pt) #text(size: 14pt, c.name)],
      text(size: 17pt, weight: "bold", if c.phone != "" { c.phone } else { d.labels.no_phone }))
    pad(left: 30pt, { for t in c.say { par(t) }
      v(3pt)
      grid(columns: (auto, auto, auto, auto, 1fr), gutter: 16pt, align: left + bottom,
        box-of(d.labels.reached), box-of(d.labels.no_answer), box-of(d.labels.busy),
        [#d.labels.code #for n in range(4) { box(width: 17pt, height: 19pt, stroke: 0.9pt, baseline: 4pt) }],
        [#d.labels.at #box(width: 1fr, line(length: 100%, stroke: 0.6pt))]) })
  })
}
"""
)


def write_call_list(sheet: CallSheet) -> bytes:
    """The list as PDF. Raises Permanent("pdf_not_made")."""
    data = asdict(sheet)
    data.pop("made_at")
    return set_pages(PAGE, data)
