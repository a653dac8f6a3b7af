"""``fengsui notify``: the state of the gateways, and their test by hand."""

from __future__ import annotations

import argparse
import json
import os
import sys

from fengsui.application.wording import word


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its subcommands to the command line."""
    parser = commands.add_parser("notify", help="通知通道：状态、测试 (notice channels: health, test)")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    health = actions.add_parser("health", help="各通道是否正常 (which channel works)")
    health.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")
    test = actions.add_parser("test", help="排队一次测试，由后台发送 (queue a test, sent by the runner)")
    test.add_argument("--channel", metavar="ID", help="只测一个通道 (one channel only)")
    test.add_argument("--all-posts", action="store_true", help="测全部岗位，不只在班的 (all posts)")


def run(options: argparse.Namespace) -> int:
    """Carry out the subcommand; ``health`` ends with 1 when a channel fails. Raises InputError."""
    from fengsui import bootstrap

    bootstrap.set_up_django()
    return _test(options) if options.action == "test" else _health(as_json=options.json)


def _language() -> str:
    return os.environ.get("FENGSUI_LANG", "zh")


def _health(*, as_json: bool) -> int:
    from fengsui.store.selectors.notify import channel_health

    lines = channel_health()
    if as_json:
        table = [
            {
                "channel": item.channel,
                "means": item.means,
                "name": item.name,
                "state": item.state,
                "since": item.since.isoformat() if item.since else None,
                "tested_at": item.tested_at.isoformat() if item.tested_at else None,
                "waiting": item.waiting,
            }
            for item in lines
        ]
        json.dump({"channels": table}, sys.stdout, ensure_ascii=False)
        print()
    for item in () if as_json else lines:
        why = word("error", item.trouble.code, _language(), **item.trouble.data) if item.trouble else ""
        state = word("notify_state", item.state, _language())
        since = f" {item.since.astimezone():%m-%d %H:%M}" if item.since else ""
        print(f"{item.channel}\t{item.name}\t{state}{since}\t{why}")
    return 1 if any(item.state == "failing" for item in lines) else 0


def _test(options: argparse.Namespace) -> int:
    from fengsui.application.notify_test import try_channels
    from fengsui.bootstrap_notify import notify_desk
    from fengsui.core.errors import InputError

    desk = notify_desk()
    known = [item.channel for item in desk.gateways()]
    if not known:
        raise InputError("no_channels" if desk.outside else "exercise_stays_inside")
    if options.channel and options.channel not in known:
        raise InputError("channel_unknown")
    count = try_channels(desk, desk.clock.now(), everybody=options.all_posts, only=options.channel)
    print(word("notify", "test_queued", _language(), n=count))
    return 0
