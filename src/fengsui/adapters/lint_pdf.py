"""The page for a leader as PDF: one side of A4 that is read in a minute."""

from __future__ import annotations

from dataclasses import asdict

from fengsui.adapters.write_pdf import FACES, set_pages
from fengsui.core.lint.leader import LeaderPage

PAGE = (
    FACES
    + r"""
#let d = json(bytes(sys.inputs.data))
#let colours = (H: rgb("#a61b1b"), M: rgb("#8a5a00"), L: rgb("#35618f"))
#set document(title: d.title)
#set page(paper: "a4", margin: (x: 18mm, top: 15mm, bottom: 15mm), footer-descent: 4mm,
  footer: text(font: plain, size: 9pt, fill: luma(35%), d.foot))
#set text(font: plain, size: 11.5pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set par(leading: 5.5pt, spacing: 6pt, justify: false)
#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  text(font: hei, size: 20pt, weight: "bold", d.title), text(size: 11pt, d.day))
#if d.subject != "" { v(3pt); text(font: hei, size: 13pt, d.subject) }
#line(length: 100%, stroke: 1.2pt)
#v(4pt)
#text(font: hei, size: 13pt, d.lead)
#v(5pt)
#grid(columns: (1fr, 1fr, 1fr), gutter: 8pt, ..d.counts.map(c => block(
  width: 100%, inset: (x: 9pt, y: 7pt), stroke: (top: 2.5pt + colours.at(c.at(0)), rest: 0.5pt + luma(75%)), [
    #text(font: hei, size: 19pt, weight: "bold", fill: colours.at(c.at(0)), str(c.at(1)))
    #text(font: hei, size: 12pt, c.at(2)) \
    #text(size: 10pt, fill: luma(30%), c.at(3)) ])))
#v(9pt)
#if d.heading != "" { text(font: hei, size: 14pt, weight: "bold", d.heading) }
#for (i, g) in d.grave.enumerate() {
  block(width: 100%, breakable: false, above: 9pt, below: 0pt, inset: (left: 9pt, y: 5pt, right: 0pt),
    stroke: (left: 2.5pt + colours.at(g.grade)), {
    par(text(font: hei, size: 12pt, weight: "bold", str(i + 1) + ". " + g.said))
    if g.where + g.more != "" {
      par(text(size: 10pt, fill: luma(30%), g.where + if g.where != "" and g.more != "" { " · " } + g.more))
    }
    for (label, words) in ((d.labels.why, g.why), (d.labels.todo, g.todo), (d.labels.who, g.who)) {
      if words != "" {
        par(hanging-indent: 3.6em, [#box(width: 3.6em, text(fill: luma(30%), label))#words])
      }
    }
  })
}
#if d.rest != "" { v(6pt); text(size: 10.5pt, d.rest) }
"""
)


def write_leader_pdf(page: LeaderPage) -> bytes:
    """The page as PDF. Raises Permanent("pdf_not_made")."""
    return set_pages(PAGE, asdict(page))
