"""A town made of one real plan, and the programs of its posts: incidents driven through the JSON API alone.

Every body that the plan names exists, with a post and a key. The clock of the desk is set by hand. A
transcript keeps what happened without a sentence of the plan: minutes, post, event, clause, line, level.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from fengsui import bootstrap
from fengsui.adapters.read_document import load_document
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.application.sweep import sweep_timers
from fengsui.cli.respond_run import DUTY, plan_of
from fengsui.core.directory import Directory, Post, Role
from fengsui.core.plan.binding import DRY_RUN_CODE
from fengsui.core.plan.model import DraftPlan, Plan
from fengsui.core.reading.draft import read_plans
from fengsui.store import api_keys
from fengsui.store.library import DjangoLibrary
from fengsui.store.people import Holder, save_accounts, save_directory, save_holders

START = datetime(2026, 3, 1, 15, 10, tzinfo=UTC)
"""23:10 in Beijing, on a Sunday night."""


_OFFICE = tuple(
    Post(id=key, title=title, unit=DUTY.unit, jurisdiction=DRY_RUN_CODE, roles=frozenset({role}))
    for key, title, role in (
        ("director", "指挥部办公室主任", Role.OFFICE_DIRECTOR),
        ("leader", "分管领导", Role.COMMANDER),
    )
)
"""The office beside the duty officer; they hold no power that the plan does not give them."""


class HandClock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: int) -> None:
        self.at += timedelta(**span)


class Town:
    """The plan in force, its posts with their keys, and the clock."""

    def __init__(self, plan: Plan, directory: Directory, clock: HandClock) -> None:
        self.plan, self.directory, self.clock = plan, directory, clock
        self.client = Client()
        self.keys = {
            post.id: api_keys.make_key(post.id, "script", timezone.now()) for post in directory.posts
        }
        self.refusals: list[dict[str, Any]] = []

    def post(self, by: str, path: str, body: Any = None) -> Any:
        """What the API answers to a command of the post ``by``. A refusal is kept and given back."""
        answer = self.client.post(
            f"/api/v1{path}",
            {} if body is None else body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.keys[by]}"},
        )
        told = answer.json()
        if answer.status_code == 403:
            clause = (told["error"].get("clause") or {}).get("number")
            self.refusals.append(
                {"minute": self.minute, "by": by, "code": told["error"]["code"], "clause": clause}
            )
            return told
        assert answer.status_code == 200, f"{by} {path}: {answer.content.decode()[:500]}"
        return told

    def get(self, by: str, path: str) -> Any:
        """What the API shows to the post ``by``."""
        answer = self.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.keys[by]}"})
        assert answer.status_code == 200, f"{by} {path}: {answer.content.decode()[:500]}"
        return answer.json()

    @property
    def minute(self) -> int:
        return int((self.clock.at - START) / timedelta(minutes=1))

    def wait(self, **span: int) -> None:
        """Let time pass; the runner looks at the deadlines that came."""
        self.clock.forward(**span)
        sweep_timers(bootstrap.desk(), self.clock.at, limit=1000)


def people_of(directory: Directory) -> None:
    """One person and one account for each post, of the same name."""
    save_directory(directory, by="script")
    since = START - timedelta(days=30)
    save_holders(
        [Holder(person_id=p.id, post_id=p.id, name="", phone="") for p in directory.posts], since, by="script"
    )
    save_accounts([post.id for post in directory.posts], "!", by="script")


def put_in_force(plan: Plan) -> None:
    """The plan as the library keeps it."""
    record = DraftRecord(
        draft_id="draft",
        document_id="doc",
        filename="plan.txt",
        jurisdiction=DRY_RUN_CODE,
        kind=plan.kind,
        state=DraftState.IN_FORCE,
        revision=1,
        draft=DraftPlan(content=plan.content),
        plan_id=plan.id,
        imported_at=START,
        imported_by="script",
    )
    library = DjangoLibrary()
    library.save_document("doc", "plan.txt", b"", (), (record,))
    library.put_in_force(record, plan, 1, START)


def town_of(path: Path, first_line: int | None, monkeypatch: Any) -> Town:
    """The town of the plan in ``path`` that begins on ``first_line``, in the database in use."""
    drafts = read_plans(load_document(path).lines, path.stem)
    draft = next(d for d in drafts if first_line is None or d.content.first_line == first_line)
    plan, directory = plan_of(draft.content)
    directory = replace(directory, posts=(*directory.posts, *_OFFICE))
    clock = HandClock()
    monkeypatch.setattr(bootstrap, "clock", lambda: clock)
    people_of(directory)
    put_in_force(plan)
    return Town(plan, directory, clock)


def boiled(log: dict[str, Any], refusals: list[dict[str, Any]]) -> dict[str, Any]:
    """The log without a sentence: what a reader of numbers and clauses can follow."""
    return {"events": [_event(record) for record in log["records"]], "refused": refusals}


KEPT = (
    "level",
    "before",
    "after",
    "kind",
    "state",
    "status",
    "start",
    "means",
    "answer",
    "subject_kind",
    "version",
)


def _event(record: dict[str, Any]) -> dict[str, Any]:
    event = record["event"]
    minute = (datetime.fromisoformat(record["at"]) - START) / timedelta(minutes=1)
    kept: dict[str, Any] = {"minute": int(minute), "by": record["by"], "event": event["type"]}
    for name in ("source", "because"):
        for source in _listed(event.get(name)):
            kept.setdefault("clauses", []).append(f"{source['clause']}@{source['line']}")
    for name in KEPT:
        value = event.get(name)
        if isinstance(value, str | int | bool) and not (isinstance(value, str) and _is_words(value)):
            kept[name] = value
    if "due" in event:
        due = datetime.fromisoformat(event["due"])
        kept["due"] = int((due - START) / timedelta(minutes=1))
    words = [event[name] for name in ("what", "text", "words", "name") if isinstance(event.get(name), str)]
    if words and record["by"] != "script":
        kept["words"] = hashlib.sha256("\n".join(words).encode()).hexdigest()[:10]
    return kept


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _is_words(value: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in value)
