"""Addresses of the screens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from fengsui.web import paper
from fengsui.web.aftermath import addresses as aftermath_addresses
from fengsui.web.api.routers import api
from fengsui.web.dispatch import dispatch_addresses
from fengsui.web.duty import views as duty
from fengsui.web.duty import wall, watch_addresses
from fengsui.web.incidents import approval, approvals, commands, decisions_addresses, log, room
from fengsui.web.notify import addresses as notify_addresses
from fengsui.web.people import addresses as people_addresses
from fengsui.web.people import views as people
from fengsui.web.plans import (
    addresses,
    finding_addresses,
    item_edit,
    library_addresses,
    lint_addresses,
    plan_page,
    review,
    take_over,
)
from fengsui.web.release import addresses as release_addresses
from fengsui.web.reporting import addresses as reporting_addresses


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive, for whoever starts the server."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", people.home, name="home"),
    path("login", people.sign_in, name="sign-in"),
    path("logout", people.sign_out, name="sign-out"),
    path("language", people.choose_language, name="language"),
    path("post", people.choose_post, name="choose-post"),
    path("paper", paper.paper, name="paper"),
    path("help", people.keyboard_help, name="help"),
    path("healthz", healthz, name="healthz"),
    path("desk", duty.desk, name="desk"),
    path("desk/parts", duty.desk_parts, name="desk-parts"),
    path("wall", wall.wall, name="wall"),
    path("wall/parts", wall.wall_parts, name="wall-parts"),
    path("calls/new", duty.new_call, name="new-call"),
    path("calls/draft", duty.save_draft, name="call-draft"),
    path("calls/plans", duty.likely_plans, name="call-plans"),
    *watch_addresses.patterns,
    *notify_addresses.patterns,
    *people_addresses.patterns,
    path("incidents", room.listing, name="incidents"),
    path("incidents/<str:incident_id>", room.room, name="room"),
    path("incidents/<str:incident_id>/parts", room.parts, name="room-parts"),
    path("incidents/<str:incident_id>/facts", commands.report_facts, name="facts"),
    path("incidents/<str:incident_id>/facts/<str:fact>", room.fact_history, name="fact-history"),
    path("incidents/<str:incident_id>/judge", commands.judge, name="judge"),
    path("incidents/<str:incident_id>/plans", commands.attach_plan, name="attach-plan"),
    path("incidents/<str:incident_id>/plans/choose", room.choose_plan, name="choose-plan"),
    path("incidents/<str:incident_id>/plans/<str:plan_id>/detach", commands.detach_plan, name="detach-plan"),
    path("incidents/<str:incident_id>/propose", approvals.propose, name="propose"),
    path("incidents/<str:incident_id>/terminate", approvals.propose_end, name="terminate"),
    *reporting_addresses.patterns,
    path("incidents/<str:incident_id>/notes", commands.add_note, name="note"),
    path("incidents/<str:incident_id>/close", commands.close, name="close"),
    path("incidents/<str:incident_id>/log", log.log, name="log"),
    path("incidents/<str:incident_id>/log.json", log.export, name="export"),
    *release_addresses.patterns,
    *aftermath_addresses.patterns,
    path("approvals", approvals.listing, name="approvals"),
    *dispatch_addresses.patterns,
    path("approvals/<str:incident_id>/<str:proposal_id>", approval.approval, name="approval"),
    *decisions_addresses.patterns,
    path("api/v1/", api.urls),
    path("cite", plan_page.cite, name="cite"),
    *lint_addresses.patterns,
    *library_addresses.patterns,
    *addresses.patterns,
    *finding_addresses.patterns,
    path("plans/in-force/<str:plan_id>", plan_page.by_plan, name="plan-by-id"),
    path("plans/<str:draft_id>", plan_page.plan, name="plan"),
    path("plans/<str:draft_id>/review", review.review, name="review"),
    path("plans/<str:draft_id>/form/<str:target>", item_edit.edit_form, name="review-form"),
    path("plans/<str:draft_id>/add", item_edit.add_form, name="review-add"),
    path("plans/<str:draft_id>/entry/<str:target>", review.entry, name="review-entry"),
    path("plans/<str:draft_id>/reread", take_over.reread, name="plan-reread"),
    path("plans/<str:draft_id>/take-over", take_over.take_over, name="plan-take-over"),
    path("plans/<str:draft_id>/settle", review.settle, name="settle"),
    path("plans/<str:draft_id>/settle-all", review.settle_all, name="settle-all"),
    path("plans/<str:draft_id>/bind", review.bind, name="bind"),
    path("plans/<str:draft_id>/state", review.change_state, name="plan-state"),
]

handler404 = "fengsui.web.people.views.not_found"
handler500 = "fengsui.web.people.views.broken"
