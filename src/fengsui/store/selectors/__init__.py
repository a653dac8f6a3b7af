"""Reading for screens: lists and look-ups, a few queries each however much is stored.

Read only. Every list takes ``limit`` (rows) and, where one pages, ``offset``; nothing here decides.
"""

from fengsui.store.selectors.incidents import (
    incident,
    incidents,
    latest_log,
    may_see,
    possible_duplicates,
    running_incidents,
    stream_position,
)
from fengsui.store.selectors.library import draft_in_force, plan_titles, plans
from fengsui.store.selectors.lines import (
    ChannelState,
    DeadlineLine,
    Holder,
    IncidentLine,
    LogLine,
    MessageLine,
    PlanLine,
    ProposalLine,
    ShiftLine,
    TaskLine,
)
from fengsui.store.selectors.people import holders, on_duty, posts_of_account
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
    "ChannelState",
    "DeadlineLine",
    "Holder",
    "IncidentLine",
    "LogLine",
    "MessageLine",
    "PlanLine",
    "ProposalLine",
    "ShiftLine",
    "TaskLine",
    "channel_states",
    "draft_in_force",
    "holders",
    "inbox",
    "incident",
    "incidents",
    "latest_log",
    "may_see",
    "next_deadlines",
    "on_duty",
    "plan_titles",
    "plans",
    "possible_duplicates",
    "posts_of_account",
    "proposal",
    "running_incidents",
    "stream_position",
    "tasks_of",
    "unaccepted_tasks",
    "waiting_proposals",
]
