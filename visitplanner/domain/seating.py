"""Orders of flags and seats: place 1 is the host or the highest, rows as they are seen."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal, TypeVar

from visitplanner.domain.refusals import Refusal

INTERPRETER: Literal["I"] = "I"
T = TypeVar("T")


class FlagLayout(StrEnum):
    """How a row of flags is read."""

    CENTRE = "centre"
    LINE_HOST_FIRST = "line_host_first"
    LINE_HOST_IN_ALPHABET = "line_host_in_alphabet"
    LINE_HOST_AT_BOTH_ENDS = "line_host_at_both_ends"


def _outward(n: int) -> tuple[list[int], list[int]]:
    """Return the places 2, 4, 6 … and 3, 5, 7 … up to n."""
    return list(range(2, n + 1, 2)), list(range(3, n + 1, 2))


def flags_order(n: int) -> tuple[int, ...]:
    """Return places as viewed, left to right: odd n centre first, even n left of centre first.

    After article 8 of the Russian law on the flag; two flags: the host's on the left.
    n=5: (4, 2, 1, 3, 5); n=6: (5, 3, 1, 2, 4, 6).
    """
    evens, odds = _outward(n)
    if n % 2:
        return (*reversed(evens), 1, *odds)
    return (*reversed(odds), *((1,) if n else ()), *evens)


def seats_order(n: int) -> tuple[int, ...]:
    """Return places of a head table as seen from the hall: the guest of honour right of the host.

    The right of the sitters is the viewer's left, so even n differs from the flags.
    n=4: (4, 2, 1, 3); n=5: (4, 2, 1, 3, 5).
    """
    evens, odds = _outward(n)
    return (*reversed(evens), *((1,) if n else ()), *odds)


def negotiation_side(seats: int, *, interpreter: bool = True) -> tuple[int | Literal["I"], ...]:
    """Return one long side of a table of two sides, read from own left to own right.

    The head in the middle, the interpreter at the head's left, then by rank right, left,
    right … 7 seats: (5, 3, "I", 1, 2, 4, 6). Refusal("no-seat-for-interpreter") with one seat.
    """
    if interpreter and seats < 2:
        raise Refusal("no-seat-for-interpreter", seats=seats)
    evens, odds = _outward(seats - interpreter)
    middle = (INTERPRETER, 1) if interpreter else (1,) if seats else ()
    return (*reversed(odds), *middle, *evens)


def from_across(row: Sequence[T]) -> tuple[T, ...]:
    """Return a row as the other side sees it: the mirror."""
    return tuple(reversed(row))


def aisle_row(n: int) -> tuple[int, ...]:
    """Return a front row with a centre aisle, from own left to own right of those who sit.

    Place 1 is the first seat right of the aisle, 2 left of it, then outwards; the aisle lies
    before place 1. n=4: (4, 2, 1, 3).
    """
    return seats_order(n)


def clockwise(order: Sequence[T], first: T) -> tuple[T, ...]:
    """Return a round of delegations, clockwise from `first`."""
    start = order.index(first)
    return (*order[start:], *order[:start])


def arrange_flags(
    host: str,
    guests: Sequence[str],
    layout: FlagLayout = FlagLayout.CENTRE,
    *,
    alphabetical_place: int = 1,
) -> tuple[str, ...]:
    """Return the flags as viewed, left to right; `guests` in their order, without the host.

    In the alphabet the host stands at `alphabetical_place` (from 1) of the whole line.
    """
    match layout:
        case FlagLayout.CENTRE:
            ordered = (host, *guests)
            return tuple(ordered[place - 1] for place in flags_order(len(ordered)))
        case FlagLayout.LINE_HOST_FIRST:
            return (host, *guests)
        case FlagLayout.LINE_HOST_AT_BOTH_ENDS:
            return (host, *guests, host)
        case FlagLayout.LINE_HOST_IN_ALPHABET:
            place = alphabetical_place - 1
            return (*guests[:place], host, *guests[place:])


def two_flags(host: str, guest: str, *, host_on_viewers_left: bool = True) -> tuple[str, str]:
    """Return the two flags of a meeting as viewed; practice differs by country, so it is asked."""
    return (host, guest) if host_on_viewers_left else (guest, host)
