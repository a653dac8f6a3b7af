"""Fields of a report: those that the clause asks for, else the usual ones.

Each item of the clause keeps its own words as label; the register (``report_fields.toml``) says what of the
incident can fill it. An item nobody recognises is asked of the person, never left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fengsui.core.fact import register

OTHER = "other"
"""Code of an item that no word of the register names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One entry of the register."""

    name: str
    zh: str
    en: str
    words: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    source: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field of a report: ``code`` in the register (OTHER: none), ``label`` as printed ("": ours).

    ``facts`` those it speaks of, ``always`` those shown as unknown when nothing was said of them; ``also``
    the codes of what else the same item asks for (伤亡和财产损失).
    """

    code: str
    label: str = ""
    facts: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@cache
def field_specs() -> dict[str, FieldSpec]:
    """The register, read once (package data)."""
    data = tomllib.loads(files(__package__).joinpath("report_fields.toml").read_text("utf-8"))
    return {
        name: FieldSpec(
            name=name,
            zh=entry["zh"],
            en=entry["en"],
            words=tuple(entry["words"]),
            facts=tuple(entry.get("facts", ())),
            always=tuple(entry.get("always", ())),
            source=entry.get("from", ""),
            default=entry.get("default", False),
        )
        for name, entry in data.items()
    }


def asked_fields(contents: Iterable[str]) -> tuple[Asked, ...]:
    """The fields for the contents a clause lists; the usual ones where it lists none."""
    listed = tuple(contents)
    if not listed:
        return tuple(
            Asked(code=spec.name, facts=spec.facts, always=spec.always)
            for spec in field_specs().values()
            if spec.default
        )
    return tuple(_asked(item) for item in listed)


def _asked(label: str) -> Asked:
    specs = _specs_in(label)
    if not specs:
        return Asked(code=OTHER, label=label)
    # 死亡人数 asks for the dead alone; 伤亡和失踪人数 for more than the missing.
    named = tuple(name for spec in specs if _precise(spec, label) for name in _named(spec, label))
    others = tuple(name for spec in specs[1:] for name in spec.facts if not _any_named(spec, named))
    always = tuple(name for spec in specs for name in spec.always if not _any_named(spec, named))
    own = specs[0].facts if not _any_named(specs[0], named) else ()
    return Asked(
        code=specs[0].name,
        label=label,
        facts=(*named, *own, *others),
        always=(*named, *always),
        also=tuple(spec.name for spec in specs[1:]),
    )


def _any_named(spec: FieldSpec, named: tuple[str, ...]) -> bool:
    return any(name in spec.facts for name in named)


def _specs_in(label: str) -> tuple[FieldSpec, ...]:
    """What an item asks for, in the order it says so; of words that overlap the longest counts."""
    words = ((word, spec) for spec in field_specs().values() for word in spec.words)
    spots = [(label.index(word), word, spec) for word, spec in words if word in label]
    spots.sort(key=lambda spot: -len(spot[1]))
    taken: dict[int, FieldSpec] = {}
    used: set[int] = set()
    for at, word, spec in spots:
        places = set(range(at, at + len(word)))
        if places & used:
            continue
        used |= places
        if spec not in taken.values():
            taken[at] = spec
    return tuple(taken[at] for at in sorted(taken))


def _named(spec: FieldSpec, label: str) -> tuple[str, ...]:
    """The facts of ``spec`` that the item calls by a word of theirs."""
    return tuple(name for name in spec.facts if any(word in label for word in _words(name)))


def _precise(spec: FieldSpec, label: str) -> bool:
    """Whether every word that led to ``spec`` is a word of a fact, and none a general one (伤亡)."""
    own = {word for name in _named(spec, label) for word in _words(name)}
    general = [word for word in spec.words if word in label and not any(word in one for one in own)]
    return bool(own) and not general


def _words(fact: str) -> tuple[str, ...]:
    spec = register().get(fact)
    return tuple(word for word in spec.words if "…" not in word) if spec is not None else ()
