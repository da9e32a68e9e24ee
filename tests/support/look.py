"""A small site of the layouts and macros alone, to be looked at without the application."""

import json
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from tests.support.look_words import WORDS
from visitplanner.catalogues import translations

ROOT = Path(__file__).resolve().parents[2]
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
SCANNER_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
LANGUAGES = {
    "ru": "Русский",
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "zh": "中文",
}


def choices(**labels: str) -> list[SelectChoice]:
    """Values and their words."""
    return [SelectChoice(value, label) for value, label in labels.items()]


class Until(Form):
    """Day, month and year."""

    day = StringField("Day")
    month = StringField("Month")
    year = StringField("Year")

    def validate_day(self, field: StringField) -> None:
        """Refuse always, so that the page has a fault in a nested form."""
        raise ValidationError("The card must be good on 14 October")


class Titles(Form):
    """One text per language."""

    ru = StringField("Русский")
    en = StringField("English")
    ar = StringField("العربية")


class SampleForm(Form):
    """One field of every kind."""

    version = HiddenField(default="3")
    name = StringField("Name", [InputRequired("Write the name as in the document")])
    note = TextAreaField("Note", [Optional()])
    state = SelectField("State", choices=choices(dz="Algeria", ao="Angola"))
    seats = IntegerField("Seats", [Optional()])
    way = RadioField(
        "Way", [InputRequired("Choose one")], choices=choices(car="Car", foot="On foot")
    )
    days = SelectMultipleField(
        "Days",
        choices=choices(first="13.10", second="14.10"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    agree = BooleanField("Agree")
    until = FormField(Until, "Good until")
    title = FormField(Titles, "Title")
    photo = FileField("Photograph")


@dataclass(frozen=True, slots=True)
class SamplePage:
    """Page 3 of 7."""

    number: int = 3
    pages: int = 7
    first: int = 101
    last: int = 150
    total: int = 333

    def url(self, number: int) -> str:
        """Address of a page."""
        return f"?page={number}"


def environment(language: str) -> Environment:
    """Jinja as the application sets it up, without the application."""
    env = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(ROOT / "templates"), FileSystemLoader(ROOT / "tests/support")]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    words = translations(language)
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    env.filters["text"] = lambda texts: texts.get(language) or texts["en"]
    env.globals.update(
        asset=lambda path: f"/static/{path}",
        csrf_token=lambda: "token",
        get_flashed_messages=lambda with_categories: [("done", {"text": "Kenya", "undo": "/undo"})],
    )
    return env


def render(template: str, language: str, **values: Any) -> str:
    """One template with the whole context contract of layouts/base.html."""
    words = WORDS.get(language, WORDS["en"])
    form = SampleForm(MultiDict({"note": "…"}))
    form.validate()
    for field, label in words["labels"].items():
        form[field].label.text = label
    return (
        environment(language)
        .get_template(template)
        .render(
            language=language,
            direction="rtl" if language == "ar" else "ltr",
            languages=[(code, name, f"?language={code}") for code, name in LANGUAGES.items()],
            navigation=lambda: [
                {"url": "/", "label": label, "current": place == 0}
                for place, label in enumerate(words["sections"])
            ],
            visit={
                "slug": "v",
                "title": {language: words["visit_title"]},
                "dates": words["d4"],
                "url": "/",
            },
            principal_name=words["person"],
            principal_role=words["role"],
            account_links=[("/account", words["second"])],
            sign_out_url="/out",
            search_url="/search",
            words=words,
            form=form,
            page=SamplePage(),
            **values,
        )
    )


@dataclass(frozen=True, slots=True)
class Post:
    """What a module sent."""

    path: str
    headers: dict[str, str]
    body: bytes


POSTS: list[Post] = []


def answer_to(post: Post) -> dict[str, Any]:
    """The least each module needs to hear back."""
    if post.path == "/scans":
        scans = json.loads(post.body)["scans"]
        return {"results": [{"id": scan["id"]} | verdict(scan["code"]) for scan in scans]}
    return {
        "/save": {"saved_at": "14:05", "version": "4"},
        "/photo": {"url": "/static/img/icon.svg"},
    }.get(post.path, {})


def verdict(code: str) -> dict[str, Any]:
    """GOOD is admitted, anything else refused."""
    if code != "GOOD":
        return {"verdict": {"kind": "refuse", "word": "Badge replaced", "say": "Desk 1, please"}}
    flag = "/static/vendor/flag-icons-7.5.0/small/in.webp"
    card = {"kind": "admit", "word": "Welcome", "name": "Anuradha Rao", "state": "India"}
    card |= {"flag_url": flag, "group": "E", "group_note": "English", "note": "Lift at desk 3"}
    recent = {"time": "09:46", "name": "Anuradha Rao", "group": "E", "flag_url": flag}
    return {"verdict": card, "recent": recent}


class Handler(BaseHTTPRequestHandler):
    """Files of static/ and, at /, the template named in the query."""

    def do_GET(self) -> None:
        """Serve a file, the fragment of a job, or render ?template=…&language=…&layout=…"""
        parts = urlsplit(self.path)
        if parts.path.startswith("/static/"):
            file = ROOT / parts.path.lstrip("/")
            if not file.is_file():
                self.send_error(404)
                return
            self.answer(file.read_bytes(), guess_type(file.name)[0] or "application/octet-stream")
            return
        if parts.path == "/job":
            self.answer(b'<div class="job done"><b>Done</b></div>', "text/html; charset=utf-8")
            return
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        template = query.pop("template", "styleguide.html")
        body = render(template, query.pop("language", "en"), **{"layout": "staff", **query})
        self.answer(body.encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """Keep what was sent and answer as JSON."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        post = Post(self.path, dict(self.headers.items()), body)
        POSTS.append(post)
        self.answer(json.dumps(answer_to(post)).encode(), "application/json")

    def answer(self, body: bytes, kind: str) -> None:
        """Send a body under the strict policy."""
        scanner = "scan" in self.path
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", SCANNER_POLICY if scanner else POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def serve() -> ThreadingHTTPServer:
    """Start the site on a free port; the caller shuts it down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


if __name__ == "__main__":
    site = ThreadingHTTPServer(("127.0.0.1", 8080), Handler)
    print(f"http://127.0.0.1:{site.server_port}/")
    site.serve_forever()
