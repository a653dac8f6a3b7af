"""Rules on upkeep (S2): drills, evaluation and revision, without which a plan ages unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules._bodies import body_paragraphs, is_annex, members

_DRILL = re.compile(r"演练|演习")
_UPKEEP = re.compile(r"演练|演习|培训|宣传|预案管理|附\s*则")
_EVERY = re.compile(
    r"每(?:[两三四五半\d]*)?(?:个)?(?:年|季|月|学期|季度)|[\d一两二三四五]年(?:内)?(?:至少"
    r"|一次|组织|开展|进行|评估)|定期(?=.{0,4}评估)|年度"
)
_EVALUATE = re.compile(r"评估|修订|复审")


def _place(context: PlanContext, pattern: re.Pattern[str]) -> Citation:
    found = [s for s in context.outline.sections() if pattern.search(s.title) and not is_annex(s)]
    if found:
        return context.heading(found[0])
    chapters = [child for child in context.outline.root.children if not is_annex(child)]
    return context.heading(chapters[-1]) if chapters else context.whole()


@rule(code="S2", name="drill-missing", severity=Severity.M, basis="plan_drill")
def drill_missing(context: PlanContext) -> Iterator[Hit]:
    """The plan is never practised."""
    if context.content.drills or not members(context.content):
        return
    if not any(_DRILL.search(paragraph.text) for _, paragraph in body_paragraphs(context)):
        yield Hit(at=_place(context, _UPKEEP))


@rule(code="S2", name="drill-without-interval", severity=Severity.M, basis="plan_drill")
def drill_without_interval(context: PlanContext) -> Iterator[Hit]:
    """Drills are promised at no interval."""
    drills = context.content.drills
    if drills:
        if any(drill.every or _EVERY.search(drill.source.quote) for drill in drills):
            return
        yield Hit(at=drills[0].source, others=tuple(drill.source for drill in drills[1:]))
        return
    spoken = [(s, p) for s, p in body_paragraphs(context) if _DRILL.search(f"{s.title}{p.text}")]
    if not members(context.content) or not spoken or any(_EVERY.search(p.text) for _, p in spoken):
        return
    # Drills are spoken of and nobody is bound to hold one: cited where a heading promises them.
    promised = [s for s, _ in spoken if _DRILL.search(s.title)]
    section, paragraph = spoken[0]
    yield Hit(at=context.heading(promised[0]) if promised else context.outline.cite(section, paragraph))


@rule(code="S2", name="evaluation-without-interval", severity=Severity.L, basis="plan_evaluation")
def evaluation_without_interval(context: PlanContext) -> Iterator[Hit]:
    """Revision is provided for and evaluation has no interval."""
    rules = context.content.revision
    if not rules or any(each.every for each in rules):
        return
    for _, paragraph in body_paragraphs(context):
        for sentence in re.split(r"[。；]", paragraph.text):
            if _EVALUATE.search(sentence) and "预案" in sentence and _EVERY.search(sentence):
                return
    yield Hit(at=rules[0].source)
