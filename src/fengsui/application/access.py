"""Who may do what in the software: ONE table, role × action, and the area of the post.

This is the software's own table. What a post may decide under a plan is read from the plan
(``core.response.power``) and comes on top: a commander may decide proposals in general, and the level in hand
only if the plan says so.
"""

from __future__ import annotations

from enum import StrEnum

from fengsui.application.desk import Actor
from fengsui.application.wording import word
from fengsui.core.directory import Role
from fengsui.core.errors import Refusal


class Action(StrEnum):
    """What can be done, as the table speaks of it."""

    SEE_INCIDENT = "see_incident"
    SEE_PERSONAL = "see_personal"
    OPEN_INCIDENT = "open_incident"
    ATTACH_PLAN = "attach_plan"
    REPORT_FACTS = "report_facts"
    JUDGE = "judge"
    PROPOSE = "propose"
    DECIDE = "decide"
    RECORD_OUTSIDE = "record_outside"
    ISSUE_DIRECTIVE = "issue_directive"
    ANSWER_DIRECTIVE = "answer_directive"
    SEND_REPORT = "send_report"
    STAFF_COMMAND = "staff_command"
    CHECK_IN = "check_in"
    TRACK_RESCUERS = "track_rescuers"
    COMMAND_SCENE = "command_scene"
    ERASE_PHOTO = "erase_photo"
    ADD_NOTE = "add_note"
    CLOSE_INCIDENT = "close_incident"
    EXPORT_LOG = "export_log"
    KEEP_LOSSES = "keep_losses"
    AGREE_LOSSES = "agree_losses"
    SIGN_RECEIVED = "sign_received"
    SEE_PLAN = "see_plan"
    IMPORT_PLAN = "import_plan"
    REVIEW_PLAN = "review_plan"
    CONFIRM_PLAN = "confirm_plan"
    APPROVE_PLAN = "approve_plan"
    PUT_IN_FORCE = "put_in_force"
    WITHDRAW_PLAN = "withdraw_plan"
    FILE_PLAN = "file_plan"
    DISMISS_FINDING = "dismiss_finding"
    EDIT_METADATA = "edit_metadata"
    MANAGE_DIRECTORY = "manage_directory"
    MARK_SENSITIVE = "mark_sensitive"
    CONSULT = "consult"
    GIVE_OPINION = "give_opinion"
    HAND_OVER_COMMAND = "hand_over_command"
    TAKE_COMMAND = "take_command"
    FOLLOW_UPPER = "follow_upper"
    SEE_CALLS = "see_calls"
    TAKE_CALL = "take_call"
    SPLIT_INCIDENT = "split_incident"
    HAND_OVER = "hand_over"
    SEE_WATCH = "see_watch"
    ASK_ROSTER = "ask_roster"
    MANAGE_ROSTER = "manage_roster"
    REVIEW_CHANGE = "review_change"
    SEE_READS = "see_reads"
    ASK_UNSEAL = "ask_unseal"
    ALLOW_UNSEAL = "allow_unseal"
    DRAFT_STATEMENT = "draft_statement"
    APPROVE_STATEMENT = "approve_statement"
    LOG_ENQUIRY = "log_enquiry"
    CHECK_CONDITION = "check_condition"
    RUN_AFTERMATH = "run_aftermath"
    FINISH_MATTER = "finish_matter"
    KEEP_LEDGER = "keep_ledger"
    AGREE_ACTION = "agree_action"
    ARCHIVE_CASE = "archive_case"
    HANDLE_NOTICES = "handle_notices"
    SEE_CHANNELS = "see_channels"
    TEST_CHANNELS = "test_channels"
    MANAGE_CHANNELS = "manage_channels"
    APPROVE_CHANNEL = "approve_channel"


_DUTY, _DIRECTOR, _COMMANDER = Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.COMMANDER
_LIAISON, _EDITOR, _AUDITOR, _ADMIN = Role.LIAISON, Role.PLAN_EDITOR, Role.AUDITOR, Role.ADMINISTRATOR
_DESK = frozenset({_DUTY, _DIRECTOR, _COMMANDER})

