"""Rules on what a plan must have (S2): the sections without which it cannot be carried through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.bodies import inner_rank
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules._bodies import body_paragraphs, is_annex
from fengsui.core.plan.surroundings import PlanKind

_RESPONSE = re.compile(r"响应|应急处置|处置程序|应急救援")
_END_TITLE = re.compile(r"(?:终止|结束|解除)")
_END_TEXT = re.compile(
    r"(?:响应|应急状态|应急处置|应急行动|应急工作|救援)[^，。；预]{0,8}(?:终止|结束|解除)(?!后)"
    r"|(?:终止|结束|解除)[^，。；预]{0,8}(?:响应|应急状态|应急行动|应急处置)"
)
_RELEASE = re.compile(
    r"(?<!预警)(?:信息|新闻|灾情|舆论|事件)[^，。；]{0,4}发布|发布[^，。；]{0,12}(?:信息"
    r"|情况|进展)|新闻(?:报道|宣传|稿)|宣传报道|告知[^，。；]{0,6}(?:用户|公众"
    r"|师生|家长)"
)
_REVISE = re.compile(r"修订|修改|更新")
_EXPLAIN = re.compile(r"负责[^。；]{0,6}解释|由[^。；]{2,24}解释|解释权|制定和解释|预案解释")
_IN_FORCE = re.compile(
    r"自[^。；]{0,20}(?:之日|日)起[^。；]{0,6}(?:实施|施行|执行|生效)|起(?:实施|施行|执行|生效)"
)
_MANAGED = re.compile(r"^附\s*则$|预案管理|监督管理")


def _text(context: PlanContext) -> str:
    titles = [section.title for section in context.outline.sections() if not is_annex(section)]
    return "\n".join([*titles, *(paragraph.text for _, paragraph in body_paragraphs(context))])


def _responds(context: PlanContext) -> bool:
    """Whether the document is a plan with a response of its own and not a notice or a timetable."""
    return bool(context.content.title) and (
        bool(context.content.levels or context.content.command) and len(list(context.outline.sections())) >= 8
    )


def _response_chapter(context: PlanContext) -> Citation:
    for chapter in context.outline.root.children:
        for section in chapter.walk():
            if _RESPONSE.search(section.title) and not is_annex(section):
                return context.heading(section)
    return context.whole()


def _last_chapter(context: PlanContext) -> Citation:
    chapters = [child for child in context.outline.root.children if not is_annex(child)]
    return context.heading(chapters[-1]) if chapters else context.whole()


def _closing(context: PlanContext) -> Citation:
    for section in context.outline.sections():
        if _MANAGED.search(section.title):
            return context.heading(section)
    return _last_chapter(context)


@rule(code="S2", name="ending-missing", severity=Severity.M, basis="plan_contents")
def ending_missing(context: PlanContext) -> Iterator[Hit]:
    """Nothing says when and how the response ends."""
    if not _responds(context) or context.content.termination:
        return
    titles = [s.title for s in context.outline.sections() if not is_annex(s) and "预警" not in s.title]
    if any(_END_TITLE.search(title) for title in titles) or _END_TEXT.search(_text(context)):
        return
    mention = None
    for section, paragraph in context.paragraphs():
        match = re.search(r"(?:应急|处置|响应)[^，。；]{0,6}(?:终止|结束)", paragraph.text)
        if match:
            mention = context.outline.cite(section, paragraph, match.start(), match.end())
    yield Hit(at=_response_chapter(context), others=(mention,) if mention else ())


@rule(code="S2", name="release-missing", severity=Severity.L, basis="plan_contents")
def release_missing(context: PlanContext) -> Iterator[Hit]:
    """Nothing says who tells the public."""
    if _responds(context) and not _RELEASE.search(_text(context)):
        yield Hit(at=_response_chapter(context))


@rule(code="S2", name="revision-missing", severity=Severity.M, basis="plan_evaluation")
def revision_missing(context: PlanContext) -> Iterator[Hit]:
    """Nothing says when the plan is revised."""
    if not _responds(context) or context.content.revision:
        return
    own = re.compile(
        r"预案[^。；）》\n]{0,30}(?:修订|修改|更新|评估)|(?:修订|修改|更新|完善)[^。；）》\n]{0,12}预案"
    )
    if not own.search(_text(context)):
        yield Hit(at=_closing(context))


@rule(code="S2", name="explanation-missing", severity=Severity.L)
def explanation_missing(context: PlanContext) -> Iterator[Hit]:
    """Nothing says who explains the plan, or from when it is in force."""
    if not _responds(context):
        return
    text = _text(context)
    missing = [key for key, pattern in (("who", _EXPLAIN), ("when", _IN_FORCE)) if not pattern.search(text)]
    if missing:
        say = "explanation-missing" if len(missing) == 2 else f"explanation-missing-{missing[0]}"
        yield Hit(at=_closing(context), say=say)


_TOPICS = {
    "warning": (re.compile(r"预警|预防|监测|防范"), "预警或者预防", "warning or prevention"),
    "measures": (re.compile(r"处置|响应|救援|抢险"), "处置措施", "measures"),
    "support": (re.compile(r"保障"), "应急保障", "supports"),
    "aftermath": (re.compile(r"后期|善后|恢复|重建|总结"), "后期处置", "what comes after"),
}
_COUNTY = 2
"""The rank of a county: a plan of unknown kind under the name of one or of a greater area is its own."""
_ASKED = {PlanKind.OVERALL, PlanKind.SPECIAL, PlanKind.DEPARTMENT}
"""The kinds of plan that carry all topics; those below may leave some to the plan above them."""


@rule(code="S2", name="topic-missing", severity=Severity.M, basis="plan_contents")
def topic_missing(context: PlanContext) -> Iterator[Hit]:
    """A special, department or overall plan is silent on a topic that every such plan must treat."""
    identity = context.content.identity
    kind = identity.kind if identity else None
    asked = kind in _ASKED or (kind is None and inner_rank(context.content.title) >= _COUNTY)
    if not _responds(context) or not asked:
        return
    text = _text(context)
    topics = [
        each for key, each in _TOPICS.items() if key != "warning" or "救助" not in context.content.title
    ]
    absent = [(zh, en) for pattern, zh, en in topics if not pattern.search(text)]
    if absent:
        data = {"topics": "、".join(zh for zh, _ in absent), "topics_en": ", ".join(en for _, en in absent)}
        yield Hit(at=context.whole(), data=data)
