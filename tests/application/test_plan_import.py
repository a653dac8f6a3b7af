"""A batch of files from taking in to its last result: progress, duplicates, versions, and what breaks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

import processes
from fengsui import bootstrap
from fengsui.adapters.memory import FixedClock
from fengsui.adapters.reading_pool import ReadHere, ReadInProcesses
from fengsui.application.desk import Actor
from fengsui.application.plan_import import (
    LEASE,
    Importer,
    batch_of,
    counts,
    read_waiting,
    retry_failed,
    start_batch,
    take_in,
    told,
    unpacked,
)
from fengsui.application.plan_import_ports import EntryResult, EntryState, Packed, ReadText, TakenEntry
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.errors import InputError, Refusal

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DIRECTORY = Directory(
    jurisdictions=(Jurisdiction(code="990100", name="云州"),),
    units=(Unit(id="emb", name="云州应急管理局", jurisdiction="990100"),),
    posts=(
        Post(
            id="editor",
            title="预案管理员",
            unit="emb",
            jurisdiction="990100",
            roles=frozenset({Role.PLAN_EDITOR}),
        ),
        Post(
            id="duty", title="值班员", unit="emb", jurisdiction="990100", roles=frozenset({Role.DUTY_OFFICER})
        ),
    ),
)
EDITOR, DUTY = (Actor.of(post) for post in DIRECTORY.posts)


def plan(place: str, hours: int = 2) -> bytes:
    return (
        f"{place}燃气事故应急预案\n1 总则\n1.1 适用范围\n本预案适用于{place}境内的燃气事故。\n2 信息报告\n"
        f"2.1 时限\n事发单位应当在事故发生后{hours}小时内向应急管理局报告。\n"
    ).encode()


def importer_at(now: datetime = NOW) -> Importer:
    return bootstrap.importer(FixedClock(now))


@pytest.fixture
def importer(engine: str) -> Importer:
    from fengsui.store.people import save_directory

    save_directory(DIRECTORY, by="test")
    return importer_at()


def begun(importer: Importer, *files: tuple[str, bytes], source: str = "预案") -> str:
    batch = start_batch(importer, EDITOR, source=source, jurisdiction="990100")
    take_in(importer, EDITOR, batch.batch_id, (Packed(name=name, data=data) for name, data in files))
    return batch.batch_id


def results(batch_id: str) -> dict[str, str]:
    from fengsui.store import selectors

    return {line.name: f"{line.state} {line.code}" for line in selectors.import_entries(batch_id)}


def titles() -> list[str]:
    from fengsui.store import selectors

    return sorted(line.title for line in selectors.plans()[0])


def test_each_file_has_its_result_in_words(importer: Importer) -> None:
    batch = begun(
        importer,
        ("a.txt", plan("云州")),
        ("b.txt", plan("云州")),
        ("c.txt", plan("云州").decode().encode("gb18030")),
        ("d.txt", plan("云州", hours=1)),
        ("e.txt", "今天天气很好，适合出门走一走。".encode()),
        ("f.docx", b"PK\x03\x04 broken"),
        ("g.txt", b""),
    )
    read_waiting(importer, ReadHere())
    assert results(batch) == {
        "a.txt": "done imported_one",
        "b.txt": "duplicate same_file",
        "c.txt": "duplicate same_text",
        "d.txt": "new_version new_version",
        "e.txt": "failed no_plan",
        "f.docx": "failed damaged_file",
        "g.txt": "failed empty_file",
    }
    standing = counts(importer, batch)
    assert (standing.total, standing.finished, standing.failed) == (7, 7, 3)
    from fengsui.store import selectors

    for line in selectors.import_entries(batch):
        result = EntryResult(state=EntryState(line.state), code=line.code, words=line.words)
        for language in ("zh", "en"):
            text = told(result, language)
            assert text
            assert "{" not in text
    assert titles() == ["云州燃气事故应急预案"] * 2


def test_a_zip_comes_file_by_file_and_a_broken_one_is_one_failed_file(importer: Importer) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("东河/燃气.txt", plan("东河县"))
        made.writestr("more.zip", b"PK")
    files = [*unpacked(importer, "p.zip", archive), *unpacked(importer, "q.zip", io.BytesIO(b"x"))]
    batch = start_batch(importer, EDITOR, source="p.zip", jurisdiction="990100").batch_id
    take_in(importer, EDITOR, batch, files)
    read_waiting(importer, ReadHere())
    assert results(batch) == {
        "东河/燃气.txt": "done imported_one",
        "more.zip": "failed zip_nested",
        "q.zip": "failed zip_damaged",
    }


def test_the_same_source_again_goes_on_with_what_is_left(importer: Importer) -> None:
    first = begun(importer, ("a.txt", plan("云州")))
    again = begun(importer, ("a.txt", plan("云州")), ("b.txt", plan("东河县")))
    assert again == first
    read_waiting(importer, ReadHere())
    assert results(first) == {"a.txt": "done imported_one", "b.txt": "done imported_one"}
    assert begun(importer, ("a.txt", plan("云州"))) != first


def test_who_may_not_import_starts_nothing_and_sees_nothing(importer: Importer) -> None:
    batch = begun(importer, ("a.txt", plan("云州")))
    with pytest.raises(Refusal):
        start_batch(importer, DUTY, source="x", jurisdiction="990100")
    with pytest.raises(Refusal):
        start_batch(importer, EDITOR, source="x", jurisdiction="990200")
    with pytest.raises(Refusal):
        batch_of(importer, DUTY, batch)
    with pytest.raises(InputError, match="no_such_import"):
        take_in(importer, EDITOR, "none", ())


def test_failed_files_are_read_once_more_when_asked(importer: Importer) -> None:
    batch = begun(importer, ("a.txt", plan("云州")))

    class Broken(ReadHere):
        def collect(self, seconds: float) -> list[tuple[TakenEntry, ReadText | InputError]]:
            return [(entry, InputError("damaged_file")) for entry, _ in super().collect(seconds)]

    read_waiting(importer, Broken())
    assert results(batch) == {"a.txt": "failed damaged_file"}
    assert retry_failed(importer, EDITOR, batch) == 1
    read_waiting(importer, ReadHere())
    assert results(batch) == {"a.txt": "done imported_one"}


def test_what_a_killed_reader_held_is_read_when_its_lease_ends(importer: Importer) -> None:
    batch = begun(importer, ("a.txt", plan("云州")))
    (held,) = importer.imports.take(NOW, 5, LEASE)
    assert read_waiting(importer, ReadHere()) == 0
    later = importer_at(NOW + LEASE + timedelta(seconds=1))
    assert read_waiting(later, ReadHere()) == 1
    # The first comes back after all: what it read is not kept a second time.
    with importer.transactions.begin():
        assert not importer.imports.hold(held)
    assert results(batch) == {"a.txt": "done imported_one"}


def test_a_file_that_ends_every_reader_is_given_up(importer: Importer) -> None:
    batch = begun(importer, ("a.txt", plan("云州")))
    at = NOW
    for _ in range(3):
        assert importer.imports.take(at, 5, LEASE)
        at += LEASE
    read_waiting(importer_at(at), ReadHere())
    assert results(batch) == {"a.txt": "failed import_gave_up"}


def test_told_to_stop_it_gives_back_what_it_holds(importer: Importer) -> None:
    batch = begun(importer, ("a.txt", plan("云州")), ("b.txt", plan("东河县")))
    looks: Iterator[bool] = iter([False, True])
    read_waiting(importer, ReadHere(), stop=lambda: next(looks))
    standing = counts(importer, batch)
    assert (standing.done, standing.waiting, standing.reading) == (1, 1, 0)


def deadly(name: str, data: bytes, area: str) -> ReadText | tuple[str, dict[str, str]]:
    """A reader that one file kills."""
    from fengsui.adapters.reading_pool import read_file

    if name == "bad.txt":
        processes.kill_self()
    return read_file(name, data)


def test_a_file_that_kills_its_reader_takes_no_other_with_it(importer: Importer) -> None:
    batch = begun(importer, ("a.txt", plan("云州")), ("bad.txt", plan("北沙镇")), ("c.txt", plan("东河县")))
    pool = ReadInProcesses(1, read=deadly)
    try:
        read_waiting(importer, pool)
    finally:
        pool.close()
    assert results(batch) == {
        "a.txt": "done imported_one",
        "bad.txt": "failed import_gave_up",
        "c.txt": "done imported_one",
    }


def test_killed_at_any_moment_and_gone_on_with_nothing_is_lost_or_doubled(importer: Importer) -> None:
    files = [(f"{number}.txt", plan(f"云州{number}号片区")) for number in range(30)]
    batch = begun(importer, *files)

    def work(hours: int) -> None:
        read_waiting(importer_at(NOW + timedelta(hours=hours)), ReadHere())

    for number in range(12):
        processes.kill(processes.spawn(lambda at=number: work(at)), 0.02 + 0.01 * number)
    assert processes.wait(processes.spawn(lambda: work(100))) == [0]
    found = results(batch)
    finished = [name for name, result in found.items() if result == "done imported_one"]
    given_up = [name for name, result in found.items() if result == "failed import_gave_up"]
    assert len(finished) + len(given_up) == 30
    assert len(titles()) == len(set(titles())) == len(finished)
    if given_up:
        assert retry_failed(importer, EDITOR, batch) == len(given_up)
        assert processes.wait(processes.spawn(lambda: work(200))) == [0]
    assert set(results(batch).values()) == {"done imported_one"}
    assert len(titles()) == len(set(titles())) == 30
