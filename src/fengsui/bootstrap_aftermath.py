"""Plugs together what informs the public and what comes after a response (see ``bootstrap``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fengsui import bootstrap

if TYPE_CHECKING:
    from fengsui.application.casefiles import CaseDesk
    from fengsui.application.ports import Clock
    from fengsui.application.release import ReleaseDesk
    from fengsui.application.winter_relief import YearDesk


def release_desk(using: Clock | None = None) -> ReleaseDesk:
    """What informs the public, on the configured database."""
    bootstrap.set_up_django()
    from fengsui.application.release import ReleaseDesk
    from fengsui.store.release import DjangoPages

    return ReleaseDesk(desk=bootstrap.desk(using), pages=DjangoPages())


def case_desk(using: Clock | None = None) -> CaseDesk:
    """The desk with the archive of cases, on the configured database."""
    bootstrap.set_up_django()
    from fengsui.application.casefiles import CaseDesk
    from fengsui.store.aftermath import DjangoCases

    return CaseDesk(desk=bootstrap.desk(using), cases=DjangoCases())


def year_desk(using: Clock | None = None) -> YearDesk:
    """The desk with its yearly lists, on the configured database."""
    bootstrap.set_up_django()
    from fengsui.application.winter_relief import YearDesk
    from fengsui.store.aftermath import DjangoYearList

    return YearDesk(desk=bootstrap.desk(using), years=DjangoYearList())
