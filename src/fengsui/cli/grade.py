"""``fengsui grade FILE --facts FACTS.json [--plan TITLE_PART] [--json]``: what plans say of an incident."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from fengsui.application.grading_words import question_words, remark_words, scheme_words
from fengsui.application.wording import word
from fengsui.bootstrap import load_document
from fengsui.core.errors import InputError
from fengsui.core.facts_input import parse_facts
from fengsui.core.grading.evaluate import walk
from fengsui.core.grading.explain import Reason, explain
from fengsui.core.grading.grade import CriterionJudgement, LevelJudgement, SchemeGrade, grade_plan
from fengsui.core.plan.model import PlanContent
from fengsui.core.reading.draft import read_plans


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("grade", help="按预案判定级别 (grade an incident by a plan)")
    parser.add_argument("file", type=Path, metavar="FILE", help=".txt .md .docx")
    parser.add_argument("--plan", metavar="TITLE_PART", help="只看标题含此文字的预案 (only plans so titled)")
    parser.add_argument("--facts", type=Path, required=True, metavar="FACTS.json", help="已知事实 (facts)")
    parser.add_argument("--json", action="store_true", help="机器可读 (machine-readable)")


def run(options: argparse.Namespace) -> int:
    """Grade and print; return 0. Raises InputError for a file or facts that make no sense."""
    data = load_facts(options.facts)
    document = load_document(options.file)
    plans = chosen([draft.content for draft in read_plans(document.lines, document.id)], options)
    knowledge = parse_facts(data, also_known=_names_used(plans))
    graded = [(plan, grade_plan(plan.levels, knowledge)) for plan in plans]
    language = os.environ.get("FENGSUI_LANG", "zh")
    if options.json:
        table = {"plans": [plan_table(plan, schemes, language) for plan, schemes in graded]}
        json.dump(table, sys.stdout, ensure_ascii=False)
        print()
    else:
        print("\n".join(line for plan, found in graded for line in told(plan, found, language)))
    return 0


def load_facts(path: Path) -> Any:
    """The FACTS document at ``path``. Raises InputError ``file_missing`` or ``facts_not_json``."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise InputError("file_missing", path=path) from None
    except UnicodeDecodeError:
        raise InputError("facts_not_json", path=path, line=1) from None
    try:
        # Decimal keeps 30.5 exact; NaN and Infinity come through and are refused by name of the fact.
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise InputError("facts_not_json", path=path, line=getattr(error, "lineno", 1)) from None


def chosen(plans: Sequence[PlanContent], options: argparse.Namespace) -> list[PlanContent]:
    """The plans asked for. Raises InputError when the file has none, or none so titled."""
    if not plans:
        raise InputError("no_plan_in_file", path=options.file)
    if options.plan is None:
        return list(plans)
    wanted = "".join(options.plan.split())
    found = [plan for plan in plans if wanted in "".join(plan.title.split())]
    if not found:
        titles = "、".join(f"《{plan.title}》" for plan in plans)
        raise InputError("plan_not_found", title=options.plan, titles=titles)
    return found


def _names_used(plans: Sequence[PlanContent]) -> set[str]:
    return {
        item.fact
        for plan in plans
        for level in plan.levels
        for criterion in (*level.criteria, *((level.condition,) if level.condition else ()))
        for item in walk(criterion)
        if item.fact is not None
    }


def plan_table(plan: PlanContent, schemes: Sequence[SchemeGrade], language: str) -> dict[str, Any]:
    """One plan by the command contract."""
    return {
        "plan": plan.title,
        "lines": [plan.first_line, plan.last_line],
        "schemes": [scheme_table(each, language) for each in schemes],
    }


def scheme_table(found: SchemeGrade, language: str) -> dict[str, Any]:
    """One ladder by the command contract, with remarks and the deciding clauses added."""
    kind, hazard, subtype = found.scheme
    why = explain(found)
    return {
        "kind": kind.value,
        "hazard": hazard,
        "subtype": subtype,
        "grade": found.grade.value if found.grade else None,
        "possible": [level.value for level in found.possible],
        "ask": [
            {
                "fact": item.fact or item.text,
                "question": question_words(item, language),
                "could_raise_to": item.could_raise_to.value,
            }
            for item in found.ask
        ],
        "because": [_reason_table(reason) for reason in why.deciding],
        "levels": [_level_table(each) for each in found.levels],
        "remarks": [
            {"code": each.code, "text": remark_words(each, language), "data": each.data}
            for each in found.remarks
        ],
    }


def _reason_table(reason: Reason) -> dict[str, Any]:
    source = reason.source
    return {
        "level": reason.level.level.value,
        "text": reason.text,
        "clause": source.clause,
        "line": source.line,
        "quote": source.quote,
    }


def _level_table(judged: LevelJudgement) -> dict[str, Any]:
    return {
        "level": judged.level.level.value,
        "name": judged.level.name,
        "truth": judged.truth.value,
        "criteria": [_criterion_table(each) for each in judged.criteria],
    }


def _criterion_table(judged: CriterionJudgement) -> dict[str, Any]:
    table = {
        "text": judged.text,
        "truth": judged.truth.value,
        "clause": judged.source.clause,
        "line": judged.source.line,
    }
    return table if judged.in_scope else {**table, "evaluated": False}


def told(plan: PlanContent, schemes: Sequence[SchemeGrade], language: str) -> list[str]:
    """The same for a person: grade, clauses, what is open, what to ask."""
    place = {"plan": plan.title, "first": plan.first_line, "last": plan.last_line}
    lines = [word("grading", "plan_line", language, **place)]
    if not schemes:
        lines.append(word("grading", "no_levels", language))
    for found in schemes:
        lines += _told_scheme(found, language)
    return lines


def _told_scheme(found: SchemeGrade, language: str) -> list[str]:
    why = explain(found)
    names = {each.level.level: each.level.name for each in reversed(found.levels)}
    scheme = scheme_words(found.scheme, language)
    if found.grade is None:
        lines = [word("grading", "grade_open" if found.possible else "grade_none", language, scheme=scheme)]
    else:
        code = "grade_certain" if found.possible else "grade_settled"
        level = {"level": found.grade.value, "name": names[found.grade]}
        lines = [word("grading", code, language, scheme=scheme, **level)]
    if why.together:
        lines.append(word("grading", "because_together", language))
    lines += [
        word("grading", "because", language, clause=each.source.clause, line=each.source.line, text=each.text)
        for each in why.deciding
    ]
    if found.possible:
        levels = "、".join(f"{level.value} {names[level]}" for level in found.possible)
        lines.append(word("grading", "possible", language, levels=levels))
    for item in found.ask:
        asked = {"question": question_words(item, language), "level": item.could_raise_to.value}
        lines.append(word("grading", "ask_line", language, **asked))
    for remark in found.remarks:
        lines.append(word("grading", "remark_line", language, remark=remark_words(remark, language)))
    return lines
