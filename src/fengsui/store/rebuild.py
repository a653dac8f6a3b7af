"""What is derived from documents and drafts, made anew: the index over clauses, the figures of statistics."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from fengsui.store import clauses, figures
from fengsui.store.failures import told_plainly
from fengsui.store.library import DjangoLibrary
from fengsui.store.models import Document


def rebuild() -> Iterator[tuple[int, int]]:
    """Every document, each in a transaction of its own; yields (done, of how many)."""
    library = DjangoLibrary()
    with told_plainly():
        ids = list(Document.objects.order_by("stored_at", "id").values_list("id", flat=True))
        for done, document_id in enumerate(ids, 1):
            with transaction.atomic():
                clauses.index(document_id, library.document_lines(document_id))
                figures.keep(library.drafts_of(document_id))
            yield done, len(ids)
