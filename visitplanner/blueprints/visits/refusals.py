"""The words of what this room refuses."""

from flask_babel import lazy_gettext

from visitplanner.web.refusals import add_words

add_words(
    {
        "slug-malformed": lazy_gettext(
            "Use small Latin letters, digits and hyphens, beginning and ending without a hyphen."
        ),
        "slug-taken": lazy_gettext("Another visit has this name in addresses."),
        "code-malformed": lazy_gettext("Use Latin letters, digits and hyphens."),
        "code-taken": lazy_gettext("Another organisation has this code."),
        "name-missing": lazy_gettext("Choose an organisation or name a new one."),
        "ends-before-start": lazy_gettext("The visit must end after it begins."),
        "no-such-part": lazy_gettext("Choose a part from the list."),
        "takes-part-already": lazy_gettext(
            "This organisation takes part already: change it on its own page."
        ),
        "part-has-people": lazy_gettext(
            "People of this organisation on the list: %(taken)s. Withdraw them first."
        ),
        "override-says-nothing": lazy_gettext(
            "Write a name, choose the plain panel, or say whether lists offer this State."
        ),
        "genitive-missing": lazy_gettext(
            "Write the genitive too: it stands after “Посольство” and in notes."
        ),
        "too-many-zones": lazy_gettext("A badge can carry eight zones at most."),
    }
)
