"""One subcommand of ``fengsui respond`` as it was asked for: the desk, who acts, and the words given."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fengsui.application.commit import Outcome
    from fengsui.application.desk import Actor, Desk


@dataclass(frozen=True, slots=True)
class Asked:
    """What every handler is given."""

    desk: Desk
    actor: Actor
    options: argparse.Namespace

    def do(self, use: Callable[..., Outcome], *words: str, same: Sequence[str] = (), **more: Any) -> Outcome:
        """Carry out a use case on the incident that is named.

        ``words`` name the words of the command line that it takes by place, ``same`` those that it takes
        under the name they have here; ``more`` is handed on as it is.
        """
        given = [getattr(self.options, name) for name in words]
        named = {name: getattr(self.options, name) for name in same}
        command_id = self.options.command_id
        return use(
            self.desk, self.actor, self.options.incident, *given, **named, **more, command_id=command_id
        )


Handler = Callable[[Asked], "Outcome"]
