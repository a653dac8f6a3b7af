"""Fields of two paired items, and items that stand alone: the differences every section is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fengsui.core.citation import Citation
from fengsui.core.plan.compare_alike import figures, plain
from fengsui.core.plan.compare_names import Bodies
from fengsui.core.plan.compare_types import Change, Difference, Effect, Side, Weight
from fengsui.core.plan.level import AnyLevel

NONE = ""
"""Text of a side that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two items that are one in two plans: what they are about and where each stands."""

    section: str
    about: str
    before: Citation
    after: Citation
    kind: str | None = None
    level: str | None = None

    def differs(
        self,
        code: str,
        old: str,
        new: str,
        weight: Weight,
        *,
        change: Change = Change.CHANGED,
        effects: tuple[Effect, ...] = (),
    ) -> Difference:
        """The difference ``code`` between what the sides say."""
        return Difference(
            section=self.section,
            code=code,
            change=change,
            weight=weight,
            about=self.about,
            kind=self.kind,
            level=self.level,
            before=Side(text=old, source=self.before),
            after=Side(text=new, source=self.after),
            effects=effects,
        )

    def who(self, code: str, old: str | None, new: str | None, bodies: Bodies) -> Iterator[Difference]:
        """A body or several (X或者Y): a difference when they do not mean the same."""
        if bodies.keys(old) != bodies.keys(new):
            yield self.differs(code, old or NONE, new or NONE, Weight.WHO)

    def all_who(
        self, code: str, old: tuple[str, ...], new: tuple[str, ...], bodies: Bodies
    ) -> Iterator[Difference]:
        """A list of bodies: what is gone from it and what was added; the order means nothing."""
        was, now = bodies.all_keys(old), bodies.all_keys(new)
        if was == now:
            return
        left = [name for name in old if not bodies.keys(name) <= now]
        joined = [name for name in new if not bodies.keys(name) <= was]
        yield self.differs(code, "、".join(left), "、".join(joined), Weight.WHO)

    def words(self, code: str, old: str | None, new: str | None) -> Iterator[Difference]:
        """A text: a difference when more than punctuation and labels changed."""
        if plain(old or "") == plain(new or ""):
            return
        weight = Weight.FIGURE if figures(old or "") != figures(new or "") else Weight.WORDING
        yield self.differs(code, old or NONE, new or NONE, weight)

    def levels(self, code: str, old: tuple[AnyLevel, ...], new: tuple[AnyLevel, ...]) -> Iterator[Difference]:
        """The levels something holds for."""
        if set(old) != set(new):
            yield self.differs(code, roman(old), roman(new), Weight.FIGURE)


def roman(levels: tuple[AnyLevel, ...]) -> str:
    """Levels as numerals, the gravest first."""
    return "、".join(level.value for level in sorted(levels, key=lambda level: level.rank))


def alone(
    section: str,
    change: Change,
    text: str,
    source: Citation,
    *,
    about: str = "",
    weight: Weight = Weight.WHO,
    kind: str | None = None,
    level: str | None = None,
) -> Difference:
    """An item that only one plan has; its code is that of its section."""
    side = Side(text=text, source=source)
    return Difference(
        section=section,
        code=section,
        change=change,
        weight=weight,
        about=about,
        kind=kind,
        level=level,
        before=side if change is Change.GONE else None,
        after=side if change is Change.ADDED else None,
    )
