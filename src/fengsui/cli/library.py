"""``fengsui library import|list|show|approve|…``: the plan library from the command line, by the use cases of
the desk."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fengsui.application.wording import word
from fengsui.core.errors import InputError

if TYPE_CHECKING:
    from fengsui.application.desk import Actor
    from fengsui.application.plan_library import Library
    from fengsui.application.plan_library_ports import DraftRecord


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its subcommands."""
    parser = commands.add_parser("library", help="预案库：导入、审批、施行、备案 (the plan library)")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def add(name: str, text: str, *, plan: bool = True, post: bool = True) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=text)
        if plan:
            made.add_argument("draft", metavar="DRAFT_ID", help="预案编号 (see `list`)")
        if post:
            made.add_argument(
                "--as", dest="post", required=True, metavar="POST_ID", help="岗位 (acting post)"
            )
        made.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")
        return made

    _add_import(add("import", "导入文件、文件夹或 zip (import files, folders, archives)", plan=False))
    listing = add("list", "列出预案 (list)", plan=False, post=False)
    listing.add_argument("search", nargs="*", metavar="WORD", help="名称、文号、文件名 (words)")
    for name in ("state", "kind", "hazard-class", "issuer", "jurisdiction"):
        listing.add_argument(f"--{name}", default="", metavar="CODE" if name != "issuer" else "NAME")
    listing.add_argument("--limit", type=int, default=50)
    listing.add_argument("--overdue", action="store_true", help="备案逾期 (filing overdue)")
    add("show", "一份预案的情况 (one plan)", post=False)
    _add_lint(add("lint", "查施行中的预案 (check the plans in force)", plan=False, post=False))
    add("due", "备案期限 (filing deadlines)", plan=False, post=False)
    add("approve", "审批 (approve)").add_argument("--note", default="", help="依据 (on what basis)")
    add("reread", "重读原文件，保留校核 (read the document again, keep the review)")
    taken = add("take-over", "沿用旧版校核 (take over the review of an earlier version)")
    taken.add_argument(
        "--from", dest="earlier", required=True, metavar="DRAFT_ID", help="旧版编号 (earlier version)"
    )
    add("put-in-force", "施行 (put in force)")
    add("withdraw", "撤下 (withdraw)")
    filed = add("file", "登记备案 (record the filing)")
    filed.add_argument("--with", dest="body", required=True, metavar="BODY", help="备案机关 (filed with)")
    filed.add_argument("--on", type=_day, metavar="DATE", help="备案日期，默认今天 (day, default today)")
    _add_metadata(add("metadata", "查看、修改基本信息 (show or correct metadata)"))


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--resume", action="store_true", help="接着读上次没读完的 (go on)")
    parser.add_argument("--jurisdiction", default="", metavar="CODE", help="属地，默认岗位所在地 (area)")
    parser.add_argument("--kind", default="", metavar="KIND", help="类别，默认照原文判断 (kind of plan)")
    parser.add_argument("--hazard", action="append", default=[], metavar="WORD", help="灾种 (hazards)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="同时读的进程数 (processes)")


def _add_lint(parser: argparse.ArgumentParser) -> None:
    from fengsui.cli.library_lint import add_options

    add_options(parser)


def _add_metadata(parser: argparse.ArgumentParser) -> None:
    for name in ("number", "issuer", "issued", "in-force", "hazard-class", "event-code", "kind"):
        parser.add_argument(f"--{name}", metavar="DATE" if name in ("issued", "in-force") else "TEXT")
    for name in ("repeals", "upper"):
        parser.add_argument(f"--{name}", action="append", metavar="TITLE")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: YYYY-MM-DD") from None


def run(options: argparse.Namespace) -> int:
    """Carry out one subcommand. Raises what the use cases raise."""
    if options.action == "import":
        from fengsui.cli.library_import import run_import

        return run_import(options)
    if options.action in ("list", "due"):
        from fengsui.cli.library_list import run_list

        return run_list(options)
    if options.action == "lint":
        from fengsui.cli.library_lint import run_lint

        return run_lint(options)
    from fengsui import bootstrap

    library = bootstrap.library()
    if options.action in ("reread", "take-over"):
        from fengsui.cli import library_reread

        act = library_reread.reread if options.action == "reread" else library_reread.take_over
        act(library, actor_of(options.post), options)
    elif options.action != "show":
        _ACTIONS[options.action](library, actor_of(options.post), options)
    from fengsui.application.plan_library import draft_of

    _show(library, draft_of(library, options.draft), options)
    return 0


def actor_of(post_id: str) -> Actor:
    """The post that acts. Raises InputError("post_unknown")."""
    from fengsui import bootstrap
    from fengsui.application.desk import Actor

    directory = bootstrap.library().directory.directory()
    post = directory.post(post_id)
    if post is None:
        raise InputError("post_unknown", post=post_id)
    name = next((area.name for area in directory.jurisdictions if area.code == post.jurisdiction), "")
    return Actor.of(post, name)


def language() -> str:
    """The language of the command line."""
    return os.environ.get("FENGSUI_LANG", "zh")


def _revision(library: Library, draft_id: str) -> int:
    from fengsui.application.plan_library import draft_of

    return draft_of(library, draft_id).revision


def _approve(library: Library, actor: Actor, options: argparse.Namespace) -> None:
    from fengsui.application.plan_library import approve

    revision = _revision(library, options.draft)
    approve(library, actor, draft_id=options.draft, revision=revision, note=options.note)


def _put_in_force(library: Library, actor: Actor, options: argparse.Namespace) -> None:
    from fengsui.application.plan_library import put_in_force

    put_in_force(library, actor, draft_id=options.draft, revision=_revision(library, options.draft))


def _withdraw(library: Library, actor: Actor, options: argparse.Namespace) -> None:
    from fengsui.application.plan_library import withdraw

    withdraw(library, actor, draft_id=options.draft, revision=_revision(library, options.draft))


def _file(library: Library, actor: Actor, options: argparse.Namespace) -> None:
    from fengsui.application.plan_library import file_plan

    file_plan(
        library,
        actor,
        draft_id=options.draft,
        revision=_revision(library, options.draft),
        filed_with=options.body,
        filed_on=options.on or library.today(),
    )


def _metadata(library: Library, actor: Actor, options: argparse.Namespace) -> None:
    from fengsui.application.plan_library import draft_of
    from fengsui.application.plan_metadata import FIELDS, edit_metadata, identity_from, kind_of

    record = draft_of(library, options.draft)
    given = {name: getattr(options, name) for name in FIELDS if getattr(options, name, None) is not None}
    if not given and options.kind is None:
        return
    edit_metadata(
        library,
        actor,
        draft_id=options.draft,
        revision=record.revision,
        metadata=identity_from(record.metadata, given),
        kind=kind_of(options.kind) if options.kind else None,
    )


_ACTIONS = {
    "approve": _approve,
    "put-in-force": _put_in_force,
    "withdraw": _withdraw,
    "file": _file,
    "metadata": _metadata,
}


def _show(library: Library, record: DraftRecord, options: argparse.Namespace) -> None:
    data = _data(library, record)
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for name, value in data.items():
        if name == "history":
            for step in value:
                what = word("plan_step", step["what"], language())
                print(f"  {step['at'][:16].replace('T', ' ')} {what} {step['by']} {step['note']}".rstrip())
        elif value not in ("", None, []):
            shown = "、".join(value) if isinstance(value, list) else value
            print(f"{word('plan_field', name, language())}: {shown}")


def _data(library: Library, record: DraftRecord) -> dict[str, Any]:
    from fengsui.application.plan_filing import filing
    from fengsui.application.plan_library_ports import DraftState
    from fengsui.core.plan.codec import to_data

    said = record.metadata
    state = record.state
    filed = filing(
        record.filing_due,
        record.filed_on,
        library.today(),
        library.workdays,
        in_force=state is DraftState.IN_FORCE,
    )
    return {
        "draft_id": record.draft_id,
        "title": record.draft.content.title,
        "state": state.value,
        "kind": record.kind.value,
        "jurisdiction": record.jurisdiction,
        "hazards": list(record.hazards),
        "number": said.number,
        "issuer": said.issuer,
        "issued": to_data(said.issued),
        "in_force": to_data(said.in_force),
        "hazard_class": to_data(said.hazard_class),
        "event_code": said.event_code,
        "repeals": list(said.repeals),
        "upper": list(said.upper),
        "version_of": record.version_of,
        "confirmed_by": record.confirmed_by,
        "approved_by": record.approved_by,
        "filing": filed.state.value,
        "filing_due": to_data(record.filing_due),
        "filing_days": filed.days,
        "filed_with": record.filed_with,
        "filed_on": to_data(record.filed_on),
        "history": [
            {"what": step.what, "at": step.at.isoformat(), "by": step.by, "note": step.note}
            for step in record.history
        ],
    }
