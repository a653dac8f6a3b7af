"""What every duty book promises: who is meant by a post or unit, one asked or many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from contract_stores import START
from fengsui.adapters.memory_notify import MemoryBook
from fengsui.application.notify_ports import Contact, DutyBook, Recipient

TARGETS = [
    ("unit", "fire"),
    ("unit", "water"),
    ("post", "fire-liaison"),
    ("post", "nobody"),
    ("external", "x"),
]


def somebody(post: str, person: str, on_duty: bool = False) -> Recipient:
    return Recipient(post_id=post, person_id=person, on_duty=on_duty)


LIAISON, CHIEF = somebody("fire-liaison", "p1", True), somebody("water-chief", "p3")


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def book(request: pytest.FixtureRequest) -> Iterator[DutyBook]:
    if request.param == "memory":
        people = {
            ("unit", "fire"): (LIAISON,),
            ("unit", "water"): (CHIEF,),
            ("post", "fire-liaison"): (LIAISON,),
        }
        yield MemoryBook(people=people, contacts={"p1": Contact(email="p1@example.invalid")})
        return
    request.getfixturevalue("database_" + request.param)
    yield stored_book()


def stored_book() -> DutyBook:
    """A unit with a liaison on duty beside a chief, and one with a chief alone."""
    from fengsui.store import models
    from fengsui.store.notify_setup import DjangoDutyBook

    models.Jurisdiction.objects.create(code="990100", name="某市")
    posts = {"fire-liaison": ["liaison"], "fire-chief": [], "water-chief": []}
    for unit in ("fire", "water"):
        models.Unit.objects.create(id=unit, name=unit, jurisdiction_id="990100")
    for post, roles in posts.items():
        models.Post.objects.create(
            id=post, title=post, unit_id=post.split("-")[0], jurisdiction_id="990100", roles=roles
        )
    long_ago = START - timedelta(days=9)
    for person, post in (("p1", "fire-liaison"), ("p2", "fire-chief"), ("p3", "water-chief")):
        models.Person.objects.create(id=person)
        email = f"{person}@example.invalid" if person == "p1" else " "
        models.PersonDetail.objects.create(person_id=person, name=person, phone="", email=email)
        models.Holding.objects.create(person_id=person, post_id=post, starts=long_ago)
    hour = timedelta(hours=1)
    models.Roster.objects.create(
        post_id="fire-liaison", person_id="p1", starts=START - hour, ends=START + hour, main=True
    )
    return DjangoDutyBook()


def test_many_asked_at_once_are_answered_as_each_by_itself(book: DutyBook) -> None:
    found = book.reach_all(TARGETS, START)
    assert found == {target: book.reach(*target, START) for target in TARGETS}
    assert found["unit", "fire"] == found["post", "fire-liaison"] == (LIAISON,)
    assert found["unit", "water"] == (CHIEF,)
    assert found["post", "nobody"] == found["external", "x"] == ()


def test_asked_for_nobody_it_finds_nobody(book: DutyBook) -> None:
    assert book.reach_all([], START) == {}


def test_it_knows_who_has_an_email_address(book: DutyBook) -> None:
    assert book.with_email({"p1", "p2", "unknown"}) == {"p1"}
    assert book.with_email(set()) == frozenset()
