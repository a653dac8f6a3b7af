"""Addresses of the administration of people."""

from __future__ import annotations

from django.urls import URLPattern, path

from fengsui.web.people import admin, contacts, sealed

patterns: list[URLPattern] = [
    path("people", admin.posts, name="people"),
    path("people/add", admin.add, name="people-add"),
    path("people/accounts", admin.people, name="people-accounts"),
    path("people/contacts", contacts.take_in, name="people-contacts"),
    path("people/contacts.xlsx", contacts.form, name="people-contacts-form"),
    path("people/changes", admin.changes, name="people-changes"),
    path("people/changes/<str:request_id>", admin.decide, name="people-decide"),
    path("people/reads", admin.reads, name="reads"),
    path("people/sealed", sealed.sealed, name="sealed"),
    path("people/sealed/ask", sealed.ask, name="unseal-ask"),
    path("people/sealed/<str:unseal_id>", sealed.decide, name="unseal-decide"),
    path("people/sealed/<str:unseal_id>/read", sealed.read, name="unseal-read"),
    path("people/posts/<str:post_id>", admin.post, name="people-post"),
    path("people/posts/<str:post_id>/change", admin.change_post, name="people-post-change"),
    path("people/persons/<str:person_id>", admin.person, name="people-person"),
    path("people/persons/<str:person_id>/change", admin.change_person, name="people-person-change"),
]
