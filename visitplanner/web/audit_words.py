"""The audit trail in words: what was done, and which value became which."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext

from visitplanner.web.audit_columns import MORE_COLUMNS, SILENT
from visitplanner.web.moments import moment
from visitplanner.web.words import (
    CHANNELS,
    FUNCTIONS,
    NAME_ORDERS,
    REPLIES,
    STATUSES,
    rank_name,
)

ACTIONS: dict[str, object] = {
    "invitation.added": lazy_gettext("invited"),
    "invitation.changed": lazy_gettext("invitation changed"),
    "invitation.answered": lazy_gettext("reply recorded"),
    "invitation.sent": lazy_gettext("note sent"),
    "delegation.added": lazy_gettext("delegation opened"),
    "delegation.changed": lazy_gettext("delegation changed"),
    "delegation.quota_changed": lazy_gettext("quota changed"),
    "delegation.curator_changed": lazy_gettext("curator changed"),
    "delegation.withdrawn": lazy_gettext("delegation withdrawn"),
    "delegation.reinstated": lazy_gettext("delegation reinstated"),
    "delegation.reordered": lazy_gettext("order of the list changed"),
    "delegation.reminded": lazy_gettext("reminded"),
    "participant.added": lazy_gettext("put on the list"),
    "participant.changed": lazy_gettext("place on the list changed"),
    "participant.submitted": lazy_gettext("form handed in"),
    "participant.recalled": lazy_gettext("form taken back"),
    "participant.withdrawn": lazy_gettext("withdrawn"),
    "participant.reinstated": lazy_gettext("back on the list"),
    "participant.approve": lazy_gettext("approved by protocol"),
    "participant.return": lazy_gettext("returned with a note"),
    "participant.refuse": lazy_gettext("refused by protocol"),
    "participant.clear": lazy_gettext("cleared by security"),
    "participant.unclear": lazy_gettext("clearance taken back"),
    "participant.reopen": lazy_gettext("decision taken back"),
    "participant.arrived": lazy_gettext("arrival noted"),
    "participant.arrival-undone": lazy_gettext("arrival taken back"),
    "participant.replaced": lazy_gettext("person replaced"),
    "participant.grouped": lazy_gettext("group changed"),
    "person.written": lazy_gettext("person entered"),
    "person.changed": lazy_gettext("person changed"),
    "person.photographed": lazy_gettext("photograph changed"),
    "badge.revoked": lazy_gettext("badge revoked"),
    "consent.recorded": lazy_gettext("consent recorded"),
    "consent.withdrawn": lazy_gettext("consent taken back"),
    "link.issued": lazy_gettext("link issued"),
    "link.revoked": lazy_gettext("link revoked"),
    "link.opened": lazy_gettext("link opened"),
    "mail.written": lazy_gettext("letter written"),
    "mission.added": lazy_gettext("mission entered"),
    "mission.changed": lazy_gettext("mission changed"),
    "visit.added": lazy_gettext("visit made"),
    "visit.changed": lazy_gettext("visit changed"),
    "deadline.set": lazy_gettext("date set"),
    "deadline.dropped": lazy_gettext("date dropped"),
    "organisation.added": lazy_gettext("organisation entered"),
    "organisation.changed": lazy_gettext("organisation changed"),
    "organisation.logo_set": lazy_gettext("arms or logo put in"),
    "organisation.logo_dropped": lazy_gettext("arms or logo removed"),
    "organisation.reordered": lazy_gettext("order of an organisation changed"),
    "part.set": lazy_gettext("part of an organisation set"),
    "part.dropped": lazy_gettext("organisation taken out"),
    "category.changed": lazy_gettext("category changed"),
    "state.worded": lazy_gettext("State worded otherwise"),
    "state.unworded": lazy_gettext("State shown as usual again"),
    "zone.set": lazy_gettext("zone set"),
    "badge.issued": lazy_gettext("badge issued"),
    "badge.reprinted": lazy_gettext("badge reprinted"),
    "badges.printed": lazy_gettext("badges printed"),
    "paper.printed": lazy_gettext("paper printed"),
    "job.asked": lazy_gettext("work asked for"),
    "job.asked_again": lazy_gettext("work asked for again"),
    "job.cancelled": lazy_gettext("work cancelled"),
    "group.added": lazy_gettext("group made"),
    "group.saved": lazy_gettext("group changed"),
    "stop.saved": lazy_gettext("stop changed"),
    "stop.removed": lazy_gettext("stop removed"),
    "site.added": lazy_gettext("site added"),
    "tour.applied": lazy_gettext("tour plan applied"),
    "tour.planned": lazy_gettext("tour planned"),
    "tour.plan_asked": lazy_gettext("tour plan asked for"),
    "tour.rules_saved": lazy_gettext("rules of the tour changed"),
    "tour.walking_saved": lazy_gettext("walking times changed"),
    "scan.stored": lazy_gettext("scan stored"),
    "checkpoint.added": lazy_gettext("checkpoint added"),
    "checkpoint.changed": lazy_gettext("checkpoint changed"),
    "signing_key.made": lazy_gettext("signing key made"),
    "signing_key.prolonged": lazy_gettext("signing key prolonged"),
    "role.granted": lazy_gettext("role given"),
    "role.revoked": lazy_gettext("role taken back"),
    "mail.tried_again": lazy_gettext("letter tried again"),
    "token.made": lazy_gettext("token made"),
}
"""Rooms add their own with `add_actions`."""

COLUMNS: Mapping[str, object] = {
    "family_name": lazy_gettext("family name"),
    "given_name": lazy_gettext("given names"),
    "name_order": lazy_gettext("order of the name"),
    "passport_name": lazy_gettext("name in the document"),
    "native_name": lazy_gettext("name in own script"),
    "russian_name": lazy_gettext("name in Russian"),
    "honorific": lazy_gettext("honorific"),
    "address_as": lazy_gettext("form of address"),
    "rank_code": lazy_gettext("rank"),
    "position_en": lazy_gettext("position in English"),
    "position_ru": lazy_gettext("position in Russian"),
    "languages": lazy_gettext("languages"),
    "email": lazy_gettext("e-mail"),
    "phone": lazy_gettext("telephone"),
    "status": lazy_gettext("standing"),
    "function": lazy_gettext("function"),
    "quota": lazy_gettext("quota"),
    "taken": lazy_gettext("places taken"),
    "note": lazy_gettext("note"),
    "focal_name": lazy_gettext("focal point"),
    "focal_email": lazy_gettext("e-mail of the focal point"),
    "focal_phone": lazy_gettext("telephone of the focal point"),
    "note_number": lazy_gettext("number of the note"),
    "note_date": lazy_gettext("date of the note"),
    "channel": lazy_gettext("channel"),
    "reply": lazy_gettext("reply"),
    "reply_by": lazy_gettext("reply by"),
    "reply_number": lazy_gettext("number of the reply"),
    "reply_date": lazy_gettext("date of the reply"),
    "sent_at": lazy_gettext("sent"),
    "remarks": lazy_gettext("remarks"),
    "title": lazy_gettext("title"),
    "starts_at": lazy_gettext("begins"),
    "ends_at": lazy_gettext("ends"),
    "recipient": lazy_gettext("recipient"),
    "label": lazy_gettext("label"),
    "step_free": lazy_gettext("way without stairs"),
    "do_not_photograph": lazy_gettext("no photographs"),
    "meal_code": lazy_gettext("meals"),
    "return_note": lazy_gettext("note to the mission"),
    **MORE_COLUMNS,
}

CODES: Mapping[str, Callable[[str], object]] = {
    "status": lambda code: STATUSES[code][0] if code in STATUSES else code,
    "reply": lambda code: REPLIES[code][0] if code in REPLIES else code,
    "function": lambda code: FUNCTIONS.get(code, code),
    "channel": lambda code: CHANNELS.get(code, code),
    "name_order": lambda code: NAME_ORDERS.get(code, code),
    "rank_code": lambda code: rank_name(code) or code,
}
"""Columns whose values are codes of the domain, and the word of a code."""


def add_actions(words: Mapping[str, object]) -> None:
    """Add the words for a room's own actions."""
    ACTIONS.update(words)


