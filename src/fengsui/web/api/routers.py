"""Everything that the API can do, by part; urls.py mounts ``api``."""

from __future__ import annotations

from fengsui.web.api import aftermath as aftermath_api
from fengsui.web.api import (
    calls,
    deciding,
    decisions,
    directives,
    dispatch,
    incidents,
    notify,
    peers,
    people,
    photos,
    privacy,
    reporting,
    roster,
    watch,
)
from fengsui.web.api import release as release_api
from fengsui.web.api.door import make

api = make()
api.add_router("", incidents.router)
api.add_router("", decisions.router)
api.add_router("", directives.router)
api.add_router("", calls.router)
api.add_router("", release_api.router)
api.add_router("", roster.router)
api.add_router("", watch.router)
api.add_router("", reporting.router)
api.add_router("", peers.router)
api.add_router("", dispatch.router)
api.add_router("", photos.router)
api.add_router("", people.router)
api.add_router("", privacy.router)
api.add_router("", deciding.router)
api.add_router("", notify.router)
api.add_router("", aftermath_api.router)
