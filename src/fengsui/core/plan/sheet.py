"""What is to be printed (版面): a document or a card as blocks, before any file format.

Writers of .docx and PDF take these values; they hold finished words and no layout but the kind of each block.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingBlock:
    """A heading of ``depth`` 1 …; ``rest`` the sentence that goes on in the same line (一级标题后接正文)."""

    text: str
    depth: int
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A paragraph; ``centred`` for lines under the title (issuer, date, a note)."""

    text: str
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table. ``widths`` are shares of the width, as many as columns; ``head``: the first row is a head.

    A cell may hold several paragraphs, parted by line feeds.
    """

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    head: bool = True


Block = HeadingBlock | TextBlock | TableBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument:
    """A plan as an official document (GB/T 9704-2012).

    ``issuer`` None: no red head; ``number`` the document number; ``date`` the day of issue in words,
    ``attached`` the annexes of the plan itself (附件), after the signature and each on a page of its own;
    ``imprint`` issuer and date of printing (印发机关和印发日期); ``compiled`` the annex made from the data of
    the plan, with its label and title; ``marks`` stand on every page. ``signer`` stands beside the number
    (签发人), ``addressed_to`` over the body (主送机关), ``copied_to`` over the imprint (抄送机关).
    """

    title: str
    body: tuple[Block, ...]
    issuer: str | None = None
    number: str | None = None
    date: str = ""
    attached: tuple[tuple[Block, ...], ...] = ()
    imprint: tuple[str, str] | None = None
    compiled_title: str = ""
    compiled: tuple[Block, ...] = ()
    compiled_label: str = ""
    marks: tuple[str, ...] = ()
    signer: str = ""
    addressed_to: str = ""
    copied_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheet:
    """An action card: ``lead`` lines of who one is, then per plan a heading, lines and tables.

    ``large``: there is so little that it may be set larger, to be read at two metres.
    """

    title: str
    name: str
    lead: tuple[str, ...]
    body: tuple[Block, ...]
    foot: str
    marks: tuple[str, ...] = ()
    large: bool = False
