"""Photographs of people: taken from guests and staff, kept encrypted, the old one deleted."""

from visitplanner.exchange.photos import portrait_jpeg
from visitplanner.models import Participant, StoredFile, Visit
from visitplanner.services import participants
from visitplanner.services.act import Act
from visitplanner.services.registration import require_editable


def put_photo(act: Act, participant: Participant, content: bytes) -> bool:
    """Make this the occupant's photograph; whether a decision has to be taken anew. Commits.

    Raises what `exchange.photos.portrait_jpeg` raises, registration-closed, off-the-list,
    already-arrived.
    """
    participants.open_for(act, act.session.get_one(Visit, participant.visit_id))
    require_editable(participant)
    act.session.rollback()  # the database waits for nobody's picture
    jpeg = portrait_jpeg(content)
    require_editable(participant)
    person = participant.person
    old = act.session.get(StoredFile, person.photo_id) if person.photo_id else None
    stored = act.instance.files.save(
        act.session,
        jpeg,
        kind="photo",
        media_type="image/jpeg",
        visit_id=participant.visit_id,
        encrypted=True,
    )
    act.session.flush()
    person.photo_id = stored.id
    again = participants.amend(act, participant, {"photo_id"})
    act.record("person.photographed", person)
    gone = old.path if old is not None else ""
    if old is not None:
        act.session.flush()
        act.session.delete(old)
    act.commit()
    if gone:
        act.instance.files.remove(gone)
    return again
