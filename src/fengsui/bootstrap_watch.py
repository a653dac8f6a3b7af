"""Plugs duty watch and the administration of people together; ``bootstrap`` does the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fengsui import bootstrap
from fengsui.application.hand_over import WatchDesk
from fengsui.application.people_ports import KnownPerson, PeopleDesk
from fengsui.application.privacy import Keeping, Periods, sweep
from fengsui.application.roster_ports import RosterDesk
from fengsui.application.unsealing import UnsealDesk
from fengsui.application.watch_ports import CallDesk

if TYPE_CHECKING:
    from fengsui.application.contacts import ContactRow
    from fengsui.application.ports import Clock
    from fengsui.application.roster_check import RosterRow


def call_desk(using: Clock | None = None) -> CallDesk:
    """The desk with its inbox of calls, on the configured database."""
    bootstrap.set_up_django()
    from fengsui.store.calls import DjangoCalls
    from fengsui.store.reporting import DjangoReceived

    return CallDesk(
        desk=bootstrap.desk(using), calls=DjangoCalls(), received=DjangoReceived(), sender_of=_sender
    )


def _sender(name: str) -> str:
    """What the installation calls another one."""
    from django.conf import settings

    from fengsui.adapters.reporting_rules import load_rules

    peer = load_rules(settings.DATA_DIR).peers.get(name)
    return peer.title if peer is not None else name


def roster_desk(using: Clock | None = None) -> RosterDesk:
    """The ports of the roster, on the configured database."""
    bootstrap.set_up_django()
    from fengsui.store.people import DjangoDirectory
    from fengsui.store.records import DjangoTransactions
    from fengsui.store.roster import DjangoRoster

    return RosterDesk(
        roster=DjangoRoster(),
        directory=DjangoDirectory(),
        clock=using or bootstrap.clock(),
        ids=bootstrap.RandomIds(),
        transactions=DjangoTransactions(),
    )


def watch_desk(using: Clock | None = None) -> WatchDesk:
    """The ports of handing over, on the configured database."""
    bootstrap.set_up_django()
    from fengsui.store.hand_over import DjangoWatch
    from fengsui.store.records import DjangoTransactions

    return WatchDesk(
        watch=DjangoWatch(),
        clock=using or bootstrap.clock(),
        ids=bootstrap.RandomIds(),
        transactions=DjangoTransactions(),
    )


def people_desk(using: Clock | None = None) -> PeopleDesk:
    """The ports of the administration of people, on the configured database."""
    bootstrap.set_up_django()
    from fengsui.store.people import DjangoDirectory
    from fengsui.store.people_admin import DjangoPeople
    from fengsui.store.records import DjangoTransactions

    return PeopleDesk(
        people=DjangoPeople(),
        directory=DjangoDirectory(),
        clock=using or bootstrap.clock(),
        ids=bootstrap.RandomIds(),
        transactions=DjangoTransactions(),
    )


def keeping() -> Keeping:
    """What seals and erases personal data."""
    bootstrap.set_up_django()
    from fengsui.store.privacy import DjangoKeeping

    return DjangoKeeping()


def unsealing() -> UnsealDesk:
    """The ports of lifting a seal."""
    bootstrap.set_up_django()
    from fengsui.store.unsealing import DjangoUnsealing

    desk = bootstrap.desk()
    return UnsealDesk(store=DjangoUnsealing(), clock=desk.clock, ids=desk.ids, transactions=desk.transactions)


def periods() -> Periods:
    """How long personal data is shown and kept, as this installation has it."""
    bootstrap.set_up_django()
    from django.conf import settings

    seal, erase = settings.PERSONAL_PERIODS
    return Periods(seal_after=timedelta(days=seal), erase_after=timedelta(days=erase))


def now() -> datetime:
    """The time of this installation."""
    return bootstrap.clock().now()


PRIVACY_EVERY = timedelta(hours=1)


class PrivacySweep:
    """Seals and erases what is due, an hour after the last time at the earliest."""

    def __init__(self) -> None:
        self._next: datetime | None = None

    def __call__(self, at: datetime) -> None:
        if self._next is not None and at < self._next:
            return
        self._next = at + PRIVACY_EVERY
        sweep(keeping(), periods(), at)


def read_roster(data: bytes) -> tuple[RosterRow, ...]:
    """The rows of a spreadsheet. Raises InputError ``roster_file…``."""
    from fengsui.adapters.roster_xlsx import read_roster

    return read_roster(data)


def read_contacts_file(data: bytes) -> tuple[ContactRow, ...]:
    """The contacts of a spreadsheet. Raises InputError ``roster_file…``."""
    from fengsui.adapters.contacts_xlsx import read_contacts_file

    return read_contacts_file(data)


def write_contacts_form(people: Sequence[KnownPerson]) -> bytes:
    """A spreadsheet with everybody's name to fill contacts in."""
    from fengsui.adapters.contacts_xlsx import write_contacts_form

    return write_contacts_form(people)


def write_roster(rows: Sequence[RosterRow], title: str) -> bytes:
    """A spreadsheet of the roster."""
    from fengsui.adapters.roster_xlsx import write_roster

    return write_roster(rows, title)


def write_calendar(
    entries: Sequence[tuple[str, datetime, datetime, str, str]], name: str, at: datetime
) -> bytes:
    """An iCalendar file of (id, start, end, words, more words)."""
    from fengsui.adapters.roster_ical import CalendarShift, write_calendar

    shifts = [
        CalendarShift(uid=uid, starts=starts, ends=ends, summary=summary, description=more)
        for uid, starts, ends, summary, more in entries
    ]
    return write_calendar(shifts, name, at)
