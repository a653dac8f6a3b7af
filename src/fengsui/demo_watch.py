"""Duty watch of the demo: leaders in the roster, calls in the inbox, one hand-over, lines of the day book.

Everything goes through the use cases, once: the hand-over has a fixed id, and where it stands the rest does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from fengsui import bootstrap, bootstrap_watch
from fengsui.adapters.memory import FixedClock
from fengsui.application import calls, hand_over, people, roster
from fengsui.application.calls import Received
from fengsui.application.desk import Actor
from fengsui.application.people_ports import ChangeKind
from fengsui.application.roster_ports import Part, Shift
from fengsui.application.watch_ports import Dismissal, Means
from fengsui.core.directory import Directory

HAND_OVER = "demo-hand-over"


def load(script: Mapping[str, Any], directory: Directory, now: datetime) -> None:
    """Load what ``watch.yaml`` says; nothing when it was loaded before."""
    if not script or bootstrap_watch.watch_desk().watch.get(HAND_OVER) is not None:
        return
    _Loader(script, directory, now).load()


class _Loader:
    def __init__(self, script: Mapping[str, Any], directory: Directory, now: datetime) -> None:
        self._script, self._directory, self._now = script, directory, now
        self._clock = FixedClock(now)
        self._areas = {item.code: item for item in directory.jurisdictions}

    def load(self) -> None:
        """Roster first: the hand-over names the shift."""
        self._leaders()
        self._changes()
        for number, call in enumerate(self._script.get("calls", ()), start=1):
            self._call(call, f"demo-call-{number}")
        self._hand_over(self._script["hand_over"])
        self._people(self._script["people"])
        for line in self._script.get("day_book", ()):
            self._clock.at = self._ago(line["minutes"])
            desk = bootstrap_watch.watch_desk(self._clock)
            hand_over.write_line(desk, self._actor(line["as"]), line["text"])

    def _ago(self, minutes: float) -> datetime:
        return self._now - timedelta(minutes=minutes)

    def _actor(self, post_id: str) -> Actor:
        post = self._directory.post(post_id)
        if post is None:
            raise KeyError(post_id)
        return Actor(
            post_id=post.id,
            roles=post.roles,
            jurisdiction=next(
                item for item in self._directory.jurisdictions if item.code == post.jurisdiction
            ),
            person_id=post.id,
        )

    def _leaders(self) -> None:
        """A leader of the shift for every day of the roster, taking turns."""
        posts = list(self._script["leaders"])
        desk = bootstrap_watch.roster_desk(self._clock)
        area = self._actor(posts[0]).jurisdiction.code
        shifts = desk.roster.shifts(area, self._ago(0), self._now + timedelta(days=40))
        starts = sorted({(shift.starts, shift.ends) for shift in shifts if shift.part is Part.MAIN})
        chosen = [(span, posts[span[0].toordinal() % len(posts)]) for span in starts]
        desk.roster.put(
            [
                Shift(post_id=post, person_id=post, starts=span[0], ends=span[1], part=Part.LEADER)
                for span, post in chosen
            ],
            "demo",
            {"demo": True},
        )

    def _changes(self) -> None:
        """Leave that was approved, and a substitute that waits for approval."""
        desk = bootstrap_watch.roster_desk(self._clock)
        officer, director = self._actor("duty-main"), self._actor(self._script["leaders"][0])
        leave = self._script["leave"]
        first = self._now + timedelta(days=leave["in_days"])
        roster.ask_leave(
            desk, director, leave["person"], first, first + timedelta(days=leave["days"]), leave["reason"]
        )
        # The officer asks for a substitute; the director has not answered yet.
        area = officer.jurisdiction.code
        coming = desk.roster.shifts(area, self._now + timedelta(days=2), self._now + timedelta(days=5))
        mine = next(item for item in coming if item.person_id == officer.person_id)
        asked = self._script["substitute"]
        roster.ask_substitute(desk, officer, mine.shift_id, asked["person"], asked["reason"])

    def _call(self, given: Mapping[str, Any], call_id: str) -> None:
        received = self._ago(given["minutes"])
        self._clock.at = received
        desk = bootstrap_watch.call_desk(self._clock)
        record = Received(
            means=Means(given["means"]),
            text=given["text"],
            place=given.get("place", ""),
            place_code=str(given.get("place_code", "")),
            received_at=received,
        )
        officer = self._actor("duty-main")
        calls.take_call(desk, officer, record, caller=given.get("caller"), call_id=call_id)
        self._clock.at = self._ago(given["minutes"] - 3)
        if "join" in given:
            running = bootstrap.desk(self._clock).incidents.list_open()
            wanted = next(item for item in running if given["join"] in item.title)
            calls.join_call(desk, officer, call_id, wanted.incident_id, given.get("why", ""))
        if "dismiss" in given:
            calls.dismiss_call(desk, officer, call_id, Dismissal(given["dismiss"]), given["reason"])

    def _hand_over(self, given: Mapping[str, Any]) -> None:
        self._clock.at = self._ago(given["minutes"])
        desk = bootstrap_watch.watch_desk(self._clock)
        hand_over.hand_over(desk, self._actor(given["as"]), given["remarks"], hand_over_id=HAND_OVER)

    def _people(self, given: Mapping[str, Any]) -> None:
        """A change that waits for the second administrator, and a reading for the auditor to see."""
        self._clock.at = self._ago(given["minutes"])
        admin = self._actor(given["as"])
        after = {"roles": given["roles"]}
        desk = bootstrap_watch.people_desk(self._clock)
        people.ask(desk, admin, ChangeKind.ROLES, given["post"], after, given["reason"])
        called = bootstrap_watch.call_desk(self._clock)
        calls.caller_of(called, self._actor("duty-main"), "demo-call-3", given["read_why"])
