"""What a repair changes in a published plan, as values and in words."""

from __future__ import annotations

from dataclasses import dataclass

from visitplanner.planning.plan import Group, Plan
from visitplanner.planning.words import say


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two plans: who it concerns, a stable code, and words."""

    group: str
    code: str
    text: str


def visits_changed(before: Plan, after: Plan) -> int:
    """Published visits that are not kept exactly (stop and start)."""
    kept = {g.id: set(g.visits) for g in after.groups}
    return sum(len(set(g.visits) - kept.get(g.id, set())) for g in before.groups)


def changes(before: Plan, after: Plan, language: str = "en") -> tuple[Change, ...]:
    """All differences, group by group, in words of `language`."""
    old = {g.id: g for g in before.groups}
    new = {g.id: g for g in after.groups}
    found: list[Change] = []
    for name, group in new.items():
        if name in old:
            found += _group(old[name], group, language)
        else:
            guests = ", ".join(dict.fromkeys(m.delegation for m in group.members))
            found.append(_say("new-group", language, group=name, guests=guests))
            found += _group(Group(name, group.members, (), None, (), ()), group, language)
    found += [_say("no-group", language, group=name) for name in old if name not in new]
    return tuple(found)


def _say(code: str, language: str, **values: object) -> Change:
    return Change(str(values["group"]), code, say(code, language, **values))


def _group(old: Group, new: Group, language: str) -> list[Change]:
    found = []
    name = new.id
    was = {v.stop: v.start for v in old.visits}
    now = {v.stop: v.start for v in new.visits}
    for stop, start in was.items():
        if stop not in now:
            found.append(_say("visit-dropped", language, group=name, stop=stop, start=start))
        elif now[stop] != start:
            values = {"stop": stop, "start": now[stop], "old": start}
            found.append(_say("visit-moved", language, group=name, **values))
    for stop, start in now.items():
        if stop not in was:
            found.append(_say("visit-added", language, group=name, stop=stop, start=start))
    for code, left, right in (("guest-in", new, old), ("guest-out", old, new)):
        moved = [m.delegation for m in left.members if m not in right.members]
        found += [_say(code, language, group=name, guests=guests) for guests in moved]
    if old.escort != new.escort:
        found.append(_say("escort", language, group=name, who=new.escort or "—"))
    if old.working_languages != new.working_languages and old.visits:
        spoken = ", ".join(new.working_languages)
        found.append(_say("languages", language, group=name, languages=spoken))
    before = dict(old.interpreters)
    for spoken, who in new.interpreters:
        if before.get(spoken) != who:
            found.append(_say("interpreter", language, group=name, languages=spoken, who=who))
    for spoken in new.working_languages:
        if spoken in before and spoken not in dict(new.interpreters):
            found.append(_say("interpreter", language, group=name, languages=spoken, who="—"))
    return found
