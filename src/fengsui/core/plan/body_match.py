"""Whether a name printed in a plan means a unit of the directory.

Plans write 州应急管理局, 应急局 or 云州应急管理局 for one body.  Names are compared as they stand, without
the place before them, and as short forms (经发办 for 经济发展办公室).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fengsui.core.directory import Directory, Jurisdiction, Unit, significant

# How areas of each depth of the division code are called, from province to village.
_LEVEL_WORDS = {
    2: ("自治区", "省", "兵团", "直辖市"),
    4: ("自治州", "地区", "师市", "州", "市", "盟", "师"),
    6: ("自治县", "县", "市", "区", "旗", "团"),
    9: ("乡镇", "街道", "镇", "乡", "团", "场"),
    12: ("社区", "村", "连"),
}
_STATE = re.compile(r"^(?:国务院|国家|中央|中共中央|全国|上级|部委|应急管理部|应急部)")
_BY_PLACE = re.compile(
    r"^(?:事发|事故发生|灾害发生|受灾|火灾发生|发生|涉事|当地|属地|各|所在|有关县|相关县|县级|县市|乡镇|乡（镇）)"
)
_GENERAL = re.compile(r"^(?:有关|相关|其他|各|等)|^(?:部门|单位|成员单位|专家|专家组|救援队伍|应急救援队伍)$")
_ENDS = (("委员会", "委"), ("办公室", "办"), ("人民政府", "政府"), ("管理局", "局"), ("服务中心", "中心"))
_KINDS = "局委办部厅处科所站室院校队中心会府司组区"


@dataclass(frozen=True, slots=True)
class Match:
    """Units that a printed name may mean, and by what comparison (a code of the wording table)."""

    units: tuple[Unit, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """The jurisdiction a plan governs, as its names are used in front of bodies.

    ``own`` are words for the area itself (云州, 州, 本州), ``above`` those of areas above it.
    """

    code: str
    own: tuple[str, ...]
    above: tuple[str, ...]

    def strip(self, name: str) -> str:
        """``name`` without the words for this area before it."""
        for word in self.own:
            if name.startswith(word) and _begins(name, word):
                return name[len(word) :]
        return name

    def is_above(self, name: str) -> bool:
        """Whether ``name`` begins with the words of an area above this one, or of the state."""
        if _STATE.match(name):
            return True
        if any(_begins(name, word) for word in self.own):
            return False
        return any(_begins(name, word) for word in self.above)


# Words that begin with the sign of an area and mean none: 市场, 区域, 师生, 团委.
_OTHER_WORDS = {
    "市": "场政民容",
    "区": "域块",
    "师": "生范资",
    "团": "委组体队员",
    "场": "所地馆",
    "乡": "村镇亲",
    "村": "民委",
    "连": "续接",
}


def _begins(name: str, word: str) -> bool:
    """Whether ``name`` begins with ``word`` as the name of an area and goes on with a body."""
    rest = name[len(word) :]
    return name.startswith(word) and len(rest) > 1 and rest[0] not in _OTHER_WORDS.get(word, "")


def place_of(directory: Directory, code: str) -> Place:
    """How the area ``code`` and those above it are named, by the directory and by custom."""
    own = next((area for area in directory.jurisdictions if area.code == code), None)
    depth = len(significant(code))
    levels = [size for size in _LEVEL_WORDS if size >= depth]
    words = _LEVEL_WORDS[levels[0]] if levels else ()
    said = own_words(own, words)
    above: list[str] = []
    for area in directory.jurisdictions:
        if area.code != code and area.covers(code):
            above.extend(_short_names(area))
    above.extend(word for size, names in _LEVEL_WORDS.items() if size < depth for word in names)
    return Place(
        code=code, own=_longest_first(said), above=_longest_first([w for w in above if w not in said])
    )


def own_words(area: Jurisdiction | None, words: tuple[str, ...]) -> list[str]:
    """The words by which plans of ``area`` speak of it."""
    named = _short_names(area) if area else []
    ends = [word for word in words if area is None or area.name.endswith(word)]
    return [*named, *ends, *(f"{we}{word}" for we in "本我全" for word in ends), "本级"]


# Nationalities as they stand in the names of autonomous areas, 族 often left out.
_NATIONS = (
    r"(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土"
    r"|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各)族?)*"
)


def _short_names(area: Jurisdiction) -> list[str]:
    # 云江回族自治州 is also 云江 and 云江州.
    short = re.sub(rf"(?<=..){_NATIONS}自治[州县区]$", "", area.name)
    ending = area.name[-1]
    stem = re.sub(r"[省市县区镇乡]$", "", short)
    names = [area.name, short, stem, *([short + ending] if short != area.name else [])]
    return [name for name in dict.fromkeys(names) if len(name) >= 2]


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))


def depends_on_place(name: str) -> bool:
    """Whether ``name`` means a body that is known only when one knows where it happened (事发地…)."""
    return bool(_BY_PLACE.match(name))


def is_general(name: str, place: Place) -> bool:
    """Whether ``name`` names a kind of body (有关部门, 州有关部门) and no body."""
    return bool(_GENERAL.search(place.strip(name)))


def spellings(name: str) -> tuple[str, ...]:
    """``name`` as printed, then without its bracket, then what the bracket holds."""
    flat = re.sub(r"\s", "", name).replace("(", "（").replace(")", "）")
    found = re.match(r"^(?P<outer>.+?)（(?P<inner>[^（）]+)）$", flat)
    if not found:
        return (flat,)
    return (flat, found["outer"], found["inner"])


def match_units(printed: str, directory: Directory, place: Place) -> Match:
    """The units that ``printed`` means: by name, by alias, without the place, as a short form.

    The first comparison that finds any decides; more than one unit means that it is ambiguous.
    """
    for name in spellings(printed):
        for why, same in (("exact", _exact), ("alias", _alias)):
            units = tuple(unit for unit in directory.units if same(name, unit))
            if units:
                return Match(units, why)
        if place.is_above(name):
            continue
        near = [unit for unit in directory.units if unit.jurisdiction == place.code]
        for why, like in (("suffix", _same_core), ("short", _short_form)):
            units = tuple(unit for unit in near if like(name, unit, place))
            if units:
                return Match(_closest(name, units, place), why)
    return Match((), "unknown")


def _exact(name: str, unit: Unit) -> bool:
    return name == spellings(unit.name)[0]


def _alias(name: str, unit: Unit) -> bool:
    return any(name == spellings(alias)[0] for alias in unit.aliases)


def _same_core(name: str, unit: Unit, place: Place) -> bool:
    core = even(place.strip(name))
    return any(core == even(place.strip(other)) for other in (unit.name, *unit.aliases))


def even(name: str) -> str:
    """``name`` with its ending shortened: 委员会 → 委, 办公室 → 办, 人民政府 → 政府."""
    for long, short in _ENDS[:3]:
        if name.endswith(long):
            return name[: -len(long)] + short
    return name


def _short_form(name: str, unit: Unit, place: Place) -> bool:
    short = place.strip(name)
    return any(_abbreviates(short, place.strip(other)) for other in (unit.name, *unit.aliases))


def _abbreviates(short: str, full: str) -> bool:
    """Whether the signs of ``short`` stand in ``full`` in order, beginning alike and of one kind."""
    body, whole = _split_kind(short), _split_kind(full)
    if (
        body is None
        or whole is None
        or body[1] != whole[1]
        or len(body[0]) < 2
        or len(body[0]) >= len(whole[0])
    ):
        return False
    if body[0][0] != whole[0][0]:
        return False
    signs = iter(whole[0])
    return all(sign in signs for sign in body[0])


def alike(one: str, other: str) -> bool:
    """Whether two names without their places mean one kind of body: 应急管理局, 应急局."""
    return even(one) == even(other) or _abbreviates(one, other) or _abbreviates(other, one)


def _split_kind(name: str) -> tuple[str, str] | None:
    for long, short in _ENDS:
        if name.endswith(long) and len(name) > len(long):
            return name[: -len(long)], short
    if name.endswith("中心"):
        return name[:-2], "中心"
    if name and name[-1] in _KINDS:
        return name[:-1], name[-1]
    return None


def _closest(name: str, units: tuple[Unit, ...], place: Place) -> tuple[Unit, ...]:
    # Of two full forms the one that adds least is meant, when it is alone in that.
    extra = {unit.id: min(len(place.strip(o)) for o in (unit.name, *unit.aliases)) for unit in units}
    least = min(extra.values())
    nearest = tuple(unit for unit in units if extra[unit.id] == least)
    return nearest if len(nearest) == 1 and len(name) > 3 else units
