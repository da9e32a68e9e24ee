"""Arms and logos of organisations: taken from staff, one for all visits, the old one deleted."""

from collections.abc import Iterable

from visitplanner.domain.refusals import NotFound
from visitplanner.exchange.photos import logo_png
from visitplanner.models import Organisation, StoredFile
from visitplanner.queries.organisations import is_announced
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance
from visitplanner.services.pictures import commit_without


def put_logo(act: Act, row: Organisation, content: bytes) -> None:
    """Make this the organisation's picture in every visit. Commits.

    Raises what `exchange.photos.logo_png` raises; Stale when two put one in at once.
    """
    key = row.id
    act.session.rollback()  # the database waits for nobody's picture
    png = logo_png(content)
    row = act.get(Organisation, key)
    stored = act.instance.files.save(
        act.session, png, kind="logo", media_type="image/png", name=f"{row.code}.png"
    )
    act.session.flush()
    _change(act, row, stored, "organisation.logo_set")


def drop_logo(act: Act, row: Organisation) -> None:
    """Take the organisation's picture away, if it has one. Commits."""
    if row.logo_id:
        _change(act, row, None, "organisation.logo_dropped")


def _change(act: Act, row: Organisation, new: StoredFile | None, action: str) -> None:
    old = row.logo_id
    row.logo_id = new.id if new is not None else None
    act.record(action, row)
    commit_without(act, old)


def logo_of(act: Act, row: Organisation) -> tuple[bytes, str]:
    """The picture and its media type; NotFound when there is none."""
    return act.instance.files.picture(act.session, row.logo_id)


def announced_logo(act: Act, organisation_id: str) -> tuple[bytes, str]:
    """As `logo_of`, of an organiser of a visit on the public page; NotFound of any other."""
    row = act.get(Organisation, organisation_id)
    if not is_announced(act.session, row.id):
        raise NotFound("not-found")
    return logo_of(act, row)


def contents(instance: Instance, file_ids: Iterable[str]) -> dict[str, bytes]:
    """The pictures by their files' ids, in a short session of its own; what is gone is left out."""
    found = {}
    with instance.session(writing=False) as session:
        for key in file_ids:
            try:
                found[key] = instance.files.picture(session, key)[0]
            except NotFound:
                continue
    return found
