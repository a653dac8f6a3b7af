"""What is known of an incident: facts as entered, checked before anything is judged on them.

``Knowledge`` is the value; ``parse_facts`` makes it from the FACTS document of the command contract:
``{"facts": {name: number | {"min", "max"} | yes/no}, "judgements": {text: yes/no} | false,
"complete": yes/no}``.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from fengsui.core.errors import InputError
from fengsui.core.fact import FactSpec, Figure, Manner, register
from fengsui.core.plan.criterion import FactName

MOST_DIGITS = 15
"""Nothing counted in an emergency has more digits; a bigger number is a slip of the keyboard."""

MOST_PLACES = 12
"""Decimal places beyond which a figure is a slip as well."""

SIGNED_UNITS = frozenset({"℃", "°C", "摄氏度", "度", "米", "m"})
"""Units whose figures may lie below zero: temperatures, and water levels against a datum."""

_WINDOW = re.compile(r"^(?P<stem>.+)_(?P<length>[1-9]\d{0,4})(?P<unit>[hd])$")
_KEYS = frozenset({"facts", "judgements", "complete", "unknown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything known when a plan is asked; what is not in it is unknown.

    ``judgements`` answers criteria that only a person can judge, by ``plain_text`` of their words.
    ``complete``: every fact not given is 0 or no, except those in ``unknown``. ``no_other_judgement``:
    every yes/no fact and judgement not given is no, though figures may be unknown.
    """

    facts: Mapping[FactName, Figure | bool] = field(default_factory=dict)
    judgements: Mapping[str, bool] = field(default_factory=dict)
    complete: bool = False
    no_other_judgement: bool = False
    unknown: frozenset[FactName] = frozenset()

    @staticmethod
    def of(facts: Knowledge | Mapping[FactName, Figure | bool]) -> Knowledge:
        """``facts`` itself, or the plain mapping with everything else unknown."""
        return facts if isinstance(facts, Knowledge) else Knowledge(facts=facts)


def plain_text(text: str) -> str:
    """``text`` without blanks, punctuation and differences of width: how judgements are matched."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if char.isalnum() or char in "%+-<>=")


def window_of(name: FactName) -> tuple[FactName, int] | None:
    """Split ``rainfall_mm_12h`` into the fact and its period in hours; None for a name without one."""
    found = _WINDOW.match(name)
    if found is None:
        return None
    hours = int(found["length"]) * (24 if found["unit"] == "d" else 1)
    return found["stem"], hours


def spec_of(name: FactName, specs: Mapping[str, FactSpec]) -> FactSpec | None:
    """The register's entry for ``name``, also where the name carries a period (``_12h``, ``_20d``)."""
    if name in specs:
        return specs[name]
    window = window_of(name)
    return specs.get(window[0]) if window else None


def parse_facts(
    data: object,
    *,
    also_known: Collection[FactName] = (),
    specs: Mapping[str, FactSpec] | None = None,
) -> Knowledge:
    """Check the FACTS document ``data`` (decoded JSON) and return what it says.

    ``also_known`` are names used by the plans asked but not in the register. Raises InputError, one
    clear sentence each: not an object, unknown key or name (with the nearest names), wrong type, not a
    number, negative, not whole where things are counted, min above max, parts above their sum.
    """
    specs = register() if specs is None else specs
    if not isinstance(data, Mapping) or not isinstance(data.get("facts", {}), Mapping):
        raise InputError("facts_not_object")
    for key in data:
        if key not in _KEYS:
            raise InputError("facts_unknown_key", key=key, allowed="、".join(sorted(_KEYS)))
    known = {*specs, *also_known}
    facts = {
        _known_name(str(name), known, specs): _value(str(name), value, spec_of(str(name), specs))
        for name, value in data.get("facts", {}).items()
    }
    _refuse_broken_sums(facts, specs)
    judgements, no_other = _judgements(data.get("judgements"))
    return Knowledge(
        facts=facts,
        judgements=judgements,
        complete=_flag(data, "complete"),
        no_other_judgement=no_other,
        unknown=_unknown(data.get("unknown", [])),
    )