def action_word(action: str) -> str:
    """What was done; an action nobody worded stands for itself."""
    return str(ACTIONS.get(action, action.replace(".", ": ").replace("_", " ")))


def changes_of(
    before: Mapping[str, Any], after: Mapping[str, Any], named: Mapping[str, str] | None = None
) -> list[tuple[str, str, str]]:
    """(what, before, after) of an entry; bookkeeping is left out (Any: JSON values).

    `named`: what ids are called; one without a name is shown as "…".
    """
    found = []
    for name in {**before, **after}:
        if name in SILENT or name not in COLUMNS:
            continue
        old, new = (_called(name, values.get(name), named or {}) for values in (before, after))
        if old != new:
            found.append((str(COLUMNS[name]), old, new))
    return found


def _called(name: str, value: Any, named: Mapping[str, str]) -> str:
    if name.endswith("_id") and value:
        return named.get(str(value), "…")
    return _plain(name, value)


def _plain(name: str, value: Any) -> str:
    if value is None or value in ("", False, [], {}):
        return ""
    if value is True:
        return "✓"
    if isinstance(value, dict):
        return _texts(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in CODES:
        return str(CODES[name](str(value)))
    return (
        _time(str(value))
        if name.endswith(("_at", "_by", "_from", "_until")) or name == "at"
        else str(value)
    )


def _texts(value: Mapping[str, Any]) -> str:
    """Every language of a text, as two of them may have changed; a State's names one by one."""
    if any(isinstance(words, dict) for words in value.values()):
        forms = [words.get("short", "") for words in value.values() if isinstance(words, dict)]
        return " / ".join(filter(None, forms))
    return " / ".join(dict.fromkeys(str(words) for words in value.values() if words))


def _time(value: str) -> str:
    try:
        return moment(datetime.fromisoformat(value))
    except ValueError:
        return value
