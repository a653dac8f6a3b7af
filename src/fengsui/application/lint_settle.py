"""From all that a run found to what is shown: less what is ignored, put aside, or known before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fengsui.application.lint_baseline import Known
from fengsui.application.lint_config import Selection
from fengsui.application.lint_glob import any_matches
from fengsui.application.lint_report import Checked
from fengsui.application.wording import word
from fengsui.core.lint.dismissal import Back, Dismissal, Returned, split

PerFile = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a run comes to.

    ``checked`` has what is shown (and, by file, what was put aside); ``aside`` and ``known`` count what is
    not, ``gone`` is what the baseline has and nobody finds any more. ``notes`` (by file and fingerprint) say
    that somebody had put a finding aside. ``passed_by`` are files that are no plans.
    """

    checked: tuple[Checked, ...]
    aside: int = 0
    known: int = 0
    gone: tuple[Known, ...] = ()
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    passed_by: tuple[str, ...] = ()


def kept(
    checked: Sequence[Checked], wanted: Selection, places: Mapping[str, str], per_file: PerFile
) -> tuple[Checked, ...]:
    """The findings less those of rules that are ignored, everywhere or (``per_file``) in some files.

    ``places`` gives each file relative to the folder of the configuration.
    """
    result = []
    for each in checked:
        besides = {
            code for glob, codes in per_file for code in codes if any_matches(places[each.file], (glob,))
        }
        rest = [nth for nth, found in enumerate(each.findings) if wanted.keeps(found, besides)]
        result.append(
            replace(
                each,
                findings=tuple(each.findings[nth] for nth in rest),
                names=tuple(each.names[nth] for nth in rest),
            )
        )
    return tuple(result)


def put_aside(
    checked: Sequence[Checked], dismissals: Collection[Dismissal], on: date, language: str
) -> Settled:
    """The findings less those somebody answers for on the day ``on``."""
    if not dismissals:
        return Settled(checked=tuple(checked))
    result, notes = [], {}
    for each in checked:
        parted = split(each.findings, dismissals, on, each.names)
        for name, back in parted.returned.items():
            notes[each.file, name] = came_back(back, language)
        result.append(
            replace(
                each,
                findings=parted.shown,
                names=parted.shown_names,
                dismissed=tuple((found, signed(said, language)) for found, said in parted.dismissed),
                dismissed_names=parted.dismissed_names,
            )
        )
    return Settled(checked=tuple(result), aside=sum(len(each.dismissed) for each in result), notes=notes)


def signed(said: Dismissal, language: str) -> str:
    """The reason with who answers for it, since when and until when."""
    until = word("lint", "signed_until", language, until=said.until.isoformat()) if said.until else ""
    return word(
        "lint", "signed", language, reason=said.reason, owner=said.owner, on=said.on.isoformat(), until=until
    )


def came_back(back: Returned, language: str) -> str:
    """Why a finding that had been put aside is shown again."""
    key = "back_changed" if back.why is Back.CHANGED else "back_expired"
    return word("lint", key, language, said=signed(back.dismissal, language), quote=back.dismissal.quote)
