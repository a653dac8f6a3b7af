"""The report for a browser or a printer: one file, no script, nothing fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from fengsui.application.lint_report import Checked, Told, by_plan, told
from fengsui.application.wording import word
from fengsui.core.lint.finding import Severity

SHOWN_AROUND = 60
"""Signs of a long line shown on either side of the words relied on."""
_MOST_MARKED = 240
"""Signs of the words relied on shown at most."""


def html(checked: Sequence[Checked], language: str = "zh") -> str:
    """All findings as one page."""
    every = [(each, told(each, language)) for each in checked]
    items = [item for _, found in every for item in found]
    say = _Words(language)
    body = [
        f"<header><h1>{say('title')}</h1>",
        f'<p class="lead">{_lead(checked, items, language)}</p></header>',
    ]
    if items:
        body.append(_severities(items, say))
        body.append(_families(items, say))
        body.append(_plans(every, say))
    for place, (each, found) in enumerate(every):
        body.append(_file(each, found, place, say))
    style = files(__package__).joinpath("report.css").read_text("utf-8")
    spoken = "zh-CN" if language == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{say('title')}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )


class _Words:
    """Words of the report in one language, safe to put into the page."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, code: str, /, **data: object) -> str:
        return escape(word("lint_report", code, self.language, **data))

    def of(self, group: str, code: str) -> str:
        return escape(word(group, code, self.language))


def _lead(checked: Sequence[Checked], items: Sequence[Told], language: str) -> str:
    counts = Counter(item.finding.severity.value for item in items)
    grades = {grade.value: counts[grade.value] for grade in Severity}
    total = {"plans": len(checked), "count": len(items)}
    said = escape(word("lint", "summary" if items else "clean", language, **total, **grades))
    aside = sum(len(each.dismissed) for each in checked)
    return said + (escape(word("lint_report", "aside", language, count=aside)) if aside else "")


def _severities(items: Sequence[Told], say: _Words) -> str:
    counts = Counter(item.finding.severity for item in items)
    tiles = [
        f'<li class="{grade.value}"><b>{counts[grade]}</b> {say.of("lint", f"severity_{grade.value}")}'
        f"<small>{say(f'means_{grade.value}')}</small></li>"
        for grade in Severity
    ]
    return f'<ul class="tiles">{"".join(tiles)}</ul>'


def _families(items: Sequence[Told], say: _Words) -> str:
    counts = Counter((item.finding.rule.family, item.finding.severity) for item in items)
    families = sorted({family for family, _ in counts}, key=lambda one: [-counts[one, s] for s in Severity])
    head = "".join(f"<th>{say.of('lint', f'severity_{grade.value}')}</th>" for grade in Severity)
    rows = []
    for family in families:
        cells = "".join(f"<td>{counts[family, grade] or '—'}</td>" for grade in Severity)
        total = sum(counts[family, grade] for grade in Severity)
        rows.append(f"<tr><th>{family} {say.of('lint_family', family)}</th>{cells}<td>{total}</td></tr>")
    return _table(say("by_family"), f"<th>{say('family')}</th>{head}<th>{say('total')}</th>", rows)


def _plans(every: Sequence[tuple[Checked, Sequence[Told]]], say: _Words) -> str:
    rows = []
    for place, (each, found) in enumerate(every):
        for number, (plan, items) in enumerate(by_plan(found).items()):
            counts = Counter(item.finding.severity for item in items)
            cells = "".join(f"<td>{counts[grade] or '—'}</td>" for grade in Severity)
            name = escape(_bare(plan) or each.file)
            rows.append(f'<tr><th><a href="#p{place}-{number}">{name}</a></th>{cells}</tr>')
    if len(rows) < 2:
        return ""
    head = "".join(f"<th>{say.of('lint', f'severity_{grade.value}')}</th>" for grade in Severity)
    return _table(say("by_plan"), f"<th>{say('plan')}</th>{head}", rows)


def _table(title: str, head: str, rows: Sequence[str]) -> str:
    return (
        f'<section class="sum"><h2>{title}</h2><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></section>"
    )


def _file(checked: Checked, found: Sequence[Told], place: int, say: _Words) -> str:
    parts = []
    for number, (plan, items) in enumerate(by_plan(found).items()):
        title = escape(_bare(plan) or checked.file)
        cards = "".join(_card(item, f"f{place}-{item.fingerprint}", say) for item in items)
        parts.append(
            f'<section class="plan" id="p{place}-{number}"><h2>{title}</h2>'
            f'<p class="file">{escape(checked.file)}</p>{cards}</section>'
        )
    return "\n".join(parts)


def _card(item: Told, anchor: str, say: _Words) -> str:
    found = item.finding
    grade = found.severity.value
    where = [say("clause", clause=found.clause)] if found.clause else []
    where += [say("line", line=found.line)] if item.marked else []
    facts = [("why", item.why), ("basis", item.basis), ("mend", item.mend)]
    facts += [("elsewhere", place) for place in item.elsewhere]
    said = "".join(f"<dt>{say(code)}</dt><dd>{escape(text)}</dd>" for code, text in facts if text)
    return (
        f'<article class="{grade}" id="{anchor}"><h3><span class="grade">'
        f"{say.of('lint', f'severity_{grade}')}</span> {escape(item.said)}</h3>"
        f'<p class="where">{" · ".join((found.rule.code, *where))}</p>{_quote(item)}<dl>{said}</dl></article>'
    )


def _quote(item: Told) -> str:
    if not item.marked.strip():
        return ""
    before = item.before.lstrip()
    before = before if len(before) <= SHOWN_AROUND else "…" + before[-SHOWN_AROUND:]
    after = item.after.rstrip()
    after = after if len(after) <= SHOWN_AROUND else after[:SHOWN_AROUND] + "…"
    marked = item.marked if len(item.marked) <= _MOST_MARKED else item.marked[:_MOST_MARKED] + "…"
    return f"<blockquote>{escape(before)}<mark>{escape(marked)}</mark>{escape(after)}</blockquote>"


def _bare(title: str) -> str:
    """The title without the mark-up sign a text file may begin it with."""
    return title.lstrip("%# ").strip()
