"""``fengsui respond withdraw|start|consult|…``: what happens around a decision, one subcommand each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from fengsui.cli.respond_asked import Asked, Handler
from fengsui.core.errors import InputError
from fengsui.core.response.events_decisions import AskedKind, Factor, Handover, Sensitivity, Stance

if TYPE_CHECKING:
    from fengsui.application.commit import Outcome
    from fengsui.application.consultations import Invited

OUTSIDE = ("document", "told_by")
"""By which document a body outside decided, and who told."""
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


def _withdraw(asked: Asked) -> Outcome:
    from fengsui.application.proposals import withdraw_proposal

    return asked.do(withdraw_proposal, "proposal", "reason")


def _start(asked: Asked) -> Outcome:
    from fengsui.application.proposals import start_directly
    from fengsui.cli.respond import level_of

    level = level_of(asked.options.level)
    return asked.do(
        start_directly, same=("reason",), plan_id=asked.options.plan, level=level, factor=Factor.CONSOLE
    )


def _invited(options: argparse.Namespace) -> list[Invited]:
    from fengsui.application.consultations import Invited

    named = (
        (AskedKind.POST, options.posts),
        (AskedKind.BODY, options.body),
        (AskedKind.EXPERT, options.expert),
    )
    return [Invited(kind=kind, who=who) for kind, listed in named for who in listed]


def _consult(asked: Asked) -> Outcome:
    from fengsui.application.consultations import open_consultation

    options = asked.options
    return asked.do(
        open_consultation, same=("topic",), invited=_invited(options), proposal_id=options.proposal
    )


def _opinion(asked: Asked) -> Outcome:
    from fengsui.application.consultations import give_opinion

    stance = Stance(asked.options.stance)
    return asked.do(give_opinion, "consultation", "asked", same=("text",), stance=stance)


def _conclude(asked: Asked) -> Outcome:
    from fengsui.application.consultations import conclude_consultation

    return asked.do(conclude_consultation, "consultation", "text")


def _sensitive(asked: Asked) -> Outcome:
    from fengsui.application.commanding import mark_sensitive

    return asked.do(mark_sensitive, same=("reason",), kind=Sensitivity(asked.options.kind))


def _hand_over(asked: Asked) -> Outcome:
    from fengsui.application.commanding import hand_over_command

    options = asked.options
    if not options.to and not options.to_name:
        raise InputError("text_missing", field="--to")
    direction = Handover(options.direction)
    return asked.do(hand_over_command, same=("to", "to_name", "reason"), direction=direction)


def _take(asked: Asked) -> Outcome:
    from fengsui.application.commanding import accept_command

    return asked.do(accept_command, "transfer", same=OUTSIDE)


def _follow(asked: Asked) -> Outcome:
    from fengsui.application.commanding import follow_upper
    from fengsui.core.response.decisions.command import Upper

    options = asked.options
    upper = Upper(
        body=options.body,
        upper_plan="",
        upper_level=options.level,
        document=options.document,
        told_by=options.told_by,
    )
    return asked.do(follow_upper, plan_id=options.plan, upper=upper)


def _end_follow(asked: Asked) -> Outcome:
    from fengsui.application.commanding import end_follow

    return asked.do(end_follow, "follow", same=OUTSIDE)


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
