"""Checking many plans: those of several files together, and the whole library, of which only what changed.

What a plan gives — its findings and its digest — depends on its text and on the rules alone, so it is kept
under the hash of both and made once. The rules between plans run over the digests.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol

from fengsui.application.lint_kept import findings_from, findings_to
from fengsui.application.lint_report import Checked
from fengsui.application.linting import contexts
from fengsui.core.directory import Directory
from fengsui.core.errors import InputError
from fengsui.core.lint.across.digest import PlanDigest, from_row, to_row
from fengsui.core.lint.across.digesting import digest_of
from fengsui.core.lint.across.run import run_across
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.registry import Registered, all_rules
from fengsui.core.lint.run import run
from fengsui.core.plan.codec import from_data
from fengsui.core.plan.model import Doubt, Plan, PlanContent
from fengsui.core.plan.review import Settlement, doubt_id, standing
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import plan_outlines
from fengsui.core.reading.outline import Outline, Section

_RULE_PACKAGES = ("fengsui.core.lint", "fengsui.core.reading", "fengsui.core.plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """A plan in force without its text. ``content`` is the hash of plan and document together."""

    plan_id: str
    version: int
    title: str
    jurisdiction: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A plan in force as stored; ``plan``, ``lines``, ``draft`` and ``settlements`` are JSON of the codec."""

    head: PlanHead
    document: str
    plan: str
    lines: str
    draft: str = ""
    settlements: str = "[]"


class PlanSource(Protocol):
    """Where the plans in force are."""

    def heads(self) -> tuple[PlanHead, ...]:
        """All plans in force, without their texts."""

    def load(self, heads: Sequence[PlanHead]) -> Iterator[StoredPlan]:
        """The texts of these plans, in any order, a few at a time."""


