"""The matrix of who does what, and the action card of a unit or a post (职责矩阵、应急处置卡).

Plans in force are taken one by one and kept as entries, so that a page shown before costs no decoding.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from fengsui.application.charts import words_for
from fengsui.core.directory import Directory
from fengsui.core.plan.action_card import ActionCard, CardPlan, LevelSteps, find_row, lines_needed, make_card
from fengsui.core.plan.authority import Contact
from fengsui.core.plan.chart.shapes import Say
from fengsui.core.plan.matrix import Entry, Row, entries_of, rows_of
from fengsui.core.plan.model import Plan, PlanContent, PlanKind
from fengsui.core.plan.sheet import Block, CardSheet, HeadingBlock, TableBlock, TextBlock

MOST_MATRIX_PLANS = 12
"""Columns of one matrix; for more one turns the page or chooses by hazard."""
MOST_UNIT_PLANS = 24
"""Plans on one page of one body, and among which a card is sought."""
LARGE_LINES = 14
"""Lines of steps that one side holds in the larger type."""
KEPT_ENTRIES = 400
"""Plans whose entries are kept decoded in a process."""


@lru_cache(maxsize=KEPT_ENTRIES)
def _entries(key: _Key) -> tuple[Entry, ...]:
    return entries_of(key.plan, key.directory)


class _Key:
    """A plan in force with the directory of the day: a version never changes, a directory has its ids."""

    __slots__ = ("_name", "directory", "plan")

    def __init__(self, plan: Plan, directory: Directory | None) -> None:
        self.plan = plan
        self.directory = directory
        posts = directory.posts if directory else ()
        self._name = (plan.id, plan.version, plan.jurisdiction, hash(tuple((p.id, p.unit) for p in posts)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other._name == self._name and other.plan == self.plan

    def __hash__(self) -> int:
        return hash(self._name)


def matrix(plans: Sequence[Plan], directory: Directory | None = None) -> tuple[Row, ...]:
    """The rows of the matrix over ``plans``."""
    return rows_of((entry for plan in plans for entry in _entries(_Key(plan, directory))), directory)


def as_plan(
    content: PlanContent, plan_id: str, bindings: tuple[tuple[str, tuple[str, ...]], ...] = ()
) -> Plan:
    """Content that is not in force, in the shape the matrix takes."""
    return Plan(
        id=plan_id, version=0, kind=PlanKind.SPECIAL, jurisdiction="", content=content, bindings=bindings
    )


def card_for(
    plans: Sequence[Plan], name: str, directory: Directory | None = None, language: str = "zh"
) -> ActionCard:
    """The card of the unit or post ``name`` (name, alias, post title or id) over ``plans``.

    Raises InputError ``unit_missing``, ``unit_not_in_plans``, ``unit_ambiguous``, ``too_many_plans``.
    """
    rows = matrix(plans, directory)
    bodies, post = _other_names(name, directory)
    row = find_row(rows, name, bodies)
    titles = {plan.id: plan.content.title or plan.id for plan in plans}
    contacts: dict[str, tuple[Contact, ...]] = {plan.id: plan.content.contacts for plan in plans}
    return make_card(row, titles, contacts, words_for(language, "card", "chart"), post)


def _other_names(name: str, directory: Directory | None) -> tuple[dict[str, str], str | None]:
    """Names of the directory for its units and posts; the post where ``name`` is that of one."""
    if directory is None:
        return {}, None
    bodies = {alias: unit.id for unit in directory.units for alias in (unit.name, *unit.aliases)}
    posts = [post for post in directory.posts if name in (post.id, post.title, *post.titles)]
    bodies.update((known, post.unit) for post in posts for known in (post.id, post.title, *post.titles))
    return bodies, posts[0].id if len(posts) == 1 and name not in {
        unit.id for unit in directory.units
    } else None


def card_sheet(card: ActionCard, *, marks: tuple[str, ...] = (), language: str = "zh") -> CardSheet:
    """The card as it is printed."""
    say = words_for(language, "card", "part", "chart")
    lead = [say("also", names="、".join(card.names))] if card.names else []
    if len(card.plans) > 1:
        lead.append(f"{say('plans')}：" + "、".join(f"《{plan.title}》" for plan in card.plans))
    body = tuple(block for plan in card.plans for block in _plan_blocks(plan, say))
    foot = say("made_from", title=card.plans[0].title) if len(card.plans) == 1 else say("made_from_many")
    steps = [step for plan in card.plans for level in plan.levels for step in level.steps]
    large = len(card.plans) == 1 and sum(lines_needed(step) for step in steps) <= LARGE_LINES
    return CardSheet(
        title=say("title"),
        name=card.name,
        lead=tuple(lead),
        body=body,
        foot=foot,
        marks=marks,
        large=large,
    )


def _plan_blocks(plan: CardPlan, say: Say) -> list[Block]:
    blocks: list[Block] = [HeadingBlock(text=f"《{plan.title}》", depth=1)]
    if plan.roles:
        blocks.append(TextBlock(text=f"{say('roles')}：" + "；".join(plan.roles)))
    if not plan.levels:
        blocks.append(TextBlock(text=say("nothing")))
    rows = [row for level in plan.levels for row in _level_rows(level, say)]
    if rows:
        head = (say("level"), say("what"), say("limit"), say("clause"))
        blocks.append(TableBlock(rows=(head, *rows), widths=(6, 27, 9, 7)))
    lines = [
        "　".join(part for part in (contact.unit, contact.post, contact.phone) if part)
        for contact in plan.contacts
    ]
    if lines:
        blocks.append(TextBlock(text=f"{say('contacts')}：" + "；".join(lines)))
    else:
        blocks.append(TextBlock(text=f"{say('no_contacts')}\n{say('phone_blank')}"))
    return blocks


def _level_rows(level: LevelSteps, say: Say) -> list[tuple[str, ...]]:
    """The steps of a level, its name beside the first of them."""
    rows = [(f"{at}. {step.text}", step.limit or "—", step.clause) for at, step in enumerate(level.steps, 1)]
    if level.left_out:
        code = "left_out" if level.clauses else "left_out_more"
        rows.append((say(code, count=level.left_out, clauses="、".join(level.clauses)), "", ""))
    return [(level.level if at == 0 else "", *row) for at, row in enumerate(rows)]
