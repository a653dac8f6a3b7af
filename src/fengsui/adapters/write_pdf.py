"""PDF by typst: a fixed template of ours, and the words as JSON beside it.

No word of a document ever becomes source: the template sets strings, so no sign in a text can mean anything
to the compiler. Fonts are named with fallbacks and come from the machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

import typst

from fengsui.core.errors import Permanent
from fengsui.core.plan.sheet import Block, CardSheet, HeadingBlock, OfficialDocument, TableBlock, TextBlock

LONGEST_RUN = 24
"""Signs without a place to break; more would run over the edge of the page."""
_RUN = re.compile(rf"[!-~]{{{LONGEST_RUN}}}(?=[!-~])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

FACES = """
#let fang = ("FangSong", "FangSong_GB2312", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC")
#let hei = ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei")
#let kai = ("KaiTi", "KaiTi_GB2312", "STKaiti", "Noto Serif CJK SC", "Source Han Serif SC")
#let song = ("FZXiaoBiaoSong-B05S", "STZhongsong", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun")
#let plain = ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC")
"""
"""The faces of the standard (仿宋、黑体、楷体、小标宋、宋体), each with what stands in for it."""

OFFICIAL = (
    FACES
    + r"""
#let d = json(bytes(sys.inputs.data))
#let pitch = 28.95pt
#set document(title: d.title)
#let marks = d.marks.join("　")
#set page(
  paper: "a4",
  margin: (top: 37mm, bottom: 35mm, inside: 28mm, outside: 26mm),
  header-ascent: 10mm,
  footer-descent: 7mm,
  header: if d.marks.len() > 0 { align(right, text(font: hei, size: 12pt, fill: rgb("#6d28d9"), marks)) },
  footer: context {
    let n = counter(page).get().first()
    set text(font: plain, size: 14pt)
    align(if calc.odd(n) { right } else { left }, pad(x: 14pt, [— #n —]))
  },
  background: if d.marks.len() > 0 {
    rotate(-35deg, text(font: hei, size: 72pt, fill: rgb("#ececf2"), marks))
  },
)
#set text(font: fang, size: 16pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set text(tracking: -0.21pt, top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, linebreaks: "simple", leading: pitch - 16pt, spacing: pitch - 16pt)
#let lines(t) = t.split("\n").join(linebreak())
#let sentence(body) = par(first-line-indent: (amount: 2em, all: true), body)
#let head(b) = {
  let face = if b.depth == 1 { hei } else if b.depth == 2 { kai } else { fang }
  let weight = if b.depth == 3 { "bold" } else { "regular" }
  block(sticky: b.rest == "", breakable: true,
    sentence[#text(font: face, weight: weight, b.text)#b.rest])
}
#let grid-of(b) = {
  set text(size: 12pt, tracking: 0pt)
  set par(justify: false, leading: 5pt, spacing: 5pt)
  let head = if b.head { b.rows.first() } else { () }
  let rest = if b.head { b.rows.slice(1) } else { b.rows }
  let cells = rest.flatten().map(c => table.cell(lines(c)))
  table(
    columns: b.widths.map(w => w * 1fr), inset: 5pt, stroke: 0.5pt, align: left + horizon,
    ..if b.head { (table.header(..head.map(c => table.cell(align: center, text(font: hei, lines(c))))),) },
    ..cells,
  )
}
#let show-block(b) = {
  if b.kind == "heading" { head(b) }
  else if b.kind == "table" { grid-of(b) }
  else if b.centred { align(center, text(font: kai, b.text)) }
  else { sentence(lines(b.text)) }
}
#let red = rgb("#d7000f")
#if d.issuer != none {
  v(35mm, weak: false)
  let size = calc.min(44pt, 440pt / calc.max(1, d.issuer.clusters().len()))
  align(center, text(font: song, size: size, fill: red, weight: "bold", tracking: 0pt, d.issuer))
  v(pitch)
  if d.signer != "" {
    pad(x: 1em, grid(columns: (1fr, auto), if d.number != none { d.number } else { [　] }, d.signer))
  } else { align(center, if d.number != none { d.number } else { [　] }) }
  v(4mm, weak: true)
  line(length: 100%, stroke: 1.5pt + red)
  v(2 * pitch - 16pt)
}
#align(center, block(width: 92%, {
  set par(justify: false, leading: 14pt)
  text(font: song, size: 22pt, weight: "bold", tracking: 0pt, d.title)
}))
#v(pitch - 16pt)
#if d.addressed_to != "" { par(first-line-indent: 0em, d.addressed_to + "：") }
#for b in d.body { show-block(b) }
#if d.date != "" {
  v(pitch)
  let right-pad = 4em
  block(width: 100%, align(right, pad(right: right-pad, align(center, {
    if d.issuer != none { d.issuer; linebreak() }
    d.date
  }))))
}
#for annex in d.attached {
  pagebreak(weak: true)
  for b in annex { show-block(b) }
}
#if d.compiled.len() > 0 {
  pagebreak()
  text(font: hei, d.compiled_label)
  v(pitch - 16pt)
  align(center, text(font: song, size: 22pt, weight: "bold", tracking: 0pt, d.compiled_title))
  v(pitch - 16pt)
  for b in d.compiled { show-block(b) }
}
#if d.imprint != none {
  v(1fr)
  set text(size: 14pt)
  block(breakable: false, width: 100%, {
    line(length: 100%, stroke: 0.35mm)
    v(-6pt)
    if d.copied_to != "" {
      pad(x: 14pt, par(hanging-indent: 3em, "抄送：" + d.copied_to + "。"))
      v(-6pt)
      line(length: 100%, stroke: 0.25mm)
      v(-6pt)
    }
    pad(x: 14pt, grid(columns: (1fr, auto), d.imprint.first(), d.imprint.last()))
    v(-6pt)
    line(length: 100%, stroke: 0.35mm)
  })
}
"""
)
"""GB/T 9704-2012: type area 156 × 225 mm, 22 lines of 28 characters, page number at the outer corner."""

CARD = (
    FACES
    + r"""
