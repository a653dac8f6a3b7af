"""When a row may be taken by a runner: nobody holds it, and no pause runs, also after the clock went back.

A lease and a pause are short. One that ends further ahead than any is ever given was written before somebody
set the clock back; waiting for it would leave a deadline or a message lying for as long as it went back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

LONGEST_LEASE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(minutes=30)


def free(now: datetime) -> Q:
    """Rows that no runner holds."""
    return Q(leased_until__isnull=True) | Q(leased_until__lte=now) | Q(leased_until__gt=now + LONGEST_LEASE)


def rested(now: datetime) -> Q:
    """Rows to be tried again by now."""
    return Q(again_at__isnull=True) | Q(again_at__lte=now) | Q(again_at__gt=now + LONGEST_PAUSE)
