"""``fengsui respond call|facts|propose|…``: the use cases of the real desk, one subcommand each."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fengsui.application.messages import BEIJING
from fengsui.application.wording import word
from fengsui.cli.respond_asked import Asked, Handler
from fengsui.cli.respond_deciding import DECIDING, add_deciding_parsers
from fengsui.core.errors import InputError
from fengsui.core.response.events import Graded
from fengsui.core.response.events_decisions import Factor

if TYPE_CHECKING:
    from fengsui.application.commit import Outcome
    from fengsui.application.desk import Actor, Desk


def add_live_parsers(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the subcommands that work on the configured database."""

    def add(name: str, text: str, *words: str, incident: bool = True) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=text)
        if incident:
            parser.add_argument("incident", metavar="INCIDENT")
        for item in words:
            parser.add_argument(item, metavar=item.upper())
        parser.add_argument("--as", dest="post", required=True, metavar="POST_ID", help="岗位 (acting post)")
        parser.add_argument("--command-id", metavar="ID", help="重复提交只办一次 (done once)")
        return parser

    call = add("call", "接报 (take a call)", "what", "place", "code", incident=False)
    call.add_argument("--occurred", metavar="ISO", help="事发时间 (when it occurred)")
    call.add_argument("--learned", metavar="ISO", help="获悉时间 (when it was learned)")
    call.add_argument("--plan", action="append", default=[], metavar="PLAN_ID", help="适用预案 (plans)")
    facts = add("facts", "录入情况 (enter facts)", "facts")
    facts.add_argument("--said-by", default="", metavar="NAME", help="谁说的 (who said it)")
    propose = add("propose", "提出启动或调整 (propose)", "plan", "level")
    propose.add_argument("--reason", required=True)
    approve = add("approve", "批准 (approve)", "proposal")
    approve.add_argument("--reason", default="")
    approve.add_argument("--although", default="", help="终止条件未全满足仍终止的理由 (why end all the same)")
    approve.add_argument("--body", help="作出决定的上级机构 (body outside that decided)")
    approve.add_argument("--document", default="", help="文号 (its document)")
    approve.add_argument("--told-by", default="", help="告知人 (who told)")
    add("refuse", "不批准 (refuse)", "proposal", "reason")
    add("ask", "问一下 (ask)", "proposal", "question")
    add("answer", "答复 (answer)", "proposal", "text")
    add("accept", "签收指令 (accept a directive)", "directive")
    add("done", "办结指令 (report done)", "directive", "result")
    add("help", "请求支援 (ask for help)", "directive", "text")
    report = add("report", "报送 (send a report)", "clock", "text")
    report.add_argument("--means", default="电话", help="电话、书面 (means)")
    terminate = add("terminate", "提出终止 (propose the end)", "plan")
    terminate.add_argument("--reason", required=True)
    add_deciding_parsers(add)
    log = add("log", "导出日志 (export the log)")
    log.add_argument("--out", type=Path, metavar="FILE", help="默认标准输出 (default: standard output)")


def run_live(options: argparse.Namespace) -> int:
    """Carry out one subcommand on the configured desk and print what it recorded."""
    from fengsui import bootstrap
    from fengsui.application.desk import Actor

    desk = bootstrap.desk()
    directory = desk.directory.directory()
    post = directory.post(options.post)
    if post is None:
        raise InputError("post_unknown", post=options.post)
    actor = Actor.of(post)
    if options.action == "log":
        return _log(desk, actor, options)
    outcome = {**_HANDLERS, **DECIDING}[options.action](Asked(desk, actor, options))
    print(outcome.incident_id)
    for item in outcome.recorded:
        line = word("event_name", type(item.event).__name__, os.environ.get("FENGSUI_LANG", "zh"))
        print(
            f"{item.seq:>4} {item.at.astimezone(BEIJING):%m-%d %H:%M:%S} {line} {_ref(item.event)}".rstrip()
        )
    return 0


_REFS = (
    "proposal_id",
    "consultation_id",
    "mark_id",
    "transfer_id",
    "follow_id",
    "directive_id",
    "clock_id",
    "fact",
    "plan_id",
)
"""What names the thing an event is about, the first that it has."""


