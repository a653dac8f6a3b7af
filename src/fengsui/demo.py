"""Loads a demo prefecture: who is who from ``directory.yaml``, plans through the plan library, and incidents
played from ``incidents.yaml`` through the use cases on a clock that is set by hand.

Loading again changes nothing: registers are written over, plans are known by their content, and every
step of an incident carries the id of its command.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fengsui import bootstrap
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.errors import InputError

BY = "demo"
"""Who changed the registers, in their audit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What stands in the store afterwards; ``fresh`` False: it was all there before."""

    fresh: bool
    units: int
    posts: int
    plans: int
    incidents: int
    password: str
    accounts: tuple[tuple[str, str], ...]
    """Sign-in name and title of the accounts to show."""


def load(folder: Path, now: datetime) -> Loaded:
    """Load the prefecture in ``folder``. Raises InputError("demo_missing"), InputError("demo_broken")."""
    script = _yaml(folder / "directory.yaml")
    incidents = _yaml(folder / "incidents.yaml", needed=False).get("incidents", [])
    try:
        directory = _directory(script)
        mark = _fingerprint(folder)
        fresh = not _known(mark)
        if fresh:
            _load_people(script, directory, now)
            _load_plans(folder, script, directory, now)
            _play(incidents, directory, now)
            _watch(folder, directory, now)
            _note(mark)
        return _loaded(script, directory, len(incidents), fresh)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise InputError("demo_broken", file=folder / "directory.yaml", detail=repr(problem)) from problem


def _yaml(path: Path, *, needed: bool = True) -> dict[str, Any]:
    import yaml

    if not path.is_file():
        if needed:
            raise InputError("demo_missing", path=path)
        return {}
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise InputError("demo_broken", file=path, detail=str(problem).splitlines()[0]) from problem
    if not isinstance(data, dict):
        raise InputError("demo_broken", file=path, detail="no table")
    return data


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("plans/*")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _known(mark: str) -> bool:
    from fengsui.store.people import was_noted

    return was_noted("demo", mark)


def _note(mark: str) -> None:
    from fengsui.store.people import note

    note(BY, "demo", mark)


def _loaded(script: dict[str, Any], directory: Directory, incidents: int, fresh: bool) -> Loaded:
    shown = script.get("accounts", {}).get("shown", [])
    posts = {post.id: post.title for post in directory.posts}
    return Loaded(
        fresh=fresh,
        units=len(directory.units),
        posts=len(directory.posts),
        plans=len(script.get("plans", [])),
        incidents=incidents,
        password=script["accounts"]["password"],
        accounts=tuple((post_id, posts[post_id]) for post_id in shown),
    )


def _directory(script: dict[str, Any]) -> Directory:
    return Directory(
        jurisdictions=tuple(
            Jurisdiction(code=item["code"], name=item["name"]) for item in script["jurisdictions"]
        ),
        units=tuple(
            Unit(
                id=item["id"],
                name=item["name"],
                jurisdiction=item["jurisdiction"],
                aliases=tuple(item.get("aliases", ())),
            )
            for item in script["units"]
        ),
        posts=tuple(
            Post(
                id=item["id"],
                title=item["title"],
                unit=item["unit"],
                jurisdiction=item["jurisdiction"],
                roles=frozenset(Role(role) for role in item["roles"]),
                titles=tuple(item.get("titles", ())),
            )
            for item in script["posts"]
        ),
    )


def _load_people(script: dict[str, Any], directory: Directory, now: datetime) -> None:
    from django.contrib.auth.hashers import make_password

    from fengsui.store import people

    people.save_directory(directory, BY)
    holders = [
        people.Holder(person_id=item["post"], post_id=item["post"], name=item["name"], phone=item["phone"])
        for item in script["people"]
    ]
    people.save_holders(holders, now - timedelta(days=365), BY)
    # One hash for all: the password is the same and public, and hashing is slow on purpose.
    hashed = make_password(script["accounts"]["password"])
    people.save_accounts([holder.person_id for holder in holders], hashed, BY)
    people.save_shifts(_shifts(script["roster"], now), BY)


def _shifts(roster: dict[str, Any], now: datetime) -> Iterator[Any]:
    from django.conf import settings

    from fengsui.store.people import Shift

    zone = ZoneInfo(settings.TIME_ZONE)
    first = now.astimezone(zone).date() - timedelta(days=1)
    for day in range(7 * int(roster["weeks"]) + 1):
        date = first + timedelta(days=day)
        for number, shift in enumerate(roster["shifts"]):
            starts = datetime.combine(date, time.fromisoformat(shift["from"]), zone)
            ends = datetime.combine(date, time.fromisoformat(shift["to"]), zone)
            ends += timedelta(days=1) if ends <= starts else timedelta(0)
            posts = list(shift["posts"])
            # They take turns: who leads by day is the deputy by night.
            leading = posts[(date.toordinal() + number) % len(posts)]
            for post_id in posts:
                yield Shift(post_id=post_id, starts=starts, ends=ends, main=post_id == leading)


def _load_plans(folder: Path, script: dict[str, Any], directory: Directory, now: datetime) -> None:
    from fengsui.adapters.memory import FixedClock
    from fengsui.application import plan_library, plan_review
    from fengsui.application.plan_library_ports import DraftState
    from fengsui.core.plan.model import PlanKind

    library = bootstrap.library(FixedClock(now - timedelta(days=30)))
    editor = _actor_with(Role.PLAN_EDITOR, directory)
    director = _actor_with(Role.OFFICE_DIRECTOR, directory)
    for item in script.get("plans", []):
        path = folder / item["file"]
        if not path.is_file():
            raise InputError("demo_missing", path=path)
        drafts = plan_library.import_document(
            library,
            editor,
            filename=path.name,
            data=path.read_bytes(),
            jurisdiction=item["jurisdiction"],
            kind=PlanKind(item["kind"]),
            hazards=tuple(item.get("hazards", ())),
        )
        for record in drafts:
            step = record
            if step.state is DraftState.DRAFT:
                step = plan_review.settle_all(
                    library, editor, draft_id=step.draft_id, revision=step.revision, note="演示预案，照原文"
                )
                step = plan_review.confirm(library, editor, draft_id=step.draft_id, revision=step.revision)
            if step.state is DraftState.CONFIRMED:
                step = plan_library.approve(
                    library, director, draft_id=step.draft_id, revision=step.revision, note="演示审批"
                )
            if step.state is DraftState.APPROVED:
                plan_library.put_in_force(library, editor, draft_id=step.draft_id, revision=step.revision)
                if item.get("filed_with"):
                    plan_library.file_plan(
                        library,
                        editor,
                        draft_id=step.draft_id,
                        revision=step.revision + 1,
                        filed_with=item["filed_with"],
                        filed_on=library.today(),
                    )


def _actor_with(role: Role, directory: Directory) -> Any:
    from fengsui.application.desk import Actor

    return Actor.of(next(post for post in directory.posts if role in post.roles))


def _play(scripts: list[dict[str, Any]], directory: Directory, now: datetime) -> None:
    from fengsui.demo_script import Player

    for script in scripts:
        Player(directory, now).play(script)


def _watch(folder: Path, directory: Directory, now: datetime) -> None:
    from fengsui import demo_watch

    demo_watch.load(_yaml(folder / "watch.yaml", needed=False), directory, now)
