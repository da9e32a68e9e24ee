"""Forms of accounts."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc]
    """E-mail and password."""

    email = EmailField(
        _("Work e-mail"), [DataRequired(_("Enter your work e-mail.")), Length(max=254)]
    )
    password = PasswordField(
        _("Password"), [DataRequired(_("Enter your password.")), Length(max=1000)]
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code from the authenticator app, or a recovery code."""

    code = StringField(_("Code"), [DataRequired(_("Enter the code.")), Length(max=40)])
