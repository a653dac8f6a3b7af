"""Use cases on the ledgers of losses: rows, figures of departments, agreement, and the facts they feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, change, load
from fengsui.application.desk import Actor
from fengsui.application.reporting_ports import LossRow, LossStatus, Reporting
from fengsui.application.wording import word
from fengsui.core.errors import Conflict, InputError
from fengsui.core.fact import Figure
from fengsui.core.losses import facts_from, items, total
from fengsui.core.response.decisions import reporting as decide
from fengsui.core.response.decisions.record import check_value
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events_reporting import LossGiven
from fengsui.core.response.incident import Incident
from fengsui.core.response.loss_standing import LedgerSums, LossStanding, loss_standings

PERSON_FIELDS = ("name", "sex", "age", "kin", "kin_phone", "found")
"""What is kept of a dead or missing person: what rescue and the family need, nothing more."""


def sums_of(rows: Iterable[LossRow], given: Mapping[str, tuple[LossGiven, ...]]) -> LedgerSums:
    """Totals by item; rows withdrawn do not count, a row without a figure keeps its total open."""
    values: dict[str, list[Figure | None]] = {}
    for row in rows:
        if row.status is not LossStatus.WITHDRAWN:
            values.setdefault(row.item, []).append(row.value)
    sums = {item: total(listed) for item, listed in values.items()}
    return LedgerSums(
        totals={item: value for item, value in sums.items() if value is not None},
        rows={item: len(listed) for item, listed in values.items()},
        given=given,
    )


def standings(reporting: Reporting, actor: Actor, incident_id: str) -> tuple[LossStanding, ...]:
    """Every item as it stands. Raises the refusal for a post that may not see the incident."""
    incident = _seen(reporting, actor, incident_id, Action.SEE_INCIDENT)
    return loss_standings(incident, reporting.sums(incident_id))


def add_row(
    reporting: Reporting,
    actor: Actor,
    row: LossRow,
    person: Mapping[str, str] | None = None,
) -> LossRow:
    """Enter one row; who it is goes into the table of personal data. Raises InputError."""
    _seen(reporting, actor, row.incident_id, Action.KEEP_LOSSES)
    spec = items().get(row.item)
    if spec is None:
        raise InputError("loss_item_unknown", item=row.item)
    if not row.reported_by.strip():
        raise InputError("loss_who_missing")
    desk = reporting.desk
    known = {key: (person or {}).get(key, "").strip()[:200] for key in PERSON_FIELDS}
    known = {key: value for key, value in known.items() if value}
    value = Figure.exact(1) if spec.kind == "person" else row.value
    check_value(spec.fact or spec.part_of or "evacuated", value)
    with desk.transactions.begin():
        ref = (
            desk.personal.keep(known, about=f"incident/{row.incident_id}")
            if spec.kind == "person" and known
            else None
        )
        made = replace(
            row,
            row_id=desk.ids.new(),
            value=value,
            person_ref=ref,
            status=LossStatus.REPORTED,
            entered_by=actor.post_id,
            entered_at=desk.clock.now(),
        )
        reporting.ledger.add(made, actor.post_id)
    return made


def change_row(
    reporting: Reporting, actor: Actor, incident_id: str, row_id: str, changes: Mapping[str, Any]
) -> LossRow:
    """Verify a row, withdraw it, correct its figure, or move a missing person to the dead.

    The audit keeps what it was. A corrected figure has to be verified anew. Raises Conflict for a row that
    was withdrawn: it comes back by being entered again.
    """
    _seen(reporting, actor, incident_id, Action.KEEP_LOSSES)
    row = reporting.ledger.row(row_id)
    if row.incident_id != incident_id:
        raise InputError("loss_row_unknown", row=row_id)
    if row.status is LossStatus.WITHDRAWN:
        raise Conflict("loss_row_withdrawn")
    wanted = changes.get("item")
    if "value" in changes:
        changes = {**changes, **_corrected(row, changes["value"])}
    if wanted is not None and (wanted not in items() or items()[wanted].kind != items()[row.item].kind):
        raise InputError("loss_item_unknown", item=str(wanted))
    with reporting.desk.transactions.begin():
        return reporting.ledger.change(row_id, changes, actor.post_id)


def _corrected(row: LossRow, value: Figure | None) -> dict[str, Any]:
    spec = items()[row.item]
    if spec.kind == "person":
        raise InputError("loss_person_counts_one")
    check_value(spec.fact or spec.part_of or "evacuated", value)
    return {"status": LossStatus.REPORTED} if value != row.value else {}


def found_alive(reporting: Reporting, actor: Actor, incident_id: str, row_id: str) -> LossRow:
    """A missing person was found alive: the row no longer counts, and says why."""
    row = reporting.ledger.row(row_id)
    if row.item != "missing":
        raise InputError("loss_row_unknown", row=row_id)
    note = "；".join(part for part in (row.note, word("loss", "found_alive")) if part)
    changes = {"status": LossStatus.WITHDRAWN, "note": note}
    return change_row(reporting, actor, incident_id, row_id, changes)


def who_is(reporting: Reporting, actor: Actor, incident_id: str, row_id: str) -> dict[str, Any]:
    """Who a row is about (personal data); every look is noted."""
    _seen(reporting, actor, incident_id, Action.SEE_PERSONAL)
    row = reporting.ledger.row(row_id)
    if row.incident_id != incident_id or row.person_ref is None:
        raise InputError("loss_row_unknown", row=row_id)
    with reporting.desk.transactions.begin():
        reporting.ledger.note_read(row_id, actor.post_id)
        return reporting.desk.personal.read(
            row.person_ref, by=actor.post_id, person=actor.person_id, why=word("loss", "why_read")
        )


def give_figure(reporting: Reporting, actor: Actor, incident_id: str, item: str, given: LossGiven) -> None:
    """The figure a department gives for an item; the one it gave before stays in the audit."""
    _seen(reporting, actor, incident_id, Action.KEEP_LOSSES)
    if item not in items():
        raise InputError("loss_item_unknown", item=item)
    if not given.body.strip():
        raise InputError("loss_who_missing")
    check_value(items()[item].fact or items()[item].part_of or "evacuated", given.value)
    with reporting.desk.transactions.begin():
        reporting.ledger.give(incident_id, item, given, actor.post_id)


def agree(
    reporting: Reporting,
    actor: Actor,
    incident_id: str,
    item: str,
    value: Figure,
    agreed_by: Sequence[str],
    note: str = "",
    *,
    command_id: str | None = None,
) -> Outcome:
    """Departments agree on a figure; what each had given is recorded with it."""

    def agreed(scene: Scene) -> Sequence[Any]:
        given = reporting.ledger.given(incident_id).get(item, ())
        return decide.agree_loss(item, value, given, agreed_by, note, scene)

    return change(reporting.desk, actor, incident_id, Action.AGREE_LOSSES, agreed, command_id=command_id)


def figures_of(incident: Incident, sums: LedgerSums) -> tuple[dict[str, Figure], frozenset[str]]:
    """The facts that the ledgers amount to, agreed figures before totals, and which facts are agreed."""
    agreed = {name: state.value for name, state in incident.agreed.items()}
    figures = facts_from({**sums.totals, **agreed})
    open_items = {name for name in sums.totals if name not in agreed}
    of_fact: dict[str, set[str]] = {}
    for name, item in items().items():
        fact = item.fact or item.part_of
        if fact is not None and (name in sums.totals or name in agreed):
            of_fact.setdefault(fact, set()).add(name)
    return figures, frozenset(fact for fact, names in of_fact.items() if not names & open_items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A fact as it is and as the ledgers would make it; ``less``: it would become smaller."""

    fact: str
    before: Figure | bool | None
    after: Figure
    agreed: bool

    @property
    def less(self) -> bool:
        before = self.before
        if not isinstance(before, Figure) or before.low is None or self.after.low is None:
            return False
        return self.after.low < before.low


