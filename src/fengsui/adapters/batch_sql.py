"""The rules on thresholds and on who decides, as queries over the tables of ``core/lint/flat.py``.

Each query gives the findings of the rule of that name in ``core/lint/rules``, with the same place and the
same figures; tests hold the two to each other. ``VIEWS`` come first, in their order.
"""

from __future__ import annotations

VIEWS = {
    # Neighbouring levels that speak of one figure, lower first: core/lint/ladders.steps.
    "pairs": """
SELECT * FROM (
  SELECT *,
    max(CASE WHEN u_rank = rank THEN 1 ELSE 0 END) OVER one AS twice,
    (min(low) OVER one IS NOT DISTINCT FROM max(low) OVER one
     AND count(low) OVER one IN (0, count(*) OVER one)
     AND min(high) OVER one IS NOT DISTINCT FROM max(high) OVER one
     AND count(high) OVER one IN (0, count(*) OVER one) AND min(together) OVER one) AS alike
  FROM (
    SELECT t.*, l.rank, l.name,
      row_number() OVER line_up AS place,
      lead(l.rank) OVER line_up AS u_rank, lead(l.name) OVER line_up AS u_name,
      lead(t.low) OVER line_up AS u_low, lead(t.high) OVER line_up AS u_high,
      lead(t.low_included) OVER line_up AS u_low_included, lead(t.together) OVER line_up AS u_together,
      lead(t.line) OVER line_up AS u_line, lead(t.clause) OVER line_up AS u_clause,
      lead(t.text) OVER line_up AS u_text, lead(t.fact) OVER line_up AS u_fact,
      lead(t.unit) OVER line_up AS u_unit, lead(t.window_h) OVER line_up AS u_window_h
    FROM thresholds t JOIN levels l USING (plan, ladder, pos)
    WINDOW line_up AS (PARTITION BY t.plan, t.ladder, t.band ORDER BY l.rank DESC, t.seq)
  )
  WINDOW one AS (PARTITION BY plan, ladder, band)
)
WHERE u_rank IS NOT NULL AND twice = 0 AND NOT alike
  AND NOT (together AND u_together AND low IS NOT DISTINCT FROM u_low AND high IS NOT DISTINCT FROM u_high)
""",
    "between": """
SELECT *,
  CASE WHEN high IS NULL OR u_low IS NULL OR high > u_low THEN NULL
    WHEN whole THEN
      CASE WHEN (u_low + CASE WHEN u_low_included = false THEN 1 ELSE 0 END)
              - (high - CASE WHEN high_included = false THEN 1 ELSE 0 END) > 1
        THEN [high - CASE WHEN high_included = false THEN 1 ELSE 0 END + 1,
              u_low + CASE WHEN u_low_included = false THEN 1 ELSE 0 END - 1] END
    WHEN high < u_low THEN [high, u_low]
    WHEN high_included = false AND u_low_included = false THEN [u_low, u_low] END AS gap,
  CASE WHEN high IS NULL OR u_low < low THEN NULL
    WHEN from_ < to_ THEN
      [from_, CASE WHEN whole AND high_included = false THEN to_ - 1 ELSE to_ END]
    WHEN from_ = to_ AND high = u_low AND high_included AND u_low_included IS DISTINCT FROM false
      THEN [from_, from_] END AS overlap
FROM (
  SELECT *, greatest(coalesce(u_low, 0), coalesce(low, 0)) AS from_,
    CASE WHEN u_high IS NULL THEN high ELSE least(high, u_high) END AS to_
  FROM pairs)
""",
    "starts": "SELECT * FROM authorities WHERE kind = 'response'",
    # The steps of a response: core/lint/rules/authority.response_steps.
    "steps": """
SELECT plan, level, min_by(name, nth) AS name, min_by(line, nth) AS line,
  min_by(coalesce(clause, ''), nth) AS clause, any_value(rank) AS rank
FROM (SELECT *, bool_or(kind = 'response') OVER (PARTITION BY plan) AS own FROM levels
      WHERE kind IN ('response', 'event_grade'))
WHERE kind = 'response' OR NOT own
GROUP BY plan, level
""",
    # Powers of each plan in one row.
    "held": """
SELECT plan, count(*) AS powers, count(level) AS by_level, count(DISTINCT level) AS distinct_levels,
  list(DISTINCT level) FILTER (level IS NOT NULL) AS levels,
  min_by(line, seq) FILTER (level IS NOT NULL) AS first_line
FROM starts GROUP BY plan
""",
}

_PAIR = """
SELECT plan, min_by(u_name, turn) AS upper, min_by(name, turn) AS lower, min_by(u_clause, turn) AS clause,
  u_line AS line, list({{'fact': u_fact, 'unit': u_unit, 'hours': u_window_h, 'low': {which}[1],
                       'high': {which}[2]}} ORDER BY turn) AS figures
FROM (SELECT *, band * 1000 + place AS turn FROM between
      WHERE {which} IS NOT NULL AND NOT (together AND u_together AND u_low IS NULL))
GROUP BY plan, ladder, line, u_line
"""

