"""The permission table, cell by cell: what is not marked here is refused."""

from __future__ import annotations

import pytest

from fengsui.application.access import ANYWHERE, TABLE, Action, may
from fengsui.application.desk import Actor
from fengsui.application.wording import sentence
from fengsui.core.directory import Jurisdiction, Role

#                        duty dir  cmd  lia  edi  aud  adm
EXPECTED = {
    "see_incident": "    x    x    x    x    .    x    .",
    "see_personal": "    x    x    x    .    .    .    .",
    "open_incident": "   x    x    .    .    .    .    .",
    "attach_plan": "     x    x    x    .    .    .    .",
    "report_facts": "    x    x    x    x    .    .    .",
    "judge": "           x    x    x    .    .    .    .",
    "propose": "         x    x    x    .    .    .    .",
    "decide": "          .    x    x    .    .    .    .",
    "record_outside": "  x    x    .    .    .    .    .",
    "issue_directive": " .    x    x    .    .    .    .",
    "answer_directive": "x    x    x    x    .    .    .",
    "send_report": "     x    x    x    x    .    .    .",
    "staff_command": "   x    x    x    .    .    .    .",
    "check_in": "        x    x    x    x    .    .    .",
    "track_rescuers": "  x    x    x    x    .    .    .",
    "command_scene": "   x    x    x    x    .    .    .",
    "erase_photo": "     .    x    x    .    .    .    .",
    "ask_unseal": "      x    x    x    .    .    .    .",
    "allow_unseal": "    .    x    x    .    .    .    .",
    "add_note": "        x    x    x    x    .    .    .",
    "close_incident": "  .    x    x    .    .    .    .",
    "export_log": "      x    x    x    .    .    x    .",
    "keep_losses": "     x    x    x    x    .    .    .",
    "agree_losses": "    .    x    x    .    .    .    .",
    "sign_received": "   x    x    .    .    .    .    .",
    "see_plan": "        x    x    x    x    x    x    x",
    "import_plan": "     .    x    .    .    x    .    .",
    "review_plan": "     .    x    .    .    x    .    .",
    "confirm_plan": "    .    x    .    .    x    .    .",
    "approve_plan": "    .    x    x    .    .    .    .",
    "put_in_force": "    .    x    .    .    x    .    .",
    "withdraw_plan": "   .    x    .    .    x    .    .",
    "file_plan": "       .    x    .    .    x    .    .",
    "dismiss_finding": " .    x    .    .    x    .    .",
    "edit_metadata": "   .    x    .    .    x    .    .",
    "draft_statement": " x    x    x    x    .    .    .",
    "approve_statement": ". x    x    .    .    .    .",
    "log_enquiry": "     x    x    x    x    .    .    .",
    "check_condition": " x    x    x    .    .    .    .",
    "run_aftermath": "   x    x    x    .    .    .    .",
    "finish_matter": "   x    x    x    x    .    .    .",
    "keep_ledger": "     x    x    x    .    .    .    .",
    "agree_action": "    .    x    x    .    .    .    .",
    "archive_case": "    .    x    x    .    .    .    .",
    "manage_directory": ".    .    .    .    .    .    x",
    "mark_sensitive": "  x    x    x    x    .    .    .",
    "consult": "         x    x    x    .    .    .    .",
    "give_opinion": "    x    x    x    x    .    .    .",
    "hand_over_command": "x    x    x    .    .    .    .",
    "take_command": "    x    x    x    .    .    .    .",
    "follow_upper": "    x    x    .    .    .    .    .",
    "see_calls": "       x    x    x    .    .    x    .",
    "take_call": "       x    x    .    .    .    .    .",
    "split_incident": "  x    x    .    .    .    .    .",
    "hand_over": "       x    x    .    .    .    .    .",
    "see_watch": "       x    x    x    x    .    x    x",
    "ask_roster": "      x    x    .    .    .    .    .",
    "manage_roster": "   .    x    .    .    .    .    x",
    "review_change": "   .    .    .    .    .    .    x",
    "see_reads": "       .    .    .    .    .    x    .",
    "handle_notices": "  x    x    .    .    .    .    .",
    "see_channels": "    x    x    x    .    .    x    x",
    "test_channels": "   x    x    .    .    .    .    x",
    "manage_channels": " .    .    .    .    .    .    x",
    "approve_channel": " .    x    .    .    .    .    x",
}
ROLES = (
    Role.DUTY_OFFICER,
    Role.OFFICE_DIRECTOR,
    Role.COMMANDER,
    Role.LIAISON,
    Role.PLAN_EDITOR,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
HERE, BELOW, ELSEWHERE = "990100", "990103", "990200"


def actor(*roles: Role) -> Actor:
    return Actor(post_id="p", roles=frozenset(roles), jurisdiction=Jurisdiction(code="990100", name="云州"))


def test_the_table_and_this_test_speak_of_the_same_actions_and_roles() -> None:
    assert {action.value for action in Action} == set(EXPECTED) == {action.value for action in TABLE}
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("action", list(Action))
def test_every_cell_of_the_table_is_as_stated(action: Action) -> None:
    stated = dict(zip(ROLES, EXPECTED[action.value].split(), strict=True))
    for role, mark in stated.items():
        assert (may(actor(role), action) is None) == (mark == "x"), f"{role.value} {action.value}"


def test_a_post_with_two_roles_may_do_what_either_may() -> None:
    assert may(actor(Role.LIAISON, Role.PLAN_EDITOR), Action.REVIEW_PLAN) is None


def test_a_post_without_role_may_do_nothing() -> None:
    assert all(may(actor(), action) is not None for action in Action)


@pytest.mark.parametrize("action", list(Action))
def test_the_area_counts_for_every_action_but_answering_what_one_was_sent(action: Action) -> None:
    everything = actor(*Role)
    assert may(everything, action, HERE) is None
    assert may(everything, action, BELOW) is None
    assert (may(everything, action, ELSEWHERE) is None) == (action in ANYWHERE)


def test_the_refusal_says_what_and_who_may_in_both_languages() -> None:
    refusal = may(actor(Role.AUDITOR), Action.PROPOSE)
    assert refusal is not None
    assert sentence(refusal) == "本岗位不能提出拟办；可由指挥长、值班员、办公室主任办理。"
    assert "commander, duty officer, office director" in sentence(refusal, "en")
