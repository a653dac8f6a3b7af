"""Blank paper twins of the forms (空白表): made from the screen's own form, so that the two cannot differ.

For the hour without power: what would be typed is written by hand and entered later, field by field.
"""

from __future__ import annotations

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
LINES = 6
"""Ruled lines for a longer text."""
_DROPPED = (
    ".//button | .//script | .//kbd | .//div[contains(@class, 'page-head')]//a | .//a[starts-with(., '←')]"
    " | .//*[contains(concat(' ', @class, ' '), ' no-print ')] | .//*[@id='likely'] | .//*[@role='status']"
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
    main = found[0]
    for element in _all(main, _DROPPED):
        element.drop_tree()
    for details in _all(main, ".//details"):
        details.set("open", "")
    for select in _all(main, ".//select"):
        _replace(
            select, _choices([str(option.text_content()).strip() for option in _all(select, "./option")])
        )
    for area in _all(main, ".//textarea"):
        _replace(area, "".join('<span class="write-line"></span>' for _ in range(LINES)))
    for field in _all(main, ".//input"):
        tick = field.get("type") in ("radio", "checkbox")
        _replace(field, '<span class="tick">☐</span>' if tick else '<span class="write"></span>')
    for form in _all(main, ".//form"):
        for name in [
            name for name in form.attrib if str(name).startswith(("hx-", "data-")) or name == "action"
        ]:
            del form.attrib[name]
    inner = (main.text or "") + "".join(html.tostring(child, encoding="unicode") for child in main)
    return inner if "write" in inner or "tick" in inner else None


def _all(element: HtmlElement, path: str) -> list[HtmlElement]:
    return cast(list[HtmlElement], element.xpath(path))


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
