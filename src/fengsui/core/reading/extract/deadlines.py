"""Time limits (时限): edges of the report chain, and work to be done by a time.

A length (2小时内) sets a clock wherever something is to be done in it; a word (立即, 及时) only where it
stands with a report whose ends are known. Lengths that measure (24小时降水量), last (24小时值班) or grade
(停气24小时以上) set no clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from fengsui.core.plan.model import Doubt
from fengsui.core.plan.reporting import Deadline, Means
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.clock_binding import (
    IN_THAT_CASE,
    INSTANT,
    JUST_BEFORE,
    SPEAKS_OF_REPORT,
    is_manner,
    is_reporting,
    length_counts,
    report_in,
    word_counts,
)
from fengsui.core.reading.extract.clock_clause import GRADE_LABEL, WORK_ITSELF, levels_of, what_of
from fengsui.core.reading.extract.clock_conditions import Case, event_above
from fengsui.core.reading.extract.clock_contents import Contents, contents_in, with_contents
from fengsui.core.reading.extract.clock_doubts import doubts_of
from fengsui.core.reading.extract.clock_edges import (
    actor,
    actor_after,
    actor_befallen,
    also_receivers,
    means_of,
    named_later,
    receivers,
)
from fengsui.core.reading.extract.clock_spots import Spot, spots_in
from fengsui.core.reading.extract.clock_tables import deadlines_of_tables
from fengsui.core.reading.extract.clock_words import (
    LENGTH,
    REPORT,
    WORDS,
    When,
    start_of,
)
from fengsui.core.reading.extract.power_levels import LevelNames, levels_in
from fengsui.core.reading.extract.power_text import (
    Sentence,
    body_at_head,
    clean_body,
    last_part,
    sentences,
    sentences_having,
)
from fengsui.core.reading.outline import Outline, Section

_TELLING_TITLE = re.compile(r"报告|报送|上报|通报")
_ASIDE_TITLE = re.compile(
    r"分级|等级划分|级别划分|标准|定义|术语|名词|依据|附图|流程图|有效期|实施|施行|生效"
)
# 发生跨界污染时，甲局应及时通报X
_BEFALLEN = re.compile("(?:发生|出现|发现)[^，。；]{2,30}(?:时|后|的)，[^，。；]{2,24}$")
_MODAL = re.compile(r"原则上|力争|尽可能|可以?(?=直接)|一般应|最迟")
_UNTIL = re.compile(
    r"(?:直至|直到|至)([^，。；]{2,12}(?:为止|稳定|解除|结束|终止))|([^，。；]{2,16}(?:稳定|解除|"
    r"结束))前，"
)


_NOTICE = re.compile(r"通报(?![的会])|通知(?![书单])")
# A word without a length (立即, 及时) counts only where somebody is told; most sentences tell nobody.
_SOMEBODY_TOLD = re.compile("报|备案|反馈|申请|请求|通知")
_THEN_REPORTS = re.compile(
    rf"^[^，。；]{{2,24}}，(?:并且?|将|把)(?P<told>[^，。；]{{0,24}}?(?:向[^，。；]{{2,30}}?报告|{REPORT})[^，。；]*)"
)


FURTHEST_BACK = 100
"""Sentences looked back over for whoever acts, where a section has lost its names."""
_CHART = re.compile("流程图")


@dataclass(slots=True)
class _Earlier:
    """The sentences of the section so far, and by their ``id`` who acts by a clock of its own in one."""

    said: list[Sentence] = field(default_factory=list)
    acting: dict[int, str] = field(default_factory=dict)

    def add(self, sentence: Sentence, found: list[Deadline]) -> None:
        self.said.append(sentence)
        if len(self.said) > 2 * FURTHEST_BACK:
            del self.said[:-FURTHEST_BACK]
        for item in found:
            if item.who:
                self.acting.setdefault(id(sentence), item.who)

    @property
    def last(self) -> Sentence | None:
        return self.said[-1] if self.said else None


def extract_deadlines(outline: Outline) -> Extracted[Deadline]:
    """Every clock the plan sets, with doubts where its bodies are not named or not told apart."""
    names = LevelNames.of(outline)
    items, lists = _spoken(outline, names)
    doubts = [doubt for sentence, item in items for doubt in doubts_of(item, sentence.text)]
    tabled = [entry for entry in deadlines_of_tables(outline, names)]
    in_table = {item.source.line for item in tabled if isinstance(item, Deadline)}
    # A row of a table is read as a row, not once more as the sentence of its cell.
    spoken = [item for item in with_contents(items, lists) if item.source.line not in in_table]
    doubts += [entry for entry in tabled if isinstance(entry, Doubt)]
    return Extracted((*spoken, *(entry for entry in tabled if isinstance(entry, Deadline))), tuple(doubts))


def _spoken(outline: Outline, names: LevelNames) -> tuple[list[tuple[Sentence, Deadline]], list[Contents]]:
    """The clocks that sentences set, and the lists of what a report contains."""
    items: list[tuple[Sentence, Deadline]] = []
    lists: list[Contents] = []
    clocked = _that_may_set_clocks(outline)
    charts = frozenset(id(paragraph) for _, paragraph in outline.paragraphs_having(_CHART))
    section: Section | None = None
    earlier, reporting = _Earlier(), False
    for sentence in sentences(outline):
        if sentence.section is not section:
            section = sentence.section
            earlier, reporting, aside = _Earlier(), is_reporting(sentence), _is_aside(section.title)
        if aside or (id(sentence.paragraph) in charts and "流程图" in sentence.around):
            continue
        found = _of_sentence(sentence, names, earlier) if id(sentence) in clocked else []
        items += [(sentence, item) for item in found]
        if not found and (reporting or "报告" in sentence.lead) and (told := contents_in(sentence)):
            lists.append(told)
        earlier.add(sentence, found)
    return items, lists


def _that_may_set_clocks(outline: Outline) -> frozenset[int]:
    """The ``id`` of each sentence with a length, or with a word (立即) where somebody is told."""
    lengths = map(id, sentences_having(outline, LENGTH))
    told = (id(told) for told in sentences_having(outline, _SOMEBODY_TOLD) if WORDS.search(told.text))
    return frozenset((*lengths, *told))


@lru_cache(maxsize=64)
def _is_aside(title: str) -> bool:
    return bool(_ASIDE_TITLE.search(title))


@lru_cache(maxsize=512)
def _acting(text: str) -> str | None:
    """Who acts in a sentence without a clock: its subject, else the last body that does something in it."""
    whole = text.rstrip("。；")
    return actor(whole, whole) or actor(whole, last_part(whole))


def _inherited(sentence: Sentence, earlier: _Earlier) -> str | None:
    """Who acted last, where this sentence may still be about them: same paragraph, or a report chain."""
    reporting = is_reporting(sentence)
    for before in reversed(earlier.said):
        if not reporting and before.paragraph is not sentence.paragraph:
            return None
        named = earlier.acting.get(id(before)) or _acting(before.text)
        if named:
            return named
    return None


def _of_sentence(sentence: Sentence, names: LevelNames, earlier: _Earlier) -> list[Deadline]:
    items: list[Deadline] = []
    text = sentence.text
    for spot in spots_in(text, words_alone=_SOMEBODY_TOLD.search(text) is not None):
        item = _read(sentence, spot, names, earlier, bool(items))
        if item is None and items and spot.mark.ceiling and items[-1].is_report and items[-1].span is None:
            # 立即报X，最迟不得超过1小时: the outer limit of the report before.
            item = replace(items[-1], within=spot.mark.words, span=spot.mark.span)
        if item is None:
            continue
        again = (
            spot.mark.ceiling
            or spot.mark.words == "随时"
            or re.match(r"补报|续报|再报|.{0,4}书面", item.what)
        )
        if items and not item.to and again and item.who == items[-1].who:
            item = replace(item, to=items[-1].to)
        if items and item.to and item.form and _phoned_to_nobody(items[-1], item):
            items[-1] = replace(items[-1], to=item.to)
        if item.who is None and items and "，" not in spot.head[-len(spot.clause_head) - 1 :]:
            item = replace(item, who=items[-1].who)  # 白天1分钟、夜间3分钟内出动
        if items and _same_rhythm(items[-1], item):
            item = replace(item, who=item.who or items.pop().who)
        items.append(item)
    return items


def _same_rhythm(first: Deadline, then: Deadline) -> bool:
    """实行日报告制度，每日8时、20时各报一次: one report, said twice."""
    if first.every is None or first.span is None or first.span != then.span or not then.at or first.at:
        return False
    return then.every is not None and (not then.who or then.who == first.who) and first.to in ((), then.to)


def _phoned_to_nobody(first: Deadline, then: Deadline) -> bool:
    """15分钟内电话报告，30分钟内书面报告X: the receiver is printed once, with the second."""
    return first.form is Means.PHONE and then.form is Means.WRITTEN and not first.to and first.is_report


def _read(
    sentence: Sentence, spot: Spot, names: LevelNames, earlier: _Earlier, more: bool
) -> Deadline | None:
    mark = spot.mark
    if mark.instant and is_manner(sentence, spot):
        return None
    says_report = report_in(spot)
    told = () if says_report else _told_next(sentence, spot) or _notified(sentence, spot)
    # 较大以上的，不得迟于30分钟: in a section on reporting, of the report.
    bare_limit = mark.ceiling and is_reporting(sentence) and not spot.action.strip("，。；")
    reports = bool(told) or bare_limit or says_report
    if not (reports if mark.instant else length_counts(spot, reports)):
        return None
    inherited = partial(_inherited, sentence, earlier)
    who = actor(spot.head, spot.clause_head) or _by_heading(sentence)
    case = Case.of(spot, who)
    to = told or (
        receivers(spot.clause_tail)
        or receivers(spot.clause_head)
        or (receivers(spot.rest) or receivers(spot.action) if not mark.instant else ())
    )
    if mark.instant:
        if not word_counts(sentence, spot, who, to, inherited, case, more):
            return None
        who = who or (None if GRADE_LABEL.match(sentence.label) else inherited())
    else:
        unnamed = sentence.label or WORK_ITSELF.match(spot.clause_head)
        who = who or actor_after(spot.action) or actor_befallen(spot.head)
        if who is None and mark.when is not When.WITHIN:
            who = body_at_head(spot.clause_tail)  # 每天17时前各乡镇上报
        who = who or named_later(sentence.text[mark.end :]) or (None if unnamed else inherited())
    if reports:
        to += tuple(body for body in also_receivers(spot.action) if body not in to)
        if not who and not to and mark.span is not None and is_reporting(sentence) and not sentence.label:
            to = _told_before(earlier)
    return _deadline(sentence, spot, names, who, to, reports, case, earlier.last)


def _told_before(earlier: _Earlier) -> tuple[str, ...]:
    """To whom the sentence reports that introduces a list: 须上报X。初报应在…内; a doubt asks."""
    for before in reversed(earlier.said):
        if SPEAKS_OF_REPORT.search(before.text) and (found := receivers(before.text)):
            return found
    return ()


def _told_next(sentence: Sentence, spot: Spot) -> tuple[str, ...]:
    """To whom what a body does at once is then reported: 某局立即派人到现场，并向X报告."""
    if not spot.mark.instant or spot.mark.words not in INSTANT:
        return ()
    if not GRADE_LABEL.match(sentence.label) and not actor(spot.clause_head, spot.clause_head):
        return ()
    then = _THEN_REPORTS.match(spot.action)
    return receivers(then["told"]) if then else ()


def _notified(sentence: Sentence, spot: Spot) -> tuple[str, ...]:
    """Whom a body tells at once (立即通报X) in a section about reporting, or of a case just told.

    Elsewhere it is a measure.
    """
    near = _NOTICE.search(spot.clause_tail) if spot.mark.instant else None
    if near is None or near.start() > 40:
        return ()
    reporting = any(_TELLING_TITLE.search(title) for title in sentence.titles[:2])
    just = spot.head[-JUST_BEFORE:]
    passed_on = near.start() == 0 and (IN_THAT_CASE.search(just) or _BEFALLEN.search(just))
    return receivers(spot.clause_tail) if reporting or passed_on else ()


_HEADING_BODY = re.compile(r"^([^，。：]{2,30}?)的?(?:响应|报告|行动|措施)")


def _by_heading(sentence: Sentence) -> str | None:
    """The body a heading names: "指挥部办公室的响应", "检验机构报告"."""
    for title in sentence.titles[:2]:
        found = _HEADING_BODY.match(title)
        body = clean_body(found.group(1)) if found else None
        if body and not levels_in(title):
            return body
    return None


def _deadline(
    sentence: Sentence,
    spot: Spot,
    names: LevelNames,
    who: str | None,
    to: tuple[str, ...],
    reports: bool,
    case: Case,
    before: Sentence | None,
) -> Deadline:
    mark, after = spot.mark, case.event
    if after is None and mark.span is not None and mark.when is When.WITHIN:
        after = event_above(sentence)
    modal, until = _MODAL.search(spot.clause), None
    if mark.when is When.EVERY or "续报" in spot.clause_tail:
        until = _UNTIL.search(sentence.text)
    what = what_of(sentence, spot, before)
    levels, words = levels_of(sentence, names, spot)
    return Deadline(
        what=what[len(who) :] if who and what.startswith(who) else what,
        who=sentence.printed(who) if who else None,
        to=tuple(sentence.printed(body) for body in to),
        within=mark.words if mark.when is When.WITHIN else None,
        every=mark.words if mark.when is When.EVERY else None,
        by=mark.words if mark.when is When.BY else None,
        span=mark.span,
        after=after,
        start=start_of(after),
        form=means_of(spot.clause),
        at=mark.at,
        levels=levels,
        level_names=words,
        condition=sentence.printed(case.words) if case.words else None,
        modal=modal.group() if modal else None,
        until=next((group for group in until.groups() if group), None) if until else None,
        is_report=reports,
        source=sentence.cite(),
    )
