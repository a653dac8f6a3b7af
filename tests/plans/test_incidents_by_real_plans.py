"""Incidents by the real plans, from the call to the closed case, through the JSON API (golden transcripts).

Golden files keep minutes, posts, events, clause numbers, lines, levels and hashes, no sentence of the papers.
Rewrite them with ``make golden`` and read the difference for sense.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from papers import needs_papers, parts, source
from script_town import Town, boiled, town_of

from fengsui.core.response import chain

GOLDEN = Path(__file__).parent.parent / "golden"
pytestmark = [pytest.mark.papers, needs_papers]


@dataclass(frozen=True)
class Script:
    """What is told at the call and later; ``level`` where the facts alone settle none."""

    paper: str
    facts: dict[str, Any]
    later: dict[str, Any] = field(default_factory=dict)
    level: str | None = None


SCRIPTS = {
    "incident_work_safety": Script("001", {"deaths": {"min": 2}}, {"deaths": 4, "injured_serious": 12}),
    "incident_heating": Script("003-01", {"heat_stop_h": 26}, {}, level="III"),
    "incident_construction": Script("003-03", {"deaths": 1, "injured_serious": {"min": 2}}, {"deaths": 3}),
    "incident_gas": Script("003-04", {"deaths": {"min": 1}}, {"deaths": 3}, level="III"),
    "incident_flood": Script("003-07", {}, {}, level="III"),
    "incident_relief": Script("003-08", {"evacuated": {"min": 50}}, {"evacuated": 120}),
    "incident_equipment": Script("003-12", {"deaths": 1}, {"deaths": 3}),
}


class Run:
    """One incident by one plan, step by step."""

    def __init__(self, town: Town, script: Script) -> None:
        self.town, self.script = town, script
        self.incident = ""

    @property
    def here(self) -> str:
        return f"/incidents/{self.incident}"

    def standing(self) -> dict[str, Any]:
        found: dict[str, Any] = self.town.get("duty", self.here)
        return found

    def call(self) -> None:
        """The telephone rings; the call is kept, then an incident is opened from it."""
        call = {
            "means": "phone",
            "text": "接报突发事件",
            "place": "三号现场",
            "place_code": "990000",
            "caller": {"caller": "来电人", "phone": "000"},
        }
        kept = self.town.post("duty", "/calls", call)["id"]
        body = {
            "what": "接报突发事件",
            "place": "三号现场",
            "place_code": "990000",
            "plans": [self.town.plan.id],
        }
        self.incident = self.town.post("duty", f"/calls/{kept}/open", body)["incident"]
        if self.script.facts:
            facts = {"facts": self.script.facts, "said_by": "现场人员"}
            self.town.post("duty", f"{self.here}/facts", facts)

    def report_what_is_due(self, kind: str = "first") -> None:
        """Every edge that runs and has no report gets one, by the fields of its clause, and is signed for."""
        for key, clock in self.standing()["reports"].items():
            if not clock["running"] or clock["sent"]:
                continue
            told = self.town.post(
                "duty", f"{self.here}/reports/{key}/fields", {"kind": kind, "means": "电话"}
            )
            sent = [item["event"] for item in told["recorded"] if "report_id" in item["event"]]
            if sent:
                path = f"{self.here}/reports/sent/{sent[0]['report_id']}/receipt"
                self.town.post("duty", path, {"who": "对方值班员", "number": "1"})

    def more_is_known(self) -> None:
        if self.script.later:
            body = {"facts": self.script.later, "said_by": "现场指挥"}
            self.town.post("duty", f"{self.here}/facts", body)

    def consult(self) -> None:
        """Two are asked what they think; the conclusion is shown to whoever decides."""
        asked = [{"kind": "post", "who": "leader"}, {"kind": "expert", "who": "救援专家"}]
        body = {"topic": "是否启动响应", "asked": asked}
        told = self.town.post("duty", f"{self.here}/consultations", body)["recorded"][0]["event"]
        path = f"{self.here}/consultations/{told['consultation_id']}"
        self.town.post("leader", f"{path}/opinions", {"asked": "a1", "stance": "agree", "text": "同意"})
        self.town.post("duty", f"{path}/opinions", {"asked": "a2", "stance": "agree", "text": "同意"})
        self.town.post("duty", f"{path}/conclusion", {"text": "提请启动"})

    def follow_the_level_above(self) -> None:
        """Where the plan lets nobody start, the government above has started, and this one follows."""
        body = {
            "plan": self.town.plan.id,
            "body": "上级人民政府",
            "level": "Ⅲ级",
            "document": "电话记录",
            "told_by": "上级值班员",
        }
        self.town.post("duty", f"{self.here}/upper", body)

    def start(self) -> bool:
        """Propose what the facts call for and have it decided by whom the plan names; False: refused."""
        view = self.standing()["plans"][0]
        level = view["suggested"] or self.script.level
        assert level, "the facts settle no level and the script names none"
        body = {"plan": self.town.plan.id, "level": level, "reason": "按分级标准"}
        told = self.town.post("duty", f"{self.here}/proposals", body)
        if "error" in told:
            return False
        self.decide(told)
        return True

    def decide(self, told: dict[str, Any]) -> None:
        """First a post without the power is refused, then one with it decides."""
        event = next(item["event"] for item in told["recorded"] if item["event"]["type"] == "Proposed")
        path = f"{self.here}/proposals/{event['proposal_id']}/decision"
        approvers = event.get("approvers", [])
        stranger = next(post.id for post in self.town.directory.posts if post.id not in approvers)
        assert "error" in self.town.post(stranger, path, {"answer": "approve"})
        self.town.wait(minutes=4)
        if approvers:
            assert "error" not in self.town.post(approvers[0], path, {"answer": "approve", "text": "同意"})
        else:
            outside = {"body": event["authority"], "document": "电话记录", "told_by": "对方值班员"}
            self.town.post("duty", path, {"answer": "approve", "outside": outside})

    def carry_out(self) -> None:
        """Every addressee accepts and reports done; the last one of all asks for help first."""
        directives = self.standing()["directives"]
        for number, (key, item) in enumerate(directives.items()):
            who = self._post_for(item["to"])
            if who is None or item["state"] != "issued":
                continue
            self.town.post(who, f"{self.here}/directives/{key}/accept")
            if number == len(directives) - 1:
                self.town.post(who, f"{self.here}/directives/{key}/help", {"text": "人手不够"})
            self.town.post(who, f"{self.here}/directives/{key}/done", {"text": "已办"})

    def _post_for(self, to: list[str]) -> str | None:
        for addressee in to:
            for post in self.town.directory.posts:
                if addressee in (post.id, post.unit):
                    return post.id
        return None

    def at_the_scene(self) -> None:
        """A force arrives, goes in, is called out, and comes out."""
        told = self.town.post("duty", f"{self.here}/scene/checkins", {"unit_name": "救援队", "people": 12})
        assert told["recorded"]
        entry = {"team": "一组", "people": 4, "zone": "三号现场", "air_minutes": 40}
        entered = self.town.post("duty", f"{self.here}/scene/entries", entry)["recorded"][0]["event"]
        self.town.wait(minutes=20)
        out = f"{self.here}/scene/entries/{entered['entry_id']}/out"
        self.town.post("duty", out, {"people": 4})

    def inform_the_public(self) -> None:
        """A statement of what is known; two others agree to it, then it is public."""
        wording = self.town.get("duty", f"{self.here}/statements")["wording"]
        body = {"title": wording["title"], "text": wording["text"], "kind": "first"}
        drafted = self.town.post("duty", f"{self.here}/statements", body)["recorded"][0]["event"]
        path = f"{self.here}/statements/{drafted['statement_id']}/approve"
        for post in ("director", "leader"):
            self.town.post(post, path, {"version": 1})

    def take_goods(self) -> None:
        """A machine is taken with a receipt, goes back, and is paid for."""
        owner = {"name": "某公司", "phone": "000"}
        body = {"what": "挖掘机", "quantity": "1台", "owner": owner, "use": "现场清障"}
        taken = self.town.post("duty", f"{self.here}/goods", body)["recorded"][0]["event"]
        path = f"{self.here}/goods/{taken['goods_id']}"
        self.town.wait(hours=5)
        self.town.post("duty", f"{path}/return", {"state": "intact", "text": "当面点清"})
        self.town.post("duty", f"{path}/compensation", {"amount_cny": "1200", "text": "按台班"})
        self.town.post("duty", f"{path}/payment", {"amount_cny": "1200", "text": "转账凭证1号"})

    def end(self) -> None:
        """Refused while the plan's conditions are not shown to be met; then each is shown, and it ends."""
        body = {"plan": self.town.plan.id, "reason": "险情排除"}
        for line in self.town.get("duty", f"{self.here}/aftermath")["conditions"]:
            shown = {
                "plan": line["plan"],
                "condition": line["condition"],
                "answer": "met",
                "evidence": "现场核实",
            }
            self.town.post("duty", f"{self.here}/conditions", shown)
        self.decide(self.town.post("duty", f"{self.here}/proposals/end", body))

    def see_to_what_comes_after(self) -> None:
        """What the plan asks for afterwards is taken up and done with evidence; the case is reviewed."""
        for item in self.town.get("duty", f"{self.here}/aftermath")["asked"]:
            body = {"kind": item["kind"], "text": item["text"], "owner": item["who"] or "director"}
            told = self.town.post("duty", f"{self.here}/matters", body)["recorded"]
            for record in told:
                path = f"{self.here}/matters/{record['event']['matter_id']}/done"
                self.town.post("duty", path, {"text": "已办结"})
        review = self.town.get("director", f"{self.here}/review")
        assert review["clauses"]

    def close(self) -> None:
        self.town.post("director", f"{self.here}/close", {"text": "处置完毕"})
        self.see_to_what_comes_after()
        self.town.wait(hours=240)
        self.town.post("director", f"{self.here}/archive", {"text": "资料齐全"})

    def whole(self) -> dict[str, Any]:
        """From the call to the closed case; the sealed log."""
        self.call()
        self.town.wait(minutes=5)
        self.report_what_is_due()
        self.town.wait(minutes=10)
        self.more_is_known()
        self.consult()
        started = self.start()
        if not started:
            self.follow_the_level_above()
        self.town.wait(minutes=30)
        self.carry_out()
        self.at_the_scene()
        self.inform_the_public()
        self.take_goods()
        self.report_what_is_due("follow_up")
        self.town.wait(hours=26)
        if started:
            self.end()
        self.town.wait(hours=2)
        self.close()
        log: dict[str, Any] = self.town.get("duty", f"{self.here}/log")
        return log


@pytest.fixture
def lay_town(database_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Town]:
    def lay(paper: str) -> Town:
        if "-" not in paper:
            return town_of(source(paper), None, monkeypatch)
        first = next(part[2] for part in parts() if part[0] == paper)
        return town_of(source("003"), first, monkeypatch)

    return lay


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_incident_by_a_real_plan_runs_from_the_call_to_the_closed_case(
    name: str, lay_town: Callable[[str], Town]
) -> None:
    town = lay_town(SCRIPTS[name].paper)
    log = Run(town, SCRIPTS[name]).whole()
    assert chain.verify(log) == ()
    found = boiled(log, town.refusals)
    golden = GOLDEN / f"{name}.json"
    text = "\n".join(json.dumps(item, ensure_ascii=False, sort_keys=True) for item in found["events"])
    text += (
        "\n" + "\n".join("refused " + json.dumps(item, sort_keys=True) for item in found["refused"]) + "\n"
    )
    if os.environ.get("FENGSUI_GOLDEN") == "write":
        golden.with_suffix(".txt").write_text(text, "utf-8")
    assert text == golden.with_suffix(".txt").read_text("utf-8")
