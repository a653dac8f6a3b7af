"""One suite for every public page: statements are added, never changed, never of an exercise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fengsui.adapters.memory_release import MemoryPages
from fengsui.application.release_ports import PublicPages, PublicStatement
from fengsui.core.errors import Refusal

START = datetime(2026, 5, 1, 14, 3, tzinfo=UTC)
ROW = PublicStatement(
    public_id="abc",
    incident_id="i1",
    statement_id="s1",
    number=1,
    kind="first",
    title="通报",
    text="死亡4人",
    place="北沙镇",
    issuer="云州应急管理局",
    published_at=START,
)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def pages(request: pytest.FixtureRequest) -> Iterator[PublicPages]:
    if request.param == "memory":
        yield MemoryPages()
        return
    request.getfixturevalue("database_" + request.param)
    from fengsui.store.release import DjangoPages

    yield DjangoPages()


def test_what_was_published_is_found_again_whole(pages: PublicPages) -> None:
    later = replace(
        ROW,
        statement_id="s2",
        number=2,
        kind="correction",
        published_at=START + timedelta(hours=1),
        corrects="s1",
        wrong="死亡4人",
        right="死亡3人",
        evidence="医院核实",
        next_update=START + timedelta(hours=3),
    )
    for row in (ROW, later, replace(ROW, incident_id="i2", public_id="def")):
        pages.publish(row)
    assert pages.of("abc") == (ROW, later)
    assert pages.latest(1) == (later,)
    assert pages.of("nothing") == ()


def test_publishing_again_changes_nothing(pages: PublicPages) -> None:
    pages.publish(ROW)
    pages.publish(replace(ROW, text="另一种说法"))
    assert pages.of("abc") == (ROW,)


def test_an_exercise_is_refused(pages: PublicPages) -> None:
    with pytest.raises(Refusal, match="exercise_never_public"):
        pages.publish(replace(ROW, exercise=True))
    assert pages.latest(9) == ()
