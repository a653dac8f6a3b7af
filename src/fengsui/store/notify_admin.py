"""Writing what is set up for notification (port ``SetupStore``); each change leaves a line of audit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from fengsui.application.notify_change import Change
from fengsui.core.errors import Conflict, InputError
from fengsui.core.notify.ladder import Means, Rule
from fengsui.core.response.waits import Waits
from fengsui.store import secrets as sealing
from fengsui.store.failures import told_plainly
from fengsui.store.models import (
    AuditRow,
    ChangeRequest,
    NotifyChannel,
    NotifyGroup,
    NotifyOptions,
    NotifyRule,
    NotifyWish,
)
from fengsui.store.notify_setup import OPTION_ROWS, DjangoWaits

KIND = "channel"
NEW_CHANNEL_KEYS = ("", *OPTION_ROWS)
"""Keys of changes that have nothing before them."""


class DjangoSetup:
    """``SetupStore`` on the tables of ``store.models.notify`` and ``ChangeRequest``."""

    def secret_names(self, channel: str) -> frozenset[str]:
        """Which secrets are kept; none when the key of the installation has changed."""
        with told_plainly():
            row = NotifyChannel.objects.filter(pk=channel).first()
        return frozenset() if row is None else frozenset(sealing.unseal(row.secrets) or {})

    def seal(self, secrets: Mapping[str, str]) -> str:
        return sealing.seal(secrets)

    def ask(
        self, key: str, after: Mapping[str, Any], reason: str, by: str, person: str, now: datetime
    ) -> str:
        """Write a change that waits; an earlier one on the same thing is taken back by it."""
        change_id = uuid4().hex
        with told_plainly(), transaction.atomic():
            if key:
                ChangeRequest.objects.filter(kind=KIND, key=key, state="asked").update(
                    state="withdrawn", decided_at=now
                )
            ChangeRequest.objects.create(
                id=change_id,
                kind=KIND,
                key=key,
                before=json.dumps(_current(key), ensure_ascii=False),
                after=json.dumps(dict(after), ensure_ascii=False),
                reason=reason,
                asked_by=by,
                asked_by_person=person,
                asked_at=now,
            )
        return change_id

    def waiting(self, change_id: str) -> Change | None:
        with told_plainly():
            row = ChangeRequest.objects.filter(pk=change_id, kind=KIND, state="asked").first()
        return None if row is None else change_of(row)

    def decide(self, change_id: str, by: str, person: str, now: datetime, *, approve: bool) -> None:
        """Settle the change and carry it out."""
        with told_plainly(), transaction.atomic():
            row = ChangeRequest.objects.select_for_update().filter(pk=change_id, state="asked").first()
            if row is None:
                raise InputError("change_unknown")
            row.state = "approved" if approve else "refused"
            row.decided_by, row.decided_by_person, row.decided_at = by, person, now
            row.save()
            if approve:
                if json.loads(row.before) != _current(row.key):
                    raise Conflict("change_overtaken")
                carry_out_request(change_id)
            told: dict[str, Any] = {"state": row.state, "asked_by": row.asked_by}
            after = json.loads(row.after)
            if after.get("what") == "waits":
                told |= {"before": after["before"], "after": after["data"]}
            _audit(by, f"{KIND}_change", row.key or change_id, told)

    def waits(self) -> Waits:
        return DjangoWaits().current()

    def save_rule(self, rule: Rule, by: str) -> None:
        steps = [[step.means.value, int(step.after.total_seconds())] for step in rule.steps]
        fields = {"steps": steps, "low": rule.low, "groups": list(rule.groups)}
        with told_plainly(), transaction.atomic():
            NotifyRule.objects.update_or_create(kind=rule.kind, defaults=fields)
            _audit(by, "notify_rule", rule.kind, fields)

    def save_group(self, group_id: str, name: str, posts: Sequence[str], by: str) -> str:
        kept = group_id or uuid4().hex[:12]
        with told_plainly(), transaction.atomic():
            NotifyGroup.objects.update_or_create(id=kept, defaults={"name": name, "posts": list(posts)})
            _audit(by, "notify_group", kept, {"name": name, "posts": list(posts)})
        return kept

    def save_wish(self, post_id: str, skip: frozenset[Means], by: str) -> None:
        names = sorted(means.value for means in skip)
        with told_plainly(), transaction.atomic():
            NotifyWish.objects.update_or_create(post_id=post_id, defaults={"skip": names})
            _audit(by, "notify_wish", post_id, {"skip": names})


def _current(key: str) -> dict[str, Any]:
    """What stands of a gateway now, as the administration of people compares it."""
    row = NotifyChannel.objects.filter(pk=key).first()
    if row is None:
        return {}
    settings = {str(name): str(value) for name, value in row.settings.items()}
    return {"name": row.name, "enabled": row.enabled, "settings": settings}


def carry_out_request(change_id: str) -> None:
    """Make an approved change so, in the transaction of who approved it; its secrets leave the request."""
    row = ChangeRequest.objects.get(pk=change_id)
    after = json.loads(row.after)
    _carry_out(row.key, after)
    if after.pop("sealed", None) is not None:
        ChangeRequest.objects.filter(pk=change_id).update(after=json.dumps(after, ensure_ascii=False))


def _carry_out(key: str, after: Mapping[str, Any]) -> None:
    if after.get("what") in OPTION_ROWS:
        pk = OPTION_ROWS[after["what"]]
        NotifyOptions.objects.update_or_create(pk=pk, defaults={"data": after["data"]})
        return
    row = NotifyChannel.objects.filter(pk=key).first() or NotifyChannel(id=key or uuid4().hex[:12], version=0)
    means = after.get("means", row.means)
    kept = (sealing.unseal(row.secrets) or {}) if row.means == means else {}
    fresh = sealing.unseal(after.get("sealed", ""))
    if fresh is None:
        raise InputError("channel_secret_missing")
    row.means, row.name, row.enabled = means, after["name"], after["enabled"]
    row.parallel, row.settings = after.get("parallel", row.parallel), after["settings"]
    row.secrets = sealing.seal({**kept, **fresh})
    row.version += 1
    # Set up anew, nothing is known of it yet.
    row.failing_since = row.paused_until = row.ok_at = None
    row.failures, row.trouble = 0, ""
    row.place = row.place or NotifyChannel.objects.count() + 1
    row.save()


def change_of(row: ChangeRequest) -> Change:
    """A waiting change without its secrets."""
    after = json.loads(row.after)
    after.pop("sealed", None)
    return Change(
        change_id=row.id,
        key=row.key,
        after=after,
        reason=row.reason,
        asked_by=row.asked_by,
        asked_by_person=row.asked_by_person,
        asked_at=row.asked_at,
    )


def _audit(by: str, register: str, key: str, change: Mapping[str, Any]) -> None:
    AuditRow.objects.create(
        by=by, register=register, key=key[:64], change=json.dumps(dict(change), ensure_ascii=False)
    )
