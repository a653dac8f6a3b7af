"""``fengsui respond withdraw|start|consult|…``: what happens around a decision, one subcommand each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from fengsui.core.errors import InputError
from fengsui.core.response.events_decisions import AskedKind, Factor, Handover, Sensitivity, Stance

if TYPE_CHECKING:
    from fengsui.application.commit import Outcome
    from fengsui.application.consultations import Invited
    from fengsui.application.desk import Actor, Desk

Handler = Callable[["Desk", "Actor", argparse.Namespace], "Outcome"]
Add = Callable[..., argparse.ArgumentParser]


def add_deciding_parsers(add: Add) -> None:
    """Declare the subcommands; ``add`` makes one with the words that all of them share."""
    add("withdraw", "撤回拟办 (withdraw a proposal)", "proposal", "reason")
    start = add("start", "直接启动或调整 (start directly)", "plan", "level")
    start.add_argument("--reason", required=True)
    consult = add("consult", "发起会商 (open a consultation)", "topic")
    consult.add_argument(
        "--post", dest="posts", action="append", default=[], metavar="POST_ID", help="岗位 (posts)"
    )
    consult.add_argument("--body", action="append", default=[], metavar="NAME", help="外部机构 (bodies)")
    consult.add_argument("--expert", action="append", default=[], metavar="FIELD", help="专家专业 (experts)")
    consult.add_argument("--proposal", metavar="ID", help="附给批准人 (shown to its approver)")
    opinion = add("opinion", "会商意见 (an opinion)", "consultation", "asked", "text")
    opinion.add_argument("--stance", choices=[item.value for item in Stance], required=True)
    add("conclude", "会商结论 (conclude)", "consultation", "text")
    sensitive = add("sensitive", "标记敏感情形 (mark as sensitive)", "reason")
    sensitive.add_argument("--kind", choices=[item.value for item in Sensitivity], required=True)
    give = add("hand-over", "移交指挥权 (hand command over)", "reason")
    give.add_argument("--direction", choices=[item.value for item in Handover], required=True)
    give.add_argument("--to", action="append", default=[], metavar="POST_ID", help="接受岗位 (receiver)")
    give.add_argument("--to-name", default="", metavar="NAME", help="外部机构 (body outside)")
    take = add("take-command", "接受指挥权 (take command)", "transfer")
    follow = add("follow", "跟随上级响应 (follow the level above)", "plan", "body", "level")
    release = add("end-follow", "上级响应结束 (the level above ended it)", "follow")
    for parser, needed in ((take, False), (follow, True), (release, True)):
        parser.add_argument("--document", default="", required=needed, help="文号 (its document)")
        parser.add_argument("--told-by", default="", required=needed, help="告知人 (who told)")


def _withdraw(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.proposals import withdraw_proposal

    return withdraw_proposal(
        desk, actor, options.incident, options.proposal, options.reason, command_id=options.command_id
    )


def _start(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.proposals import start_directly
    from fengsui.cli.respond import level_of

    return start_directly(
        desk,
        actor,
        options.incident,
        plan_id=options.plan,
        level=level_of(options.level),
        reason=options.reason,
        factor=Factor.CONSOLE,
        command_id=options.command_id,
    )


def _invited(options: argparse.Namespace) -> list[Invited]:
    from fengsui.application.consultations import Invited

    named = (
        (AskedKind.POST, options.posts),
        (AskedKind.BODY, options.body),
        (AskedKind.EXPERT, options.expert),
    )
    return [Invited(kind=kind, who=who) for kind, listed in named for who in listed]


def _consult(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.consultations import open_consultation

    return open_consultation(
        desk,
        actor,
        options.incident,
        topic=options.topic,
        invited=_invited(options),
        proposal_id=options.proposal,
        command_id=options.command_id,
    )


def _opinion(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.consultations import give_opinion

    return give_opinion(
        desk,
        actor,
        options.incident,
        options.consultation,
        options.asked,
        stance=Stance(options.stance),
        text=options.text,
        command_id=options.command_id,
    )


def _conclude(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.consultations import conclude_consultation

    return conclude_consultation(
        desk, actor, options.incident, options.consultation, options.text, command_id=options.command_id
    )


def _sensitive(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.commanding import mark_sensitive

    return mark_sensitive(
        desk,
        actor,
        options.incident,
        kind=Sensitivity(options.kind),
        reason=options.reason,
        command_id=options.command_id,
    )


def _hand_over(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.commanding import hand_over_command

    if not options.to and not options.to_name:
        raise InputError("text_missing", field="--to")
    return hand_over_command(
        desk,
        actor,
        options.incident,
        direction=Handover(options.direction),
        to=options.to,
        to_name=options.to_name,
        reason=options.reason,
        command_id=options.command_id,
    )


def _take(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.commanding import accept_command

    return accept_command(
        desk,
        actor,
        options.incident,
        options.transfer,
        document=options.document,
        told_by=options.told_by,
        command_id=options.command_id,
    )


def _follow(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.commanding import follow_upper
    from fengsui.core.response.decisions.command import Upper

    upper = Upper(
        body=options.body,
        upper_plan="",
        upper_level=options.level,
        document=options.document,
        told_by=options.told_by,
    )
    return follow_upper(
        desk,
        actor,
        options.incident,
        plan_id=options.plan,
        upper=upper,
        command_id=options.command_id,
    )


def _end_follow(desk: Desk, actor: Actor, options: argparse.Namespace) -> Outcome:
    from fengsui.application.commanding import end_follow

    return end_follow(
        desk,
        actor,
        options.incident,
        options.follow,
        document=options.document,
        told_by=options.told_by,
        command_id=options.command_id,
    )


DECIDING: dict[str, Handler] = {
    "withdraw": _withdraw,
    "start": _start,
    "consult": _consult,
    "opinion": _opinion,
    "conclude": _conclude,
    "sensitive": _sensitive,
    "hand-over": _hand_over,
    "take-command": _take,
    "follow": _follow,
    "end-follow": _end_follow,
}
