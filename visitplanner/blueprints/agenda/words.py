"""The words of the agenda: kinds, audiences, interpretation, refusals, the audit trail."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from visitplanner.web.audit_words import add_actions
from visitplanner.web.refusals import add_words

# Any: lazy strings
KINDS: Mapping[str, Any] = {
    "arrival": lazy_gettext("Arrival, registration"),
    "greeting": lazy_gettext("Greeting"),
    "opening": lazy_gettext("Opening"),
    "speech": lazy_gettext("Speech"),
    "presentation": lazy_gettext("Presentation"),
    "questions": lazy_gettext("Questions"),
    "talks": lazy_gettext("Business talks"),
    "signing": lazy_gettext("Signing"),
    "photo": lazy_gettext("Group photograph"),
    "tour": lazy_gettext("Site tour"),
    "press": lazy_gettext("Press"),
    "coffee": lazy_gettext("Coffee"),
    "meal": lazy_gettext("Meal"),
    "transfer": lazy_gettext("Transfer"),
    "farewell": lazy_gettext("Farewell"),
    "staff": lazy_gettext("Staff work"),
    "other": lazy_gettext("Other item"),
}

LOOKS = {
    "arrival": "move", "photo": "move", "coffee": "move", "meal": "move", "transfer": "move",
    "farewell": "move", "staff": "move", "opening": "talk", "speech": "talk",
    "presentation": "talk", "questions": "talk", "press": "press", "talks": "meet",
    "signing": "meet",
}  # fmt: skip
"""How the board paints a kind."""

AUDIENCES: Mapping[str, Any] = {
    "guests": lazy_gettext("All guests"),
    "heads": lazy_gettext("Heads of mission"),
    "press": lazy_gettext("Press"),
    "staff": lazy_gettext("Staff only"),
}

MODES: Mapping[str, Any] = {
    "none": lazy_gettext("No interpretation"),
    "consecutive": lazy_gettext("Consecutive"),
    "simultaneous": lazy_gettext("Simultaneous"),
    "whispered": lazy_gettext("Whispered"),
}

add_words(
    {
        "negative-minutes": lazy_gettext("An item cannot last less than no time."),
        "item-far-off": lazy_gettext("This is more than 30 days from the day of the visit."),
        "room-small": lazy_gettext("A room holds at least one person, or leave this empty."),
        "room-used": lazy_gettext("Items of the agenda are in this room; move them first."),
    }
)
add_actions(
    {
        "agenda.item_added": lazy_gettext("item added"),
        "agenda.item_changed": lazy_gettext("item changed"),
        "agenda.item_moved": lazy_gettext("item moved"),
        "agenda.item_removed": lazy_gettext("item taken out"),
        "agenda.room_saved": lazy_gettext("room changed"),
        "agenda.room_removed": lazy_gettext("room taken away"),
    }
)
