"""Whatever is done in whatever order: no silent deadlock, nobody off duty told, counts that add up."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengsui.core.errors import FengsuiError
from fengsui.core.response import chain
from fengsui.core.response.alarms import alarms
from fengsui.core.response.decisions import orders, replies
from fengsui.core.response.decisions.orders import OrderTerms
from fengsui.core.response.decisions.replies import DoneReport
from fengsui.core.response.decisions.ring import release, ring
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.dependencies import circle, stuck, unsettled
from fengsui.core.response.escalation import DutyState, Rung, Stage, climb, pick
from fengsui.core.response.events import DirectiveIssued, IncidentOpened
from fengsui.core.response.events_dispatch import DirectiveEscalated, DirectiveReminded
from fengsui.core.response.evolve import evolve
from fengsui.core.response.incident import DirectiveStatus, Incident, fold
from response_builders import COUNTY, DIRECTORY, NOW

UNITS = {"gaj": "police", "wjw": "health", "zf": "mayor"}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "issue",
                "link",
                "accept",
                "decline",
                "ask",
                "answer",
                "done",
                "help",
                "help-answer",
                "reassign",
                "withdraw",
                "undo",
                "wait",
            ]
        ),
        st.integers(0, 7),
        st.integers(0, 7),
        st.sampled_from(sorted(UNITS)),
    ),
    max_size=30,
)
DUTY = st.dictionaries(st.sampled_from([post.id for post in DIRECTORY.posts]), st.sampled_from(DutyState))


class Played:
    """An incident on which commands are carried out one after another, as the use cases do it."""

    def __init__(self, duty: dict[str, DutyState]) -> None:
        self.now, self.duty = NOW, duty
        opening = IncidentOpened(title="t", what="w", place="p", place_code=COUNTY, learned_at=NOW)
        self.records = list(chain.record("i", (opening,), by="duty", at=NOW, last=None))
        found = fold(self.records)
        assert found is not None
        self.incident: Incident = found

    def roster(self, post: str) -> DutyState:
        return self.duty.get(post, DutyState.FREE)

    def scene(self, by: str) -> Scene:
        return Scene(incident=self.incident, directory=DIRECTORY, now=self.now, by=by)

    def add(self, events: object, by: str) -> None:
        made = chain.record("i", tuple(events), by=by, at=self.now, last=self.incident.last)  # type: ignore[arg-type]
        for item in made:
            self.incident = evolve(self.incident, item)
        self.records.extend(made)

    def do(self, step: tuple[str, int, int, str]) -> None:
        verb, number, other, unit = step
        key, second = f"d{number + 1}", f"d{other + 1}"
        state = self.incident.directives.get(key)
        by = UNITS[state.issued.to[0]] if state and state.issued.to else "police"
        terms = OrderTerms(
            within=timedelta(minutes=20), after=(second,) if second in self.incident.directives else ()
        )
        scene, as_unit = self.scene("chief"), self.scene(by)
        made = {
            "issue": lambda: orders.issue([unit], "事项", terms, scene),
            "link": lambda: orders.link(key, [second], scene),
            "accept": lambda: replies.accept(key, as_unit),
            "decline": lambda: replies.decline(key, "不行", as_unit),
            "ask": lambda: replies.question(key, "问", as_unit),
            "answer": lambda: orders.answer_question(key, "答", scene),
            "done": lambda: replies.finish(key, DoneReport(result="好"), as_unit),
            "help": lambda: replies.ask_help(key, "缺车", as_unit),
            "help-answer": lambda: orders.answer_help(key, "", [unit], OrderTerms(), scene),
            "reassign": lambda: orders.reassign(key, [unit], OrderTerms(), scene),
            "withdraw": lambda: orders.withdraw(key, "不需要", scene),
            "undo": lambda: replies.undo(key, as_unit),
            "wait": lambda: (),
        }[verb]
        try:
            events = made()
        except FengsuiError:
            return
        command = verb in ("issue", "link", "answer", "help-answer", "reassign", "withdraw")
        self.add(events, "chief" if command else by)
        self.add(release(self.incident, self.now), "chief")
        if verb == "wait":
            self.now += timedelta(minutes=7)
            self.add(ring(self.scene("timer"), self.roster), "timer")
        else:
            self.now += timedelta(seconds=5)


def played(steps: list[tuple[str, int, int, str]], duty: dict[str, DutyState]) -> Played:
    game = Played(duty)
    for step in steps:
        game.do(step)
    return game


SLOW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(STEPS, DUTY)
def test_every_order_that_waits_waits_for_one_somebody_can_act_on(steps, duty) -> None:
    directives = played(steps, duty).incident.directives
    for key, state in directives.items():
        assert circle(directives, key, state.handling.after) == () or not state.is_open
        if not (state.is_open and state.handling.waiting):
            continue
        # Follow what it waits for to an order that waits for nothing: somebody has that one in hand.
        trail, here = {key}, key
        while directives[here].handling.waiting:
            before = unsettled(directives, directives[here].handling.after)
            assert before, f"{here} waits for nothing"
            here = before[0]
            assert here not in trail, "a circle"
            trail.add(here)
        assert directives[here].is_open
        assert directives[here].status is not DirectiveStatus.DECLINED or stuck(directives)


@SLOW
@given(STEPS, DUTY)
def test_counts_by_state_always_add_up_and_the_fold_is_the_same_again(steps, duty) -> None:
    game = played(steps, duty)
    directives = game.incident.directives
    issued = sum(isinstance(item.event, DirectiveIssued) for item in game.records)
    by_state = Counter(state.status for state in directives.values())
    assert sum(by_state.values()) == issued == len(directives)
    for state in directives.values():
        assert (state.status is DirectiveStatus.DONE) == (
            state.is_open is False
            and state.done_at is not None
            and state.status is not DirectiveStatus.WITHDRAWN
        )
        assert len(state.handling.replies) <= len(state.help)
    assert sum(state.is_open for state in directives.values()) == (
        by_state[DirectiveStatus.ISSUED]
        + by_state[DirectiveStatus.ACCEPTED]
        + by_state[DirectiveStatus.DECLINED]
    )
    assert fold(game.records) == game.incident
    assert chain.verify(chain.export(game.records)) == ()


@SLOW
@given(STEPS, DUTY)
def test_the_timer_tells_nobody_off_duty_and_each_alarm_once(steps, duty) -> None:
    game = played(steps, duty)
    for item in game.records:
        if isinstance(item.event, DirectiveEscalated | DirectiveReminded) and item.event.post:
            assert game.roster(item.event.post) is not DutyState.OFF
    names = [item.deadline_id for item in alarms(game.incident)]
    assert len(names) == len(set(names))


POSTS = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5, unique=True)


@given(POSTS, st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(DutyState)))
def test_within_a_rung_whoever_is_on_duty_comes_first_and_off_duty_never(posts, duty) -> None:
    found = pick(posts, lambda post: duty.get(post, DutyState.FREE))
    states = {post: duty.get(post, DutyState.FREE) for post in posts}
    if found is None:
        assert all(state is DutyState.OFF for state in states.values())
        return
    assert states[found.post] is not DutyState.OFF
    if DutyState.ON in states.values():
        assert states[found.post] is DutyState.ON


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), max_size=3), min_size=5, max_size=5),
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(DutyState)),
)
def test_a_climb_stops_at_the_first_rung_with_somebody_and_names_every_gap(rungs, duty) -> None:
    stages = tuple(Stage(rung, timedelta()) for rung in Rung)
    on = dict(zip(Rung, rungs, strict=True))
    found = climb(stages, frozenset(), lambda rung: on[rung], lambda post: duty.get(post, DutyState.FREE))
    order = list(Rung)
    end = order.index(found.rung) if found.rung else len(order)
    free = {
        rung
        for rung in order
        if any(duty.get(post, DutyState.FREE) is not DutyState.OFF for post in on[rung])
    }
    assert not free & set(order[:end])
    assert set(found.gaps) == {rung for rung in order[:end] if on[rung]}
