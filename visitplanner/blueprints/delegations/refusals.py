"""The words of what this room refuses."""

from flask_babel import lazy_gettext

from visitplanner.web.refusals import add_words

add_words(
    {
        "no-name": lazy_gettext("Write the name in at least one script."),
        "quota-full": lazy_gettext("Every place of the quota of %(quota)s is taken."),
        "quota-below-taken": lazy_gettext(
            "People on the list already: %(taken)s. The quota cannot be %(quota)s."
        ),
        "quota-out-of-range": lazy_gettext("The quota is a number from 0 to %(most)s."),
        "list-too-long": lazy_gettext("A list holds at most %(most)s people."),
        "head-taken": lazy_gettext(
            "The delegation has a head already. Change that person's function first."
        ),
        "no-such-function": lazy_gettext("Choose a function from the list."),
        "no-such-category": lazy_gettext("Choose a category from the list."),
        "no-such-kind": lazy_gettext("Choose a kind from the list."),
        "no-such-state": lazy_gettext("Choose from the list."),
        "no-such-channel": lazy_gettext("Choose a channel from the list."),
        "no-such-reply": lazy_gettext("Choose a reply from the list."),
        "group-full": lazy_gettext("Group %(letter)s is full: it takes %(people)s people."),
        "mission-no-address": lazy_gettext(
            "No e-mail address of this mission is known. Enter the focal point's first."
        ),
        "already-invited": lazy_gettext("This mission is invited already."),
        "reply-has-people": lazy_gettext(
            "People on its list: %(taken)s. Withdraw them before you record a refusal."
        ),
        "registration-closed": lazy_gettext("Registration is closed. Call the protocol desk."),
        "not-staff-of-visit": lazy_gettext("This account does not work on this visit."),
        "step-not-open": lazy_gettext("This step is not open now."),
        "already-arrived": lazy_gettext("This person has arrived; nothing can be changed now."),
        "form-incomplete": lazy_gettext("The form is not complete yet."),
        "logo-svg": lazy_gettext(
            "An SVG drawing can carry programs and is not taken. Save it as PNG, 1,000 dots "
            "wide, and choose that file."
        ),
        "logo-animated": lazy_gettext("A moving picture cannot go on paper. Choose a still."),
        "logo-too-small": lazy_gettext(
            "The picture is too small to print: the longer side must be at least 200 dots, the "
            "shorter 48."
        ),
        "logo-unseen": lazy_gettext(
            "The picture is transparent or white throughout: nobody would see it on paper. "
            "Choose the version for a light ground."
        ),
        "nobody-selected": lazy_gettext("Select at least one row first."),
    }
)
