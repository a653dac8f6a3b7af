"""Small .docx files made part by part, so that each test shows the mark-up it is about."""

from __future__ import annotations

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def docx(body: str, *, numbering: str = "", styles: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """The bytes of a document with that body."""
    parts: dict[str, bytes] = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
    }
    if numbering:
        parts["word/numbering.xml"] = _part("numbering", numbering)
    if styles:
        parts["word/styles.xml"] = _part("styles", styles)
    return package(parts | (more or {}))


def package(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _part(root: str, inner: str) -> bytes:
    return f'<w:{root} xmlns:w="{W}" xmlns:mc="{MC}">{inner}</w:{root}>'.encode()


def p(text: str, *, style: str = "", number: str = "", level: int = 0, more: str = "") -> str:
    """A paragraph; ``number`` its numbering instance."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{run(text)}</w:p>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>" if text else ""


def levels(*formats: tuple[str, str], abstract: str = "0", extra: str = "") -> str:
    """An abstract definition: (format, text) for each level."""
    items = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (style, text) in enumerate(formats)
    )
    return f'<w:abstractNum w:abstractNumId="{abstract}">{items}</w:abstractNum>'


def num(number: str, abstract: str = "0", inner: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{inner}</w:num>'


def heading_style(name: str, level: int, number: str = "", depth: int = 0) -> str:
    """A paragraph style with an outline level, tied to a numbering instance if one is given."""
    numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="heading {level}"/>'
        f'<w:pPr>{numbered}<w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
    )


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cell(text: str, *, span: int = 1, merge: str | None = None) -> str:
    """A cell; ``merge`` is "restart" or "continue" for a vertical merge."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        properties += f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"
