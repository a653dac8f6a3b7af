"""Events of informing the public (信息发布): statements, their approval and publication, enquiries.

A statement is never changed once it is published: what was wrong in it is said by another one, a
correction, which names what was wrong, what is right and on what evidence. Exercises record the same events;
what keeps them from the public page is not here but in the port that writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.response.events_decisions import Factor


class StatementKind(StrEnum):
    """What a statement is for."""

    FIRST = "first"  # 首次发布
    UPDATE = "update"  # 后续发布
    CORRECTION = "correction"  # 更正已发布的内容
    RUMOUR = "rumour"  # 澄清流传的不实说法
    CLOSING = "closing"  # 处置结束


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDrafted:
    """A statement was written, or written anew (``version`` counts).

    ``corrects`` the published statement that a correction is about; ``wrong`` the words that do not hold,
    ``right`` what holds, ``evidence`` on what it rests. ``person`` is an id of an account, never a name.
    ``approvers`` the posts that are asked to agree; others who may, may as well.
    """

    statement_id: str
    version: int
    kind: StatementKind
    title: str
    text: str
    next_update: datetime | None = None
    corrects: str | None = None
    wrong: str = ""
    right: str = ""
    evidence: str = ""
    person: str = ""
    approvers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementApproved:
    """One of the two who must agree did; ``source`` the clause that names who releases, if there is one.

    ``factor`` how the person was checked; never the secret itself.
    """

    statement_id: str
    version: int
    person: str = ""
    source: Citation | None = None
    factor: Factor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementReturned:
    """An approver gave it back to be written anew."""

    statement_id: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPublished:
    """It went out, as the ``number``-th of this incident."""

    statement_id: str
    version: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDropped:
    """It will not be published."""

    statement_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryNoted:
    """A question from outside (咨询), in general terms. ``caller_ref``: a row apart, to ring back."""

    enquiry_id: str
    question: str
    channel: str
    caller_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryAnswered:
    """What was answered, and by which published statement."""

    enquiry_id: str
    answer: str
    statement_id: str | None = None


ReleaseEvent = (
    StatementDrafted
    | StatementApproved
    | StatementReturned
    | StatementPublished
    | StatementDropped
    | EnquiryNoted
    | EnquiryAnswered
)
