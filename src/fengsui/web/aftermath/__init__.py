"""Screens of the end of a response and what comes after."""
