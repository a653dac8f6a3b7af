"""What is under seal, and who asked to lift one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from fengsui.application.unsealing import Register, Unsealing
from fengsui.core.directory import significant
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.unsealing import places_of, unsealing_of

MOST = 300
"""Sealed records that are looked at, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLine:
    """One record under seal; what it holds is not said. ``title``: the incident, call or post it is of."""

    register: Register
    ref: str
    about: str
    title: str
    sealed_at: datetime


def sealed_listed(area: str) -> list[SealedLine]:
    """Records and people under seal in the area, the latest first."""
    with told_plainly():
        lines = [*_records(area), *_people(area)]
    return sorted(lines, key=lambda line: line.sealed_at, reverse=True)


def _records(area: str) -> list[SealedLine]:
    rows = models.PersonalRecord.objects.filter(sealed_at__isnull=False).exclude(data="")
    page = list(rows.order_by("-sealed_at").values_list("ref", "about", "sealed_at")[:MOST])
    abouts = [about for _, about, _ in page]
    places, titles = places_of(abouts), _titles(abouts)
    own = significant(area)
    return [
        SealedLine(
            register=Register.RECORD, ref=ref, about=about, title=titles.get(about, ""), sealed_at=sealed_at
        )
        for ref, about, sealed_at in page
        if sealed_at is not None and places.get(about, "").startswith(own)
    ]


def _titles(abouts: list[str]) -> dict[str, str]:
    incidents = [about.removeprefix("incident/") for about in abouts if about.startswith("incident/")]
    calls = [about.removeprefix("call/") for about in abouts if about.startswith("call/")]
    found = {
        f"incident/{key}": title
        for key, title in models.IncidentRow.objects.filter(pk__in=incidents).values_list("pk", "title")
    }
    return found | {
        f"call/{key}": place
        for key, place in models.CallRow.objects.filter(pk__in=calls).values_list("pk", "place")
    }


def _people(area: str) -> list[SealedLine]:
    held = models.Holding.objects.select_related("post").order_by("-starts")
    rows = models.PersonDetail.objects.filter(sealed_at__isnull=False).exclude(name="", phone="")
    page = rows.select_related("person").prefetch_related(
        Prefetch("person__holdings", queryset=held, to_attr="held")
    )
    own, lines = significant(area), list[SealedLine]()
    for row in page.order_by("-sealed_at")[:MOST]:
        last = next(iter(getattr(row.person, "held", [])), None)
        if last is None or row.sealed_at is None or not last.post.jurisdiction_id.startswith(own):
            continue
        lines.append(
            SealedLine(
                register=Register.PERSON,
                ref=row.person_id,
                about=f"post/{last.post_id}",
                title=last.post.title,
                sealed_at=row.sealed_at,
            )
        )
    return lines


def unsealings(area: str, limit: int = 60) -> list[Unsealing]:
    """Requests of the area, the latest first."""
    rows = models.UnsealRow.objects.filter(_within(area)).order_by("-asked_at", "-id")
    with told_plainly():
        return [unsealing_of(row) for row in rows[:limit]]


def unsealings_waiting(area: str, person_id: str) -> int:
    """Requests of the area that wait for another person than ``person_id``."""
    rows = models.UnsealRow.objects.filter(_within(area), state="asked")
    with told_plainly():
        return rows.exclude(asked_by_person=person_id).count()


def _within(area: str) -> Q:
    return Q(place_code__startswith=significant(area))
