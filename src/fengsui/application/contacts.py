"""How people are reached: telephone, mobile, e-mail; checked, entered one by one or by a whole spreadsheet.

Personal data: it stands in a table apart, and the audit says which of it changed, never to what.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.desk import Actor
from fengsui.application.people_ports import Contacts, KnownPerson, PeopleDesk
from fengsui.core.errors import InputError

_MOBILE = re.compile(r"1\d{10}")
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"'\\]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"[\d+()转 -]{3,40}")
LONGEST_EMAIL = 200
NEW, CHANGED, SAME, PROBLEM = "new", "changed", "same", "problem"


def read_contacts(phone: str, mobile: str, email: str) -> Contacts:
    """Contacts as typed, plain. Raises InputError ``phone_wrong``, ``mobile_wrong`` or ``email_wrong``."""
    phone, mobile, email = _plain(phone), _plain(mobile), _plain(email)
    mobile = re.sub(r"[\s()-]", "", mobile)
    mobile = mobile.removeprefix("+86") if len(mobile) > 11 else mobile
    if phone and not _PHONE.fullmatch(phone):
        raise InputError("phone_wrong")
    if mobile and not _MOBILE.fullmatch(mobile):
        raise InputError("mobile_wrong", digits=sum(sign.isdigit() for sign in mobile))
    if email and (len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email)):
        raise InputError("email_wrong")
    return Contacts(phone=phone, mobile=mobile, email=email)


def _plain(text: str) -> str:
    """Full-width signs of an input method are the plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One row of a spreadsheet; ``number`` counts as the spreadsheet does. What is empty stays as it is."""

    number: int
    person: str = ""
    name: str = ""
    post: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactResult:
    """What becomes of a row: ``outcome`` changed, same or problem; ``problem`` a code with its data."""

    row: ContactRow
    outcome: str
    person_id: str = ""
    contacts: Contacts | None = None
    problem: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsTaken:
    """All rows judged; ``written`` False: one of them is wrong, and nothing was changed."""

    rows: tuple[ContactResult, ...]
    written: bool

    def count(self, outcome: str) -> int:
        return sum(item.outcome == outcome for item in self.rows)


def import_contacts(desk: PeopleDesk, actor: Actor, rows: Sequence[ContactRow]) -> ContactsTaken:
    """Take over the contacts of many people: all rows, or none with what is wrong in each."""
    access.require(actor, Action.MANAGE_DIRECTORY)
    if not rows:
        raise InputError("contacts_file_empty")
    with desk.transactions.begin():
        results = check_rows(rows, desk.people.known_people())
        if any(item.outcome == PROBLEM for item in results):
            return ContactsTaken(rows=results, written=False)
        changed = {
            item.person_id: item.contacts
            for item in results
            if item.outcome == CHANGED and item.contacts is not None
        }
        desk.people.save_contacts(changed, actor.post_id)
        return ContactsTaken(rows=results, written=True)


def check_rows(rows: Iterable[ContactRow], people: Iterable[KnownPerson]) -> tuple[ContactResult, ...]:
    """Every row judged, against who is known and against the rows before it."""
    known = list(people)
    results: list[ContactResult] = []
    taken: dict[str, int] = {}
    for row in rows:
        try:
            person = _meant(row, known)
            before = taken.setdefault(person.person_id, row.number)
            if before != row.number:
                raise InputError("contact_twice", row=before)
            results.append(_judged(row, person))
        except InputError as problem:
            results.append(
                ContactResult(row=row, outcome=PROBLEM, problem=problem.code, data=dict(problem.data))
            )
    return tuple(results)


def _judged(row: ContactRow, person: KnownPerson) -> ContactResult:
    given = read_contacts(row.phone, row.mobile, row.email)
    filled = {name: value for name in ("phone", "mobile", "email") if (value := getattr(given, name))}
    if not filled:
        raise InputError("contact_nothing_given")
    contacts = replace(person.contacts, **filled)
    outcome = SAME if contacts == person.contacts else CHANGED
    return ContactResult(row=row, outcome=outcome, person_id=person.person_id, contacts=contacts)


def _meant(row: ContactRow, people: Sequence[KnownPerson]) -> KnownPerson:
    """Who a row is about: by number, else by name, and post where several bear it."""
    number, name, post = row.person.strip().lower(), row.name.strip(), row.post.strip()
    if number:
        found = [person for person in people if person.person_id == number]
        if found and name and found[0].name != name:
            raise InputError("contact_name_differs", person=number)
    elif name:
        found = [person for person in people if person.name == name]
        if len(found) > 1 and post:
            found = [person for person in found if post in person.posts]
        if len(found) > 1:
            raise InputError("contact_several", n=len(found))
    else:
        raise InputError("contact_of_nobody")
    if not found:
        raise InputError("contact_unknown")
    return found[0]
