"""Flask's session kept in our table; the cookie holds a random token and nothing else."""

from typing import Any

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from visitplanner.domain.access import ANONYMOUS, Principal
from visitplanner.extensions import db as extension
from visitplanner.services import sessions
from visitplanner.services.instance import Instance
from visitplanner.services.vault import new_token

STATIC = "/static/"
"""Addresses of files, which ask for nobody's session."""


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """Values of one browser session; `account_id` or `link_id` say whose it is."""

    def __init__(self, token: str, values: dict[str, Any], principal: Principal) -> None:
        def changed(_: object) -> None:
            self.modified = True

        super().__init__(values, changed)
        self.token = token
        self.old_token = ""
        self.principal = principal
        self.account_id = principal.id if principal.kind == "staff" else None
        self.link_id = principal.id if principal.is_guest else None
        self.modified = False
        self.new = not token

    def become(self, *, account_id: str | None = None, link_id: str | None = None) -> None:
        """Sign in as this account or link, under a new cookie; both None signs out."""
        keep = {"language": self["language"]} if "language" in self else {}
        self.clear()
        self.update(keep)
        self.account_id, self.link_id = account_id, link_id
        self.old_token, self.token = self.token, ""
        self.modified = True


class TableSessions(SessionInterface):
    """Opens and saves `ServerSession`s in short transactions of their own."""

    def name(self, app: Flask) -> str:
        """The cookie's name; with HTTPS it carries the `__Host-` promise."""
        return "__Host-visitplanner" if app.config["SESSION_COOKIE_SECURE"] else "visitplanner"

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """The session of the request's cookie, or a new empty one."""
        token = request.cookies.get(self.name(app), "")
        if request.path.startswith(STATIC) or not token:
            return ServerSession("", {}, ANONYMOUS)
        instance: Instance = app.extensions["instance"]
        with instance.session(writing=False) as db:  # a page that only reads waits for no writer
            found = sessions.find(db, token)
        if found is None:
            return ServerSession("", {}, ANONYMOUS)
        if found.due:
            with instance.session() as db:
                sessions.renew(db, found)
                db.commit()
        return ServerSession(token, found.values, found.principal)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the session if it changed, and set the cookie if it is new."""
        assert isinstance(session, ServerSession)
        if not session.modified or request.path.startswith(STATIC):
            return  # a file that is not there must not take the cookie of whoever asks
        extension.session.rollback()  # what the request left open would lock us out
        instance: Instance = app.extensions["instance"]
        fresh = not session.token
        session.token = session.token or new_token()
        with instance.session() as db:
            if session.old_token:
                sessions.drop(db, session.old_token)
            if fresh:
                sessions.begin(
                    db,
                    session.token,
                    dict(session),
                    account_id=session.account_id,
                    link_id=session.link_id,
                    agent=str(g.get("agent", "")),
                )
            else:
                sessions.save(db, session.token, dict(session))
            db.commit()
        if fresh:
            lifetime = sessions.longest(session.account_id, session.link_id)
            response.set_cookie(
                self.name(app),
                session.token,
                max_age=int(lifetime.total_seconds()),
                httponly=True,
                secure=app.config["SESSION_COOKIE_SECURE"],
                samesite="Lax",
                path="/",
            )


def current_session() -> ServerSession:
    """The session of this request."""
    from flask import session

    found = session._get_current_object()  # type: ignore[attr-defined]
    assert isinstance(found, ServerSession)
    return found


def instance() -> Instance:
    """The running instance."""
    found: Instance = current_app.extensions["instance"]
    return found
