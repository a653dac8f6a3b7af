"""Pages over a full store: the incident room and the lists, rendered in this process."""

from __future__ import annotations

from collections.abc import Callable

from fengsui.bench.registry import Samples, Scale, Skipped, bench, once
from fengsui.bench.world import loaded

_VISITS = 40
_ACCOUNT = "duty-main"


def visits(scale: Scale, address: Callable[[int], str]) -> Samples:
    """Sign in as the officer on duty and open the pages that ``address`` names, one after the other."""
    loaded(scale)
    from django.contrib.auth import get_user_model
    from django.test import Client

    browser = Client(headers={"host": "localhost"})
    account = get_user_model().objects.get(username=_ACCOUNT)
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    def visit(number: int) -> None:
        answer = browser.get(address(number))
        if answer.status_code != 200:
            raise Skipped(f"{address(number)} answers {answer.status_code}")
        answer.content  # noqa: B018 - a streamed answer is only made when read

    visit(0)
    return Samples([once(lambda number=number: visit(number), "ms") for number in range(_VISITS)])  # type: ignore[misc]


@bench("page-incident-room-p95", "ms", at=0.95)
def incident_room(scale: Scale) -> Samples:
    """The room of the incident that runs in the demo."""
    loaded(scale)
    from fengsui.store.models import IncidentRow

    real = IncidentRow.objects.exclude(id__startswith="bench-").order_by("-learned_at").first()
    if real is None:
        raise Skipped("the demo has no incident")
    return visits(scale, lambda _: f"/incidents/{real.pk}")


@bench("page-duty-desk-p95", "ms", at=0.95)
def duty_desk(scale: Scale) -> Samples:
    """The first screen of the officer on duty."""
    return visits(scale, lambda _: "/desk")


@bench("page-incident-list-p95", "ms", at=0.95)
def incident_list(scale: Scale) -> Samples:
    """The list of incidents, page after page."""
    return visits(scale, lambda number: f"/incidents?page={number % 20 + 1}")


@bench("page-plan-library-p95", "ms", at=0.95)
def plan_library(scale: Scale) -> Samples:
    """The plan library, page after page."""
    return visits(scale, lambda number: f"/plans?page={number % 20 + 1}")
