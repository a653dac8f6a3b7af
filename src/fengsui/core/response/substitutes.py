"""Who stands in for an approver who does not answer (代行): the plan first, then the directory.

In this order: a sentence of the plan that names who stands in; within the headquarters 常务副 among the
deputies, then for the commander the other deputies as listed, for others the commander above them; 常务副 of
the approver's own unit. Nobody of the headquarters stands in for a body above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fengsui.core.citation import Citation
from fengsui.core.directory import Directory, Role
from fengsui.core.plan.authority import Headquarters
from fengsui.core.plan.model import Plan
from fengsui.core.response.events_decisions import Basis, Substitute
from fengsui.core.response.power import bound_ids, posts_for

_STANDS_IN = re.compile(
    r"(?P<who>[^，。；：]{2,24}?)(?:因故|因公|外出|不在)[^，。；]{0,10}，?(?:由|委托)(?P<sub>[^，。；]{2,30}?)"
    r"(?:代行|代为|代理|履行|行使|主持|担任)"
)
_FIRST = re.compile(r"第一位|首位|排名第一|排在最前")
_STANDING = "常务副"
_COMMANDER = re.compile(r"总指挥长?$|指挥长$|组长$|主任$")


def substitutes(plan: Plan, approvers: Iterable[str], directory: Directory) -> tuple[Substitute, ...]:
    """The posts that stand in for ``approvers``, each once, in the order in which they are asked."""
    silent = tuple(approvers)
    if not silent:
        return ()
    found: dict[str, Substitute] = {}
    for item in (*_by_clause(plan, silent, directory), *_by_rank(plan, silent, directory)):
        found.setdefault(item.post, item)
    for item in _by_directory(silent, directory):
        found.setdefault(item.post, item)
    return tuple(item for post, item in found.items() if post not in silent)


def _posts(plan: Plan, name: str | None, directory: Directory) -> tuple[str, ...]:
    """Posts that sign for a printed name: one who only takes orders does not."""
    if not name:
        return ()
    found = (directory.post(post) for post in posts_for(bound_ids(plan, name), directory))
    deciding = {Role.COMMANDER, Role.OFFICE_DIRECTOR}
    return tuple(post.id for post in found if post is not None and post.roles & deciding)


def _by_clause(plan: Plan, silent: tuple[str, ...], directory: Directory) -> Iterator[Substitute]:
    command = plan.content.command
    if command is None:
        return
    commander = _posts(plan, command.commander, directory)
    for source in _clauses(plan):
        for said in _STANDS_IN.finditer(source.quote):
            of_commander = _COMMANDER.search(said["who"]) and set(commander) & set(silent)
            if not of_commander and not set(_posts(plan, said["who"], directory)) & set(silent):
                continue
            if said["who"].startswith("专项") and "专项" not in command.name:
                continue  # speaks of other headquarters
            names = command.deputies[:1] if _FIRST.search(said["sub"]) else (said["sub"],)
            for name in names:
                for post in _posts(plan, name, directory):
                    yield Substitute(post=post, basis=Basis.CLAUSE, source=source)


def _clauses(plan: Plan) -> tuple[Citation, ...]:
    content = plan.content
    cited = [content.command.source] if content.command else []
    cited += [item.source for item in content.activation]
    cited += [item.source for item in content.level_changes]
    cited += [item.source for item in content.principles]
    return tuple(dict.fromkeys(cited))


def _by_rank(plan: Plan, silent: tuple[str, ...], directory: Directory) -> Iterator[Substitute]:
    command = plan.content.command
    if command is None:
        return
    commander = _posts(plan, command.commander, directory)
    if not set(silent) & _of_headquarters(plan, command, directory):
        return  # a body above is not stood in for by those below it
    standing = [name for name in command.deputies if _STANDING in name]
    others = [name for name in command.deputies if _STANDING not in name]
    leads = bool(set(commander) & set(silent))
    for name in (*standing, *(others if leads else ())):
        for post in _posts(plan, name, directory):
            yield Substitute(post=post, basis=Basis.DEPUTY, source=command.source)
    if not leads:
        for post in commander:
            yield Substitute(post=post, basis=Basis.SUPERIOR, source=command.source)


def _of_headquarters(plan: Plan, command: Headquarters, directory: Directory) -> set[str]:
    """Commander, deputies and office director: only among these does one rank stand in for another."""
    names = (command.commander, *command.deputies, command.office_director)
    return {post for name in names for post in _posts(plan, name, directory)}


def _by_directory(silent: tuple[str, ...], directory: Directory) -> Iterator[Substitute]:
    for approver in silent:
        own = directory.post(approver)
        for post in directory.posts_of(own.unit) if own is not None else ():
            if _STANDING in post.title and Role.COMMANDER in post.roles:
                yield Substitute(post=post.id, basis=Basis.DIRECTORY)
