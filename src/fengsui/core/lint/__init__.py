"""Checking a plan (查错): faults found before the night the plan is needed.

``finding``  what a rule is, what it found (``Hit``) and what is reported (``Finding``).
``registry`` the decorator ``@rule(...)`` and the list of all rules; ``rules`` has one module per family.
``context``  what a rule may look at: one plan as read, its outline, its doubts, its lines.
``run``      all chosen rules over one plan; a rule that fails is reported and stops no other.
"""
