"""Reading for screens: lists and look-ups, a few queries each however much is stored.

Read only. Every list takes ``limit`` (rows) and, where one pages, ``offset``; nothing here decides.
"""

from fengsui.store.selectors.clauses import ClauseHit, Found, PlanFilter, PlanHits, find_clauses
from fengsui.store.selectors.incidents import (
    incident,
    incidents,
    latest_log,
    may_see,
    possible_duplicates,
    running_incidents,
    stream_position,
)
from fengsui.store.selectors.library import (
    draft_in_force,
    draft_title,
    import_entries,
    imports,
    issuers,
    plan_titles,
    plans,
)
from fengsui.store.selectors.lines import (
    BatchLine,
    ChannelState,
    DeadlineLine,
    Holder,
    ImportLine,
    IncidentLine,
    LogLine,
    MessageLine,
    PlanLine,
    ProposalLine,
    ShiftLine,
    TaskLine,
)
from fengsui.store.selectors.people import holders, on_duty, posts_of_account
from fengsui.store.selectors.statistics import (
    ATTENTION,
    DIMENSIONS,
    ListedPlan,
    Statistics,
    plans_counted,
    statistics,
)
from fengsui.store.selectors.versions import OtherPlan, others_of
from fengsui.store.selectors.work import (
    channel_states,
    inbox,
    next_deadlines,
    proposal,
    tasks_of,
    unaccepted_tasks,
    waiting_proposals,
)

__all__ = [
    "ATTENTION",
    "DIMENSIONS",
    "BatchLine",
    "ChannelState",
    "ClauseHit",
    "DeadlineLine",
    "Found",
    "Holder",
    "ImportLine",
    "IncidentLine",
    "ListedPlan",
    "LogLine",
    "MessageLine",
    "OtherPlan",
    "PlanFilter",
    "PlanHits",
    "PlanLine",
    "ProposalLine",
    "ShiftLine",
    "Statistics",
    "TaskLine",
    "channel_states",
    "draft_in_force",
    "draft_title",
    "find_clauses",
    "holders",
    "import_entries",
    "imports",
    "inbox",
    "incident",
    "incidents",
    "issuers",
    "latest_log",
    "may_see",
    "next_deadlines",
    "on_duty",
    "others_of",
    "plan_titles",
    "plans",
    "plans_counted",
    "possible_duplicates",
    "posts_of_account",
    "proposal",
    "running_incidents",
    "statistics",
    "stream_position",
    "tasks_of",
    "unaccepted_tasks",
    "waiting_proposals",
]
