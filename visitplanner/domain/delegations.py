"""Delegations: who counts to the quota, the order of members, replacement in a slot."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from visitplanner.domain import accreditation
from visitplanner.domain.accreditation import Action, Decision, Standing, Status
from visitplanner.domain.refusals import Refusal

T = TypeVar("T")
OUT_OF_LIST = frozenset({Status.REFUSED, Status.WITHDRAWN})
KEPT = ("function", "position", "category", "group", "seat", "vehicle")
RESET = (
    "status",
    "submitted_at",
    "decided_at",
    "return_note",
    "badge",
    "arrival",
    "photo",
    "consent",
    "document",
)


@dataclass(frozen=True, slots=True)
class Member:
    """One slot of a delegation as the counts need it."""

    standing: Standing
    function: str = "member"
    counts_to_quota: bool = True
    complete: bool = False
    photo: bool = False
    grouped: bool = False

    @property
    def active(self) -> bool:
        """On the list: neither refused nor withdrawn."""
        return self.standing.status not in OUT_OF_LIST


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """How a quota is used; interpreters, drivers and guards may be exempt by category."""

    quota: int
    taken: int
    exempt: int

    @property
    def free(self) -> int:
        """Places left, never below zero."""
        return max(0, self.quota - self.taken)

    @property
    def over(self) -> int:
        """Persons above a quota that was reduced after they were named (protocol 8, case 66)."""
        return max(0, self.taken - self.quota)


def quota_use(members: Iterable[Member], quota: int) -> QuotaUse:
    """Count who uses the quota; the refused and the withdrawn give their place back."""
    active = [member for member in members if member.active]
    taken = sum(member.counts_to_quota for member in active)
    return QuotaUse(quota, taken, len(active) - taken)


def require_place(use: QuotaUse, *, counts_to_quota: bool = True) -> None:
    """Refuse("quota-full") one more person who needs a place of the quota."""
    if counts_to_quota and use.free == 0:
        raise Refusal("quota-full", quota=use.quota, taken=use.taken)


def warnings(members: Iterable[Member], quota: int) -> tuple[str, ...]:
    """Return the word keys of what looks wrong: empty-list, no-head, two-heads, over-quota."""
    named = heads = taken = 0
    for member in members:
        if member.active:
            named += 1
            heads += member.function == "head"
            taken += member.counts_to_quota
    found = {
        "empty-list": named == 0,
        "no-head": named > 0 and heads == 0,
        "two-heads": heads > 1,
        "over-quota": taken > quota,
    }
    return tuple(key for key, wrong in found.items() if wrong)


def moved(order: Sequence[T], item: T, to: int) -> tuple[T, ...]:
    """Return `order` with `item` at place `to` (from 1, clamped); the others close up.

    The order of members is the mission's own (Vienna Convention 1961, article 17).
    """
    rest = [other for other in order if other != item]
    place = min(max(to, 1), len(rest) + 1) - 1
    return (*rest[:place], item, *rest[place:])


@dataclass(frozen=True, slots=True)
class Replacement:
    """What replacing the occupant of a slot does: the decision, what stays, what starts anew."""

    decision: Decision
    kept: tuple[str, ...]
    reset: tuple[str, ...]
    recuts_precedence: bool


def replace_occupant(
    member: Member,
    *,
    rules: accreditation.Rules,
    held: Collection[str] = (),
    guest: bool = False,
) -> Replacement:
    """Decide on putting another person into a slot; also at 08:50 on the day (case 20).

    The slot keeps its place, group, seat and car; the newcomer starts as a draft and the old
    badge dies. Somebody who has arrived cannot be replaced (Refusal already-arrived).
    """
    decision = accreditation.decide(
        member.standing, Action.REPLACE, rules=rules, held=held, guest=guest
    )
    return Replacement(decision, KEPT, RESET, recuts_precedence=member.function == "head")
