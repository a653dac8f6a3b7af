"""Blank paper twins of the forms (空白表): made from the screen's own form, so that the two cannot differ.

For the hour without power: what would be typed is written by hand and entered later, field by field.
A page that shows more than a form marks what goes on paper with ``data-paper``; with the value ``rows`` a
form that is filled in again and again (who went in, who arrived) becomes a table with its labels as heads.
"""

from __future__ import annotations

from html import escape
from typing import cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.safestring import mark_safe
from lxml import html
from lxml.html import HtmlElement

from fengsui.core.errors import InputError
from fengsui.web import pages
from fengsui.web.seat import seat_of

MOST_OPTIONS = 14
"""Choices that are printed to be ticked; of more, one writes the chosen one."""
LINES = (2, 14)
"""Ruled lines for a longer text, at least and at most: as many as the screen gives it rows."""
ROWS = 12
"""Empty rows of a form that is filled in again and again."""
_FIELDS = ".//input[not(@type='hidden' or @type='file' or @type='search')] | .//select | .//textarea"
_DROPPED = (
    ".//button | .//script | .//kbd | .//div[contains(@class, 'page-head')]//a | .//a[starts-with(., '←')]"
    " | .//*[contains(concat(' ', @class, ' '), ' no-print ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' print-only ')] | .//*[@id='likely'] | .//*[@role='status']"
    " | .//nav//a[not(@aria-current)]"
    " | .//input[@type='hidden' or @type='file' or @type='search'] | .//time[contains(@class, 'clock')]"
)


@pages.screen
def paper(request: HttpRequest) -> HttpResponse:
    """The form at the address ``of``, blank, to be printed. Raises InputError("paper_unknown")."""
    address = urlsplit(request.GET.get("of", ""))
    try:
        match = resolve(address.path)
    except Resolver404:
        raise InputError("paper_unknown") from None
    request.GET = QueryDict(address.query)
    request.path = request.path_info = address.path
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    if answer.status_code != 200:
        return answer  # who may not see the form may not have it on paper
    main = blank(answer.content.decode("utf-8"))
    if main is None:
        raise InputError("paper_unknown")
    context = {"sheet": mark_safe(main), "back": address.path, "who": seat_of(request).post.title}
    return pages.page(request, "parts/paper.html", context)


def blank(page: str) -> str | None:
    """The forms of ``page`` with room to write instead of fields; None when it has none."""
    found = _all(html.document_fromstring(page), "//main")
    if not found or not _all(found[0], ".//form"):
        return None
    main = _marked(found[0])
    for element in _all(main, _DROPPED):
        element.drop_tree()
    for part in _all(main, ".//*[@data-paper='rows']"):
        _as_rows(part)
    for field in _all(main, _FIELDS):
        _tell(field, main)
    _open_up(main)
    _make_room(main)
    inner = (main.text or "") + "".join(html.tostring(child, encoding="unicode") for child in main)
    return inner if any(word in inner for word in ("write", "tick", "paper-rows")) else None


def _open_up(main: HtmlElement) -> None:
    """Nothing stays folded, and no form goes anywhere."""
    for details in _all(main, ".//details"):
        details.set("open", "")
    for form in _all(main, ".//form"):
        for name in [
            name for name in form.attrib if str(name).startswith(("hx-", "data-")) or name == "action"
        ]:
            del form.attrib[name]


def _make_room(main: HtmlElement) -> None:
    """Room to write in the place of each field."""
    for select in _all(main, ".//select"):
        _replace(
            select, _choices([str(option.text_content()).strip() for option in _all(select, "./option")])
        )
    for area in _all(main, ".//textarea"):
        _replace(area, '<span class="write-line"></span>' * _lines(area))
    for field in _all(main, ".//input"):
        tick = field.get("type") in ("radio", "checkbox")
        _replace(field, '<span class="tick">☐</span>' if tick else '<span class="write"></span>')


def _marked(main: HtmlElement) -> HtmlElement:
    """The heads of the page and the parts that are marked for paper; all of it where none is."""
    parts = _all(main, ".//*[@data-paper]")
    if not parts:
        return main
    sheet = html.fragment_fromstring("", create_parent="main")
    for element in [*_all(main, ".//h1"), *parts]:
        element.tail = None
        element.set("class", element.get("class", "").replace("no-print", ""))
        sheet.append(element)
    return sheet


def _as_rows(part: HtmlElement) -> None:
    """The fields of ``part`` as the head of a table with empty rows."""
    heads = [" ".join(str(label.text_content()).split()) for label in _all(part, ".//label")]
    heads += [item.get("data-paper-also", "") for item in _all(part, ".//*[@data-paper-also]")]
    head = "".join(f"<th>{escape(text)}</th>" for text in heads if text)
    row = f"<tr>{'<td></td>' * len([text for text in heads if text])}</tr>"
    made = f'<table class="paper-rows"><thead><tr>{head}</tr></thead><tbody>{row * ROWS}</tbody></table>'
    for form in _all(part, ".//form"):
        _replace(form, made)


def _tell(field: HtmlElement, main: HtmlElement) -> None:
    """What a field is for, where the screen says so but in no label: on paper nothing is read aloud."""
    said = field.get("aria-label")
    labelled = _all(field, "./ancestor::label") or (
        field.get("id") and main.xpath(".//label[@for=$id]", id=field.get("id"))
    )
    if said and not labelled:
        name = html.fragment_fromstring(f'<span class="paper-label">{escape(said)}</span>')
        field.addprevious(name)


def _all(element: HtmlElement, path: str) -> list[HtmlElement]:
    return cast(list[HtmlElement], element.xpath(path))


def _lines(area: HtmlElement) -> int:
    rows = area.get("rows", "")
    return min(max(int(rows) if rows.isdigit() else 0, LINES[0]), LINES[1])


def _choices(options: list[str]) -> str:
    if len(options) > MOST_OPTIONS:
        return '<span class="write"></span>'
    return "".join(f'<span class="tick-option"><span class="tick">☐</span>{text}</span> ' for text in options)


def _replace(element: HtmlElement, made: str) -> None:
    new = html.fragment_fromstring(made, create_parent="span")
    new.set("class", "paper-field")
    new.tail = element.tail
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, new)
