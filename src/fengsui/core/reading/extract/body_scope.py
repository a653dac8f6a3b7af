"""Duties the software shows as text and never runs.

Watching what people say, registers of people "of interest" and the control of opinion stay out of
scope on purpose (docs/adr); publishing official information and answering questions stay in.
"""

from __future__ import annotations

import re

_WATCH = r"(?:管控|监控|监测|监看|监视|巡查|搜集|收集|研判|分析|防控|控制|封堵|处置|稳控|打击|删除)"
_SPEECH = r"(?:舆情|舆论|言论|网评|炒作|社会动态|思想动态)"
_OUT = re.compile(
    rf"{_SPEECH}[^，。；、：]{{0,6}}{_WATCH}|{_WATCH}[^，。；：]{{0,12}}{_SPEECH}"
    r"|(?:重点|敏感|特殊|可疑|涉稳)(?:人员|人头|嫌疑人|对象)|重点人(?!群|力|口)"
    r"|监控[^，。；]{0,6}(?:责任人|人员|嫌疑人|当事人)|(?:责任人|嫌疑人|当事人|人员)[^，。；]{0,6}监控"
    r"|恶意(?:传播|炒作)|(?:稳控|管控)[^，。；]{0,6}(?:人员|对象|群体)|落地查人|反(?:渗透|分裂|颠覆)"
)
# What every form above needs: a cheap look before the dear one.
_HINT = re.compile(
    "舆|言论|网评|炒作|动态|重点|敏感|特殊|可疑|涉稳|监控|恶意|稳控|管控|落地查人|反渗透|反分裂|反颠覆"
)
_GROUP_NAME = re.compile(
    r"(?:舆情|舆论|信息|网络|言论|思想)(?:引导)?(?:管控|防控|控制|监控|监测|稳控|处置)|维稳|稳控"
)


def watches_people(text: str) -> bool:
    """Whether blank-free ``text`` speaks of watching people or what they say."""
    return _HINT.search(text) is not None and _OUT.search(text) is not None


def is_control_group(name: str, duties: str) -> bool:
    """Whether a work group is there to control opinion or people: by name, or by all of its duties."""
    if _GROUP_NAME.search(name):
        return True
    clauses = [clause for clause in re.split(r"[；。]", duties) if len(clause) > 3]
    return bool(clauses) and all(watches_people(clause) for clause in clauses)


def split_by_scope(text: str) -> tuple[tuple[int, int, bool], ...]:
    """Cut blank-free ``text`` into runs of clauses (begin, end, out of scope), in order.

    A duty line that mixes both kinds is kept apart, so that only the clause concerned is not run.
    """
    runs: list[tuple[int, int, bool]] = []
    begin = 0
    for mark in [*re.finditer(r"[；。]", text), None]:
        end = mark.end() if mark else len(text)
        if end <= begin:
            continue
        out = watches_people(text[begin:end])
        if runs and runs[-1][2] == out:
            runs[-1] = (runs[-1][0], end, out)
        else:
            runs.append((begin, end, out))
        begin = end
    return tuple(runs)
