"""Addresses of the library: list, import, what a plan says of itself."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.plans import imports, library, metadata

patterns: list[URLPattern] = [
    path("plans", library.library, name="plans"),
    path("plans/import", imports.import_document, name="import"),
    path("plans/imports", imports.start, name="import-start"),
    path("plans/imports/<str:batch_id>", imports.batch, name="import-batch"),
    path("plans/imports/<str:batch_id>/part", imports.batch_part, name="import-part"),
    path("plans/imports/<str:batch_id>/files", imports.add_file, name="import-files"),
    path("plans/imports/<str:batch_id>/retry", imports.retry, name="import-retry"),
    path("plans/<str:draft_id>/metadata", metadata.metadata, name="plan-metadata"),
    path("plans/<str:draft_id>/filing", metadata.filed, name="plan-filing"),
    path("plans/<str:draft_id>/own", metadata.own_plan, name="plan-own"),
]
