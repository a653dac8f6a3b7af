"""``fengsui people``: seal or erase personal data, review changes, set a password, on the server itself."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from datetime import timedelta

from fengsui.application.privacy import ERASE, SEAL
from fengsui.application.wording import word
from fengsui.core.errors import InputError


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("people", help="人员与个人信息 (people and personal data)")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, text in ((SEAL, "封存到期个人信息 (seal)"), (ERASE, "删除到期个人信息 (erase)")):
        one = verbs.add_parser(verb, help=text)
        one.add_argument("--days", type=int, help="事项结束多少天后 (days after the matter ended)")
        one.add_argument("--ref", help="只办这一条 (one record alone)")
        one.add_argument("--dry-run", action="store_true", help="只数不办 (count alone)")
        one.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")
    verbs.add_parser("changes", help="待复核的变更 (changes to review)")
    approve = verbs.add_parser("approve", help="在服务器上复核一项变更 (approve a change)")
    approve.add_argument("request", metavar="ID")
    approve.add_argument("--by", default="", help="谁 (who approves; default: this login)")
    password = verbs.add_parser("password", help="重置密码，由标准输入读入 (set a password, read from stdin)")
    password.add_argument("username")


def run(options: argparse.Namespace) -> int:
    """Return 0, or 1 when there was nothing to do."""
    from fengsui import bootstrap_watch as bootstrap

    language = os.environ.get("FENGSUI_LANG", "zh")
    desk = bootstrap.people_desk()
    by = f"machine:{getpass.getuser()}"
    if options.verb in (SEAL, ERASE):
        return _end(options, language, by)
    if options.verb == "changes":
        return _list(desk, language)
    if options.verb == "approve":
        from fengsui.application.people import approve_on_the_machine

        done = approve_on_the_machine(desk, options.request, options.by or getpass.getuser())
        print(word("people_cli", "approved", language, key=done.key))
        return 0
    typed = sys.stdin.readline().strip() if not sys.stdin.isatty() else getpass.getpass()
    if len(typed) < 10:
        raise InputError("password_short", n=10)
    if desk.people.account_person(options.username) is None:
        raise InputError("account_unknown")
    desk.people.set_password(options.username, typed, by)
    print(word("people_cli", "password", language, name=options.username))
    return 0


def _end(options: argparse.Namespace, language: str, by: str) -> int:
    from fengsui import bootstrap_watch as bootstrap

    keeping, periods, now = bootstrap.keeping(), bootstrap.periods(), bootstrap.now()
    verb = options.verb
    if options.ref:
        done = keeping.end_one(verb, options.ref, now, by)
        print(word("people_cli", "one_done" if done else "one_nothing", language, ref=options.ref))
        return int(not done)
    if options.days is not None and options.days < 0:
        raise InputError("days_wrong")
    after = periods.seal_after if verb == SEAL else periods.erase_after
    if options.days is not None:
        after = timedelta(days=options.days)
    ended = keeping.end(verb, now - after, now, by, dry=options.dry_run)
    if options.json:
        print(
            json.dumps({"verb": verb, "records": ended.records, "people": ended.people, "days": after.days})
        )
    else:
        code = f"{verb}_would" if options.dry_run else f"{verb}_done"
        counts = {"records": ended.records, "people": ended.people, "days": after.days}
        print(word("people_cli", code, language, **counts))
    return 0


def _list(desk: object, language: str) -> int:
    from fengsui.application.people_ports import PeopleDesk, RequestState

    assert isinstance(desk, PeopleDesk)
    found = desk.people.listed([RequestState.ASKED])
    for item in found:
        change = json.dumps([dict(item.before), dict(item.after)], ensure_ascii=False)
        print(f"{item.request_id}  {item.kind.value}  {item.key}  {change}  {item.asked_by}  {item.reason}")
    if not found:
        print(word("people_cli", "none", language))
    return int(not found)
