"""Keeping the speakers: profiles, photographs, their order, who is absent, talks in items."""

from collections.abc import Mapping
from typing import Any

from visitplanner.domain.refusals import Refusal
from visitplanner.exchange.photos import portrait_jpeg
from visitplanner.models import AgendaItem, Organisation, Speaker, Talk, Visit
from visitplanner.queries.day import speakers
from visitplanner.services.act import Act, check_version
from visitplanner.services.pictures import commit_without
from visitplanner.services.texts import put

FIELDS = (
    "name", "honorific", "position_held", "organisation_id", "about", "language", "email", "phone",
    "absent",
)  # fmt: skip
TALK_FIELDS = ("title", "language", "minutes", "position")


def save_speaker(
    act: Act,
    visit: Visit,
    row: Speaker | None,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
) -> Speaker:
    """Add or change a speaker. Raises Stale, NotFound for an unknown organisation."""
    if values["organisation_id"]:
        act.get(Organisation, values["organisation_id"])
    if row is None:
        last = max((one.position for one in speakers(act.session, visit.id)), default=-1)
        row = Speaker(visit_id=visit.id, position=last + 1)
    else:
        check_version(row, version)
    for name in FIELDS:
        put(row, name, values[name])
    act.record("speaker.saved", row)
    act.commit()
    return row


def set_absent(act: Act, row: Speaker, *, absent: bool, version: int | None = None) -> None:
    """Say that a speaker does not come, or comes after all; the others close up. Raises Stale."""
    check_version(row, version)
    row.absent = absent
    act.record("speaker.absent" if absent else "speaker.present", row)
    act.commit()


def move_speaker(act: Act, visit: Visit, row: Speaker, step: int) -> None:
    """Change places with the one before (-1) or after (+1); at the end nothing happens."""
    known = speakers(act.session, visit.id)
    at = known.index(row)
    to = at + step
    if not 0 <= to < len(known):
        return
    known[at], known[to] = known[to], known[at]
    for number, one in enumerate(known):
        if one.position != number:
            one.position = number
    act.record("speaker.moved", row)
    act.commit()


def remove_speaker(act: Act, row: Speaker, *, version: int | None = None) -> None:
    """Take a speaker out. Raises Stale, Refusal("speaker-has-talks")."""
    check_version(row, version)
    if row.talks:
        raise Refusal("speaker-has-talks")
    act.record("speaker.removed", row, before={"name": row.name}, after={})
    old = row.photo_id
    act.session.delete(row)
    commit_without(act, old)


def put_photo(act: Act, row: Speaker, content: bytes) -> None:
    """Make this the speaker's photograph; raises what `exchange.photos.portrait_jpeg` raises."""
    key, visit_id = row.id, row.visit_id
    act.session.rollback()  # the database waits for nobody's picture
    jpeg = portrait_jpeg(content)
    row = act.get(Speaker, key, visit_id=visit_id)
    old = row.photo_id
    row.photo_id = act.instance.files.save_photo(act.session, jpeg, visit_id).id
    act.record("speaker.photographed", row)
    commit_without(act, old)


def photo_of(act: Act, row: Speaker) -> tuple[bytes, str]:
    """The photograph and its media type; NotFound when there is none."""
    return act.instance.files.picture(act.session, row.photo_id)


def add_talk(
    act: Act, visit: Visit, item_id: str, speaker_id: str, values: Mapping[str, Any]
) -> Talk:
    """Let a speaker speak in an item, last when no place is given.

    Raises NotFound, Refusal("speaks-already", field="speaker_id").
    """
    item = act.get(AgendaItem, item_id, visit_id=visit.id)
    speaker = act.get(Speaker, speaker_id, visit_id=visit.id)
    if any(one.speaker_id == speaker.id for one in item.talks):
        raise Refusal("speaks-already", field="speaker_id")
    row = Talk(visit_id=visit.id, item_id=item.id, speaker_id=speaker.id)
    for name in TALK_FIELDS:
        put(row, name, values[name])
    if not row.position:
        row.position = max((one.position for one in item.talks), default=0) + 1
    act.record("talk.added", row)
    act.commit()
    return row


def change_talk(
    act: Act, row: Talk, values: Mapping[str, Any], *, version: int | None = None
) -> None:
    """Change a talk. Raises Stale."""
    check_version(row, version)
    for name in TALK_FIELDS:
        put(row, name, values[name])
    row.position = row.position or 1
    act.record("talk.changed", row)
    act.commit()


def remove_talk(act: Act, row: Talk, *, version: int | None = None) -> None:
    """Take a talk out of its item. Raises Stale."""
    check_version(row, version)
    act.record("talk.removed", row, before={"title": row.title}, after={})
    act.session.delete(row)
    act.commit()
