"""What waits for what among directives (前序): never a circle, never a wait that nobody sees.

An order that came back and was given to another is stood for by the new one; one that was withdrawn holds
nothing up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fengsui.core.response.incident import DirectiveState, DirectiveStatus

Directives = Mapping[str, DirectiveState]


def standing_for(directives: Directives, directive_id: str) -> str:
    """The order that now stands for ``directive_id``: itself, or the last it was replaced by."""
    seen: set[str] = set()
    while directive_id in directives and directive_id not in seen:
        seen.add(directive_id)
        replaced = directives[directive_id].handling.replaced_by
        if replaced is None:
            break
        directive_id = replaced
    return directive_id


def unsettled(directives: Directives, after: Iterable[str]) -> tuple[str, ...]:
    """Those of ``after`` that are still to be done, each as the order that now stands for it."""
    found = (standing_for(directives, item) for item in after)
    return tuple(dict.fromkeys(item for item in found if item in directives and directives[item].is_open))


def circle(directives: Directives, directive_id: str, after: Iterable[str]) -> tuple[str, ...]:
    """The way by which ``directive_id`` would wait for itself if it waited for ``after``; empty: none."""
    target = standing_for(directives, directive_id)
    paths: list[tuple[str, ...]] = [(target, standing_for(directives, item)) for item in after]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        here = path[-1]
        if here == target:
            return path
        if here in seen or here not in directives:
            continue
        seen.add(here)
        state = directives[here]
        paths.extend((*path, standing_for(directives, item)) for item in state.handling.after)
    return ()


def stuck(directives: Directives) -> tuple[str, ...]:
    """Orders that wait for one that was declined and not given to another: somebody must act."""
    return tuple(
        key
        for key, state in directives.items()
        if state.is_open
        and state.handling.waiting
        and any(
            directives[item].status is DirectiveStatus.DECLINED
            for item in unsettled(directives, state.handling.after)
        )
    )
