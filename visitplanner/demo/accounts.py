"""Log-ins of the demo: one account a role, with a password everybody may know."""

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from visitplanner.demo.visit import Setting
from visitplanner.models import Account, RoleGrant

PASSWORD = "lomonosov-demo"  # noqa: S105 - printed at every start, for invented data only

ACCOUNTS = (
    ("admin@demo.example", "А. Администратор", "administrator", "", ""),
    ("officer@demo.example", "Е. Соколова", "protocol_officer", "visit", "PROTOCOL"),
    ("head@demo.example", "А. Тихонов", "head_of_protocol", "visit", "PROTOCOL"),
    ("accreditation@demo.example", "К. Уварова", "accreditation", "visit", "PROTOCOL"),
    ("programme@demo.example", "Ю. Фёдорова", "programme", "visit", "MEC"),
    ("tours@demo.example", "В. Аксёнова", "tours", "visit", "MIC"),
    ("desk@demo.example", "И. Баранов", "venue_desk", "visit", "MIC"),
    ("press@demo.example", "А. Хромов", "press", "visit", "MEC"),
    ("observer@demo.example", "О. Зимин", "observer", "visit", "MEC"),
)
"""E-mail, name, role, "visit" when the role is for this visit only, organisation."""


def make_accounts(session: Session, setting: Setting) -> None:
    """Write the accounts; they sign in by password alone."""
    known = PasswordHasher().hash(PASSWORD)
    for email, name, role, scope, organisation in ACCOUNTS:
        account = Account(
            email=email, name=name, password_hash=known, language="ru", password_only=True
        )
        session.add(account)
        session.flush()
        session.add(
            RoleGrant(
                account_id=account.id,
                visit_id=setting.visit.id if scope else None,
                organisation_id=setting.organisations[organisation].id if organisation else None,
                role=role,
            )
        )
    session.flush()
