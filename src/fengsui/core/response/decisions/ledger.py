"""The requisition ledger (征用台账): taken with a receipt, returned in a state, compensated, paid.

Whose it is stands in a row apart; the stream holds a reference and whether it is a body or a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fengsui.core.errors import Conflict, InputError
from fengsui.core.response.decisions.matters import must_not_be_archived
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.events import Event
from fengsui.core.response.events_aftermath import (
    CompensationPaid,
    CompensationSet,
    GoodsReturned,
    GoodsState,
    GoodsTaken,
)
from fengsui.core.response.state_aftermath import GoodsEntry

OWNERS = ("body", "person")
MOST_CNY = Decimal(10) ** 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Goods as taken; ``owner_ref`` the row that says whose they are."""

    what: str
    quantity: str
    owner_kind: str
    owner_ref: str
    value_cny: Decimal | None = None
    use: str = ""


def take(taken: Taken, scene: Scene) -> tuple[Event, ...]:
    """Goods are requisitioned; the receipt number counts within the incident."""
    must_not_be_archived(scene)
    if taken.owner_kind not in OWNERS:
        raise InputError("text_missing", field="owner")
    number = len(scene.incident.aftermath.goods) + 1
    opened = scene.incident.opened.learned_at
    event = GoodsTaken(
        goods_id=f"g{number}",
        receipt=f"{opened:%Y%m%d}-{scene.incident.incident_id[:4].upper()}-{number:03}",
        what=check_text(taken.what, "what"),
        quantity=check_text(taken.quantity, "quantity"),
        owner_kind=taken.owner_kind,
        owner_ref=check_text(taken.owner_ref, "owner"),
        value_cny=None if taken.value_cny is None else _money(taken.value_cny),
        use=taken.use.strip(),
    )
    return (event,)


def _entry(goods_id: str, scene: Scene) -> GoodsEntry:
    must_not_be_archived(scene)
    entry = scene.incident.aftermath.goods.get(goods_id)
    if entry is None:
        raise InputError("goods_unknown")
    return entry


def _money(amount: Decimal) -> Decimal:
    if not amount.is_finite() or amount < 0 or amount >= MOST_CNY:
        raise InputError("amount_wrong")
    return amount.quantize(Decimal("0.01"))


def give_back(goods_id: str, state: GoodsState, text: str, scene: Scene) -> tuple[Event, ...]:
    """They go back; damaged or lost goods need words on it."""
    if _entry(goods_id, scene).returned is not None:
        raise Conflict("goods_returned_already")
    words = text.strip() if state is GoodsState.INTACT else check_text(text, "text")
    return (GoodsReturned(goods_id=goods_id, state=state, text=words),)


def set_compensation(goods_id: str, amount: Decimal, basis: str, scene: Scene) -> tuple[Event, ...]:
    """What is due, by which rule; it may be set anew until it is paid."""
    entry = _entry(goods_id, scene)
    due = _money(amount)
    if due < entry.paid_cny:
        raise InputError("amount_below_paid", paid=f"{entry.paid_cny:,.2f}")
    return (CompensationSet(goods_id=goods_id, amount_cny=due, basis=check_text(basis, "basis")),)


def pay(goods_id: str, amount: Decimal, voucher: str, scene: Scene) -> tuple[Event, ...]:
    """It was paid, whole or in part; never more than is due."""
    entry = _entry(goods_id, scene)
    if entry.due is None:
        raise InputError("compensation_not_set")
    paid = _money(amount)
    if paid <= 0 or entry.paid_cny + paid > entry.due.amount_cny:
        left = entry.due.amount_cny - entry.paid_cny
        raise InputError("paid_too_much", left=f"{left:,.2f}")
    return (CompensationPaid(goods_id=goods_id, amount_cny=paid, voucher=check_text(voucher, "voucher")),)
