"""From a message in the outbox to somebody's receipt, on ports in memory and a clock that stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fengsui.adapters.memory import FixedClock, MemoryChannel
from fengsui.adapters.memory_notify import MemoryBook, MemoryChannels, MemoryGateway, MemoryNotices
from fengsui.application.notify import Announcer, NotifyDesk, climb_ladders, settle_taken_up
from fengsui.application.notify_ports import (
    ChannelSetting,
    Contact,
    DeliveryState,
    How,
    Options,
    Recipient,
)
from fengsui.application.notify_test import daily_test, try_channels
from fengsui.application.notify_work import deliver_next
from fengsui.application.ports import OutboxRow
from fengsui.core.errors import AnswerLost, Permanent, Retryable
from fengsui.core.notify.ladder import Means, Rule, Step
from fengsui.core.notify.proof import spoken_code

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
"""Midday in Beijing."""
NIGHT = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
"""Two in the morning in Beijing."""
MINUTE = timedelta(minutes=1)
LI, WANG = (
    Recipient(post_id="fire-1", person_id="li", on_duty=True),
    Recipient(post_id="fire-2", person_id="wang", on_duty=False),
)


class World:
    """A desk with an SMS and a voice gateway and two firemen."""

    def __init__(self, now: datetime = NOON, *, outside: bool = True) -> None:
        self.clock, self.inbox = FixedClock(now), MemoryChannel()
        self.notices, self.channels = (
            MemoryNotices(),
            MemoryChannels(chosen=Options(base_url="https://desk.invalid")),
        )
        self.book = MemoryBook(
            people={("unit", "fire"): (LI, WANG), ("post", "fire-2"): (WANG,)},
            contacts={"li": Contact(name="李", phone="0000-1"), "wang": Contact(name="王", phone="0000-2")},
        )
        for name, means in (("sms", Means.SMS), ("voice", Means.VOICE)):
            self.channels.settings[name] = ChannelSetting(channel=name, means=means, name=name)
        self.gateway = {"sms": MemoryGateway(), "voice": MemoryGateway()}
        self.desk = NotifyDesk(
            notices=self.notices,
            channels=self.channels,
            book=self.book,
            clock=self.clock,
            key=b"k" * 32,
            outside=outside,
        )

    def tell(
        self, kind: str = "directive", to: str = "fire", to_kind: str = "unit", *, exercise: bool = False
    ) -> None:
        mark = "【演练】" if exercise else ""
        row = OutboxRow(
            message_id=f"i/{len(self.inbox.sent) + 1}/{to}",
            incident_id="i",
            to_kind=to_kind,
            to=to,
            channel="internal",
            subject=mark + "指令",
            body="到场",
            ref="d1",
            kind=kind,
            exercise=exercise,
        )
        Announcer(self.desk, self.inbox).send_many((row,))

    def run(self, minutes: float = 0) -> list[str]:
        """Let the runner work at a moment; what went out, as gateway and number."""
        self.clock.advance(minutes * MINUTE)
        before = {name: len(gateway.letters) for name, gateway in self.gateway.items()}
        while climb_ladders(self.desk, self.clock.now()):
            pass
        for name, gateway in self.gateway.items():
            while deliver_next(self.desk, self.channels.settings[name], gateway):
                pass
        return [
            f"{name} {letter.to}"
            for name, gateway in self.gateway.items()
            for letter in gateway.letters[before[name] :]
        ]


def test_in_page_first_then_sms_then_voice_then_the_list_to_be_telephoned() -> None:
    world = World()
    world.tell()
    assert len(world.inbox.sent) == 1
    assert world.run(1) == []
    assert world.run(1) == ["sms 0000-1", "sms 0000-2"]
    assert world.run(3) == ["voice 0000-1", "voice 0000-2"]
    assert world.run(5) == []
    lists = [row for row in world.notices.rows if row.means is Means.CALL_LIST]
    assert {row.delivery.notice_id for row in lists} == {1, 2}
    assert world.run(600) == []


def test_an_answer_stops_the_ladder_for_the_whole_unit() -> None:
    world = World()
    world.tell()
    world.run(2)
    world.notices.acknowledge(1, How.LINK, "li", world.clock.now())
    assert world.run(60) == []
    assert world.notices.notices[2].how == How.OTHER


def test_what_was_taken_up_inside_fengsui_needs_no_message_outside() -> None:
    world = World()
    world.tell(to="fire-2", to_kind="post")
    world.notices.in_house.add(1)
    assert world.run(2) == []
    assert world.notices.notices[1].how == How.TASK


def test_an_order_accepted_after_the_ladder_ended_takes_its_person_off_the_call_list() -> None:
    world = World()
    world.tell(to="fire-2", to_kind="post")
    for minutes in (2, 3, 5):
        world.run(minutes)
    assert settle_taken_up(world.desk, world.clock.now()) == 0
    world.notices.in_house.add(1)
    assert settle_taken_up(world.desk, world.clock.now()) == 1
    assert world.notices.notices[1].how == How.TASK


def test_a_message_carries_link_and_code_and_never_the_number_of_another() -> None:
    world = World()
    world.tell(kind="activated")
    world.run()
    first, second = world.gateway["sms"].letters
    assert spoken_code(world.desk.key, 1) in first.text
    assert "https://desk.invalid/a/" in first.text
    assert first.text != second.text
    assert "0000-2" not in first.text
    assert "0000-1" not in repr(first)


def test_an_exercise_never_leaves_the_house_and_says_so() -> None:
    for world in (World(outside=False), World()):
        world.tell(kind="activated", exercise=True)
        assert world.run(600) == []
        assert world.inbox.sent[0].subject.startswith("【演练】")
        assert {row.means for row in world.notices.rows} <= {Means.CALL_LIST}
    inside = World(outside=False)
    inside.tell(kind="activated")
    assert inside.run(600) == []
    assert try_channels(inside.desk, NOON) == 0


def test_nothing_of_an_exercise_is_sent_even_when_it_was_queued_by_mistake() -> None:
    world = World()
    world.tell(exercise=True)
    world.notices.again(1, Means.SMS, "sms", NOON)
    assert world.run() == []
    assert world.notices.rows[0].state is DeliveryState.FAILED


def test_at_night_what_can_wait_waits_for_whoever_is_off_duty() -> None:
    world = World(NIGHT)
    world.channels.own_rules["done"] = Rule(
        kind="done", steps=(Step(means=Means.SMS, after=timedelta()),), low=True
    )
    world.tell("done")
    assert world.run() == ["sms 0000-1"]
    assert world.run(4 * 60) == []
    assert world.run(60) == ["sms 0000-2"]


def test_an_activation_at_night_wakes_everybody() -> None:
    world = World(NIGHT)
    world.channels.own_rules["activated"] = Rule(
        kind="activated", steps=(Step(means=Means.SMS, after=timedelta()),), low=True
    )
    world.channels.wishes["fire-2"] = frozenset({Means.SMS})
    world.tell("activated")
    assert world.run() == ["sms 0000-1", "sms 0000-2"]


def test_a_gateway_that_is_down_is_shown_at_once_and_the_next_means_used() -> None:
    world = World()
    world.gateway["sms"].answers = [Retryable("gateway_unreachable")] * 3
    world.tell()
    world.run(2)
    assert world.channels.settings["sms"].failing_since == world.clock.now()
    world.tell(to="fire-2", to_kind="post")
    sent = world.run(2)
    assert "voice 0000-2" in sent
    world.gateway["sms"].answers.clear()
    assert {line.split()[0] for line in world.run(2)} >= {"sms"}
    assert world.channels.settings["sms"].failing_since is None


def test_a_number_that_is_missing_or_refused_sends_the_ladder_on_at_once() -> None:
    world = World()
    world.book.contacts["li"] = Contact(name="李")
    world.gateway["sms"].answers = [Permanent("number_refused", said="1008")]
    world.tell()
    world.run(2)
    assert world.run() == ["voice 0000-2"]
    assert [row.trouble for row in world.notices.rows if row.means is Means.SMS] == [
        "no_phone",
        "number_refused",
    ]
    assert world.channels.settings["sms"].failing_since is None


def test_a_lost_answer_is_tried_again_and_the_repeat_says_so() -> None:
    world = World()
    world.gateway["sms"].answers = [AnswerLost("gateway_answer_lost")]
    world.tell(to="fire-2", to_kind="post")
    world.run(2)
    world.run(1)
    first, second = world.gateway["sms"].letters
    assert "可能重复" not in first.text
    assert second.text.startswith("【可能重复】")
    assert first.letter_id == second.letter_id


def test_when_nobody_is_known_only_the_list_can_help() -> None:
    world = World()
    world.tell(to="驻军", to_kind="external")
    assert world.run(2) == []
    assert world.notices.rows == []
    assert world.run(5) == []
    assert [row.means for row in world.notices.rows] == [Means.CALL_LIST]


def test_a_rule_adds_a_group_of_posts_and_nobody_is_told_twice() -> None:
    world = World()
    world.channels.groups["night"] = ("fire-2",)
    rule = Rule(kind="help", steps=(Step(means=Means.SMS, after=timedelta()),), groups=("night",))
    world.channels.own_rules["help"] = rule
    world.tell("help")
    assert world.run() == ["sms 0000-1", "sms 0000-2"]


def test_channels_are_tested_once_a_day_and_the_test_says_that_it_is_one() -> None:
    world = World()
    assert daily_test(world.desk, NOON - 3 * 60 * MINUTE) == 0
    assert daily_test(world.desk, NOON + 60 * MINUTE) == 0
    assert daily_test(world.desk, NOON) == 2
    assert daily_test(world.desk, NOON + MINUTE) == 0
    assert world.run() == ["sms 0000-1", "voice 0000-1"]
    assert all("测试" in letter.text for each in world.gateway.values() for letter in each.letters)
    monday = NOON + timedelta(days=1)
    assert daily_test(world.desk, monday) == 4
    assert try_channels(world.desk, monday + MINUTE, only="sms", everybody=True) == 2


def test_a_long_text_is_cut_for_the_gateway_and_keeps_its_code() -> None:
    world = World()
    world.channels.settings["sms"] = replace(world.channels.settings["sms"], settings={"limit": "30"})
    row = OutboxRow(
        message_id="i/1/fire-2",
        incident_id="i",
        to_kind="post",
        to="fire-2",
        channel="internal",
        subject="指令",
        body="到场" * 200,
        ref="",
        kind="activated",
    )
    Announcer(world.desk, world.inbox).send_many((row,))
    world.run()
    text = world.gateway["sms"].letters[0].text
    assert "…" in text
    assert len(text) < 130
    assert spoken_code(world.desk.key, 1) in text


def test_every_kind_of_message_has_words_in_both_languages() -> None:
    from fengsui.application.wording import _table
    from fengsui.core.notify.ladder import DEFAULTS

    for language in ("zh", "en"):
        words = _table(language)
        codes = {code.removesuffix("_subject") for code in words["message"] if code.endswith("_subject")}
        assert codes | set(DEFAULTS) | {"other", "test"} <= set(words["notice_kind"])


def test_an_activation_tells_the_desk_and_everybody_with_an_order_at_once() -> None:
    from fengsui.application.sweep import deliver_outbox
    from response_builders import bench, running

    at = bench(exercise=True)
    running(at)
    deliver_outbox(at.desk, at.clock.now())
    told = [row for row in at.channel.sent if row.kind == "activated"]
    assert {"duty", "gaj", "wjw"} <= {row.to for row in told}
    assert all(row.exercise and row.subject.startswith("【演练】") for row in at.channel.sent)
    assert "Ⅲ级响应" in told[0].subject


def test_several_orders_to_one_person_ring_once_and_one_tap_answers_them_all() -> None:
    world = World()
    for number in range(3):
        world.tell(to="fire-2", to_kind="post")
        world.notices.notices[number + 1] = replace(world.notices.notices[number + 1], body=f"第{number}项")
    assert world.run(2) == ["sms 0000-2"]
    text = world.gateway["sms"].letters[0].text
    assert "共3条：1.第0项；2.第1项；3.第2项" in text
    assert {row.state for row in world.notices.rows if row.means is Means.SMS} == {DeliveryState.SENT}
    assert len(world.notices.along(1)) == 2
    world.notices.acknowledge(1, How.LINK, "fire-2", world.clock.now())
    assert {item.how for item in world.notices.notices.values()} == {How.LINK}
    assert world.run(60) == []


def test_what_goes_out_together_fails_and_comes_again_together() -> None:
    world = World()
    world.gateway["sms"].answers = [AnswerLost("gateway_answer_lost")]
    for _ in range(3):
        world.tell(to="fire-2", to_kind="post")
    world.run(2)
    world.run(1)
    first, second = world.gateway["sms"].letters
    assert "共3条" in first.text
    assert "共3条" in second.text
    assert second.text.startswith("【可能重复】")
