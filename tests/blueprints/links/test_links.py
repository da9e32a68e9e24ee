"""One-time links over HTTP: what opens, where, and what every closed link says."""

from datetime import timedelta

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tests.support.rows import add_delegation, add_organisation, add_participant, add_visit
from tests.support.signing_in import allow_posts, make_account, sign_in
from visitplanner.blueprints.links import routes
from visitplanner.catalogues import translations
from visitplanner.jobs.embedded import run_all
from visitplanner.models import AccessLink, AuditEntry, MailMessage
from visitplanner.models.base import now, set_clock
from visitplanner.services import links, mail
from visitplanner.services.act import Act
from visitplanner.services.vault import new_token, token_hash
from visitplanner.web.access import guest, principal

pytestmark = pytest.mark.both_databases

LANGUAGES = ("ru", "en", "fr", "es", "ar", "zh")


@pytest.fixture
def app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with plain rooms for guests, which say whose they are."""
    rooms = Blueprint("plain_rooms", __name__)

    @rooms.get("/guests-room")
    @guest("delegation", "organisation")
    def workspace() -> str:
        return f"workspace of {principal().delegation_id or principal().organisation_id}"

    @rooms.get("/guests-own")
    @guest("delegate")
    def mine() -> str:
        return f"programme of {principal().participant_id}"

    app.register_blueprint(rooms)
    monkeypatch.setattr(
        routes,
        "ROOMS",
        dict.fromkeys(("delegation", "organisation"), "plain_rooms.workspace")
        | {"delegate": "plain_rooms.mine"},
    )
    return app


@pytest.fixture
def delegation(db: Session):
    row = add_delegation(db, add_visit(db))
    db.commit()
    return row


@pytest.fixture
def token(act: Act, delegation) -> str:
    issued = links.issue_delegation_link(act, delegation)
    act.commit()
    return issued


@pytest.fixture
def phone(client: FlaskClient) -> FlaskClient:
    return allow_posts(client)


def link_row(db: Session, token: str) -> AccessLink:
    found = db.scalar(select(AccessLink).where(AccessLink.token_hash == token_hash(token)))
    assert found is not None
    return found


def press(client: FlaskClient, token: str, follow: bool = False):
    return client.post(f"/r/{token}", follow_redirects=follow)


def test_looking_at_a_link_changes_nothing(client: FlaskClient, token: str, db: Session):
    for _ in range(3):
        page = client.get(f"/r/{token}?language=en")
        assert page.status_code == 200
    assert "Embassy of Algeria" in page.text
    assert "Visit arctic" in page.text
    assert link_row(db, token).first_used_at is None
    assert client.get("/guests-room").status_code == 404


def test_the_button_opens_the_workspace(phone: FlaskClient, token: str, delegation, db: Session):
    answer = press(phone, token)
    assert answer.status_code == 302
    assert phone.get(answer.location).text == f"workspace of {delegation.id}"
    row = link_row(db, token)
    assert row.uses == 1
    assert row.first_used_at is not None
    entry = db.scalar(select(AuditEntry).where(AuditEntry.action == "link.opened"))
    assert (entry.actor_kind, entry.actor_id) == ("link", row.id)


def test_a_cookie_planted_before_opens_nothing_after(app: Flask, phone: FlaskClient, token: str):
    planted = phone.get_cookie("visitplanner").value
    press(phone, token)
    thief = app.test_client()
    thief.set_cookie("visitplanner", planted)
    assert thief.get("/guests-room").status_code == 404
    assert phone.get("/guests-room").status_code == 200


def test_without_a_token_of_the_page_nothing_opens(client: FlaskClient, token: str, db: Session):
    assert press(client, token).status_code == 400
    assert link_row(db, token).first_used_at is None


def test_the_same_browser_comes_back_by_the_same_link(phone: FlaskClient, token: str):
    room = press(phone, token).location
    assert phone.get(f"/r/{token}").location == room


def test_another_browser_is_told_and_offered_a_new_link(
    app: Flask, phone: FlaskClient, token: str, db: Session
):
    press(phone, token)
    other = allow_posts(app.test_client())
    looked = other.get(f"/r/{token}?language=en")
    pressed = press(other, token)
    assert (looked.status_code, pressed.status_code) == (410, 410)
    assert "opened already" in looked.text
    assert "e•••@algeria.example" in looked.text
    assert "embassy@algeria.example" not in looked.text
    assert other.get("/guests-room").status_code == 404


def test_a_new_link_comes_by_mail_and_opens(
    app: Flask, phone: FlaskClient, token: str, db: Session, delegation
):
    press(phone, token)
    other = allow_posts(app.test_client())
    page = other.post(f"/r/{token}/again?language=ru")
    assert page.status_code == 200
    letter = db.scalar(select(MailMessage))
    assert (letter.recipient, letter.language) == ("embassy@algeria.example", "ru")
    address = next(
        line for line in mail.body(app.extensions["instance"], letter).splitlines() if "/r/" in line
    )
    assert address.startswith("http://localhost/r/")
    assert press(other, address.removeprefix("http://localhost/r/"), follow=True).text == (
        f"workspace of {delegation.id}"
    )
    assert phone.get("/guests-room").status_code == 200


def test_new_links_are_limited(app: Flask, phone: FlaskClient, token: str, db: Session):
    press(phone, token)
    other = allow_posts(app.test_client())
    asked = [other.post(f"/r/{token}/again").status_code for _ in range(4)]
    assert asked == [200, 200, 200, 429]
    assert db.scalar(select(func.count(MailMessage.id))) == 3


def test_a_link_not_opened_yet_sends_no_other(phone: FlaskClient, token: str, db: Session):
    assert phone.post(f"/r/{token}/again").status_code == 409
    assert db.scalar(select(MailMessage)) is None


def test_an_expired_link_says_so(phone: FlaskClient, token: str, db: Session, delegation):
    later = delegation.visit.ends_at + timedelta(days=1, seconds=1)
    set_clock(lambda: later)
    try:
        phone = allow_posts(phone)
        page = phone.get(f"/r/{token}?language=en")
        assert press(phone, token).status_code == 410
    finally:
        set_clock(None)
    assert page.status_code == 410
    assert "This link has expired." in page.text
    assert "Send a new link" in page.text


def test_a_revoked_link_ends_the_session_too(phone: FlaskClient, token: str, act: Act, delegation):
    press(phone, token)
    assert phone.get("/guests-room").status_code == 200
    assert links.revoke_delegation_links(act, delegation) == 1
    assert phone.get("/guests-room").status_code == 404
    page = phone.get(f"/r/{token}?language=en")
    assert page.status_code == 410
    assert "taken it back" in page.text
    assert "Send a new link" not in page.text
    assert allow_posts(phone).post(f"/r/{token}/again").status_code == 410


def test_issuing_again_ends_the_link_nobody_opened(
    phone: FlaskClient, token: str, act: Act, delegation
):
    newer = links.issue_delegation_link(act, delegation)
    act.commit()
    assert phone.get(f"/r/{token}").status_code == 410
    assert phone.get(f"/r/{newer}").status_code == 200


def test_issuing_again_leaves_an_opened_link_its_session(
    phone: FlaskClient, token: str, act: Act, delegation
):
    press(phone, token)
    links.issue_delegation_link(act, delegation)
    act.commit()
    assert phone.get("/guests-room").status_code == 200


@pytest.mark.parametrize(
    "forged",
    ["x", "A" * 43, "../../etc/passwd", "é" * 43, "0" * 5000, "%00" * 10, "' OR 1=1 --"],
)
def test_a_forged_link_is_a_page_of_its_own(client: FlaskClient, forged: str):
    answer = client.get(f"/r/{forged}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_guessing_stops_after_ten_and_keeps_no_guest_out(client: FlaskClient, token: str):
    codes = [client.get(f"/r/{new_token()}").status_code for _ in range(12)]
    assert codes == [404] * 10 + [429] * 2
    assert client.get(f"/r/{token}").status_code == 200
    elsewhere = client.get(f"/r/{new_token()}", environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert elsewhere.status_code == 404


def test_a_forwarded_address_helps_nobody_to_guess(client: FlaskClient):
    codes = [
        client.get(f"/r/{new_token()}", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code
        for n in range(11)
    ]
    assert codes[-1] == 429


def test_links_of_staff_do_not_open_here(app: Flask, phone: FlaskClient, db: Session):
    account = make_account(app, "administrator")
    token = new_token()
    db.add(
        AccessLink(
            purpose="reset",
            token_hash=token_hash(token),
            account_id=account.id,
            expires_at=now() + timedelta(hours=1),
        )
    )
    db.commit()
    assert phone.get(f"/r/{token}").status_code == 404
    assert press(phone, token).status_code == 404


def test_two_links_in_one_browser_take_turns(
    phone: FlaskClient, token: str, act: Act, db: Session, delegation
):
    participant = add_participant(db, delegation)
    own = links.issue_participant_link(act, participant)
    act.commit()
    press(phone, token)
    phone = allow_token(phone)
    assert press(phone, own, follow=True).text == f"programme of {participant.id}"
    assert phone.get("/guests-room").status_code == 404
    phone = allow_token(phone)
    assert press(phone, token, follow=True).text == f"workspace of {delegation.id}"


def allow_token(client: FlaskClient) -> FlaskClient:
    """Take the CSRF token of the present session from a page."""
    page = client.get("/sign-in").text
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    client.environ_base["HTTP_X_CSRFTOKEN"] = token
    return client


def test_an_organisation_opens_its_list(phone: FlaskClient, act: Act, db: Session, delegation):
    organisation = add_organisation(db, delegation.visit)
    token = links.issue_organisation_link(act, organisation, delegation.visit)
    act.commit()
    assert "The Herald" in phone.get(f"/r/{token}?language=en").text
    assert press(phone, token, follow=True).text == f"workspace of {organisation.id}"


def test_staff_are_warned_before_the_link_is_used_up(app: Flask, client: FlaskClient, token: str):
    sign_in(client, make_account(app, "administrator"))
    assert "signs you out" in client.get(f"/r/{token}?language=en").text
    assert client.get("/sign-in").status_code == 302


def test_the_database_holds_no_usable_link(token: str, db: Session):
    for table in ("access_links", "sessions", "audit", "mails", "jobs"):
        for row in db.execute(text(f"SELECT * FROM {table}")):
            assert token not in str(tuple(row))


def test_a_mailed_link_is_not_in_the_database_in_clear(app: Flask, act: Act, db: Session):
    delegation = add_delegation(db, add_visit(db))
    db.commit()
    assert links.send_delegation_link(act, delegation, "en") == "e•••@algeria.example"
    letter = db.scalar(select(MailMessage))
    words = mail.body(app.extensions["instance"], letter)
    token = words.split("/r/")[1].split()[0]
    db.commit()
    run_all(app.extensions["instance"])
    for table in ("access_links", "audit", "mails", "jobs", "files"):
        for row in db.execute(text(f"SELECT * FROM {table}")):
            assert token not in str(tuple(row))


def test_ten_thousand_tokens_differ_and_are_balanced():
    tokens = {new_token() for _ in range(10_000)}
    assert len(tokens) == 10_000
    letters = "".join(tokens)
    ones = sum(ord(letter).bit_count() for letter in letters)
    assert 0.4 < ones / (8 * len(letters)) < 0.6


@pytest.mark.parametrize("language", LANGUAGES)
def test_guests_read_their_own_language(client: FlaskClient, token: str, language: str):
    page = client.get(f"/r/{token}?language={language}").text
    assert translations(language).gettext("Open the list") in page
    assert language == "en" or "Open the list" not in page
    assert f'lang="{language}"' in page
