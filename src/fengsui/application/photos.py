"""Photos of what was done: kept beside the stream by the hash of their file, which the event names.

A photo may be erased when the rules ask for it; the chain does not break, because it holds the hash alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from fengsui.application.access import Action, require
from fengsui.application.commit import Outcome, change, load
from fengsui.application.desk import Actor, Desk
from fengsui.application.directives import DoneReport, finish_directive
from fengsui.core.errors import InputError
from fengsui.core.response.decisions import photos as decisions
from fengsui.core.response.decisions.replies import MOST_PHOTOS


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo ready to be kept; ``digest`` is the SHA-256 of ``data``."""

    digest: str
    incident_id: str
    kind: str
    data: bytes
    by: str
    at: datetime
    lon: float | None = None
    lat: float | None = None


class PhotoStore(Protocol):
    """Photos by the hash of their file."""

    def keep(self, photo: Photo) -> None:
        """Keep it; the same photo of the same incident twice is one."""
        ...

    def read(self, incident_id: str, digest: str) -> Photo | None:
        """The photo; None when there is none, or it was erased."""
        ...

    def known(self, incident_id: str, digests: Sequence[str]) -> frozenset[str]:
        """Those of ``digests`` that belong to the incident, erased or not."""
        ...

    def erase(self, incident_id: str, digest: str, by: str) -> None:
        """Remove the file for good; that there was one stays, and the audit says who removed it."""
        ...


Clean = Callable[[bytes, str], tuple[str, bytes]]
"""Kind and bytes of a photo without what the camera wrote in, from its bytes and name. Raises InputError."""


@dataclass(frozen=True, slots=True)
class PhotoDesk:
    """What it takes to keep photos."""

    desk: Desk
    store: PhotoStore
    clean: Clean


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    data: bytes


def keep_photo(
    photos: PhotoDesk,
    actor: Actor,
    incident_id: str,
    upload: Upload,
    *,
    lon: float | None = None,
    lat: float | None = None,
) -> str:
    """Keep one photo of an incident; its hash, by which an event may name it."""
    require(actor, Action.ANSWER_DIRECTIVE)
    load(photos.desk, incident_id)
    kind, data = photos.clean(upload.data, upload.name)
    digest = hashlib.sha256(data).hexdigest()
    now = photos.desk.clock.now()
    photos.store.keep(
        Photo(
            digest=digest,
            incident_id=incident_id,
            kind=kind,
            data=data,
            by=actor.post_id,
            at=now,
            lon=lon,
            lat=lat,
        )
    )
    return digest


def finish_with_photos(
    photos: PhotoDesk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    report: DoneReport,
    uploads: Sequence[Upload],
    *,
    command_id: str | None = None,
) -> Outcome:
    """Report an order done with photos, all or nothing. Sent twice, it counts once."""
    if len(uploads) + len(report.photos) > MOST_PHOTOS:
        raise InputError("too_many_photos", most=MOST_PHOTOS)
    with photos.desk.transactions.begin():
        missing = set(report.photos) - photos.store.known(incident_id, report.photos)
        if missing:
            raise InputError("photo_unknown", photo=min(missing))
        fresh = [
            keep_photo(photos, actor, incident_id, upload, lon=report.lon, lat=report.lat)
            for upload in uploads
        ]
        given = replace(report, photos=tuple(dict.fromkeys((*report.photos, *fresh))))
        return finish_directive(photos.desk, actor, incident_id, directive_id, given, command_id=command_id)


def see_photo(photos: PhotoDesk, actor: Actor, incident_id: str, digest: str) -> Photo:
    """A photo, for a post that may see the incident. Raises InputError("photo_unknown")."""
    place = load(photos.desk, incident_id).opened.place_code
    require(actor, Action.SEE_INCIDENT, place)
    found = photos.store.read(incident_id, digest)
    if found is None:
        raise InputError("photo_unknown", photo=digest)
    return found


def erase_photo(
    photos: PhotoDesk,
    actor: Actor,
    incident_id: str,
    digest: str,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Remove the file of a photo for good, with the reason in the log, whose hash of it stays."""
    with photos.desk.transactions.begin():
        outcome = change(
            photos.desk,
            actor,
            incident_id,
            Action.ERASE_PHOTO,
            lambda scene: decisions.erase(digest, reason, scene),
            command_id=command_id,
        )
        photos.store.erase(incident_id, digest, actor.post_id)
        return outcome