def _ref(event: object) -> str:
    if isinstance(event, Graded):
        return f"{event.kind.value} {event.level.value if event.level else '—'}"
    for name in _REFS:
        if hasattr(event, name):
            return str(getattr(event, name))
    return ""


def _log(desk: Desk, actor: Actor, options: argparse.Namespace) -> int:
    from fengsui.application.views import export_log
    from fengsui.core.response.chain import render

    text = render(export_log(desk, options.incident, actor))
    if options.out is None:
        sys.stdout.write(text)
    else:
        options.out.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _call(asked: Asked) -> Outcome:
    from fengsui.application.incidents import open_incident
    from fengsui.cli.respond import instant
    from fengsui.core.response.decisions.record import Call

    options = asked.options
    call = Call(
        what=options.what,
        place=options.place,
        place_code=options.code,
        occurred_at=instant(options.occurred) if options.occurred else None,
        learned_at=instant(options.learned) if options.learned else None,
    )
    plans = [(plan_id, word("applies", "by_hand")) for plan_id in options.plan]
    return open_incident(asked.desk, asked.actor, call, plans=plans, command_id=options.command_id)


def _facts(asked: Asked) -> Outcome:
    from fengsui.application.incidents import report_facts
    from fengsui.core.facts_input import parse_facts
    from fengsui.core.response.decisions.record import Reported

    knowledge = parse_facts(_facts_data(asked.options.facts))
    said_by = asked.options.said_by
    reported = [Reported(fact=name, value=value, said_by=said_by) for name, value in knowledge.facts.items()]
    return asked.do(report_facts, facts=reported)


def _facts_data(text: str) -> object:
    """FACTS as a file, or written out: deaths=3,injured_serious=2."""
    if Path(text).suffix == ".json":
        from fengsui.cli.grade import load_facts

        return load_facts(Path(text))
    facts: dict[str, object] = {}
    for part in text.split(","):
        name, sign, value = part.partition("=")
        try:
            facts[name.strip()] = json.loads(value)
        except ValueError:
            raise InputError(
                "fact_not_number", fact=name.strip() or part, value=value if sign else ""
            ) from None
    return {"facts": facts}


def _propose(asked: Asked) -> Outcome:
    from fengsui.application.proposals import propose
    from fengsui.cli.respond import level_of

    level = level_of(asked.options.level)
    return asked.do(propose, same=("reason",), plan_id=asked.options.plan, level=level)


def _decide(answer: str, text: str) -> Handler:
    def handler(asked: Asked) -> Outcome:
        from fengsui.application.proposals import Answer, answer_proposal
        from fengsui.core.response.decisions.propose import Outside

        options, outside = asked.options, None
        if getattr(options, "body", None):
            outside = Outside(body=options.body, document=options.document, told_by=options.told_by)
        return asked.do(
            answer_proposal,
            "proposal",
            answer=Answer(answer),
            text=getattr(options, text),
            outside=outside,
            factor=Factor.CONSOLE if answer == "approve" else None,
            override=getattr(options, "although", ""),
        )

    return handler


def _answer(asked: Asked) -> Outcome:
    from fengsui.application.proposals import answer_question

    return asked.do(answer_question, "proposal", "text")


def _accept(asked: Asked) -> Outcome:
    from fengsui.application.directives import accept_directive

    return asked.do(accept_directive, "directive")


def _done(asked: Asked) -> Outcome:
    from fengsui.application.directives import finish_directive

    return asked.do(finish_directive, "directive", "result")


def _help(asked: Asked) -> Outcome:
    from fengsui.application.directives import ask_help

    return asked.do(ask_help, "directive", "text")


def _report(asked: Asked) -> Outcome:
    from fengsui.application.reports import send_report

    return asked.do(send_report, "clock", same=("means", "text"))


def _terminate(asked: Asked) -> Outcome:
    from fengsui.application.proposals import propose_termination

    return asked.do(propose_termination, same=("reason",), plan_id=asked.options.plan)


_HANDLERS: dict[str, Handler] = {
    "call": _call,
    "facts": _facts,
    "propose": _propose,
    "approve": _decide("approve", "reason"),
    "refuse": _decide("refuse", "reason"),
    "ask": _decide("ask", "question"),
    "answer": _answer,
    "accept": _accept,
    "done": _done,
    "help": _help,
    "report": _report,
    "terminate": _terminate,
}
