"""Photographs of people: taken from guests and staff, kept encrypted, the old one deleted."""

from visitplanner.exchange.photos import portrait_jpeg
from visitplanner.models import Participant, Visit
from visitplanner.services import participants
from visitplanner.services.act import Act
from visitplanner.services.pictures import commit_without
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
    old = person.photo_id
    stored = act.instance.files.save_photo(act.session, jpeg, participant.visit_id)
    person.photo_id = stored.id
    again = participants.amend(act, participant, {"photo_id"})
    act.record("person.photographed", person)
    commit_without(act, old)
    return again
