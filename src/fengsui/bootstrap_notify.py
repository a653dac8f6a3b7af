"""Plugs gateways and stores into the ports of notification (a part of ``bootstrap``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fengsui import bootstrap
from fengsui.core.errors import Permanent

if TYPE_CHECKING:
    from fengsui.application.call_list import CallSheet
    from fengsui.application.notify import NotifyDesk
    from fengsui.application.notify_change import SetupStore
    from fengsui.application.notify_ports import ChannelSetting, Gateway
    from fengsui.application.ports import Clock


def notify_desk(using: Clock | None = None) -> NotifyDesk:
    """The ports of notification; in an installation for exercises nothing leaves the house."""
    bootstrap.set_up_django()
    from fengsui.application.notify import NotifyDesk
    from fengsui.store.notices import DjangoNotices
    from fengsui.store.notify_setup import DjangoChannels, DjangoDutyBook
    from fengsui.store.secrets import derived_key

    return NotifyDesk(
        notices=DjangoNotices(),
        channels=DjangoChannels(),
        book=DjangoDutyBook(),
        clock=using or bootstrap.clock(),
        key=derived_key("notices"),
        outside=not bootstrap.is_exercise(),
    )


def open_gateway(setting: ChannelSetting) -> Gateway:
    """A way out of the house. Raises Permanent("exercise_stays_inside") where everything is an exercise."""
    if bootstrap.is_exercise():
        raise Permanent("exercise_stays_inside")
    from fengsui.adapters.notify import open_gateway as made

    return made(setting)


def setup_store() -> SetupStore:
    """What is set up for notification, to be written."""
    bootstrap.set_up_django()
    from fengsui.store.notify_admin import DjangoSetup

    return DjangoSetup()


def call_list_file(sheet: CallSheet) -> bytes:
    """The telephone list as PDF. Raises Permanent("pdf_not_made")."""
    from fengsui.adapters.call_list_pdf import write_call_list

    return write_call_list(sheet)


def note_call_list(by: str, incident_id: str, people: int) -> None:
    """Write into the audit that somebody looked at the numbers of a telephone list."""
    bootstrap.set_up_django()
    from fengsui.store.people import note

    note(by, "call_list", f"{incident_id[:48]}/{people}")