_ONE_FIGURE = (
    "[{{'fact': {0}fact, 'unit': {0}unit, 'hours': {0}window_h, 'low': {1}, 'high': {2}}}] AS figures"
)

_SAME_BODY = """(contains(coalesce({0}, ''), coalesce({1}, ''))
  OR contains(coalesce({1}, ''), coalesce({0}, ''))
  OR ({2} = {3} AND {2} = 'hq' AND ({4} = {5} OR {4} = 0 OR {5} = 0)))"""


def _same(one: str, other: str) -> str:
    """Whether two rows may name one body: core/lint/rules/authority._same_body."""
    columns = [f"{row}.{column}" for column in ("plain", "organ", "body_rank") for row in (one, other)]
    return _SAME_BODY.format(*columns)


QUERIES = {
    "threshold-gap": _PAIR.format(which="gap"),
    "threshold-overlap": _PAIR.format(which="overlap"),
    "threshold-open-top": f"""
SELECT plan, clause, line, name AS lower, u_name AS upper,
  {_ONE_FIGURE.format("", "low", "u_low")}
FROM (SELECT *,
        bool_or(high IS NOT NULL AND low IS NOT NULL) OVER (PARTITION BY plan, ladder, rank) AS bounded
      FROM pairs)
WHERE high IS NULL AND u_low IS NOT NULL AND bounded
""",
    "threshold-no-lower-bound": """
SELECT plan, min_by(coalesce(t.clause, ''), seq) AS clause, min_by(t.line, seq) AS line,
  any_value(l.name) AS levels,
  CASE WHEN bool_and(unit IN ('人', '元') AND positive) THEN 'M' END AS severity,
  [min_by({'fact': fact, 'unit': unit, 'hours': window_h, 'low': low, 'high': high}, seq)] AS figures
FROM thresholds t JOIN levels l USING (plan, ladder, pos)
WHERE pos = 0 AND l.kind <> 'event_grade'
  AND EXISTS (FROM levels o WHERE o.plan = t.plan AND o.ladder = t.ladder AND o.pos = 1)
GROUP BY plan, ladder
HAVING count(*) = any_value(criteria) AND count(low) = 0
""",
    "boundary-undeclared": """
SELECT plan, arg_min(coalesce(t.clause, ''), turn) AS clause, min(t.line) AS line
FROM (SELECT *, t.line::BIGINT * 1000000 + ladder * 10000 + seq AS turn FROM thresholds t WHERE bound_words) t
JOIN plans p USING (plan)
WHERE NOT p.declared
GROUP BY plan
HAVING bool_or(high IS NOT NULL AND high_included IS NULL)
""",
    "threshold-inverted": f"""
SELECT plan, u_clause AS clause, u_line AS line, name AS lower, u_name AS upper,
  {_ONE_FIGURE.format("u_", "low", "u_low")}
FROM (
  SELECT *, count(*) OVER one AS pairs, count(*) FILTER (falls) OVER one AS wrong,
    min_by(unit, CASE WHEN falls THEN place END) OVER one AS first_unit
  FROM (SELECT *, coalesce(NOT together AND NOT u_together AND u_low > 0 AND u_low < low, false) AS falls
        FROM pairs)
  WINDOW one AS (PARTITION BY plan, ladder, band)
)
WHERE falls AND NOT (wrong = pairs AND first_unit NOT IN ('人', '元'))
""",
    "any-all-mixed": """
WITH counted AS (
  SELECT plan, ladder, facts, count(*) AS times, min(pos) AS first FROM levels
  WHERE fact_count > 0 GROUP BY plan, ladder, facts),
usual AS (SELECT plan, ladder, min_by(facts, (-times, first)) AS facts FROM counted GROUP BY plan, ladder),
sides AS (
  SELECT plan, ladder,
    list(name ORDER BY pos) FILTER (logic = 'all') AS all_of,
    list(name ORDER BY pos) FILTER (logic = 'any') AS any_of,
    min_by((line, coalesce(clause, '')), pos) FILTER (logic = 'all') AS at_every,
    min_by((line, coalesce(clause, '')), pos) FILTER (logic = 'any') AS at_some
  FROM levels JOIN usual USING (plan, ladder, facts) WHERE fact_count > 1 GROUP BY plan, ladder)
SELECT plan, array_to_string(all_of, '、') AS levels, array_to_string(any_of, '、') AS others,
  CASE WHEN len(all_of) <= len(any_of) THEN at_every[1] ELSE at_some[1] END AS line,
  CASE WHEN len(all_of) <= len(any_of) THEN at_every[2] ELSE at_some[2] END AS clause
FROM sides WHERE all_of IS NOT NULL AND any_of IS NOT NULL
""",
    "level-missing-in-ladder": """
SELECT plan, min_by(line, pos) AS line, min_by(coalesce(clause, ''), pos) AS clause,
  array_to_string([['Ⅰ级', 'Ⅱ级', 'Ⅲ级', 'Ⅳ级', 'Ⅴ级'][step]
    FOR step IN range(min(rank), max(rank)) IF NOT list_contains(list(rank), step)], '、') AS levels
FROM levels GROUP BY plan, ladder HAVING count(DISTINCT rank) < max(rank) - min(rank) + 1
""",
    "level-without-response": """
WITH own AS (
  SELECT plan, ladder, any_value(hazard) AS hazard, max_by(line, pos) AS line,
    max_by(coalesce(clause, ''), pos) AS clause
  FROM levels WHERE kind = 'response' GROUP BY plan, ladder HAVING count(*) > 1),
reached AS (
  SELECT plan, ladder, level FROM levels
  UNION SELECT o.plan, ladder, level FROM own o JOIN starts s ON o.plan = s.plan
    AND (s.hazard IS NULL OR s.hazard = o.hazard) WHERE level IS NOT NULL
  UNION SELECT o.plan, ladder, level FROM own o JOIN measures m ON o.plan = m.plan
    AND (m.hazard IS NULL OR m.hazard = o.hazard)),
other AS (
  SELECT o.plan, o.ladder, o.line, o.clause, l.kind, l.name, l.nth, r.level IS NULL AS missing
  FROM own o JOIN levels l ON o.plan = l.plan AND l.kind <> 'response'
    AND l.hazard IS NOT DISTINCT FROM o.hazard
  LEFT JOIN reached r ON r.plan = o.plan AND r.ladder = o.ladder AND r.level = l.level)
SELECT plan, any_value(line) AS line, any_value(clause) AS clause,
  array_to_string(list(name ORDER BY nth) FILTER (missing), '、') AS levels
FROM other GROUP BY plan, ladder
HAVING bool_or(missing) AND count(DISTINCT kind) = count(DISTINCT kind) FILTER (missing)
""",
    "level-nobody-may-start": """
WITH named AS (SELECT plan, count(*) AS named FROM steps GROUP BY plan),
missing AS (
  SELECT s.plan, list(s.name ORDER BY s.level) AS names, min_by(s.line, s.level) AS line,
    min_by(s.clause, s.level) AS clause
  FROM steps s LEFT JOIN held h USING (plan)
  WHERE NOT coalesce(list_contains(h.levels, s.level), false)
    AND NOT coalesce(h.powers > 0 AND h.by_level = 0, false)
    AND NOT EXISTS (FROM doubts d WHERE d.plan = s.plan AND d.line = s.line)
  GROUP BY s.plan)
SELECT m.plan, array_to_string(m.names, '、') AS levels,
  CASE WHEN coalesce(h.by_level, 0) > 0 THEN m.line ELSE p.line END AS line,
  CASE WHEN coalesce(h.by_level, 0) > 0 THEN m.clause ELSE coalesce(p.clause, '') END AS clause,
  CASE WHEN coalesce(h.powers, 0) = 0 THEN 'no-level-may-be-started' END AS say,
  NULL::VARCHAR AS severity
FROM missing m JOIN named n USING (plan) JOIN plans p USING (plan) LEFT JOIN held h USING (plan)
WHERE n.named > 1
UNION ALL
SELECT plan, NULL, line, coalesce(clause, ''), 'level-nobody-named', CASE WHEN grave THEN 'H' ELSE 'M' END
FROM doubts
""",
    "level-nobody-may-end": """
WITH ends AS (
  SELECT plan, bool_or(level IS NULL) AS any_level, list(level) FILTER (level IS NOT NULL) AS levels,
    min_by(line, seq) AS line, min_by(coalesce(clause, ''), seq) AS clause
  FROM endings WHERE who IS NOT NULL AND NOT warning GROUP BY plan)
SELECT plan, any_value(e.line) AS line, any_value(e.clause) AS clause,
  array_to_string(list(s.name ORDER BY s.level), '、') AS levels
FROM ends e JOIN steps s USING (plan) JOIN plans p USING (plan)
WHERE NOT e.any_level AND NOT list_contains(e.levels, s.level)
  AND NOT list_contains(string_split(coalesce(p.ended_elsewhere, ''), ','), s.level)
GROUP BY plan
""",
    "own-headquarters-starts-nothing": """
SELECT plan, max_by(s.line, (s.rank, -s.seq)) AS line,
  max_by(coalesce(s.clause, ''), (s.rank, -s.seq)) AS clause, any_value(p.hq) AS others,
  max_by(s.who, (s.rank, -s.seq)) AS who
FROM starts s JOIN plans p USING (plan)
WHERE p.hq IS NOT NULL AND p.hq_rank > 0
GROUP BY plan
HAVING count(*) = count(level) AND count(DISTINCT level) >= 3 AND bool_and(body_rank > p.hq_rank)
""",
    "warning-nobody-may-issue": """
WITH issuers AS (
  SELECT plan, bool_or(level IS NULL OR colours) AS general, list(level) FILTER (level IS NOT NULL) AS levels,
    min_by(line, seq) AS line, min_by(coalesce(clause, ''), seq) AS clause
  FROM authorities WHERE kind = 'warning' GROUP BY plan)
SELECT plan, line, clause, 'H' AS severity,
  array_to_string(list(name ORDER BY first), '、') AS levels
FROM (
  SELECT l.plan, l.ladder, l.name, min(l.pos) AS first, any_value(i.line) AS line,
    any_value(i.clause) AS clause
  FROM levels l JOIN issuers i USING (plan)
  WHERE l.kind = 'warning' AND NOT i.general AND NOT list_contains(i.levels, l.level)
  GROUP BY l.plan, l.ladder, l.name)
GROUP BY plan, ladder, line, clause
""",
    "warning-response-undivided": """
SELECT plan, min_by(line, seq) AS line, min_by(coalesce(clause, ''), seq) AS clause, min_by(who, seq) AS who
FROM authorities a
WHERE kind = 'warning' AND level IS NULL AND undivided
  AND NOT EXISTS (FROM levels l WHERE l.plan = a.plan AND l.kind = 'warning')
GROUP BY plan
""",
    "two-who-may-start": """
SELECT plan, line, clause, who, coalesce(level, '') AS levels FROM starts
WHERE plain LIKE '%或%'
  AND len([half FOR half IN regexp_split_to_array(plain, '或者|或') IF length(half) > 1]) > 1
  AND NOT regexp_matches(plain, '授权|委托|副|第一')
""",
    "started-by-different-bodies": f"""
WITH each_ AS (SELECT * FROM starts WHERE level IS NOT NULL)
SELECT g.plan, any_value(g.line) AS line, any_value(coalesce(g.clause, '')) AS clause,
  any_value(g.who) AS who,
  list({{'turn': e.seq, 'who': e.who}} ORDER BY e.seq) AS named
FROM starts g JOIN held h USING (plan) JOIN each_ e USING (plan)
WHERE g.level IS NULL AND h.distinct_levels > 1 AND NOT g.pointer AND g.organ <> 'office'
  AND g.line <> h.first_line AND regexp_matches(coalesce(g.plain, ''), '指挥|政府|委员会|领导小组')
GROUP BY g.plan, g.seq
HAVING NOT bool_or({_same("g", "e")})
""",
    "started-and-ended-by-others": f"""
WITH told AS (
  SELECT * FROM (
    FROM endings QUALIFY row_number() OVER (PARTITION BY plan, plain, line ORDER BY seq) = 1)
  WHERE plain IS NOT NULL AND NOT pointer AND NOT warning)
SELECT plan, line, clause, who, 'ended-by-vague-body' AS say, NULL AS named FROM told WHERE vague
UNION ALL
SELECT t.plan, any_value(t.line), any_value(coalesce(t.clause, '')), any_value(t.who), NULL,
  list({{'turn': s.seq, 'who': s.who}} ORDER BY s.seq)
FROM told t JOIN starts s ON s.plan = t.plan AND s.level IS NOT NULL
  AND (t.level IS NULL OR (t.level = s.level AND t.scale = s.scale))
WHERE NOT t.vague AND ((s.organ = 'office' AND t.organ <> 'office')
  OR NOT {_same("t", "s")})
GROUP BY t.plan, t.seq
""",
    "proposal-without-approval": """
SELECT plan, line, clause, proposer AS who FROM starts
WHERE proposer IS NOT NULL AND approver IS NULL AND proposer_plain = plain
""",
}
"""By name of rule. Columns that a rule does not fill are left out."""

FOUND = (
    ("plan", "BIGINT"),
    ("rule", "VARCHAR"),
    ("say", "VARCHAR"),
    ("severity", "VARCHAR"),
    ("clause", "VARCHAR"),
    ("line", "INTEGER"),
    ("levels", "VARCHAR"),
    ("lower", "VARCHAR"),
    ("upper", "VARCHAR"),
    ("who", "VARCHAR"),
    ("others", "VARCHAR"),
    ("named", "STRUCT(turn SMALLINT, who VARCHAR)[]"),
    (
        "figures",
        "STRUCT(fact VARCHAR, unit VARCHAR, hours INTEGER, low DECIMAL(18,4), high DECIMAL(18,4))[]",
    ),
)
"""The table of findings: what ``core/lint/flat_findings.py`` makes findings of."""
