"""The main job on real papers: from facts to directives and report clocks, against golden files.

Golden files keep numbers, clause numbers and hashes, no sentence of the papers. Rewrite them with
``make golden`` (``FENGSUI_GOLDEN=write``) and read the difference.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from fengsui.cli import main

GOLDEN = Path(__file__).parent.parent / "golden"
ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("FENGSUI_SHARED", ROOT.parent / "shared"))
AT = "2026-03-01T23:10:00+08:00"
CASES: dict[str, tuple[str, int, int | None, dict[str, object]]] = {
    "respond_accident": ("001_", 1, None, {"deaths": 4, "injured_serious": 12}),
    "respond_relief": ("003_", 18, 8, {"evacuated": 120}),
}
"""Golden file → start of the file's name, number of plans in it, which of them, facts."""

pytestmark = pytest.mark.papers


def paper(start: str) -> Path:
    found = sorted(SHARED.glob(f"sources/{start}*.txt"))
    if not found:
        pytest.skip(f"no papers beside the checkout ({SHARED})")
    return found[0]


def title_of(path: Path, part: int | None) -> list[str]:
    """``--plan`` for one part of a bundle; the first line of a part is listed beside the papers."""
    if part is None:
        return []
    rows = path.parent.joinpath(f"{path.name[:3]}_parts.tsv").read_text("utf-8").splitlines()
    return ["--plan", rows[part].split("\t")[1]]


def digest(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()[:12]


def places(items: list[dict[str, Any]], *kept: str, hashed: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return [
        {
            **{name: item[name] for name in ("clause", "line", *kept)},
            **{name: digest(json.dumps(item[name], ensure_ascii=False)) for name in hashed},
        }
        for item in items
    ]


def boiled(run: dict[str, Any]) -> dict[str, Any]:
    """The run without any sentence."""
    return {
        "lines": run["lines"],
        "grades": [
            {
                **{name: grade[name] for name in ("kind", "grade", "possible")},
                "because": places(grade["because"]),
                "asks": [ask["fact"] for ask in grade["ask"] if ask["fact"]],
            }
            for grade in run["grades"]
        ],
        "suggestion": {name: run["suggestion"][name] for name in ("level", "possible", "via", "tie")},
        "proposal": places([run["proposal"]], "level", hashed=("authority",)),
        "approved_outside": run["approval"]["outside"],
        "groups": places(run["groups"], hashed=("name", "lead")),
        "directives": places(run["directives"], "id", "due", hashed=("to", "text")),
        "unassigned": places(run["unassigned"], hashed=("text",)),
        "clocks": places(
            run["clocks"], "start", "started_at", "due", "every", hashed=("who", "to", "what", "words")
        ),
        "not_executed": places(run["not_executed"], hashed=("text",)),
        "records": run["log"]["count"],
        "head": run["log"]["head"],
    }


@pytest.mark.parametrize("name", CASES)
def test_a_response_by_a_real_plan_comes_out_as_before(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start, _, part, facts = CASES[name]
    path = paper(start)
    given = tmp_path / "facts.json"
    given.write_text(json.dumps({"facts": facts}), "utf-8")
    words = ["respond", "run", str(path), *title_of(path, part), "--facts", str(given), "--at", AT]
    assert main([*words, "--json"]) == 0
    run = json.loads(capsys.readouterr().out)
    assert run["verified"]
    assert run["directives"]
    assert run["clocks"]
    assert all(item["clause"] for item in (*run["directives"], *run["clocks"]))
    golden = GOLDEN / f"{name}.json"
    if os.environ.get("FENGSUI_GOLDEN") == "write":
        text = json.dumps(boiled(run), ensure_ascii=False, indent=1, sort_keys=True)
        golden.write_text(text + "\n", "utf-8")
    assert boiled(run) == json.loads(golden.read_text("utf-8"))


def test_the_level_of_the_accident_goes_to_those_the_plan_names_and_to_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = paper("001_")
    given = tmp_path / "facts.json"
    given.write_text(json.dumps({"facts": {"deaths": 4}}), "utf-8")
    words = ["respond", "run", str(path), "--facts", str(given), "--at", AT]
    assert main([*words, "--approve-as", "值班员"]) == 2
    refused = capsys.readouterr().err
    assert "4.2" in refused
    assert "权限" in refused
