"""Rules for accounts: addresses, passwords, how an address is shown to a stranger."""

import unicodedata

PASSWORD_SHORTEST = 12
PASSWORD_LONGEST = 200
PASSWORD_DIFFERENT = 5
NAME_IN_PASSWORD = 4


def normal_email(text: str) -> str:
    """The address as it is kept and looked up: NFC, trimmed, lower case."""
    return unicodedata.normalize("NFC", text).strip().lower()


def normal_password(text: str) -> str:
    """The password as it is hashed (NFC), so that every keyboard gives the same one."""
    return unicodedata.normalize("NFC", text)


def masked_email(email: str) -> str:
    """What a stranger may see of an address: its first letter and the domain."""
    local, _, host = email.partition("@")
    return f"{local[:1]}•••@{host}" if local and host else ""


def password_fault(password: str, email: str = "", name: str = "") -> str | None:
    """The code of what is wrong with a new password, or None.

    Length first (NIST SP 800-63B-4, 3.1.1.2); no demands on kinds of characters.
    """
    if len(password) < PASSWORD_SHORTEST:
        return "password-short"
    if len(password) > PASSWORD_LONGEST:
        return "password-long"
    if len(set(password.casefold())) < PASSWORD_DIFFERENT:
        return "password-monotonous"
    parts = [email.partition("@")[0], *name.split()]
    folded = password.casefold()
    if any(len(part) >= NAME_IN_PASSWORD and part.casefold() in folded for part in parts):
        return "password-names-you"
    return None
