"""``fengsui library reread|take-over``: read a document again, or take over an earlier review."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from fengsui.application import plan_reread
from fengsui.application.plan_library import draft_of
from fengsui.application.wording import word

if TYPE_CHECKING:
    from fengsui.application.desk import Actor
    from fengsui.application.plan_library import Library


def reread(library: Library, actor: Actor, options: argparse.Namespace) -> None:
    """Read the document of a draft again with the present grammar. Raises what the use case raises."""
    done = plan_reread.reread(library, actor, options.draft)
    _tell(
        "reread",
        kept=done.kept,
        dissolved=done.dissolved,
        lost=done.lost,
        before=done.items_before,
        after=done.items_after,
    )


def take_over(library: Library, actor: Actor, options: argparse.Namespace) -> None:
    """Take over what was said of the unchanged words of an earlier version."""
    before = draft_of(library, options.draft)
    after = plan_reread.take_over(
        library, actor, draft_id=options.draft, revision=before.revision, earlier_id=options.earlier
    )
    _tell("taken_over", n=len(after.settlements) - len(before.settlements))


def _tell(code: str, **data: int) -> None:
    # To standard error: with --json, standard output is the plan alone.
    from fengsui.cli.library import language

    print(word("review_done", code, language(), **data), file=sys.stderr)
