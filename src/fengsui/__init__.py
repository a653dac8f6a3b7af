"""Fengsui (烽燧): reads an emergency plan as it was written, checks it, and runs it."""

__version__ = "0.1.0"
