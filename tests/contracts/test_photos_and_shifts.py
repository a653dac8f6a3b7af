"""What every store of photos promises, and what the roster says of who may be disturbed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from contract_stores import START
from fengsui.adapters import memory
from fengsui.application.photos import Photo, PhotoStore
from fengsui.application.ports import DirectoryStore
from fengsui.core.directory import Directory, Jurisdiction, Post, Unit

EVERY_STORE = ["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=EVERY_STORE)
def photos(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PhotoStore]:
    if request.param == "memory":
        yield memory.MemoryPhotos()
        return
    request.getfixturevalue("database_" + request.param)
    from fengsui.store.photos import DjangoPhotos

    yield DjangoPhotos(tmp_path / "photos")


def photo(incident: str = "i1", data: bytes = b"picture") -> Photo:
    digest = hashlib.sha256(data).hexdigest()
    return Photo(
        digest=digest, incident_id=incident, kind="jpeg", data=data, by="p", at=START, lon=81.2, lat=43.9
    )


def test_a_photo_comes_back_as_it_was_kept(photos: PhotoStore) -> None:
    photos.keep(photo())
    assert photos.read("i1", photo().digest) == photo()
    assert photos.read("i2", photo().digest) is None
    assert photos.read("i1", "0" * 64) is None


def test_the_same_photo_twice_is_one_and_stands_as_first_kept(photos: PhotoStore) -> None:
    photos.keep(photo())
    photos.keep(photo())
    assert photos.known("i1", [photo().digest, "0" * 64]) == {photo().digest}


def test_an_erased_photo_is_gone_and_still_known(photos: PhotoStore) -> None:
    photos.keep(photo())
    photos.erase("i1", photo().digest, "admin")
    photos.erase("i1", photo().digest, "admin")
    photos.erase("i1", "0" * 64, "admin")
    assert photos.read("i1", photo().digest) is None
    assert photos.known("i1", [photo().digest]) == {photo().digest}


def test_erasing_a_photo_of_one_incident_leaves_the_same_picture_of_another(photos: PhotoStore) -> None:
    photos.keep(photo("i1"))
    photos.keep(photo("i2"))
    photos.erase("i1", photo().digest, "admin")
    kept = photos.read("i2", photo().digest)
    assert kept is not None
    assert kept.data == b"picture"


PEOPLE = Directory(
    jurisdictions=(Jurisdiction(code="990100", name="云州"),),
    units=(Unit(id="emb", name="云州应急管理局", jurisdiction="990100"),),
    posts=tuple(
        Post(id=name, title=name, unit="emb", jurisdiction="990100", roles=frozenset())
        for name in ("now", "later", "standing", "past")
    ),
)


@pytest.fixture(params=EVERY_STORE)
def directory(request: pytest.FixtureRequest) -> DirectoryStore:
    if request.param == "memory":
        return memory.MemoryDirectory(
            PEOPLE, away=frozenset({"later"}), standing=frozenset({"standing", "past"})
        )
    request.getfixturevalue("database_" + request.param)
    from fengsui.store import people

    people.save_directory(PEOPLE, "test")
    hour, day = timedelta(hours=1), timedelta(days=1)
    people.save_shifts(
        [
            people.Shift(post_id="now", starts=START - hour, ends=START + hour),
            people.Shift(post_id="later", starts=START + day, ends=START + 2 * day),
            people.Shift(post_id="past", starts=START - 40 * day, ends=START - 39 * day),
        ],
        "test",
    )
    return people.DjangoDirectory()


def test_a_post_on_shift_is_on_one_with_other_shifts_is_off_and_one_without_is_neither(
    directory: DirectoryStore,
) -> None:
    shifts = directory.shifts(START)
    found = {post.id: (post.id in shifts.on, post.id in shifts.around) for post in PEOPLE.posts}
    assert all(directory.on_duty(post.id, START) == (post.id in shifts.on) for post in PEOPLE.posts)
    assert found == {
        "now": (True, True),
        "later": (False, True),
        "standing": (False, False),
        "past": (False, False),
    }


@pytest.mark.parametrize("store", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_who_is_on_leave_is_not_on_duty_and_a_post_all_of_whose_holders_are_away_is_off(
    store: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("database_" + store)
    from fengsui.application.roster_ports import Leave, Shift
    from fengsui.store import people, roster

    hour, day = timedelta(hours=1), timedelta(days=1)
    people.save_directory(PEOPLE, "test")
    held = [("p1", "now"), ("p2", "standing"), ("p3", "past"), ("p4", "past")]
    holders = [people.Holder(person_id=who, post_id=post, name="", phone="") for who, post in held]
    people.save_holders(holders, START - 30 * day, by="test")
    directory, leaves = people.DjangoDirectory(), roster.DjangoRoster()
    turn = Shift(post_id="now", person_id="p1", starts=START - hour, ends=START + hour)
    leaves.put([turn], "test", {})
    assert directory.shifts(START).on == {"now"}
    for who in ("p1", "p2", "p3"):
        leaves.add_leave(Leave(person_id=who, starts=START - hour, ends=START + day, reason="病假"), "test")
    shifts = directory.shifts(START)
    assert shifts.on == frozenset()
    assert shifts.around == {"now", "standing"}  # another still holds "past"
    assert directory.shifts(START + 2 * day).on == frozenset()
    assert "standing" not in directory.shifts(START + 2 * day).around
