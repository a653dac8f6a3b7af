"""Many small sets at once: one byte a ladder, all ladders in one long int.

A set of levels (``component``: bit 0 none, then V … I) is a byte; the sets of all ladders lie side by side
in one int, so that "or" over thousands of ladders is one operation. Two sums are kept: the union of the
sets, and the staircase of their least members (every bit up to the least), whose union is the staircase
of the greatest least: facts vary independently, so the grade is the greatest of the least.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# The staircase of a set: all bits up to its least member, nothing for nothing. Bit 7 stays free, so that a
# shift by one never reaches the set of a neighbour.
_STAIRS = bytes((((item & -item) << 1) - 1) & 0x7F if item else 0 for item in range(256))


@dataclass(frozen=True, slots=True)
class Lanes:
    """Union of sets and union of staircases, a byte each for every ladder."""

    union: int = 0
    stairs: int = 0

    def __or__(self, other: Lanes) -> Lanes:
        return Lanes(self.union | other.union, self.stairs | other.stairs)


def lanes_of(union: int, count: int) -> Lanes:
    """Lanes of ``count`` ladders from one set each (0: the fact says nothing of that ladder)."""
    stairs = union.to_bytes(count, "little").translate(_STAIRS)
    return Lanes(union, int.from_bytes(stairs, "little"))


def join(parts: Iterable[Lanes]) -> Lanes:
    """All of ``parts`` together."""
    union = stairs = 0
    for part in parts:
        union |= part.union
        stairs |= part.stairs
    return Lanes(union, stairs)


def outcomes(lanes: Lanes, count: int) -> bytes:
    """For every ladder the levels that can be highest: those of the union not below the greatest least."""
    floor = (1 << (8 * count)) // 255  # bit 0 of every byte: a ladder that nothing touches reaches none
    stairs = lanes.stairs | floor
    return ((lanes.union | stairs) & ~(stairs >> 1)).to_bytes(count, "little")


def spread(values: Iterable[tuple[int, int]], count: int) -> int:
    """An int with each ``value`` in the byte of its ladder; values of one ladder are united by "or"."""
    room = bytearray(count)
    for ladder, value in values:
        room[ladder] |= value
    return int.from_bytes(room, "little")
