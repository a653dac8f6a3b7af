"""``fengsui respond`` and ``fengsui verify`` as a person at a terminal meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fengsui import bootstrap
from fengsui.application.incidents import report_facts
from fengsui.application.views import situation
from fengsui.cli import main
from fengsui.core.fact import Figure
from fengsui.core.response.decisions.record import Reported
from response_builders import COUNTY, PLAN, Bench, actor, bench

DEMO = Path(__file__).parent.parent.parent / "demo" / "yunzhou" / "plans" / "work-safety.docx"
AT = "2026-03-01T23:10+08:00"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({"facts": {"deaths": 4, "injured_serious": 12}}), "utf-8")
    return path


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The real subcommands on a desk in memory."""
    at = bench()
    monkeypatch.setattr(bootstrap, "desk", lambda: at.desk)
    return at


def dry(facts: Path, *more: str) -> int:
    return main(["respond", "run", str(DEMO), "--facts", str(facts), "--at", AT, *more])


def test_a_dry_run_goes_from_facts_to_directives_and_clocks_with_clauses(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dry(facts, "--json") == 0
    run = json.loads(capsys.readouterr().out)
    assert run["suggestion"]["level"] == run["proposal"]["level"] == "III"
    assert run["proposal"]["clause"]
    assert run["groups"]
    assert run["directives"]
    assert run["clocks"]
    assert all(item["clause"] and item["line"] for item in (*run["directives"], *run["clocks"]))
    assert run["verified"]


def test_the_same_dry_run_twice_gives_the_same_log(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dry(facts, "--json")
    first = capsys.readouterr().out
    dry(facts, "--json")
    assert capsys.readouterr().out == first


def test_the_page_for_people_names_who_decides_and_every_clause(
    facts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGSUI_LANG", "zh")
    assert dry(facts) == 0
    page = capsys.readouterr().out
    for part in ("一、定级", "较大（Ⅲ级）", "二、批准", "四、下达指令", "五、报送时限", "日志已验证：完整"):
        assert part in page


def test_a_level_given_by_hand_goes_to_the_post_of_that_level(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dry(facts, "--json", "--level", "Ⅳ")
    fourth = json.loads(capsys.readouterr().out)
    dry(facts, "--json")
    third = json.loads(capsys.readouterr().out)
    assert fourth["proposal"]["level"] == "IV"
    assert fourth["proposal"]["authority"] != third["proposal"]["authority"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--approve-as", "值班员"), "没有批准Ⅲ级响应的权限"),
        (("--approve-as", "没有这个人"), "没有岗位"),
        (("--level", "九"), "读不懂"),
        (("--plan", "没有这个预案"), "没有标题含"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_two(
    facts: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], said: str
) -> None:
    assert dry(facts, *more) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert len(told.err.strip().splitlines()) == 1


@pytest.mark.parametrize("at", ["gestern", "2026-03-01T23:10"])
def test_a_time_that_cannot_be_read_is_refused(
    facts: Path, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["respond", "run", str(DEMO), "--facts", str(facts), "--at", at]) == 2
    assert at in capsys.readouterr().err


def test_nothing_certain_asks_instead_of_guessing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "facts.json"
    empty.write_text("{}", "utf-8")
    assert main(["respond", "run", str(DEMO), "--facts", str(empty), "--at", AT]) == 2
    assert "死亡" in capsys.readouterr().err


def test_the_subcommands_walk_an_incident_from_call_to_proven_log(
    live: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def do(*words: str, by: str, status: int = 0) -> str:
        assert main(["respond", *words, "--as", by]) == status
        told = capsys.readouterr()
        return told.out or told.err

    incident = do("call", "透水", "北沙镇", COUNTY, "--plan", PLAN.id, by="duty").splitlines()[0]
    do("facts", incident, "deaths=4", by="duty")
    do("propose", incident, PLAN.id, "III", "--reason", "按预案", by="duty")
    assert "县长" in do("approve", incident, "p1", by="chief", status=2)
    do("ask", incident, "p1", "还有几人？", by="mayor")
    do("answer", incident, "p1", "两人", by="duty")
    do("approve", incident, "p1", by="mayor")
    state = situation(live.desk, incident).incident
    order = next(key for key, item in state.directives.items() if item.issued.to == ("wjw",))
    do("accept", incident, order, by="health")
    do("help", incident, order, "缺人", by="health")
    do("done", incident, order, "收治12人", by="health")
    do("report", incident, next(iter(state.clocks)), "已报", by="duty")
    do("terminate", incident, PLAN.id, "--reason", "结束", by="duty")
    do("refuse", incident, "p2", "再等等", by="mayor")
    log = tmp_path / "log.json"
    do("log", incident, "--out", str(log), by="auditor")
    assert main(["verify", str(log)]) == 0
    assert str(situation(live.desk, incident).incident.seq) in capsys.readouterr().out


def test_the_subcommands_around_a_decision_leave_a_proven_log(
    live: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def do(*words: str, by: str, status: int = 0) -> str:
        assert main(["respond", *words, "--as", by]) == status, words
        told = capsys.readouterr()
        return told.out or told.err

    incident = do("call", "透水", "北沙镇", COUNTY, "--plan", PLAN.id, by="duty").splitlines()[0]
    do("facts", incident, "deaths=4", by="duty")
    do("sensitive", incident, "紧邻小学", "--kind", "place", by="duty")
    do("propose", incident, PLAN.id, "III", "--reason", "按预案", by="duty")
    asked = ("--post", "police", "--body", "省救援队", "--expert", "水文", "--proposal", "p1")
    assert "c1" in do("consult", incident, "是否启动", *asked, by="chief")
    do("opinion", incident, "c1", "a1", "道路已封", "--stance", "agree", by="police")
    do("conclude", incident, "c1", "同意", by="chief")
    do("withdraw", incident, "p1", "改为直接启动", by="duty")
    assert "4.2" in do("start", incident, PLAN.id, "III", "--reason", "急", by="chief", status=2)
    do("start", incident, PLAN.id, "III", "--reason", "急", by="mayor")
    paper = ("--document", "云应急〔2026〕1号", "--told-by", "云州值班室")
    do("follow", incident, PLAN.id, "云州指挥部", "Ⅱ级响应", *paper, by="duty")
    do("end-follow", incident, "f1", *paper, by="duty")
    log = tmp_path / "log.json"
    do("log", incident, "--out", str(log), by="auditor")
    assert main(["verify", str(log)]) == 0
    assert "console" in log.read_text("utf-8")


def test_verify_names_the_broken_record_and_returns_one(
    live: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["respond", "call", "透水", "北沙镇", COUNTY, "--as", "duty"])
    incident = capsys.readouterr().out.splitlines()[0]
    report_facts(live.desk, actor("duty"), incident, [Reported(fact="deaths", value=Figure.exact(4))])
    log = tmp_path / "log.json"
    main(["respond", "log", incident, "--as", "duty", "--out", str(log)])
    log.write_text(log.read_text("utf-8").replace('"low": "4"', '"low": "1"'), "utf-8")
    assert main(["verify", str(log)]) == 1
    assert "第 2 条被改动" in capsys.readouterr().out
    assert main(["verify", str(log), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["seq"] == 2


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[]", "烽燧".encode()])
def test_verify_says_that_a_file_is_no_log(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.json"
    log.write_bytes(content)
    assert main(["verify", str(log)]) == 1
    assert main(["verify", str(tmp_path / "none.json")]) == 2


def test_an_unknown_post_or_incident_is_said_plainly(live: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["respond", "facts", "i-9", "deaths=4", "--as", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
    assert main(["respond", "facts", "i-9", "deaths=4", "--as", "duty"]) == 2
    assert "i-9" in capsys.readouterr().err
    assert main(["respond", "facts", "i-9", "deaths=viele", "--as", "duty"]) == 2
