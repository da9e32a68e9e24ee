"""Letters: closed placeholders, one line where one line belongs, six languages."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.refusals import Refusal
from visitplanner.mail.compose import PLACEHOLDERS, Letter, compose, envelope
from visitplanner.paths import TEMPLATES

LANGUAGES = ("ru", "en", "fr", "es", "ar", "zh")
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
]  # fmt: skip


def values(template: str, **given: str) -> dict[str, str]:
    return {name: f"[{name}]" for name in PLACEHOLDERS[template]} | given


def sent(letter: Letter):
    message = envelope(
        letter,
        sender="a@mid.example",
        recipient="b@embassy.example",
        message_id="<1@mid.example>",
        at=AT,
        language="ru",
    )
    return message_from_bytes(message.as_bytes(), policy=policy.default)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", PLACEHOLDERS)
def test_every_letter_says_all_it_is_given(template: str, language: str):
    letter = compose(template, language, values(template))
    for name in PLACEHOLDERS[template] - {"name"}:
        assert f"[{name}]" in letter.subject + letter.body
    assert "\n" not in letter.subject
    assert letter.body.endswith("\n")


def test_there_is_a_template_for_each_letter_and_none_besides():
    assert {path.name for path in (TEMPLATES / "mail").iterdir()} == set(PLACEHOLDERS)


@pytest.mark.parametrize("template", ["delegation_link", "delegate_link", "organisation_link"])
def test_guests_letters_are_translated(template: str):
    bodies = {compose(template, language, values(template)).body for language in LANGUAGES}
    assert len(bodies) == len(LANGUAGES)


def test_other_placeholders_are_a_mistake():
    with pytest.raises(KeyError):
        compose("reset", "en", values("reset") | {"password": "x"})
    with pytest.raises(KeyError):
        compose("reset", "en", {"name": "x"})


TRICKS = ["{{ 7*7 }}", "{% set x = 1 %}", "%(address)s", "{name.__class__}", "${name}", "%s %d"]


@pytest.mark.parametrize("trick", TRICKS)
def test_a_name_is_never_a_template(trick: str):
    letter = compose("delegate_link", "en", values("delegate_link", name=trick))
    assert trick in letter.body
    assert "49" not in letter.body


@pytest.mark.parametrize("trick", ["a\r\nBcc: x@y.example", "a\nb", "a\x00b", "a\u2028b", "a\x85b"])
@pytest.mark.parametrize("name", ["name", "visit", "address"])
def test_line_breaks_are_refused(trick: str, name: str):
    with pytest.raises(Refusal, match="mail-line-break"):
        compose("delegate_link", "en", values("delegate_link", **{name: trick}))


def test_a_name_is_no_address_to_click():
    name = "Win at https://evil.example or www.evil.example"
    letter = compose("delegate_link", "en", values("delegate_link", name=name))
    assert "https://evil" not in letter.body
    assert "www.evil" not in letter.body


@given(st.text(max_size=400), st.sampled_from(LANGUAGES))
def test_no_value_makes_a_header(value: str, language: str):
    try:
        letter = compose("delegation_link", language, values("delegation_link", visit=value))
    except Refusal:
        return
    raw = sent(letter)
    assert sorted(raw.keys()) == sorted(HEADERS)
    assert raw["To"] == "b@embassy.example"


def test_the_same_letter_twice_is_one_message():
    letter = compose("reset", "ru", values("reset"))
    assert sent(letter).as_bytes() == sent(letter).as_bytes()
    assert sent(letter)["Message-ID"] == "<1@mid.example>"
