"""``fengsui key``: keys with which other programs use the JSON API."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import Any


def add_parser(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("key", help="接口密钥：供其他程序使用（keys of the JSON API）")
    actions = parser.add_subparsers(dest="action", required=True)
    make = actions.add_parser("make", help="新建密钥，只显示这一次（make a key, shown once）")
    make.add_argument("--days", type=int, default=365, help="有效天数（days it opens）")
    revoke = actions.add_parser("revoke", help="作废密钥（revoke keys of that label）")
    for action in (make, revoke):
        action.add_argument("account", help="账号（account）")
        action.add_argument("--label", required=True, help="用途（what it is for）")


def run(options: argparse.Namespace) -> int:
    """Make or revoke; a key goes to standard output, alone, so that a script can take it."""
    from fengsui import bootstrap, bootstrap_keep
    from fengsui.application.wording import word

    now = bootstrap.clock().now()
    if options.action == "make":
        life = timedelta(days=max(1, options.days))
        print(bootstrap_keep.make_api_key(options.account, options.label, now, life))
        return 0
    print(word("api", "revoked", count=bootstrap_keep.revoke_api_keys(options.account, options.label, now)))
    return 0