#let d = json(bytes(sys.inputs.data))
#let marks = d.marks.join("　")
#set document(title: d.title + " " + d.name)
#set page(
  paper: "a4", margin: (x: 15mm, top: 14mm, bottom: 15mm), footer-descent: 5mm,
  footer: context { set text(font: hei, size: 9pt, fill: luma(30%)); grid(columns: (1fr, auto), d.foot,
    [#counter(page).display() / #counter(page).final().first()]) },
  background: if d.marks.len() > 0 {
    rotate(-35deg, text(font: hei, size: 80pt, fill: rgb("#f0ebfb"), marks))
  },
)
#let k = if d.large { 1.25 } else { 1.0 }
#set text(font: hei, size: k * 12.5pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set text(top-edge: 0.85em, bottom-edge: -0.15em)
#set par(leading: 4.5pt, spacing: 6pt, justify: false)
#let lines(t) = t.split("\n").join(linebreak())
#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  text(size: 24pt, weight: "bold", d.name),
  text(size: 16pt, fill: rgb("#b3261e"), weight: "bold",
    d.title + if d.marks.len() > 0 { "（" + marks + "）" }))
#line(length: 100%, stroke: 2pt)
#for t in d.lead { par(text(size: k * 11pt, t)) }
#for b in d.body {
  if b.kind == "heading" {
    block(sticky: true, above: 9pt, below: 5pt, if b.depth == 1 {
      text(size: k * 15pt, weight: "bold", b.text) }
      else { box(fill: rgb("#12324c"), inset: (x: 7pt, y: 3pt), radius: 2pt,
        text(fill: white, weight: "bold", b.text)) })
  } else if b.kind == "table" {
    set text(size: k * 11.5pt)
    let head = if b.head { b.rows.first() } else { () }
    let rest = if b.head { b.rows.slice(1) } else { b.rows }
    table(columns: b.widths.map(w => w * 1fr), inset: (x: 5pt, y: 3.5pt), stroke: 0.5pt + luma(45%),
      align: left + horizon,
      ..if b.head { (table.header(..head.map(c => table.cell(fill: luma(92%), text(weight: "bold", c)))),) },
      ..rest.flatten().map(c => table.cell(lines(c))))
  } else { par(lines(b.text)) }
}
"""
)
"""One or two sides of A4 in a face that is read at arm's length."""


def write_pdf(document: OfficialDocument) -> bytes:
    """An official document as PDF. Raises Permanent("pdf_not_made")."""
    return _compile(OFFICIAL, _data(document))


def write_card_pdf(card: CardSheet) -> bytes:
    """An action card as PDF. Raises Permanent("pdf_not_made")."""
    return _compile(CARD, _data(card))


def set_pages(template: str, data: Mapping[str, Any]) -> bytes:
    """Pages of the typst source ``template``, which finds ``data`` as JSON in ``sys.inputs.data``.

    Raises Permanent("pdf_not_made").
    """
    return _compile(template, _clean(data))


def _data(sheet: OfficialDocument | CardSheet) -> dict[str, Any]:
    data = asdict(sheet)
    for part in ("body", "compiled"):
        data[part] = _blocks(getattr(sheet, part, ()))
    data["attached"] = [_blocks(annex) for annex in getattr(sheet, "attached", ())]
    cleaned: dict[str, Any] = _clean(data)
    return cleaned


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    kinds = {HeadingBlock: "heading", TextBlock: "text", TableBlock: "table"}
    return [{"kind": kinds[type(block)], **asdict(block)} for block in blocks]


def _clean(value: Any) -> Any:
    """Texts without control signs, with places to break in long runs of Latin signs."""
    if isinstance(value, str):
        return _RUN.sub("\\g<0>\u200b", _CONTROL.sub("", value))
    if isinstance(value, Mapping):
        return {name: _clean(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    # Looking for the fonts of the machine takes longer than setting a page: once a process.
    return typst.Fonts(include_embedded_fonts=False)


def _compile(template: str, data: Mapping[str, Any]) -> bytes:
    given = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        made = typst.Compiler(template.encode(), font_paths=_fonts(), sys_inputs=given).compile(format="pdf")
    except typst.TypstError as problem:
        raise Permanent("pdf_not_made", detail=str(problem).splitlines()[0]) from problem
    return made if isinstance(made, bytes) else b"".join(made or [])
