"""The page behind the link in a message: what the message said, and one button.

It asks for no sign-in and gives nothing else away. Looking does not count as a receipt: programs that check
mail and messages open every link, and a program is nobody. The tap on the button is the receipt.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from fengsui import bootstrap_notify
from fengsui.application import notify_ack as use
from fengsui.application.wording import sentence
from fengsui.core.errors import FengsuiError
from fengsui.web import frame, wiring
from fengsui.web.notify.where import where
from fengsui.web.pages import status_of
from fengsui.web.seat import language_of


@csrf_exempt
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Show the message; POST: somebody has it. The token is the proof, so no form token is asked for."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    desk, status, problem = bootstrap_notify.notify_desk(), 200, ""
    context = {**frame.part_context(request), "token": token}
    try:
        if request.method == "POST":
            use.acknowledge_by_link(desk, token)
        found = use.linked(desk, token)
        context |= {
            "notice": found.notice,
            "along": found.along,
            "ended": found.ended,
            "exercise": found.notice.exercise or wiring.is_exercise(),
            "next_href": where(found.notice.kind, found.notice.incident_id, found.notice.ref),
        }
    except FengsuiError as error:
        problem, status = sentence(error, language_of(request)), status_of(error)
    answer = render(request, "notify/receipt.html", {**context, "problem": problem}, status=status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