def to_take(incident: Incident, sums: LedgerSums) -> tuple[Taken, ...]:
    """What taking the figures of the ledgers would change."""
    figures, agreed = figures_of(incident, sums)
    current = incident.current_facts()
    return tuple(
        Taken(
            fact=fact, before=current.get(fact), after=value, agreed=fact in agreed & _agreed_facts(incident)
        )
        for fact, value in figures.items()
        if current.get(fact) != value
    )


def _agreed_facts(incident: Incident) -> frozenset[str]:
    return frozenset(items()[name].fact or items()[name].part_of or "" for name in incident.agreed)


def take_figures(
    reporting: Reporting, actor: Actor, incident_id: str, *, command_id: str | None = None
) -> Outcome:
    """Figures of the ledgers become facts of the incident, with the ledger as their source."""

    def taken(scene: Scene) -> Sequence[Any]:
        sums = reporting.sums(incident_id)
        figures, agreed = figures_of(scene.incident, sums)
        if not figures:
            raise InputError("loss_ledger_empty")
        said_by = word("loss", "said_by", rows=sum(sums.rows.values()))
        return decide.take_figures(figures, agreed, said_by, scene)

    return change(reporting.desk, actor, incident_id, Action.REPORT_FACTS, taken, command_id=command_id)


def _seen(reporting: Reporting, actor: Actor, incident_id: str, action: Action) -> Incident:
    incident = load(reporting.desk, incident_id)
    access.require(actor, action, incident.opened.place_code)
    return incident
