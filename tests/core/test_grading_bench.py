"""The list of benchmarks: what runs, what is skipped, and that every run has the same world."""

from __future__ import annotations

import pytest

from fengsui.bench import registry
from fengsui.bench.registry import SCALES, Samples, Scale, Skipped, bench, quantile, run_benches
from fengsui.bench.varied import varied_incidents, varied_plans


def test_a_bench_reports_its_median_and_a_skipped_one_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_LIST", {})
    monkeypatch.setattr(registry, "MODULES", ())
    monkeypatch.setattr(registry, "benches", lambda: tuple(registry._LIST.values()))

    @bench("three", "ms")
    def three(scale: Scale) -> Samples:
        return Samples([1.0, 5.0, 3.0], also=[("size", 7.0, "things")])

    @bench("absent", "s")
    def absent(scale: Scale) -> Samples:
        raise Skipped("nothing here")

    found = list(run_benches(SCALES["small"]))
    assert [(each.name, each.value, each.n) for each in found] == [
        ("three", 3.0, 3),
        ("size", 7.0, 3),
        ("absent", None, 0),
    ]
    assert found[2].skipped == "nothing here"
    assert [each.name for each in run_benches(SCALES["small"], only="abs")] == ["absent"]


def test_the_95th_percentile_is_the_value_that_most_do_not_exceed() -> None:
    assert quantile(range(1, 101), 0.95) == 95
    assert quantile([4.0], 0.95) == 4.0


def test_plans_and_incidents_are_the_same_in_every_run() -> None:
    assert varied_plans(12) == varied_plans(12)
    assert varied_incidents(12) == varied_incidents(12)
    assert len(set(varied_plans(12))) == 12
