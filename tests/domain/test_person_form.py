"""What a form still lacks."""

from dataclasses import replace

import pytest

from visitplanner.domain.person_form import FormRules, PersonForm, missing_fields

COMPLETE = PersonForm(
    family_name="Ek",
    given_name="Bo",
    position_en="Counsellor",
    category="delegate",
    consent_given=True,
    photo=True,
    document_number="D1",
)
STRICT = FormRules(photo_required=True, document_required=True)


def test_a_complete_form():
    assert missing_fields(COMPLETE, STRICT) == ()


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"family_name": " "}, ("family_name",)),
        ({"given_name": ""}, ("given_name",)),
        ({"given_name": "", "name_order": "mononym"}, ()),
        ({"family_name": "", "name_order": "mononym"}, ()),
        ({"family_name": "", "given_name": "", "name_order": "mononym"}, ("family_name",)),
        ({"position_en": ""}, ("position",)),
        ({"position_en": "", "position_ru": "Советник"}, ()),
        ({"category": ""}, ("category",)),
        ({"consent_given": False}, ("consent",)),
        ({"photo": False}, ("photo",)),
        ({"photo": False, "photo_exempt": True}, ()),
        ({"document_number": " "}, ("document_number",)),
    ],
)
def test_each_field(change, missing):
    assert missing_fields(replace(COMPLETE, **change), STRICT) == missing


def test_photo_and_document_only_where_the_visit_asks():
    bare = replace(COMPLETE, photo=False, document_number="")
    assert missing_fields(bare, FormRules()) == ()
    assert missing_fields(bare, STRICT) == ("photo", "document_number")


def test_the_order_is_the_forms():
    assert missing_fields(PersonForm(), STRICT) == (
        "family_name",
        "given_name",
        "position",
        "category",
        "photo",
        "document_number",
        "consent",
    )
