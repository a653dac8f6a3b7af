"""A stored prefecture to measure on: the demo loaded into a database of its own, then multiplied.

The database lies in a temporary folder that is removed at the end; the one in use is never touched.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fengsui.bench.registry import Scale, Skipped

if TYPE_CHECKING:
    from django.db.models import Model

_BATCH = 500
RUNNING = 20
"""Incidents that run at the same time: a bad day of a prefecture."""
DATABASE = "FENGSUI_BENCH_DATABASE"
"""An empty database to measure on, written as FENGSUI_DATABASE is; without it an SQLite file is made."""


def demo_folder() -> Path:
    """Where the demo prefecture stands. Raises Skipped outside a checkout."""
    for folder in (Path.cwd(), *Path(__file__).parents):
        if (folder / "demo" / "yunzhou" / "directory.yaml").is_file():
            return folder / "demo" / "yunzhou"
    raise Skipped("the demo prefecture is not here; run it in the checkout")


@cache
def loaded(scale: Scale) -> datetime:
    """Load the demo into a fresh database and multiply it to ``scale``; when that was.

    Raises Skipped where a database is already in use by this process.
    """
    folder = demo_folder()
    if "django.conf" in sys.modules:
        from django.conf import settings

        if settings.configured:
            raise Skipped("another database is already open in this process")
    place = tempfile.mkdtemp(prefix="fengsui-bench-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    os.environ["FENGSUI_DATA"] = place
    os.environ["FENGSUI_DATABASE"] = os.environ.get(DATABASE) or str(Path(place) / "bench.sqlite3")
    from fengsui import bootstrap

    bootstrap.migrate()
    from fengsui import demo

    now = datetime.now(UTC)
    demo.load(folder, now)
    _add_teams(scale.teams, scale.people, now)
    _multiply_plans(scale.plans)
    _multiply_incidents(scale.incidents, now)
    from fengsui.store import bulk

    bulk.tell_planner()  # as in a database that has stood for longer than a minute
    return now


def _add_teams(teams: int, people: int, now: datetime) -> None:
    """Rescue teams with a post that answers for each, held by two; the others of their people stand by."""
    from fengsui.store import bulk, models

    places = list(models.Jurisdiction.objects.order_by("code").values_list("code", flat=True))
    units, posts = [], []
    for number in range(teams):
        place = places[number % len(places)]
        units.append((f"bench-team-{number}", f"测试救援队{number}号", place))
        posts.append((f"bench-team-{number}", "联络员", f"bench-team-{number}", place, ["liaison"]))
    persons = [f"bench-person-{number}" for number in range(people)]
    bulk.insert(models.Unit, ("id", "name", "jurisdiction_id"), units)
    bulk.insert(models.Post, ("id", "title", "unit_id", "jurisdiction_id", "roles"), posts)
    bulk.insert(models.Person, ("id",), ((person,) for person in persons))
    bulk.insert(models.PersonDetail, ("person_id", "name", "phone"), ((one, one, "") for one in persons))
    since = now - timedelta(days=300)
    holdings = ((persons[2 * n + k], f"bench-team-{n}", since) for n in range(teams) for k in range(2))
    bulk.insert(models.Holding, ("person_id", "post_id", "starts"), holdings)


def _multiply_plans(count: int) -> None:
    from fengsui.store.models import PlanDraft, PlanVersion

    versions = list(PlanVersion.objects.filter(ended_at__isnull=True).select_related("draft"))
    places = sorted({version.jurisdiction for version in versions}) or [""]
    drafts, copies = [], []
    for number in range(count - len(versions)):
        version = versions[number % len(versions)]
        title = f"{version.title}（{number}）"
        data = json.loads(version.plan)
        data["id"], data["content"]["title"] = f"bench-{number}", title
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        assert version.draft is not None
        draft = _copy(version.draft, id=f"bench-{number}", title=title, plan_id=f"bench-{number}")
        drafts.append(draft)
        copies.append(
            _copy(
                version,
                id=None,
                plan_id=f"bench-{number}",
                title=title,
                jurisdiction=places[number % len(places)],
                draft_id=draft.pk,
                plan=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
            )
        )
    _store(PlanDraft, drafts)
    _store(PlanVersion, copies)


def _multiply_incidents(count: int, now: datetime) -> None:
    from fengsui.store.models import ClockRow, EventRow, IncidentRow, TaskRow

    original = IncidentRow.objects.order_by("learned_at").first()
    if original is None:
        raise Skipped("the demo has no incident")
    numbers = range(count - 1)
    # All but twenty are closed, as in a list that has grown over the years.
    rows = [
        _copy(
            original,
            id=f"bench-{number}",
            title=f"{original.title}（{number}）",
            is_open=number < RUNNING,
            learned_at=now - timedelta(hours=3 * number + 1),
            updated_at=now - timedelta(hours=3 * number),
        )
        for number in numbers
    ]
    _store(IncidentRow, rows)
    for model in (TaskRow, ClockRow, EventRow):
        mine = list(model.objects.filter(incident=original))
        open_only = model is not EventRow
        _store(
            model,
            (
                _copy(item, id=None, incident_id=f"bench-{number}")
                for number in numbers
                if not open_only or number < RUNNING
                for item in mine
            ),
        )


def _copy(row: Any, **changed: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, **changed})


def _store(model: type[Model], rows: Iterable[Any]) -> None:
    from itertools import islice

    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        model._default_manager.bulk_create(batch)