TABLE: dict[Action, frozenset[Role]] = {
    Action.SEE_INCIDENT: _DESK | {_LIAISON, _AUDITOR},
    Action.SEE_PERSONAL: _DESK,
    Action.OPEN_INCIDENT: frozenset({_DUTY, _DIRECTOR}),
    Action.ATTACH_PLAN: _DESK,
    Action.REPORT_FACTS: _DESK | {_LIAISON},
    Action.JUDGE: _DESK,
    Action.PROPOSE: _DESK,
    Action.DECIDE: frozenset({_DIRECTOR, _COMMANDER}),
    Action.RECORD_OUTSIDE: frozenset({_DUTY, _DIRECTOR}),
    Action.ISSUE_DIRECTIVE: frozenset({_DIRECTOR, _COMMANDER}),
    Action.ANSWER_DIRECTIVE: _DESK | {_LIAISON},
    Action.SEND_REPORT: _DESK | {_LIAISON},
    Action.STAFF_COMMAND: _DESK,
    Action.CHECK_IN: _DESK | {_LIAISON},
    Action.TRACK_RESCUERS: _DESK | {_LIAISON},
    Action.COMMAND_SCENE: _DESK | {_LIAISON},
    Action.ERASE_PHOTO: frozenset({_DIRECTOR, _COMMANDER}),
    Action.ADD_NOTE: _DESK | {_LIAISON},
    Action.CLOSE_INCIDENT: frozenset({_DIRECTOR, _COMMANDER}),
    Action.EXPORT_LOG: _DESK | {_AUDITOR},
    Action.KEEP_LOSSES: _DESK | {_LIAISON},
    Action.AGREE_LOSSES: frozenset({_DIRECTOR, _COMMANDER}),
    Action.SIGN_RECEIVED: frozenset({_DUTY, _DIRECTOR}),
    Action.SEE_PLAN: frozenset(Role),
    Action.IMPORT_PLAN: frozenset({_EDITOR, _DIRECTOR}),
    Action.REVIEW_PLAN: frozenset({_EDITOR, _DIRECTOR}),
    Action.CONFIRM_PLAN: frozenset({_EDITOR, _DIRECTOR}),
    Action.APPROVE_PLAN: frozenset({_COMMANDER, _DIRECTOR}),
    Action.PUT_IN_FORCE: frozenset({_EDITOR, _DIRECTOR}),
    Action.WITHDRAW_PLAN: frozenset({_EDITOR, _DIRECTOR}),
    Action.FILE_PLAN: frozenset({_EDITOR, _DIRECTOR}),
    Action.DISMISS_FINDING: frozenset({_EDITOR, _DIRECTOR}),
    Action.EDIT_METADATA: frozenset({_EDITOR, _DIRECTOR}),
    Action.MANAGE_DIRECTORY: frozenset({_ADMIN}),
    Action.MARK_SENSITIVE: _DESK | {_LIAISON},
    Action.CONSULT: _DESK,
    Action.GIVE_OPINION: _DESK | {_LIAISON},
    Action.HAND_OVER_COMMAND: _DESK,
    Action.TAKE_COMMAND: _DESK,
    Action.FOLLOW_UPPER: frozenset({_DUTY, _DIRECTOR}),
    Action.SEE_CALLS: _DESK | {_AUDITOR},
    Action.TAKE_CALL: frozenset({_DUTY, _DIRECTOR}),
    Action.SPLIT_INCIDENT: frozenset({_DUTY, _DIRECTOR}),
    Action.HAND_OVER: frozenset({_DUTY, _DIRECTOR}),
    Action.SEE_WATCH: _DESK | {_LIAISON, _AUDITOR, _ADMIN},
    Action.ASK_ROSTER: frozenset({_DUTY, _DIRECTOR}),
    Action.MANAGE_ROSTER: frozenset({_DIRECTOR, _ADMIN}),
    Action.REVIEW_CHANGE: frozenset({_ADMIN}),
    Action.SEE_READS: frozenset({_AUDITOR}),
    Action.ASK_UNSEAL: _DESK,
    Action.ALLOW_UNSEAL: frozenset({_DIRECTOR, _COMMANDER}),
    Action.DRAFT_STATEMENT: _DESK | {_LIAISON},
    Action.APPROVE_STATEMENT: frozenset({_DIRECTOR, _COMMANDER}),
    Action.LOG_ENQUIRY: _DESK | {_LIAISON},
    Action.CHECK_CONDITION: _DESK,
    Action.RUN_AFTERMATH: _DESK,
    Action.FINISH_MATTER: _DESK | {_LIAISON},
    Action.KEEP_LEDGER: _DESK,
    Action.AGREE_ACTION: frozenset({_DIRECTOR, _COMMANDER}),
    Action.ARCHIVE_CASE: frozenset({_DIRECTOR, _COMMANDER}),
    Action.HANDLE_NOTICES: frozenset({_DUTY, _DIRECTOR}),
    Action.SEE_CHANNELS: _DESK | {_AUDITOR, _ADMIN},
    Action.TEST_CHANNELS: frozenset({_DUTY, _DIRECTOR, _ADMIN}),
    Action.MANAGE_CHANNELS: frozenset({_ADMIN}),
    Action.APPROVE_CHANNEL: frozenset({_DIRECTOR, _ADMIN}),
}
"""Everything not listed is refused."""

ANYWHERE = frozenset({Action.ANSWER_DIRECTIVE, Action.GIVE_OPINION, Action.CHECK_IN, Action.TRACK_RESCUERS})
"""Bound to the addressee instead of the area: help crosses boundaries."""


def may(actor: Actor, action: Action, place_code: str | None = None) -> Refusal | None:
    """None when ``actor`` may, else the refusal with its reason; ``place_code`` None: no place matters."""
    allowed = TABLE[action]
    if not actor.roles & allowed:
        roles = sorted(allowed)
        return Refusal(
            "role_may_not",
            action_zh=word("action", action.value, "zh"),
            action_en=word("action", action.value, "en"),
            roles_zh="、".join(word("role", role.value, "zh") for role in roles),
            roles_en=", ".join(word("role", role.value, "en") for role in roles),
        )
    if place_code is not None and action not in ANYWHERE and not actor.jurisdiction.covers(place_code):
        return Refusal(
            "outside_jurisdiction",
            area=actor.jurisdiction.name or actor.jurisdiction.code,
            place_code=place_code,
        )
    return None


def require(actor: Actor, action: Action, place_code: str | None = None) -> None:
    """Raises the refusal that ``may`` returns."""
    refusal = may(actor, action, place_code)
    if refusal is not None:
        raise refusal
