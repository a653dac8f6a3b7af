"""The one door from the screens to what is plugged together in ``bootstrap``."""

from __future__ import annotations

from fengsui import bootstrap, bootstrap_aftermath, bootstrap_reporting, bootstrap_watch
from fengsui.application.casefiles import CaseDesk
from fengsui.application.desk import Desk
from fengsui.application.hand_over import WatchDesk
from fengsui.application.lint_library import LintDesk
from fengsui.application.people_ports import PeopleDesk
from fengsui.application.photos import PhotoDesk
from fengsui.application.plan_import import Importer
from fengsui.application.plan_library import Library
from fengsui.application.release import ReleaseDesk
from fengsui.application.report_forwarding import Post
from fengsui.application.reporting_ports import Reporting
from fengsui.application.roster_ports import RosterDesk
from fengsui.application.unsealing import UnsealDesk
from fengsui.application.watch_ports import CallDesk
from fengsui.application.winter_relief import YearDesk
from fengsui.core.directory import Directory


def desk() -> Desk:
    """The ports of this installation."""
    return bootstrap.desk()


def is_exercise() -> bool:
    """Whether everything in this installation is an exercise."""
    return bootstrap.is_exercise()


def library() -> Library:
    """The ports of the plan library."""
    return bootstrap.library()


def directory() -> Directory:
    """Units and posts of this installation."""
    return desk().directory.directory()


def importer() -> Importer:
    """The ports of importing many files."""
    return bootstrap.importer()


def lint_desk() -> LintDesk:
    """The ports of checking the library."""
    return bootstrap.lint_desk()


def call_desk() -> CallDesk:
    """The ports of the inbox of calls."""
    return bootstrap_watch.call_desk()


def photos() -> PhotoDesk:
    """What keeps photos of what was done."""
    return bootstrap.photos()


def release_desk() -> ReleaseDesk:
    """The ports of informing the public."""
    return bootstrap_aftermath.release_desk()


def roster_desk() -> RosterDesk:
    """The ports of the roster."""
    return bootstrap_watch.roster_desk()


def watch_desk() -> WatchDesk:
    """The ports of handing over."""
    return bootstrap_watch.watch_desk()


def reporting() -> Reporting:
    """The ports of reporting."""
    return bootstrap_reporting.reporting()


def peer_post() -> Post:
    """How a report goes to another Fengsui."""
    return bootstrap_reporting.peer_post()


def people_desk() -> PeopleDesk:
    """The ports of the administration of people."""
    return bootstrap_watch.people_desk()


def case_desk() -> CaseDesk:
    """The desk with the archive of cases."""
    return bootstrap_aftermath.case_desk()


def year_desk() -> YearDesk:
    """The desk with its yearly lists."""
    return bootstrap_aftermath.year_desk()


def unsealing() -> UnsealDesk:
    """The ports of lifting a seal."""
    return bootstrap_watch.unsealing()
