"""How ready a delegation is: six stages, each so many of so many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from visitplanner.domain import accreditation
from visitplanner.domain.accreditation import printable_statuses
from visitplanner.domain.delegations import Member

StageKey = Literal["list", "forms", "photo", "approved", "badges", "group"]
STAGES: tuple[StageKey, ...] = ("list", "forms", "photo", "approved", "badges", "group")
Progress = Literal["none", "part", "full", "not-needed"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One column of the readiness matrix: `done` of `of`; late when its date has passed."""

    key: StageKey
    done: int
    of: int
    late: bool = False

    @property
    def progress(self) -> Progress:
        """none, part, full; not-needed where there is nobody to count."""
        if self.of == 0:
            return "not-needed"
        if self.done >= self.of:
            return "full"
        return "part" if self.done else "none"


@dataclass(frozen=True, slots=True)
class ReadinessRules:
    """What a visit counts; `due` gives the deadline of a stage."""

    photo_required: bool = False
    clearance_required: bool = False
    due: Mapping[StageKey, datetime] = field(default_factory=dict)


def readiness(
    members: Iterable[Member], expected: int, rules: ReadinessRules, now: datetime
) -> tuple[Stage, ...]:
    """Return the six stages of a delegation.

    `expected` is how many persons the mission announced (its quota if it said nothing); with
    more on the list the list is full. A stage is late when its date is past and it is not full.
    """
    active = [member for member in members if member.active]
    asked = accreditation.Rules(clearance_required=rules.clearance_required)
    printable = printable_statuses(asked)
    named = len(active)
    forms = photos = approved = badges = grouped = 0
    for member in active:  # one pass: a matrix has thousands of people
        forms += member.complete
        photos += member.photo
        approved += member.standing.status in printable
        badges += member.standing.badge_issued
        grouped += member.grouped
    counts: Mapping[StageKey, tuple[int, int]] = {
        "list": (named, max(expected, named)),
        "forms": (forms, named),
        "photo": (photos, named if rules.photo_required else 0),
        "approved": (approved, named),
        "badges": (badges, named),
        "group": (grouped, named),
    }
    stages = []
    for key, (done, of) in counts.items():
        due = rules.due.get(key)
        past = due is not None and now > due
        unmet = done < of or (key != "photo" and of == 0)
        stages.append(Stage(key, done, of, late=past and unmet))
    return tuple(stages)


def is_ready(stages: Iterable[Stage]) -> bool:
    """Say whether every stage that is needed is full, and somebody is on the list."""
    known = tuple(stages)
    listed = any(stage.key == "list" and stage.done for stage in known)
    return listed and all(stage.progress in {"full", "not-needed"} for stage in known)
