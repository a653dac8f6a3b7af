"""Addresses of command and dispatch."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.dispatch import board, directive, photos, scene, staffing, tasks

patterns: list[URLPattern] = [
    path("tasks", tasks.mine, name="tasks"),
    path("sw.js", tasks.worker, name="worker"),
    path("incidents/<str:incident_id>/board", board.board, name="board"),
    path("incidents/<str:incident_id>/board/parts", board.board_parts, name="board-parts"),
    path("incidents/<str:incident_id>/units/<str:unit_id>", board.unit_page, name="unit-page"),
    path("incidents/<str:incident_id>/directives/new", directive.issue, name="issue"),
    path("incidents/<str:incident_id>/directives/<str:directive_id>", directive.directive, name="directive"),
    path("incidents/<str:incident_id>/command", staffing.staffing, name="staffing"),
    path("incidents/<str:incident_id>/command/assign", staffing.assign, name="staffing-assign"),
    path("incidents/<str:incident_id>/scene", scene.scene, name="scene"),
    path("incidents/<str:incident_id>/scene/parts", scene.scene_parts, name="scene-parts"),
    path("incidents/<str:incident_id>/scene/do", scene.act, name="scene-do"),
    path("incidents/<str:incident_id>/scene/checkins/<str:checkin_id>", scene.contact, name="scene-contact"),
    path("incidents/<str:incident_id>/photos/<str:digest>", photos.photo, name="photo"),
    path("incidents/<str:incident_id>/photos/<str:digest>/erase", photos.erase, name="photo-erase"),
]
