"""The requisition ledger (征用台账): taken with a receipt, returned in a state, compensated, paid.

Whose it is stands in a row apart; the stream holds a reference and whether it is a body or a person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from fengsui.core.errors import Conflict, InputError
from fengsui.core.response.decisions.matters import Wanted, must_not_be_archived, open_matters
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.events import Event
from fengsui.core.response.events_aftermath import (
    CompensationPaid,
    CompensationSet,
    GoodsReturned,
    GoodsState,
    GoodsTaken,
    MatterDone,
    MatterKind,
)
from fengsui.core.response.state_aftermath import GoodsEntry

OWNERS = ("body", "person")
MOST_CNY = Decimal(10) ** 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Goods as taken; ``owner_ref`` the row that says whose they are.

    ``keeper`` the unit or post that is to return and pay them, by ``due``; "": nobody yet.
    """

    what: str
    quantity: str
    owner_kind: str
    owner_ref: str
    value_cny: Decimal | None = None
    use: str = ""
    keeper: str = ""
    due: datetime | None = None


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
    if not taken.keeper.strip():
        return (event,)
    return (event, *_entrusted(event, taken.keeper, taken.due, scene))


def entrust(goods_id: str, keeper: str, due: datetime | None, scene: Scene) -> tuple[Event, ...]:
    """Somebody is to return and pay them. Raises Conflict when somebody is, or when there is nothing left."""
    entry = _entry(goods_id, scene)
    if not entry.is_open:
        raise Conflict("goods_settled")
    if matters_of(goods_id, scene):
        raise Conflict("goods_entrusted_already")
    return _entrusted(entry.taken, check_text(keeper, "keeper"), due, scene)


def _entrusted(taken: GoodsTaken, keeper: str, due: datetime | None, scene: Scene) -> tuple[Event, ...]:
    wanted = Wanted(
        kind=MatterKind.REQUISITION,
        text=f"{taken.what} {taken.quantity}（{taken.receipt}）",
        owner=keeper,
        due=due,
        goods_id=taken.goods_id,
    )
    return open_matters((wanted,), scene)


def matters_of(goods_id: str, scene: Scene) -> tuple[str, ...]:
    """The open matters about one requisition."""
    waiting = scene.incident.aftermath.open_matters(MatterKind.REQUISITION)
    return tuple(key for key, item in waiting.items() if item.opened.goods_id == goods_id)


def _settled(after: GoodsEntry, scene: Scene) -> tuple[Event, ...]:
    """Returned and paid: whoever was to see to it has done so."""
    if after.is_open:
        return ()
    waiting = matters_of(after.taken.goods_id, scene)
    return tuple(MatterDone(matter_id=key, result=after.taken.receipt) for key in waiting)


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
    entry = _entry(goods_id, scene)
    if entry.returned is not None:
        raise Conflict("goods_returned_already")
    words = text.strip() if state is GoodsState.INTACT else check_text(text, "text")
    back = GoodsReturned(goods_id=goods_id, state=state, text=words)
    return (back, *_settled(replace(entry, returned=back), scene))


def set_compensation(goods_id: str, amount: Decimal, basis: str, scene: Scene) -> tuple[Event, ...]:
    """What is due, by which rule; it may be set anew until it is paid."""
    entry = _entry(goods_id, scene)
    due = _money(amount)
    if due < entry.paid_cny:
        raise InputError("amount_below_paid", paid=f"{entry.paid_cny:,.2f}")
    owed = CompensationSet(goods_id=goods_id, amount_cny=due, basis=check_text(basis, "basis"))
    return (owed, *_settled(replace(entry, due=owed), scene))


def pay(goods_id: str, amount: Decimal, voucher: str, scene: Scene) -> tuple[Event, ...]:
    """It was paid, whole or in part; never more than is due."""
    entry = _entry(goods_id, scene)
    if entry.due is None:
        raise InputError("compensation_not_set")
    paid = _money(amount)
    if paid <= 0 or entry.paid_cny + paid > entry.due.amount_cny:
        left = entry.due.amount_cny - entry.paid_cny
        raise InputError("paid_too_much", left=f"{left:,.2f}")
    done = CompensationPaid(goods_id=goods_id, amount_cny=paid, voucher=check_text(voucher, "voucher"))
    return (done, *_settled(replace(entry, paid=(*entry.paid, done)), scene))
