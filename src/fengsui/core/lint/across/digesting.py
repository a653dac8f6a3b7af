"""Making the digest of a plan from its reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fengsui.core.citation import Citation
from fengsui.core.lint.across import digest as flat
from fengsui.core.lint.across.places import areas_of, body_of, is_overall, subject_of
from fengsui.core.lint.context import PlanContext
from fengsui.core.plan.compare_clocks import interval_days, length_of, limit_of
from fengsui.core.plan.compare_ladders import figure_key
from fengsui.core.plan.compare_linkage import reached_alone
from fengsui.core.plan.model import PlanContent, PlanKind
from fengsui.core.plan.surroundings import PlanIdentity, ReferenceKind

SUBSTITUTE = re.compile(
    r"因故|不在(?:位|岗)|代行|替补|AB角|A、B角|(?:授权|委托).{0,12}(?:指挥|行使|履行)|代为"
)
"""Words that say who stands in for the commander."""
_GIVES_WAY = re.compile(
    r"(?:另有|专门|专项|单独|相应|其他|有关|单项|本级)(?:[^，。；]{0,8})预案(?:[^，。；]{0,6})的?[^。；]{0,12}"
    r"(?:从其规定|按其|按照其|按照?专项|依照其|适用|执行|为准)"
    r"|按照?(?:相应|有关|各自|其)?(?:的)?(?:各?类?专项|单项)(?:应急)?预案[^。；]{0,12}(?:执行|处置|实施|开展|组织)"
    r"|不适用(?:于)?本预案|本预案不适用|优先(?:适用|执行)|以[^，。；]{2,20}预案为准"
    r"|(?:两|多)个(?:以上)?(?:应急)?预案[^。；]{0,20}(?:启动|执行|适用|衔接)"
)
_GOVERNMENT = re.compile(r"政府(?:办公[厅室])?$|指挥部(?:办公室)?$|委员会(?:办公室)?$|管委会$")
"""Issuers that speak for their area: the plan of a school or a mine is not that of the county it lies in."""
_QUOTE = 120
"""Characters of a quote that are kept."""


def digest_of(context: PlanContext, key: str, jurisdiction: str = "") -> flat.PlanDigest:
    """What the rules between plans need of one plan; ``key`` must be unique among the plans looked at."""
    content = context.content
    identity = content.identity or PlanIdentity()
    text = "".join(line.text for line in context.lines)
    text = re.sub(r"\s", "", text)
    areas = areas_of(content.title) or (
        areas_of(identity.issuer or "") if _GOVERNMENT.search(identity.issuer or "") else ()
    )
    return flat.PlanDigest(
        key=key,
        document=content.document,
        title=content.title,
        line=content.first_line,
        areas=areas,
        subject=subject_of(content.title),
        body=body_of(content.title),
        jurisdiction=jurisdiction,
        issuer=identity.issuer or "",
        number=identity.number or "",
        issued=identity.issued.isoformat() if identity.issued else "",
        repeals=identity.repeals,
        overall=identity.kind is PlanKind.OVERALL or is_overall(content.title),
        hazard_class=identity.hazard_class.value if identity.hazard_class else "",
        gives_way=bool(_GIVES_WAY.search(text)),
        command=_command(content, bool(SUBSTITUTE.search(text))),
        bounding=_bounding(content),
        steps=tuple(
            flat.Step(level.kind.value, level.level.value, level.name, _spot(level.source))
            for level in content.levels
        ),
        bounds=tuple(_bounds(content)),
        powers=tuple(
            flat.Power(
                power.kind.value,
                power.level.value if power.level else None,
                power.authority,
                power.delegated,
                _spot(power.source),
            )
            for power in content.activation
        ),
        edges=tuple(_edges(content)),
        **_bodies(content),
    )


def _spot(source: Citation) -> flat.Spot:
    return flat.Spot(source.clause, source.line, source.quote[:_QUOTE])


def _command(content: PlanContent, substitute: bool) -> flat.Command | None:
    hq = content.command
    if hq is None:
        return None
    return flat.Command(
        hq.name, hq.aliases, hq.commander, hq.deputies, hq.office, substitute, _spot(hq.source)
    )


def _bounding(content: PlanContent) -> flat.Bounding | None:
    rule = content.boundary_rule
    if rule is None:
        return None
    return flat.Bounding(rule.above_included, rule.below_included, _spot(rule.source))


def _bounds(content: PlanContent) -> Iterator[flat.Bound]:
    for level in content.levels:
        scheme = " ".join(part for part in (level.hazard, level.subtype) if part)
        for threshold in reached_alone(level).values():
            yield flat.Bound(
                level.kind.value,
                level.level.value,
                level.name,
                scheme,
                threshold.fact,
                "/".join(str(part or "") for part in figure_key(threshold)),
                format(threshold.low or 0, "f"),
                _spot(threshold.source),
            )


def _edges(content: PlanContent) -> Iterator[flat.Edge]:
    for edge in content.deadlines:
        length = length_of(edge)
        if length is not None and edge.is_report and edge.to:
            yield flat.Edge(
                edge.who,
                edge.to,
                edge.what[:40],
                length.total_seconds(),
                limit_of(edge),
                edge.every,
                edge.start.value,
                edge.form.value if edge.form else None,
                tuple(f"{type(level).__name__}.{level.value}" for level in edge.levels),
                True,
                _spot(edge.source),
            )


def _bodies(content: PlanContent) -> dict[str, Any]:
    return {
        "units": tuple(
            flat.Body(unit.name, unit.aliases, unit.member, _spot(unit.source)) for unit in content.units
        ),
        "teams": tuple(
            flat.Team(group.name, group.lead, group.members, _spot(group.source)) for group in content.groups
        ),
        "phones": tuple(
            flat.Phone(line.unit, line.post, line.phone, _spot(line.source)) for line in content.contacts
        ),
        "promises": tuple(
            flat.Promise(each.name, format(each.quantity, "f"), each.unit, each.holder, _spot(each.source))
            for each in content.resources
        ),
        "cited": tuple(
            flat.Cited(each.title, each.number, each.basis, _spot(each.source))
            for each in content.references
            if each.kind is ReferenceKind.PLAN
        ),
        "turns": tuple(_turns(content)),
    }


def _turns(content: PlanContent) -> Iterator[flat.Turn]:
    for drill in content.drills:
        days = interval_days(drill.every)
        if days:
            yield flat.Turn("drill", days, drill.every or "", drill.scope, _spot(drill.source))
    for rule in content.revision:
        days = interval_days(rule.every)
        if days:
            yield flat.Turn("evaluation", days, rule.every or "", rule.who, _spot(rule.source))
