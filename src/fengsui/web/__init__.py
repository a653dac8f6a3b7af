"""The Django project: screens, JSON API, live updates."""
