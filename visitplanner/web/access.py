"""Every route declares who may call it; one hook enforces it before the route runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from visitplanner.domain.access import ANONYMOUS, Principal, may, sees_visit
from visitplanner.domain.refusals import Forbidden, NotFound, NotKnown
from visitplanner.extensions import csrf, db, login_manager
from visitplanner.models.engine import expect_writes
from visitplanner.queries.visits import visit_by_id, visit_by_slug
from visitplanner.services import sessions
from visitplanner.services.act import Act
from visitplanner.web.sessions import ServerSession, current_session, instance

View = TypeVar("View", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call a route. `visit` rules take the visit from the `slug` of the address."""

    kind: Literal["public", "signed_in", "visit", "guest", "anywhere"]
    permission: str = ""
    guests: frozenset[str] = frozenset()
    write: bool | None = None


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule a view declares, or None (the build fails on that)."""
    found: Rule | None = getattr(view, "access_rule", None)
    return found


def _declare(rule: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Everybody, also without signing in."""
    return _declare(Rule("public"))(view)


def signed_in(view: View) -> View:
    """Any account of staff."""
    return _declare(Rule("signed_in"))(view)


def needs(permission: str) -> Callable[[View], View]:
    """Staff (or an API token) with this permission in the visit named by `slug`."""
    return _declare(Rule("visit", permission))


def needs_anywhere(permission: str) -> Callable[[View], View]:
    """Staff with this permission in all visits (accounts, making a visit)."""
    return _declare(Rule("anywhere", permission))


def guest(*kinds: str) -> Callable[[View], View]:
    """Who came by a link of these kinds: delegation, delegate, organisation."""
    return _declare(Rule("guest", guests=frozenset(kinds)))


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's user around our principal."""

    def __init__(self, principal: Principal) -> None:
        self.principal = principal

    def get_id(self) -> str:
        """What Flask-Login keeps in the session."""
        return f"{self.principal.kind}:{self.principal.id}"


def principal() -> Principal:
    """Who asks, as found for this request."""
    user = current_user._get_current_object() if current_user else None
    return user.principal if isinstance(user, SignedIn) else ANONYMOUS


def sign_in(found: Principal) -> None:
    """Begin a session for an account or link, under a new cookie."""
    current = current_session()
    current.become(
        account_id=found.id if found.is_staff else None,
        link_id=found.id if found.is_guest else None,
    )
    login_user(SignedIn(found))
    g.pop("csrf_token", None)


def sign_out() -> None:
    """End the session of this browser."""
    logout_user()
    current_session().become()


def act() -> Act:
    """The act of this request: principal, session, visit."""
    found = g.get("visit")
    return Act(instance(), db.session(), principal(), found.id if found else None)


def visit() -> Any:
    """The visit of this page (a `models.Visit`, which blueprints may not import)."""
    return g.visit


def _bearer() -> str | None:
    """The API token this request came with; None without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _load_user(user_id: str) -> SignedIn | None:
    if _bearer() is not None:  # who sends a token is judged by it, whatever the cookie says
        return None
    current = session._get_current_object()  # type: ignore[attr-defined]
    if isinstance(current, ServerSession) and current.principal.id:
        user = SignedIn(current.principal)
        return user if user.get_id() == user_id else None
    return None


def _load_bearer(_request: Any) -> SignedIn | None:  # Any: Flask-Login is untyped
    token = _bearer()
    if token is None:
        return None
    with instance().session(writing=False) as own:
        found = sessions.of_bearer(own, token)
    return SignedIn(found) if found else None


def _enforce() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static":
        return None
    expect_writes(request.method not in SAFE)
    g.agent = request.headers.get("User-Agent", "")[:300]
    rule = rule_of(current_app.view_functions[endpoint])
    if rule is None:
        raise RuntimeError(f"the route {endpoint} declares no access rule")
    who = principal()
    _demand_known(rule, who)
    if request.method not in SAFE and who.kind != "token":
        csrf.protect()
    return _refuse_or_pass(rule, who)


def _demand_known(rule: Rule, who: Principal) -> None:
    """A program is told that its token is missing or wrong, not that a page's is."""
    if _bearer() is not None and who.kind != "token":
        raise NotKnown("token-wrong")
    if request.path.startswith("/api/") and rule.kind != "public" and not who.id:
        raise NotKnown("token-needed")


def _refuse_or_pass(rule: Rule, who: Principal) -> Response | None:
    if rule.kind == "public":
        return None
    if rule.kind == "guest":
        if who.kind not in rule.guests:
            raise NotFound("link-needed") if not who.id else NotFound("not-found")
        g.visit = visit_by_id(db.session(), who.visit_id or "")
        return None
    if not who.is_staff and who.kind != "token":
        if who.is_guest or request.method not in SAFE:
            raise NotFound("not-found") if who.is_guest else Forbidden("sign-in-needed")
        return redirect(url_for("accounts.sign_in", to=request.endpoint, visit=g.get("slug")))
    if rule.kind == "anywhere" and not may(who, rule.permission, None):
        raise Forbidden("not-permitted")
    if rule.kind == "visit":
        found = visit_by_slug(db.session(), g.get("slug", ""))
        if found is None or not sees_visit(who, found.id):
            raise NotFound("not-found")
        g.visit = found
        if not may(who, rule.permission, found.id):
            raise Forbidden("not-permitted")
    return None


def init_access(app: Flask) -> None:
    """Wire sign-in, the slug of the address and the enforcing hook into `app`."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.user_loader(_load_user)
    login_manager.request_loader(_load_bearer)
    login_manager.session_protection = None

    @app.url_value_preprocessor
    def take_slug(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.slug = values.pop("slug", None) if values else None

    @app.url_defaults
    def give_slug(endpoint: str, values: dict[str, Any]) -> None:
        slug = g.get("slug")
        if slug and "slug" not in values and app.url_map.is_endpoint_expecting(endpoint, "slug"):
            values["slug"] = slug

    app.before_request(_enforce)
