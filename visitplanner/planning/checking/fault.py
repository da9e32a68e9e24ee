"""What the checker reports: a broken rule, whom it hits, when, and in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a plan.

    `rule` is "H1" … "H12" (the hard rules of the format), "score" (a figure of the plan file that
    does not follow from its groups) or "format". `who` is the id of a group, delegation, stop,
    speaker or person on duty, or the path of a field. `when` is the minute from the start of the
    tour, None where the fault has no moment. `text` is an English sentence. `where` is the id of
    the stop it happens at, empty where it has none.
    """

    rule: str
    who: str
    when: int | None
    text: str
    where: str = ""
