"""Suggestions which units and posts of the directory a plan's printed names mean (绑定).

A suggestion is for a person to confirm.  What is ambiguous binds to nothing and lists its candidates;
a body above the jurisdiction is external; a body that depends on where it happens stays open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.plan.body_match import Place, depends_on_place, is_general, match_units, place_of
from fengsui.core.plan.model import PlanContent
from fengsui.core.plan.named_bodies import OFFICE, OFFICER, given, parts_of, printed_names

# A code that belongs to no place in China (division codes begin at 11).
DRY_RUN_CODE = "990000"


class Sureness(StrEnum):
    """How sure a suggestion is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What ``printed`` stands for: ``ids`` of units and posts (several: any of them; empty: none).

    ``why`` is a code of the wording table ``binding``; ``candidates`` are ids among which a person has
    to choose; ``external``: a body above or outside the jurisdiction.
    """

    printed: str
    ids: tuple[str, ...] = ()
    sure: Sureness = Sureness.OPEN
    why: str = "unknown"
    external: bool = False
    candidates: tuple[str, ...] = ()


_OF_HQ = re.compile(r"^(?:总指挥长?|指挥长|组长|主任)$")
_IN_CHARGE = re.compile(r"^(?P<body>.*?)(?:分管|主管|负责)(?P<what>.*?)(?:工作)?的?$")
_HQ = re.compile(r"^(?:总指挥长?|指挥长|组长|主任)$")
_IN_CHARGE = re.compile(r"^(?P<body>.*?)(?:分管|主管|负责)(?P<what>.*?)(?:工作)?的?$")
_OFFICE = re.compile(r"(?:指挥部|领导小组|委员会|减灾委|安委会|防办)办公室$|^办公室$")
_HQ = re.compile(r"(?:指挥部|领导小组|领导组)$")
_HEADS = re.compile(
    r"^(?:局长|主任|书记|厅长|部长|院长|校长|所长|站长|队长|支队长|大队长|经理|总经理|负责人|主要负责人)$"
)


def suggest_bindings(content: PlanContent, directory: Directory, jurisdiction: str) -> tuple[Binding, ...]:
    """A suggestion for every body, authority and unit named in ``content``, in order of first mention.

    ``jurisdiction`` is the division code of the area the plan governs. A phrase of several bodies
    (甲或者乙) is bound when each of them is, and each of them is listed on its own as well.
    """
    resolver = _Resolver(content, directory, place_of(directory, jurisdiction))
    names: dict[str, None] = {}
    for name in printed_names(content):
        names.setdefault(name)
        for part in parts_of(name):
            names.setdefault(part)
    return tuple(resolver.resolve(name) for name in names)


class _Resolver:
    """Resolves one printed name after the other; the plan's headquarters gives some of them a meaning."""

    def __init__(self, content: PlanContent, directory: Directory, place: Place) -> None:
        self._content = content
        self._directory = directory
        self._place = place

    def resolve(self, printed: str, depth: int = 0) -> Binding:
        """The suggestion for ``printed``; ``depth`` stops a plan that defines a name by itself."""
        name = re.sub(r"\s", "", printed)
        for attempt in (self._unit, self._post):
            found = attempt(printed, name)
            if found.ids or found.candidates:
                return found
        if depth < 3:
            through = self._through_headquarters(printed, name, depth)
            if through is not None:
                return through
            several = self._several(printed, depth)
            if several is not None:
                return several
        if self._place.is_above(name):
            return Binding(printed=printed, sure=Sureness.LIKELY, why="external", external=True)
        if depends_on_place(name):
            return Binding(printed=printed, why="by_place")
        if is_general(name, self._place):
            return Binding(printed=printed, why="general")
        return Binding(printed=printed)

    def _unit(self, printed: str, name: str) -> Binding:
        match = match_units(name, self._directory, self._place)
        sure = Sureness.CERTAIN if match.why in ("exact", "alias") else Sureness.LIKELY
        return _chosen(printed, tuple(unit.id for unit in match.units), match.why, sure)

    def _post(self, printed: str, name: str) -> Binding:
        exact = [post for post in self._posts() if name == post.title or name in post.titles]
        if exact:
            return self._narrowed(printed, name, exact)
        officer = OFFICER.match(name)
        if officer is None:
            return Binding(printed=printed)
        if officer["body"]:
            of_unit = self._officer_of(printed, officer["body"], officer["title"])
            if of_unit is not None:
                return of_unit
        return self._leader(printed, name, officer["title"])

    def _posts(self) -> list[Post]:
        return [post for post in self._directory.posts if post.jurisdiction == self._place.code]

    def _narrowed(self, printed: str, name: str, posts: list[Post]) -> Binding:
        # Several headquarters of one area each have a 指挥长: the plan says who is meant by it.
        ids = tuple(post.id for post in posts)
        if len(ids) > 1 and _OF_HQ.match(name):
            meant = self._of_headquarters(name)
            ids = tuple(post.id for post in posts if {post.id, post.unit} & meant) or ids
            return _chosen(printed, ids, "title", Sureness.LIKELY)
        sure = Sureness.CERTAIN if len(ids) == 1 else Sureness.LIKELY
        return Binding(printed=printed, ids=ids, sure=sure, why="title")

    def _of_headquarters(self, name: str) -> set[str]:
        """Ids of the headquarters of this plan and of the post that its commander holds."""
        hq = self._content.command
        if hq is None:
            return set()
        units = match_units(hq.name, self._directory, self._place).units
        meant = {unit.id for unit in units}
        if hq.commander and hq.commander != name:
            meant.update(self.resolve(hq.commander, depth=2).ids)
        return meant

    def _officer_of(self, printed: str, body: str, title: str) -> Binding | None:
        units = match_units(body, self._directory, self._place).units
        if len(units) != 1:
            return None
        posts = self._directory.posts_of(units[0].id)
        same = [post for post in posts if title in (post.title, *post.titles)]
        if same:
            return _chosen(printed, tuple(post.id for post in same), "office_of", Sureness.CERTAIN)
        if title.startswith("副"):
            return None
        heads = [post for post in posts if _HEADS.match(post.title)]
        if heads:
            return _chosen(printed, tuple(post.id for post in heads), "head_of", Sureness.LIKELY)
        return Binding(printed=printed, ids=(units[0].id,), sure=Sureness.LIKELY, why="head_of")

    def _leader(self, printed: str, name: str, title: str) -> Binding:
        # 分管水利工作的副县长: the office is 副县长, the words before it say which of them.
        stripped = self._place.strip(name)
        charge = _IN_CHARGE.match(stripped[: -len(title)]) if stripped.endswith(title) else None
        if stripped != title and charge is None:
            return Binding(printed=printed)
        holders = [post for post in self._posts() if _ends_with_title(post, title)]
        what = charge["what"] if charge else ""
        if what and len(holders) > 1:
            said = [post for post in holders if any(what in word for word in (post.title, *post.titles))]
            holders = said or holders
        return _chosen(printed, tuple(post.id for post in holders), "title", Sureness.LIKELY)

    def _through_headquarters(self, printed: str, name: str, depth: int) -> Binding | None:
        hq = self._content.command
        if hq is None:
            return None
        meaning = None
        if OFFICE.search(name):
            meaning = hq.office or hq.office_director
        elif name.endswith("办公室主任"):
            meaning = hq.office_director or hq.office
        elif self._is_headquarters(name) or _OF_HQ.match(name) or name in self._heads_of(hq.name, hq.aliases):
            # What the plan leaves to the headquarters its commander decides.
            meaning = hq.commander
        if not meaning or meaning == printed:
            return None
        found = self.resolve(meaning, depth + 1)
        if not found.ids and not found.candidates:
            return None
        return Binding(
            printed=printed,
            ids=found.ids,
            sure=Sureness.LIKELY if found.ids else Sureness.OPEN,
            why="headquarters",
            candidates=found.candidates,
        )

    def _heads_of(self, name: str, aliases: tuple[str, ...]) -> set[str]:
        heads = ("总指挥", "指挥长", "组长", "主任")
        return {body + head for body in (name, *aliases, "指挥部") for head in heads}

    def _is_headquarters(self, name: str) -> bool:
        hq = self._content.command
        if hq is None or not _HQ.search(name) or re.search(r"现场|前线", name) or self._place.is_above(name):
            return False
        bare = self._place.strip(name)
        return any(bare in known or known.endswith(bare) for known in (hq.name, *hq.aliases))

    def _several(self, printed: str, depth: int) -> Binding | None:
        parts = parts_of(printed)
        if not parts:
            return None
        found = [self.resolve(part, depth + 1) for part in parts]
        if not all(binding.ids for binding in found):
            return None
        ids = tuple(dict.fromkeys(item for binding in found for item in binding.ids))
        return Binding(printed=printed, ids=ids, sure=Sureness.LIKELY, why="several")