class KeptResults(Protocol):
    """What was found before, by name; losing it costs time only."""

    def find(self, names: Sequence[str]) -> Mapping[str, tuple[str, str]]:
        """Findings and digest (JSON) of those names that are kept."""

    def keep(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Keep name, findings and digest."""

    def forget_others(self, names: Sequence[str]) -> None:
        """Forget all but these."""


CheckAll = Callable[[Iterable[StoredPlan]], Iterator[tuple[PlanHead, tuple[str, str]]]]
"""Runs ``check_stored`` over plans, in as many processes as there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryCheck:
    """What the check of a library found: by plan its findings, those between plans after its own.

    ``checked`` is how many plans were checked anew, ``joined`` whether the rules between plans ran anew.
    """

    heads: tuple[PlanHead, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    checked: int
    joined: bool


def lint_document(
    lines: Sequence[TextLine], document: str, rules: Sequence[Registered], file: str
) -> tuple[tuple[Finding, ...], tuple[PlanDigest, ...]]:
    """Findings of every plan of a document, and what the rules between plans need of each.

    Raises InputError as ``read_plans`` does.
    """
    found: list[Finding] = []
    digests = []
    for context in contexts(lines, document):
        found += run(context, rules)
        digests.append(digest_of(context, f"{file}#{context.content.first_line}"))
    return tuple(found), tuple(digests)


def between(checked: Sequence[Checked], rules: Sequence[Registered]) -> list[Checked]:
    """The files with what the rules between plans find added, over all plans of all files."""
    found = run_across((digest for each in checked for digest in each.digests), rules)
    if not found:
        return list(checked)
    given = []
    for each in checked:
        more = [finding for digest in each.digests for finding in found.get(digest.key, ())]
        given.append(replace(each, findings=(*each.findings, *more), names=()) if more else each)
    return given


@cache
def rule_set() -> str:
    """A name for the rules as they are: it changes whenever their code, their law or the reading does."""
    digest = hashlib.sha256()
    for package in _RULE_PACKAGES:
        for name, data in _sources(files(package), package):
            digest.update(name.encode() + b"\0" + data)
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda each: each.name):
        if item.is_dir():
            yield from _sources(item, f"{name}/{item.name}")
        elif item.name.endswith((".py", ".toml")):
            yield f"{name}/{item.name}", item.read_bytes()


def stored_context(stored: StoredPlan) -> tuple[PlanContext, bool]:
    """What the rules look at of a stored plan, and whether its text is there."""
    content = from_data(Plan, json.loads(stored.plan)).content
    lines = _read_lines(stored.lines)
    own = tuple(line for line in lines if content.first_line <= line.number <= content.last_line)
    outlines = _outlines(stored.document, stored.lines)
    outline = next((each for each in outlines if each.first_line == content.first_line), None)
    doubts = _open_doubts(stored)
    return PlanContext(
        content=content, outline=outline or _bare(content), doubts=doubts, lines=own
    ), outline is not None


def check_stored(stored: StoredPlan) -> tuple[str, str]:
    """Findings and digest (JSON) of one stored plan; it depends on the plan and on the rules alone."""
    context, complete = stored_context(stored)
    # Without its text (read again since, or lost) the rules on the text would cry wolf.
    found = run(context, all_rules()) if complete else ()
    digest = digest_of(context, stored.head.plan_id, stored.head.jurisdiction)
    return findings_to(found), json.dumps(to_row(digest), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=2)
def _read_lines(text: str) -> tuple[TextLine, ...]:
    return from_data(tuple[TextLine, ...], json.loads(text))


@lru_cache(maxsize=2)
def _outlines(document: str, text: str) -> tuple[Outline, ...]:
    """The outlines of a document, made once for the plans of a bundle."""
    try:
        return tuple(plan_outlines(_read_lines(text), document))
    except InputError:
        return ()


def _bare(content: PlanContent) -> Outline:
    root = Section(
        number="", title="", clause="", depth=0, line=content.first_line, last_line=content.last_line
    )
    return Outline(
        document=content.document,
        title=content.title,
        first_line=content.first_line,
        last_line=content.last_line,
        numbering=content.numbering,
        root=root,
    )


_SOME_DOUBT = re.compile(r'"doubts":\s*\[\s*\{')


def _open_doubts(stored: StoredPlan) -> tuple[Doubt, ...]:
    # A draft is long, and most have none: a look costs nothing beside taking all of it apart.
    if not _SOME_DOUBT.search(stored.draft):
        return ()
    doubts = from_data(tuple[Doubt, ...], json.loads(stored.draft).get("doubts", []))
    settled = standing(from_data(tuple[Settlement, ...], json.loads(stored.settlements)))
    return tuple(doubt for doubt in doubts if doubt_id(doubt) not in settled)


def lint_library(
    source: PlanSource, kept: KeptResults, check_all: CheckAll, directory: Directory | None = None
) -> LibraryCheck:
    """Check every plan in force and all together; only what changed since the last time is done again."""
    heads = source.heads()
    names = {head.plan_id: _name(rule_set(), head.content, head.jurisdiction) for head in heads}
    units = _unit_names(directory)
    together = _name(rule_set(), "across", *sorted(f"{key}={name}" for key, name in names.items()), *units)
    before = dict(kept.find([*names.values(), together]))
    new = [head for head in heads if names[head.plan_id] not in before]
    rows = []
    for head, (findings, digest) in check_all(source.load(new)) if new else ():
        before[names[head.plan_id]] = (findings, digest)
        rows.append((names[head.plan_id], findings, digest))
    joined = together not in before
    if joined:
        digests = (from_row(json.loads(before[names[head.plan_id]][1])) for head in heads)
        across = run_across(digests, all_rules(), complete=True, units=units)
        told = json.dumps({key: findings_to(found) for key, found in across.items()}, ensure_ascii=False)
        before[together] = (told, "")
        rows.append((together, told, ""))
    if rows:
        kept.keep(rows)
        kept.forget_others([*names.values(), together])
    also = json.loads(before[together][0])
    findings_of = {
        head.plan_id: (
            *findings_from(before[names[head.plan_id]][0]),
            *findings_from(also.get(head.plan_id, "[]")),
        )
        for head in heads
    }
    return LibraryCheck(heads=heads, findings=findings_of, checked=len(new), joined=joined)


def _name(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _unit_names(directory: Directory | None) -> tuple[str, ...]:
    units = directory.units if directory else ()
    return tuple(sorted({name for unit in units for name in (unit.name, *unit.aliases)}))
