"""The demo prefecture loads whole, once, and its incident is alive."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fengsui import bootstrap, demo
from fengsui.core.errors import InputError
from fengsui.core.response import chain
from fengsui.store import models, selectors

FOLDER = Path(__file__).resolve().parents[2] / "demo" / "yunzhou"


def counts() -> dict[str, int]:
    tables = (
        models.Account,
        models.Post,
        models.Roster,
        models.PlanVersion,
        models.EventRow,
        models.OutboxRow,
    )
    return {table.__name__: table.objects.count() for table in tables}


def test_the_demo_prefecture_is_loaded_once_and_its_incident_runs(engine: str) -> None:
    now = datetime.now(UTC)
    loaded = demo.load(FOLDER, now)
    assert loaded.fresh
    assert loaded.plans == models.PlanVersion.objects.filter(ended_at__isnull=True).count()
    line = selectors.running_incidents(jurisdiction="990100")[0]
    assert line.level
    assert line.open_tasks > 0
    assert chain.verify(chain.export(bootstrap.desk().incidents.load(line.incident_id))) == ()
    assert selectors.on_duty(now, jurisdiction="990100")[0].main
    before = counts()
    assert not demo.load(FOLDER, now).fresh
    models.AuditRow.objects.filter(register="demo").delete()
    assert demo.load(FOLDER, now).fresh
    assert counts() == before


def test_missing_or_broken_demo_data_is_told_in_one_sentence(database_sqlite: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        demo.load(tmp_path, datetime.now(UTC))
    assert caught.value.code == "demo_missing"
    for text in ("a: [", "- 1", "jurisdictions: 3"):
        (tmp_path / "directory.yaml").write_text(text, "utf-8")
        with pytest.raises(InputError) as caught:
            demo.load(tmp_path, datetime.now(UTC))
        assert caught.value.code == "demo_broken"
    assert models.Unit.objects.count() == 0