def _flag(data: Mapping[str, object], key: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise InputError("facts_not_yes_no", fact=key, value=_shown(value))
    return value


def _unknown(value: object) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError("facts_unknown_not_list")
    return frozenset(value)


def _judgements(value: object) -> tuple[dict[str, bool], bool]:
    if value is None:
        return {}, False
    if value is False:
        return {}, True
    if not isinstance(value, Mapping) or not all(isinstance(item, bool) for item in value.values()):
        raise InputError("facts_judgements_shape")
    return {plain_text(str(text)): bool(answer) for text, answer in value.items()}, False


def _known_name(name: str, known: Collection[str], specs: Mapping[str, FactSpec]) -> str:
    if name in known or spec_of(name, specs) is not None:
        return name
    near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.4)
    # A name in the words of the plan (死亡人数) finds its fact by those words.
    near += [spec.name for spec in specs.values() if name == spec.zh or name in spec.words][:3]
    if near:
        raise InputError("fact_unknown", fact=name, near="、".join(dict.fromkeys(near)))
    raise InputError("fact_unknown_no_near", fact=name)


def _value(name: str, value: object, spec: FactSpec | None) -> Figure | bool:
    if isinstance(value, bool):
        if spec is not None and spec.is_figure:
            raise InputError("fact_not_number", fact=name, value=_shown(value))
        return value
    if spec is not None and not spec.is_figure:
        raise InputError("facts_not_yes_no", fact=name, value=_shown(value))
    if isinstance(value, Mapping):
        return _range(name, value, spec)
    return Figure.exact(_number(name, value, spec))


def _range(name: str, value: Mapping[str, object], spec: FactSpec | None) -> Figure:
    if not value or set(value) - {"min", "max"}:
        raise InputError("fact_range_shape", fact=name)
    low, high = (
        None if value.get(end) is None else _number(name, value[end], spec) for end in ("min", "max")
    )
    if low is None and high is None:
        raise InputError("fact_range_shape", fact=name)
    if low is not None and high is not None and low > high:
        raise InputError("fact_range_reversed", fact=name, low=low, high=high)
    manner = Manner.AT_LEAST if high is None else Manner.RANGE
    return Figure(low=low, high=high, manner=manner)


def _number(name: str, value: object, spec: FactSpec | None) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise InputError("fact_not_number", fact=name, value=_shown(value))
    try:
        number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    except (InvalidOperation, ValueError) as error:
        raise InputError("fact_not_number", fact=name, value=_shown(value)) from error
    if not number.is_finite():
        raise InputError("fact_not_number", fact=name, value=_shown(value))
    if number.adjusted() > MOST_DIGITS or _places(number) > MOST_PLACES:
        raise InputError("fact_too_large", fact=name)
    if number < 0 and (spec is None or spec.unit not in SIGNED_UNITS):
        raise InputError("fact_negative", fact=name, value=_shown(value))
    if spec is not None and spec.integral and number != number.to_integral_value():
        raise InputError("fact_not_whole", fact=name, value=_shown(value))
    return number


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _refuse_broken_sums(facts: Mapping[str, Figure | bool], specs: Mapping[str, FactSpec]) -> None:
    for spec in specs.values():
        whole = facts.get(spec.name)
        if not spec.sum_of or not isinstance(whole, Figure):
            continue
        parts = [facts.get(part) for part in spec.sum_of]
        least = sum((part.low or Decimal(0) for part in parts if isinstance(part, Figure)), Decimal(0))
        if whole.high is not None and least > whole.high:
            raise InputError("facts_contradict", fact=spec.name, parts="、".join(spec.sum_of))
        most = [part.high if isinstance(part, Figure) else None for part in parts]
        known_most = [high for high in most if high is not None]
        if whole.low is not None and len(known_most) == len(most) and sum(known_most) < whole.low:
            raise InputError("facts_contradict", fact=spec.name, parts="、".join(spec.sum_of))


def _shown(value: object) -> str:
    text = {True: "true", False: "false", None: "null"}.get(value) if isinstance(value, bool | None) else None
    return (text or str(value))[:40]
