"""Rules on law (L1 … L3): what is cited must be in force, rightly numbered, and name today's bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.law import Law, agencies, by_title, laws, plain_title
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules._bodies import body_paragraphs
from fengsui.core.plan.criterion import AllOf, AnyOf, Criterion, Threshold
from fengsui.core.reading.outline import Section

_CITED = re.compile(r"《(?P<title>[^《》]{3,60})》\s*(?:[（(](?P<note>[^（）()]{2,40})[）)])?")
_YEAR_NUMBER = re.compile(r"[〔\[【（(]?\s*(\d{4})\s*[〕\]】）)]?\s*(?:第)?\s*(\d{1,4})\s*号")
_ORDER = re.compile(r"令\s*(?:第)?\s*(\d{1,4})\s*号")
_DATED = re.compile(r"\d{4}\s*(?:年|版|修)|二[〇○零]\d?|第?\s*\d+\s*号|GB|AQ|修订|修正|新修")
_SUPERVISES = re.compile(r"监管|监督检查|监督管理|安全监察|执法")
_ABSTRACT = re.compile(r"法律|法规|规章|规定|文件")


def _citations(context: PlanContext) -> Iterator[tuple[str, str, Citation, str]]:
    """(title, what the bracket after it says, place, text from the citation on)."""
    for section, paragraph in context.paragraphs():
        for match in _CITED.finditer(paragraph.text):
            place = context.outline.cite(section, paragraph, match.start(), match.end())
            yield plain_title(match["title"]), match["note"] or "", place, paragraph.text[match.start() :]


def _says(number: str, note: str) -> bool:
    """Whether the bracket ``note`` prints the number (the year and number, or the number of the order)."""
    for pattern in (_YEAR_NUMBER, _ORDER):
        wanted, printed = pattern.search(number), pattern.search(note)
        if wanted and printed:
            return wanted.groups() == printed.groups()
    return re.sub(r"\s", "", number) in re.sub(r"\s", "", note)


def _meant(title: str, note: str) -> Law | None:
    """The version the citation means by its number, or the only one there is; None when unknown."""
    versions = by_title().get(title, ())
    for law in versions:
        if note and any(_says(number, note) for number in law.numbers):
            return law
        if note and law.in_force and law.in_force[:4] in note:
            return law
    return versions[0] if len(versions) == 1 and not versions[0].versioned else None


def _data(law: Law, title: str) -> dict[str, str]:
    new = laws()[law.repealed_by] if law.repealed_by else law
    number = f"（{new.numbers[0]}）" if new.numbers and new.verified else ""
    since = new.in_force or new.issued
    return {
        "old": title,
        "new": f"《{new.title}》{number}",
        "since": since,
        "sure": "" if law.verified and new.verified else "（待核对）",
        "sure_en": "" if law.verified and new.verified else " (to be checked)",
    }


@rule(code="L1", name="law-repealed", severity=Severity.H)
def law_repealed(context: PlanContext) -> Iterator[Hit]:
    """A law, regulation, plan or standard is relied on that has been replaced."""
    for title, note, place, _ in _citations(context):
        law = _meant(title, note)
        if law is not None and law.repealed_by:
            severity = Severity.H if law.verified else Severity.M
            yield Hit(at=place, severity=severity, data=_data(law, title))


@rule(code="L1", name="law-undated", severity=Severity.M)
def law_undated(context: PlanContext) -> Iterator[Hit]:
    """A law of which older texts circulate is cited without saying which text is meant."""
    seen: set[str] = set()
    for title, note, place, _ in _citations(context):
        current = [law for law in by_title().get(title, ()) if law.versioned]
        if current and title not in seen and not _DATED.search(note):
            seen.add(title)
            yield Hit(at=place, data=_data(current[0], title))


@rule(code="L1", name="grades-of-repealed-law", severity=Severity.H)
def grades_of_repealed_law(context: PlanContext) -> Iterator[Hit]:
    """The grades use the figures of a grading that is no longer law."""
    for law in laws().values():
        if not law.old_grades:
            continue
        places: list[Citation] = []
        facts: set[tuple[str, int]] = set()
        for level in context.content.levels:
            for threshold in _thresholds(level.criteria):
                bounds = dict(law.old_grades).get(threshold.fact)
                if bounds and threshold.low is not None and int(threshold.low) in bounds:
                    places.append(threshold.source)
                    facts.add((threshold.fact, int(threshold.low)))
        # A figure or two may agree by chance (30 deaths still stand); three bounds of every fact do not.
        if all(sum(fact == each for each, _ in facts) >= 3 for fact, _ in law.old_grades):
            yield Hit(at=places[0], others=tuple(places[1:]), data=_data(law, law.title))


def _thresholds(criteria: tuple[Criterion, ...]) -> Iterator[Threshold]:
    for each in criteria:
        if isinstance(each, Threshold):
            yield each
        elif isinstance(each, AllOf | AnyOf):
            yield from _thresholds(each.parts)


@rule(code="L2", name="law-number-wrong", severity=Severity.M)
def law_number_wrong(context: PlanContext) -> Iterator[Hit]:
    """A known title stands with a number that belongs to none of its versions."""
    for title, note, place, _ in _citations(context):
        versions = [law for law in by_title().get(title, ()) if law.verified and law.numbers]
        printed = _YEAR_NUMBER.search(note) or _ORDER.search(note)
        if not versions or not printed:
            continue
        numbers = [number for law in versions for number in law.numbers]
        if not any(_says(number, note) for number in numbers):
            yield Hit(at=place, data={"title": title, "printed": note, "right": numbers[-1]})


_ARTICLE = re.compile(
    r"^《[^《》]{3,60}》\s*(?:[（(][^（）()]{2,40}[）)])?\s*第(?P<n>[\d一二三四五六七八九十百零〇]{1,7})条"
)
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}


def _number(words: str) -> int:
    """第一百零三 as 103."""
    if words.isdigit():
        return int(words)
    total = digit = 0
    for sign in words:
        if sign in "百十":
            total += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
        else:
            digit = _DIGITS.get(sign, 0)
    return total + digit


@rule(code="L2", name="law-article-wrong", severity=Severity.M)
def law_article_wrong(context: PlanContext) -> Iterator[Hit]:
    """An article is cited that lies beyond the last one of the law."""
    for title, note, place, text in _citations(context):
        found = _ARTICLE.match(text)
        law = _meant(title, note) or next(reversed(by_title().get(title, ())), None)
        if found is None or law is None or not law.articles:
            continue
        if _number(found["n"]) > law.articles:
            yield Hit(at=place, evidence=found.group(), data={"title": title, "article": found["n"]})


@rule(code="L2", name="no-law-named", severity=Severity.M)
def no_law_named(context: PlanContext) -> Iterator[Hit]:
    """The legal basis names no law, regulation or plan."""
    for section in context.outline.sections():
        if "编制依据" not in section.title or section.children:
            continue
        text = "".join(paragraph.text for paragraph in section.paragraphs)
        if text and "《" not in text and _ABSTRACT.search(text) and not _named_elsewhere(section):
            yield Hit(at=context.outline.cite(section, section.paragraphs[0]))


def _named_elsewhere(section: Section) -> bool:
    """Names of laws without book marks (突发事件应对法、…条例) are names too."""
    text = "".join(paragraph.text for paragraph in section.paragraphs)
    return bool(re.search(r"[\u4e00-\u9fff]{2,}(?:法|条例|预案|办法)(?:[、，。；和]|$)", text))


@rule(code="L2", name="supervision-by-other-body", severity=Severity.M)
def supervision_by_other_body(context: PlanContext) -> Iterator[Hit]:
    """Supervision under a law is given to a body that the law does not charge with it."""
    for section, paragraph in context.paragraphs():
        for match in _CITED.finditer(paragraph.text):
            law = _meant(plain_title(match["title"]), match["note"] or "")
            if law is None or not law.supervisor:
                continue
            begin = paragraph.text.rfind("。", 0, match.start()) + 1
            subject = paragraph.text[begin : match.start()]
            sentence = paragraph.text[match.end() :].split("。")[0]
            acts = re.search(r"(?:依照|按照|根据)(?:[《》\u4e00-\u9fff、]*)$", subject)
            named = re.search(r"[\u4e00-\u9fff]{2,}(?:中心|办|局|部门)[^，]{0,16}(?:依照|按照|根据)", subject)
            if not acts or not named or not _SUPERVISES.search(sentence):
                continue
            if not any(word in subject for word in law.supervisor):
                place = context.outline.cite(section, paragraph, begin, match.end())
                yield Hit(at=place, data={"law": law.title, "who": subject[: acts.start()]})


@rule(code="L3", name="agency-renamed", severity=Severity.L)
def agency_renamed(context: PlanContext) -> Iterator[Hit]:
    """A body is called by a name it no longer bears."""
    seen: set[str] = set()
    for section, paragraph in body_paragraphs(context):
        for agency in agencies():
            if agency.old in seen or agency.old not in paragraph.text:
                continue
            at = _stands(agency.old, paragraph.text)
            if at is None or any(agency.old in longer for longer in seen):
                continue
            seen.add(agency.old)
            place = context.outline.cite(section, paragraph, at, at + len(agency.old))
            yield Hit(at=place, data={"old": agency.old, "new": agency.new})


def _stands(name: str, text: str) -> int | None:
    """Where ``name`` stands as a name of its own, not as the end of today's longer one."""
    for match in re.finditer(re.escape(name), text):
        before = text[max(0, match.start() - 4) : match.start()]
        after = text[match.end() : match.end() + 1]
        if not re.search(r"原|防灾|救灾|生态|《[^》]*$", before) and after not in ("门", "《"):
            return match.start()
    return None
