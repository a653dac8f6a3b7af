"""The ladder of channels: who is reached by what next, and who is left in peace."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from fengsui.core.notify import ladder
from fengsui.core.notify.ladder import Gate, Means, QuietHours, Rule, Step, climb
from fengsui.core.notify.proof import code_is, link_token, read_token, spoken_code

NOW = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
MORNING = NOW + timedelta(hours=8)
SMS, VOICE = Gate(channel="sms-a"), Gate(channel="voice-a")
GATES = {Means.SMS: (SMS,), Means.VOICE: (VOICE,)}


def rule(*steps: tuple[Means, int], kind: str = "directive", low: bool = False) -> Rule:
    made = tuple(Step(means=means, after=timedelta(seconds=seconds)) for means, seconds in steps)
    return Rule(kind=kind, steps=made, low=low)


PLAIN = rule((Means.SMS, 120), (Means.VOICE, 180), (Means.CALL_LIST, 300))


def test_each_step_waits_its_time_after_the_one_before() -> None:
    first = climb(PLAIN, 0, NOW, gates=GATES)
    assert (first.use, first.step) == (((Means.SMS, "sms-a"),), 1)
    assert first.next_at == NOW + timedelta(seconds=180)
    second = climb(PLAIN, 1, NOW, gates=GATES)
    assert (second.use, second.next_at) == (((Means.VOICE, "voice-a"),), NOW + timedelta(seconds=300))
    last = climb(PLAIN, 2, NOW, gates=GATES)
    assert (last.use, last.next_at) == (((Means.CALL_LIST, "call_list"),), None)


def test_steps_without_a_wait_are_used_together() -> None:
    both = rule((Means.WECOM, 0), (Means.SMS, 0), (Means.VOICE, 60))
    made = climb(both, 0, NOW, gates={**GATES, Means.WECOM: (Gate(channel="group"),)})
    assert [channel for _, channel in made.use] == ["group", "sms-a"]
    assert made.next_at == NOW + timedelta(seconds=60)


def test_a_means_that_is_not_there_is_passed_over_and_its_wait_with_it() -> None:
    made = climb(PLAIN, 0, NOW, gates={Means.VOICE: (VOICE,)})
    assert made.use == ((Means.VOICE, "voice-a"),)


def test_nobody_waits_for_a_gateway_that_is_down() -> None:
    down = {Means.SMS: (Gate(channel="sms-a", down=True),), Means.VOICE: (VOICE,)}
    made = climb(PLAIN, 0, NOW, gates=down)
    assert [channel for _, channel in made.use] == ["sms-a", "voice-a"]
    nothing_works = {Means.SMS: (Gate(channel="sms-a", down=True),)}
    assert climb(PLAIN, 0, NOW, gates=nothing_works).use[-1] == (Means.CALL_LIST, "call_list")


def test_a_second_gateway_of_the_same_means_stands_in_for_one_that_is_down() -> None:
    two = {Means.SMS: (Gate(channel="sms-a", down=True), Gate(channel="sms-b"))}
    assert climb(PLAIN, 0, NOW, gates=two).use == ((Means.SMS, "sms-b"),)


def test_what_can_wait_waits_for_the_morning_of_whoever_is_off_duty() -> None:
    low = rule((Means.SMS, 0), kind="done", low=True)
    held = climb(low, 0, NOW, gates=GATES, quiet_until=MORNING)
    assert (held.use, held.step, held.next_at, held.held) == ((), 0, MORNING, True)
    assert climb(low, 0, NOW, gates=GATES).use == ((Means.SMS, "sms-a"),)


@pytest.mark.parametrize("kind", sorted(ladder.NEVER_QUIET))
def test_activation_withdrawal_and_red_warnings_are_never_quiet_whatever_the_data_says(kind: str) -> None:
    urgent = rule((Means.SMS, 0), kind=kind, low=True)
    made = climb(urgent, 0, NOW, gates=GATES, quiet_until=MORNING, skip=frozenset({Means.SMS}))
    assert made.use == ((Means.SMS, "sms-a"),)


def test_a_wish_counts_for_what_can_wait_alone() -> None:
    low = rule((Means.SMS, 0), (Means.VOICE, 60), kind="done", low=True)
    assert climb(low, 0, NOW, gates=GATES, skip=frozenset({Means.SMS})).use == ((Means.VOICE, "voice-a"),)
    assert climb(PLAIN, 0, NOW, gates=GATES, skip=frozenset({Means.SMS})).use == ((Means.SMS, "sms-a"),)


def test_every_default_ladder_ends_and_never_waits_for_ever() -> None:
    for found in (*ladder.DEFAULTS.values(), ladder.OTHER):
        step, now, used = 0, NOW, []
        for _ in range(20):
            made = climb(found, step, now, gates=GATES)
            used += [means for means, _ in made.use]
            if made.next_at is None:
                break
            step, now = made.step, made.next_at
        else:
            pytest.fail(f"{found.kind} never ends")
        assert found.low or used[-1] is Means.CALL_LIST, found.kind


def test_a_kind_without_rule_has_the_general_one_and_the_office_may_change_both() -> None:
    assert ladder.rule_for("new_kind", {}).steps == ladder.OTHER.steps
    own = {"other": rule((Means.VOICE, 0), kind="other")}
    assert ladder.rule_for("new_kind", own).steps[0].means is Means.VOICE
    assert ladder.rule_for("directive", own).steps == ladder.DEFAULTS["directive"].steps


@pytest.mark.parametrize(
    ("at", "expected"),
    [("21:59", None), ("22:00", "07:00"), ("23:30", "07:00"), ("06:59", "07:00"), ("07:00", None)],
)
def test_quiet_hours_run_over_midnight(at: str, expected: str | None) -> None:
    quiet = QuietHours(starts=time(22), ends=time(7))
    local = datetime.combine(datetime(2026, 3, 1), time.fromisoformat(at), tzinfo=UTC)
    until = quiet.until(local)
    assert (until and until.strftime("%H:%M")) == expected
    assert until is None or local < until <= local + timedelta(hours=9)


def test_a_link_proves_one_notice_until_its_end_and_nothing_else() -> None:
    key, ends = b"k" * 32, NOW.replace(microsecond=0) + timedelta(hours=1)
    token = link_token(key, 4711, ends)
    assert read_token(key, token) == (4711, ends)
    assert read_token(b"other" * 6, token) is None
    for broken in ("", "x", token[:-1], token + "A", "é" * 32, token.swapcase()):
        assert read_token(key, broken) is None
    changed = "B" + token[1:] if token[0] != "B" else "C" + token[1:]
    assert read_token(key, changed) is None
    assert len(token) <= 32


def test_the_code_has_four_digits_and_differs_from_notice_to_notice() -> None:
    codes = {spoken_code(b"k", number) for number in range(200)}
    assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert len(codes) > 190
    assert code_is(b"k", 7, " ".join(spoken_code(b"k", 7)))
    assert not code_is(b"k", 7, spoken_code(b"k", 8))
    assert not code_is(b"k", 7, "")
    assert not code_is(b"k", 7, "①②③④")


def test_with_nothing_but_the_page_people_get_their_time_before_anybody_telephones() -> None:
    first = climb(PLAIN, 0, NOW, gates={})
    assert (first.use, first.step, first.next_at) == ((), 2, NOW + timedelta(seconds=300))
    assert climb(PLAIN, first.step, NOW, gates={}).use == ((Means.CALL_LIST, "call_list"),)
