"""A test client that behaves as a browser does: reads pages, fills forms, follows redirects."""

from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

COOKIE = "visitplanner"


class Page:
    """An answer, read: its status, words and forms."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.address = response.request.path
        self.html = response.get_data(as_text=True)
        self.soup = BeautifulSoup(self.html, "html.parser")

    @property
    def text(self) -> str:
        """What a reader sees, with single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    def select(self, css: str) -> list[Tag]:
        """The elements that match a CSS selector."""
        return list(self.soup.select(css))

    def texts(self, css: str) -> list[str]:
        """The words of the elements that match, each with single spaces."""
        return [" ".join(tag.get_text(" ").split()) for tag in self.select(css)]

    def form(self, css: str = "form[method=post i]") -> Tag:
        """The one form that matches; fails when there is none, or more."""
        found = [tag for tag in self.select(css) if tag.name == "form"]
        assert len(found) == 1, f"{len(found)} forms match {css!r} at {self.address}"
        return found[0]


def fields(form: Tag) -> dict[str, Any]:
    """What a browser would send for this form as it stands."""
    found: dict[str, Any] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        if tag.has_attr("disabled"):
            continue
        name = str(tag["name"])
        for value in _values(tag):
            if name in found:
                earlier = found[name]
                found[name] = [*(earlier if isinstance(earlier, list) else [earlier]), value]
            else:
                found[name] = value
    return found


def _values(tag: Tag) -> list[str]:
    if tag.name == "textarea":
        return [tag.get_text().removeprefix("\r").removeprefix("\n")]
    if tag.name == "select":
        options = tag.select("option")
        chosen = [option for option in options if option.has_attr("selected")]
        if not chosen and not tag.has_attr("multiple"):
            chosen = options[:1]
        return [str(option.get("value", option.get_text())) for option in chosen]
    kind = str(tag.get("type", "text")).lower()
    if kind in {"submit", "button", "image", "file", "reset"}:
        return []
    if kind in {"checkbox", "radio"} and not tag.has_attr("checked"):
        return []
    return [str(tag.get("value", "on" if kind == "checkbox" else ""))]


class Visitor(FlaskClient):
    """One browser: keeps cookies, reads pages, sends their forms with what is in them."""

    def read(self, address: str, *, status: int = 200, **more: Any) -> Page:
        """Open a page, following redirects; fails unless it answers with `status`."""
        response = self.get(address, follow_redirects=True, **more)
        assert response.status_code == status, f"{address}: {response.status}"
        return Page(response)

    def submit(
        self,
        page: Page,
        values: Mapping[str, Any] | None = None,
        *,
        form: str = "form[method=post i]",
        button: str = "",
        status: int = 200,
    ) -> Page:
        """Fill the page's form (a CSS selector tells which) and send it, following redirects.

        `button` is NAME=VALUE of the button pressed. Fails on a field the form does not have.
        """
        tag = page.form(form)
        unknown = set(values or {}) - {str(f["name"]) for f in tag.select("[name]")}
        assert not unknown, f"the form has no field {sorted(unknown)}"
        data = fields(tag) | dict(values or {})
        if button:
            name, _, value = button.partition("=")
            data[name] = value
        response = self.open(
            str(tag.get("action") or page.address),
            method=str(tag.get("method", "get")).upper(),
            data=data,
            follow_redirects=True,
        )
        assert response.status_code == status, f"{tag.get('action')}: {response.status}"
        return Page(response)
