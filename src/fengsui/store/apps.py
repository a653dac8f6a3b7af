"""The store as a Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Label ``store``: the name used in table names and in ``AUTH_USER_MODEL``."""

    name = "fengsui.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