def _ends_with_title(post: Post, title: str) -> bool:
    names = (post.title, *post.titles)
    return any(name == title or (name.endswith(title) and not name.endswith(f"副{title}")) for name in names)


def _chosen(printed: str, ids: tuple[str, ...], why: str, sure: Sureness) -> Binding:
    if len(ids) == 1:
        return Binding(printed=printed, ids=ids, sure=sure, why=why)
    if ids:
        return Binding(printed=printed, why="ambiguous", candidates=ids)
    return Binding(printed=printed)


def directory_from_plan(content: PlanContent, jurisdiction: str = DRY_RUN_CODE) -> Directory:
    """A directory made of the plan alone: one unit and one post for every body it names.

    For running a plan dry. The posts of those who decide are commanders, that of the office is its
    director and duty officer, all others are liaisons.
    """
    deciders, offices, aliases = _deciders(content), _offices(content), _hq_aliases(content)
    also = {alias for known in aliases.values() for alias in known}
    names = dict.fromkeys(part for name in printed_names(content) for part in (parts_of(name) or (name,)))
    bodies = {name: f"unit-{number}" for number, name in enumerate((n for n in names if n not in also), 1)}
    units: list[Unit] = []
    posts: list[Post] = []
    for name, unit_id in bodies.items():
        officer = OFFICER.match(name)
        at = bodies.get(officer["body"]) if officer else None
        if at is None:
            units.append(
                Unit(id=unit_id, name=name, jurisdiction=jurisdiction, aliases=aliases.get(name, ()))
            )
        roles = {Role.COMMANDER} if name in deciders else {Role.LIAISON}
        if name in offices:
            roles |= {Role.OFFICE_DIRECTOR, Role.DUTY_OFFICER}
        posts.append(
            Post(
                id=unit_id.replace("unit", "post"),
                title=officer["title"] if officer else "负责人",
                unit=at or unit_id,
                jurisdiction=jurisdiction,
                roles=frozenset(roles),
                titles=(name,) if officer else (),
            )
        )
    area = Jurisdiction(code=jurisdiction, name=content.title)
    return Directory(jurisdictions=(area,), units=tuple(units), posts=tuple(posts))


def _deciders(content: PlanContent) -> set[str]:
    names = [name for power in content.activation for name in given(power.authority, power.approver)]
    names += [name for end in content.termination for name in given(end.authority)]
    if content.command:
        hq = content.command
        names += given(hq.name, hq.commander, *hq.deputies)
    return {part for name in names for part in (name, *parts_of(name))}


def _offices(content: PlanContent) -> set[str]:
    hq = content.command
    named = {name for name in given(hq.office, hq.office_director)} if hq else set()
    return named | {name for name in printed_names(content) if OFFICE.search(name)}


def _hq_aliases(content: PlanContent) -> dict[str, tuple[str, ...]]:
    hq = content.command
    return {hq.name: tuple(alias for alias in hq.aliases if alias != hq.name)} if hq else {}
