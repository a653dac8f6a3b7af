"""Adapters: one outside thing per module, behind a port of the application."""
