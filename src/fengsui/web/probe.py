"""Requests through every layer but the network, for measuring: ``page_requests`` gives them by name."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.test import Client


def page_requests(username: str, incident_id: str) -> dict[str, Callable[[], int]]:
    """Functions that ask for one page each as ``username`` and return the size of the answer in bytes.

    Uses the configured database in this process; ``incident_id`` names the room. Raises AssertionError
    when a page does not answer 200.
    """
    browser = Client(headers={"host": "localhost"})
    account = get_user_model().objects.get(username=username)
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    def request(path: str) -> Callable[[], int]:
        def ask() -> int:
            answer = browser.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            return len(answer.content)

        return ask

    paths = {
        "desk": "/desk",
        "incident_room": f"/incidents/{incident_id}",
        "incident_room_parts": f"/incidents/{incident_id}/parts",
        "incident_list": "/incidents",
        "incident_search": "/incidents?q=%E4%BA%8B%E6%95%85",
        "plan_list": "/plans",
        "plan_search": "/plans?q=%E9%A2%84%E6%A1%88",
        "approvals": "/approvals",
        "tasks": "/tasks",
    }
    return {name: request(path) for name, path in paths.items()}
