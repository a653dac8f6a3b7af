"""What is sent to the addresses of the aftermath."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from fengsui.core.response.events_aftermath import ConditionAnswer, GoodsState, MatterKind
from fengsui.web.api.forms import Body


class Condition(Body):
    """A condition of the plan as printed, looked at with evidence; ``evidence_sha`` SHA-256 of a paper."""

    plan: str
    condition: str
    answer: ConditionAnswer
    evidence: str
    evidence_sha: str = ""


class Dissolving(Body):
    """A group by its name, or the headquarters on the scene."""

    name: str
    on_scene: bool = False
    text: str = ""


class NewMatter(Body):
    """Something to see to; ``owner`` an id or a name."""

    text: str
    kind: MatterKind = MatterKind.AFTERMATH
    owner: str = ""
    due: datetime | None = None


class Moved(Body):
    """Another day, and why."""

    due: datetime
    text: str


class Evidence(Body):
    """What came of it; ``evidence_sha`` SHA-256 of a paper that shows it."""

    text: str
    evidence_sha: str = ""


class Requisition(Body):
    """Goods as taken; ``owner`` (name, phone, address) is kept apart from the log.

    ``keeper`` (an id or a name) is to return and pay them by ``due``.
    """

    what: str
    quantity: str
    owner: dict[str, str]
    owner_kind: str = "body"
    value_cny: Decimal | None = None
    use: str = ""
    keeper: str = ""
    due: datetime | None = None


class Entrusted(Body):
    """Who is to return the goods and pay for them, and by when."""

    keeper: str
    due: datetime | None = None


class Returned(Body):
    """In what state the goods came back."""

    state: GoodsState
    text: str = ""


class Money(Body):
    """An amount with its basis or voucher."""

    amount_cny: Decimal
    text: str


class NewAction(Body):
    """What is to be mended; with ``plan`` and ``clause`` of the review it becomes a finding there."""

    text: str
    owner: str
    due: datetime
    plan: str | None = None
    clause: str | None = None
