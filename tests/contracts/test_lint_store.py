"""Checking the plans of the library, on every store: what is new, what was put aside, what comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from application.test_plan_library import DIRECTORY, DUTY, EDITOR, NEIGHBOUR, Shelf
from fengsui.adapters.memory import CountingIds, FixedClock, MemoryDirectory
from fengsui.adapters.read_document import read_document
from fengsui.application import lint_library as use
from fengsui.application.plan_library import Library, import_document
from fengsui.application.plan_library_ports import DraftRecord
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.lint import registry
from fengsui.core.lint.dismissal import Back
from fengsui.core.lint.finding import Finding
from lint_shelf import LintShelf

TEXT = """东河桥梁垮塌应急预案
1 总则
1.1 编制目的
为了应对东河境内的桥梁垮塌，制定本预案。
1.2 适用范围
本预案适用于东河境内桥梁垮塌的应对。
2 分级标准
2.1 重大（Ⅱ级）：造成10人以上30人以下死亡。
2.2 较大（Ⅲ级）：造成3人以上8人以下死亡。
3 应急响应
3.1 由县长决定启动Ⅱ级响应、Ⅲ级响应。
4 信息报告
{hotline}
5 附则
5.1 本预案自印发之日起施行。
"""
FIRE = "发现火情的拨打火警电话120。"
NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)


@dataclass
class Ground:
    """A library with its check on one kind of store."""

    desk: use.LintDesk
    clock: FixedClock

    def arrive(self, hotline: str, more: str = "", narrow: str = "8人以下") -> DraftRecord:
        data = (TEXT.format(hotline=hotline).replace("8人以下", narrow) + more).encode()
        (record,) = import_document(
            self.desk.library, EDITOR, filename="桥.txt", data=data, jurisdiction="990100"
        )
        return record

    def now(self, record: DraftRecord) -> use.Standing:
        return use.standing(self.desk, EDITOR, record.draft_id)

    def hotline(self, record: DraftRecord) -> str:
        """The fingerprint of the wrong hotline."""
        (name,) = [key for key, kept in self.now(record).kept.items() if "120" in kept.finding.evidence]
        return name

    def put_aside(self, record: DraftRecord, **also: Any) -> use.Standing:
        given = {"reason": "县里另有规定", "owner": "县应急局", **also}
        name = self.hotline(record)
        return use.dismiss(self.desk, EDITOR, draft_id=record.draft_id, fingerprint=name, **given)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def ground(request: pytest.FixtureRequest) -> Ground:
    store: Any
    lint: Any
    if request.param == "memory":
        shelf = Shelf()
        store, lint = shelf, LintShelf(lambda: {key: one.revision for key, one in shelf.records.items()})
    else:
        request.getfixturevalue("database_" + request.param)
        from fengsui.store.library import DjangoLibrary
        from fengsui.store.lint import DjangoLint

        store, lint = DjangoLibrary(), DjangoLint()
    clock = FixedClock(NOW)
    library = Library(
        store=store,
        directory=MemoryDirectory(DIRECTORY),
        read=lambda filename, data: read_document(data, filename).lines,
        clock=clock,
        ids=CountingIds(),
    )
    return Ground(use.LintDesk(library=library, store=lint), clock)


def test_what_arrived_is_checked_once_and_again_only_when_it_or_the_rules_change(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = ground.arrive(FIRE)
    assert ground.desk.store.check(record.draft_id) is None
    assert (use.check_waiting(ground.desk), use.check_waiting(ground.desk)) == (1, 0)
    check = ground.desk.store.check(record.draft_id)
    assert check is not None
    assert [each.new for each in check.found] == [False] * len(check.found) != []
    ground.desk.library.store.update_draft(replace(record, revision=2), 1)
    assert use.check_waiting(ground.desk) == 1
    monkeypatch.setattr(use, "rule_set", lambda: "of tomorrow")
    assert use.check_waiting(ground.desk) == 1
    again = ground.desk.store.check(record.draft_id)
    assert again is not None
    assert again.found == check.found


def test_a_finding_is_kept_and_given_back_whole(ground: Ground) -> None:
    record = ground.arrive(FIRE)
    made = use.check_draft(ground.desk, record.draft_id)
    assert ground.desk.store.check(record.draft_id) == made


def test_a_check_that_breaks_is_told_and_not_tried_for_ever(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> tuple[Finding, ...]:
        raise RuntimeError

    record = ground.arrive(FIRE)
    monkeypatch.setattr(use, "findings_of", broken)
    assert (use.check_waiting(ground.desk), use.check_waiting(ground.desk)) == (1, 0)
    assert ground.now(record).check.failed
    monkeypatch.undo()
    assert not use.check_again(ground.desk, EDITOR, record.draft_id).failed


def test_a_dismissal_needs_a_reason_an_owner_and_a_day_that_has_not_passed(ground: Ground) -> None:
    record = ground.arrive(FIRE)
    for given, code in (
        ({"reason": "  "}, "dismissal_without_reason"),
        ({"owner": ""}, "dismissal_without_owner"),
        ({"until": date(2026, 4, 30)}, "dismissal_ended"),
    ):
        with pytest.raises(InputError, match=code):
            ground.put_aside(record, **given)
    for actor in (DUTY, NEIGHBOUR):
        with pytest.raises(Refusal):
            use.dismiss(ground.desk, actor, draft_id=record.draft_id, fingerprint="x", reason="r", owner="o")
    assert not ground.now(record).split.dismissed


def test_what_is_put_aside_is_no_longer_shown_and_can_be_taken_back(ground: Ground) -> None:
    record = ground.arrive(FIRE)
    name = ground.hotline(record)
    now = ground.put_aside(record)
    assert (now.split.dismissed_names, name in now.split.shown_names) == ((name,), False)
    given = now.given[name]
    assert (given.by, given.dismissal.reason, given.dismissal.owner) == ("editor", "县里另有规定", "县应急局")
    with pytest.raises(Conflict, match="finding_not_standing"):
        use.dismiss(ground.desk, EDITOR, draft_id=record.draft_id, fingerprint=name, reason="r", owner="o")
    now = use.undo_dismiss(ground.desk, EDITOR, draft_id=record.draft_id, fingerprint=name)
    assert name in now.split.shown_names
    assert not now.split.returned
    with pytest.raises(Conflict, match="finding_not_aside"):
        use.undo_dismiss(ground.desk, EDITOR, draft_id=record.draft_id, fingerprint=name)


def test_what_was_put_aside_until_a_day_comes_back_after_it(ground: Ground) -> None:
    record = ground.arrive(FIRE)
    name = ground.hotline(record)
    ground.put_aside(record, until=date(2026, 5, 2))
    ground.clock.at += timedelta(days=1)
    assert name in ground.now(record).split.dismissed_names
    ground.clock.at += timedelta(days=1)
    assert ground.now(record).split.returned[name].why is Back.EXPIRED
    # The background says so too, though nothing else changed.
    assert (use.check_waiting(ground.desk), use.check_waiting(ground.desk)) == (1, 0)


def test_of_a_new_version_only_what_the_one_before_did_not_have_is_new(ground: Ground) -> None:
    earlier = ground.arrive(FIRE)
    ground.now(earlier)
    later = ground.arrive(FIRE, "5.2 详见附件九。\n")
    now = ground.now(later)
    assert now.check.against == earlier.draft_id
    new = [each.finding.evidence for each in now.check.found if each.new]
    assert {"附件九" in each for each in new} == {True}
    assert len(new) < len(now.check.found)


def test_a_dismissal_holds_in_a_new_version_where_the_clause_is_the_same(ground: Ground) -> None:
    ground.put_aside(ground.arrive(FIRE))
    later = ground.arrive(FIRE, "5.2 本预案由东河应急局解释。\n")
    now, name = ground.now(later), ground.hotline(later)
    assert now.split.dismissed_names == (name,)
    assert now.given[name].dismissal.owner == "县应急局"


def test_a_finding_returns_when_its_clause_changes_and_says_that_it_was_put_aside(ground: Ground) -> None:
    earlier = ground.arrive(FIRE)
    gap = next(key for key, kept in ground.now(earlier).kept.items() if kept.finding.rule.code == "G1")
    use.dismiss(
        ground.desk, EDITOR, draft_id=earlier.draft_id, fingerprint=gap, reason="按旧例", owner="县应急局"
    )
    later = ground.arrive(FIRE, narrow="7人以下")
    now = ground.now(later)
    (back,) = now.split.returned.values()
    assert (back.finding.rule.code, back.why, back.dismissal.reason) == ("G1", Back.CHANGED, "按旧例")
    assert not now.split.dismissed


def test_findings_between_plans_are_kept_beside_those_of_the_plan_alone(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = ground.arrive(FIRE)
    alone = ground.now(record).check.found
    item = next(each for each in registry.all_rules() if each.across is not None)
    between = replace(alone[0].finding, rule=item.rule, evidence="两份预案不一样")
    monkeypatch.setattr(type(ground.desk.store), "drafts_in_force", lambda _self: {"p": record.draft_id})
    assert use.keep_between(ground.desk, {"p": (alone[0].finding, between)}) == 1
    assert use.keep_between(ground.desk, {"p": (between,)}) == 0
    assert [each.finding for each in ground.now(record).check.found] == [
        *(each.finding for each in alone),
        between,
    ]
    use.check_again(ground.desk, EDITOR, record.draft_id)
    assert between in [each.finding for each in ground.now(record).check.found]
    assert use.keep_between(ground.desk, {}) == 1
    assert ground.now(record).check.found == alone
