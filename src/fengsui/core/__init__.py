"""The core (核心): pure rules on immutable values.

No clock, no file, no database, no chance: whatever depends on the outside is an argument.
"""
