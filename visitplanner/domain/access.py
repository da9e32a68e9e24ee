"""Who may do what: roles per visit and organisation, decided in one place."""

from dataclasses import dataclass, field
from typing import Literal

PrincipalKind = Literal["anonymous", "staff", "delegation", "delegate", "organisation", "token"]

PERMISSIONS = frozenset(
    {
        "visit.view", "visit.edit", "visit.create", "accounts.manage", "audit.view", "mail.view",
        "delegations.view", "delegations.edit", "links.issue", "persons.view", "persons.edit",
        "persons.sensitive", "accreditation.view", "accreditation.decide", "accreditation.clear",
        "precedence.view", "precedence.edit", "agenda.view", "agenda.edit", "speakers.view",
        "speakers.edit", "tours.view", "tours.edit", "badges.view", "badges.print",
        "programmes.print", "papers.view", "checkin.view", "checkin.scan", "reports.view",
    }
)  # fmt: skip
"""Every permission there is; a route asks for one of these."""

VIEW_ALL = frozenset(
    {
        "visit.view", "delegations.view", "persons.view", "accreditation.view", "precedence.view",
        "agenda.view", "speakers.view", "tours.view", "badges.view", "papers.view",
        "checkin.view", "reports.view",
    }
)  # fmt: skip

ROLES: dict[str, frozenset[str]] = {
    "administrator": PERMISSIONS,
    "head_of_protocol": PERMISSIONS,
    "protocol_officer": VIEW_ALL
    | {
        "visit.edit", "visit.create", "delegations.edit", "links.issue", "persons.edit",
        "persons.sensitive", "accreditation.decide", "precedence.edit", "agenda.edit",
        "speakers.edit", "tours.edit", "badges.print", "programmes.print", "checkin.scan",
        "audit.view", "mail.view",
    },
    "accreditation": VIEW_ALL
    | {"persons.edit", "persons.sensitive", "accreditation.decide", "badges.print", "audit.view"},
    "security_liaison": frozenset(
        {"visit.view", "delegations.view", "persons.view", "persons.sensitive",
         "accreditation.view", "accreditation.clear", "checkin.view"}
    ),
    "programme": frozenset(
        {"visit.view", "agenda.view", "agenda.edit", "speakers.view", "speakers.edit",
         "programmes.print", "papers.view", "delegations.view", "tours.view"}
    ),
    "tours": frozenset(
        {"visit.view", "tours.view", "tours.edit", "agenda.view", "speakers.view",
         "delegations.view", "persons.view", "papers.view", "programmes.print"}
    ),
    "venue_desk": frozenset(
        {"visit.view", "delegations.view", "persons.view", "badges.view", "badges.print",
         "checkin.view", "checkin.scan", "papers.view", "agenda.view", "tours.view"}
    ),
    "press": frozenset({"visit.view", "agenda.view", "speakers.view", "reports.view"}),
    "data_protection": frozenset(
        {"visit.view", "audit.view", "persons.view", "persons.sensitive", "delegations.view",
         "reports.view", "mail.view"}
    ),
    "observer": frozenset({"visit.view", "reports.view", "agenda.view", "speakers.view"}),
}  # fmt: skip
"""Role → permissions."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, in one visit (None: in all) and for one organisation (None: any)."""

    role: str
    visit_id: str | None = None
    organisation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever asks. Guests' principals carry the one thing their link opens."""

    kind: PrincipalKind = "anonymous"
    id: str = ""
    name: str = ""
    grants: tuple[Grant, ...] = ()
    visit_id: str | None = None
    delegation_id: str | None = None
    participant_id: str | None = None
    organisation_id: str | None = None
    language: str = ""
    session_id: str = ""
    scopes: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_staff(self) -> bool:
        """Whether this is a signed-in account."""
        return self.kind == "staff"

    @property
    def is_guest(self) -> bool:
        """Whether this came by a link of a delegation, delegate or organisation."""
        return self.kind in ("delegation", "delegate", "organisation")


ANONYMOUS = Principal()


def permissions(principal: Principal, visit_id: str | None) -> frozenset[str]:
    """What `principal` may do in the visit (None: outside any visit, by grants for all visits)."""
    if principal.kind == "token":
        return principal.scopes if principal.visit_id == visit_id else frozenset()
    if principal.kind != "staff":
        return frozenset()
    found: set[str] = set()
    for grant in principal.grants:
        if grant.visit_id is None or grant.visit_id == visit_id:
            found |= ROLES.get(grant.role, frozenset())
    return frozenset(found)


def may(principal: Principal, permission: str, visit_id: str | None) -> bool:
    """Whether `principal` has `permission` in the visit. Raises KeyError for an unknown one."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return permission in permissions(principal, visit_id)


def sees_visit(principal: Principal, visit_id: str) -> bool:
    """Whether the visit exists at all for `principal`; if not, the answer is "not found"."""
    return bool(permissions(principal, visit_id))


def visible_visits(principal: Principal) -> frozenset[str] | None:
    """Ids of the visits a member of staff has a role in; None means all of them."""
    if any(grant.visit_id is None for grant in principal.grants):
        return None
    return frozenset(grant.visit_id for grant in principal.grants if grant.visit_id is not None)
