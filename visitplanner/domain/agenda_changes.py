"""What follows when an item of the agenda is late, longer, shorter or interpreted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from visitplanner.domain.agenda import Interpretation, Item, in_time, whole_minutes
from visitplanner.domain.refusals import NotFound, Refusal


@dataclass(frozen=True, slots=True)
class Retimed:
    """A plan after a change: all items in order, who moved by how much, fixed ones run into."""

    items: tuple[Item, ...]
    moved: Mapping[str, int]
    run_into: tuple[str, ...]


def retimed(
    items: Iterable[Item],
    changed: str,
    *,
    minutes: int | None = None,
    interpretation: Interpretation | None = None,
    late_by: int = 0,
    absorb_gaps: bool = False,
) -> Retimed:
    """Return the plan after one item got longer or shorter, another interpretation, or is late.

    Everything that starts at or after its old end moves by the difference; with `absorb_gaps`
    empty time soaks a delay up. A fixed item stays: what was to run into it is reported, and
    what follows it keeps its time. NotFound("no-such-item"), Refusal("negative-minutes").
    """
    known = in_time(items)
    before = next((item for item in known if item.id == changed), None)
    if before is None:
        raise NotFound("no-such-item", id=changed)
    after = replace(
        before,
        starts_at=before.starts_at + timedelta(minutes=late_by),
        minutes=before.minutes if minutes is None else minutes,
        interpretation=interpretation or before.interpretation,
    )
    if after.minutes < 0:
        raise Refusal("negative-minutes", field="minutes")
    delay = whole_minutes(after.ends_at - before.ends_at)
    others = [item for item in known if item.id != changed]
    followers = [item for item in others if item.starts_at >= before.ends_at]
    moves, run_into = _follow(before, followers, delay, absorb_gaps=absorb_gaps)
    placed = [
        replace(item, starts_at=item.starts_at + timedelta(minutes=moves.get(item.id, 0)))
        for item in others
    ]
    if late_by:
        moves[changed] = late_by
    return Retimed(in_time([*placed, after]), moves, run_into)


def _follow(
    before: Item, followers: Sequence[Item], delay: int, *, absorb_gaps: bool
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return by how many minutes each follower moves, and the fixed items that are run into."""
    moves: dict[str, int] = {}
    run_into: list[str] = []
    front = before.ends_at
    for item in followers:
        gap = max(0, whole_minutes(item.starts_at - front))
        if item.fixed:
            if delay > gap:
                run_into.append(item.id)
            delay = 0
        elif absorb_gaps and delay > 0:
            delay = max(0, delay - gap)
        if delay:
            moves[item.id] = delay
        front = max(front, item.ends_at)
    return moves, tuple(run_into)
