"""Refusals of the speakers' room and its words in the audit trail."""

from flask_babel import lazy_gettext

from visitplanner.web.audit_words import add_actions
from visitplanner.web.refusals import add_words

add_words(
    {
        "speaks-already": lazy_gettext("This speaker speaks in this item already."),
        "speaker-has-talks": lazy_gettext("This speaker still has a talk; take that out first."),
    }
)
add_actions(
    {
        "speaker.saved": lazy_gettext("speaker changed"),
        "speaker.absent": lazy_gettext("speaker absent"),
        "speaker.present": lazy_gettext("speaker comes after all"),
        "speaker.moved": lazy_gettext("order of speakers changed"),
        "speaker.removed": lazy_gettext("speaker taken out"),
        "speaker.photographed": lazy_gettext("photograph of a speaker changed"),
        "talk.added": lazy_gettext("talk added"),
        "talk.changed": lazy_gettext("talk changed"),
        "talk.removed": lazy_gettext("talk taken out"),
    }
)
