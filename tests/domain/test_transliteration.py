"""The spelling of travel documents: the reference's list."""

import pytest

from visitplanner.domain.transliteration import icao, suggest_latin


@pytest.mark.parametrize(
    ("written", "travel"),
    [
        ("Щёголева Юлия", "SHCHEGOLEVA IULIIA"),
        ("Подъячев Геннадий", "PODIEIACHEV GENNADII"),
        ("Хрущёв", "KHRUSHCHEV"),
        ("Соловьёв Юрий", "SOLOVEV IURII"),
        ("Цой", "TSOI"),
        ("Чайковский Пётр", "CHAIKOVSKII PETR"),
        ("Жанна Ыйбат", "ZHANNA YIBAT"),
        ("Римская-Корсакова", "RIMSKAIA-KORSAKOVA"),
        ("O’Brien Łódź", "OBRIEN LODZ"),
        ("Müller-Weiß", "MUELLER-WEISS"),
        ("Þór Østergård", "THOR OESTERGAARD"),
        ("", ""),
    ],
)
def test_icao(written, travel):
    assert icao(written) == travel


def test_the_whole_russian_alphabet_becomes_plain_capitals():
    travel = icao("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
    assert travel == "ABVGDEEZHZIIKLMNOPRSTUFKHTSCHSHSHCHIEYEIUIA"


def test_decomposed_letters_give_the_same():
    assert icao("Цои\u0306") == "TSOI"


def test_the_suggestion_has_small_letters():
    assert suggest_latin("Подъячев Геннадий") == "Podieiachev Gennadii"
