"""Many digests with their indexes: whatever a rule joins on is looked up, never searched pair by pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from fengsui.core.directory import significant
from fengsui.core.lint.across.digest import Cited, PlanDigest, Spot
from fengsui.core.lint.across.places import areas_of, bare_name, own_area, subject_of, unwrapped
from fengsui.core.lint.finding import Elsewhere, Hit
from fengsui.core.plan.body_match import even
from fengsui.core.plan.named_bodies import parts_of

_DEPTHS = (2, 4, 6, 9)


@dataclass(frozen=True, slots=True)
class PlanHit:
    """What a rule between plans found, told at one of them."""

    digest: PlanDigest
    hit: Hit


@dataclass(frozen=True, slots=True)
class Linked:
    """A plan and one above it: named as its basis, of the same subject above, or the overall plan."""

    upper: PlanDigest
    lower: PlanDigest


class AcrossContext:
    """The plans looked at together.

    ``complete``: they are all there are, so that a plan that is cited and not among them is missing.
    ``units``: names and aliases of the directory.
    """

    def __init__(
        self, plans: Iterable[PlanDigest], *, complete: bool = False, units: Iterable[str] = ()
    ) -> None:
        self.plans = tuple(sorted(plans, key=lambda each: (each.title, each.key)))
        self.complete = complete
        self._units = frozenset(body_key(name, ()) for name in units)
        self._resolved: dict[tuple[str, str], PlanDigest | None] = {}

    def known(self, key: str) -> bool:
        """Whether a body of that ``body_key`` is in the directory, under whatever area."""
        return any(name.endswith(key) for name in self._units)

    @cached_property
    def by_place(self) -> dict[str, tuple[PlanDigest, ...]]:
        """The plans of one government, by place; those of nobody known are left out."""
        found: dict[str, list[PlanDigest]] = defaultdict(list)
        for each in self.plans:
            if place := place_of(each):
                found[place].append(each)
        return {place: tuple(plans) for place, plans in found.items()}

    @cached_property
    def _by_title(self) -> dict[tuple[str, str], list[PlanDigest]]:
        found: dict[tuple[str, str], list[PlanDigest]] = defaultdict(list)
        for each in self.plans:
            if each.subject:
                found[own_area(each.areas), each.subject].append(each)
        return found

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], list[PlanDigest]]:
        found: dict[tuple[str, str], list[PlanDigest]] = defaultdict(list)
        for each in self.plans:
            if each.jurisdiction and each.subject and each.areas:
                found[significant(each.jurisdiction), each.subject].append(each)
        return found

    def resolve(self, digest: PlanDigest, cited: Cited) -> PlanDigest | None:
        """The plan that ``digest`` names by ``cited``, None where it is not among them."""
        key = (digest.key, cited.title)
        if key not in self._resolved:
            self._resolved[key] = self._found(digest, cited.title)
        return self._resolved[key]

    def _found(self, digest: PlanDigest, title: str) -> PlanDigest | None:
        areas, subject = areas_of(unwrapped(title)), subject_of(title)
        place = own_area(areas) or own_area(digest.areas)
        for each in self._by_title.get((place, subject), ()):
            if each is not digest and _fits(areas or digest.areas, each.areas):
                return each
        return None

    @cached_property
    def linked(self) -> tuple[Linked, ...]:
        """Every plan with each plan above it, once."""
        found: dict[tuple[str, str], Linked] = {}
        for lower in self.plans:
            for upper in self._above(lower):
                found.setdefault((upper.key, lower.key), Linked(upper, lower))
        return tuple(found.values())

    def _above(self, digest: PlanDigest) -> Iterator[PlanDigest]:
        if not digest.overall and digest.areas:
            for each in self._overall.get(place_of(digest), ()):
                if each is not digest:
                    yield each
        for cited in digest.cited:
            upper = self.resolve(digest, cited)
            if cited.basis and upper is not None and _is_above(upper, digest):
                yield upper
        for area in digest.areas[:-1]:
            yield from (x for x in self._by_title.get((area, digest.subject), ()) if x is not digest)
        code = significant(digest.jurisdiction) if digest.jurisdiction and digest.areas else ""
        for depth in _DEPTHS:
            if depth < len(code):
                yield from self._by_code.get((code[:depth], digest.subject), ())

    @cached_property
    def _overall(self) -> dict[str, list[PlanDigest]]:
        found: dict[str, list[PlanDigest]] = defaultdict(list)
        for each in self.plans:
            if each.overall and place_of(each):
                found[place_of(each)].append(each)
        return found


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two chains of areas may be one: both name an area above and it is another, they are not."""
    return len(one) < 2 or len(other) < 2 or bool({*one[:-1]} & {*other[:-1]})


def _is_above(upper: PlanDigest, lower: PlanDigest) -> bool:
    if upper.overall and not lower.overall:
        return True
    return own_area(upper.areas) != own_area(lower.areas) and (
        upper.areas == ("国家",) or own_area(upper.areas) in lower.areas or _covers(upper, lower)
    )


def _covers(upper: PlanDigest, lower: PlanDigest) -> bool:
    one, other = significant(upper.jurisdiction or "0"), significant(lower.jurisdiction or "0")
    return bool(one) and len(one) < len(other) and other.startswith(one)


def place_of(digest: PlanDigest) -> str:
    """The government whose plan it is; "" where the plan names none. A school's plan is its own place."""
    if not digest.areas:
        return f"@{digest.issuer}" if digest.issuer else ""
    if digest.body:
        return f"@{own_area(digest.areas)}{digest.body}"
    return digest.jurisdiction or f"{digest.areas[0]}/{own_area(digest.areas)}"


def elsewhere(digest: PlanDigest, spot: Spot | None = None) -> Elsewhere:
    """A place in another plan; None: the plan as a whole."""
    at = digest.whole() if spot is None else digest.cite(spot)
    return Elsewhere(plan=digest.title, key=digest.key, at=at)


@lru_cache(maxsize=65536)
def body_key(name: str, areas: tuple[str, ...]) -> str:
    """One key for the spellings of a body that differ in place and ending only."""
    return even(bare_name(name, areas))


def bodies_of(phrase: str | None, areas: tuple[str, ...]) -> frozenset[str]:
    """The keys of the bodies a phrase names (X、Y)."""
    names = _each(phrase) if phrase else ()
    return frozenset(body_key(name, areas) for name in names)


@lru_cache(maxsize=16384)
def _each(phrase: str) -> tuple[str, ...]:
    return parts_of(phrase) or (phrase,)


def titles(plans: Iterable[PlanDigest], most: int = 4) -> str:
    """The titles of some plans in one phrase; more than ``most`` are counted."""
    names = list(dict.fromkeys(each.title for each in plans))
    shown = "、".join(f"《{name}》" for name in names[:most])
    return shown if len(names) <= most else f"{shown}（{len(names)}）"
