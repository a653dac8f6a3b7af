"""Checking the plans of the library (预案库查错): what stands, what is new, what was put aside and by whom.

The check of a draft is kept with the revision and the rules it was made with: when either changes it is made
anew, by the importer in the background or by the screen that asks for it. It never stands in the way of an
import: it comes after, in a transaction of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from fengsui.application.access import Action, require
from fengsui.application.desk import Actor
from fengsui.application.documents import outline_of
from fengsui.application.library_linting import rule_set
from fengsui.application.lint_library_ports import Kept, KeptDismissal, LintCheck, LintStore
from fengsui.application.lint_report import Checked
from fengsui.application.messages import BEIJING
from fengsui.application.plan_library import Library, draft_of, reviewed
from fengsui.application.plan_library_ports import DraftRecord
from fengsui.core.errors import Conflict, FengsuiError, InputError
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.dismissal import Dismissal, Split, holds, split
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.fingerprint import fingerprints
from fengsui.core.lint.registry import all_rules
from fengsui.core.lint.reviewed import reviewed_finding
from fengsui.core.lint.run import run
from fengsui.core.plan.review import unsettled
from fengsui.core.plan.surroundings import PlanIdentity
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import plan_outlines

MOST_WORDS = 500
"""Characters of a reason that are kept; of an owner a fifth of it."""
AT_A_TIME = 20
"""Drafts looked up at once for checking in the background."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LintDesk:
    """The ports of checking the library."""

    library: Library
    store: LintStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A draft with its check and what people said: ``split`` parts the findings, ``kept`` is by fingerprint.

    ``given``: the dismissals by fingerprint, with who and when.
    """

    record: DraftRecord
    check: LintCheck
    split: Split
    kept: dict[str, Kept]
    given: dict[str, KeptDismissal]


def findings_of(record: DraftRecord, lines: Sequence[TextLine]) -> tuple[Finding, ...]:
    """What the rules find in a plan as its reviewers left it. Raises InputError when it is not found."""
    content = reviewed(record)
    if record.metadata != PlanIdentity():
        content = replace(content, identity=record.metadata)
    own = tuple(line for line in lines if content.first_line <= line.number <= content.last_line)
    context = PlanContext(
        content=content,
        outline=outline_of(plan_outlines(lines, record.document_id), content),
        doubts=unsettled(record.draft, record.settlements),
        lines=own,
    )
    return run(context, all_rules())


def check_draft(desk: LintDesk, draft_id: str) -> LintCheck:
    """The check of a draft: the one kept where nothing changed since, else made now and kept.

    A check that breaks is kept as such, so that it is told and not tried for ever. Raises InputError
    ("no_such_draft").
    """
    record = draft_of(desk.library, draft_id)
    before = desk.store.check(draft_id)
    if before is not None and (before.revision, before.rules) == (record.revision, rule_set()):
        return before
    made = _made(desk, record, before)
    _keep(desk, made)
    return made


def check_again(desk: LintDesk, actor: Actor, draft_id: str) -> LintCheck:
    """Check a draft now, whatever is kept. Raises Refusal, InputError."""
    record = draft_of(desk.library, draft_id)
    require(actor, Action.SEE_PLAN, record.jurisdiction)
    made = _made(desk, record, desk.store.check(draft_id))
    _keep(desk, made)
    return made


def _made(desk: LintDesk, record: DraftRecord, before: LintCheck | None) -> LintCheck:
    made = LintCheck(
        draft_id=record.draft_id,
        revision=record.revision,
        rules=rule_set(),
        checked_at=desk.library.clock.now(),
        against=before.against if before else None,
    )
    try:
        findings = findings_of(record, desk.library.store.document_lines(record.document_id))
        findings = (*findings, *_from_reviews(desk, record))
    except InputError as problem:
        _log.warning("plan %s could not be checked: %s", record.draft_id, problem)
        return replace(made, failed=True)
    except Exception:  # a plan that breaks the check must not stop the others, nor an import
        _log.exception("plan %s could not be checked", record.draft_id)
        return replace(made, failed=True)
    if before is None or before.failed:
        return _first(desk, record, made, findings)
    # What rules between plans found stays until all plans are compared again.
    between = [each for each in before.found if _is_between(each.finding)]
    own = _compared(made, findings, before)
    return replace(own, found=(*own.found, *between))


@cache
def _between_rules() -> frozenset[str]:
    return frozenset(item.rule.name for item in all_rules() if item.across is not None)


def _is_between(finding: Finding) -> bool:
    return finding.rule.name in _between_rules()


def _from_reviews(desk: LintDesk, record: DraftRecord) -> tuple[Finding, ...]:
    """What reviews of incidents asked of this plan and is not mended yet."""
    if record.plan_id is None:
        return ()
    title = record.draft.content.title
    return tuple(
        reviewed_finding(
            plan=title,
            clause=item.source.clause,
            line=item.source.line,
            quote=item.source.quote,
            incident=item.incident_title,
            action=item.text,
            owner=item.owner,
            due=f"{item.due.astimezone(BEIJING):%Y-%m-%d}" if item.due else "",
        )
        for item in desk.store.from_reviews(record.plan_id)
    )


def _compared(made: LintCheck, findings: Sequence[Finding], before: LintCheck) -> LintCheck:
    """What was known stays as old as it is; the rest is new."""
    known = {each.fingerprint: each for each in before.found}
    found = []
    for finding, name in zip(findings, fingerprints(findings), strict=True):
        old = known.get(name)
        kept = Kept(finding=finding, fingerprint=name, since=made.checked_at, new=True)
        found.append(kept if old is None else replace(old, finding=finding))
    return replace(made, found=tuple(found))


def _first(desk: LintDesk, record: DraftRecord, made: LintCheck, findings: Sequence[Finding]) -> LintCheck:
    """The first check of a draft: a new version is told against the version before it."""
    names = fingerprints(findings)
    earlier = _earlier(desk, record)
    if earlier is None:
        found = [
            Kept(finding=finding, fingerprint=name, since=made.checked_at)
            for finding, name in zip(findings, names, strict=True)
        ]
        return replace(made, found=tuple(found))
    old, then = earlier
    # The title is part of a fingerprint, and a new version may bear another: (2019年修订).
    as_before = fingerprints([replace(each, plan=old.draft.content.title) for each in findings])
    known = {each.fingerprint: each for each in then.found}
    _take_over_dismissals(desk, old, record, dict(zip(as_before, names, strict=True)))
    found = [
        Kept(
            finding=finding,
            fingerprint=name,
            since=known[was].since if was in known else made.checked_at,
            new=was not in known,
        )
        for finding, name, was in zip(findings, names, as_before, strict=True)
    ]
    return replace(made, found=tuple(found), against=old.draft_id)


def _earlier(desk: LintDesk, record: DraftRecord) -> tuple[DraftRecord, LintCheck] | None:
    old = desk.library.store.draft(record.version_of) if record.version_of else None
    if old is None:
        return None
    then = desk.store.check(old.draft_id)
    if then is None or then.rules != rule_set():
        # Other rules would make old faults look new. Its own version before is not asked for.
        then = _made(desk, replace(old, version_of=None), then)
        _keep(desk, then)
    return None if then.failed else (old, then)


def _take_over_dismissals(
    desk: LintDesk, old: DraftRecord, record: DraftRecord, now_called: dict[str, str]
) -> None:
    title = record.draft.content.title
    given = [
        replace(
            each,
            dismissal=replace(
                each.dismissal,
                plan=title,
                fingerprint=now_called.get(each.dismissal.fingerprint, each.dismissal.fingerprint),
            ),
        )
        for each in desk.store.dismissals(old.draft_id)
    ]
    if given:
        desk.store.dismiss(record.draft_id, given)


def _split(desk: LintDesk, check: LintCheck) -> tuple[Split, dict[str, KeptDismissal]]:
    given = {each.dismissal.fingerprint: each for each in desk.store.dismissals(check.draft_id)}
    parted = split(
        [each.finding for each in check.found],
        [each.dismissal for each in given.values()],
        desk.library.today(),
        [each.fingerprint for each in check.found],
    )
    return parted, given


def _until(parted: Split) -> date | None:
    return min((said.until for _, said in parted.dismissed if said.until), default=None)


def _keep(desk: LintDesk, check: LintCheck) -> None:
    parted, _ = _split(desk, check)
    desk.store.keep(check, parted.dismissed_names, _until(parted))


def standing(desk: LintDesk, actor: Actor, draft_id: str) -> Standing:
    """How a draft stands now. Raises Refusal, InputError("no_such_draft")."""
    record = draft_of(desk.library, draft_id)
    require(actor, Action.SEE_PLAN, record.jurisdiction)
    check = check_draft(desk, draft_id)
    parted, given = _split(desk, check)
    kept = {each.fingerprint: each for each in check.found}
    return Standing(record=record, check=check, split=parted, kept=kept, given=given)


def checked(desk: LintDesk, now: Standing) -> Checked:
    """A draft as every output of the check takes it: with its whole text."""
    return Checked(
        now.record.filename,
        desk.library.store.document_lines(now.record.document_id),
        now.split.shown,
        now.split.shown_names,
        tuple((finding, said.reason) for finding, said in now.split.dismissed),
        now.split.dismissed_names,
    )


def dismiss(
    desk: LintDesk,
    actor: Actor,
    *,
    draft_id: str,
    fingerprint: str,
    reason: str,
    owner: str,
    until: date | None = None,
) -> Standing:
    """Put a finding aside. Raises Refusal, InputError (reason, owner or day missing or wrong), Conflict when
    the finding no longer stands."""
    require(actor, Action.DISMISS_FINDING, draft_of(desk.library, draft_id).jurisdiction)
    now = standing(desk, actor, draft_id)
    why, who, today = reason.strip(), owner.strip(), desk.library.today()
    if not why:
        raise InputError("dismissal_without_reason")
    if not who:
        raise InputError("dismissal_without_owner")
    if until is not None and until < today:
        raise InputError("dismissal_ended", until=until.isoformat())
    if fingerprint not in now.split.shown_names:
        raise Conflict("finding_not_standing")
    finding = now.kept[fingerprint].finding
    said = Dismissal(
        fingerprint=fingerprint,
        rule=finding.rule.name,
        plan=finding.plan,
        clause=finding.clause,
        quote=finding.evidence[:MOST_WORDS],
        reason=why[:MOST_WORDS],
        owner=who[: MOST_WORDS // 5],
        on=today,
        until=until,
    )
    given = KeptDismissal(dismissal=said, by=actor.post_id, at=desk.library.clock.now())
    desk.store.dismiss(draft_id, [given])
    return _said_anew(desk, actor, draft_id)


def undo_dismiss(desk: LintDesk, actor: Actor, *, draft_id: str, fingerprint: str) -> Standing:
    """Take a dismissal back. Raises Refusal, Conflict when there is none."""
    require(actor, Action.DISMISS_FINDING, draft_of(desk.library, draft_id).jurisdiction)
    if not desk.store.undo(draft_id, fingerprint, actor.post_id, desk.library.clock.now()):
        raise Conflict("finding_not_aside")
    return _said_anew(desk, actor, draft_id)


def _said_anew(desk: LintDesk, actor: Actor, draft_id: str) -> Standing:
    now = standing(desk, actor, draft_id)
    desk.store.set_aside(draft_id, now.split.dismissed_names, _until(now.split))
    desk.store.count_day(desk.library.today())
    return now


def ended(given: KeptDismissal, today: date) -> bool:
    """Whether the day a dismissal was given for has passed."""
    return not holds(given.dismissal, today)


def keep_between(desk: LintDesk, found: Mapping[str, Sequence[Finding]]) -> int:
    """Keep what rules between plans found, by id of the plan in force; return how many plans it changed.

    ``found`` may hold other findings as well: those of a plan alone are passed over.
    """
    changed = 0
    drafts = desk.store.drafts_in_force()
    for plan_id, draft_id in drafts.items():
        before = desk.store.check(draft_id)
        if before is None or before.failed:
            continue
        findings = [each for each in found.get(plan_id, ()) if _is_between(each)]
        own = tuple(each for each in before.found if not _is_between(each.finding))
        known = {each.fingerprint for each in before.found if _is_between(each.finding)}
        if known == set(fingerprints(findings)):
            continue
        made = replace(before, checked_at=desk.library.clock.now())
        between = _compared(made, findings, before).found
        # All that a first comparison finds would be new, and so say nothing.
        fresh = between if known else tuple(replace(each, new=False) for each in between)
        made = replace(made, found=(*own, *fresh))
        _keep(desk, made)
        changed += 1
    if changed:
        desk.store.count_day(desk.library.today())
    return changed


def check_waiting(desk: LintDesk, stop: Callable[[], bool] = lambda: False) -> int:
    """Check every draft whose check is missing or out of date, until none is left; return how many."""
    done = 0
    tried: set[str] = set()
    while not stop():
        # What was tried and stands in the list again changed under our hands: the next round's work.
        waiting = [each for each in _stale(desk) if each not in tried]
        if not waiting:
            break
        for draft_id in waiting:
            if stop():
                break
            tried.add(draft_id)
            done += _check_one(desk, draft_id)
    if done:
        desk.store.count_day(desk.library.today())
    return done


def _stale(desk: LintDesk) -> tuple[str, ...]:
    return desk.store.stale(rule_set(), desk.library.today(), AT_A_TIME)


def _check_one(desk: LintDesk, draft_id: str) -> int:
    try:
        check = check_draft(desk, draft_id)
        parted, _ = _split(desk, check)
        desk.store.set_aside(draft_id, parted.dismissed_names, _until(parted))
    except FengsuiError as problem:
        _log.warning("plan %s will be checked again: %s", draft_id, problem)
        return 0
    return 1
