"""What the programme makes of the words that staff typed."""

import pytest

from visitplanner.services.day_values import position_after_name


@pytest.mark.parametrize(
    ("position", "language", "printed"),
    [
        ("Заместитель директора Департамента", "ru", "заместитель директора Департамента"),
        ("МИД России, советник", "ru", "МИД России, советник"),
        ("Directrice générale", "fr", "directrice générale"),
        ("Deputy Director, Department of State Protocol", "en",
         "Deputy Director, Department of State Protocol"),
        ("", "ru", ""),
    ],
)  # fmt: skip
def test_a_position_after_a_name(position: str, language: str, printed: str) -> None:
    assert position_after_name(position, language) == printed
