"""Photos by the hash of their file (port ``PhotoStore``): a row and a file."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from fengsui.application.photos import Photo
from fengsui.core.errors import Retryable
from fengsui.store.failures import told_plainly
from fengsui.store.models import AuditRow, PhotoRow


class DjangoPhotos:
    """``PhotoStore`` on ``PhotoRow`` and a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, photo: Photo) -> None:
        """Keep the file first: a file without a row is harmless, a row without its file is a loss."""
        self._write(photo)
        with told_plainly():
            PhotoRow.objects.bulk_create(
                [
                    PhotoRow(
                        incident_id=photo.incident_id,
                        digest=photo.digest,
                        kind=photo.kind,
                        size=len(photo.data),
                        by=photo.by,
                        at=photo.at,
                        lon=photo.lon,
                        lat=photo.lat,
                    )
                ],
                ignore_conflicts=True,
            )

    def _write(self, photo: Photo) -> None:
        place = self._place(photo.digest)
        if place.exists():
            return
        draft = place.with_name(f".{place.name}.{os.getpid()}.part")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(photo.data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
        except OSError as problem:
            draft.unlink(missing_ok=True)
            raise Retryable("photo_not_kept", detail=problem.strerror or "") from problem

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def read(self, incident_id: str, digest: str) -> Photo | None:
        """The photo; None when there is none, or it was erased."""
        with told_plainly():
            row = PhotoRow.objects.filter(
                incident_id=incident_id, digest=digest, erased_at__isnull=True
            ).first()
        if row is None:
            return None
        try:
            data = self._place(digest).read_bytes()
        except OSError:
            return None
        return Photo(
            digest=row.digest,
            incident_id=row.incident_id,
            kind=row.kind,
            data=data,
            by=row.by,
            at=row.at,
            lon=row.lon,
            lat=row.lat,
        )

    def known(self, incident_id: str, digests: Sequence[str]) -> frozenset[str]:
        """Those of ``digests`` that belong to the incident."""
        with told_plainly():
            rows = PhotoRow.objects.filter(incident_id=incident_id, digest__in=list(digests))
            return frozenset(rows.values_list("digest", flat=True))

    def erase(self, incident_id: str, digest: str, by: str) -> None:
        """Remove the file unless another incident holds the same picture; the row stays, with the audit."""
        with told_plainly(), transaction.atomic():
            rows = PhotoRow.objects.filter(digest=digest, erased_at__isnull=True)
            if not rows.filter(incident_id=incident_id).update(erased_at=timezone.now(), lon=None, lat=None):
                return
            change = json.dumps({"erased": digest})
            AuditRow.objects.create(by=by, register="photo", key=digest, change=change)
            if not rows.exists():
                # Only when the record of it stands as well: a file cannot be brought back.
                transaction.on_commit(lambda: self._place(digest).unlink(missing_ok=True))
