"""Words for the codes of accounts."""

from flask_babel import lazy_gettext

ROLE_NAMES = {
    "administrator": lazy_gettext("Administrator"),
    "head_of_protocol": lazy_gettext("Head of protocol"),
    "protocol_officer": lazy_gettext("Protocol officer"),
    "accreditation": lazy_gettext("Accreditation"),
    "security_liaison": lazy_gettext("Security liaison"),
    "programme": lazy_gettext("Programme"),
    "tours": lazy_gettext("Tours"),
    "venue_desk": lazy_gettext("Venue desk"),
    "press": lazy_gettext("Press"),
    "data_protection": lazy_gettext("Data protection"),
    "observer": lazy_gettext("Observer"),
}
"""Role of `domain.access` → word."""

STATES = {
    "open": (lazy_gettext("active"), "done"),
    "invited": (lazy_gettext("invited"), "waiting"),
    "closed": (lazy_gettext("account closed"), "away"),
}
"""State of an account → word and mark."""
