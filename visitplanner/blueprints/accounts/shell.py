"""What the frame of every page shows of the account, and the words of our refusals."""

from typing import Any

from flask import g, url_for
from flask_babel import gettext, lazy_gettext

from visitplanner.blueprints.accounts import blueprint
from visitplanner.blueprints.accounts.words import ROLE_NAMES
from visitplanner.domain.access import Principal, may
from visitplanner.web.access import principal
from visitplanner.web.refusals import add_words

add_words(
    {
        "sign-in-wrong": lazy_gettext("The e-mail or the password is not right."),
        "sign-in-again": lazy_gettext("That took too long. Sign in again."),
        "code-wrong": lazy_gettext("This code is not right, or it has been used already."),
        "passkey-wrong": lazy_gettext("The key was not accepted. Try again."),
        "account-known": lazy_gettext("There is an account with this e-mail already."),
        "account-disabled": lazy_gettext("This account is closed. Open it first."),
        "role-known": lazy_gettext("The account has this role already."),
        "role-unknown": lazy_gettext("There is no such role."),
        "organisation-not-in-visit": lazy_gettext(
            "This organisation takes no part in the visit. Choose another one, or all."
        ),
        "own-account": lazy_gettext("You cannot do this to your own account."),
        "last-administrator": lazy_gettext(
            "Nobody would be left to manage accounts. Give somebody else that role first."
        ),
        "password-wrong": lazy_gettext("This is not your present password."),
        "sign-in-recent": lazy_gettext(
            "To change how you sign in, sign in again: the last time was long ago."
        ),
        "mail-not-failed": lazy_gettext("This letter has not failed; there is nothing to repeat."),
        "other-site": lazy_gettext("Another site sent this. Open the page here and try again."),
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
    ("accounts.me", "", "", lazy_gettext("My account")),
    ("mailbox.index", "mail.view", "visit", lazy_gettext("Letters of this visit")),
    ("delegations.audit", "audit.view", "visit", lazy_gettext("History")),
    ("reports.totals", "reports.view", "visit", lazy_gettext("Totals")),
    ("accounts.people", "accounts.manage", "", lazy_gettext("Accounts")),
    ("mailbox.own_index", "accounts.manage", "", lazy_gettext("Letters to staff")),
)
"""Endpoint, permission ("" for none), "visit" if it is asked in this page's visit, word."""


@blueprint.app_context_processor
def shell() -> dict[str, Any]:
    """The account menu of the masthead."""
    who = principal()
    if not who.is_staff:
        return {}
    return {
        "account_links": [
            (url_for(endpoint), str(label))
            for endpoint, permission, scope, label in LINKS
            if _offered(who, permission, scope)
        ],
        "sign_out_url": url_for("accounts.sign_out"),
        "principal_role": role_word(who),
    }


def _offered(who: Principal, permission: str, scope: str) -> bool:
    visit = g.get("visit")
    if scope and visit is None:
        return False
    return not permission or may(who, permission, visit.id if scope else None)


BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@blueprint.app_template_global()
def browser_name(agent: str) -> str:
    """A browser and its system in words, from the header it sends."""
    named = [
        next((word for mark, word in table if mark in agent), "") for table in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(word for word in named if word) or str(gettext("Unknown browser"))


def role_word(who: Principal) -> str:
    """The role of `who` in the visit of this page, or the first one."""
    visit = g.get("visit")
    here = visit.id if visit else None
    grants = [grant for grant in who.grants if grant.visit_id in (None, here)] or who.grants
    if not grants:
        return str(gettext("No role"))
    return str(ROLE_NAMES.get(grants[0].role, grants[0].role))
