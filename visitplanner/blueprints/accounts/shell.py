"""What the frame of every page shows of the account, and the words of our refusals."""

from typing import Any

from flask import current_app, g, url_for
from flask_babel import gettext, lazy_gettext

from visitplanner.blueprints.accounts import blueprint
from visitplanner.domain.access import Principal, may
from visitplanner.web.access import principal
from visitplanner.web.refusals import add_words

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

add_words(
    {
        "sign-in-wrong": lazy_gettext("The e-mail or the password is not right."),
        "sign-in-again": lazy_gettext("That took too long. Sign in again."),
        "code-wrong": lazy_gettext("This code is not right, or it has been used already."),
        "passkey-wrong": lazy_gettext("The key was not accepted. Try again."),
        "last-factor": lazy_gettext(
            "This is your only second step. Set up another one, then remove this one."
        ),
        "passkeys-many": lazy_gettext("An account holds at most %(most)s keys. Remove one first."),
        "too-many-attempts": lazy_gettext(
            "Too many attempts. Try again in %(minutes)s min. Nothing was lost."
        ),
        "mail-address": lazy_gettext("This is not an e-mail address we can write to."),
        "mail-line-break": lazy_gettext("A line break or control character does not belong here."),
        "mail-too-many": lazy_gettext("This address has had many letters this hour. Wait a while."),
        "mail-long": lazy_gettext("The letter is too long."),
        "password-short": lazy_gettext("The password needs at least 12 characters."),
        "password-long": lazy_gettext("The password may have at most 200 characters."),
        "password-monotonous": lazy_gettext(
            "This password repeats too few characters. Choose a longer phrase."
        ),
        "password-names-you": lazy_gettext(
            "The password must not contain your name or your e-mail."
        ),
    }
)

LINKS = (
    ("accounts.me", "", lazy_gettext("My account")),
    ("accounts.people", "accounts.manage", lazy_gettext("Accounts")),
)
"""Endpoint, permission in all visits ("" for none), word; what is not there is left out."""


@blueprint.app_context_processor
def shell() -> dict[str, Any]:
    """The account menu of the masthead."""
    who = principal()
    if not who.is_staff:
        return {}
    links = [
        (url_for(endpoint), str(label))
        for endpoint, permission, label in LINKS
        if endpoint in current_app.view_functions and (not permission or may(who, permission, None))
    ]
    return {
        "account_links": links,
        "sign_out_url": url_for("accounts.sign_out"),
        "principal_role": role_word(who),
    }


def role_word(who: Principal) -> str:
    """The role of `who` in the visit of this page, or the first one."""
    visit = g.get("visit")
    here = visit.id if visit else None
    grants = [grant for grant in who.grants if grant.visit_id in (None, here)] or who.grants
    if not grants:
        return str(gettext("No role"))
    return str(ROLE_NAMES.get(grants[0].role, grants[0].role))
