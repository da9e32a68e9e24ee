"""Forms of accounts."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, EqualTo, Length

from visitplanner.blueprints.accounts.words import ROLE_NAMES
from visitplanner.web.forms import VersionField, line
from visitplanner.web.languages import OWN_NAMES

LONGEST = Length(max=1000)
LANGUAGES = [SelectChoice(code, OWN_NAMES[code]) for code in ("ru", "en")]


class SignInForm(FlaskForm):  # type: ignore[misc]
    """E-mail and password."""

    email = EmailField(
        _("Work e-mail"), [DataRequired(_("Enter your work e-mail.")), Length(max=254)]
    )
    password = PasswordField(_("Password"), [DataRequired(_("Enter your password.")), LONGEST])


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code from the authenticator app, or a recovery code."""

    code = StringField(_("Code"), [DataRequired(_("Enter the code.")), Length(max=40)])


class EmailForm(FlaskForm):  # type: ignore[misc]
    """Whom to send a new-password link."""

    email = EmailField(
        _("Work e-mail"), [DataRequired(_("Enter your work e-mail.")), Length(max=254)]
    )


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password, typed twice."""

    password = PasswordField(_("New password"), [DataRequired(_("Choose a password.")), LONGEST])
    repeat = PasswordField(
        _("The same once more"),
        [EqualTo("password", _("The two passwords differ. Type them again."))],
    )


class InvitationForm(NewPasswordForm):
    """The first password, and how the owner's name is written."""

    name = line(_("Your name"), required=_("Write your name as colleagues know it."), most=200)


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one."""

    present = PasswordField(
        _("Present password"), [DataRequired(_("Enter your present password.")), LONGEST]
    )


class ProfileForm(FlaskForm):  # type: ignore[misc]
    """Name and language of one's own account."""

    version = VersionField()
    name = line(_("Name"), required=_("Write your name as colleagues know it."), most=200)
    language = RadioField(_("Language"), choices=LANGUAGES)


class RoleForm(FlaskForm):  # type: ignore[misc]
    """A role, where it counts, and for whom."""

    role = SelectField(
        _("Role"),
        [DataRequired(_("Choose a role."))],
        choices=[SelectChoice("", "—"), *(SelectChoice(*pair) for pair in ROLE_NAMES.items())],
    )
    visit = SelectField(_("Visit"))
    organisation = SelectField(_("Organisation"))


class InviteForm(RoleForm):
    """A new account with its first role."""

    email = EmailField(_("Work e-mail"), [DataRequired(_("Enter an e-mail.")), Length(max=254)])
    name = line(_("Name"), most=200)
    language = RadioField(
        _("Language of the letter"),
        choices=LANGUAGES,
        default="ru",
    )
